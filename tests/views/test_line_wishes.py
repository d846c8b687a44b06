"""Rows and columns in the whole window: moved, inserted, deleted with keys and mouse, one undo step each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.session.line_edits import LineEdits
from tests.person import ALT, CTRL, KEY, LEFT, NONE, PLAIN, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

A = np.arange(12.0).reshape(4, 3)


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return Person(qtbot, workspace(A=A, B=np.ones((3, 2)), C="A @ B"))


def row_header(grid: Grid, row: int) -> QPoint:
    return QPoint(4, grid.cell_position(row, 0).y())


def column_header(grid: Grid, column: int) -> QPoint:
    return QPoint(grid.cell_position(0, column).x(), 5)


def drag(
    grid: Grid, start: QPoint, *way: QPoint, begin: QEvent.Type = QEvent.Type.MouseButtonPress
) -> Callable[[], None]:
    """Press (Qt says double-click for a press soon after another) and move; returns how to let go."""
    viewport = grid.viewport()
    grid.setFocus()  # as a press from the window system does
    place = QPointF(viewport.mapToGlobal(start))
    QApplication.sendEvent(viewport, QMouseEvent(begin, QPointF(start), place, LEFT, LEFT, PLAIN))
    for point in way:
        place = QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), place, NONE, LEFT, PLAIN)
        QApplication.sendEvent(viewport, event)
    return lambda: QTest.mouseRelease(viewport, LEFT, PLAIN, way[-1])


def click(grid: Grid, place: QPoint) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, PLAIN, place)


def border(grid: Grid, row: int) -> QPoint:
    """The upper line of a row, at the header."""
    return QPoint(4, grid.layout_now().y(row) + 2)


def test_a_selected_row_is_dragged_to_another_place(person: Person) -> None:
    grid = person.operand("A")
    click(grid, row_header(grid, 3))
    release = drag(grid, row_header(grid, 3), border(grid, 2), border(grid, 1))
    line = person.find("dropLine")
    assert line.isVisible()
    assert abs(line.geometry().center().y() - grid.layout_now().y(1)) <= 1
    assert person.stored("A") == A.tolist()
    release()
    assert not person.shown("dropLine")
    assert person.stored("A") == A[[0, 3, 1, 2]].tolist()
    assert grid.selection.box == (1, 2, 0, 3)
    assert person.snapshot.undo_label == "Move line 3 of A to 1"
    assert person.snapshot.notice.text == "1 row of A moved: A = A[[0, 3, 1, 2]]"
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()
    person.key(KEY.Key_Y, CTRL)
    assert person.stored("A") == A[[0, 3, 1, 2]].tolist()


def test_several_columns_are_dragged_together(person: Person) -> None:
    grid = person.operand("A")
    drag(grid, column_header(grid, 0), column_header(grid, 1))()
    assert grid.selection.box == (0, 4, 0, 2)
    end = QPoint(grid.layout_now().x(3) - 2, 5)
    drag(grid, column_header(grid, 0), column_header(grid, 1), end)()
    assert person.stored("A") == A[:, [2, 0, 1]].tolist()
    assert grid.selection.box == (0, 4, 1, 3)


def test_esc_gives_a_drag_of_lines_up(person: Person) -> None:
    grid = person.operand("A")
    click(grid, row_header(grid, 0))
    release = drag(grid, row_header(grid, 0), border(grid, 2), border(grid, 3))
    person.key(KEY.Key_Escape)
    assert not person.shown("dropLine")
    release()
    assert person.stored("A") == A.tolist()
    assert not person.snapshot.undo_label


def test_a_drag_from_an_unselected_header_selects(person: Person) -> None:
    grid = person.operand("A")
    click(grid, row_header(grid, 3))
    drag(grid, row_header(grid, 0), row_header(grid, 1), row_header(grid, 2))()
    assert grid.selection.box == (0, 3, 0, 3)
    assert person.stored("A") == A.tolist()


def test_a_click_on_one_of_several_selected_headers_selects_it_alone(person: Person) -> None:
    grid = person.operand("A")
    drag(grid, row_header(grid, 0), row_header(grid, 2))()
    click(grid, row_header(grid, 1))
    assert grid.selection.box == (1, 2, 0, 3)


def test_rows_of_one_cell_are_lines_only_once_their_header_selected_them(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(v=[[1.0], [2.0], [3.0]]))
    grid = person.operand("v")
    person.click_cell(grid, 0, 0)
    drag(grid, row_header(grid, 0), row_header(grid, 1), row_header(grid, 2))()
    assert grid.selection.box == (0, 3, 0, 1)
    click(grid, row_header(grid, 0))
    drag(grid, row_header(grid, 0), row_header(grid, 1), QPoint(4, grid.layout_now().y(3) - 2))()
    assert person.stored("v") == [[2.0], [3.0], [1.0]]


def test_alt_and_arrows_move_the_selected_lines(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 1, 2)
    person.key(KEY.Key_Up, ALT)
    assert person.stored("A") == A[[1, 0, 2, 3]].tolist()
    assert (grid.selection.row, grid.selection.column) == (0, 2)
    person.key(KEY.Key_Up, ALT)
    assert person.snapshot.notice.text == "The first row can't go higher."
    person.key(KEY.Key_Left, ALT)
    assert person.stored("A") == A[[1, 0, 2, 3]][:, [0, 2, 1]].tolist()
    assert (grid.selection.row, grid.selection.column) == (0, 1)
    for _ in range(2):
        person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_results_refuse_with_a_sentence(person: Person) -> None:
    grid = person.result
    person.click_cell(grid, 1, 0)
    person.key(KEY.Key_Down, ALT)
    assert "can be copied, not typed into" in person.snapshot.notice.text
    click(grid, row_header(grid, 0))
    drag(grid, row_header(grid, 0), row_header(grid, 1), row_header(grid, 2))()
    assert grid.selection.box == (0, 3, 0, 2)


def test_lines_of_a_slice_move_along_the_arrays_own_axis(qtbot: QtBot) -> None:
    values = np.arange(24).reshape(2, 3, 4)
    person = Person(qtbot, workspace(T=values))
    field = person.find("sliceField")
    person.click(field)
    person.key(KEY.Key_A, CTRL)
    person.type("[::-1, 1, :]")
    person.key(KEY.Key_Return)
    grid = person.operand("T")
    person.click_cell(grid, 0, 3)
    person.key(KEY.Key_Left, ALT)
    assert person.stored("T") == values[:, :, [0, 1, 3, 2]].tolist()
    person.key(KEY.Key_Down, ALT)
    assert person.stored("T") == values[::-1, :, [0, 1, 3, 2]].tolist()
    assert (grid.selection.row, grid.selection.column) == (1, 2)
    assert person.snapshot.undo_label == "Move line 1 of T to 0"


def test_several_lines_are_inserted_and_deleted_at_once(person: Person) -> None:
    grid = person.operand("A")
    drag(grid, row_header(grid, 1), row_header(grid, 2))()
    person.key(KEY.Key_Plus, CTRL)
    assert person.stored("A") == np.insert(A, [1, 1], 0, axis=0).tolist()
    assert person.snapshot.notice.text == "2 rows of zeros inserted into A: A = np.insert(A, [1] * 2, 0, axis=0)"
    assert grid.selection.box == (1, 3, 0, 3)
    person.key(KEY.Key_Minus, CTRL)
    assert person.stored("A") == A.tolist()
    assert person.snapshot.notice.text == "2 rows of A deleted: A = np.delete(A, np.s_[1:3], axis=0)"


def test_a_matrix_without_columns_gets_some_with_the_same_key(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.zeros((2, 0))))
    person.operand("A").setFocus()
    person.key(KEY.Key_Plus, CTRL)
    assert person.stored("A") == [[0.0], [0.0]]


def test_deleting_all_lines_leaves_a_sentence_and_a_way_back(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_A, CTRL)
    person.key(KEY.Key_Minus, CTRL)
    assert np.shape(person.snapshot.workspace.arrays["A"].to_numpy()) == (0, 3)
    assert "0×3: no cells." in grid.empty_text()
    assert "Ctrl and + adds" in grid.empty_text()
    person.key(KEY.Key_Minus, CTRL)
    assert person.snapshot.notice.text == grid.empty_text()
    person.key(KEY.Key_Plus, CTRL)
    assert person.stored("A") == [[0.0, 0.0, 0.0]]
    for _ in range(2):
        person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_a_large_array_is_changed_beside_the_window_and_the_selection_follows(person: Person, qtbot: QtBot) -> None:
    edits = LineEdits.of(person.window.session)
    edits.at_once_bytes = 0
    grid = person.operand("A")
    person.click_cell(grid, 0, 1)
    person.key(KEY.Key_Down, ALT)
    assert edits.is_busy
    assert (grid.selection.row, person.stored("A")) == (0, A.tolist())
    qtbot.waitUntil(lambda: not edits.is_busy)
    assert (grid.selection.row, person.stored("A")) == (1, A[[1, 0, 2, 3]].tolist())
    assert person.snapshot.notice.text == "1 row of A moved: A = A[[1, 0, 2, 3]]"


def test_another_formula_may_be_looked_at_meanwhile(person: Person, qtbot: QtBot) -> None:
    edits = LineEdits.of(person.window.session)
    edits.at_once_bytes = 0
    person.click_cell(person.operand("A"), 0, 1)
    person.key(KEY.Key_Down, ALT)
    person.enter("B.T @ B")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not edits.is_busy)
    assert person.stored("A") == A[[1, 0, 2, 3]].tolist()


def test_several_ranges_are_refused_with_a_sentence(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    QTest.mouseClick(grid.viewport(), LEFT, CTRL, grid.cell_position(2, 2))
    person.settle()
    person.key(KEY.Key_Up, ALT)
    assert "one range at a time" in person.snapshot.notice.text
    assert person.stored("A") == A.tolist()


def test_a_drag_beyond_what_shows_scrolls(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.arange(400.0).reshape(200, 2)))
    grid = person.operand("A")
    click(grid, row_header(grid, 0))
    below = QPoint(4, grid.viewport().height() + 5)
    first = grid.layout_now().first_row
    release = drag(grid, row_header(grid, 0), row_header(grid, 1), *[below] * 5)
    assert grid.layout_now().first_row == first + 5
    release()
    assert person.stored("A")[0] == [2.0, 3.0]
    assert grid.selection.row > 5


def test_lines_of_several_ranges_are_deleted_in_one_step(qtbot: QtBot) -> None:
    values = np.arange(18.0).reshape(6, 3)
    person = Person(qtbot, workspace(A=values, B=values.T, C="B @ A"))
    person.click(person.shown("linkChain")[0])
    grid = person.operand("A")
    click(grid, row_header(grid, 1))
    for row in (4, 5):
        QTest.mouseClick(grid.viewport(), LEFT, CTRL, row_header(grid, row))
    person.settle()
    person.key(KEY.Key_Minus, CTRL)
    assert person.stored("A") == values[[0, 2, 3]].tolist()
    assert person.stored("B") == values.T[:, [0, 2, 3]].tolist()
    assert person.snapshot.notice.text.startswith("3 rows of A deleted, B went along: A = np.delete(A, np.s_[4:6]")
    assert not grid.ranges.several
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == values.tolist()
    assert not person.snapshot.undo_label


def test_a_drag_may_begin_right_after_the_click_that_selected(person: Person) -> None:
    grid = person.operand("A")
    click(grid, row_header(grid, 3))
    start = row_header(grid, 3)
    release = drag(grid, start, border(grid, 2), border(grid, 1), begin=QEvent.Type.MouseButtonDblClick)
    release()
    assert person.stored("A") == A[[0, 3, 1, 2]].tolist()


def test_undo_brings_the_selection_back(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 1, 2)
    person.key(KEY.Key_Up, ALT)
    person.click_cell(grid, 3, 0)
    person.key(KEY.Key_Z, CTRL)
    assert (grid.selection.row, grid.selection.column) == (1, 2)
