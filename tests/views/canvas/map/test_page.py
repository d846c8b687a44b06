"""A matrix acts on the plane: its columns are dragged, its kinds are said, ready ones are written into the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QSlider, QToolButton

from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, AddFormula
from tests.person import KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.canvas.map.page import MapPage

with_menus = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(person: Person) -> MapPage:
    return shown(person, [[2.0, 0.0], [0.0, 1.0]])


def shown(person: Person, matrix: Any) -> MapPage:
    person.window.session.edit(AddArray("M", Array.of(np.array(matrix))), select="M")
    person.window.canvas_panel.show_mode("map")
    return person.window.canvas_panel.target().parent()  # type: ignore[return-value]


def said(page: MapPage) -> str:
    return page.readout.accessibleDescription()


def drag(page: MapPage, name: str, x: float, y: float, *, release: bool = True) -> None:
    canvas = page.canvas
    QTest.mousePress(canvas, LEFT, PLAIN, canvas.handle_position(name))
    goal = QPoint(*(round(c) for c in canvas.view.to_pixels((x, y))))
    QTest.mouseMove(canvas, (canvas.handle_position(name) + goal) / 2)
    QTest.mouseMove(canvas, goal)
    if release:
        QTest.mouseRelease(canvas, LEFT, PLAIN, goal)


def choose(page: MapPage, button: str, title: str) -> None:
    found = page.findChild(QToolButton, button)
    assert found is not None
    QTest.mouseClick(found, LEFT)
    menus = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    action = next(action for menu in menus for action in menu.actions() if action.text() == title)
    action.trigger()
    for menu in menus:
        menu.close()


def test_the_chosen_matrix_acts_and_is_read(person: Person, page: MapPage) -> None:
    assert "det = 2" in said(page)
    assert "areas become 2 times as large" in said(page)
    assert "scaling of the axes by 2, 1" in said(page)
    assert "M acts on the plane" in person.window.canvas_panel._caption.text()
    assert page.canvas.sentence().startswith("M: î → (2, 0), ĵ → (0, 1).")


def test_a_dragged_column_edits_the_cells_on_every_move_and_is_one_undo_step(person: Person, page: MapPage) -> None:
    page.canvas.snap = "integer"
    before = page.canvas.view
    drag(page, "ĵ", 1, 2, release=False)
    assert person.stored("M") == [[2, 1], [0, 2]]
    assert page.canvas.view == before, "no view follows under a hand"
    QTest.mouseRelease(page.canvas, LEFT, PLAIN, page.canvas.handle_position("ĵ"))
    assert "det = 4" in said(page)
    person.window.session.undo()
    assert person.stored("M") == [[2, 0], [0, 1]]
    assert "det = 2" in said(page)


def test_escape_takes_a_drag_back(person: Person, page: MapPage) -> None:
    drag(page, "î", 1, 2, release=False)
    assert person.stored("M")[1][0] != 0
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert person.stored("M") == [[2, 0], [0, 1]]
    assert page.canvas.matrix.tolist() == [[2, 0], [0, 1]]


def test_typing_into_a_cell_moves_the_column(person: Person, page: MapPage) -> None:
    person.window.session.edit(AddFormula("N", "M * 2"))
    grid = person.operand("M")
    person.click_cell(grid, 0, 1)
    person.type("3")
    person.key(KEY.Key_Return)
    assert page.canvas.matrix.tolist() == [[2, 3], [0, 1]]


def test_keys_move_a_column(person: Person, page: MapPage, qtbot: QtBot) -> None:
    page.canvas.snap = "integer"
    page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.canvas.selected == "î"
    with qtbot.waitSignal(page.canvas.columnMoveFinished):
        QTest.keyClick(page.canvas, KEY.Key_Up)
    assert person.stored("M") == [[2, 0], [1, 1]]


@with_menus
def test_a_matrix_that_turns_over_or_flattens_says_so(person: Person) -> None:
    page = shown(person, [[0.0, 1.0], [1.0, 0.0]])
    assert "turned over" in said(page)
    person.window.session.edit(AddArray("P", Array.of(np.array([[1.0, 2.0], [2.0, 4.0]]))), select="P")
    choose(page, "mapShow", "Null space and column space")
    assert "flattened onto a line" in said(page)
    assert "the dotted line becomes 0" in said(page)


@with_menus
def test_eigenvectors_are_hunted_by_hand_and_shown(page: MapPage) -> None:
    choose(page, "mapShow", "A vector x and its image")
    assert "away from x; make them parallel" in said(page)
    drag(page, "x", 0.01, 1)
    assert page.canvas.hunted.value == 1
    assert "M x lies along x: λ = 1" in said(page)
    choose(page, "mapShow", "Eigenvectors: directions that are kept")
    assert "2 directions are kept: λ = 2 and λ = 1." in said(page)


def test_steps_of_power_iteration_come_to_the_largest_direction(page: MapPage) -> None:
    step = page.findChild(QToolButton, "mapStep")
    assert step is not None
    for _ in range(12):
        QTest.mouseClick(step, LEFT)
    assert "λ = 2" in said(page)
    assert page.canvas.hunted.x[0] > 0.99 * np.hypot(*page.canvas.hunted.x)


@with_menus
def test_ready_matrices_are_written_into_the_cells(person: Person, page: MapPage) -> None:
    choose(page, "mapMake", "Rotation by 90°")
    assert person.stored("M") == [[0, -1], [1, 0]]
    assert "rotation by 90°" in said(page)
    choose(page, "mapMake", "Inverse")
    assert person.stored("M") == [[0, 1], [-1, 0]]
    person.window.session.undo()
    person.window.session.undo()
    assert person.stored("M") == [[2, 0], [0, 1]]


@with_menus
def test_a_ready_matrix_that_integers_cannot_hold_becomes_an_entry(person: Person) -> None:
    page = shown(person, np.array([[1, 0], [0, 1]]))
    choose(page, "mapMake", "Rotation by 30°")
    assert person.stored("M") == [[1, 0], [0, 1]]
    assert person.snapshot.selected not in ("M", None)
    assert "rotation by 30°" in said(page)


def test_two_orders_are_compared(person: Person, page: MapPage) -> None:
    person.window.session.edit(AddArray("R", Array.of(np.array([[0.0, -1.0], [1.0, 0.0]]))))
    page._then.setCurrentText("R")
    page._then.activated.emit(page._then.currentIndex())
    assert "The order matters" in said(page)
    page._then.setCurrentText("M")
    page._then.activated.emit(page._then.currentIndex())
    assert "They commute" in said(page)


def test_the_way_from_the_identity(page: MapPage, qtbot: QtBot) -> None:
    slider = page.findChild(QSlider, "mapPart")
    play = page.findChild(QToolButton, "mapPlay")
    assert slider is not None
    assert play is not None
    slider.setValue(50)
    assert page.canvas.view_of_map.now.tolist() == [[1.5, 0], [0, 1]]
    QTest.mouseClick(play, LEFT)
    assert slider.value() < 100
    qtbot.waitUntil(lambda: slider.value() == 100, timeout=20_000)
    drag(page, "î", 1, 1)
    assert slider.value() == 100


@pytest.mark.parametrize(
    "matrix",
    [[[0.0, 0.0], [0.0, 0.0]], [[1e300, 1.0], [0.0, 1e-300]], [[np.nan, 1.0], [0.0, 1.0]], [[np.inf, 1.0], [0.0, 1.0]],
     [[2.0, -1.0], [1.0, 0.0]], [[5e-324, 0.0], [0.0, 5e-324]]],
)  # fmt: skip
@with_menus
def test_any_matrix_has_a_picture_and_a_sentence(person: Person, matrix: Any) -> None:
    page = shown(person, matrix)
    for layer in ("Unit circle", "A vector x and its image", "Eigenvectors: directions that are kept",
                  "Singular vectors: axes of the ellipse", "Null space and column space"):  # fmt: skip
        choose(page, "mapShow", layer)
    assert not page.canvas.grab().isNull()
    assert page.canvas.sentence()


def test_a_computed_matrix_acts_but_cannot_be_dragged(person: Person, page: MapPage) -> None:
    person.window.session.edit(AddFormula("R", "M @ M"), select="R")
    assert "det = 4" in said(page)
    drag(page, "î", 1, 1)
    assert page.canvas.matrix.tolist() == [[4, 0], [0, 1]]
    assert "R is computed" in page.canvas.note()


@with_menus
def test_without_a_matrix_it_is_said_what_to_do(person: Person) -> None:
    person.window.canvas_panel.show_mode("map")
    page: Any = person.window.canvas_panel.target().parent()
    assert "No 2×2 matrix here yet" in page.canvas.sentence()
    choose(page, "mapMake", "Shear")
    assert "shear" in said(page)


@with_menus
def test_the_menu_of_the_panel_goes_there_and_back(person: Person) -> None:
    panel = person.window.canvas_panel
    button = panel.findChild(QToolButton, "canvasMode")
    assert button is not None
    for title, mode in (("Map", "map"), ("Vectors", "vectors")):
        QTest.mouseClick(button, LEFT)
        menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
        next(action for action in menu.actions() if action.text() == title).trigger()
        menu.close()
        assert panel.mode == mode
        assert panel.canvas.isVisible() == (mode == "vectors")
