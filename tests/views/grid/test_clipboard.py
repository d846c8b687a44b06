from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from playground.views.grid.clipboard import Pasted, Unreadable, from_text, to_text

FLOAT, INT = np.dtype("float64"), np.dtype("int64")
BLOCKS = st.sampled_from(["float64", "float32", "float16", "int64", "uint64", "int8", "bool", "complex128"]).flatmap(
    lambda dtype: arrays(dtype, array_shapes(min_dims=2, max_dims=2, max_side=4))
)


def values(text: str, dtype: np.dtype = FLOAT) -> list[list[object]]:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    assert isinstance(read, Pasted), read
    return read.values.tolist()


@given(BLOCKS)
def test_what_is_copied_pastes_back_bit_for_bit(block: np.ndarray) -> None:
    read = from_text(to_text(block), block.dtype)
    assert isinstance(read, Pasted), read
    assert read.values.dtype == block.dtype
    np.testing.assert_array_equal(read.values, block)
    if block.dtype.kind == "f":
        np.testing.assert_array_equal(np.signbit(read.values[~np.isnan(block)]), np.signbit(block[~np.isnan(block)]))


@pytest.mark.parametrize(
    "text",
    [
        "1\t2\n3\t4",
        "1\t2\r\n3\t4\r\n",
        "1,2\n3,4",
        "1, 2\n3, 4",
        "1;2\n3;4\n",
        "1 2\n3  4",
        "[[1, 2], [3, 4]]",
        "[[1., 2.],\n [3., 4.]]",
        "array([[1, 2],\n       [3, 4]])",
        "np.array([[1., 2.], [3., 4.]], dtype=float32)",
        "tensor([[1., 2.], [3., 4.]], device='cpu')",
        "[[1 2]\n [3 4]]",
        '"1"\t"2"\n"3"\t"4"',
    ],
)
def test_many_writings_of_one_matrix(text: str) -> None:
    assert values(text) == [[1, 2], [3, 4]]


def test_cells_may_be_written_as_in_the_editor() -> None:
    assert values("1/2\tsqrt(4)\t−3") == [[0.5, 2, -3]]
    assert values("0,5;1,25") == [[0.5, 1.25]]
    assert values("[1, 2, 3]") == [[1, 2, 3]]
    assert values("7") == [[7]]


def test_large_integers_stay_exact() -> None:
    assert values("9007199254740993\t-9223372036854775808", INT) == [[9007199254740993, -9223372036854775808]]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1\tx\n3\t4", "row 0, column 1 (“x”)"),
        ("1\t2\n3", "line 2 has 1"),
        ("", "no numbers"),
        ("[[1, 2], [3, 4]", "bracket"),
        ("[[[1]]]", "two deep"),
        ("[1 2 ... 9]", "leaves cells out"),
        ("1\t\t3", "row 0, column 1"),
    ],
)
def test_what_can_not_be_read_is_named(text: str, named: str) -> None:
    read = from_text(text, FLOAT)
    assert isinstance(read, Unreadable), read
    assert named in read.message


def test_fractions_into_integers_are_refused_with_an_offer() -> None:
    read = from_text("1\t1.5", INT)
    assert isinstance(read, Unreadable)
    assert read.offer == np.dtype("float64")
    assert "“1.5”" in read.message


def test_a_decimal_beyond_the_range_is_no_silent_infinity() -> None:
    assert isinstance(from_text("1e39", np.dtype("float32")), Unreadable)


@given(st.text(alphabet="0123456789.,;-e \t\n[]()naif\"'jx", max_size=40), st.sampled_from([FLOAT, INT]))
def test_any_text_gives_values_or_a_sentence(text: str, dtype: np.dtype) -> None:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    assert isinstance(read, Pasted | Unreadable)
    if isinstance(read, Unreadable):
        assert read.message
