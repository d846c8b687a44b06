"""Edits of rows and columns: at once where they are small, beside the window where they are large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.line_edits import LineEdits
from playground.session.session import Session
from playground.session.worker import InlineWorker
from playground.workspace.edits import DeleteLines, EditError, InsertLines, Resize, SetCell
from playground.workspace.line_edits import MoveLines
from tests.session.making import FakeEngine, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.workspace.workspace import Workspace

A = np.arange(12.0).reshape(4, 3)


class Desk:
    """A session, its edits of lines, and what came of them."""

    def __init__(self, document: Workspace, at_once_bytes: int) -> None:
        self.session = Session(document, InlineWorker(FakeEngine()))
        self.session.start()
        self.edits = LineEdits.of(self.session)
        self.edits.at_once_bytes = at_once_bytes
        self.done: list[str] = []

    def make(self, *edits: object) -> None:
        self.edits.make(edits, "A = code", "Done.", lambda: self.done.append("done"))  # type: ignore[arg-type]

    @property
    def cells(self) -> list[list[float]]:
        return self.session.snapshot.workspace.arrays["A"].to_numpy().tolist()

    @property
    def notice(self) -> str:
        notice = self.session.snapshot.notice
        return notice.text if notice is not None else ""


@pytest.fixture
def small(qtbot: QtBot) -> Desk:
    return Desk(workspace(A=A, B=A.T, C="A @ B"), at_once_bytes=1 << 20)


@pytest.fixture
def large(qtbot: QtBot) -> Desk:
    return Desk(workspace(A=A, B=A.T, C="A @ B"), at_once_bytes=0)


def test_a_small_edit_is_made_at_once(small: Desk) -> None:
    small.make(MoveLines("A", 0, 0, 1, 3))
    assert small.cells == A[[1, 2, 3, 0]].tolist()
    assert (small.done, small.notice, small.edits.code) == (["done"], "Done.", "A = code")
    small.session.undo()
    assert small.edits.code == ""


def test_a_large_one_comes_later_as_one_step(large: Desk, qtbot: QtBot) -> None:
    large.make(InsertLines("A", 1, 0, 1), InsertLines("B", 0, 0, 1))
    assert large.edits.is_busy
    assert large.cells == A.tolist()
    qtbot.waitUntil(lambda: not large.edits.is_busy)
    assert large.cells == np.insert(A, 0, 0, axis=1).tolist()
    assert (large.done, large.notice) == (["done"], "Done.")
    large.session.undo()
    assert large.cells == A.tolist()
    assert not large.session.snapshot.undo_label


def test_other_entries_may_change_meanwhile(large: Desk, qtbot: QtBot) -> None:
    large.make(DeleteLines("A", 0, 0, 1))
    large.session.edit(SetCell("B", (0, 0), 9.0))
    qtbot.waitUntil(lambda: not large.edits.is_busy)
    assert large.cells == A[1:].tolist()
    assert large.session.snapshot.workspace.arrays["B"].to_numpy()[0, 0] == 9


def test_who_changes_the_array_meanwhile_has_the_say(large: Desk, qtbot: QtBot) -> None:
    large.make(DeleteLines("A", 0, 0, 1))
    large.session.edit(SetCell("A", (0, 0), 9.0))
    qtbot.waitUntil(lambda: not large.edits.is_busy)
    assert large.cells[0][0] == 9
    assert len(large.cells) == 4
    assert large.notice == "A was changed meanwhile, so this wasn't done: Delete 1 line of A."
    assert large.done == []


def test_one_at_a_time(large: Desk, qtbot: QtBot) -> None:
    large.make(DeleteLines("A", 0, 0, 1))
    large.make(DeleteLines("A", 0, 0, 1))
    assert "still on its way" in large.notice
    qtbot.waitUntil(lambda: not large.edits.is_busy)
    assert large.cells == A[1:].tolist()


@pytest.mark.parametrize("error", [EditError("No."), MemoryError()])
def test_what_cant_be_done_is_said(
    large: Desk, qtbot: QtBot, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(MoveLines, "apply", fail)
    large.make(MoveLines("A", 0, 0, 1, 1))
    qtbot.waitUntil(lambda: not large.edits.is_busy)
    assert large.notice in ("No.", "There is too little memory for that: Move line 0 of A to 1.")
    assert large.cells == A.tolist()


def test_the_end_of_the_session_waits_for_what_runs(large: Desk) -> None:
    large.make(DeleteLines("A", 0, 0, 1))
    large.session.stop()
    assert not large.edits.is_busy
    assert large.cells == A.tolist()


def test_what_will_be_large_is_made_beside_the_window_too(qtbot: QtBot) -> None:
    desk = Desk(workspace(A=A), at_once_bytes=1000)
    for edit in (Resize("A", (100, 100)), InsertLines("A", 0, 0, 1000)):
        desk.make(edit)
        assert desk.edits.is_busy
        qtbot.waitUntil(lambda: not desk.edits.is_busy)
    assert np.shape(desk.cells) == (1100, 100)
