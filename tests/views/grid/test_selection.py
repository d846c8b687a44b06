from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.views.grid.selection import Selection

sizes = st.integers(1, 1 << 45)


@given(sizes, sizes, st.integers(-(1 << 62), 1 << 62), st.integers(-(1 << 62), 1 << 62), st.booleans())
def test_no_move_leaves_the_grid(rows: int, columns: int, down: int, right: int, extend: bool) -> None:
    moved = Selection().moved(down, right, rows, columns, extend=extend)
    r0, r1, c0, c1 = moved.box
    assert 0 <= r0 < r1 <= rows
    assert 0 <= c0 < c1 <= columns
    assert r0 <= moved.row < r1
    assert c0 <= moved.column < c1


@given(st.integers(1, 5), st.integers(1, 5))
def test_tab_visits_every_cell_once_and_leaves(rows: int, columns: int) -> None:
    selection: Selection | None = Selection()
    seen = []
    while selection is not None:
        seen.append((selection.row, selection.column))
        selection = selection.stepped(rows, columns, forward=True)
    assert seen == [(r, c) for r in range(rows) for c in range(columns)]


def test_tab_backwards_undoes_tab_and_leaves_before_the_first() -> None:
    one = Selection.at(1, 0)
    assert one.stepped(3, 2, forward=False) == Selection.at(0, 1)
    assert Selection.at(0, 0).stepped(3, 2, forward=False) is None
    assert Selection().stepped(0, 0, forward=True) is None


def test_enter_walks_a_rectangle_down_its_columns_and_round() -> None:
    box = Selection(1, 1, 1, 1, 2, 2)
    path = []
    for _ in range(4):
        path.append((box.row, box.column))
        box = box.entered(9, 9, forward=True)
    assert path == [(1, 1), (2, 1), (1, 2), (2, 2)]
    assert (box.row, box.column) == (1, 1)
    assert box.box == (1, 3, 1, 3)


def test_enter_returns_to_the_column_where_tab_began() -> None:
    assert Selection.at(0, 3).entered(5, 5, forward=True, home=1) == Selection.at(1, 1)


def test_whole_rows_keep_the_active_cell() -> None:
    rows = Selection.at(2, 3).of_rows(8)
    assert rows.box == (2, 3, 0, 8)
    assert (rows.row, rows.column) == (2, 3)


def test_a_smaller_grid_clips() -> None:
    assert Selection(5, 5, 1, 1, 5, 5).clipped(3, 2) == Selection(2, 1, 1, 1, 2, 1)
    assert Selection.at(4, 4).clipped(0, 3) == Selection.at(0, 2)
