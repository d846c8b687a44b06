"""The evaluator on an engine that is watched: what is sent, what is computed, what happens when it dies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine.protocol import EngineBugError, Result
from playground.session.evaluator import Evaluator
from playground.session.job import Answer, Formula, Job, Restart
from playground.workspace.arrays import Array
from tests.session.making import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Callable

A = Array.of(np.array([[2.0, 1.0], [0.0, 3.0]]))
B = Array.of(np.array([[1.0, -1.0], [2.0, 2.0]]))


class Bench:
    """An evaluator on a fake engine; ``run`` gives the answers of one job by name."""

    def __init__(self) -> None:
        self.engine = FakeEngine()
        self.evaluator = Evaluator(self.engine)
        self.restarts: list[Restart] = []
        self.generation = 0
        self.last: Job = Job(0, {}, (), "cpu")

    def run(
        self,
        formulas: dict[str, str],
        arrays: dict[str, Array] | None = None,
        superseded: Callable[[], bool] = lambda: False,
        **fields: Any,
    ) -> dict[str, Answer]:
        self.generation += 1
        self.engine.calls.clear()
        arrays = {"A": A, "B": B} if arrays is None else arrays
        names = {*arrays, *formulas}
        made = tuple(
            Formula(name, source, tuple(n for n in sorted(names) if n in source.replace("linalg", "")))
            for name, source in formulas.items()
        )
        fields = {"device": "cpu", "kept": frozenset(formulas), **fields}
        self.last = Job(self.generation, arrays, made, **fields)
        return self.again(superseded)

    def again(self, superseded: Callable[[], bool] = lambda: False) -> dict[str, Answer]:
        """The last job once more."""
        answers: dict[str, Answer] = {}

        def emit(said: Answer | Restart) -> None:
            if isinstance(said, Restart):
                self.restarts.append(said)
            else:
                answers[said.name] = said

        self.evaluator.evaluate(self.last, emit, superseded)
        return answers

    def window(self, key: str) -> np.ndarray | None:
        return self.evaluator.window(key, 0, 9, 0, 9, lambda said: self.restarts.append(said))  # type: ignore[arg-type]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def value(answer: Answer) -> Any:
    assert isinstance(answer.outcome, Result), answer.outcome
    assert answer.outcome.value is not None
    return answer.outcome.value.tolist()


def failure(answer: Answer) -> Failure:
    assert isinstance(answer.outcome, Failure)
    return answer.outcome


# -- only what changed ------------------------------------------------------------------------------------------------


def test_formulas_are_computed_from_arrays_and_from_each_other(bench: Bench) -> None:
    answers = bench.run({"C": "A @ B", "D": "C.T + A"})
    product = A.to_numpy() @ B.to_numpy()
    assert value(answers["C"]) == product.tolist()
    assert value(answers["D"]) == (product.T + A.to_numpy()).tolist()
    assert bench.engine.told("put") == ["A#1", "B#2"]


def test_the_same_job_again_costs_nothing(bench: Bench) -> None:
    first = bench.run({"C": "A @ B"}, shown="C", cell=(0, 1))
    again = bench.run({"C": "A @ B"}, shown="C", cell=(0, 1))
    assert again["C"].outcome is first["C"].outcome
    assert again["C"].why is first["C"].why is not None
    assert bench.engine.calls == []


def test_one_edited_cell_is_a_patch_and_only_what_depends_on_it_is_computed(bench: Bench) -> None:
    formulas = {"C": "A + 1", "D": "B + 1", "E": "C @ D", "F": "D * 2"}
    bench.run(formulas)
    edited = A.with_block(1, 0, np.array([[7.0]]))
    answers = bench.run(formulas, {"A": edited, "B": B})
    assert len(bench.engine.told("patch")) == 1
    assert bench.engine.count("put") == 0
    assert bench.engine.told("evaluate") == ["A + 1", "C @ D"]
    assert value(answers["E"]) == ((edited.to_numpy() + 1) @ (B.to_numpy() + 1)).tolist()
    bench.run(formulas)  # undone: patched back
    assert bench.engine.count("put") == 0
    assert bench.engine.told("evaluate") == ["A + 1", "C @ D"]


def test_another_array_is_put_and_the_old_one_dropped_first(bench: Bench) -> None:
    bench.run({"C": "A + 1"})
    answers = bench.run({"C": "A + 1"}, {"A": Array.of(np.ones(3)), "B": B})
    assert [name for name, _ in bench.engine.calls[:2]] == ["drop", "put"]
    assert value(answers["C"]) == [2.0, 2.0, 2.0]


def test_what_is_gone_is_dropped(bench: Bench) -> None:
    first = bench.run({"C": "A + 1"})["C"].outcome
    assert isinstance(first, Result)
    bench.run({}, {"B": B})
    assert set(",".join(bench.engine.told("drop")).split(",")) == {"A#1", first.key}
    assert bench.window(first.key) is None


def test_another_device_computes_again(bench: Bench) -> None:
    bench.run({"C": "A + 1"})
    answers = bench.run({"C": "A + 1"}, device="gpu")
    assert bench.engine.count("evaluate") == 1
    assert isinstance(answers["C"].outcome, Result) or failure(answers["C"]).kind == "device"


def test_only_the_explanation_is_asked_for_another_cell(bench: Bench) -> None:
    bench.run({"C": "A @ B"}, shown="C", cell=(0, 1))
    answer = bench.run({"C": "A @ B"}, shown="C", cell=(1, 0))["C"]
    assert bench.engine.calls == [("why", "A @ B")]
    assert answer.why is not None
    assert answer.cell == (1, 0)
    assert answer.why.value == (A.to_numpy() @ B.to_numpy())[1, 0]


def test_a_cell_is_explained_however_often_jobs_were_superseded(bench: Bench) -> None:
    """The engine is told which generation is wanted; a question about a known result belongs to it too."""
    bench.run({"C": "A @ B"}, shown="C", cell=(0, 0))
    bench.generation = 40
    bench.evaluator.abandon(41)
    assert bench.run({"C": "A @ B"}, shown="C", cell=(1, 1))["C"].why is not None


def test_a_cell_that_is_not_there_has_no_explanation_and_is_asked_for_once(bench: Bench) -> None:
    bench.run({"C": "A @ B"})
    assert bench.run({"C": "A @ B"}, shown="C", cell=(9, 9))["C"].why is None
    assert bench.engine.count("why") == 1
    assert bench.run({"C": "A @ B"}, shown="C", cell=(9, 9))["C"].why is None
    assert bench.engine.count("why") == 0


# -- failures ---------------------------------------------------------------------------------------------------------


def test_what_fails_stops_all_behind_it_but_nothing_beside_it(bench: Bench) -> None:
    formulas = {"C": "linalg.inv(A)", "D": "C @ C", "E": "D + 1", "F": "B + 1"}
    good = bench.run(formulas)
    assert all(isinstance(answer.outcome, Result) for answer in good.values())
    singular = {"A": A.with_block(0, 0, np.zeros((2, 2))), "B": B}
    answers = bench.run(formulas, singular)
    assert failure(answers["C"]).kind == "singular"
    assert failure(answers["D"]).kind == failure(answers["E"]).kind == "upstream"
    assert failure(answers["E"]).message.startswith("D ")
    assert value(answers["F"]) == (B.to_numpy() + 1).tolist()
    bench.run(formulas, singular)
    assert bench.engine.count("evaluate") == 0, "what failed fails again without being tried"
    mended = bench.run(formulas)
    assert value(mended["E"]) == value(good["E"])


def test_the_last_good_result_is_looked_at_while_the_formula_fails(bench: Bench) -> None:
    good = bench.run({"C": "linalg.inv(A)"})["C"].outcome
    assert isinstance(good, Result)
    bench.run({"C": "linalg.inv(A)"}, {"A": A.with_block(0, 0, np.zeros((2, 2))), "B": B})
    cells = bench.window(good.key)
    assert cells is not None
    assert cells.tolist() == np.linalg.inv(A.to_numpy()).tolist()
    bench.run({}, kept=frozenset({"C"}))  # a text that means nothing any more
    assert bench.window(good.key) is not None
    bench.run({"C": "linalg.inv(A) * 2"})
    assert bench.window(good.key) is None


def test_an_array_that_is_too_large_says_so_where_it_is_used(bench: Bench) -> None:
    bench.engine.limit = 100
    large = Array.of(np.ones((20, 20)))
    formulas = {"C": "A + 1", "D": "L + 1"}
    answers = bench.run(formulas, {"A": A, "L": large})
    assert value(answers["C"])
    assert failure(answers["D"]).message == "3200 bytes are too many."
    bench.run(formulas, {"A": A, "L": large})
    assert bench.engine.calls == []
    answers = bench.run(formulas, {"A": A, "L": Array.of(np.ones((2, 2)))})
    assert value(answers["D"]) == [[2.0, 2.0], [2.0, 2.0]]


def test_what_did_not_fit_is_tried_again_when_there_is_room(bench: Bench) -> None:
    bench.engine.limit = 100
    large = Array.of(np.ones((20, 20)))
    arrays = {"A": A, "B": B, "L": large}
    bench.run({"D": "L + 1"}, arrays)
    bench.engine.limit = None
    bench.run({"D": "L + 1", "C": "A + 1"}, arrays)
    assert bench.engine.count("put") == 0
    answers = bench.run({"D": "L + 1"}, {"A": A, "L": large})
    assert value(answers["D"])[0][0] == 2.0


def test_a_plan_that_lacks_memory_gives_up_the_old_result_first(bench: Bench) -> None:
    refusals = [Failure("memory", "full")]
    evaluate = bench.engine.evaluate
    old = bench.run({"C": "A + 1"})["C"].outcome
    assert isinstance(old, Result)

    def tight(request: Any) -> Result | Failure:
        evaluated = evaluate(request)
        return refusals.pop() if refusals else evaluated

    bench.engine.evaluate = tight  # type: ignore[method-assign]
    answers = bench.run({"C": "A + 2"})
    assert value(answers["C"]) == (A.to_numpy() + 2).tolist()
    assert bench.window(old.key) is None


def test_asking_again_computes_what_failed_and_nothing_else(bench: Bench) -> None:
    formulas = {"C": "linalg.inv(A * 0)", "D": "B + 1"}
    bench.run(formulas)
    bench.run(formulas, retries=1)
    assert bench.engine.told("evaluate") == ["linalg.inv(A * 0)"]


@pytest.mark.logs("nobody foresaw")
@pytest.mark.parametrize("error", [EngineBugError("its traceback"), KeyError("A#1"), TypeError("no numbers")])
def test_a_bug_is_said_and_logged_and_the_rest_goes_on(bench: Bench, error: Exception) -> None:
    def fail(request: Any) -> None:
        if request.source == "A + 1":
            raise error

    bench.engine.before_evaluate = fail
    answers = bench.run({"C": "A + 1", "D": "B + 1"})
    assert failure(answers["C"]).kind == "bug"
    assert value(answers["D"]) == (B.to_numpy() + 1).tolist()


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
