"""Results through problems, failures and choices: what is current, what is kept, what is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.workspace.arrays import Array
from playground.workspace.edits import (
    AddArray,
    AddFormula,
    ChangeDtype,
    DeleteLines,
    InsertLines,
    Move,
    Resize,
    SetFormula,
)
from tests.session.making import (
    PRODUCT,
    FakeEngine,
    cell,
    failure_of,
    is_current,
    session_of,
    snapshots,
    value_of,
    workspace,
)

if TYPE_CHECKING:
    from playground.session.session import Session


# -- problems and failures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["A @", "A @ B.T", "nothing + 1", "C + 1", "", "import os", "A[", "linalg.svd(A)"])
def test_a_problem_keeps_the_last_good_result_and_a_mended_one_is_current(session: Session, text: str) -> None:
    good = session.snapshot.results["C"].result
    session.edit(SetFormula("C", text))
    assert session.snapshot.analysis.meanings["C"].problem is not None
    assert session.snapshot.results["C"].result is good
    assert not is_current(session, "C")
    assert session.snapshot.arrows is not None, "nor do its arrows go"
    assert session.snapshot.cell == (0, 1)
    session.edit(SetFormula("C", "A @ B + 1"))
    assert is_current(session, "C")
    assert value_of(session, "C")[0, 0] == 5.0


def test_a_cycle_made_and_unmade(session: Session) -> None:
    session.edit(AddFormula("D", "C + 1"))
    session.edit(SetFormula("C", "D + 1"))
    problems = [meaning.problem for meaning in session.snapshot.analysis.meanings.values()]
    assert {problem.kind for problem in problems if problem is not None} == {"cycle"}
    assert not is_current(session, "C")
    session.edit(SetFormula("C", "A @ B"))
    assert is_current(session, "C")
    assert is_current(session, "D")


def test_a_failure_upstream_is_said_where_it_is_felt(session: Session) -> None:
    session.edit(AddArray("S", Array.of(np.eye(2))))
    session.edit(AddFormula("I", "linalg.inv(S)"))
    session.edit(AddFormula("J", "I + 1"))
    session.edit(AddFormula("K", "J * 2"))
    good = value_of(session, "K")
    session.edit(cell("S", 0, 0, 0.0))
    assert failure_of(session, "I").kind == "singular"
    assert failure_of(session, "J").message.startswith("I ")
    assert failure_of(session, "K").message.startswith("J ")
    assert not is_current(session, "K")
    assert value_of(session, "K") is good
    session.edit(cell("S", 0, 0, 2.0))
    assert value_of(session, "K").tolist() == [[3.0, 2.0], [2.0, 4.0]]
    assert is_current(session, "K")


@pytest.mark.parametrize("text", ["zeros((10**6, 10**6))", "(ones((10**6, 1)) @ ones((1, 10**6))).T @ ones(10**6)"])
def test_what_is_far_too_large_is_refused_with_both_figures(session: Session, text: str) -> None:
    good = session.snapshot.results["C"].result
    session.edit(SetFormula("C", text))
    failure = failure_of(session, "C")
    assert failure.kind == "memory"
    assert "8 TB" in failure.message
    assert "1.1 GB" in failure.message, "the engine's limit, 1 GiB"
    assert failure.hint
    assert session.snapshot.results["C"].result is good
    session.undo()
    assert is_current(session, "C")


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0), (0,), (2, 0, 3)])
def test_empty_arrays_are_computed_with(shape: tuple[int, ...]) -> None:
    session = session_of(workspace(E=np.zeros(shape), T="E.T", S="sum(E)", D="E * 2"))
    assert value_of(session, "T").shape == shape[::-1]
    assert value_of(session, "S").item() == 0
    assert session.snapshot.cell is None
    session.choose_cell((0, 0))
    assert session.snapshot.cell is None
    session.stop()


def test_rows_are_taken_away_until_none_is_left(session: Session) -> None:
    for _ in range(3):
        session.edit(DeleteLines("A", 0, 0))
    assert value_of(session, "C").shape == (0, 4)
    assert session.snapshot.cell is None
    session.edit(InsertLines("A", 0, 0))
    assert value_of(session, "C").tolist() == [[0.0, 0.0, 0.0, 0.0]]
    assert session.snapshot.cell == (0, 1)


def test_nan_and_infinity_are_numbers(session: Session) -> None:
    for value in (np.nan, np.inf, -np.inf):
        session.edit(cell("A", 0, 0, value))
        assert is_current(session, "C")
        with np.errstate(invalid="ignore"):
            expected = np.array([value, 1.0]) @ np.array(PRODUCT["B"])
        np.testing.assert_array_equal(value_of(session, "C")[0], expected)
        session.undo()
        assert np.isfinite(value_of(session, "C")).all()


# -- only what changed ------------------------------------------------------------------------------------------------


def test_what_an_edit_does_not_touch_stays_current_and_is_not_computed(session: Session, engine: FakeEngine) -> None:
    session.edit(AddFormula("D", "B.T"))
    session.edit(AddFormula("E", "D + 1"))
    untouched = session.snapshot.results["D"], session.snapshot.results["E"]
    seen = snapshots(session)
    engine.calls.clear()
    session.edit(cell("A", 0, 0, 3.0))
    assert engine.told("evaluate") == ["A @ B"]
    assert engine.count("put") == 0
    for _, new in seen:
        assert (new.results["D"], new.results["E"]) == untouched
    assert not seen[0][1].results["C"].current
    session.edit(Move("A", 2))
    assert engine.told("evaluate") == ["A @ B"]


def test_an_edit_that_keeps_all_shapes_keeps_the_analysis(session: Session) -> None:
    analysis = session.snapshot.analysis
    session.edit(cell("A", 0, 0, 3.0))
    assert session.snapshot.analysis is analysis
    session.edit(ChangeDtype("A", np.dtype("float32")))
    assert session.snapshot.analysis is not analysis


def test_choosing_an_entry_computes_nothing_again(session: Session, engine: FakeEngine) -> None:
    session.edit(AddFormula("D", "B.T"), select="D")
    engine.calls.clear()
    session.select("C")
    session.select("A")
    session.select("nothing")
    assert engine.count("evaluate") == 0
    assert session.snapshot.shown == "C"
    assert session.snapshot.why is not None


def test_f9_tries_what_failed_once_more(session: Session, engine: FakeEngine) -> None:
    engine.dies["A @ B + 1"] = ["memory"]
    session.edit(SetFormula("C", "A @ B + 1"))
    assert failure_of(session, "C").kind == "engine-died"
    assert session.snapshot.notice is not None
    assert session.snapshot.notice.key == "engine"
    session.choose_cell((2, 2))
    assert failure_of(session, "C").kind == "engine-died"
    session.recompute()
    assert is_current(session, "C")
    assert value_of(session, "C")[0, 0] == 5.0


# -- choosing ---------------------------------------------------------------------------------------------------------


def test_a_chosen_cell_is_explained_and_moves_with_the_shape(session: Session) -> None:
    session.choose_cell((2, 3))
    assert session.snapshot.why is not None
    assert session.snapshot.why.result == "C[2, 3]"
    session.edit(Resize("A", (2, 2)))
    assert session.snapshot.cell == (1, 3)
    assert session.snapshot.why.result == "C[1, 3]"
    session.edit(Resize("A", (5, 2)))
    assert session.snapshot.cell == (2, 3), "the wish is not forgotten"


def test_a_size_that_only_the_data_knows(engine: FakeEngine) -> None:
    session = session_of(workspace(A=[1, -1, 2, 3], P="A[A > 0]"), engine)
    assert session.snapshot.analysis.signatures["P"].shape == (None,)
    assert session.snapshot.cell == (1,)
    assert session.snapshot.why is not None
    session.choose_cell((2,))
    session.edit(cell("A", 0, 3, -3.0))
    assert session.snapshot.cell == (1,)
    session.edit(cell("A", 0, 3, 3.0))
    assert session.snapshot.cell == (2,)
    session.edit(cell("A", 0, 0, -1.0))
    assert value_of(session, "P").tolist() == [2.0, 3.0]
    session.stop()


def test_a_part_of_the_formula_is_unfolded_as_long_as_it_is_there(session: Session) -> None:
    session.edit(SetFormula("C", "(A + 1) @ B"))
    session.unfold("A + 1")
    assert session.snapshot.intermediate is not None
    assert session.snapshot.intermediate.result is not None
    assert session.snapshot.intermediate.result.value is not None
    assert session.snapshot.intermediate.result.value.tolist() == [[3, 2], [1, 4], [0, 3]]
    seen = snapshots(session)
    session.edit(cell("A", 0, 0, 7.0))
    assert seen[0][1].intermediate is not None
    assert not seen[0][1].intermediate.current
    assert session.snapshot.intermediate.current
    assert session.snapshot.intermediate.result.value[0, 0] == 8.0
    session.edit(SetFormula("C", "(A + 1) @"))
    assert session.snapshot.intermediate.result is not None
    assert not session.snapshot.intermediate.current
    session.edit(SetFormula("C", "A @ B"))
    assert session.snapshot.unfolded is None
    assert session.snapshot.intermediate is None


def test_a_part_with_several_values_unfolds_to_nothing(session: Session) -> None:
    session.edit(SetFormula("C", "linalg.svd(A).S"))
    session.unfold("linalg.svd(A)")
    assert session.snapshot.intermediate is None or session.snapshot.intermediate.result is None
    session.unfold(None)
    assert session.snapshot.intermediate is None


def test_pinned_arrows_stay_and_follow_their_cells(session: Session) -> None:
    session.pin(True)
    pinned = session.snapshot.arrows
    assert pinned is not None
    session.choose_cell((2, 3))
    assert session.snapshot.arrows is not None
    assert [arrow.source for arrow in session.snapshot.arrows.arrows] == [arrow.source for arrow in pinned.arrows]
    session.edit(cell("A", 0, 0, 9.0))
    assert session.snapshot.arrows.arrows[0].values == (9.0, 1.0)
    session.pin(False)
    assert session.snapshot.arrows.arrows[0].source == "A[2, :]"


def test_a_draft_follows_the_shapes_that_it_is_about(session: Session) -> None:
    from playground.session.drafts import type_text

    session.select("A")
    type_text(session, "A @ B * 2")
    session.edit(Resize("B", (3, 4)))
    assert session.snapshot.draft is not None
    assert session.snapshot.draft.meaning.problem is not None
    session.undo()
    assert session.snapshot.draft is None or session.snapshot.draft.meaning.problem is None
