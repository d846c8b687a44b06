"""Laws of how a pasted block is laid over the selection."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.files.pasted.outcome import Pasted
from playground.views.grid.pasting import spread

SIDES = st.integers(1, 6)


@given(SIDES, SIDES, SIDES, SIDES)
def test_a_block_is_repeated_whole_or_stands_alone(rows: int, columns: int, height: int, width: int) -> None:
    values = np.arange(rows * columns).reshape(rows, columns)
    spreaded = spread(Pasted(values), height, width).values
    assert spreaded.shape[0] % rows == 0
    assert spreaded.shape[1] % columns == 0
    assert spreaded.shape[0] <= max(rows, height)
    assert spreaded.shape[1] <= max(columns, width)
    r, c = np.indices(spreaded.shape)
    np.testing.assert_array_equal(spreaded, values[r % rows, c % columns])


@given(SIDES, SIDES)
def test_one_cell_fills_any_selection(height: int, width: int) -> None:
    assert spread(Pasted(np.array([[7]])), height, width).values.tolist() == [[7] * width] * height


@given(SIDES, SIDES)
def test_a_row_goes_down_and_a_column_across(count: int, length: int) -> None:
    row = np.arange(length).reshape(1, -1)
    assert spread(Pasted(row), count, 1).values.shape == (count, length)
    assert spread(Pasted(row), count, length).values.tolist() == row.tolist() * count
    assert spread(Pasted(row.T), 1, count).values.shape == (length, count)


def test_cells_that_stay_are_repeated_too() -> None:
    spreaded = spread(Pasted(np.array([[1, 2]]), np.array([[False, True]])), 3, 2)
    assert spreaded.kept is not None
    assert spreaded.kept.tolist() == [[False, True]] * 3
