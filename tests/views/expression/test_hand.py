"""Undo and redo bring the hand back: to the grid, the cells and the slice where the edit was made, in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid


def at(grid: Grid) -> tuple[int, int]:
    return grid.selection.row, grid.selection.column


def in_sight(grid: Grid) -> bool:
    row, column = at(grid)
    return grid.layout_now().clip(row, row + 1, column, column + 1) is not None


def focus(person: Person) -> QWidget | None:
    return person.window.focusWidget()


def undo(person: Person) -> None:
    person.key(KEY.Key_Z, CTRL)


def redo(person: Person) -> None:
    person.key(KEY.Key_Y, CTRL)


def test_undo_and_redo_go_to_the_cell_that_was_edited(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.zeros((200, 60))))
    grid = person.operand("A")
    person.click_cell(grid, 1, 1)
    person.type("7\r")
    assert at(grid) == (2, 1)
    person.key(KEY.Key_End, CTRL)
    assert at(grid) == (199, 59)
    person.type("8\r")
    person.key(KEY.Key_Home, CTRL)
    undo(person)
    assert (at(grid), in_sight(grid), grid.source.block(199, 200, 59, 60)[0, 0]) == ((199, 59), True, 0)
    undo(person)
    assert (at(grid), in_sight(grid), grid.source.block(1, 2, 1, 2)[0, 0]) == ((1, 1), True, 0)
    redo(person)
    assert (at(grid), in_sight(grid)) == ((1, 1), True)
    redo(person)
    assert (at(grid), in_sight(grid), grid.source.block(199, 200, 59, 60)[0, 0]) == ((199, 59), True, 8)


def test_the_whole_rectangle_comes_back_and_each_time(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.ones((6, 6))))
    grid = person.operand("A")
    person.click_cell(grid, 2, 3)
    person.key(KEY.Key_Up, SHIFT)
    person.key(KEY.Key_Right, SHIFT)
    before = grid.selection
    person.key(KEY.Key_Delete)
    for _ in range(2):
        person.click_cell(grid, 5, 5)
        undo(person)
        assert grid.selection == before
        person.click_cell(grid, 5, 0)
        redo(person)
        assert grid.selection == before
    assert person.stored("A")[1][3] == 0


def test_the_focus_follows_from_grid_to_grid_and_from_nowhere_else(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(3), B=np.eye(3), C="A @ B"))
    person.click_cell(person.operand("B"), 2, 1)
    person.type("5\r")
    person.click_cell(person.operand("A"), 0, 0)
    undo(person)
    assert focus(person) is person.operand("B")
    assert at(person.operand("B")) == (2, 1)
    person.click(person.bar, person.bar.rect().center())
    bar = focus(person)
    person.window.session.redo()
    person.settle()
    assert focus(person) is bar
    assert person.stored("B")[2][1] == 5


def test_rows_that_were_deleted_come_back_with_the_selection_that_was_on_them(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.arange(12.0).reshape(4, 3)))
    grid = person.operand("A")
    person.click_cell(grid, 3, 1)
    person.key(KEY.Key_Up, SHIFT)
    person.key(KEY.Key_Space, SHIFT)
    before = grid.selection
    person.key(KEY.Key_Minus, CTRL)
    person.key(KEY.Key_Home, CTRL)
    assert grid.source.rows == 2
    undo(person)
    assert (grid.source.rows, grid.selection) == (4, before)


def test_the_slice_that_was_edited_is_shown_again_with_its_cell(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=np.zeros((5, 3, 3))))
    strip = person.find("sliceStrip")
    session = person.window.session
    grid = person.operand("T")
    session.update(slices={"T": grid.source.slicing.standing(0, 3)})
    person.settle()
    person.click_cell(grid, 2, 1)
    person.type("9\r")
    session.update(slices={"T": grid.source.slicing.standing(0, 0)})
    person.settle()
    person.click_cell(grid, 0, 0)
    undo(person)
    assert strip.isVisible()
    assert grid.source.slicing.text() == "[3, :, :]"
    assert (at(grid), person.numbers(grid)[2][1]) == ((2, 1), 0)


def test_of_one_entry_twice_it_is_the_grid_that_had_the_hand(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2), C="A @ A"))
    first, second = (grid for grid in person.shown("operandGrid"))
    person.click_cell(second, 1, 0)
    person.type("5\r")
    person.click_cell(first, 0, 0)
    undo(person)
    assert focus(person) is second
    assert at(second) == (1, 0)


def test_a_grid_that_is_a_thumbnail_by_now_is_opened_again(qtbot: QtBot) -> None:
    names = "ABDEF"
    person = Person(qtbot, workspace(**{name: np.eye(2) for name in names}, C=" + ".join(names)))
    thumbnail = next(box for box in person.shown("operandThumbnail") if box.property("entryName") == "A")
    person.click(thumbnail)
    person.click_cell(person.operand("A"), 1, 0)
    person.type("5\r")
    other = next(box for box in person.shown("operandThumbnail"))
    while any(box.property("entryName") == "A" and box.isVisible() for box in person.shown("operandGrid")):
        person.click(other)
        other = next(box for box in person.shown("operandThumbnail") if box.property("entryName") != "A")
    undo(person)
    assert at(person.operand("A")) == (1, 0)
    assert person.stored("A") == [[1, 0], [0, 1]]


def test_an_edit_without_a_hand_leaves_the_selection_alone(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(3), B=np.eye(3), C="A @ B"))
    person.enter("A @ B.T")
    person.click_cell(person.operand("A"), 1, 1)
    undo(person)
    assert person.snapshot.workspace.get("C").source == "A @ B"
    assert at(person.operand("A")) == (1, 1)
