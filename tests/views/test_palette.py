"""The command palette finds and runs every command of the tables, and names them all once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.person import ALT, CTRL, KEY, SHIFT, Person

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget


def opened(person: Person) -> QListWidget:
    person.key(KEY.Key_P, CTRL | SHIFT)
    assert person.find("commandPalette").isVisible()
    return person.find("commandList")


def listed(found: QListWidget) -> list[str]:
    return [found.item(k).text() for k in range(found.count())]


def test_it_finds_a_command_by_a_part_of_its_name_and_runs_it(person: Person) -> None:
    found = opened(person)
    everything = found.count()
    person.type("identity")
    assert 0 < found.count() < everything
    person.key(KEY.Key_Return)
    assert person.stored("D") == [[1, 0], [0, 1]]
    assert not person.find("commandPalette").isVisible()


def test_words_may_stand_in_any_order(person: Person) -> None:
    found = opened(person)
    person.type("dark colours")
    assert any("Dark" in text for text in listed(found))


def test_escape_gives_the_focus_back(person: Person) -> None:
    person.operand("A").setFocus()
    opened(person)
    person.key(KEY.Key_Escape)
    assert person.operand("A").hasFocus()


def test_a_click_elsewhere_closes_it(person: Person) -> None:
    opened(person)
    person.click_cell(person.operand("B"), 0, 0)
    assert not person.find("commandPalette").isVisible()


def test_up_and_down_choose_and_a_click_runs(person: Person) -> None:
    found = opened(person)
    person.type("matrix")
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Up)
    assert found.currentRow() == 0
    place = next(k for k, text in enumerate(listed(found)) if "Matrix 3×3" in text)
    person.click(found, found.visualItemRect(found.item(place)).center())
    assert person.snapshot.workspace.names == ("A", "B", "C", "D")


def test_nonsense_finds_nothing_and_enter_does_nothing(person: Person) -> None:
    found = opened(person)
    person.type("xyzzy")
    assert found.count() == 0
    person.key(KEY.Key_Return)
    assert person.find("commandPalette").isVisible()
    person.key(KEY.Key_Escape)


def test_shortcuts_are_given_once(person: Person) -> None:
    keys = [keys.toString() for action in person.window.menus.actions.values() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+Z", "Ctrl+O", "F6", "Shift+F6", "F1", "F9", "Alt+1"} <= set(keys)


def test_menus_have_no_two_entries_of_one_name(person: Person) -> None:
    actions = person.window.menus.actions.values()
    titles = [(action.property("menu"), re.sub(r"[:&].*", "", action.text())) for action in actions]
    assert len(titles) == len(set(titles))
    assert all(action.statusTip() for action in actions)


def test_a_repair_is_offered_only_where_there_is_one(person: Person) -> None:
    actions = person.window.menus.actions
    assert not actions["repair-1"].isEnabled()
    person.write("A @ A")
    assert actions["repair-1"].isEnabled()
    person.key(KEY.Key_1, ALT)
    assert not actions["repair-1"].isEnabled()
    assert person.problem_text == ""


def test_copy_as_numpy(person: Person) -> None:
    person.window.copy_code()
    assert QApplication.clipboard().text() == "C = A @ B"
    person.window.session.select("A")
    person.window.copy_code()
    assert QApplication.clipboard().text() == "A = np.array([[2, 1], [0, 3], [-1, 2]], dtype=np.float64)"
    person.enter("D = relu(sin(A) - e)")
    person.window.copy_code()
    assert QApplication.clipboard().text() == "D = np.maximum(np.sin(A) - np.e, 0)"
    person.enter("F = [inf, -nan]")
    person.window.copy_code()
    assert QApplication.clipboard().text() == "F = np.array([np.inf, np.nan], dtype=np.float64)"
