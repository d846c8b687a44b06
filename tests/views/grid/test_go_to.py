"""Ctrl+G with real keys: cells, parts, other slices, other grids, and a sentence for what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.views.grid.slice_source import slicing_of
from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

A = np.arange(784.0 * 40).reshape(784, 40)
T = np.arange(120.0).reshape(2, 3, 4, 5)


def go(person: Person, text: str) -> None:
    person.key(KEY.Key_G, CTRL)
    assert person.shown("goToField")[0].hasFocus()
    person.type(text)
    person.key(KEY.Key_Return)


def at(grid: Grid) -> tuple[int, int]:
    return grid.selection.row, grid.selection.column


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    person = Person(qtbot, workspace(A=A, B=np.ones((40, 2)), C="A @ B", D="eye(2)"))
    person.window.complete()
    person.window.session.select("C")
    person.settle()
    person.operand("A").setFocus()
    return person


def test_a_cell_far_away_is_chosen_and_in_sight(person: Person) -> None:
    grid = person.operand("A")
    go(person, "700, -1")
    assert at(grid) == (700, 39)
    assert grid.hasFocus()
    assert not person.shown("goToBar")
    layout = grid.layout_now()
    assert layout.clip(700, 701, 39, 40) is not None


def test_a_part_is_selected(person: Person) -> None:
    go(person, "10:20, :")
    assert person.operand("A").selection.box == (10, 20, 0, 40)


def test_a_name_goes_to_that_grid(person: Person) -> None:
    go(person, "C[3, 1]")
    assert person.result.hasFocus()
    assert at(person.result) == (3, 1)
    assert person.snapshot.cell == (3, 1)
    go(person, "B[-1, 0]")
    assert person.operand("B").hasFocus()
    assert at(person.operand("B")) == (39, 0)


@pytest.mark.parametrize(("text", "word"), [("900, 1", "no place 900"), ("Z[1]", "isn't shown"), ("a b", "row and a")])
def test_a_wrong_text_stays_open_with_a_sentence(person: Person, text: str, word: str) -> None:
    go(person, text)
    note = person.shown("goToBarNote")[0]
    assert word in note.text()
    assert person.find("goToField").accessibleDescription() == note.text()
    assert at(person.operand("A")) == (0, 0)
    person.key(KEY.Key_A, CTRL)
    person.type("1, 2")
    assert not note.isVisible()
    person.key(KEY.Key_Return)
    assert at(person.operand("A")) == (1, 2)


def test_esc_and_tab_come_back_to_the_grid(person: Person) -> None:
    person.key(KEY.Key_G, CTRL)
    person.key(KEY.Key_Escape)
    assert not person.shown("goToBar")
    assert person.operand("A").hasFocus()
    person.key(KEY.Key_G, CTRL)
    person.key(KEY.Key_Tab)
    assert person.operand("A").hasFocus()


def test_from_elsewhere_it_is_the_grid_that_was_used_last(person: Person) -> None:
    person.bar.setFocus()
    go(person, "5, 1")
    assert at(person.operand("A")) == (5, 1)
    person.result.setFocus()
    person.bar.setFocus()
    go(person, "7, 1")
    assert person.snapshot.cell == (7, 1)


def test_axes_that_are_not_shown_slide_there(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=T))
    person.window.complete()
    grid = person.operand("T")
    grid.setFocus()
    go(person, "T[1, 2, 3, 4]")
    slicing = slicing_of(grid.source)
    assert slicing is not None
    assert slicing.index_of(*at(grid)) == (1, 2, 3, 4)
    assert person.find("sliceField").text() == "T[1, 2, :, :]"
    go(person, "[:, 0, 1:3, 2]")
    assert person.find("sliceField").text() == "T[:, 0, :, 2]"
    assert grid.selection.box == (0, 2, 1, 3)
    go(person, "1, 2")
    assert slicing_of(grid.source).index_of(*at(grid)) == (1, 0, 2, 2)


def test_a_result_of_more_axes_slides_too(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=T, C="T * 2"))
    person.window.complete()
    person.result.setFocus()
    go(person, "[1, 2, 3, 4]")
    assert person.snapshot.cell == (1, 2, 3, 4)


def test_the_bar_stands_inside_the_window_and_follows(person: Person) -> None:
    person.key(KEY.Key_G, CTRL)
    bar = person.find("goToBar")
    assert person.window.rect().contains(bar.geometry())
    before = bar.pos()
    person.window.resize(1500, 900)
    person.settle()
    assert bar.pos() != before
    assert person.window.rect().contains(bar.geometry())
    canvas = person.window.canvas_panel
    assert bar.geometry().right() < canvas.mapTo(person.window, canvas.rect().topLeft()).x()
    person.window.session.select("D")  # another equation: the grid is gone
    person.settle()
    assert not person.shown("goToBar")
