"""Tables, lists and archives that hold no numbers, opened and dropped: the cells are named, the rest is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from playground.views import formula_desk
from playground.workspace.workspace import Workspace
from tests.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TEXTS = {
    "ragged.csv": ("1,2,3\n4,5\n", "row 2 has 2 cells, row 1 has 3."),
    "words.csv": ("name,age\nann,3\n", "row 2, column 1: 'ann' isn't a number"),
    "dates.csv": ("2020-01-01,1\n2020-01-02,2\n", "row 1, column 1: '2020-01-01' isn't a number"),
    "missing.csv": ("1,,3\n4,NA,6\n", "row 1, column 2 is empty; row 2, column 2: 'NA' isn't a number"),
    "notes.txt": ("once upon a time", "row 1, column 1: 'once' isn't a number"),
    "binary.csv": ("1,2\n\x00,3\n", "isn't text"),
    "ragged.json": ("[[1, 2], [3]]", "row 2 has length 1, the first has 2."),
    "null.json": ("[[1, null]]", "row 1, column 2 is null."),
    "texts.json": ('[["a", 1]]', "row 1, column 1 is the text 'a'."),
    "names.json": ('{"A": [1]}', "holds an object with names"),
    "broken.json": ("[[1, 2", "isn't JSON"),
    "nothing.csv": ("", "is empty"),
}


def opened(qtbot: QtBot, *paths: Path) -> Person:
    """A window in which somebody opened files with File, Open."""
    person = Person(qtbot, Workspace())
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_paths(paths)
    return person


def notice(person: Person) -> str:
    assert person.snapshot.notice is not None
    return person.snapshot.notice.text


@pytest.mark.parametrize("name", TEXTS)
def test_the_cells_that_cannot_be_read_are_named(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    text, reason = TEXTS[name]
    (tmp_path / name).write_text(text)
    person = opened(qtbot, tmp_path / name)
    assert person.snapshot.workspace.names == ()
    assert notice(person).startswith(name)
    assert reason in notice(person)


def test_records_name_their_fields(qtbot: QtBot, tmp_path: Path) -> None:
    np.save(tmp_path / "r.npy", np.zeros(2, [("height", "f8"), ("weight", "i4")]))
    person = opened(qtbot, tmp_path / "r.npy")
    assert person.snapshot.workspace.names == ()
    assert "records of several fields" in notice(person)
    assert "height, weight" in notice(person)


def test_dates_and_durations_are_called_so(qtbot: QtBot, tmp_path: Path) -> None:
    np.save(tmp_path / "d.npy", np.array(["2020-01-01"], "M8[D]"))
    assert "It holds dates (datetime64[D])" in notice(opened(qtbot, tmp_path / "d.npy"))


def mixed(path: Path) -> Path:
    arrays = {
        "labels": np.array(["a", "b"]),
        "X": np.eye(2),
        "anything": np.array([1, None], object),
        "when": np.array(["2020"], "M8[Y]"),
        "records": np.zeros(2, [("x", "f8")]),
        "y": np.arange(3),
    }
    np.savez(path, **arrays)
    return path


def test_what_of_an_archive_can_be_read_is_opened_and_the_rest_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    person = opened(qtbot, mixed(tmp_path / "mix.npz"))
    assert person.snapshot.workspace.names == ("X", "y")
    said = notice(person)
    assert said.startswith("4 of 6 arrays of mix.npz are not opened: labels, anything, when, records.")
    assert "mix.npz:labels: It holds texts" in said
    person.window.session.undo()
    assert person.snapshot.workspace.names == ()


def test_an_archive_without_any_number_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", a=np.array(["x"]), b=np.array(["y"]))
    person = opened(qtbot, tmp_path / "t.npz")
    assert person.snapshot.workspace.names == ()
    assert notice(person).startswith("t.npz:a: It holds texts")


def test_files_that_are_dropped_are_read_as_those_that_are_opened(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("1,x\n")
    (tmp_path / "good.csv").write_text("1,2\n")
    person = Person(qtbot, Workspace())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("bad.csv", "good.csv")])
    place, copy = QPoint(300, 300), Qt.DropAction.CopyAction
    held, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, copy, data, held, keys)
    QApplication.sendEvent(person.window, entering)
    assert entering.isAccepted()
    event = QDropEvent(QPointF(place), copy, data, held, keys)
    with qtbot.waitSignal(person.window.dialogs.allRead):
        QApplication.sendEvent(person.window, event)
    assert person.snapshot.workspace.names == ("good",)
    assert notice(person).startswith("bad.csv: row 1, column 2: 'x' isn't a number")


def test_the_dialog_offers_every_ending_that_can_be_read(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from playground.files.load import READABLE

    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: (asked.append(given[3]), ([], ""))[1])
    Person(qtbot, Workspace()).window.dialogs.open_files()
    assert all(f"*{ending}" in asked[0] for ending in READABLE)


def test_a_refusal_is_seen_and_spoken_beside_a_problem_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(formula_desk, "announce", lambda _widget, text: spoken.append(text))
    person = Person(qtbot)
    person.enter("A @ A")
    problem = person.problem_text
    (tmp_path / "bad.csv").write_text("1,x\n")
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_paths([tmp_path / "bad.csv"])
    qtbot.waitUntil(lambda: "bad.csv: row 1, column 2: 'x' isn't a number" in person.problem_text)
    assert person.problem_text.startswith("A @ A needs as many rows in A (3)")
    assert spoken[-1].startswith("bad.csv")
    person.window.session.notify("file", "")
    person.settle()
    assert person.problem_text == problem
