"""The active cell as a real line of text, read as assistive tools read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAccessible

from playground.views.result_source import ResultSource
from playground.workspace.number_formats import NumberFormat
from tests.person import KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    Sit = Callable[..., Person]


def heard(widget: QWidget, what: QAccessible.Text = QAccessible.Text.Value) -> str:
    """What an assistive tool is told of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(what)


def sitting(sit: Sit, **entries: object) -> Person:
    person = sit(workspace(**entries) if entries else None)
    person.window.complete()
    person.settle()
    return person


def test_it_is_a_text_that_can_be_read_and_not_written(sit: Sit) -> None:
    person = sitting(sit)
    line = person.window.cell_line
    interface = QAccessible.queryAccessibleInterface(line)
    assert line.isVisible()
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.state().readOnly
    assert interface.state().focusable
    assert heard(line, QAccessible.Text.Name) == "Active cell"
    assert heard(line) == "C[0, 1] = 0"
    assert "computed from A @ B" in heard(line, QAccessible.Text.Description)


def test_it_follows_the_keys_with_all_digits(sit: Sit) -> None:
    person = sitting(sit, A=np.array([[1 / 3, -2.0], [1e-320, np.nan]]), C="A + 1")
    line, grid = person.window.cell_line, person.operand("A")
    grid.setFocus()
    assert heard(line) == "A[0, 0] = 0.3333333333333333"
    assert heard(line, QAccessible.Text.Description) == "Type into its grid to change it."
    heard_after = []
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Left):
        person.key(key)
        heard_after.append(heard(line))
    assert heard_after == ["A[0, 1] = -2", "A[1, 1] = nan", "A[1, 0] = 1e-320"]
    person.result.setFocus()
    assert heard(line).startswith("C[")


def test_it_says_what_is_typed_as_soon_as_it_stands_there(sit: Sit) -> None:
    person = sitting(sit)
    grid = person.operand("A")
    grid.setFocus()
    person.key(KEY.Key_Home)
    person.type("1/3")
    person.key(KEY.Key_Return)
    person.key(KEY.Key_Up)
    assert heard(person.window.cell_line) == "A[0, 0] = 0.3333333333333333"
    assert "0.333333" in heard(grid, QAccessible.Text.Description)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.array(2.5), "A = 2.5"),
        (np.array([1, 2, 3]), "A[0] = 1"),
        (np.array([[True]]), "A[0, 0] = True"),
        (np.array([[1 + 2j]]), "A[0, 0] = 1+2j"),
        (np.array([[2**64 - 1]], np.uint64), "A[0, 0] = 18446744073709551615"),
        (np.array([[0.1]], np.float32), "A[0, 0] = 0.1"),
        (np.arange(24.0).reshape(2, 3, 4), "A[0, 0, 0] = 0"),
    ],
)
def test_places_and_values_are_written_as_numpy_does(sit: Sit, array: np.ndarray, expected: str) -> None:
    person = sitting(sit, A=array)
    person.operand("A").setFocus()
    assert heard(person.window.cell_line) == expected


def test_a_slice_says_the_array_s_own_index(sit: Sit) -> None:
    person = sitting(sit, T=np.arange(24.0).reshape(2, 3, 4))
    field = person.shown("sliceField")[0]
    field.setFocus()
    field.selectAll()
    person.type("T[:, 2, ::-1]")
    person.key(KEY.Key_Return)
    grid = person.operand("T")
    grid.setFocus()
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Home)
    assert heard(person.window.cell_line) == "T[1, 2, 3] = 23"
    assert heard(grid, QAccessible.Text.Description) == "T[1, 2, 3]: 23"


def test_a_range_says_how_much_it_is(sit: Sit) -> None:
    person = sitting(sit)
    grid = person.operand("A")
    grid.setFocus()
    person.key(KEY.Key_Home)
    person.key(KEY.Key_Down, SHIFT)
    person.key(KEY.Key_Right, SHIFT)
    assert heard(person.window.cell_line) == "A[0, 0] = 2    in 2 by 2 cells"
    assert heard(grid, QAccessible.Text.Description).startswith("2 by 2 cells. A, row 0, column 0: 2")


def test_an_empty_array_says_so(sit: Sit) -> None:
    person = sitting(sit, A=np.zeros((0, 3)))
    person.operand("A").setFocus()
    assert heard(person.window.cell_line).startswith("A: 0×3: no cells.")


def test_the_sentence_says_numbers_as_the_cells_show_them(sit: Sit) -> None:
    person = sitting(sit, A=np.array([[0.25, 1.5]]))
    grid = person.operand("A")
    grid.setFocus()
    person.window.session.update(formats={"A": NumberFormat("percent", 1)})
    person.settle()
    assert heard(grid, QAccessible.Text.Description) == "A, row 0, column 0: 25.0%"
    assert heard(person.window.cell_line) == "A[0, 0] = 0.25"


def test_a_cell_on_its_way_is_said_when_it_has_come(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    person = sitting(sit)
    grid = person.result
    grid.setFocus()
    person.key(KEY.Key_Home)
    there = ResultSource.block
    monkeypatch.setattr(ResultSource, "block", lambda *_: None)
    person.key(KEY.Key_Right)
    assert heard(person.window.cell_line) == "C[0, 1] = on its way"
    monkeypatch.setattr(ResultSource, "block", there)
    grid.refresh()
    assert heard(person.window.cell_line) == "C[0, 1] = 0"


def test_another_equation_takes_it_along(sit: Sit) -> None:
    person = sitting(sit)
    person.operand("B").setFocus()
    assert heard(person.window.cell_line).startswith("B[")
    person.enter("A * 2")
    assert heard(person.window.cell_line).startswith("C[")
    person.enter("C2 = eye(2)")
    assert heard(person.window.cell_line).startswith("C2[")


def test_tab_comes_to_it_and_its_text_can_be_copied(sit: Sit, qapp: object) -> None:
    person = sitting(sit)
    line = person.window.cell_line
    line.setFocus()
    assert line.hasFocus()
    line.selectAll()
    line.copy()
    assert qapp.clipboard().text() == "C[0, 1] = 0"
