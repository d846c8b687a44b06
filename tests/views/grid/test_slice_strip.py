"""Arrays of more than two axes: two of them shown in any order, the others slid through, edits in the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, Workspace
from tests.person import ALT, CTRL, KEY, LEFT, PLAIN, Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

T = np.arange(120.0).reshape(2, 3, 4, 5)


@pytest.fixture
def alone(qtbot: QtBot) -> Person:
    return Person(qtbot, workspace(T=T))


def grid_of(person: Person) -> Grid:
    return person.operand("T")


def text_of(person: Person) -> str:
    return person.find("sliceField").text()


def write_slice(person: Person, text: str) -> None:
    field = person.find("sliceField")
    person.click(field)
    person.key(KEY.Key_A, CTRL)
    person.type(text)
    person.key(KEY.Key_Return)


def choose_role(person: Person, axis: int, text: str) -> None:
    button = person.find(f"axisRole{axis}")
    person.click(button)
    menu = person.window.findChild(QMenu, "axisMenu")
    assert menu is not None
    action = next(action for action in menu.actions() if action.text() == text)
    QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())
    person.settle()


def test_small_arrays_have_no_strip(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.eye(2), v=np.ones(3), C="A @ A"))
    assert not person.shown("sliceStrip")


def test_the_last_two_axes_are_shown_first(alone: Person) -> None:
    assert text_of(alone) == "T[0, 0, :, :]"
    assert alone.numbers(grid_of(alone)) == T[0, 0].tolist()
    assert [widget.objectName() for widget in alone.shown("axisSlider0") + alone.shown("axisSlider2")] == [
        "axisSlider0"
    ]


def test_the_slider_moves_with_keys_and_mouse(alone: Person) -> None:
    slider = alone.find("axisSlider1")
    slider.setFocus()
    alone.key(KEY.Key_Right)
    assert text_of(alone) == "T[0, 1, :, :]"
    alone.key(KEY.Key_End)
    assert alone.numbers(grid_of(alone)) == T[0, 2].tolist()
    alone.click(slider, QPoint(slider.x_of(1), 5))
    assert text_of(alone) == "T[0, 1, :, :]"
    assert alone.snapshot.undo_label == ""  # looking is no change


def test_the_text_is_edited_and_told_what_is_wrong(alone: Person) -> None:
    write_slice(alone, "T[:, 2, 1, ::-1].T")
    assert alone.numbers(grid_of(alone)) == T[:, 2, 1, ::-1].T.tolist()
    assert grid_of(alone).row_label(0) == "4"
    write_slice(alone, "T[0, 7]")
    assert "no place 7" in alone.snapshot.notice.text
    assert alone.numbers(grid_of(alone)) == T[:, 2, 1, ::-1].T.tolist()
    alone.key(KEY.Key_Escape)
    assert text_of(alone) == "T[:, 2, 1, ::-1].T"
    write_slice(alone, "1, 1, :, 0")
    assert grid_of(alone).source.ndim == 1
    write_slice(alone, "1, 1, 2, 0")
    assert grid_of(alone).source.ndim == 0
    assert alone.numbers(grid_of(alone)) == [[T[1, 1, 2, 0]]]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
def test_roles_are_chosen_at_the_axis(alone: Person) -> None:
    choose_role(alone, 0, "Columns")
    assert text_of(alone) == "T[:, 0, :, 0].T"
    choose_role(alone, 0, "From the end (::-1)")
    assert alone.numbers(grid_of(alone)) == T[::-1, 0, :, 0].T.tolist()
    choose_role(alone, 2, "Slider")
    assert text_of(alone) == "T[::-1, 0, 0, 0]"


def test_an_edit_through_a_transposed_slice_changes_that_cell_and_undo_brings_all_back(alone: Person) -> None:
    write_slice(alone, "T[:, 2, ::-1, 4].T")
    grid = grid_of(alone)
    alone.click_cell(grid, 1, 1)
    assert "T[1, 2, 2, 4]" in grid.accessibleDescription()
    alone.type("-7")
    alone.key(KEY.Key_Return)
    expected = T.copy()
    expected[1, 2, 2, 4] = -7
    assert alone.stored("T") == expected.tolist()
    write_slice(alone, "T[0, 0]")
    alone.window.session.undo()
    alone.settle()
    assert alone.stored("T") == T.tolist()
    assert text_of(alone) == "T[:, 2, ::-1, 4].T"


def test_lines_of_a_slice_are_lines_of_its_axis(alone: Person) -> None:
    write_slice(alone, "T[:, 0, 0, ::-1]")
    grid = grid_of(alone)
    alone.click_cell(grid, 0, 0)
    alone.key(KEY.Key_Space, CTRL)
    alone.key(KEY.Key_Minus, CTRL)
    assert alone.stored("T") == T[..., :4].tolist()  # the first column shown is the last of the axis


def test_page_keys_of_the_grid_step_and_play_goes_round(alone: Person) -> None:
    grid = grid_of(alone)
    grid.setFocus()
    alone.key(KEY.Key_PageDown, ALT)
    assert text_of(alone) == "T[1, 0, :, :]"
    slider = alone.find("axisSlider1")
    slider.setFocus()
    alone.key(KEY.Key_Space)
    strip = alone.find("sliceStrip")
    assert alone.find("axisPlay1").isChecked()
    for _ in range(4):
        strip._step()
    assert text_of(alone) == "T[1, 1, :, :]"
    alone.key(KEY.Key_Space)
    assert not alone.find("axisPlay1").isChecked()


def test_the_chosen_cell_of_a_result_goes_with_its_slice(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=T, U=np.ones((2, 3, 5, 2)), C="T @ U"))
    person.click_cell(person.result, 1, 0)
    assert person.snapshot.cell == (0, 0, 1, 0)
    strip = person.result.parentWidget().strip
    slider = strip._sliders[0]
    slider.setFocus()
    person.key(KEY.Key_Right)
    assert person.snapshot.cell == (1, 0, 1, 0)
    assert person.numbers(person.result) == (T @ np.ones((2, 3, 5, 2)))[1, 0].tolist()
    assert "T[1, 0, 1, :]" in person.snapshot.why.sentence
    assert QApplication.focusWidget() is slider


def test_highlights_are_where_the_slice_shows_them(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=T, U=np.ones((2, 3, 5, 2)), C="T @ U"))
    person.click_cell(person.result, 1, 0)
    light = person.operand("T")._highlights[0]
    assert (light.r0, light.r1, light.c0, light.c1) == (1, 2, 0, 5)
    person.window.session.choose_cell((1, 0, 1, 0))
    person.settle()
    assert person.numbers(person.operand("T")) == T[1, 0].tolist()  # it is looked at where the cell comes from
    light = person.operand("T")._highlights[0]
    assert (light.r0, light.r1, light.c0, light.c1) == (1, 2, 0, 5)


def test_an_operand_that_was_slid_away_stays_there_while_it_is_edited(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=T, U=np.ones((2, 3, 5, 2)), C="T @ U"))
    person.click_cell(person.result, 1, 0)
    strip = person.operand("T").parentWidget().strip
    strip._sliders[1].setFocus()
    person.key(KEY.Key_Right)
    assert not person.operand("T")._highlights
    person.click_cell(person.operand("T"), 0, 0)
    person.type("7")
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.get("T").array.item((0, 1, 0, 0)) == 7
    assert person.numbers(person.operand("T"))[1:] == T[0, 1, 1:].tolist()


def test_numbers_vectors_and_matrices_of_one_line_are_drawn_each_in_its_own_way(qtbot: QtBot) -> None:
    pictures = []
    for array in (np.array(1.0), np.ones(1), np.ones((1, 1))):
        person = Person(qtbot, workspace(T=array))
        grid = person.operand("T")
        pictures.append(grid.grab().toImage())
        layout = grid.layout_now()
        assert (layout.top > 10) is (array.ndim > 0)  # a number has no indices
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_the_strip_is_gone_through_with_tab_before_its_grid(alone: Person) -> None:
    alone.find("sliceField").setFocus()
    seen = []
    for _ in range(7):
        seen.append(QApplication.focusWidget().objectName())
        alone.key(KEY.Key_Tab)
    roles = ["axisRole0", "axisSlider0", "axisRole1", "axisSlider1", "axisRole2", "axisRole3"]
    assert seen == ["sliceField", *roles]
    assert QApplication.focusWidget() is grid_of(alone)
    assert alone.find("axisRole3").accessibleName() == "Axis 3, size 5: columns"


def test_another_size_of_the_picture_is_that_of_its_axes(alone: Person) -> None:
    write_slice(alone, "T[:, 2, :, 4].T")
    grid_of(alone).resizeRequested.emit(5, 3)
    alone.settle()
    expected = np.zeros((3, 3, 5, 5))
    expected[:2, :, :4] = T
    assert alone.stored("T") == expected.tolist()
    assert text_of(alone) == "T[:, 2, :, 4].T"


def test_axes_are_called_by_their_names(qtbot: QtBot) -> None:
    names = ("batch", None, "d")
    person = Person(qtbot, Workspace((ArrayEntry("T", Array.of(np.ones((2, 3, 4))), names),)))
    assert person.find("axisRole0").accessibleName() == "Axis batch, size 2: standing at 0"
    assert person.find("axisRole1").accessibleName() == "Axis 1, size 3: rows"
