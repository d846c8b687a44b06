"""Copy and paste with real keys: what other programs get and give, what is asked, and one step of undo."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QRadioButton

from playground.files.copied.formats import formats
from playground.views.copy_commands import TITLES
from playground.views.grid.clipboard import NPY
from playground.views.grid.pasting import stop_reading
from playground.views.grid.question import Question
from playground.workspace.casting import SUPPORTED
from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from pytestqt.qtbot import QtBot


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def on_clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def at(person: Person, name: str, row: int = 0, column: int = 0) -> None:
    person.click_cell(person.operand(name), row, column)


def paste(person: Person, text: str) -> None:
    put(text)
    person.key(KEY.Key_V, CTRL)


def question(person: Person) -> Question | None:
    return next((found for found in person.window.findChildren(Question) if found.isVisible()), None)


def answer(person: Person, number: int) -> str:
    """Choose an answer with the arrows and Enter; returns what was asked."""
    asked = question(person)
    assert asked is not None
    said = asked.accessibleName()
    asked.activateWindow()
    person.settle()
    for _ in range(number):
        person.key(KEY.Key_Down)
    person.key(KEY.Key_Return)
    assert question(person) is None
    person.window.activateWindow()
    person.settle()
    return said


@pytest.fixture
def made(qtbot: QtBot) -> Person:
    return Person(qtbot, workspace(A=np.array([[1.0, 2], [3, 4]]), B=np.array([[1, 2], [3, 4]]), C="A @ B"))


def test_what_is_copied_has_text_a_table_and_all_bits(made: Person) -> None:
    at(made, "A")
    made.key(KEY.Key_A, CTRL)
    made.key(KEY.Key_C, CTRL)
    data = on_clipboard()
    assert data.text() == "1\t2\n3\t4"
    assert "<td>3</td><td>4</td>" in data.html()
    assert data.hasFormat(NPY)


@pytest.mark.parametrize("dtype", SUPPORTED, ids=str)
def test_cells_pasted_in_the_program_keep_every_bit(qtbot: QtBot, dtype: np.dtype) -> None:  # type: ignore[type-arg]
    bits = np.random.default_rng(5).integers(0, 256, 2 * 3 * dtype.itemsize).astype(np.uint8)
    values = (bits[:6] > 99).reshape(2, 3) if dtype.kind == "b" else bits.view(dtype).reshape(2, 3)
    person = Person(qtbot, workspace(A=values, B=np.zeros((2, 3), dtype)))
    for name, key in (("A", KEY.Key_C), ("B", KEY.Key_V)):
        person.window.session.select(name)
        person.settle()
        grid = next(
            g for g in person.shown("operandGrid") + person.shown("resultGrid") if g.property("entryName") == name
        )
        person.click_cell(grid, 0, 0)
        person.key(KEY.Key_A, CTRL)
        person.key(key, CTRL)
    pasted = person.snapshot.workspace.get("B").array.to_numpy()
    assert pasted.dtype == dtype
    assert pasted.tobytes() == values.tobytes()


def test_excel_s_cells_are_pasted_as_one_step_of_undo(made: Person) -> None:
    at(made, "A")
    paste(made, "5\t6,5\r\n7\t8\r\n")
    assert made.stored("A") == [[5, 6.5], [7, 8]]
    made.key(KEY.Key_Z, CTRL)
    assert made.stored("A") == [[1, 2], [3, 4]]


def test_one_value_fills_the_selection_and_a_row_repeats_over_a_taller_one(made: Person) -> None:
    at(made, "A")
    made.key(KEY.Key_A, CTRL)
    paste(made, "9")
    assert made.stored("A") == [[9, 9], [9, 9]]
    paste(made, "1\t2")
    assert made.stored("A") == [[1, 2], [1, 2]]
    paste(made, "5\n6")
    assert made.stored("A") == [[5, 5], [6, 6]]


def test_over_the_border_it_is_asked_whether_to_extend_or_to_clip(made: Person) -> None:
    at(made, "A", 1, 1)
    paste(made, "5\t6\n7\t8")
    assert "border" in answer(made, 0)
    assert made.stored("A") == [[1, 2, 0], [3, 5, 6], [0, 7, 8]]
    made.key(KEY.Key_Z, CTRL)
    assert made.stored("A") == [[1, 2], [3, 4]]
    at(made, "A", 1, 1)
    paste(made, "5\t6\n7\t8")
    answer(made, 1)
    assert made.stored("A") == [[1, 2], [3, 5]]


def test_esc_answers_nothing(made: Person) -> None:
    at(made, "A", 1, 1)
    paste(made, "5\t6")
    asked = question(made)
    assert asked is not None
    asked.activateWindow()
    made.settle()
    made.key(KEY.Key_Escape)
    assert question(made) is None
    assert made.stored("A") == [[1, 2], [3, 4]]


def test_an_ambiguous_text_is_shown_in_each_reading(made: Person) -> None:
    at(made, "A")
    paste(made, "0,5\n1,5")
    assert "more than one way" in answer(made, 1)
    assert made.stored("A") == [[0.5, 2], [1.5, 4]]


def test_after_escape_on_the_question_the_keys_go_to_the_cells_again(made: Person) -> None:
    at(made, "A")
    before = made.stored("A")
    paste(made, "0,5\n1,5")
    asked = question(made)
    assert asked is not None
    QTest.keyClick(asked, KEY.Key_Escape)
    made.settle()
    assert made.stored("A") == before
    assert made.operand("A").hasFocus()


def test_brackets_are_a_minus_or_nothing_as_it_is_chosen(made: Person) -> None:
    at(made, "A")
    for number, expected in enumerate([[-5, 0.06], [5, 0.06]]):
        paste(made, "(5)\t6 %")
        asked = question(made)
        assert asked is not None
        answers = [asked.findChild(QRadioButton, f"pasteAnswer{k}") for k in range(2)]
        previews = [choice.accessibleDescription().split() for choice in answers]
        assert previews == [["−5", "0.06"], ["5", "0.06"]]
        answer(made, number)
        assert made.stored("A")[0] == expected


def test_empty_cells_become_nan_or_stay(made: Person) -> None:
    at(made, "A")
    paste(made, "5\t\n\t6")
    answer(made, 1)
    assert made.stored("A") == [[5, 2], [3, 6]]
    paste(made, "7\t\n\t8")
    answer(made, 0)
    np.testing.assert_array_equal(made.stored("A"), [[7, np.nan], [np.nan, 8]])


@pytest.mark.parametrize("text", ["1.5\t2", "0,5;2", "[1.25, 2j]"])
def test_what_would_lose_is_pasted_with_the_dtype_that_holds_it_after_a_second_paste(made: Person, text: str) -> None:
    at(made, "B")
    paste(made, text)
    assert made.stored("B") == [[1, 2], [3, 4]]
    assert "Paste again" in made.snapshot.notice.text
    made.key(KEY.Key_V, CTRL)
    assert made.stored("B")[0] != [1, 2]
    assert made.snapshot.workspace.get("B").array.dtype.kind in "fc"
    made.key(KEY.Key_Z, CTRL)
    assert made.snapshot.workspace.get("B").array.dtype == np.dtype(np.int64)


def test_cells_of_the_program_that_another_dtype_can_not_hold_are_named(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.array([[1.0, 1.75]]), B=np.array([[1, 2]]), C="A + B"))
    at(person, "A")
    person.key(KEY.Key_A, CTRL)
    person.key(KEY.Key_C, CTRL)
    at(person, "B")
    person.key(KEY.Key_V, CTRL)
    assert "row 0, column 1 (“1.75”). Paste again to change to float64" in person.snapshot.notice.text
    assert person.stored("B") == [[1, 2]]
    person.key(KEY.Key_V, CTRL)
    assert person.stored("B") == [[1, 1.75]]


@pytest.mark.parametrize("text", ["1\t2\n3", "1\tcat", "", "some words"])
def test_what_can_not_be_read_changes_nothing_and_is_said(made: Person, text: str) -> None:
    at(made, "A")
    paste(made, text)
    assert made.stored("A") == [[1, 2], [3, 4]]
    assert made.snapshot.notice.text


def test_a_large_paste_is_read_beside_the_window_and_is_one_step_of_undo(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.zeros((300, 300))))
    grid = next(iter(person.shown("operandGrid") + person.shown("resultGrid")))
    values = np.random.default_rng(0).standard_normal((300, 300))
    person.click_cell(grid, 0, 0)
    paste(person, "\n".join("\t".join(map(repr, row)) for row in values.tolist()))
    qtbot.waitUntil(lambda: person.stored("A") == values.tolist(), timeout=20_000)
    person.key(KEY.Key_Z, CTRL)
    assert not np.any(person.stored("A"))


def test_a_large_paste_is_given_up_with_esc(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.zeros((3, 3))))
    grid = next(iter(person.shown("operandGrid") + person.shown("resultGrid")))
    person.click_cell(grid, 0, 0)
    paste(person, "x\n" * 1_000_000)
    assert grid.cancel()
    stop_reading()
    person.settle()
    assert not np.any(person.stored("A"))


def test_a_large_copy_has_its_text_soon_after(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(A=np.full((300, 300), 0.5)))
    grid = next(iter(person.shown("operandGrid") + person.shown("resultGrid")))
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_A, CTRL)
    person.key(KEY.Key_C, CTRL)
    assert on_clipboard().hasFormat(NPY)
    qtbot.waitUntil(lambda: on_clipboard().hasText())
    assert on_clipboard().text() == "\n".join(["\t".join(["0.5"] * 300)] * 300)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_copy_as_copies_the_whole_array_or_what_is_selected(made: Person) -> None:
    at(made, "A")
    grid = made.operand("A")
    grid.show_menu(grid.cell_position(0, 0))
    menu = made.find("copyAsMenu")
    assert isinstance(menu, QMenu)
    assert menu.title() == "Copy A as"
    next(action for action in menu.actions() if action.objectName() == "copyAs_matlab").trigger()
    assert on_clipboard().text() == "[1 2; 3 4]"
    made.find("gridMenu").close()
    made.key(KEY.Key_Space, CTRL)
    made.window.menus.action("copy-as-latex").trigger()
    assert on_clipboard().text() == "\\begin{bmatrix}\n  1 \\\\\n  3\n\\end{bmatrix}"
    assert made.snapshot.notice.text == "Copied as LaTeX."


def test_the_menus_have_every_format(made: Person) -> None:
    assert tuple((item.name, item.title) for item in formats()) == TITLES
    made.window.menus.fill()
    assert [action.text() for action in made.window.menus.menu("Edit/Copy as").actions()] == [t for _, t in TITLES]


ENDS = """
import sys
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from playground.views.grid.clipboard import put_block
app = QApplication([])
put_block(np.ones((int(sys.argv[1]),) * 2))
if sys.argv[2] == "with a loop":
    QTimer.singleShot(0, app.quit)
    app.exec()
"""


@pytest.mark.parametrize("size", ["2", "400"])
@pytest.mark.parametrize("manner", ["with a loop", "without"])
def test_a_program_that_ends_with_a_copy_on_the_clipboard_ends_well(size: str, manner: str) -> None:
    ended = subprocess.run([sys.executable, "-c", ENDS, size, manner], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
