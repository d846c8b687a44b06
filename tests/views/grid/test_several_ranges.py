"""Several ranges with real keys and the mouse: added, walked through, cleared, filled, copied, painted, spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from playground.views import theme
from tests.person import ALT, CTRL, KEY, LEFT, PLAIN, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from playground.views.grid.grid import Grid
    from tests.views.grid.conftest import Bench

A = np.arange(1.0, 31.0).reshape(5, 6)


def click(grid: Grid, row: int, column: int, keys: object = PLAIN) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, keys, grid.cell_position(row, column))


def drag(grid: Grid, start: tuple[int, int], end: tuple[int, int], keys: object = PLAIN) -> None:
    viewport = grid.viewport()
    QTest.mousePress(viewport, LEFT, keys, grid.cell_position(*start))
    QTest.mouseMove(viewport, grid.cell_position(*end))
    QTest.mouseRelease(viewport, LEFT, keys, grid.cell_position(*end))


def column_header(grid: Grid, column: int, keys: object) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, keys, QPoint(grid.cell_position(0, column).x(), 5))


def row_header(grid: Grid, row: int, keys: object) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, keys, QPoint(4, grid.cell_position(row, 0).y()))


@pytest.fixture
def grid(bench: Callable[..., Bench]) -> Grid:
    return bench(A).grid


def test_ctrl_adds_cells_rows_and_columns(grid: Grid) -> None:
    drag(grid, (0, 0), (1, 1))
    click(grid, 3, 3, CTRL)
    assert grid.ranges.boxes == ((0, 2, 0, 2), (3, 4, 3, 4))
    row_header(grid, 4, CTRL)
    column_header(grid, 5, CTRL)
    assert grid.ranges.boxes[2:] == ((4, 5, 0, 6), (0, 5, 5, 6))
    assert grid.ranges.cells == 4 + 1 + 6 + 4
    click(grid, 2, 2)
    assert grid.ranges.boxes == ((2, 3, 2, 3),)


def test_a_ctrl_drag_is_one_range_and_shift_extends_the_last(grid: Grid) -> None:
    click(grid, 0, 0)
    drag(grid, (2, 2), (3, 4), CTRL)
    assert grid.ranges.boxes == ((0, 1, 0, 1), (2, 4, 2, 5))
    click(grid, 4, 5, SHIFT)
    assert grid.ranges.boxes == ((0, 1, 0, 1), (2, 5, 2, 6))
    QTest.keyClick(grid, KEY.Key_Left, SHIFT)
    assert grid.ranges.boxes == ((0, 1, 0, 1), (2, 5, 2, 5))


def test_a_chosen_cell_is_taken_out_by_ctrl_again(grid: Grid) -> None:
    for cell in ((0, 0), (2, 2), (4, 4)):
        click(grid, *cell, CTRL if cell != (0, 0) else PLAIN)
    click(grid, 2, 2, CTRL)
    assert grid.ranges.boxes == ((0, 1, 0, 1), (4, 5, 4, 5))
    assert (grid.selection.row, grid.selection.column) == (4, 4)


def test_keys_alone_select_several_and_esc_keeps_the_active_cell(grid: Grid) -> None:
    QTest.keyClick(grid, KEY.Key_Right, SHIFT)
    QTest.keyClick(grid, KEY.Key_F8, SHIFT)
    for _ in range(3):
        QTest.keyClick(grid, KEY.Key_Down)
    QTest.keyClick(grid, KEY.Key_Right, SHIFT)
    assert grid.ranges.boxes == ((0, 1, 0, 2), (3, 4, 0, 2))
    QTest.keyClick(grid, KEY.Key_Escape)
    assert grid.ranges.boxes == ((3, 4, 0, 1),)
    QTest.keyClick(grid, KEY.Key_Up)
    assert grid.ranges.boxes == ((2, 3, 0, 1),)


def test_tab_and_enter_walk_through_all_and_stay_inside(grid: Grid) -> None:
    drag(grid, (0, 0), (1, 1))
    click(grid, 3, 3, CTRL)
    walked = []
    for _ in range(5):
        QTest.keyClick(grid, KEY.Key_Tab)
        walked.append((grid.selection.row, grid.selection.column))
    assert walked == [(0, 0), (0, 1), (1, 0), (1, 1), (3, 3)]
    QTest.keyClick(grid, KEY.Key_Return)
    QTest.keyClick(grid, KEY.Key_Return)
    assert (grid.selection.row, grid.selection.column) == (1, 0)
    QTest.keyClick(grid, KEY.Key_Backtab, SHIFT)
    assert (grid.selection.row, grid.selection.column) == (0, 1)
    assert grid.ranges.several


def test_typing_walks_through_the_ranges(bench: Callable[..., Bench]) -> None:
    b = bench(A)
    click(b.grid, 0, 0)
    click(b.grid, 2, 2, CTRL)
    for text in ("7", "8"):
        QTest.keyClicks(b.grid, text)
        QTest.keyClick(b.grid.findChild(object, "cellEditor"), KEY.Key_Return)
    assert (b.array[2, 2], b.array[0, 0]) == (7, 8)
    assert b.grid.ranges.several


@pytest.fixture
def person(qtbot: object) -> Person:
    return Person(qtbot, workspace(A=A))


def select_two(person: Person) -> Grid:
    grid = person.operand("A")
    grid.setFocus()
    drag(grid, (0, 0), (1, 1))
    drag(grid, (3, 4), (4, 5), CTRL)
    return grid


def test_delete_clears_all_ranges_as_one_step(person: Person) -> None:
    select_two(person)
    person.key(KEY.Key_Delete)
    expected = A.copy()
    expected[0:2, 0:2] = expected[3:5, 4:6] = 0
    assert person.stored("A") == expected.tolist()
    assert "8 cells" in person.snapshot.undo_label
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_ctrl_enter_fills_all_ranges_as_one_step(person: Person) -> None:
    select_two(person)
    person.type("9")
    person.key(KEY.Key_Return, CTRL)
    expected = A.copy()
    expected[0:2, 0:2] = expected[3:5, 4:6] = 9
    assert person.stored("A") == expected.tolist()
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_a_fill_that_needs_another_dtype_reaches_all_ranges(qtbot: object) -> None:
    person = Person(qtbot, workspace(A=A.astype(np.int64)))
    select_two(person)
    person.type("0.5")
    person.key(KEY.Key_Return, CTRL)
    person.key(KEY.Key_Return, CTRL)
    expected = A.copy()
    expected[0:2, 0:2] = expected[3:5, 4:6] = 0.5
    assert person.stored("A") == expected.tolist()
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.get("A").array.dtype == np.int64


def test_slices_are_cleared_in_the_right_place(qtbot: object) -> None:
    array = np.arange(1.0, 61.0).reshape(3, 4, 5)
    person = Person(qtbot, workspace(T=array))
    grid = person.operand("T")
    grid.setFocus()
    person.key(KEY.Key_PageDown, ALT)
    click(grid, 0, 0)
    click(grid, 3, 4, CTRL)
    person.key(KEY.Key_Delete)
    expected = array.copy()
    expected[1, 0, 0] = expected[1, 3, 4] = 0
    assert person.stored("T") == expected.tolist()


def test_ranges_of_equal_rows_are_copied_joined_others_say_so(bench: Callable[..., Bench]) -> None:
    b = bench(A)
    drag(b.grid, (1, 4), (2, 4))
    drag(b.grid, (1, 0), (2, 1), CTRL)
    QTest.keyClick(b.grid, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "7\t8\t11\n13\t14\t17"
    click(b.grid, 4, 4, CTRL)
    QTest.keyClick(b.grid, KEY.Key_C, CTRL)
    assert "make no table" in b.refusals[-1]
    assert QGuiApplication.clipboard().text() == "7\t8\t11\n13\t14\t17"


def test_what_is_done_with_one_range_says_so(bench: Callable[..., Bench]) -> None:
    b = bench(A)
    asked = []
    b.grid.linesInsertRequested.connect(lambda *at: asked.append(at))
    click(b.grid, 0, 0)
    click(b.grid, 3, 3, CTRL)
    QTest.keyClick(b.grid, KEY.Key_Plus, CTRL)
    assert "one range at a time" in b.refusals[-1]
    assert asked == []


def test_ctrl_d_fills_down_in_each_range(bench: Callable[..., Bench]) -> None:
    b = bench(A)
    drag(b.grid, (0, 0), (2, 0))
    drag(b.grid, (2, 3), (3, 4), CTRL)
    QTest.keyClick(b.grid, KEY.Key_D, CTRL)
    assert b.array[:3, 0].tolist() == [1, 1, 1]
    assert b.array[3, 3:5].tolist() == A[2, 3:5].tolist()
    assert len(b.edits) == 1


def test_ranges_are_spoken(grid: Grid) -> None:
    drag(grid, (0, 0), (1, 1))
    assert grid.accessibleDescription().startswith("2 by 2 cells.")
    drag(grid, (3, 1), (4, 3), CTRL)
    assert grid.accessibleDescription() == "2 ranges, 10 cells. A, row 3, column 1: 20"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_range_is_tinted_once_and_its_headers_are_marked(qtbot: object, look: str) -> None:
    person = Person(qtbot, workspace(A=np.zeros((5, 6))), look=look)
    grid = person.operand("A")
    grid.setFocus()
    person.settle()
    plain = colour(grid, 1, 1)
    drag(grid, (0, 0), (1, 1))
    drag(grid, (1, 1), (3, 3), CTRL)
    person.settle()
    tint = colour(grid, 0, 1)
    assert tint != plain
    assert colour(grid, 3, 2) == tint
    assert colour(grid, 1, 1) == tint  # in both, and no darker
    assert colour(grid, 4, 4) == plain
    assert is_marked(grid, 0)
    assert is_marked(grid, 3)
    assert not is_marked(grid, 5)


def colour(grid: Grid, row: int, column: int) -> QColor:
    """Of the ground of a cell, left above its number."""
    x, y, _, _ = grid.layout_now().box(row, row + 1, column, column + 1)
    return grid.viewport().grab().toImage().pixelColor(x + 6, y + 6)


def is_marked(grid: Grid, column: int) -> bool:
    """Whether the index of a column is written in ink."""
    image, layout, ink = grid.viewport().grab().toImage(), grid.layout_now(), theme.current().ink
    strip = [
        image.pixelColor(x, y).lightness()
        for x in range(layout.x(column) + 4, layout.x(column + 1) - 4)
        for y in range(layout.top - 2)
    ]
    strongest = max(strip) if theme.current().dark else min(strip)
    return abs(strongest - ink.lightness()) < 12


def test_all_of_ten_thousand_squared_is_selected_at_once(bench: Callable[..., Bench]) -> None:
    b = bench(np.broadcast_to(np.zeros(()), (1, 1)))
    from playground.views.grid.source import ArraySource

    b.grid.set_source(ArraySource(np.broadcast_to(np.float64(1), (10_000, 10_000))))
    QTest.keyClick(b.grid, KEY.Key_A, CTRL)
    assert b.grid.ranges.cells == 10**8
    QTest.keyClick(b.grid, KEY.Key_Delete)
    assert "too many" in b.refusals[-1]
