"""The document through edits, drags and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.workspace.arrays import Array
from playground.workspace.edits import (
    AddArray,
    AddFormula,
    Remove,
    Rename,
    Resize,
    SetFormula,
)
from playground.workspace.examples import EXAMPLES
from playground.workspace.workspace import Workspace
from tests.session.making import (
    PRODUCT,
    FakeEngine,
    cell,
    choice,
    is_current,
    numbers,
    session_of,
    snapshots,
    value_of,
    workspace,
)

if TYPE_CHECKING:
    from playground.session.session import Session


# -- the beginning ----------------------------------------------------------------------------------------------------


def test_it_opens_with_the_result_its_cell_and_the_reason(session: Session) -> None:
    assert value_of(session, "C").tolist() == (np.array(PRODUCT["A"]) @ np.array(PRODUCT["B"])).tolist()
    assert choice(session) == ("C", "C", (0, 1))
    assert session.snapshot.why is not None
    assert not session.snapshot.computing
    assert session.snapshot.undo_label == session.snapshot.redo_label == ""


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_every_example_is_computed(name: str) -> None:
    session = session_of(EXAMPLES[name].build())
    assert session.snapshot.analysis.order
    assert all(is_current(session, formula) for formula in session.snapshot.analysis.order)
    session.stop()


def test_an_empty_workspace_has_nothing_and_takes_everything() -> None:
    session = session_of(Workspace())
    assert choice(session) == (None, None, None)
    session.undo()
    session.redo()
    session.choose_cell((0, 0))
    session.finish_move("nothing")
    session.cancel_move()
    session.select("A")
    assert session.edit(AddArray("A", Array.of([1.0])), select="A")
    assert choice(session) == ("A", "A", None)
    session.undo()
    assert choice(session) == (None, None, None)
    session.stop()


# -- edits, undo, redo ------------------------------------------------------------------------------------------------


def test_an_edit_is_computed_and_taken_back_exactly(session: Session) -> None:
    before = session.snapshot.workspace
    assert session.edit(cell("A", 1, 0, 5.0))
    after = session.snapshot.workspace
    assert value_of(session, "C")[1].tolist() == [11.0, 1.0, 12.0, 12.0]
    session.undo()
    assert session.snapshot.workspace is before
    assert value_of(session, "C")[1].tolist() == [6.0, 6.0, -3.0, 12.0]
    assert session.snapshot.redo_label
    session.redo()
    assert session.snapshot.workspace is after
    assert session.snapshot.redo_label == ""


def test_undo_and_redo_bring_back_what_was_chosen(session: Session) -> None:
    session.choose_cell((2, 3))
    session.select("A")
    assert choice(session) == ("A", "C", (2, 3))
    session.edit(AddFormula("D", "B.T"), select="D")
    session.choose_cell((3, 1))
    session.select("C")
    session.choose_cell((0, 0))
    session.undo()
    assert choice(session) == ("A", "C", (2, 3))
    session.redo()
    assert choice(session)[:2] == ("D", "D")


def test_an_edit_that_cannot_be_done_changes_nothing_and_says_why(session: Session) -> None:
    before = session.snapshot.workspace
    assert not session.edit(AddArray("A", Array.of([1.0])), select="A")
    assert session.snapshot.workspace is before
    assert session.snapshot.notice is not None
    assert "A" in session.snapshot.notice.text
    assert session.snapshot.undo_label == ""
    assert session.edit(cell("A", 0, 0, 1.0))
    assert session.snapshot.notice is None


def test_what_changes_nothing_is_no_step(session: Session) -> None:
    session.edit(SetFormula("C", "A @ B"))
    session.edit(Resize("A", (3, 2)))
    assert session.snapshot.undo_label == ""


def test_removing_the_chosen_entry_chooses_its_neighbour(session: Session) -> None:
    session.select("B")
    session.edit(Remove("B"))
    assert session.snapshot.selected == "C"
    session.undo()
    assert session.snapshot.selected == "B"


def test_a_rename_reaches_the_formulas_and_keeps_what_was_chosen(session: Session) -> None:
    session.choose_cell((2, 2))
    result = session.snapshot.results["C"].result
    seen = snapshots(session)
    session.edit(Rename("A", "weights"))
    session.edit(Rename("C", "out"))
    assert session.snapshot.workspace.formulas == {"out": "weights @ B"}
    assert choice(session) == ("out", "out", (2, 2))
    assert is_current(session, "out")
    assert all(s.results.get("C") or s.results.get("out") for _, new in seen for s in [new]), "never without a picture"
    assert result is not None
    session.undo()
    session.undo()
    assert session.snapshot.workspace.formulas == {"C": "A @ B"}
    assert choice(session) == ("C", "C", (2, 2))


def test_opening_another_document_is_a_step_like_any_other(session: Session) -> None:
    session.choose_cell((2, 3))
    session.unfold("A")
    before = session.snapshot.workspace
    seen = snapshots(session)
    session.open_workspace(workspace(A=[[1, 2]], C="A.T"))
    assert choice(session) == ("C", "C", (0, 0))
    assert value_of(session, "C").tolist() == [[1.0], [2.0]]
    assert "C" not in seen[0][1].results, "the other document's result is not shown for this one's"
    assert session.snapshot.unfolded is None
    session.undo()
    assert session.snapshot.workspace is before
    assert choice(session) == ("C", "C", (2, 3))


# -- drags ------------------------------------------------------------------------------------------------------------


def test_a_drag_is_live_and_one_step(session: Session, engine: FakeEngine) -> None:
    before = session.snapshot.workspace
    for k in range(5):
        engine.calls.clear()
        session.move(cell("A", 0, 0, float(k)))
        assert session.snapshot.moving
        assert value_of(session, "C")[0, 0] == k + 2.0
        assert [name for name, _ in engine.calls] == ["patch", "evaluate", "drop"]
    session.finish_move("Move u")
    assert not session.snapshot.moving
    assert session.snapshot.undo_label == "Move u"
    session.undo()
    assert session.snapshot.workspace is before
    assert session.snapshot.undo_label == ""
    session.redo()
    assert numbers(session, "A")[0][0] == 4.0


def test_a_cancelled_drag_leaves_no_trace(session: Session) -> None:
    before = session.snapshot.workspace
    session.move(cell("A", 0, 0, 9.0))
    session.cancel_move()
    assert session.snapshot.workspace is before
    assert not session.snapshot.moving
    assert session.snapshot.undo_label == ""
    assert value_of(session, "C")[0, 0] == 4.0


def test_an_edit_in_the_middle_of_a_drag_ends_it_as_one_step(session: Session) -> None:
    before = session.snapshot.workspace
    session.move(cell("A", 0, 0, 9.0))
    session.edit(cell("B", 0, 0, 7.0))
    assert not session.snapshot.moving
    session.undo()
    assert session.snapshot.workspace is before


def test_a_refused_edit_in_the_middle_of_a_drag_loses_nothing(session: Session) -> None:
    before = session.snapshot.workspace
    session.move(cell("A", 0, 0, 9.0))
    assert not session.edit(AddArray("A", Array.of([1.0])))
    session.move(cell("A", 77, 0, 9.0))
    session.finish_move("Move u")
    assert numbers(session, "A")[0][0] == 9.0
    session.undo()
    assert session.snapshot.workspace is before


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back(session: Session) -> None:
    before = session.snapshot.workspace
    session.edit(cell("A", 2, 1, 8.0))
    edited = session.snapshot.workspace
    session.move(cell("A", 0, 0, 9.0))
    dragged = session.snapshot.workspace
    session.undo()
    assert session.snapshot.workspace is edited
    session.redo()
    assert session.snapshot.workspace is dragged
    session.undo()
    session.undo()
    assert session.snapshot.workspace is before
