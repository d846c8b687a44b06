"""The evaluator when a job is superseded, cancelled, or its engine dies at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.engine.messages import Result
from tests.session.watching import A, B, failure, value

if TYPE_CHECKING:
    from tests.session.watching import Bench


# -- superseded and cancelled -----------------------------------------------------------------------------------------


def test_a_superseded_job_ends_and_leaves_nothing_half_known(bench: Bench) -> None:
    newer = iter([False, True])

    def abandon(_: Any) -> None:
        bench.evaluator.abandon(99)

    bench.engine.before_evaluate = abandon
    assert bench.run({"C": "A + 1", "D": "B + 1"}, superseded=lambda: next(newer)) == {}
    assert bench.engine.told("evaluate") == ["A + 1"]
    bench.engine.before_evaluate = lambda _: None
    bench.generation = 99
    answers = bench.run({"C": "A + 1", "D": "B + 1"})
    assert value(answers["C"]) == (A.to_numpy() + 1).tolist()


def test_cancel_ends_the_whole_job_and_is_remembered_until_something_changes(bench: Bench) -> None:
    formulas = {"K": "B * 3", "C": "A + 1", "D": "A + 2", "E": "K + B"}

    def cancel(request: Any) -> None:
        if request.source == "A + 1":
            bench.evaluator.cancel(bench.generation)

    bench.engine.before_evaluate = cancel
    answers = bench.run(formulas)
    assert value(answers["K"])
    assert {failure(answers[name]).kind for name in "CDE"} == {"cancelled"}
    assert bench.engine.told("evaluate") == ["B * 3", "A + 1"]
    bench.engine.before_evaluate = lambda _: None

    bench.run(formulas, shown="K", cell=(0, 0))
    assert bench.engine.count("evaluate") == 0, "choosing something doesn't start it again"
    bench.run(formulas, {"A": A.with_block(0, 0, np.array([[1.0]])), "B": B})
    assert bench.engine.told("evaluate") == ["A + 1", "A + 2"]
    assert value(bench.run(formulas, {"A": A, "B": B}, retries=1)["E"])


# -- death ------------------------------------------------------------------------------------------------------------


def test_an_idle_death_is_noticed_said_and_costs_no_result(bench: Bench) -> None:
    first = bench.run({"C": "A @ B"})
    assert not bench.evaluator.check(bench.restarts.append)
    bench.engine.kill()
    assert bench.evaluator.check(bench.restarts.append)
    assert len(bench.restarts) == 1
    assert not bench.evaluator.check(bench.restarts.append)
    bench.engine.calls.clear()
    answers = bench.again()
    assert answers["C"].outcome is first["C"].outcome
    assert bench.engine.told("put") == ["A#4", "B#5"]
    assert bench.engine.count("evaluate") == 0


def test_a_death_before_the_next_job_is_no_failure_of_it(bench: Bench) -> None:
    bench.run({"C": "A @ B", "D": "C + 1"})
    bench.engine.kill()
    edited = {"A": A, "B": B.with_block(0, 0, np.array([[5.0]]))}
    answers = bench.run({"C": "A @ B", "D": "C + 1"}, edited)
    assert value(answers["D"]) == (A.to_numpy() @ edited["B"].to_numpy() + 1).tolist()
    assert len(bench.restarts) == 1


def test_what_was_lost_is_computed_again_where_it_is_used(bench: Bench) -> None:
    bench.run({"C": "A @ B", "D": "C + 1", "E": "B + 1"})
    bench.engine.kill()
    answers = bench.run({"C": "A @ B", "D": "C + 2", "E": "B + 1"})
    assert bench.engine.told("evaluate") == ["A @ B", "C + 2"]
    assert value(answers["D"]) == (A.to_numpy() @ B.to_numpy() + 2).tolist()


def test_a_window_of_a_lost_result_brings_it_back_under_its_key(bench: Bench) -> None:
    outcome = bench.run({"C": "A + 1", "D": "C @ B"})["D"].outcome
    assert isinstance(outcome, Result)
    bench.engine.kill()
    cells = bench.window(outcome.key)
    assert cells is not None
    assert cells.tolist() == ((A.to_numpy() + 1) @ B.to_numpy()).tolist()
    assert len(bench.restarts) == 1
    assert bench.window("=0") is None


def test_a_death_in_the_middle_is_tried_once_more(bench: Bench) -> None:
    bench.engine.dies["A @ B"] = ["crashed"]
    answers = bench.run({"K": "A + 1", "C": "A @ B", "D": "K + C"})
    assert value(answers["D"]) == (A.to_numpy() + 1 + A.to_numpy() @ B.to_numpy()).tolist()
    assert len(bench.restarts) == 1


def test_a_formula_that_kills_the_engine_twice_is_given_up_and_the_rest_goes_on(bench: Bench) -> None:
    bench.engine.dies["A @ B"] = ["crashed"] * 9
    formulas = {"K": "A + 1", "C": "A @ B", "D": "K + 1", "E": "C + 1"}
    answers = bench.run(formulas)
    assert failure(answers["C"]).kind == "engine-died"
    assert "Nothing was lost" in failure(answers["C"]).hint
    assert value(answers["D"]) == (A.to_numpy() + 2).tolist(), "K is computed again for D"
    assert failure(answers["E"]).kind == "upstream"
    assert len(bench.engine.dies["A @ B"]) == 7
    bench.run(formulas)
    assert len(bench.engine.dies["A @ B"]) == 7, "and not tried again with every edit of something else"
    bench.run(formulas, {"A": A, "B": B.with_block(0, 0, np.array([[5.0]]))})
    assert len(bench.engine.dies["A @ B"]) == 6, "once for another version"


@pytest.mark.parametrize("reason", ["memory", "protocol", "device-lost"])
def test_a_death_with_a_reason_is_not_tried_again(bench: Bench, reason: str) -> None:
    bench.engine.dies["A @ B"] = [reason] * 2
    answers = bench.run({"C": "A @ B", "D": "A + 1"})
    assert failure(answers["C"]).kind == "engine-died"
    assert value(answers["D"])
    assert len(bench.restarts) == 1


def test_cancel_that_costs_the_process_is_a_cancel(bench: Bench) -> None:
    bench.engine.dies["A @ B"] = ["cancelled"]
    bench.engine.before_evaluate = lambda request: (
        bench.evaluator.cancel(bench.generation) if request.source == "A @ B" else None
    )
    answers = bench.run({"K": "A + 1", "C": "A @ B", "D": "B + 1"})
    assert [failure(answers[name]).kind for name in "CD"] == ["cancelled", "cancelled"]
    assert bench.restarts == []
    answers = bench.run({"K": "A + 1", "C": "A @ B * 2", "D": "B + K"})
    assert value(answers["K"]) == (A.to_numpy() + 1).tolist()
    assert value(answers["D"]) == (A.to_numpy() + 1 + B.to_numpy()).tolist()


def test_an_engine_that_cannot_be_started_is_tried_once_for_a_job(bench: Bench) -> None:
    bench.engine.dies["start"] = ["start"]
    answers = bench.run({"C": "A + 1", "D": "B + 1"})
    assert {failure(answer).kind for answer in answers.values()} == {"engine-died"}
    assert bench.engine.count("start") == 1
    assert value(bench.run({"C": "A + 1"}, retries=1)["C"])


def test_a_job_without_formulas_brings_the_arrays_up_to_date(bench: Bench) -> None:
    assert bench.run({}) == {}
    assert bench.engine.told("put") == ["A#1", "B#2"]
    bench.evaluator.close()
    assert not bench.engine.alive


def test_a_death_while_explaining_leaves_the_result(bench: Bench) -> None:
    first = bench.run({"C": "A @ B"})
    why = bench.engine.why

    def die(request: Any) -> Any:
        bench.engine.kill()
        return why(request)

    bench.engine.why = die  # type: ignore[method-assign]
    answer = bench.run({"C": "A @ B"}, shown="C", cell=(0, 0))["C"]
    assert answer.outcome is first["C"].outcome
    assert answer.why is None
    assert len(bench.restarts) == 1
