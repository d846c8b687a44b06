"""Rows of a matrix are points: dragged, moved by keys, read together; results are seen; many are one image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from playground.views.canvas.points.reading import fitted_to, holds, read_points
from playground.views.canvas.viewport import Viewport
from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, AddFormula
from tests.person import KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.canvas.points.page import PointsPage

with_menus = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
TITLES = ("Principal axes", "Regression line", "Residuals")


def shown(person: Person, points: Any) -> PointsPage:
    person.window.session.edit(AddArray("P", Array.of(np.array(points))), select="P")
    person.window.canvas_panel.show_mode("points")
    return person.window.canvas_panel.target().parent()  # type: ignore[return-value]


@pytest.fixture
def page(person: Person) -> PointsPage:
    return shown(person, [[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]])


def drag(page: PointsPage, name: str, x: float, y: float, *, release: bool = True) -> None:
    canvas = page.canvas
    start = canvas.handle_position(name)
    goal = QPoint(*(round(c) for c in canvas.view.to_pixels((x, y))))
    QTest.mousePress(canvas, LEFT, PLAIN, start)
    QTest.mouseMove(canvas, (start + goal) / 2)
    QTest.mouseMove(canvas, goal)
    if release:
        QTest.mouseRelease(canvas, LEFT, PLAIN, goal)


def choose(page: PointsPage, *titles: str) -> None:
    button = page.findChild(QToolButton, "pointsShow")
    assert button is not None
    for title in titles:
        QTest.mouseClick(button, LEFT)
        menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
        next(action for action in menu.actions() if action.text() == title).trigger()
        menu.close()


def said(page: PointsPage) -> str:
    return page.readout.accessibleDescription()


@with_menus
def test_the_rows_are_read_together(person: Person, page: PointsPage) -> None:
    choose(page, *TITLES)
    assert "mean (1, 3)" in said(page)
    assert "y = 2 x + 1 explains 100 %" in said(page)
    assert "rows of P" in person.window.canvas_panel._caption.text()
    assert page.canvas.sentence().startswith("P: 3 points; 100 %")


def test_a_dragged_point_edits_its_cells_and_is_one_undo_step(person: Person, page: PointsPage) -> None:
    page.canvas.snap = "integer"
    drag(page, "1", 2, 1, release=False)
    assert person.stored("P") == [[0, 1], [2, 1], [2, 5]]
    assert "mean (1.333" in said(page)
    QTest.mouseRelease(page.canvas, LEFT, PLAIN, page.canvas.handle_position("1"))
    person.window.session.undo()
    assert person.stored("P") == [[0, 1], [1, 3], [2, 5]]
    assert "mean (1, 3)" in said(page)


def test_escape_takes_a_drag_back(person: Person, page: PointsPage) -> None:
    drag(page, "1", 2, 1, release=False)
    assert person.stored("P")[1] != [1, 3]
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert person.stored("P") == [[0, 1], [1, 3], [2, 5]]
    assert "mean (1, 3)" in said(page)


def test_integers_snap_and_say_so(person: Person) -> None:
    page = shown(person, np.array([[0, 0], [3, 4]]))
    drag(page, "1", 2.2, 1.3, release=False)
    assert person.stored("P") == [[0, 0], [2, 1]]
    assert "snap to them" in page.canvas.note()
    QTest.mouseRelease(page.canvas, LEFT, PLAIN, page.canvas.handle_position("1"))


def test_keys_choose_and_move_a_point(person: Person, page: PointsPage, qtbot: QtBot) -> None:
    page.canvas.snap = "integer"
    page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.canvas, KEY.Key_Space)
    assert page.canvas.selected == "1"
    assert "P[1] is the point (1, 3)." in page.canvas.sentence()
    with qtbot.waitSignal(page.canvas.pointMoveFinished):
        QTest.keyClick(page.canvas, KEY.Key_Down)
    assert person.stored("P")[1] == [1, 2]
    QTest.keyClick(page.canvas, KEY.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.canvas.selected == "0"


def test_results_are_seen_and_say_why_they_stay(person: Person, page: PointsPage) -> None:
    person.window.session.edit(AddFormula("R", "P * 2"), select="R")
    assert "mean (2, 6)" in said(page)
    drag(page, "1", 0, 0)
    assert page.canvas.vector("1").tip == (2, 6)
    assert "R is computed" in page.canvas.note()


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (np.zeros((0, 2)), "no rows"),
        ([[np.nan, 1.0]], "no point with finite coordinates"),
        ([[1.0, 2.0]], "One point"),
        ([[1.0, 2.0], [np.inf, 0.0], [3.0, 2.0]], "1 without finite coordinates are left out"),
        ([[1e300, 1.0], [-1e300, 1e-300]], "too large"),
        ([[5e-324, 0.0], [0.0, 5e-324]], "2 points"),
        ([[2.0, 1.0], [2.0, 3.0]], "above each other"),
        ([[1.0, 1.0], [1.0, 1.0]], "at one place"),
        ([[1e9, 1e9], [1e9 + 1, 1e9]], "one height"),
        (np.random.default_rng(1).normal(size=(400, 2)), "up to 300 points"),
    ],
)
@with_menus
def test_any_points_have_a_picture_and_a_sentence(person: Person, points: Any, words: str) -> None:
    page = shown(person, points)
    choose(page, *TITLES)
    assert not page.canvas.grab().isNull()
    assert words in said(page)
    assert page.canvas.sentence()


def test_without_points_a_button_makes_some(person: Person) -> None:
    person.window.canvas_panel.show_mode("points")
    page: Any = person.window.canvas_panel.target().parent()
    make = page.findChild(QToolButton, "pointsMake")
    assert make is not None
    QTest.mouseClick(make, LEFT)
    assert "10 points" in said(page)


@pytest.mark.parametrize("points", [[[1e300, 1.0], [-1e300, 2.0]], [[1e9, 5.0], [1e9 + 4, 6.0]], [[7.0, 7.0]]])
def test_a_fitted_view_holds_its_points(points: Any) -> None:
    reading = read_points(np.array(points))
    assert holds(fitted_to(Viewport(), reading, 40), reading, 40)
