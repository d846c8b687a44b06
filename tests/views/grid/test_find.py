"""Ctrl+F with real keys: what is found, in which order, what is said; on large arrays beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu

from playground.views import theme
from playground.views.grid.find_bar import FindBar
from tests.person import ALT, CTRL, KEY, SHIFT, Person, workspace
from tests.views.grid.seeking import at, find, notice, said

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

A = np.array([[3.14159, 1.0, np.nan], [0.0, 6.0, np.inf], [3.14, -2.0, 6.0]])


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    person = Person(qtbot, workspace(A=A, C="A * 2"))
    person.window.complete()
    person.operand("A").setFocus()
    return person


def test_next_and_previous_go_round_and_say_so(person: Person) -> None:
    grid = person.operand("A")
    find(person, "> 0")
    assert at(grid) == (0, 0)  # where one stands is the first to be looked at
    seen = [at(grid)]
    for _ in range(5):
        person.key(KEY.Key_Return)
        seen.append(at(grid))
    assert seen == [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0), (2, 2)]
    assert said(person) == "6 of 6"
    person.key(KEY.Key_F3)
    assert at(grid) == (0, 0)
    assert said(person) == "1 of 6. From the first cell on again."
    person.key(KEY.Key_F3, SHIFT)
    assert at(grid) == (2, 2)
    assert "From the last cell" in said(person)
    person.key(KEY.Key_Return, SHIFT)
    assert at(grid) == (2, 0)
    assert grid.selection.single


def test_what_is_shown_is_found(person: Person) -> None:
    find(person, "3.14")
    person.key(KEY.Key_Return)
    assert at(person.operand("A")) == (2, 0)
    assert said(person) == "2 of 2"
    find(person, "nan")
    assert at(person.operand("A")) == (0, 2)
    find(person, "== 0")
    assert at(person.operand("A")) == (1, 0)


def test_typing_finds_after_a_pause_and_unfinished_text_says_nothing(person: Person, qtbot: QtBot) -> None:
    person.key(KEY.Key_F, CTRL)
    person.type(">")
    bar = person.shown("findBar")[0]
    assert isinstance(bar, FindBar)
    qtbot.waitUntil(lambda: not bar._pause.isActive(), timeout=20_000)
    assert not person.shown("findBarNote")
    person.type(" 5")
    qtbot.waitUntil(lambda: said(person) != "", timeout=20_000)
    assert said(person) == "1 of 3"
    assert at(person.operand("A")) == (1, 1)


def test_enter_on_what_is_no_query_is_one_sentence(person: Person) -> None:
    find(person, "abc")
    assert "isn't a number" in person.shown("findBarNote")[0].text()
    assert at(person.operand("A")) == (0, 0)
    person.type("0")
    assert not person.shown("findBarNote")


def test_nothing_found_is_said(person: Person) -> None:
    find(person, "99")
    assert said(person) == "Not found."
    assert at(person.operand("A")) == (0, 0)


def test_the_bar_is_reached_and_left_with_keys(person: Person) -> None:
    grid = person.operand("A")
    person.key(KEY.Key_F, CTRL)
    for name in ("findPrevious", "findNext", "findClose"):
        person.key(KEY.Key_Tab)
        focus = person.window.focusWidget()
        assert focus is not None
        assert focus.objectName() == name
        assert focus.accessibleName()
    person.key(KEY.Key_Tab)
    assert grid.hasFocus()
    person.key(KEY.Key_F, CTRL)
    person.key(KEY.Key_Escape)
    assert grid.hasFocus()
    assert not person.shown("findBar")


def test_the_buttons_work_with_the_mouse(person: Person) -> None:
    find(person, "6")
    assert at(person.operand("A")) == (1, 1)
    person.click(person.shown("findNext")[0])
    assert at(person.operand("A")) == (2, 2)
    person.click(person.shown("findPrevious")[0])
    assert at(person.operand("A")) == (1, 1)
    person.click(person.shown("findClose")[0])
    assert not person.shown("findBar")


def test_f3_goes_on_without_the_bar_and_says_it_in_the_window(person: Person) -> None:
    find(person, "6")
    person.key(KEY.Key_Escape)
    person.key(KEY.Key_F3)
    assert at(person.operand("A")) == (2, 2)
    assert notice(person) == "2 of 2"


def test_f3_asks_what_where_nothing_was_looked_for(person: Person) -> None:
    person.key(KEY.Key_F3)
    assert person.shown("findBar")


def test_an_edit_counts_anew(person: Person) -> None:
    find(person, "6")
    person.key(KEY.Key_Escape)
    person.key(KEY.Key_Delete)
    person.key(KEY.Key_F3)
    assert at(person.operand("A")) == (2, 2)
    assert notice(person) == "1 of 1"


def test_a_result_is_searched_too(person: Person) -> None:
    person.result.setFocus()
    find(person, "12")
    assert at(person.result) == (1, 1)
    assert person.snapshot.cell == (1, 1)


def test_the_next_nan_or_infinity(person: Person) -> None:
    grid = person.operand("A")
    seen = []
    for _ in range(3):
        person.key(KEY.Key_F3, CTRL)
        seen.append(at(grid))
    assert seen == [(0, 2), (1, 2), (0, 2)]
    assert "NaN or infinity: 1 of 2" in notice(person)


@pytest.mark.parametrize(
    ("command", "cells"),
    [
        ("find-largest", [(1, 1), (2, 2), (1, 1)]),
        ("find-smallest", [(2, 1), (2, 1)]),
        ("find-magnitude", [(1, 1), (2, 2)]),
    ],
)
def test_extremes_and_their_equals(person: Person, command: str, cells: list[tuple[int, int]]) -> None:
    for cell in cells:
        person.window.menus.action(command).trigger()
        assert at(person.operand("A")) == cell
    assert len(cells) == 3 or "of" in notice(person)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
def test_the_menu_of_the_grid_has_it(person: Person) -> None:
    grid = person.operand("A")
    person.key(KEY.Key_Menu)
    menu = grid.findChild(QMenu, "seekMenu")
    assert menu is not None
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:2] == ["Go to cells…", "Find a value…"]
    next(action for action in menu.actions() if action.text() == "Smallest value").trigger()
    assert at(grid) == (2, 1)
    grid.findChild(QMenu, "gridMenu").close()


def test_the_palette_has_it(person: Person) -> None:
    titles = {action.text() for action in person.window.menus.actions.values()}
    assert {"Find a value…", "Go to cells…", "Next NaN or infinity", "Largest magnitude"} <= titles


@pytest.mark.parametrize("look", ["light", "dark"])
def test_hits_in_sight_are_underlined_while_the_bar_is_open(qtbot: QtBot, look: str) -> None:
    person = Person(qtbot, workspace(A=np.arange(6.0).reshape(2, 3)), look=look)
    person.window.complete()
    grid = person.operand("A")
    grid.setFocus()
    find(person, "> 2")
    assert [is_underlined(grid, cell) for cell in ((0, 0), (0, 2), (1, 1), (1, 2))] == [False, False, True, True]
    person.key(KEY.Key_Escape)
    assert not is_underlined(grid, (1, 2))


def is_underlined(grid: Grid, cell: tuple[int, int]) -> bool:
    """Whether the lower edge of a cell, left of its middle, is drawn over."""
    x, y, width, height = grid.layout_now().box(cell[0], cell[0] + 1, cell[1], cell[1] + 1)
    image = grid.viewport().grab().toImage()
    return image.pixelColor(x + width // 4, y + height - 3) == theme.current().accent


def test_a_slice_is_searched_alone_and_says_so(qtbot: QtBot) -> None:
    array = np.zeros((2, 3, 4))
    array[1, 2, 3] = 5
    person = Person(qtbot, workspace(T=array))
    person.window.complete()
    grid = person.operand("T")
    grid.setFocus()
    find(person, "5")
    assert said(person) == "Not in this slice."
    person.key(KEY.Key_Escape)
    person.key(KEY.Key_PageDown, ALT)
    person.key(KEY.Key_F3)
    assert at(grid) == (2, 3)
    assert notice(person) == "1 of 1"


def test_complex_numbers_have_no_largest(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(Z=np.array([[1 + 1j, 3 - 4j]])))
    person.window.complete()
    person.operand("Z").setFocus()
    person.window.menus.action("find-largest").trigger()
    assert "no order" in notice(person)
    person.window.menus.action("find-magnitude").trigger()
    assert at(person.operand("Z")) == (0, 1)
