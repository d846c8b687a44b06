"""Measuring while nobody edits: once, without touching the result, and out of the way of whoever edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.outcome import Failure, Peak, Steady, Timing
from playground.engine.death import EngineDied
from playground.engine.messages import Result
from playground.language.signature import Signature, TupleSignature
from playground.record import replace
from playground.session.job import Measured, Raced
from playground.session.measuring import RUNS, Again, dtype_of
from tests.session.watching import Bench

if TYPE_CHECKING:
    from playground.engine.messages import Request

F8 = np.dtype(np.float64)
PEAK = Peak(100.0, 10.0)


class Measuring(Bench):
    """An evaluator whose engine measures as it is told, and notes it."""

    def __init__(self) -> None:
        super().__init__()
        self.again_ = Again(self.evaluator)
        self.asked: list[str] = []
        self.steady: Steady | Failure = Steady(0.01, 0.001, 5)
        self.peak: Peak | Failure = PEAK
        self.first_s = 0.02
        self.flops: int | None = 10**9
        self.engine.measure = self._measure  # type: ignore[method-assign]
        self.engine.peak = self._peak  # type: ignore[method-assign]
        evaluate = self.engine.evaluate

        def timed(request: Request) -> Any:
            outcome = evaluate(request)
            if isinstance(outcome, Failure):
                return outcome
            timing = Timing(0.0, self.first_s, 0.0, self.first_s, self.first_s, moved_bytes=10**6)
            return replace(outcome, timing=timing, flops=self.flops)

        self.engine.evaluate = timed  # type: ignore[method-assign]

    def _measure(self, request: Request) -> Any:
        self.asked.append(f"{request.source} x{request.repeat}")
        if self.engine.dies.get("measure"):
            self.engine.kill()
            raise EngineDied(self.engine.dies["measure"].pop())
        return self.steady

    def _peak(self, request: Request, dtype: np.dtype) -> Any:
        self.asked.append(f"peak {request.device} {dtype}")
        return self.peak

    def idle(self) -> list[Measured]:
        """Nobody edits for a moment."""
        said: list[Any] = []
        self.again_.measure(said.append)
        self.restarts += [item for item in said if not isinstance(item, Measured)]
        return [item for item in said if isinstance(item, Measured)]


@pytest.fixture
def bench() -> Measuring:
    return Measuring()


def test_the_shown_formula_is_measured_and_then_the_device(bench: Measuring) -> None:
    answer = bench.run({"C": "A @ B", "D": "A + 1"}, shown="C")["C"]
    first, second = bench.idle()
    assert bench.asked == [f"A @ B x{RUNS}", "peak cpu float64"]
    assert isinstance(answer.outcome, Result)
    assert (first.name, first.key, first.peak) == ("C", answer.outcome.key, None)
    assert first.timing == replace(
        answer.outcome.timing, compute_s=0.01, spread_s=0.001, runs=5, gflops=pytest.approx(100.0)
    )
    assert second == replace(first, peak=PEAK)


def test_it_is_told_once_for_each_job_and_measured_once(bench: Measuring) -> None:
    bench.run({"C": "A @ B"}, shown="C")
    bench.idle()
    assert bench.idle() == []
    bench.asked.clear()
    bench.run({"C": "A @ B"}, shown="C", cell=(0, 0))
    (again,) = bench.idle()
    assert (again.peak, again.generation, bench.asked) == (PEAK, 2, [])
    bench.run({"C": "A @ B + 1"}, shown="C")
    bench.idle()
    assert bench.asked == [f"A @ B + 1 x{RUNS}"], "the device is known"


@pytest.mark.parametrize(("device", "seconds"), [("cpu", 0.3), ("gpu", 1.1)])
def test_what_took_long_is_not_run_again(device: str, seconds: float) -> None:
    bench = Measuring()
    bench.first_s = seconds
    bench.engine._backends["gpu"] = bench.engine._backends["cpu"]
    bench.run({"C": "A @ B"}, shown="C", device=device)
    assert bench.idle() == []
    assert bench.asked == []


def test_a_gpus_first_call_compiles_and_may_take_longer(bench: Measuring) -> None:
    bench.first_s = 0.8
    bench.engine._backends["gpu"] = bench.engine._backends["cpu"]
    bench.run({"C": "A @ B"}, shown="C", device="gpu")
    assert bench.idle()


def test_a_small_formula_asks_for_no_peak(bench: Measuring) -> None:
    bench.steady, bench.flops = Steady(1e-6, 0.0, 5), 48
    bench.run({"C": "A @ B"}, shown="C")
    assert len(bench.idle()) == 1
    assert bench.asked == [f"A @ B x{RUNS}"]


def test_what_was_ended_is_tried_again_and_what_failed_is_not(bench: Measuring) -> None:
    bench.steady = Failure("cancelled", "")
    bench.run({"C": "A @ B"}, shown="C")
    assert bench.idle() == []
    bench.steady = Failure("memory", "")
    assert bench.idle() == [], "at the next moment without anything to do"
    assert bench.idle() == []
    assert len(bench.asked) == 2
    bench.run({"C": "A @ B"}, shown="C", cell=(0, 1))
    assert bench.idle() == []
    assert len(bench.asked) == 2


def test_a_peak_that_was_ended_is_asked_for_again(bench: Measuring) -> None:
    bench.peak = Failure("cancelled", "")
    bench.run({"C": "A @ B"}, shown="C")
    assert len(bench.idle()) == 1
    bench.peak = PEAK
    bench.run({"C": "A @ B"}, shown="C", cell=(0, 0))
    assert bench.idle()[-1].peak == PEAK


def test_what_is_faster_than_the_best_is_the_best(bench: Measuring) -> None:
    bench.steady = Steady(0.005, 0.0, 5)
    bench.run({"C": "A @ B"}, shown="C")
    peak = bench.idle()[-1].peak
    assert peak is not None
    assert peak.gflops == pytest.approx(200)


def test_an_engine_that_dies_of_it_is_said_and_started_again(bench: Measuring) -> None:
    bench.run({"C": "A @ B"}, shown="C")
    bench.engine.dies["measure"] = ["crashed"]
    assert bench.idle() == []
    assert len(bench.restarts) == 1
    assert bench.idle() == []
    assert bench.run({"C": "A @ B + 2"}, shown="C")["C"].outcome
    assert bench.idle()


@pytest.mark.parametrize("shown", [None, "A"])
def test_without_a_formula_there_is_nothing_to_measure_or_race(bench: Measuring, shown: str | None) -> None:
    bench.run({"C": "A @ B"}, shown=shown)
    assert bench.idle() == []
    said: list[Any] = []
    bench.again_.grant("race", said.append)
    (raced,) = said
    assert isinstance(raced, Raced)
    assert isinstance(raced.outcome, Failure)
    assert raced.outcome.kind == "nothing"


def test_dtypes_of_results() -> None:
    def result(*signatures: Signature) -> Result:
        found: Any = signatures[0] if len(signatures) == 1 else TupleSignature(signatures)
        return Result("k", found, (), None, Timing(0.0, 0.0, 0.0, 0.0, 0.0), None)

    f4 = Signature((2,), np.dtype("f4"))
    assert dtype_of(result(f4)) == np.float32
    assert dtype_of(result(f4, Signature((), F8))) == np.float32
    assert dtype_of(result(Signature((2,), np.dtype(bool)))) == F8
