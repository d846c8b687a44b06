"""Formats chosen with keys and from the grid's own menu: remembered for each entry, never a change of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu

from playground.files.mplay import Document
from playground.files.save import save_document
from playground.session.opening import read, take
from playground.session.saved_view import view_of
from playground.views.grid.cells import cell_texts
from playground.workspace.edits import Remove, Rename
from playground.workspace.number_formats import KINDS, NumberFormat
from tests.person import ALT, CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    made = Person(qtbot, workspace(A=[[1 / 3, 0.25]], I=np.array([[5, 200]], np.uint8), C="A * 2"))
    made.window.complete()
    return made


def texts(grid: Grid) -> list[str]:
    source = grid.source
    block = source.block(0, source.rows, 0, source.columns)
    return [text.strip() for row in cell_texts(block, grid._scene().cell_format) for text in row]


def menu_of(person: Person, grid: Grid) -> list[QAction]:
    person.key(KEY.Key_Menu)
    menu = grid.findChild(QMenu, "numberFormatMenu")
    return [action for action in menu.actions() if action.text()]


def test_keys_write_the_grid_with_the_focus_in_another_format(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    before = person.snapshot.workspace, person.snapshot.undo_label
    for digit, shown in (
        (KEY.Key_5, ["33.3%", "25.0%"]), (KEY.Key_7, ["1/3", "1/4"]), (KEY.Key_1, ["0.33", "0.25"]),
        (KEY.Key_6, ["3.333e−1", "2.500e−1"]), (KEY.Key_3, ["333.333e−3", "250.000e−3"]),
        (KEY.Key_9, ["0.3333333333333333", "0.25"]), (KEY.Key_0, ["0.333333", "0.25"]),
    ):  # fmt: skip
        person.key(digit, CTRL | SHIFT)
        assert texts(grid) == shown
    assert texts(person.result) == ["0.666667", "0.5"], "only the entry at hand is written otherwise"
    assert (person.snapshot.workspace, person.snapshot.undo_label) == before


def test_digits_are_stepped_and_the_editor_has_them_all(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_1, CTRL | SHIFT)
    person.key(KEY.Key_Period, ALT)
    assert texts(grid) == ["0.333", "0.250"]
    person.key(KEY.Key_Comma, ALT)
    person.key(KEY.Key_Comma, ALT)
    assert texts(grid) == ["0.3", "0.2"]
    person.key(KEY.Key_F2)
    assert person.find("cellEditor").text() == "0.3333333333333333"
    person.key(KEY.Key_Return)
    assert person.snapshot.undo_label == "", "what was not changed is not written"


def test_a_result_keeps_its_format_while_it_is_computed_anew(person: Person) -> None:
    person.click_cell(person.result, 0, 0)
    person.key(KEY.Key_5, CTRL | SHIFT)
    person.click_cell(person.operand("A"), 0, 0)
    person.type("4")
    person.key(KEY.Key_Return)
    assert texts(person.result) == ["800.0%", "50.0%"]


def test_the_chosen_entry_is_meant_where_no_grid_has_the_focus(person: Person) -> None:
    person.bar.setFocus()
    person.key(KEY.Key_5, CTRL | SHIFT)
    assert texts(person.result) == ["66.7%", "50.0%"]


def test_what_does_not_suit_the_dtype_is_said_with_what_does(person: Person) -> None:
    person.click_cell(person.operand("A"), 0, 0)
    person.key(KEY.Key_8, CTRL | SHIFT)
    assert person.snapshot.formats == {}
    assert person.snapshot.notice is not None
    assert "float64" in person.snapshot.notice.text
    assert "Percent" in person.snapshot.notice.text


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for
def test_the_grids_menu_offers_what_suits_with_the_active_cell_written_so(person: Person) -> None:
    person.window.session.select("I")
    person.settle()
    grid = person.operand("I")
    person.click_cell(grid, 0, 0)
    offered = menu_of(person, grid)
    assert [action.text() for action in offered if "\t" in action.text()] == [
        "General\t5", "Fixed digits\t5.00", "Scientific\t5.000e0", "Engineering\t5.000e0", "Percent\t500.0%",
        "Fraction\t5", "Hexadecimal\t0x05", "Bits\t0b0000_0101",
    ]  # fmt: skip
    assert [action.text().split("\t")[0] for action in offered if action.isChecked()] == ["General"]
    next(action for action in offered if action.text().startswith("Bits")).trigger()
    person.settle()
    assert texts(grid) == ["0b0000_0101", "0b1100_1000"]


def test_a_format_goes_with_its_entry(person: Person) -> None:
    session = person.window.session
    session.update(formats={"A": NumberFormat("percent", 1)})
    session.edit(Rename("A", "X"))
    assert session.snapshot.formats == {"X": NumberFormat("percent", 1)}
    session.edit(Remove("X"))
    assert session.snapshot.formats == {}
    session.undo()
    assert session.snapshot.formats == {"X": NumberFormat("percent", 1)}
    session.update(formats={"X": NumberFormat("percent", 1), "C": NumberFormat("fixed", 2)})
    session.undo()
    assert session.snapshot.formats == {"A": NumberFormat("percent", 1), "C": NumberFormat("fixed", 2)}


def test_a_saved_workspace_remembers_them(person: Person, tmp_path: Path) -> None:
    session = person.window.session
    session.update(formats={"A": NumberFormat("fraction", 2), "C": NumberFormat("fixed", 4)})
    chosen = dict(session.snapshot.formats)
    save_document(tmp_path / "lesson.mplay", Document(session.snapshot.workspace, view_of(session.snapshot)))
    session.update(formats={})
    assert take(session, read(tmp_path / "lesson.mplay"))
    assert session.snapshot.formats == chosen
    session.undo()
    assert session.snapshot.formats == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", "float64", "complex64"])
def test_every_format_of_every_dtype_is_painted_and_none_is_cut(qtbot: QtBot, dtype: str, kind: str) -> None:
    from playground.views.grid.grid import Grid
    from playground.views.grid.layout import room
    from playground.views.grid.source import ArraySource

    grid = Grid()
    qtbot.addWidget(grid)
    grid.set_source(ArraySource(np.array([[0, 1, 100], [7, 1, 3]]).astype(dtype)))
    grid.set_number_format(NumberFormat(kind, KINDS[kind].digits))
    grid.resize(grid.preferred_size())
    grid.show()
    grid.grab()
    assert all(0 < len(text) <= room(grid.layout_now()) and text != "⋯" for text in texts(grid))
