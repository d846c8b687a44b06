"""Whatever is written of an array reads back to the same bits, in every format and of every dtype."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from playground.files.copied.formats import UnwritableError, formats
from playground.files.copied.tables import html, tsv
from playground.files.pasted.outcome import Ambiguous, Pasted
from playground.files.pasted.read import from_text
from playground.workspace.casting import SUPPORTED

WRITERS = {"tsv": tsv, **{item.name: item.write for item in formats()}}
EXTREMES = {
    "f": [0.1, -0.0, np.nan, np.inf, -np.inf, 1.0, 1e4, -2.5],
    "c": [1 + 2j, complex(-0.0, 1), complex(np.nan, -np.inf), complex(1, -0.0), 3, -1j, 0, complex(np.inf, 0)],
    "b": [True, False, True, True, False, False, True, False],
}


def extremes(dtype: np.dtype) -> np.ndarray:  # type: ignore[type-arg]
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        middle = min(limits.max, 2**53 + 1)
        return np.array([[limits.min, limits.max, 0, 1], [middle, middle // 2, 100, 7]], dtype)
    cells = np.array(EXTREMES[dtype.kind], dtype)
    if dtype.kind == "f":
        limits = np.finfo(dtype)
        cells = np.append(cells, [limits.max, limits.min, limits.tiny, limits.smallest_subnormal]).astype(dtype)
    return cells.reshape(2, -1)


def read(text: str, dtype: np.dtype) -> np.ndarray:  # type: ignore[type-arg]
    outcome = from_text(text, dtype)
    pasted = outcome.readings[0].pasted if isinstance(outcome, Ambiguous) else outcome
    assert isinstance(pasted, Pasted), outcome
    return pasted.values


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    if one.dtype.kind == "c":
        return one.dtype == other.dtype and same_bits(one.real, other.real) and same_bits(one.imag, other.imag)
    if (one.dtype, one.shape) != (other.dtype, other.shape) or not np.array_equal(np.isnan(one), np.isnan(other)):
        return False
    numbers = ~np.isnan(one)  # the sign of nan isn't written
    return one[numbers].tobytes() == other[numbers].tobytes()


@pytest.mark.parametrize("dtype", SUPPORTED, ids=str)
@pytest.mark.parametrize("name", WRITERS)
def test_extremes_read_back_bit_for_bit(name: str, dtype: np.dtype) -> None:  # type: ignore[type-arg]
    values = extremes(dtype)
    if name == "json" and dtype.kind in "fc":
        with pytest.raises(UnwritableError, match="JSON has no"):
            WRITERS[name](values)
        return
    text = WRITERS[name](values)
    assert same_bits(read(text, dtype), values), text


@given(
    st.sampled_from(SUPPORTED).flatmap(lambda dtype: arrays(dtype, array_shapes(min_dims=2, max_dims=2, max_side=4))),
    st.sampled_from([name for name in WRITERS if name != "json"]),
)
def test_any_block_reads_back(values: np.ndarray, name: str) -> None:
    text = WRITERS[name](values)
    if name == "csv" and values.shape[1] == 2 and isinstance(from_text(text, values.dtype), Ambiguous):
        return  # 1,2 is asked about; the first answer is the right one below
    assert same_bits(read(text, values.dtype), values), text


def test_a_csv_of_two_columns_is_asked_about_and_columns_come_first() -> None:
    np.testing.assert_array_equal(read("1,2\n3,4", np.dtype(float)), [[1, 2], [3, 4]])


def test_the_texts_are_what_the_libraries_write() -> None:
    values = np.array([[1, 0.5], [np.nan, -np.inf]])
    assert WRITERS["numpy"](values) == "np.array([[1.0, 0.5],\n          [np.nan, -np.inf]], dtype=np.float64)"
    assert WRITERS["cupy"](values).startswith("cp.array([[1.0, 0.5]")
    assert WRITERS["torch"](np.array([True])) == "torch.tensor([True], dtype=torch.bool)"
    assert WRITERS["numpy"](np.array([True])) == "np.array([True], dtype=bool)"
    assert WRITERS["jax"](np.float32([0.1])) == "jnp.array([0.1], dtype=jnp.float32)"
    assert WRITERS["matlab"](values) == "[1 0.5; NaN -Inf]"
    assert WRITERS["matlab"](np.int8([[1, -2]])) == "int8([1 -2])"
    assert WRITERS["csv"](values) == "1,0.5\nnan,-inf"
    assert WRITERS["latex"](np.array([[1e-5, 2]])).splitlines()[1] == r"  1 \times 10^{-5} & 2"
    assert WRITERS["markdown"](np.array([[1, 2]])) == "|   |   |\n|--:|--:|\n| 1 | 2 |"
    assert json.loads(WRITERS["json"](np.array([[1, 2.5]]))) == [[1, 2.5]]
    assert html(np.array([[1, 2]])).endswith("<table><tr><td>1</td><td>2</td></tr></table>")


def test_numpy_text_runs_to_the_same_array_of_any_number_of_axes() -> None:
    for values in (np.arange(12.0).reshape(2, 3, 2), np.array(2.5), np.array([1j, complex(-0.0, 3)]), np.zeros((0, 3))):
        ran = eval(WRITERS["numpy"](values), {"np": np})
        assert ran.dtype == values.dtype
        assert ran.shape == values.shape
        assert ran.tobytes() == values.tobytes()
