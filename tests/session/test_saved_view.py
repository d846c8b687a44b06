"""What a saved workspace remembers of how it was shown: it comes back, and nonsense in a file costs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.files.mplay import Document, read_document
from playground.files.save import save_document
from playground.session.opening import read, take
from playground.session.saved_view import document_of, seen_in, view_of
from playground.workspace.edits import Remove, Rename
from playground.workspace.number_formats import NumberFormat
from playground.workspace.slicing import Role, usual
from tests.session.making import cell, session_of, workspace

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = (4, 3, 2, 5)
DOCUMENT = workspace(T=np.zeros(SHAPE), A=[[1, 2]], R="T + 1")
SLICING = usual(SHAPE).with_role(0, Role.COLUMNS).turned(2).standing(1, 2).standing(3, 4)


def test_slices_and_formats_are_saved_and_come_back(tmp_path: Path) -> None:
    session = session_of(DOCUMENT)
    session.update(slices={"T": SLICING, "R": usual(SHAPE).standing(0, 3), "gone": SLICING})
    session.update(formats={"A": NumberFormat("percent", 1)})
    chosen = {name: session.snapshot.slices[name].text() for name in "TR"}
    assert view_of(session.snapshot) == {"formats": {"A": "percent 1"}, "slices": chosen}
    save_document(tmp_path / "a.mplay", Document(session.snapshot.workspace, view_of(session.snapshot)))
    other = session_of(workspace(X=[[1]]))
    assert take(other, read(tmp_path / "a.mplay"))
    assert {name: slicing.text() for name, slicing in other.snapshot.slices.items()} == chosen
    assert other.snapshot.formats == session.snapshot.formats
    assert other.snapshot.slices["T"].index_of(1, 3) == SLICING.index_of(1, 3)
    other.undo()
    assert (other.snapshot.slices, other.snapshot.formats) == ({}, {})
    session.stop()
    other.stop()


def test_what_is_shown_as_usual_saves_nothing() -> None:
    session = session_of(DOCUMENT)
    assert view_of(session.snapshot) == {}
    session.stop()


@pytest.mark.parametrize(
    "saved",
    [
        None,
        5,
        [],
        {"T": 5, "A": "[0, :]", "nothing": "[0]", "R": None},
        {"T": "[9, 0]"},
        {"T": "[:, :, :, 0]", "R": "T[0, 0]"},
        {"T": "__import__('os')"},
        {"T": "[" + "0," * 100_000 + "]"},
    ],
)
def test_slices_that_cannot_be_read_are_passed_over(saved: Any, tmp_path: Path) -> None:
    assert seen_in({"slices": saved}, DOCUMENT)["slices"] == {}
    view = {"slices": saved, "formats": {"A": "fixed 3", "T": "?"}, "colours of a later version": 7}
    save_document(tmp_path / "a.mplay", Document(DOCUMENT, view))
    session = session_of(workspace(X=[[1]]))
    assert take(session, read(tmp_path / "a.mplay"))
    assert session.snapshot.workspace.names == DOCUMENT.names
    assert session.snapshot.formats == {"A": NumberFormat("fixed", 3)}
    session.stop()


def test_one_bad_slice_leaves_the_others() -> None:
    assert list(seen_in({"slices": {"T": "[9]", "R": "[0, :, 1, :].T"}}, DOCUMENT)["slices"]) == ["R"]


def test_what_a_later_version_wrote_is_saved_again(tmp_path: Path) -> None:
    view = {"camera": [1, 2], "formats": {"A": "fixed 3"}}
    later = Document(workspace(A=[[1, 2]], B=[[3]]), view, {"lesson": "one"}, {"A": {"unit": "m"}, "B": {"unit": "s"}})
    save_document(tmp_path / "a.mplay", later)
    session = session_of(workspace(X=[[1]]))
    assert take(session, read(tmp_path / "a.mplay"))
    session.edit(Rename("A", "L"))
    session.edit(Remove("B"))
    saved = document_of(session.snapshot)
    assert saved.view == {"camera": [1, 2], "formats": {"L": "fixed 3"}}
    assert (saved.extra, saved.entry_extra) == ({"lesson": "one"}, {"L": {"unit": "m"}})
    save_document(tmp_path / "b.mplay", saved)
    assert read_document(tmp_path / "b.mplay").extra == {"lesson": "one"}
    session.undo()
    session.undo()
    assert document_of(session.snapshot).entry_extra == later.entry_extra
    session.undo()
    before = document_of(session.snapshot)
    assert (before.workspace.names, before.view, before.extra, before.entry_extra) == (("X",), {}, {}, {})
    session.redo()
    assert document_of(session.snapshot).extra == {"lesson": "one"}
    session.stop()


def test_links_come_back_with_the_document_that_they_are_of() -> None:
    session = session_of(workspace(A=[[1, 2]], B=[[1], [2]], C="A @ B"))
    linked = frozenset({("A", 1), ("B", 0)})
    session.update(links=linked)
    session.edit(Rename("A", "X"))
    assert session.snapshot.links == {("X", 1), ("B", 0)}
    session.open_workspace(workspace(Y=[[1]]))
    assert session.snapshot.links == frozenset()
    session.undo()
    assert session.snapshot.links == {("X", 1), ("B", 0)}
    session.undo()
    assert session.snapshot.links == linked
    session.edit(cell("B", 0, 0, 5.0))
    session.update(links=frozenset())
    session.undo()
    assert session.snapshot.links == frozenset(), "what was let go since stays so"
    session.stop()
