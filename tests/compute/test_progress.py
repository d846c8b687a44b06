"""How far a plan is: never backwards, never more than done, by steps and by pieces of a chain."""

from __future__ import annotations

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed, Failure
from playground.compute.planning.plan import plan
from playground.compute.progress import watched
from tests.compute.formulas import inferred

OPERANDS = {"A": np.ones((600, 600)), "B": np.ones((600, 600)), "v": np.ones(600)}


def never() -> bool:
    return False


def told(source: str, threads: int = 1) -> list[float]:
    """What is told while ``source`` is computed."""
    parts: list[float] = []
    made = plan(inferred(source, OPERANDS))
    stop = watched(made, never, parts.append)
    assert isinstance(execute(made, OPERANDS, NumpyBackend(threads=threads), stop=stop), Computed)
    return parts


def test_it_goes_from_step_to_step_by_their_work() -> None:
    parts = told("(A @ B) @ (B @ A).T")
    assert parts[:2] == [0.0, pytest.approx(1 / 3, abs=0.01)]
    assert parts == sorted(parts)
    assert parts[-1] < 1


@pytest.mark.parametrize("threads", [1, 2])
def test_it_goes_from_piece_to_piece_of_a_chain(threads: int) -> None:
    parts = told("exp(-A * A) + sin(B) * 2", threads)
    assert len(parts) > 8
    assert max(parts) <= 1
    assert max(parts) > 0.8
    if threads == 1:
        assert parts == sorted(parts)


@pytest.mark.parametrize(
    "source", ["A @ B", "A @ B + 1", "linalg.svd(A).S", "A.T", "A", "B * power_iteration(A).eigenvalue"]
)
def test_where_nothing_is_known_until_the_end_nobody_is_told(source: str) -> None:
    assert watched(plan(inferred(source, OPERANDS)), never, lambda _: pytest.fail("told")) is never


def test_the_wish_to_stop_is_passed_on() -> None:
    made = plan(inferred("(A @ B) @ (B @ A)", OPERANDS))
    answers = iter([False, True])
    stop = watched(made, lambda: next(answers), lambda _: None)
    outcome = execute(made, OPERANDS, NumpyBackend(), stop=stop)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"


def test_it_goes_from_product_to_product_of_an_ordered_one() -> None:
    assert told("A @ B @ v") == [0.0, pytest.approx(1 / 3), pytest.approx(2 / 3)]
