"""Races: one device after the other, each warm, with and without transfers, the results compared, told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.cpu.one_thread import OneThread
from playground.compute.measuring.race import RUNS, run_race
from playground.compute.measuring.race_words import difference_text, pace_text, speed_up, verdict
from playground.compute.measuring.steady import steady
from playground.compute.outcome import Failure, Lane, Race, Steady
from playground.compute.planning.plan import plan
from tests.compute import pretended_cupy
from tests.compute.formulas import inferred
from tests.compute.pretended_cupy import CALLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.compute.backend import Backend

A = np.random.default_rng(0).normal(size=(30, 20))
OPERANDS: dict[str, Any] = {"A": A, "B": A.T.copy(), "f": A.astype(np.float32), "z": np.zeros((3, 3))}


def raced(source: str, backends: Sequence[Backend], **options: Any) -> Race:
    found = run_race(plan(inferred(source, OPERANDS)), OPERANDS, backends, **options)
    assert isinstance(found, Race), found
    return found


def lane(label: str, compute_s: float, whole_s: float | None = None, moved: int = 0, **more: Any) -> Lane:
    whole = compute_s if whole_s is None else whole_s
    device = "cpu" if label.startswith("CPU") else "gpu"
    return Lane(device, label, compute_s, Steady(compute_s, 0.0, 5), Steady(whole, 0.0, 5), moved, **more)


def test_every_device_runs_apart_and_the_results_are_compared() -> None:
    cpu, gpu = raced("A @ B + A @ B", [NumpyBackend(), pretended_cupy.backend()]).lanes
    for found in (cpu, gpu):
        assert found.compute is not None
        assert found.whole is not None
        assert (found.failure, found.compute.runs) == (None, RUNS)
    assert (cpu.moved_bytes, cpu.difference) == (0, None)
    assert cpu.whole == cpu.compute
    assert gpu.compute == steady([2.5e-3] * RUNS), "by the device's clock"
    assert gpu.whole.median_s > gpu.compute.median_s
    assert gpu.moved_bytes == 2 * A.nbytes + 30 * 30 * 8
    assert gpu.difference == 0
    assert gpu.scale == pytest.approx(np.abs(2 * A @ A.T).max())
    assert CALLS.count("upload") == 2 * (RUNS + 1), "every run brings its operands"
    assert CALLS.count("get") == RUNS + 1


class Inexact(NumpyBackend):
    """Computes with a small mistake."""

    label = "Inexact"

    def resolve(self, target: str) -> Any:
        found = super().resolve(target)
        return lambda *arguments, **options: found(*arguments, **options) + np.float32(1e-3)


def test_the_largest_difference_is_told() -> None:
    _, other = raced("f * f", [NumpyBackend(), Inexact()]).lanes
    assert other.difference == pytest.approx(1e-3, rel=0.01)
    assert difference_text(other).startswith("1.0e-03 apart at most, cells reach ")


@pytest.mark.parametrize("source", ["z / z", "1 / z", "A > 0", "linalg.svd(A)", "f.T"])
def test_equal_results_of_any_kind_are_the_same(source: str) -> None:
    _, other = raced(source, [NumpyBackend(), OneThread()]).lanes
    assert other.difference == 0
    assert difference_text(other) == "the same cell for cell"


def test_a_device_that_fails_has_its_reason_and_the_others_go_on() -> None:
    cpu, gpu = raced("A @ B", [NumpyBackend(), Broken()]).lanes
    assert cpu.compute is not None
    assert gpu.failure is not None
    assert gpu.failure.kind == "memory"
    assert (gpu.compute, gpu.difference) == (None, None)


class Broken(NumpyBackend):
    """Has no memory."""

    label = "Broken"

    def resolve(self, target: str) -> Any:
        raise MemoryError


def test_it_tells_how_far_it_is_and_ends_when_nobody_wants_it() -> None:
    told: list[float] = []
    raced("A @ B", [NumpyBackend(), OneThread()], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert 0.5 in told
    stopped = run_race(plan(inferred("A @ B", OPERANDS)), OPERANDS, [NumpyBackend()], stop=lambda: len(told) > 3)
    assert isinstance(stopped, Failure)
    assert stopped.kind == "cancelled"


CPU = lane("CPU", 0.4)


@pytest.mark.parametrize(
    ("lanes", "said"),
    [
        ([CPU, lane("H100", 0.01, 0.08, 3_000_000)],
         "H100 computes 40× as fast as CPU; with 3 MB moved there and back, 5.0× as fast."),
        ([CPU, lane("H100", 0.01, 0.8, 3_000_000)],
         "H100 computes 40× as fast as CPU, but moving 3 MB costs more than it saves: altogether it takes 2.0× as "
         "long."),
        ([CPU, lane("H100", 0.01, 0.4, 3_000_000)],
         "H100 computes 40× as fast as CPU, but moving 3 MB takes all that away."),
        ([CPU, lane("H100", 1.2, 1.3, 3_000_000)], "CPU is the faster one: H100 takes 3.0× as long to compute this."),
        ([CPU, lane("H100", 0.41, 0.42, 3)], "H100 and CPU compute this about equally fast."),
        ([CPU, lane("CPU (1 thread)", 0.8)],
         "CPU is the faster one: CPU (1 thread) takes 2.0× as long to compute this."),
        ([CPU, lane("CPU (1 thread)", 0.2)], "CPU (1 thread) computes this 2.0× as fast as CPU."),
        ([CPU, lane("CPU (1 thread)", 0.2), lane("H100", 0.2, 0.3, 10)],
         "H100 computes 2.0× as fast as CPU; with 10 B moved there and back, 1.3× as fast."),
        ([CPU], "CPU ran alone: there is nothing to compare it with."),
        ([Lane("cpu", "CPU", failure=Failure("memory", "No room."))], "No device could compute this."),
    ],
)  # fmt: skip
def test_one_plain_sentence(lanes: list[Lane], said: str) -> None:
    assert verdict(Race("x", tuple(lanes))) == said


def test_a_pace_is_told_in_the_direction_that_reads_best() -> None:
    assert (pace_text(40.2), pace_text(1), pace_text(0.5)) == ("40× as fast", "1.0× as fast", "2.0× as long")


def test_speed_ups_with_and_without_transfers() -> None:
    gpu = lane("H100", 0.01, 0.08, 3)
    assert speed_up(gpu, CPU, whole=False) == pytest.approx(40)
    assert speed_up(gpu, CPU, whole=True) == pytest.approx(5)
    assert speed_up(Lane("gpu", "H100"), CPU, whole=True) is None


def test_one_thread_is_one_and_leaves_the_others() -> None:
    from threadpoolctl import threadpool_info

    def blas() -> list[int]:
        return [found["num_threads"] for found in threadpool_info() if found["user_api"] == "blas"]

    before, one = blas(), OneThread()
    with one.session():
        assert set(blas()) <= {1}
    assert (blas(), one.threads) == (before, 1)
