"""What a conversion loses: counted cell by cell against NumPy, and in words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.workspace.dtype_loss import COUNTED_CELLS, OFFERED, loss_of, loss_text, may_lose
from playground.workspace.editing import forced


@pytest.mark.parametrize(
    ("values", "dtype", "said"),
    [
        ([1.0, 2.0], "int32", ""),
        ([1.5, 2.0, 2.25], "int64", "2 cells change, by at most 0.5"),
        ([0.0, 1.0], "bool", ""),
        ([0.5], "float16", ""),
        ([1e5, 0.1], "float16", "2 cells change, 1 to infinity, by at most 2.44e-05"),
        ([1 + 2j, 3], "float64", "1 cell changes, by at most 2"),
        ([np.nan, np.inf], "float16", ""),
        ([3, 300], "uint8", "1 cell changes, by at most 256"),
        ([3, 300], "float64", ""),
        ([2**53 + 1, 3], "float64", "1 cell changes"),
    ],
)
def test_it_is_said(values: list[complex], dtype: str, said: str) -> None:
    assert loss_text(np.array(values), np.dtype(dtype)) == said


@given(
    hnp.arrays(st.sampled_from([np.float64, np.int64, np.float32]), st.integers(0, 8), elements=st.integers(-300, 300)),
    st.sampled_from(OFFERED),
)
def test_nothing_is_said_where_it_comes_back_as_it_was(values: np.ndarray, dtype: str) -> None:
    back = forced(forced(values, np.dtype(dtype)), values.dtype)
    assert loss_of(values, np.dtype(dtype)).cells == (back != values).sum()
    assert (loss_text(values, np.dtype(dtype)) == "") == np.array_equal(back, values)


def test_of_many_cells_only_what_may_be_lost_is_said() -> None:
    many = np.broadcast_to(0.5, (COUNTED_CELLS + 1,))
    assert loss_text(many, np.dtype(np.float16)) == may_lose(many.dtype, np.dtype(np.float16))


@pytest.mark.parametrize(
    ("own", "dtype", "words"),
    [
        ("float64", "float32", "6 digits"),
        ("float64", "int32", "fractions"),
        ("complex64", "float64", "imaginary"),
        ("float32", "bool", "is 0"),
        ("int32", "float64", ""),
        ("int64", "float64", "15 digits"),
        ("float64", "complex128", ""),
    ],
)
def test_what_may_be_lost(own: str, dtype: str, words: str) -> None:
    said = may_lose(np.dtype(own), np.dtype(dtype))
    assert words in said
    assert bool(said) == bool(words)
