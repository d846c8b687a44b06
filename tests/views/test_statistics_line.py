"""Statistics of the selection: at once for few cells, beside the window for many; copied with all digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from playground.session import reading
from playground.views.statistics_line import table_of, words_of
from playground.workspace.statistics import Tally
from tests.person import ALT, CTRL, KEY, SHIFT, Person, workspace
from tests.views.grid.seeking import Slow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

A = np.array([[3.0, -1.0, np.nan], [0.1, 0.2, np.inf]])


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    person = Person(qtbot, workspace(A=A, C="A * 2"))
    person.window.complete()
    person.operand("A").setFocus()
    return person


def line(person: Person) -> str:
    shown = person.shown("statisticsLine")
    return " ".join(shown[0].text().split()) if shown else ""


def test_nothing_is_said_of_one_cell(person: Person) -> None:
    assert line(person) == ""


def test_the_line_follows_the_selection_and_the_numbers(person: Person) -> None:
    person.key(KEY.Key_Right, SHIFT)
    assert line(person) == "2 cells min −1 max 3 mean 1 sum 2"
    person.key(KEY.Key_A, CTRL)
    assert line(person) == "6 cells min −1 max 3 mean 0.575 sum 2.3 NaN 1 ∞ 1"
    person.type("7")
    person.key(KEY.Key_Return, CTRL)
    assert line(person) == "6 cells min 7 max 7 mean 7 sum 42"
    person.key(KEY.Key_Escape)
    assert line(person) == ""


def test_ranges_count_each_cell_once(person: Person) -> None:
    person.key(KEY.Key_Right, SHIFT)
    person.key(KEY.Key_F8, SHIFT)
    person.key(KEY.Key_Down, SHIFT)
    assert line(person).startswith("3 cells min −1 max 3")


def test_it_follows_the_grid_that_is_used(person: Person) -> None:
    person.result.setFocus()
    person.key(KEY.Key_Home)
    person.key(KEY.Key_Right, SHIFT)
    assert line(person) == "2 cells min −2 max 6 mean 2 sum 4"
    person.operand("A").setFocus()
    assert line(person) == ""


def test_it_is_copied_with_all_digits(person: Person) -> None:
    person.key(KEY.Key_A, CTRL)
    person.key(KEY.Key_C, CTRL | ALT)
    rows = dict(row.split("\t") for row in QGuiApplication.clipboard().text().split("\n"))
    finite = A[np.isfinite(A)]
    assert rows["count"] == "6"
    assert (rows["nan"], rows["inf"], rows["-inf"]) == ("1", "1", "0")
    assert float(rows["mean"]) == finite.mean()
    assert float(rows["std"]) == pytest.approx(finite.std(), rel=1e-15)
    assert person.snapshot.notice is not None
    QGuiApplication.clipboard().clear()
    person.click(person.shown("copyStatistics")[0])
    assert QGuiApplication.clipboard().text().startswith("count\t6")


def test_without_a_selection_copying_says_what_to_do(person: Person) -> None:
    person.key(KEY.Key_C, CTRL | ALT)
    assert person.snapshot.notice is not None
    assert "more than one cell" in person.snapshot.notice.text


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([2**62, 2**62, 1]), ["3 cells", "min 1", "max 4611686018427387904", "mean 3.074e18",
                                       "sum 9223372036854775809"]),
        (np.array([True, False]), ["2 cells", "min 0", "max 1", "mean 0.5", "sum 1"]),
        (np.array([1 + 2j, 3]), ["2 cells", "mean 2+1j", "sum 4+2j"]),
        (np.array([np.nan, -np.inf]), ["2 cells", "NaN 1", "−∞ 1"]),
    ],
)  # fmt: skip
def test_every_dtype_has_words(values: np.ndarray, expected: list[str]) -> None:
    tally = Tally()
    tally.add(values)
    assert words_of(tally.statistics, values.dtype) == expected
    assert table_of(tally.statistics, values.dtype).startswith(f"count\t{len(values)}")


def test_many_cells_are_counted_beside_the_window(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    slow = Slow(np.ones((2000, 1000)))
    grid.set_source(slow)
    person.key(KEY.Key_A, CTRL)
    assert line(person) == "2,000,000 cells …"
    assert not person.shown("copyStatistics")
    assert slow.reading.wait(20)
    slow.let.set()
    qtbot.waitUntil(lambda: line(person) == "2,000,000 cells min 1 max 1 mean 1 sum 2e6", timeout=20_000)


def test_another_selection_gives_the_count_up(person: Person, qtbot: QtBot) -> None:
    grid = person.operand("A")
    slow = Slow(np.ones((2000, 1000)))
    grid.set_source(slow)
    person.key(KEY.Key_A, CTRL)
    assert slow.reading.wait(20)
    person.key(KEY.Key_Escape)
    assert line(person) == ""
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)
    assert line(person) == ""


def test_a_window_that_closes_gives_the_count_up(person: Person, qtbot: QtBot) -> None:
    slow = Slow(np.ones((2000, 1000)))
    person.operand("A").set_source(slow)
    person.key(KEY.Key_A, CTRL)
    assert slow.reading.wait(20)
    person.window.close()
    assert slow.let.is_set()
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)


@pytest.mark.parametrize("size", [(1280, 800), (1000, 700)])
def test_the_bottom_line_stays_inside_the_window(qtbot: QtBot, size: tuple[int, int]) -> None:
    person = Person(qtbot, workspace(A=np.linspace(-1, 1, 90).reshape(9, 10), C="A @ A.T"), size=size)
    person.window.complete()
    person.operand("A").setFocus()
    person.key(KEY.Key_A, CTRL)
    person.settle()
    assert person.window.width() == size[0]
    details = person.find("timingDetails")
    assert details.width() >= details.sizeHint().width() - 2
