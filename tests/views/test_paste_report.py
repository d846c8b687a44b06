"""Code is pasted with real keys: entries in one step of undo, and a list of what is to be said line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QListWidget

from playground.views.paste_report import paste_text
from tests.person import CTRL, KEY, SHIFT, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LESSON = """import numpy as np

a = np.arange(15).reshape(3, 5)
a.ndim      # 2
a.data      # Memory buffer
B = np.array([[1, 2], [3, 4]])
"""


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def listed(person: Person) -> list[str]:
    found = person.find("pasteReportList")
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def notice(person: Person) -> str:
    assert person.snapshot.notice is not None
    return person.snapshot.notice.text


def paste_into_list(person: Person, text: str) -> None:
    copy(text)
    person.find("entryList").setFocus()
    person.key(KEY.Key_V, CTRL)


def test_code_pasted_into_the_list_becomes_entries_and_one_undo_takes_them_back(person: Person) -> None:
    before = person.snapshot.workspace.names
    paste_into_list(person, "p = np.array([1, 2])\nq = p @ p\nprint(q)")
    assert person.snapshot.workspace.names == (*before, "p", "q")
    assert person.stored("p") == [1, 2]
    assert person.snapshot.selected == "q"
    assert notice(person) == "2 entries added."
    assert not person.shown("pasteReport")
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == before


def test_what_cannot_be_taken_is_listed_and_esc_gives_the_focus_back(person: Person) -> None:
    paste_into_list(person, LESSON)
    (line,) = listed(person)
    assert line.startswith("5  a.data      # Memory buffer\nArrays have no attribute data.")
    assert notice(person) == "2 entries added, B replaced, 1 line passed over."
    focus = QApplication.focusWidget()
    assert focus is person.find("pasteReportList")
    assert focus.accessibleName()
    person.key(KEY.Key_Escape)
    assert not person.shown("pasteReport")
    assert QApplication.focusWidget() is person.find("entryList")


def test_code_pasted_again_after_a_change_updates_its_entries(person: Person) -> None:
    paste_into_list(person, LESSON)
    names = person.snapshot.workspace.names
    paste_into_list(person, LESSON)
    assert person.snapshot.workspace.names == names
    paste_into_list(person, LESSON.replace("[[1, 2]", "[[7, 2]"))
    assert person.snapshot.workspace.names == names
    assert person.stored("B") == [[7, 2], [3, 4]]


def test_lines_of_code_pasted_into_the_formula_bar_are_entries(person: Person) -> None:
    before = person.snapshot.workspace.names
    copy("u = A + 1\nw = u.T\n")
    person.write("A")
    person.key(KEY.Key_V, CTRL)
    assert person.snapshot.workspace.names == (*before, "u", "w")
    assert person.snapshot.draft is None


def test_an_error_pasted_into_the_bar_is_shapes_and_what_failed(person: Person) -> None:
    before = person.snapshot.workspace.names
    copy("RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x100 and 764x10)")
    person.write("")
    person.key(KEY.Key_V, CTRL)
    assert len(person.snapshot.workspace.names) == len(before) + 3
    assert [signature.shape for signature in person.snapshot.workspace.shapes.values()] == [(32, 100), (764, 10)]
    assert person.problem_text


def test_sizes_that_an_error_does_not_tell_are_said_beside_its_problem(person: Person) -> None:
    copy(
        "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
        "(n?,k),(k,m?)->(n?,m?) (size 764 is different from 100)"
    )
    person.write("")
    person.key(KEY.Key_V, CTRL)
    assert "needs as many rows" in person.problem_text
    assert "made up" in person.window.problem_bar.accessibleDescription()


def test_an_error_without_shapes_is_answered_in_one_sentence(person: Person) -> None:
    before = person.snapshot.workspace.names
    paste_into_list(person, 'Traceback (most recent call last):\n  File "a.py", line 1\n    x[3]\nIndexError: index 3')
    assert person.snapshot.workspace.names == before
    assert person.snapshot.notice is not None
    assert "error message" in person.snapshot.notice.text


@pytest.mark.parametrize("text", ["A.T", "np.array([[1, 2],\n          [3, 4]])"])
def test_one_formula_pasted_into_the_bar_is_text(person: Person, text: str) -> None:
    before = person.snapshot.workspace.names
    copy(text)
    person.write("")
    person.key(KEY.Key_V, CTRL)
    assert person.bar.text().startswith(text.partition("\n")[0])
    assert person.snapshot.workspace.names == before


def test_a_table_of_numbers_pasted_into_the_list_is_an_array(person: Person) -> None:
    paste_into_list(person, "1\t2\t3\n4\t5\t6\n")
    assert person.stored("D") == [[1, 2, 3], [4, 5, 6]]
    assert notice(person) == "The numbers are the new array D."


def test_numbers_pasted_into_a_grid_stay_numbers(person: Person) -> None:
    names = person.snapshot.workspace.names
    grid = person.operand("A")
    copy("7\t8\n")
    person.click_cell(grid, 0, 0)
    person.key(KEY.Key_V, CTRL)
    assert person.stored("A")[0][:2] == [7, 8]
    assert person.snapshot.workspace.names == names


def test_code_can_be_pasted_from_anywhere_with_a_key_of_its_own(person: Person) -> None:
    copy("k = A * 2")
    person.click_cell(person.operand("A"), 0, 0)
    person.key(KEY.Key_V, CTRL | SHIFT)
    assert person.snapshot.selected == "k"


def test_a_table_pasted_into_the_bar_is_an_array(person: Person) -> None:
    person.bar.setFocus()
    copy("1\t2\n3\t4\n")
    person.key(KEY.Key_V, CTRL)
    assert person.stored("D") == [[1, 2], [3, 4]]
    assert person.bar.text() != "1\t2\n3\t4\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\t2\n3\n", "The lines are not equally long: line 1 has 2, line 2 has 1 cells."),
        ("1\tx\n3\t4\n", "Can't read row 0, column 1 (“x”): “x” isn't a number."),
        ("2020-01-01\t1\n", "Can't read row 0, column 0 (“2020-01-01”): “2020-01-01” isn't a number."),
    ],
)
def test_a_table_that_cannot_be_read_names_its_cells(person: Person, text: str, said: str) -> None:
    before = person.snapshot.workspace
    paste_into_list(person, text)
    assert notice(person) == said
    assert person.snapshot.workspace is before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\t".join(["1.5"] * 1000) + "\n", "10,000×1,000 cells are more than two million"),
        ("hello world\n" * 5, "isn't a number"),
    ],
)
@pytest.mark.parametrize("place", ["list", "bar"])
def test_ten_million_cells_are_refused_beside_the_window(
    person: Person, qtbot: QtBot, text: str, said: str, place: str
) -> None:
    before = person.snapshot.workspace
    copy(text * 10_000)
    (person.window.side.entries if place == "list" else person.bar).setFocus()
    person.key(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: person.snapshot.notice is not None, timeout=20_000)
    assert said in notice(person)
    assert person.snapshot.workspace is before


def test_a_long_text_is_read_beside_the_window_and_becomes_an_array(person: Person, qtbot: QtBot) -> None:
    copy("\n".join(["\t".join(map(str, range(100)))] * 200))
    person.bar.setFocus()
    person.key(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: "D" in person.snapshot.workspace.names, timeout=20_000)
    assert person.snapshot.workspace.get("D").array.shape == (200, 100)


def test_a_formula_that_the_bar_would_cut_is_not_put_there(person: Person, qtbot: QtBot) -> None:
    before = person.bar.text()
    copy("A @ B" + " + 0" * 10_000)
    person.bar.setFocus()
    person.bar.selectAll()
    person.key(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: person.snapshot.notice is not None, timeout=20_000)
    assert person.bar.text() == before


def test_an_empty_clipboard_is_said(person: Person) -> None:
    copy("")
    person.key(KEY.Key_V, CTRL | SHIFT)
    assert notice(person) == "There is no text to paste: copy some lines of NumPy first."


def test_many_remarks_are_scrolled_and_leave_the_formula_its_room(person: Person) -> None:
    paste_into_list(person, "\n".join(f"plot{k}.show()" for k in range(40)))
    assert len(listed(person)) == 40
    assert person.find("pasteReport").height() < person.window.height() // 2
    found = person.find("pasteReportList")
    person.key(KEY.Key_End)
    assert found.currentRow() == 39


def test_the_problem_bar_makes_room_while_the_report_is_open(person: Person) -> None:
    bar, equation = person.window.problem_bar, person.window.equation
    places = bar.height(), equation.geometry()
    paste_text(person.window, "x = [1, 2]\nfor i in x: pass\n")
    person.settle()
    assert bar.height() < places[0] / 2
    assert bar.accessibleDescription(), "what was done is still said"
    person.key(KEY.Key_Escape)
    person.settle()
    assert (bar.height(), equation.geometry()) == places
