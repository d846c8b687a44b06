"""Texts that hold no numbers, pasted into a grid or the formula bar: a sentence, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from tests.person import CTRL, KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

INTO_A_GRID = {
    "1\t2\t3\n4\t5\n6\t7\t8": "The lines are not equally long: line 1 has 3, line 2 has 2 cells.",
    "hello\tworld\nfoo\tbar": "Can't read row 0, column 0 (“hello”)",
    "1\t2\n3\tabc": "Can't read row 1, column 1 (“abc”): “abc” isn't a number.",
    "[[1, 2], [3]]": "The lines are not equally long: line 1 has 2, line 2 has 1 cells.",
    "[['a', 'b']]": "Can't read row 0, column 0",
    "array([1, None, 'a'], dtype=object)": "Can't read row 0, column 2",
    "2020-01-01\t2020-01-02": "Can't read row 0, column 0 (“2020-01-01”)",
    "$1,000\t€2": "Can't read row 0, column 0 (“$1,000”)",
    "9" * 100_000: "This is too long for a number.",
    "[" * 5000 + "1" + "]" * 5000: "nested more than two deep",
    "\n".join(["\t".join(["1.5"] * 1000)] * 10_000): "10,000×1,000 cells are more than two million",
}

INTO_THE_BAR = {
    "[[1, 2], [3]]": "The parts of a list must have one shape: [1, 2] (2,) and [3] (1,) differ.",
    "[['a', 'b']]": "'a' is a text, and no array.",
    "array(['2020-01-01'], dtype='datetime64[D]')": "'2020-01-01' is a text, and no array.",
    "array([(1, 2.5)], dtype=[('a', '<i4'), ('b', '<f8')])": "is the dtype, and",
    "[" * 5000 + "1" + "]" * 5000: "nests too deeply",
    "9" * 30_000: "This integer is too long.",
}


def name_of(text: str) -> str:
    return ascii(text[:24])


@pytest.mark.parametrize("text", INTO_A_GRID, ids=name_of)
def test_a_paste_that_cannot_be_read_is_a_sentence_and_writes_nothing(person: Person, qtbot: QtBot, text: str) -> None:
    before = person.snapshot.workspace
    person.click_cell(person.operand("A"), 0, 0)
    QGuiApplication.clipboard().setText(text)
    person.key(KEY.Key_V, CTRL)

    def said() -> bool:
        notice = person.snapshot.notice
        return notice is not None and INTO_A_GRID[text] in notice.text

    qtbot.waitUntil(said, timeout=20_000)
    assert person.snapshot.workspace is before


@pytest.mark.parametrize("text", INTO_THE_BAR, ids=name_of)
def test_a_formula_that_is_no_array_is_a_sentence(person: Person, qtbot: QtBot, text: str) -> None:
    before = person.snapshot.workspace
    QGuiApplication.clipboard().setText(text)
    person.bar.setFocus()
    person.bar.selectAll()
    person.key(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: INTO_THE_BAR[text] in person.problem_text)
    assert person.bar.text() == text
    assert person.snapshot.workspace is before
    person.key(KEY.Key_Escape)
