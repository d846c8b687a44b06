"""Linked sizes in the whole window: the chain between grids, the menu, the palette's command; one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from playground.workspace.edits import Remove, Rename
from tests.person import ALT, CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

A, B = np.arange(6.0).reshape(3, 2), np.arange(8.0).reshape(2, 4)
OPENS_MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return Person(qtbot, workspace(A=A, B=B, c=np.ones(4), C="A @ B + c"))


def chains(person: Person) -> list[str]:
    return [chain.accessibleName() for chain in person.shown("linkChain")]


def choose_column(person: Person, grid: Grid, column: int) -> None:
    person.click_cell(grid, 0, column)
    person.key(KEY.Key_Space, CTRL)


def test_a_chain_stands_between_neighbours_that_share_an_axis(person: Person) -> None:
    assert chains(person) == ["Link sizes: A's columns and B's rows", "Link sizes: B's columns and c's cells"]
    sign = person.shown("linkChain")[0]
    assert not sign.isChecked()
    assert "must be equal" in sign.toolTip()
    person.enter("A.T")
    assert chains(person) == []


def test_a_click_links_and_columns_take_rows_along_in_one_step(person: Person) -> None:
    person.click(person.shown("linkChain")[0])
    assert person.shown("linkChain")[0].isChecked()
    linked = "Linked: A's columns and B's rows. Where lines of one come or go, they do in all."
    assert person.snapshot.notice.text == linked
    choose_column(person, person.operand("A"), 1)
    person.key(KEY.Key_Plus, CTRL)
    assert np.shape(person.stored("A")) == (3, 3)
    assert person.stored("B") == np.insert(B, 1, 0, axis=0).tolist()
    assert not person.problem_text
    assert person.snapshot.notice.text.startswith("1 column of zeros inserted into A, B went along: A = np.insert(")
    person.key(KEY.Key_Minus, CTRL)
    assert (person.stored("A"), person.stored("B")) == (A.tolist(), B.tolist())
    for _ in range(2):
        person.key(KEY.Key_Z, CTRL)
    assert (person.stored("A"), person.stored("B")) == (A.tolist(), B.tolist())
    assert not person.snapshot.undo_label
    person.click(person.shown("linkChain")[0])
    assert not person.shown("linkChain")[0].isChecked()
    choose_column(person, person.operand("A"), 1)
    person.key(KEY.Key_Minus, CTRL)
    assert "A (3, 1), B (2, 4)" in person.problem_text


def test_moving_columns_leaves_the_neighbour_alone(person: Person) -> None:
    person.click(person.shown("linkChain")[0])
    person.click_cell(person.operand("A"), 0, 0)
    person.key(KEY.Key_Right, ALT)
    assert person.stored("A") == A[:, ::-1].tolist()
    assert person.stored("B") == B.tolist()


@OPENS_MENUS
def test_the_menu_links_by_key(person: Person) -> None:
    grid = person.operand("B")
    person.click_cell(grid, 0, 0)
    for linked in (False, True):
        person.key(KEY.Key_Menu)
        menu = person.find("gridMenu")
        entries = {action.text(): action for action in menu.actions()}
        assert "Link B's columns with c's cells" in entries
        action = entries["Link B's rows with A's columns"]
        assert action.isChecked() is linked
        menu.setActiveAction(action)
        QTest.keyClick(menu, KEY.Key_Return)
        person.settle()
    assert not person.snapshot.links


def test_the_palette_links_resizes_and_copies_the_change(person: Person) -> None:
    def run(text: str) -> None:
        person.key(KEY.Key_P, CTRL | SHIFT)
        person.type(text)
        person.key(KEY.Key_Return)

    person.click_cell(person.operand("A"), 0, 0)
    run("Link columns")
    assert person.snapshot.links == {("A", 1), ("B", 0)}
    run("Insert columns on the right")
    assert np.shape(person.stored("B")) == (3, 4)
    run("Copy the last change")
    code = "A = np.insert(A, 1, 0, axis=1); B = np.insert(B, 1, 0, axis=0)"
    assert QGuiApplication.clipboard().text() == code
    names = {"A": A, "B": B, "np": np}
    exec(code, names)
    assert (names["A"].tolist(), names["B"].tolist()) == (person.stored("A"), person.stored("B"))
    run("Delete rows")
    assert person.snapshot.notice.text.startswith("1 row of A deleted")
    person.key(KEY.Key_Z, CTRL)
    run("Copy the last change")
    assert person.snapshot.notice.text.startswith("The last change has no line of NumPy")


def test_links_follow_a_name_and_leave_with_the_document(person: Person) -> None:
    person.click(person.shown("linkChain")[0])
    person.window.session.edit(Rename("A", "W"))
    assert person.snapshot.links == {("W", 1), ("B", 0)}
    assert chains(person)[0] == "Link sizes: W's columns and B's rows"
    person.window.session.open_workspace(workspace(A=A, B=B, C="A @ B"))
    assert not person.snapshot.links


def test_a_break_without_a_link_is_mended_by_the_neighbour(person: Person) -> None:
    choose_column(person, person.operand("A"), 0)
    person.key(KEY.Key_Plus, CTRL)
    assert "A (3, 3), B (2, 4)" in person.problem_text
    assert person.repairs[:2] == ["resize B to 3×4", "resize A to 3×2"]
    button = person.window.problem_bar.repair_buttons[0]
    button.setFocus()
    person.settle()
    assert "B is (3, 4)" in person.window.ribbon.accessibleDescription()
    person.key(KEY.Key_1, ALT)
    assert not person.problem_text
    assert np.shape(person.stored("B")) == (3, 4)
    assert person.snapshot.notice.text.endswith("B = np.pad(B, ((0, 1), (0, 0)))")
    for _ in range(2):
        person.key(KEY.Key_Z, CTRL)
    assert (person.stored("A"), person.stored("B")) == (A.tolist(), B.tolist())


def test_undo_of_a_new_name_brings_the_links_name_back(person: Person) -> None:
    person.click(person.shown("linkChain")[0])
    person.window.session.edit(Rename("A", "W"))
    person.window.session.undo()
    assert person.snapshot.links == {("A", 1), ("B", 0)}
    person.window.session.edit(Remove("A"))
    assert person.snapshot.links == {("B", 0)}
    person.window.session.undo()
    assert person.snapshot.links == {("A", 1), ("B", 0)}
