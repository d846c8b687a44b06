"""Colours chosen in the menus and the palette: remembered for each entry, never a change of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from playground.files.mplay import Document
from playground.files.save import save_document
from playground.session.opening import read, take
from playground.session.saved_view import view_of
from playground.workspace.colourings import SCHEMES, SCOPES, Colouring, read_colouring, spelled
from playground.workspace.edits import Remove, Rename
from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

with_menus = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what menus ask for


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    made = Person(qtbot, workspace(A=[[1.0, -2.0], [30.0, 40.0]], T=[[True, False]], C="A * 2"))
    made.window.complete()
    return made


def colour_menu(person: Person, grid: Grid) -> list[QAction]:
    person.key(KEY.Key_Menu)
    menu = grid.findChild(QMenu, "colourMenu")
    return [action for action in menu.actions() if action.text()]


def choose(person: Person, grid: Grid, text: str) -> None:
    next(action for action in colour_menu(person, grid) if action.text() == text).trigger()
    grid.findChild(QMenu, "gridMenu").close()
    person.settle()


@with_menus
def test_the_grids_menu_colours_that_entry_alone(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    before = person.snapshot.workspace, person.snapshot.undo_label
    choose(person, grid, "Limits of each row")
    choose(person, grid, "One colour, from smallest to largest")
    assert person.snapshot.colourings == {"A": Colouring("sequential", "row")}
    assert grid.colouring == Colouring("sequential", "row")
    assert person.result.colouring is None
    checked = [action.text() for action in colour_menu(person, grid) if action.isChecked()]
    assert checked == ["One colour, from smallest to largest", "Limits of each row", "Legend"]
    assert (person.snapshot.workspace, person.snapshot.undo_label) == before


@with_menus
def test_back_to_the_usual_remembers_nothing(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    choose(person, grid, "No colours")
    assert person.snapshot.colourings == {"A": Colouring("off")}
    choose(person, grid, "Automatic colours")
    assert person.snapshot.colourings == {}


def test_the_palette_finds_them_and_they_mean_the_grid_with_the_focus(person: Person) -> None:
    person.click_cell(person.result, 0, 0)
    person.key(KEY.Key_P, CTRL | SHIFT)
    person.type("limits of each column")
    person.key(KEY.Key_Return)
    assert person.snapshot.colourings == {"C": Colouring(scope="column")}
    person.bar.setFocus()
    person.window.menus.action("colours-diverging").trigger()
    assert person.snapshot.colourings == {"C": Colouring("diverging", "column")}, "the entry chosen in the list"


def test_every_command_has_its_place_in_the_view_menu(person: Person) -> None:
    menus = person.window.menus
    names = [f"colours-{name}" for name in (*SCHEMES, *SCOPES, "legend")]
    assert {menus.action(name).property("menu") for name in names} == {"View/Colours of numbers"}


def test_a_result_keeps_its_colours_while_it_is_computed_anew(person: Person) -> None:
    person.click_cell(person.result, 0, 0)
    person.window.menus.action("colours-row").trigger()
    person.click_cell(person.operand("A"), 0, 0)
    person.type("400")
    person.key(KEY.Key_Return)
    assert person.result.colouring == Colouring(scope="row")
    person.settle()
    assert person.result.line_limits.known(0) == (-4, 800)
    person.key(KEY.Key_Z, CTRL)
    assert person.result.line_limits.known(0) == (-4, 2)
    assert person.snapshot.colourings == {"C": Colouring(scope="row")}, "undo takes no colours back"


def test_colours_go_with_their_entry(person: Person) -> None:
    session = person.window.session
    session.update(colourings={"A": Colouring("off")})
    session.edit(Rename("A", "X"))
    assert session.snapshot.colourings == {"X": Colouring("off")}
    session.edit(Remove("X"))
    assert session.snapshot.colourings == {}
    session.undo()
    assert session.snapshot.colourings == {"X": Colouring("off")}
    session.update(colourings={"X": Colouring("off"), "C": Colouring("diverging")})
    session.undo()
    assert session.snapshot.colourings == {"A": Colouring("off"), "C": Colouring("diverging")}


def test_a_saved_workspace_remembers_them(person: Person, tmp_path: Path) -> None:
    session = person.window.session
    session.update(colourings={"A": Colouring("diverging", "column", False), "C": Colouring(legend=True)})
    chosen = dict(session.snapshot.colourings)
    save_document(tmp_path / "lesson.mplay", Document(session.snapshot.workspace, view_of(session.snapshot)))
    session.update(colourings={})
    assert take(session, read(tmp_path / "lesson.mplay"))
    assert session.snapshot.colourings == chosen
    session.undo()
    assert session.snapshot.colourings == {}


def test_what_has_no_numbers_says_so(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=[[1.0]], E="nothing + A"))
    person.window.complete()
    person.window.session.select("E")
    person.window.menus.action("colours-off").trigger()
    assert person.snapshot.colourings == {}
    assert person.snapshot.notice is not None
    assert person.snapshot.notice.text == "E has no numbers yet."


def test_every_colouring_reads_back() -> None:
    for scheme in SCHEMES:
        for scope in SCOPES:
            for legend in (None, True, False):
                chosen = Colouring(scheme, scope, legend)
                assert read_colouring(spelled(chosen)) == chosen


@pytest.mark.parametrize("text", [None, 5, "", "automatic", "automatic row", "red row auto", "off row auto x", ["off"]])
def test_nonsense_in_a_file_is_passed_over(text: object) -> None:
    assert read_colouring(text) is None


def test_truths_are_two_colours_per_row_too(person: Person) -> None:
    person.window.session.select("T")
    person.settle()
    grid = person.operand("T")
    grid.set_colouring(Colouring(scope="row"))
    ramp = grid._ramp_of((0, 1, 0, 2))
    assert (ramp.zero, ramp.span) == (0, 1)
    assert grid.source.dtype == np.dtype(bool)


def test_a_slice_has_the_limits_of_its_own_rows_after_edits_too(qtbot: QtBot) -> None:
    values = np.arange(24.0).reshape(2, 3, 4)
    person = Person(qtbot, workspace(T=values))
    person.window.session.update(colourings={"T": Colouring(scope="row")})
    person.settle()
    grid = person.operand("T")
    assert [grid.line_limits.known(row) for row in range(3)] == [(0, 3), (4, 7), (8, 11)]
    person.click_cell(grid, 1, 2)
    person.type("-50")
    person.key(KEY.Key_Return)
    assert grid.line_limits.known(1) == (-50, 7)
    person.window.session.update(slices={"T": grid.source.slicing.standing(0, 1)})
    person.settle()
    assert [grid.line_limits.known(row) for row in range(3)] == [(12, 15), (16, 19), (20, 23)]


def test_a_result_that_stays_with_the_engine_is_read_for_its_columns(qtbot: QtBot) -> None:
    values = np.random.default_rng(0).normal(size=(900, 300))
    person = Person(qtbot, workspace(A=values, C="A * 2"))
    person.window.session.update(colourings={"C": Colouring(scope="column")})
    person.settle()
    source = person.result.source
    assert person.snapshot.results["C"].result.value is None, "too large to come along with the answer"
    qtbot.waitUntil(lambda: person.result.line_limits.known(0) is not None)
    first, stop = person.result.layout_now().visible[2:]
    assert [person.result.line_limits.known(k) for k in range(first, stop)] == [
        (2 * values[:, k].min(), 2 * values[:, k].max()) for k in range(first, stop)
    ]
    assert person.result.source is source


def test_what_is_chosen_at_the_grid_is_said(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("playground.views.colouring_choice.announce", lambda _, text: said.append(text))
    person.operand("A").colouringRequested.emit(Colouring("diverging", "row"))
    person.window.menus.action("colours-off").trigger()
    assert said == [
        "A: Two colours around 0. Limits of each row. "
        "Colours from −2 to 1, centred on 0 in row 0, each row for itself.",
        "C has no colours.",
    ]


@with_menus
def test_the_colours_are_reached_with_the_keyboard_alone(person: Person) -> None:
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_Menu)
    menu, colours = grid.findChild(QMenu, "gridMenu"), grid.findChild(QMenu, "colourMenu")
    for _ in menu.actions():
        QTest.keyClick(menu, KEY.Key_Down)
        if menu.activeAction() is not None and menu.activeAction().menu() is colours:
            break
    QTest.keyClick(menu, KEY.Key_Right)
    person.settle()
    assert colours.isVisible()
    while colours.activeAction() is None or colours.activeAction().text() != "Limits of each column":
        QTest.keyClick(colours, KEY.Key_Down)
    QTest.keyClick(colours, KEY.Key_Return)
    person.settle()
    assert person.snapshot.colourings == {"A": Colouring(scope="column")}
