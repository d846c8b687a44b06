"""The evaluator on an engine that is watched: what is sent, what is computed, what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine import messages
from playground.engine.messages import EngineBugError, Result
from playground.record import replace
from playground.session.job import Formula, Job, Progress
from playground.workspace.arrays import Array
from tests.session.watching import A, B, failure, value

if TYPE_CHECKING:
    from tests.session.watching import Bench


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


def test_a_formula_that_did_not_fit_is_tried_again_when_there_is_room(bench: Bench) -> None:
    bench.engine._limit = 100_000
    text = "ones((100, 100))"
    arrays = {"L": Array.of(np.ones((100, 100))), "M": Array.of(np.ones((8, 8)))}
    assert failure(bench.run({"D": text}, arrays)["D"]).kind == "memory"
    edited = {**arrays, "M": arrays["M"].with_block(0, 0, np.array([[2.0]]))}
    assert failure(bench.run({"D": text}, edited)["D"]).kind == "memory"
    assert bench.engine.count("evaluate") == 0, "a patch makes no room"
    assert isinstance(bench.run({"D": text}, {"M": edited["M"]})["D"].outcome, Result)


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


def test_what_takes_long_is_answered_before_its_cell_is_explained(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.run({})
    monkeypatch.setattr(messages, "EXPLAINED_WITHIN_S", -1.0)
    said: list[Any] = []
    job = Job(9, {"A": A}, (Formula("C", "A + 1", ("A",)),), "cpu", "C", (0, 1), frozenset({"C"}))
    bench.evaluator.evaluate(job, said.append, lambda: False)
    first, progress, last = said
    assert progress == Progress(9, "C", None), "it is no longer known how far it is"
    assert first.outcome is last.outcome
    assert (first.cell, first.why) == (last.cell, None) == ((0, 1), None)
    assert last.why is not None
    assert last.why.value == 2
    assert bench.engine.told("why") == ["A + 1"]
    again = replace(job, generation=10)
    said.clear()
    bench.evaluator.evaluate(again, said.append, lambda: False)
    assert said == [replace(last, generation=10)], "what is known is told once"
