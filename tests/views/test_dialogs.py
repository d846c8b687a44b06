"""Opening and saving: what was chosen is there, what can't be is a sentence, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tests.person import CTRL, KEY, Person

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path | str) -> None:
    """Whatever dialog for files opens, these are chosen."""
    first = str(paths[0]) if paths else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (first, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))


def test_a_workspace_is_saved_and_opened_again(
    person: Person, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "mine")
    person.key(KEY.Key_S, CTRL)
    assert person.snapshot.notice.text == "Saved as mine.mplay."
    person.enter("D = A.T")
    choose(monkeypatch, tmp_path / "mine.mplay")
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.key(KEY.Key_O, CTRL)
    assert person.snapshot.workspace.names == ("A", "B", "C")
    assert person.snapshot.shown == "C"
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == ("A", "B", "C", "D")


@pytest.mark.parametrize(("entry", "shape"), [("A", (3, 2)), ("C", (3, 4))])
def test_an_array_or_a_result_is_exported(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, shape: tuple[int, ...]
) -> None:
    person.window.session.select(entry)
    choose(monkeypatch, tmp_path / "out.npy")
    person.key(KEY.Key_E, CTRL)
    assert np.load(tmp_path / "out.npy").shape == shape


def test_what_has_no_value_can_t_be_exported_and_says_so(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.enter("linalg.inv(zeros((2, 2)))")
    choose(monkeypatch, tmp_path / "out.npy")
    person.key(KEY.Key_E, CTRL)
    assert "no value" in person.snapshot.notice.text
    assert not (tmp_path / "out.npy").exists()


def test_several_files_are_opened_in_one_go(
    person: Person, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.save(tmp_path / "one.npy", np.ones(2))
    (tmp_path / "two.csv").write_text("1,2\n3,4\n")
    choose(monkeypatch, tmp_path / "one.npy", tmp_path / "two.csv")
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_files()
    assert set(person.snapshot.workspace.names) == {"A", "B", "C", "one", "two"}
    assert person.stored("two") == [[1, 2], [3, 4]]


def test_a_broken_file_is_said_though_others_opened(person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "broken.npy").write_bytes(b"nothing")
    np.save(tmp_path / "one.npy", np.ones(2))
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_paths([tmp_path / "broken.npy", tmp_path / "one.npy"])
    assert "one" in person.snapshot.workspace.names
    assert "broken.npy" in person.snapshot.notice.text


def test_a_place_that_can_t_be_written_is_said(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, tmp_path / "nowhere" / "out.npy")
    person.key(KEY.Key_E, CTRL)
    assert person.snapshot.notice.text
    assert "Saved" not in person.snapshot.notice.text


def test_nothing_happens_when_nothing_is_chosen(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch)
    before = person.snapshot.workspace
    for key in (KEY.Key_S, KEY.Key_O, KEY.Key_E):
        person.key(key, CTRL)
    assert person.snapshot.workspace is before


def test_closing_waits_for_a_file_that_is_being_read(person: Person, tmp_path: Path) -> None:
    np.save(tmp_path / "large.npy", np.ones((500, 500)))
    person.window.dialogs.open_paths([tmp_path / "large.npy"])
    person.window.close()


def test_about_tells_what_this_is(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda _parent, _title, text: shown.append(text))
    person.window.dialogs.about()
    assert "Matrix Playground" in shown[0]
