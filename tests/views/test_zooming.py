"""Zoom and overview map in the whole window: commands, caption, map with mouse and keys, undo in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.views import theme
from playground.views.grid.far import WHOLE, Detail
from playground.views.zoom_commands import grid_at_hand, zoom_words
from tests.person import ALT, CTRL, KEY, LEFT, PLAIN, Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid
    from playground.views.grid.overview import OverviewMap

SIDE = 900


def matrix() -> np.ndarray:
    values = np.random.default_rng(0).standard_normal((SIDE, SIDE))
    values[620, 333] = 40.0
    return values


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    person = Person(qtbot, workspace(A=matrix()))
    person.operand("A").setFocus()
    return person


def settled(person: Person, qtbot: QtBot, grid: Grid) -> None:
    """Wait until everything that is looked for is there."""
    person.window.grab()
    qtbot.waitUntil(lambda: not grid.pictures.is_busy)
    person.settle()


def surveyed(qtbot: QtBot, grid: Grid) -> OverviewMap:
    """The map, once it has its picture."""
    overview = grid.overview
    assert overview is not None
    qtbot.waitUntil(lambda: grid.pictures.pyramid is not None)
    return overview


def run(person: Person, name: str) -> None:
    person.window.menus.action(name).trigger()
    person.settle()


def caption(person: Person) -> str:
    return next(box for box in person.window.equation.parts if box.isVisible())._caption._remark


def test_commands_go_from_numbers_to_the_whole_and_back(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    run(person, "zoom-whole")
    settled(person, qtbot, grid)
    assert grid.zoom == WHOLE
    assert zoom_words(grid) == "A as a picture: all 900×900 cells."
    run(person, "zoom-in")
    assert WHOLE < grid.zoom < 1
    run(person, "zoom-out")
    assert grid.zoom == WHOLE
    run(person, "zoom-numbers")
    assert grid.zoom == 1
    assert zoom_words(grid).startswith("A as numbers: rows 0–")
    run(person, "zoom-out")
    run(person, "zoom-out")
    run(person, "zoom-out")
    assert zoom_words(grid).startswith("A as coloured cells: rows 0–")


def test_keys_zoom_from_anywhere_in_the_window(person: Person) -> None:
    grid = person.operand("A")
    person.key(KEY.Key_Minus, CTRL | ALT)
    assert grid.zoom < 1
    person.key(KEY.Key_Equal, CTRL | ALT)
    assert grid.zoom == 1
    person.key(KEY.Key_9, CTRL)
    assert grid.zoom == WHOLE
    person.window.formula_bar.edit.setFocus()
    person.key(KEY.Key_0, CTRL)
    assert grid.zoom == 1
    assert person.stored("A") == matrix().tolist()


def test_the_grid_with_the_focus_is_zoomed_else_the_result(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(3), B=np.ones((3, 2)), C="A @ B"))
    person.window.session.select("C")
    person.settle()
    person.window.formula_bar.edit.setFocus()
    assert grid_at_hand(person.window) is person.result
    person.operand("B").setFocus()
    run(person, "zoom-out")
    assert person.operand("B").zoom < 1
    assert person.result.zoom == 1


def test_there_may_be_nothing_to_zoom(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.zeros((0, 3))))
    run(person, "zoom-whole")
    assert person.snapshot.notice.text == "There is no grid with cells to zoom."


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_grids_menu_zooms(person: Person) -> None:
    grid = person.operand("A")
    grid.show_menu(QPoint(60, 60))
    menu = grid.findChild(QMenu, "gridMenu")
    zoom = menu.findChild(QMenu, "zoomMenu")
    assert [action.text().partition("\t")[0] for action in zoom.actions()] == [
        "Zoom in", "Zoom out", "Numbers", "Whole matrix"
    ]  # fmt: skip
    zoom.actions()[3].trigger()
    menu.close()
    assert grid.zoom == WHOLE


def test_the_caption_tells_the_number_that_is_pointed_at(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    assert "rows 0–" in caption(person)
    run(person, "zoom-whole")
    settled(person, qtbot, grid)
    assert caption(person) == f"[0, 0] = {float(matrix()[0, 0])!r}"  # the active cell, in full
    x, y, _, _ = grid.layout_now().box(620, 621, 333, 334)
    person.point_at(grid.viewport(), QPoint(x, y))
    assert caption(person) == "[620, 333] = 40"
    person.click(grid, QPoint(x, y))  # the point is painted larger than its cell, and taken so
    person.point_at(person.window.why_strip)
    assert (grid.selection.row, grid.selection.column) == (620, 333)
    assert caption(person) == "[620, 333] = 40"
    person.window.formula_bar.edit.setFocus()
    person.settle()
    assert "cells" in caption(person)
    assert "40" not in grid.accessibleName()  # the name stays; the number is the description's
    assert grid.accessibleDescription() == "A, row 620, column 333: 40"


def test_an_edit_in_numbers_and_its_undo_are_seen_in_the_picture(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    run(person, "zoom-whole")
    settled(person, qtbot, grid)
    before = grid.pictures.pyramid.levels[-1].low.min()
    person.type("-77")
    assert grid.detail is Detail.NUMBERS
    person.key(KEY.Key_Return)
    assert person.stored("A")[0][0] == -77.0
    run(person, "zoom-whole")
    assert grid.pictures.pyramid.levels[-1].low.min() == -77.0
    person.key(KEY.Key_Z, CTRL)
    assert grid.pictures.pyramid.levels[-1].low.min() == before


def test_a_result_of_another_shape_is_looked_at_anew(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=matrix(), B="A[:700]"))
    person.window.session.select("B")
    person.settle()
    run(person, "zoom-whole")
    settled(person, qtbot, person.result)
    person.enter("A[:300, :500] - 1")
    assert person.result.source.shape == (300, 500)
    assert person.result.zoom == WHOLE
    settled(person, qtbot, person.result)
    qtbot.waitUntil(lambda: person.result.pictures.pyramid is not None)
    assert person.result.pictures.limits == (matrix()[:300, :500].min() - 1, matrix()[:300, :500].max() - 1)


def test_results_can_be_looked_at_from_afar(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=matrix(), B="A * 2"))
    person.window.session.select("B")
    person.settle()
    grid = person.result
    grid.setFocus()
    person.key(KEY.Key_Minus, CTRL)
    assert grid.zoom < 1
    run(person, "zoom-whole")
    settled(person, qtbot, grid)
    qtbot.waitUntil(lambda: grid.pictures.pyramid is not None)
    assert grid.pictures.limits == (2 * matrix().min(), 80.0)


def test_projector_mode_keeps_the_zoom_apart(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    try:
        person.key(KEY.Key_F11)
        assert theme.scale() > 1
        grid = person.operand("A")
        assert grid.zoom == 1
        grid.setFocus()
        person.key(KEY.Key_9, CTRL)
        settled(person, qtbot, grid)
        assert grid.layout_now().visible == (0, SIDE, 0, SIDE)
    finally:
        person.key(KEY.Key_F11)
    assert theme.scale() == 1


# -- the map -----------------------------------------------------------------------------------------------------


def test_a_large_matrix_has_a_map_beside_its_cells(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    overview = surveyed(qtbot, grid)
    assert overview.accessibleName() == "Overview of A"
    assert grid.findChildren(QWidget, "overviewMap") == [overview]
    assert overview.accessibleDescription().startswith("In sight are rows 0–")
    assert not overview.geometry().intersects(grid.viewport().geometry())
    assert overview.frame().topLeft() == QPoint(0, 0)
    run(person, "zoom-whole")
    assert grid.overview is None  # nothing is out of sight


def test_small_matrices_and_narrow_grids_have_none(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(30), x=matrix()[:, :40], W=matrix()[:40], y="x @ W @ W.T"))
    person.window.session.select("A")
    person.settle()
    assert person.operand("A").overview is None
    person.window.session.select("y")
    person.settle()
    assert all(grid.width() < 380 and grid.overview is None for grid in person.shown("operandGrid"))


def test_a_click_in_the_map_jumps_there(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    overview = surveyed(qtbot, grid)
    QTest.mouseClick(overview, LEFT, PLAIN, QPoint(overview.width() // 2, overview.height() // 2))
    r0, r1, c0, c1 = grid.layout_now().visible
    assert abs((r0 + r1) / 2 - SIDE / 2) < SIDE / 20
    assert abs((c0 + c1) / 2 - SIDE / 2) < SIDE / 20
    qtbot.waitUntil(lambda: f"rows {r0}–" in overview.accessibleDescription())


def test_dragging_the_frame_scrolls_with_it(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    overview = surveyed(qtbot, grid)
    start = overview.frame().center()
    QTest.mousePress(overview, LEFT, PLAIN, start)
    assert grid.layout_now().first_row < SIDE / overview.height() * 2  # taken, it stays where it is
    seen = []
    for by in range(5, 60, 5):
        QTest.mouseMove(overview, start + QPoint(by, by))
        seen.append(grid.layout_now().first_row)
    QTest.mouseRelease(overview, LEFT, PLAIN, start + QPoint(55, 55))
    assert seen == sorted(set(seen))
    QTest.mousePress(overview, LEFT, PLAIN, overview.frame().center())
    QTest.mouseMove(overview, QPoint(500, 900))
    QTest.mouseRelease(overview, LEFT, PLAIN, QPoint(500, 900))
    assert grid.layout_now().first_row == grid.layout_now().last_first_row


def test_the_map_is_used_by_keys(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    overview = surveyed(qtbot, grid)
    grid.setFocus()
    person.key(KEY.Key_Backtab)
    assert person.window.focusWidget() is overview
    page = grid.layout_now().page_rows
    person.key(KEY.Key_Down)
    assert grid.layout_now().first_row == page
    person.key(KEY.Key_Right)
    assert grid.layout_now().first_column == grid.layout_now().page_columns
    person.key(KEY.Key_End)
    assert grid.layout_now().first_row == grid.layout_now().last_first_row
    person.key(KEY.Key_PageUp)
    assert grid.layout_now().first_row == grid.layout_now().last_first_row - 90
    person.key(KEY.Key_Home)
    assert (grid.layout_now().first_row, grid.layout_now().first_column) == (0, 0)
    person.key(KEY.Key_Return)
    assert person.window.focusWidget() is grid


def test_maps_can_be_hidden_and_come_back(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    width = grid.viewport().width()
    with qtbot.waitSignal(person.window.settingChosen) as chosen:
        run(person, "overview")
    assert chosen.args == ["overview", False]
    assert grid.overview is None
    assert grid.viewport().width() > width
    run(person, "overview")
    assert grid.overview is not None
    assert grid.viewport().width() == width


def test_the_outlier_is_seen_in_the_map(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    overview = surveyed(qtbot, grid)
    place = QPoint(overview.width() * 333 // SIDE, overview.height() * 620 // SIDE)
    qtbot.waitUntil(lambda: overview.grab().toImage().pixelColor(place) == theme.current().positive)


def test_the_map_goes_with_the_focus_given_back(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    surveyed(qtbot, grid).setFocus()
    person.key(KEY.Key_9, CTRL)
    assert grid.overview is None
    assert person.window.focusWidget() is grid


def test_the_wheel_zooms_the_grid_under_it_alone(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=matrix()[:30, :30], B="A * 2"), look="dark")
    person.window.session.select("B")
    person.settle()
    viewport, place = person.operand("A").viewport(), QPointF(80, 80)
    event = QWheelEvent(
        place, QPointF(viewport.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)
    assert person.result.zoom == 1
    assert person.operand("A").zoom < 1
