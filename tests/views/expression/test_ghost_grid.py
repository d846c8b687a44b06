"""Shapes without numbers, by hand: typed, used in a formula, mended, filled, and all taken back by Ctrl+Z."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from playground.views.expression.boxes import GridBox
from playground.views.expression.equation_parts import Scale
from playground.views.expression.ghost_grid import FillButton, GhostGrid
from playground.workspace.workspace import Workspace
from tests.person import ALT, CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def empty(sit: Callable[..., Person]) -> Person:
    return sit(Workspace())


def ghosts(person: Person) -> list[str]:
    """Names of the ghost grids in sight, in the order of the formula."""
    shown = sorted(person.shown("ghostGrid"), key=lambda ghost: ghost.mapTo(person.window, ghost.rect().topLeft()).x())
    return [str(ghost.property("entryName")) for ghost in shown]


def fill_button(person: Person, name: str) -> FillButton:
    found = [ghost for ghost in person.shown("ghostGrid") if ghost.property("entryName") == name]
    assert len(found) == 1
    assert isinstance(found[0], GhostGrid)
    return found[0].button


def hint(person: Person) -> str:
    return str(person.window.why_strip.accessibleDescription())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
def test_from_a_declaration_to_a_computed_product_and_back(empty: Person) -> None:
    person = empty
    for text in ("x: (B=3, d=2) float32", "W: (k=4, 2) float32", "C = x @ W"):
        person.enter(text)
    assert ghosts(person) == ["x", "W"]
    assert "W (k = 4)" in person.problem_text
    assert "x (d = 2)" in person.problem_text
    assert person.repairs[0] == "x @ W.T"
    person.key(KEY.Key_1, ALT)
    assert person.problem_text == ""
    assert person.snapshot.workspace.formulas["C"] == "x @ W.T"
    assert ghosts(person) == ["x", "W", "C"]
    assert hint(person) == "C would be (B=3, k=4) float32: 48 B, 48 FLOP. Fill x and W to compute it."
    assert not person.shown("resultGrid")
    for name in ("x", "W"):
        button = fill_button(person, name)
        button.setFocus()
        person.key(KEY.Key_Return)
        assert button.choices.isVisible()
        QTest.keyClick(button.choices, KEY.Key_Down)
        QTest.keyClick(button.choices, KEY.Key_Return)
        person.settle()
        assert name not in ghosts(person)
    assert person.numbers(person.result) == [[2.0] * 4] * 3
    person.bar.setFocus()
    for _ in range(6):
        person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace == Workspace()
    assert not person.snapshot.undo_label


def test_two_shapes_typed_as_they_stand_are_two_entries_and_a_formula(empty: Person) -> None:
    person = empty
    person.write("(764, 100) @ (764, 200)")
    assert "needs as many rows" in person.problem_text
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.names == ("A", "B", "C")
    assert person.bar.text() == "A @ B"
    assert ghosts(person) == ["A", "B"]
    assert person.repairs[0] == "A.T @ B"
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace == Workspace()


def test_a_repair_of_shapes_that_are_being_typed_makes_the_entries_too(empty: Person) -> None:
    empty.write("(764, 100) @ (764, 200)")
    empty.key(KEY.Key_1, ALT)
    assert empty.snapshot.workspace.formulas == {"C": "A.T @ B"}
    assert ghosts(empty) == ["A", "B", "C"]


def test_the_bar_says_what_a_declaration_makes_and_shows_it_afterwards(empty: Person) -> None:
    person = empty
    person.write("x: (32, 784) float16")
    assert not person.problem_text
    remarks = [label.text() for label in person.window.problem_bar.findChildren(QLabel)]
    assert "x will be a shape without numbers: (32, 784) float16, 50 kB. Enter makes it." in remarks
    person.key(KEY.Key_Return)
    assert person.bar.text() == "(32, 784) float16"
    assert person.bar.accessibleName() == "Shape of x"
    person.enter("(64, 784) float16")
    assert person.snapshot.workspace.shapes["x"].shape == (64, 784)
    assert ghosts(person) == ["x"]


def test_tab_goes_from_ghost_to_ghost_as_the_formula_is_read(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=np.ones((2, 3))))
    person.enter("x: (3, 4)")
    person.enter("C = A @ x")
    person.find("shapeRibbon").setFocus()
    person.key(KEY.Key_Tab)
    assert QApplication.focusWidget() is person.operand("A")
    fill_button(person, "x").setFocus()
    person.key(KEY.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is person.operand("A")


def test_f6_stops_at_the_first_ghost(empty: Person) -> None:
    empty.enter("x: (2, 2)")
    empty.find("shapeRibbon").setFocus()
    empty.key(KEY.Key_F6)
    assert QApplication.focusWidget() is fill_button(empty, "x")


def test_focus_stays_on_the_array_that_was_filled(empty: Person) -> None:
    empty.enter("x: (2, 2)")
    button = fill_button(empty, "x")
    button.setFocus()
    button.choices.actions()[2].trigger()
    empty.settle()
    assert QApplication.focusWidget() is empty.operand("x")
    assert empty.stored("x") == [[0, 1], [2, 3]]


def test_ghosts_say_what_they_are(empty: Person) -> None:
    empty.enter("x: (B=3, 2) int8")
    ghost = empty.shown("ghostGrid")[0]
    assert ghost.accessibleName() == "x, (B=3, 2) int8, without numbers"
    assert fill_button(empty, "x").accessibleName() == "Fill x with numbers"


def test_equal_sizes_are_equally_long(empty: Person) -> None:
    for text in ("x: (32, 784)", "W: (784, 10)", "C = x @ W"):
        empty.enter(text)
    boxes = {box.entry: box for box in empty.window.equation.findChildren(GridBox)}
    frames = {name: box.ghost._frame(Scale(1.0, 12, 12)) for name, box in boxes.items()}
    assert frames["x"].width() == frames["W"].height()
    assert frames["x"].height() == frames["C"].height()
    assert frames["W"].width() == frames["C"].width() < frames["x"].height()


@pytest.mark.parametrize("shape", ["()", "(7,)", "(0, 3)", "(1, 1000000)", "(2, 3, 4, 5, 6, 7)"])
@pytest.mark.parametrize("size", [(1280, 800), (900, 600)])
def test_every_shape_is_drawn(empty: Person, shape: str, size: tuple[int, int]) -> None:
    empty.window.resize(*size)
    empty.enter(f"x: {shape} float16")
    assert ghosts(empty) == ["x"]
    ghost = empty.shown("ghostGrid")[0]
    assert ghost.rect().contains(fill_button(empty, "x").geometry())
    assert not ghost.grab().isNull()


def test_numbers_that_are_given_up_leave_a_ghost(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=np.ones((2, 3)), C="A.T"))
    person.enter("A: (2, 3)")
    assert ghosts(person) == ["A", "C"]
    assert not person.snapshot.results
    person.key(KEY.Key_Z, CTRL)
    assert ghosts(person) == []
    assert person.numbers(person.result) == [[1.0, 1.0]] * 3


@pytest.mark.parametrize("size", [(1280, 800), (900, 600)])
def test_captions_and_buttons_are_whole_and_all_fits(sit: Callable[..., Person], size: tuple[int, int]) -> None:
    person = sit(Workspace(), size)
    for text in ("x: (B=32, d=784) float16", "W: (d, c=10) float16", "C = x @ W"):
        person.enter(text)
    for box in person.window.equation.findChildren(GridBox):
        assert box._caption.width() >= box._caption.wanted_width()
        if not box.ghost.button.isHidden():
            assert box.ghost.rect().contains(box.ghost.button.geometry())
    assert not person.window.equation.verticalScrollBar().isVisible()
    assert not person.window.equation.horizontalScrollBar().isVisible()
