"""The menu of an entry: every kind has another dtype for a click, and what is lost stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from playground.views.entry_menu import _edit, open_dtype_menu, open_entry_menu
from playground.workspace.edits import SetFormula
from playground.workspace.workspace import ArrayEntry, FormulaEntry
from tests.person import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.person import Person


@pytest.fixture(autouse=True)
def _without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform without windows can't give a menu the keyboard, and warns."""
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: None)


@pytest.fixture
def person(sit: Callable[..., Person]) -> Person:
    return sit(workspace(A=[[1.5, 2.0], [1e6, 0.0]], C="A * 2"))


def dtypes(person: Person) -> QMenu:
    menu = person.window.findChildren(QMenu, "dtypeMenu")[-1]
    assert isinstance(menu, QMenu)
    return menu


def choose(person: Person, name: str) -> None:
    next(action for action in dtypes(person).actions() if action.objectName() == f"dtype_{name}").trigger()
    person.settle()


def test_a_right_click_opens_the_menu_of_the_entry(person: Person) -> None:
    entries = person.find("entryList")
    person.window.session.select("A")
    entries.customContextMenuRequested.emit(QPoint(40, 20))
    menu = person.window.findChild(QMenu, "entryMenu")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()][:2] == ["Rename", "Dtype"]


def test_what_is_lost_stands_beside_each_dtype(person: Person) -> None:
    person.window.session.select("A")
    open_dtype_menu(person.window)
    texts = {action.objectName(): action.text() for action in dtypes(person).actions()}
    assert texts["dtype_float32"] == "float32"
    assert "1 cell changes" in texts["dtype_int64"]
    assert "1 to infinity" in texts["dtype_float16"]
    assert [action.objectName() for action in dtypes(person).actions() if action.isChecked()] == ["dtype_float64"]


def test_an_array_is_converted_as_one_step_of_undo(person: Person) -> None:
    person.window.session.select("A")
    open_dtype_menu(person.window)
    choose(person, "int32")
    entry = person.snapshot.workspace.get("A")
    assert isinstance(entry, ArrayEntry)
    assert entry.array.dtype == np.int32
    person.window.session.undo()
    back = person.snapshot.workspace.get("A")
    assert isinstance(back, ArrayEntry)
    assert back.array.item((0, 0)) == 1.5


def test_a_formula_says_its_conversion_and_takes_it_back(person: Person) -> None:
    person.window.session.select("C")
    for name, source in (("float32", "(A * 2).astype(float32)"), ("float16", "(A * 2).astype(float16)")):
        open_dtype_menu(person.window)
        choose(person, name)
        assert person.snapshot.workspace.formulas["C"] == source
        assert person.snapshot.results["C"].current


@pytest.mark.parametrize(
    ("source", "converted"),
    [
        ("A + B", "(A + B).astype(float32)"),
        ("(A + B).astype(int64)", "(A + B).astype(float32)"),
        ("(A) + (B).astype(int64)", "((A) + (B).astype(int64)).astype(float32)"),
    ],
)
def test_a_conversion_is_replaced_and_not_piled_up(source: str, converted: str) -> None:
    edit = _edit(FormulaEntry("C", source), np.dtype(np.float32), np.dtype(np.float64))
    assert isinstance(edit, SetFormula)
    assert edit.source == converted


def test_a_shape_is_given_another_dtype(person: Person) -> None:
    person.window.session.select("A")
    person.window.menus.actions["keep-shape"].trigger()
    open_dtype_menu(person.window)
    choose(person, "float16")
    assert person.snapshot.analysis.signatures["A"].dtype == np.float16


def test_without_an_entry_there_is_no_menu(sit: Callable[..., Person]) -> None:
    person = sit(workspace())
    open_entry_menu(person.window)
    open_dtype_menu(person.window)
    assert not [menu for menu in person.window.findChildren(QMenu, "dtypeMenu") if menu.actions()]
