"""Real mouse events into a shown grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from playground.views.grid.ghost import Ghost
from playground.views.grid.selection import Selection

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.views.grid.conftest import Bench

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
A = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]])
Make = "Callable[..., Bench]"


def move(bench: Bench, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """QTest.mouseMove carries neither buttons nor keys: send what a window system sends."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    viewport = bench.grid.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(viewport, event)


def down(bench: Bench, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(bench.grid.viewport(), LEFT, modifiers, point)


def up(bench: Bench, point: QPoint) -> None:
    QTest.mouseRelease(bench.grid.viewport(), LEFT, NONE, point)


def test_a_click_chooses_and_a_drag_selects(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    with qtbot.waitSignal(b.grid.cellChosen) as chosen:
        QTest.mouseClick(b.grid.viewport(), LEFT, NONE, b.grid.cell_position(2, 1))
    assert chosen.args == [2, 1]
    down(b, b.grid.cell_position(0, 0))
    move(b, b.grid.cell_position(1, 1))
    up(b, b.grid.cell_position(1, 1))
    assert b.grid.selection.box == (0, 2, 0, 2)
    assert b.active == (0, 0)
    QTest.mouseClick(b.grid.viewport(), LEFT, SHIFT, b.grid.cell_position(2, 0))
    assert b.grid.selection.box == (0, 3, 0, 1)
    assert b.edits == []


def test_headers_select_lines_and_the_corner_all(bench: Make) -> None:
    b = bench(A)
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, QPoint(b.grid.cell_position(0, 1).x(), 5))
    assert b.grid.selection.box == (0, 3, 1, 2)
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, QPoint(4, b.grid.cell_position(1, 0).y()))
    assert b.grid.selection.box == (1, 2, 0, 2)
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, QPoint(3, 3))
    assert b.grid.selection.box == (0, 3, 0, 2)


def test_a_double_click_edits(bench: Make) -> None:
    b = bench(A)
    where = b.grid.cell_position(1, 1)
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, where)
    QTest.mouseDClick(b.grid.viewport(), LEFT, NONE, where)
    editor = b.grid.findChild(QLineEdit)
    assert editor.isVisible()
    assert editor.text() == "3"
    QTest.keyClicks(editor, "1")
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, b.grid.cell_position(0, 0))
    assert b.array[1, 1] == 31
    assert b.active == (0, 0)


def test_scrubbing_is_live_and_ends_once(bench: Make) -> None:
    b = bench(A)
    live, ends = [], []
    b.grid.scrubMoved.connect(lambda edit: live.append(float(edit.values[0, 0])))
    b.grid.scrubMoved.connect(b.write)
    b.grid.scrubFinished.connect(ends.append)
    b.grid.select(Selection.at(1, 1))
    handle = b.grid.scrub_rect().center()
    down(b, handle)
    move(b, handle + QPoint(10, 0))
    move(b, handle + QPoint(20, 3))
    move(b, handle + QPoint(30, 3), SHIFT)
    move(b, handle + QPoint(40, 3), ALT)
    move(b, handle + QPoint(50, 3), CTRL)
    up(b, handle + QPoint(50, 3))
    assert live == [4, 5, 15, 15.1, 15.2]
    assert [edit.values.tolist() for edit in ends] == [[[15.2]]]
    assert b.active == (1, 1)
    assert b.grid.selection.single


def test_esc_ends_a_scrub_and_nothing_is_finished(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    finished = []
    b.grid.scrubFinished.connect(finished.append)
    handle = b.grid.scrub_rect().center()
    down(b, handle)
    move(b, handle + QPoint(35, 0))
    with qtbot.waitSignal(b.grid.scrubCancelled):
        QTest.keyClick(b.grid, Qt.Key.Key_Escape)
    up(b, handle + QPoint(35, 0))
    assert finished == []


@pytest.mark.parametrize("array", [np.array([[np.nan]]), np.array([[True]])])
def test_what_can_not_be_scrubbed_has_no_handle(bench: Make, array: np.ndarray) -> None:
    b = bench(array)
    moved = []
    b.grid.scrubMoved.connect(moved.append)
    handle = b.grid.scrub_rect().center()
    down(b, handle)
    move(b, handle + QPoint(40, 0))
    up(b, handle + QPoint(40, 0))
    assert moved == []


def test_the_corner_resizes_with_a_ghost_and_one_wish(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    grip = b.grid.grip_position()
    down(b, grip)
    move(b, grip + QPoint(110, -50))
    assert b.grid.window().findChild(Ghost).label == "2×4"
    with qtbot.waitSignal(b.grid.resizeRequested) as asked:
        up(b, grip + QPoint(110, -50))
    assert asked.args == [2, 4]
    assert not b.grid.window().findChildren(Ghost) or not b.grid.window().findChild(Ghost).isVisible()


def test_an_empty_array_grows_at_its_corner(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((0, 3)))
    grip = b.grid.grip_position()
    down(b, grip)
    move(b, grip + QPoint(0, 100))
    with qtbot.waitSignal(b.grid.resizeRequested) as asked:
        up(b, grip + QPoint(0, 100))
    assert asked.args == [2, 3]


def test_a_vector_grows_to_the_right_only(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.array([1.0, 2.0]))
    grip = b.grid.grip_position()
    down(b, grip)
    move(b, grip + QPoint(60, 200))
    with qtbot.waitSignal(b.grid.resizeRequested) as asked:
        up(b, grip + QPoint(60, 200))
    assert asked.args == [1, 3]


def test_esc_gives_a_resize_up(bench: Make) -> None:
    b = bench(A)
    asked = []
    b.grid.resizeRequested.connect(lambda *size: asked.append(size))
    grip = b.grid.grip_position()
    down(b, grip)
    move(b, grip + QPoint(100, 100))
    QTest.keyClick(b.grid, Qt.Key.Key_Escape)
    up(b, grip + QPoint(100, 100))
    assert asked == []


def test_hover_tells_each_cell_once(bench: Make) -> None:
    b = bench(A)
    seen = []
    b.grid.cellHovered.connect(lambda row, column: seen.append((row, column)))
    for row, column in ((0, 0), (0, 0), (2, 1)):
        QTest.mouseMove(b.grid.viewport(), b.grid.cell_position(row, column))
    QTest.mouseMove(b.grid.viewport(), QPoint(2, 2))
    assert seen == [(0, 0), (2, 1), (None, None)]


def wheel(bench: Bench, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    centre = QPointF(60, 60)
    event = QWheelEvent(
        centre,
        QPointF(bench.grid.viewport().mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bench.grid.viewport(), event)
    return event.isAccepted()


def test_the_wheel_scrolls_rows_zooms_with_ctrl_and_passes_on_where_all_fits(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((100, 3)), size=(300, 300))
    wheel(b, -2)
    assert b.grid.layout_now().first_row == 6
    wheel(b, 9)
    assert b.grid.layout_now().first_row == 0
    with qtbot.waitSignal(b.grid.zoomChanged):
        wheel(b, 1, CTRL)
    assert b.grid.zoom > 1
    assert not wheel(bench(A), -1)
