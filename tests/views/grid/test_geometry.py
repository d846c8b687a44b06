from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.record import replace
from playground.views.grid.geometry import Geometry, Part

WHERE = Geometry(rows=10**13, columns=7, cell_width=52, cell_height=48, left=15, top=20, end=9, width=200, height=300)


@given(st.integers(0, 10**13 - 1), st.integers(0, 6), st.integers(0, 10**13), st.integers(0, 6))
def test_scrolling_to_a_cell_shows_it_whole(row: int, column: int, first_row: int, first_column: int) -> None:
    before = replace(WHERE, first_row=min(first_row, WHERE.last_first_row), first_column=min(first_column, 4))
    first = before.scrolled_to(row, column)
    after = replace(before, first_row=first[0], first_column=first[1])
    x, y, width, height = after.box(row, row + 1, column, column + 1)
    assert x >= after.left
    assert y >= after.top
    assert x + width <= after.width
    assert y + height <= after.height
    assert after.scrolled_to(row, column) == first


def test_what_lies_under_a_point() -> None:
    layout = replace(WHERE, first_row=10**12)
    assert layout.hit(15, 20).part is Part.CELL
    assert layout.hit(15 + 52, 20 + 48).row == 10**12 + 1
    assert layout.hit(70, 5).part is Part.COLUMN_HEADER
    assert layout.hit(5, 70).part is Part.ROW_HEADER
    assert layout.hit(5, 5).part is Part.CORNER
    assert Geometry(2, 2, 50, 40, 15, 20, 9, 400, 300).hit(300, 200).part is Part.NOWHERE


def test_a_grid_without_cells_has_nothing_to_scroll() -> None:
    for rows, columns in ((0, 30), (30, 0), (0, 0)):
        empty = replace(WHERE, rows=rows, columns=columns)
        assert (empty.last_first_row, empty.last_first_column) == (0, 0)
