"""Undo in the session: its budget is said, not hit; the hand and what was looked at come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session import steps
from playground.workspace.edits import Remove, Resize
from playground.workspace.history import History
from tests.session.making import cell, session_of, workspace

if TYPE_CHECKING:
    from playground.session.session import Session


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session whose undo keeps 1000 bytes at most."""
    monkeypatch.setattr(steps, "History", lambda: History(budget=1000))
    return session_of(workspace(A=np.ones((20, 20)), B=[[1, 2]], C="A.T"))


def test_an_edit_beyond_the_budget_is_done_and_said_in_one_line(small: Session) -> None:
    assert small.edit(cell("B", 0, 0, 5.0))
    assert small.edit(Resize("A", (2, 2)))
    assert small.snapshot.workspace.arrays["A"].shape == (2, 2)
    notice = small.snapshot.notice
    assert notice is not None
    assert notice.text == (
        "Resize A to (2, 2). This and what was done before can't be undone: it replaced more than 1 kB."
    )
    assert small.snapshot.undo_label == ""
    small.undo()
    assert small.snapshot.workspace.arrays["A"].shape == (2, 2)
    small.edit(cell("B", 0, 0, 6.0))
    assert small.snapshot.notice is None
    small.undo()
    assert small.snapshot.workspace.arrays["B"].item((0, 0)) == 5.0
    small.stop()


def test_a_drag_beyond_it_is_said_when_it_ends(small: Session) -> None:
    small.move(Resize("A", (10, 20)))
    small.move(Resize("A", (3, 20)))
    assert small.snapshot.notice is None
    small.finish_move("Drag the corner")
    assert small.snapshot.notice is not None
    assert small.snapshot.notice.text.startswith("Drag the corner. This and what was done before can't be undone")
    small.stop()


def test_the_way_back_from_another_document_is_kept_whatever_it_costs(small: Session) -> None:
    before = small.snapshot.workspace
    small.open_workspace(workspace(X=[[1]]))
    assert small.snapshot.notice is None
    small.undo()
    assert small.snapshot.workspace is before
    small.stop()


def test_the_hand_is_told_where_it_was_at_the_edit() -> None:
    session = session_of(workspace(A=[[1, 2]], B=[[3, 4]]))
    told: list[object] = []
    until: list[object] = []
    session.handReturned.connect(lambda hand, before: (told.append(hand), until.append(before)))
    session.edit(cell("B", 0, 0, 1.0))  # nobody has a hand there
    session.hand = lambda: "first"
    session.edit(cell("A", 0, 0, 5.0))
    session.hand = lambda: "drag"
    session.move(cell("A", 0, 1, 5.0))
    session.hand = lambda: "later"
    session.move(cell("A", 0, 1, 6.0))
    session.finish_move("Drag")
    session.hand = lambda: "elsewhere"
    session.undo()
    session.undo()
    assert told == ["drag", "first"]
    session.undo()
    assert told == ["drag", "first"]
    session.redo()
    session.redo()
    session.redo()
    assert told == ["drag", "first", "first", "later"]
    assert until == ["elsewhere"] * 4
    session.stop()


def test_the_chosen_entry_comes_back_before_the_hand() -> None:
    session = session_of(workspace(A=[[1, 2]], B=[[3, 4]]))
    session.hand = lambda: "A's"
    session.select("A")
    session.edit(cell("A", 0, 0, 5.0))
    session.edit(Remove("A"))
    shown: list[str | None] = []
    session.handReturned.connect(lambda *_: shown.append(session.snapshot.shown))
    session.undo()
    assert shown == ["A"]
    session.stop()
