"""What a whole workspace means: shapes through chains of formulas, and problems that lead to others."""

from __future__ import annotations

import numpy as np
import pytest

from playground.session.analysis import analyse, meaning_of
from playground.workspace.workspace import Workspace
from tests.session.making import PRODUCT, workspace


def kinds(document: Workspace) -> dict[str, str | None]:
    """Kind of each formula's problem."""
    return {n: m.problem.kind if m.problem else None for n, m in analyse(document).meanings.items()}


def test_shapes_run_through_formulas_whatever_their_order_in_the_list() -> None:
    analysis = analyse(workspace(E="D + 1", D="A.T", A=np.zeros((3, 2), np.float32)))
    assert analysis.order == ("D", "E")
    assert {name: (s.shape, s.dtype) for name, s in analysis.signatures.items()} == {
        "A": ((3, 2), np.float32),
        "D": ((2, 3), np.float32),
        "E": ((2, 3), np.float32),
    }
    assert analysis.meanings["D"].problem is None


def test_the_same_object_comes_back_while_only_numbers_change() -> None:
    first = analyse(workspace(**PRODUCT))
    assert analyse(workspace(**{**PRODUCT, "A": [[9, 9], [9, 9], [9, 9]]})) is first
    assert analyse(workspace(**{**PRODUCT, "A": [[9, 9]]})) is not first
    assert analyse(workspace(**{**PRODUCT, "A": np.ones((3, 2), np.float32)})) is not first
    assert analyse(workspace(**{**PRODUCT, "C": "A @ B * 2"})) is not first


@pytest.mark.parametrize("document", [Workspace(), workspace(A=[[1]]), workspace(A=np.zeros((0, 3)))])
def test_a_workspace_without_formulas_means_nothing_to_compute(document: Workspace) -> None:
    analysis = analyse(document)
    assert analysis.order == ()
    assert not analysis.meanings


@pytest.mark.parametrize(
    ("entries", "round_trip"),
    [
        ({"C": "C + 1"}, {"C": "itself"}),
        ({"C": "D + 1", "D": "C + 1"}, {"C": "C → D → C", "D": "D → C → D"}),
        ({"C": "D + 1", "D": "E + 1", "E": "C + 1"}, {"D": "D → E → C → D"}),
    ],
)
def test_a_cycle_is_a_problem_with_its_path(entries: dict[str, str], round_trip: dict[str, str]) -> None:
    analysis = analyse(workspace(A=[[1]], **entries))
    assert analysis.order == ()
    for name, path in round_trip.items():
        problem = analysis.meanings[name].problem
        assert problem is not None
        assert problem.kind == "cycle"
        assert path in problem.message
        assert (problem.span.start, problem.span.end) == (0, len(entries[name]))
        assert problem.hint


def test_what_is_behind_a_cycle_or_a_mistake_points_upstream_and_the_rest_goes_on() -> None:
    document = workspace(
        A=[[1, 2]], C="D + 1", D="C + 1", E="C * 2", F="A +", G="F + A", H="G + 1", I="A.T"
    )  # fmt: skip
    assert kinds(document) == {
        "C": "cycle", "D": "cycle", "E": "upstream", "F": "unfinished", "G": "upstream", "H": "upstream", "I": None,
    }  # fmt: skip
    analysis = analyse(document)
    assert analysis.order == ("I",)
    problem = analysis.meanings["G"].problem
    assert problem is not None
    assert problem.message.startswith("F ")
    assert (problem.span.start, problem.span.end) == (0, 1)


def test_a_name_that_nothing_has_is_no_fault_of_another_entry() -> None:
    assert kinds(workspace(C="nothing + 1")) == {"C": "unknown-name"}


def test_a_removed_operand_is_missing_and_then_there_again() -> None:
    whole = workspace(**PRODUCT)
    assert kinds(whole.without("B")) == {"C": "unknown-name"}
    assert kinds(whole) == {"C": None}


def test_several_values_at_once_are_no_entry() -> None:
    meaning = meaning_of("linalg.svd(A)", analyse(workspace(A=[[1, 2]])).signatures)
    assert meaning.problem is not None
    assert analyse(workspace(A=[[1, 2]], C="linalg.svd(A)")).order == ()
