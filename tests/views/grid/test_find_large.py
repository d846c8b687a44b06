"""Searches of large arrays: beside the window, given up with Esc, with their grid, with their window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.session import reading
from playground.views.grid.finder import finder_of
from playground.views.grid.source import ArraySource
from tests.person import CTRL, KEY, Person, workspace
from tests.views.grid.seeking import LARGE, Slow, at, find, notice, said

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_large_array_is_searched_beside_the_window(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=LARGE))
    person.window.complete()
    grid = person.operand("A")
    grid.setFocus()
    find(person, "5")
    finder = finder_of(grid)
    qtbot.waitUntil(lambda: not finder.is_busy, timeout=20_000)
    assert at(grid) == (1500, 7)
    assert said(person) == "1 of 2"
    person.key(KEY.Key_F3)
    qtbot.waitUntil(lambda: not finder.is_busy, timeout=20_000)
    assert at(grid) == (1999, 999)
    person.window.menus.action("find-largest").trigger()
    qtbot.waitUntil(lambda: not finder.is_busy, timeout=20_000)
    assert at(grid) == (1500, 7)


def test_a_result_that_stays_with_the_engine_is_searched_there(qtbot: QtBot) -> None:
    array = np.ones((1200, 900))
    array[1100, 3] = np.nan
    person = Person(qtbot, workspace(A=array, C="A * 2"))
    person.window.complete()
    assert person.snapshot.results["C"].result.value is None
    person.result.setFocus()
    finder = finder_of(person.result)
    person.key(KEY.Key_F3, CTRL)
    qtbot.waitUntil(lambda: not finder.is_busy, timeout=20_000)
    assert at(person.result) == (1100, 3)
    assert person.snapshot.cell == (1100, 3)
    person.key(KEY.Key_A, CTRL)
    qtbot.waitUntil(lambda: "NaN 1" in person.find("statisticsLine").text(), timeout=20_000)


def test_esc_gives_a_long_search_up_and_leaves_no_thread(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2)))
    person.window.complete()
    grid = person.operand("A")
    slow = Slow(LARGE)
    grid.set_source(slow)
    grid.setFocus()
    find(person, "5")
    assert slow.reading.wait(20)
    assert "Looking" in said(person) or said(person) == ""
    person.key(KEY.Key_Escape)
    assert not finder_of(grid).is_busy
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)
    assert at(grid) == (0, 0)


def test_a_window_that_closes_gives_a_search_up(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2)))
    person.window.complete()
    grid = person.operand("A")
    slow = Slow(LARGE)
    grid.set_source(slow)
    grid.setFocus()
    person.key(KEY.Key_F3, CTRL)
    assert slow.reading.wait(20)
    person.window.close()
    assert slow.let.is_set()
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)


def test_other_cells_give_a_search_up(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2)))
    person.window.complete()
    grid = person.operand("A")
    slow = Slow(LARGE)
    grid.set_source(slow)
    grid.setFocus()
    find(person, "5")
    assert slow.reading.wait(20)
    grid.set_source(ArraySource(np.eye(2)))
    assert not finder_of(grid).is_busy
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)


def test_esc_gives_up_a_search_without_the_bar(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2)))
    person.window.complete()
    grid = person.operand("A")
    slow = Slow(LARGE)
    grid.set_source(slow)
    grid.setFocus()
    person.key(KEY.Key_F3, CTRL)
    assert slow.reading.wait(20)
    qtbot.waitUntil(lambda: "Esc gives it up" in notice(person), timeout=20_000)
    person.key(KEY.Key_Escape)
    assert not finder_of(grid).is_busy
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)
