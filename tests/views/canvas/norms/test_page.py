"""Norms are read while a vector is dragged, clipping is seen and said, limit and p are dragged and typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QSlider, QToolButton

from playground.explain.geometry.balls import norm
from playground.views.canvas.norms.number_field import NumberField
from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, AddFormula
from tests.person import KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.canvas.norms.page import NormsPage

with_menus = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(person: Person) -> NormsPage:
    """The free vector, (1.6, 1.2)."""
    person.window.canvas_panel.show_mode("norms")
    page: Any = person.window.canvas_panel.target().parent()
    page._choice.setCurrentIndex(0)
    page._choice.activated.emit(0)
    return page  # type: ignore[no-any-return]


def shown(person: Person, vector: Any) -> NormsPage:
    person.window.session.edit(AddArray("g", Array.of(np.array(vector))), select="g")
    person.window.canvas_panel.show_mode("norms")
    return person.window.canvas_panel.target().parent()  # type: ignore[return-value]


def said(page: NormsPage) -> str:
    return page.readout.accessibleDescription()


def drag(page: NormsPage, start: QPoint, x: float, y: float, *, release: bool = True) -> None:
    canvas = page.canvas
    goal = QPoint(*(round(c) for c in canvas.view.to_pixels((x, y))))
    QTest.mousePress(canvas, LEFT, PLAIN, start)
    QTest.mouseMove(canvas, (start + goal) / 2)
    QTest.mouseMove(canvas, goal)
    if release:
        QTest.mouseRelease(canvas, LEFT, PLAIN, goal)


def clip(page: NormsPage) -> None:
    button = page.findChild(QToolButton, "normsClipping")
    assert button is not None
    QTest.mouseClick(button, LEFT)


def field(page: NormsPage, name: str) -> NumberField:
    found = page.findChild(NumberField, name)
    assert found is not None
    return found


def type_into(widget: NumberField, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)


def test_the_norms_of_a_free_vector_are_read(page: NormsPage) -> None:
    assert said(page).startswith("‖x‖₁ = 2.8, ‖x‖₂ = 2, ‖x‖∞ = 1.6.")
    assert "p = 3: ‖x‖ = 1.799 — outside the unit ball." in said(page)
    assert "p = 1: 2.8. p = 2: 2. p = ∞: 1.6. p = 3: 1.79" in page.canvas.sentence()


def test_a_dragged_vector_is_read_on_every_move(page: NormsPage) -> None:
    page.canvas.snap = "integer"
    drag(page, page.canvas.handle_position("x"), 2, -1, release=False)
    assert page.canvas.value == (2, -1)
    label = page.findChild(QLabel, "norm_1")
    assert label is not None
    assert label.accessibleName() == "‖x‖₁ = 3"
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert page.canvas.value == (1.6, 1.2)
    assert "‖x‖₁ = 2.8" in said(page)


def test_a_hand_holds_gently_on_the_unit_ball_and_keys_do_not(page: NormsPage) -> None:
    drag(page, page.canvas.handle_position("x"), 0.8, 0.8)
    assert norm(page.canvas.value, 3) == pytest.approx(1, abs=1e-12)
    assert "on the edge of the unit ball" in said(page)
    QTest.keyClick(page.canvas, KEY.Key_Right)
    assert "outside the unit ball" in said(page)


def test_a_vector_of_the_document_is_dragged_into_its_cells_as_one_step(person: Person) -> None:
    page = shown(person, [[3.0, 4.0], [0.0, 1.0]])
    assert page.caption() == "x = g[0, :]"
    page.canvas.snap = "integer"
    drag(page, page.canvas.handle_position("x"), 2, 1)
    assert person.stored("g") == [[2, 1], [0, 1]]
    page._choice.setCurrentText("g[:, 1]")
    page._choice.activated.emit(page._choice.currentIndex())
    drag(page, page.canvas.handle_position("x"), -1, 2)
    assert person.stored("g") == [[2, -1], [0, 2]]
    person.window.session.undo()
    person.window.session.undo()
    assert person.stored("g") == [[3, 4], [0, 1]]
    assert page.canvas.value == (4, 1)


def test_escape_gives_the_cells_back(person: Person) -> None:
    page = shown(person, [3.0, 4.0])
    drag(page, page.canvas.handle_position("x"), 2, 1, release=False)
    assert person.stored("g") != [3, 4]
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert person.stored("g") == [3, 4]
    assert page.canvas.value == (3, 4)


def test_typing_into_a_cell_moves_the_vector(person: Person) -> None:
    page = shown(person, [3.0, 4.0])
    person.click_cell(person.operand("g"), 0, 1)
    person.type("0")
    person.key(KEY.Key_Return)
    assert page.canvas.value == (3, 0)
    assert "on an axis all norms agree" in said(page)


def test_whole_numbers_stay_whole(person: Person, qtbot: QtBot) -> None:
    page = shown(person, [3, 4])
    drag(page, page.canvas.handle_position("x"), 2.3, 1.2)
    assert person.stored("g") == [2, 1]
    page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(page.canvas.pointMoveFinished):
        QTest.keyClick(page.canvas, KEY.Key_Up)
    assert person.stored("g") == [2, 2]
    assert "holds integers" in page.canvas.note()


def test_a_computed_vector_cannot_be_dragged(person: Person) -> None:
    shown(person, [3.0, 4.0])
    person.window.session.edit(AddFormula("h", "g * 2"), select="h")
    page: Any = person.window.canvas_panel.target().parent()
    assert page.caption() == "x = h"
    drag(page, page.canvas.handle_position("x"), 1, 1)
    assert page.canvas.value == (6, 8)
    assert "h is computed" in page.canvas.note()


def test_p_is_typed_stepped_and_slid(page: NormsPage) -> None:
    p = field(page, "normsP")
    type_into(p, "1/2")
    assert page.canvas.p == 0.5
    assert "no norm: the ball isn't convex" in said(page)
    QTest.keyClick(p, KEY.Key_Up)
    assert page.canvas.p == 0.75
    type_into(p, "inf")
    QTest.keyClick(p, KEY.Key_Return)
    assert p.text() == "∞"
    slider = page.findChild(QSlider, "normsSlider")
    assert slider is not None
    assert slider.value() == slider.maximum()
    slider.setValue(100)
    assert page.canvas.p == 1
    assert p.text() == "1"
    slider.setValue(slider.minimum())
    assert page.canvas.p == 0.3
    QTest.keyClick(slider, KEY.Key_End)
    assert page.canvas.p == np.inf


@pytest.mark.parametrize("text", ["0.1", "x", "", "nan", "-2"])
def test_a_p_that_is_none_is_refused_with_a_sentence(page: NormsPage, text: str) -> None:
    p = field(page, "normsP")
    p.selectAll()
    QTest.keyClick(p, KEY.Key_Delete)
    type_into(p, text)
    assert page.canvas.note() == "", "unfinished isn't wrong"
    QTest.keyClick(p, KEY.Key_Return)
    assert "p is a number from 0.3 to ∞" in page.canvas.note()
    assert (p.text(), page.canvas.p) == ("3", 3)


def test_escape_gives_p_back(page: NormsPage) -> None:
    p = field(page, "normsP")
    type_into(p, "7")
    assert page.canvas.p == 7
    QTest.keyClick(p, KEY.Key_Escape)
    assert (p.text(), page.canvas.p) == ("3", 3)


def test_clipping_is_seen_and_said(page: NormsPage) -> None:
    clip(page)
    assert "by norm (0.8, 0.6) — scaled to length 1: it points where it pointed." in said(page)
    assert "by value (1, 1) — each coordinate is cut to 1 at most: its direction turns by 8.13°." in said(page)
    assert page.canvas.vector("norm").tip == pytest.approx((0.8, 0.6))
    assert page.canvas.vector("value").tip == (1, 1)
    assert "By norm (0.8, 0.6)" in page.canvas.sentence()


@pytest.mark.parametrize(("start", "goal"), [((1, 0), (2, 0)), ((-0.6, -0.8), (-1.2, -1.6)), ((-1, -0.9), (-2, -1))])
def test_the_limit_is_dragged_by_its_handle_the_circle_and_the_square(
    page: NormsPage, start: tuple[float, float], goal: tuple[float, float]
) -> None:
    clip(page)
    place = QPoint(*(round(c) for c in page.canvas.view.to_pixels(start)))
    drag(page, place, *goal, release=False)
    assert page.canvas.limit == pytest.approx(2, abs=0.05)
    assert "it stays" in said(page)
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert page.canvas.limit == 1
    assert field(page, "normsLimit").text() == "1"


def test_the_limit_is_reached_by_keys_and_typed(page: NormsPage) -> None:
    clip(page)
    page.canvas.snap = "integer"
    page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.canvas.selected == "x"
    QTest.keyClick(page.canvas, KEY.Key_Tab)
    assert page.canvas.selected == "c"
    QTest.keyClick(page.canvas, KEY.Key_Up)
    assert page.canvas.limit == 2
    QTest.keyClick(page.canvas, KEY.Key_Escape)
    assert page.canvas.limit == 1
    limit = field(page, "normsLimit")
    type_into(limit, "0.5")
    assert page.canvas.limit == 0.5
    QTest.keyClick(limit, KEY.Key_Down)
    assert page.canvas.limit == 0
    assert "nothing is left" in said(page)
    assert not page.canvas.grab().isNull()
    type_into(limit, "-1")
    QTest.keyClick(limit, KEY.Key_Return)
    assert "The limit is a number of 0 or more" in page.canvas.note()


def test_what_follows_from_the_two_cannot_be_dragged(page: NormsPage) -> None:
    clip(page)
    drag(page, page.canvas.handle_position("value"), 0, -1)
    assert page.canvas.value == (1.6, 1.2)
    QTest.mouseMove(page.canvas, page.canvas.handle_position("value"))
    assert "follows from x and c" in page.canvas.note()


@pytest.mark.parametrize("vector", [[0.0, 0.0], [np.nan, 1.0], [np.inf, -np.inf], [1e300, 1.0], [1.7e308, 1.7e308],
                                    [1e-300, 5e-324], [-3.0, 0.0]])  # fmt: skip
@pytest.mark.parametrize("p", [0.3, 1, 3, np.inf])
def test_any_vector_has_a_picture_and_a_sentence(person: Person, vector: Any, p: float) -> None:
    page = shown(person, vector)
    page._on_p(p)
    for wish in (lambda: None, lambda: clip(page), lambda: page.canvas.set_limit(1e300)):
        wish()
        assert not page.canvas.grab().isNull()
        assert page.canvas.sentence()
        assert said(page)


def test_what_is_too_small_to_be_seen_is_said(person: Person) -> None:
    page = shown(person, [1e300, 1.0])
    assert page.canvas.note() == "The unit balls are too small to be seen beside x."
    clip(page)
    assert page.canvas.note() == "The limit is too small to be seen beside x."
    assert "its direction turns by 45°" in said(page)


@with_menus
def test_the_menu_of_the_panel_goes_there(person: Person) -> None:
    panel = person.window.canvas_panel
    button = panel.findChild(QToolButton, "canvasMode")
    assert button is not None
    QTest.mouseClick(button, LEFT)
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Norms").trigger()
    menu.close()
    assert panel.mode == "norms"
