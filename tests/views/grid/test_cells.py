from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.views.grid.cells import DIGITS, TOO_NARROW, CellFormat, cell_texts, fitted_text, measure
from playground.workspace.numbers import display_text

BLOCKS = st.sampled_from(["float64", "float32", "int64", "uint8", "complex128", "bool"]).flatmap(
    lambda dtype: arrays(dtype, (3, 3))
)


@given(BLOCKS)
def test_texts_are_the_display_texts_wherever_there_is_room(block: np.ndarray) -> None:
    texts = cell_texts(block, CellFormat(60))
    for row, values in zip(texts, block, strict=True):
        assert row == [display_text(value, block.dtype, DIGITS) for value in values]


@given(BLOCKS, st.integers(1, 8))
def test_no_text_is_ever_wider_than_its_cell(block: np.ndarray, characters: int) -> None:
    for row in cell_texts(block, CellFormat(characters)):
        assert all(len(text) <= characters for text in row)


def test_points_stand_under_each_other() -> None:
    block = np.array([[1.5], [-20.25], [3.0]])
    found = measure(block)
    assert found == CellFormat(6, 2)
    columns = [text.rjust(found.characters) for (text,) in cell_texts(block, found)]
    assert columns == ["  1.5 ", "−20.25", "  3   "]


def test_few_long_decimals_leave_whole_numbers_alone() -> None:
    assert measure(np.array([[1.0, 2.0, 3.0, 1 / 3]])).decimals == 0


def test_too_little_room_gives_fewer_digits_never_a_cut_number() -> None:
    dtype = np.dtype("float64")
    assert fitted_text(3.14159, dtype, 4) == "3.14"
    assert fitted_text(-123456.0, dtype, 4) == "−1e5"
    assert fitted_text(123456.0, dtype, 2) == TOO_NARROW
    assert fitted_text(123456789, np.dtype("int64"), 5) == "1.2e8"  # not 12345


def test_widths_hold_for_the_whole_array_not_only_for_its_corner() -> None:
    assert measure(np.zeros((2, 2)), limits=(-1000.5, 3.0)).characters == len("−1000.5")
