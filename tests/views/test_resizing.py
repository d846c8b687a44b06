"""Sizes in the whole window: the corner, an edge alone, a typed size; nothing is lost before the hand lets go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.views.grid.resize_field import read_size
from tests.person import CTRL, KEY, LEFT, NONE, PLAIN, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

A = np.arange(12.0).reshape(4, 3)
OPENS_MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return Person(qtbot, workspace(A=A, v=[1.0, 2.0], C="A + A"))


def drag(grid: Grid, *way: QPoint) -> Callable[[], None]:
    """Press and move through ``way``; returns how to let go."""
    viewport = grid.viewport()
    QTest.mousePress(viewport, LEFT, PLAIN, way[0])
    for point in way[1:]:
        place = QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), place, NONE, LEFT, PLAIN)
        QApplication.sendEvent(viewport, event)
    return lambda: QTest.mouseRelease(viewport, LEFT, PLAIN, way[-1])


def right_edge(grid: Grid) -> QPoint:
    layout = grid.layout_now()
    return QPoint(layout.x(layout.columns) + 4, grid.cell_position(1, 0).y())


def lower_edge(grid: Grid) -> QPoint:
    layout = grid.layout_now()
    return QPoint(grid.cell_position(0, 1).x(), layout.y(layout.rows) + 4)


def cells(grid: Grid, rows: float, columns: float) -> QPoint:
    layout = grid.layout_now()
    return QPoint(round(columns * layout.cell_width), round(rows * layout.cell_height))


def test_the_right_edge_changes_columns_alone(person: Person) -> None:
    grid = person.operand("A")
    edge = right_edge(grid)
    drag(grid, edge, edge + cells(grid, 2, 1))()
    assert person.stored("A") == np.pad(A, ((0, 0), (0, 1))).tolist()
    assert person.snapshot.notice.text == "A is (4, 4) now: A = np.pad(A, ((0, 0), (0, 1)))"


def test_the_lower_edge_changes_rows_alone(person: Person) -> None:
    grid = person.operand("A")
    edge = lower_edge(grid)
    drag(grid, edge, edge + cells(grid, -2, -2))()
    assert person.stored("A") == A[:2].tolist()


def test_shrinking_and_growing_again_in_one_drag_loses_nothing(person: Person) -> None:
    grid = person.operand("A")
    corner = grid.grip_position()
    release = drag(grid, corner, corner + cells(grid, -3, -2), corner + cells(grid, 1, 0))
    assert person.find("resizeGhost").label == "5×3"
    assert person.stored("A") == A.tolist()
    release()
    assert person.stored("A") == np.pad(A, ((0, 1), (0, 0))).tolist()
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_handles_say_which_way_they_go(person: Person) -> None:
    grid = person.operand("A")
    for place, cursor in (
        (right_edge(grid), Qt.CursorShape.SizeHorCursor),
        (lower_edge(grid), Qt.CursorShape.SizeVerCursor),
        (grid.grip_position(), Qt.CursorShape.SizeFDiagCursor),
    ):
        person.point_at(grid.viewport(), place)
        assert grid.viewport().cursor().shape() is cursor


def test_a_result_has_no_handles(person: Person) -> None:
    grid = person.result
    drag(grid, right_edge(grid), right_edge(grid) + cells(grid, 0, 2))()
    assert not person.snapshot.undo_label


def menu_entry(person: Person, grid: Grid, text: str) -> None:
    """Open the grid's menu by its key and choose an entry."""
    grid.setFocus()
    person.key(KEY.Key_Menu)
    menu = person.find("gridMenu")
    action = next(action for action in menu.actions() if action.text() == text)
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)
    person.settle()


@OPENS_MENUS
def test_a_size_is_typed(person: Person) -> None:
    grid = person.operand("A")
    menu_entry(person, grid, "Resize…")
    field = person.find("resizeField")
    assert field.text() == "4 × 3"
    QTest.keyClicks(field, "2, three")
    QTest.keyClick(field, KEY.Key_Return)
    assert person.find("resizeNote").text() == "Type two numbers, such as 3 × 4."
    field.selectAll()
    QTest.keyClicks(field, "2x5")
    QTest.keyClick(field, KEY.Key_Return)
    person.settle()
    assert np.shape(person.stored("A")) == (2, 5)
    assert not person.shown("resizePopup")
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


@OPENS_MENUS
def test_esc_leaves_the_size(person: Person) -> None:
    menu_entry(person, person.operand("A"), "Resize…")
    QTest.keyClicks(person.find("resizeField"), "9x9")
    QTest.keyClick(person.find("resizeField"), KEY.Key_Escape)
    person.settle()
    assert not person.shown("resizePopup")
    assert person.stored("A") == A.tolist()


@pytest.mark.parametrize(
    ("text", "ndim", "size"),
    [("3 × 4", 2, (3, 4)), ("3x4", 2, (3, 4)), ("(3, 4)", 2, (3, 4)), ("3 4", 2, (3, 4)), ("0*7", 2, (0, 7)),
     ("5", 1, (1, 5)), ("(5,)", 1, (1, 5)), ("5", 2, None), ("3×4×5", 2, None), ("-1 x 3", 2, None),
     ("3.5 x 2", 2, None), ("", 2, None), ("a x b", 2, None), ("3 4", 1, None)],
)  # fmt: skip
def test_how_a_size_may_be_written(text: str, ndim: int, size: tuple[int, int] | None) -> None:
    assert read_size(text, ndim) == size
