"""A paste over the border and an entry beyond the dtype: the array grows or widens, as one step, on any slice of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from playground.views.grid.question import Question
from playground.workspace.slice_text import parse_slice
from playground.workspace.slicing import Slicing, usual
from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

T = np.arange(24.0).reshape(2, 3, 4)


def paste_and_extend(person: Person, text: str) -> str:
    """Paste, choose the first answer, and return what it offered."""
    QGuiApplication.clipboard().setText(text)
    person.key(KEY.Key_V, CTRL)
    asked = next(found for found in person.window.findChildren(Question) if found.isVisible())
    asked.activateWindow()
    person.settle()
    offered = person.find("pasteAnswer0").accessibleName()
    person.key(KEY.Key_Return)
    person.window.activateWindow()
    person.settle()
    return offered


@pytest.mark.parametrize(
    ("text", "shape", "offered"),
    [
        ("[1, :, :]", (2, 4, 5), "2×4×5"),
        ("[:, 2, :]", (3, 3, 5), "3×3×5"),
        ("[:, :, 3].T", (3, 4, 4), "3×4×4"),
        ("[1, ::-1, :]", (2, 4, 5), "2×4×5"),
        ("[::-1, 0, ::-1].T", (3, 3, 5), "3×3×5"),
    ],
)
def test_a_slice_grows_at_the_end_that_is_seen(qtbot: QtBot, text: str, shape: tuple[int, ...], offered: str) -> None:
    person = Person(qtbot, workspace(T=T))
    slicing = parse_slice(text, usual(T.shape), "T")
    assert isinstance(slicing, Slicing)
    person.window.session.update(slices={"T": slicing})
    person.settle()
    grid = person.operand("T")
    seen = slicing.of(T)
    last = (slicing.rows - 1, slicing.columns - 1)
    person.click_cell(grid, *last)
    assert paste_and_extend(person, "91\t92\n93\t94") == f"Extend T to {offered}"
    after = np.array(person.stored("T"))
    assert after.shape == shape
    expected = np.pad(seen, ((0, 1), (0, 1)))
    expected[-2:, -2:] = [[91, 92], [93, 94]]
    np.testing.assert_array_equal(grid.source.block(0, 99, 0, 99), expected)
    assert grid.source.slicing.text() == slicing.text()
    assert after.sum() == T.sum() - seen[last] + 91 + 92 + 93 + 94
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("T") == T.tolist()
    assert (grid.selection.row, grid.selection.column) == last
    assert grid.selection.single


def test_what_is_linked_grows_too(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.ones((2, 3)), B=np.ones((3, 2)), C="A @ B"))
    person.window.session.update(links=frozenset({("A", 1), ("B", 0)}))
    person.click_cell(person.operand("A"), 0, 2)
    paste_and_extend(person, "5\t6")
    assert (np.shape(person.stored("A")), np.shape(person.stored("B"))) == ((2, 4), (4, 2))
    person.key(KEY.Key_Z, CTRL)
    assert (np.shape(person.stored("A")), np.shape(person.stored("B"))) == ((2, 3), (3, 2))


def test_a_paste_that_grows_and_widens_is_one_step(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.array([[1, 2]])))
    person.click_cell(person.operand("A"), 0, 1)
    QGuiApplication.clipboard().setText("0.5\n1.5")
    person.key(KEY.Key_V, CTRL)
    paste_and_extend(person, "0.5\n1.5")  # pasting again accepts the wider dtype, and then it is asked
    assert person.stored("A") == [[1, 0.5], [0, 1.5]]
    assert person.snapshot.undo_label == "Paste 2 cells into A"
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == [[1, 2]]
    assert person.snapshot.undo_label == ""


def test_filling_with_a_fraction_widens_and_fills_in_one_step(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.array([[1, 2], [3, 4]])))
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_Down, SHIFT)
    before = grid.selection
    person.type("1/2")
    person.key(KEY.Key_Return, CTRL)
    person.key(KEY.Key_Return, CTRL)
    assert person.stored("A") == [[0.5, 2], [0.5, 4]]
    assert person.snapshot.undo_label == "Make A float64"
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.get("A").array.dtype == np.int64
    assert (person.snapshot.undo_label, grid.selection) == ("", before)
    person.key(KEY.Key_Y, CTRL)
    assert person.stored("A") == [[0.5, 2], [0.5, 4]]


def test_bits_beyond_the_dtype_are_told_as_a_number_and_taken_by_a_wider_one(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.array([[1, 2]], np.int8)))
    person.click_cell(person.operand("A"), 0, 0)
    person.type("0xff")
    person.key(KEY.Key_Return)
    said = person.find("cellNote").text()
    assert said == "0xff is 255; int8 holds -128 to 127. The same bits are -1. Enter again makes A int64."
    person.key(KEY.Key_Return)
    assert person.stored("A") == [[255, 2]]
    person.key(KEY.Key_Z, CTRL)
    assert (person.stored("A"), person.snapshot.workspace.get("A").array.dtype) == ([[1, 2]], np.int8)
