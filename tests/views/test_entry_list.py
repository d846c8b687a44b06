"""The list of entries by keys and mouse: choose, rename, remove, and what each row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.language.signature import Signature
from playground.workspace.shape_edits import AddShape
from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit


def place_of(person: Person, name: str) -> object:
    entries = person.window.side.entries
    return entries.visualRect(entries.model().index(person.snapshot.workspace.names.index(name), 0)).center()


def open_editor(person: Person) -> QLineEdit:
    person.key(KEY.Key_F2)
    return person.find("entryNameEdit")


def spoken(person: Person) -> list[str]:
    model = person.window.side.entries.model()
    return [str(model.index(k, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for k in range(model.rowCount())]


def test_a_click_and_the_arrow_keys_choose(person: Person) -> None:
    person.click(person.window.side.entries, place_of(person, "A"))
    assert person.snapshot.selected == "A"
    assert person.bar.text() == "[[2, 1], [0, 3], [-1, 2]]"
    assert person.snapshot.shown == "C"
    person.key(KEY.Key_Down)
    assert person.snapshot.selected == "B"
    person.key(KEY.Key_End)
    assert person.snapshot.selected == "C"


def test_f2_renames_in_the_formulas_too(person: Person) -> None:
    person.click(person.window.side.entries, place_of(person, "A"))
    open_editor(person).selectAll()
    person.type("weights")
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.names == ("weights", "B", "C")
    assert person.snapshot.workspace.get("C").source == "weights @ B"
    assert person.snapshot.selected == "weights"
    assert person.operand("weights").isVisible()
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.get("C").source == "A @ B"


@pytest.mark.parametrize("name", ["B", "for", "1x", "a b", "x!"])
def test_a_name_that_can_t_be_is_refused_in_words(person: Person, name: str) -> None:
    person.click(person.window.side.entries, place_of(person, "A"))
    open_editor(person).selectAll()
    person.type(name)
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.names == ("A", "B", "C")
    assert person.snapshot.notice.text


def test_escape_leaves_the_name(person: Person) -> None:
    person.click(person.window.side.entries, place_of(person, "A"))
    open_editor(person).selectAll()
    person.type("weights")
    person.key(KEY.Key_Escape)
    assert person.snapshot.workspace.names == ("A", "B", "C")


def test_delete_removes_and_undo_brings_back(person: Person) -> None:
    person.click(person.window.side.entries, place_of(person, "B"))
    person.key(KEY.Key_Delete)
    assert person.snapshot.workspace.names == ("A", "C")
    assert person.snapshot.selected == "C"
    assert person.problem_text
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == ("A", "B", "C")
    assert person.problem_text == ""


def test_rows_say_what_the_entries_are(person: Person) -> None:
    assert spoken(person) == [
        "A, array, (3, 2) float64",
        "B, array, (2, 4) float64",
        "C, formula A @ B, (3, 4) float64",
    ]
    person.enter("A @ B.T")
    assert spoken(person)[2] == "C, formula A @ B.T, has a problem"


def test_only_the_rows_that_changed_are_painted_again(person: Person) -> None:
    changed: list[int] = []
    person.window.side.entries.model().looksChanged.connect(lambda index: changed.append(index.row()))
    person.click_cell(person.operand("A"), 0, 0)
    person.type("9")
    person.key(KEY.Key_Return)
    assert set(changed) == {0, 2}


def test_many_entries_scroll(sit: Callable[..., Person]) -> None:
    person = sit(workspace(**{f"a{k}": [1.0] for k in range(60)}))
    entries = person.window.side.entries
    assert entries.verticalScrollBar().maximum() > 0
    assert person.find("addEntry").isVisible()
    assert person.find("addEntry").geometry().top() >= entries.geometry().bottom()
    entries.setFocus()
    person.key(KEY.Key_End)
    assert person.snapshot.selected == "a59"


def test_the_button_offers_what_can_be_new(person: Person) -> None:
    menu = person.window.tool_row.new_button.menu()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("Matrix")
    menu.actions()[-1].trigger()
    assert person.snapshot.workspace.names == ("A", "B", "C", "D")
    assert person.snapshot.workspace.get("D").source == "C.T"


def test_an_entry_without_numbers_says_so(sit: Callable[..., Person]) -> None:
    person = sit(workspace(C="x.T"))
    person.window.session.edit(AddShape("x", Signature((32, 784), np.dtype(np.float16), axis_names=("B", None)), 0))
    assert spoken(person) == [
        "x, shape without numbers, (B=32, 784) float16",
        "C, formula x.T, (784, B=32) float16, not computed",
    ]
    assert not person.find("entryList").grab().isNull()
