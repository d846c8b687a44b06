"""Which slice of an array is looked at: it comes back with undo, and is no part of the document."""

from __future__ import annotations

import numpy as np

from playground.workspace.edits import Rename
from playground.workspace.slice_edits import SetSlice
from playground.workspace.slicing import usual
from tests.session.making import session_of, workspace


def test_slices_come_back_with_undo_and_make_no_step() -> None:
    session = session_of(workspace(T=np.zeros((3, 2, 2))))
    first, second = usual((3, 2, 2)).standing(0, 1), usual((3, 2, 2)).standing(0, 2)
    session.update(slices={"T": first})
    assert session.snapshot.undo_label == ""
    session.edit(SetSlice("T", first, 0, 1, np.array([[5.0]])))
    session.update(slices={"T": second})
    session.edit(SetSlice("T", second, 1, 1, np.array([[6.0]])))
    session.update(slices={})
    session.undo()
    assert session.snapshot.slices == {"T": second}
    session.undo()
    assert session.snapshot.slices == {"T": first}
    session.redo()
    assert session.snapshot.slices == {"T": first}
    assert session.snapshot.workspace.get("T").array.item((1, 0, 1)) == 5
    session.stop()


def test_slices_follow_a_new_name() -> None:
    session = session_of(workspace(T=np.zeros((3, 2, 2))))
    session.update(slices={"T": usual((3, 2, 2)).standing(0, 1)})
    session.edit(Rename("T", "U"))
    assert list(session.snapshot.slices) == ["U"]
    session.undo()
    assert list(session.snapshot.slices) == ["T"]
    session.stop()
