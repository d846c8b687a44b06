"""A formula over sizes: shapes that grow, what can't run or doesn't fit, points as they come, stops and estimates."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.measuring import sweep
from playground.compute.measuring.sweep import (
    Load,
    Mistaken,
    Point,
    Skipped,
    Sweep,
    measure,
    prepare,
    random_operands,
    remaining_s,
)
from playground.compute.measuring.sweep_shapes import growing_shape, with_squares
from playground.language.signature import Signature
from tests.compute import pretended_cupy

if TYPE_CHECKING:
    from playground.compute.backend import Backend

QUICK_S = 0.01


def asked(expression: str, sizes: tuple[int, ...] = (8, 16), dtype: str = "float64", **shapes: str) -> Sweep:
    given = {name: growing_shape(text) for name, text in shapes.items()}
    return Sweep(expression, with_squares(expression, given), sizes, dtype)


def loads(expression: str, sizes: tuple[int, ...] = (8, 16), dtype: str = "float64", **shapes: str) -> tuple[Load, ...]:
    found = prepare(asked(expression, sizes, dtype, **shapes))
    assert not isinstance(found, Mistaken), found
    return found


def measured(found: tuple[Load, ...], *backends: Backend, **options: Any) -> list[Point | Skipped]:
    return list(measure(found, backends or (NumpyBackend(),), budget_s=QUICK_S, **options))


class Clocked(NumpyBackend):
    """Says that its runs took the given seconds, one after another and again from the front."""

    def __init__(self, *seconds: float) -> None:
        super().__init__()
        self._seconds = itertools.cycle(seconds)

    def timer(self) -> Any:
        return self

    def start(self) -> None: ...

    def stop(self) -> float:
        return next(self._seconds)


class TestPreparing:
    def test_every_size_is_planned_smallest_first_and_once(self) -> None:
        found = loads("x @ W + b", (16, 8, 16), "float32", x="nx4", W="4xn", b="n")
        assert [load.size for load in found] == [8, 16]
        assert found[0].signatures["x"] == Signature((8, 4), np.dtype(np.float32))
        assert found[0].operand_bytes == 4 * (8 * 4 + 4 * 8 + 8)
        assert found[1].plan.signature == Signature((16, 16), np.dtype(np.float32))

    def test_a_mistake_is_found_before_anything_runs(self) -> None:
        found = prepare(asked("A @ B", A="nx3", B="nxn"))
        assert isinstance(found, Mistaken)
        assert (found.size, found.problem.kind) == (8, "inner-sizes")

    def test_a_mistake_of_a_larger_size_counts_too(self) -> None:
        found = prepare(asked("A @ B", A="nx8", B="nxn"))
        assert isinstance(found, Mistaken)
        assert found.size == 16

    def test_sizes_that_change_nothing_are_a_mistake(self) -> None:
        found = prepare(asked("A @ B", A="3x2", B="2x3"))
        assert isinstance(found, Mistaken)
        assert found.problem.kind == "sweep"

    def test_a_text_that_is_no_formula_is_a_mistake(self) -> None:
        assert isinstance(prepare(asked("A @")), Mistaken)


class TestOperands:
    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "int64", "uint8", "bool", "complex64"])
    def test_they_are_of_the_dtype_and_the_same_every_time(self, dtype: str) -> None:
        signatures = {"A": Signature((5, 4), np.dtype(dtype)), "b": Signature((), np.dtype(dtype))}
        first, second = random_operands(signatures), random_operands(signatures)
        assert {name: Signature(value.shape, value.dtype) for name, value in first.items()} == signatures
        assert all(np.array_equal(first[name], second[name]) for name in signatures)
        assert len(np.unique(first["A"])) > 1

    def test_roots_and_logarithms_of_them_are_numbers(self) -> None:
        values = random_operands({"A": Signature((1000,), np.dtype(np.float64))})["A"]
        assert values.min() >= 0
        assert values.max() < 1


class TestMeasuring:
    def test_points_come_one_by_one_with_their_spread(self) -> None:
        points = measure(loads("A @ B", (8, 128)), [NumpyBackend()], budget_s=QUICK_S)
        first = next(points)
        assert isinstance(first, Point)
        assert (first.size, first.device, first.upload_s, first.download_s, first.gflops) == (8, "cpu", 0, 0, None)
        assert 0 < first.low_s <= first.median_s <= first.high_s
        assert first.runs >= 3
        second = next(points)
        assert isinstance(second, Point)
        assert second.gflops == pytest.approx(2 * 128**3 / second.median_s / 1e9)
        assert list(points) == []

    def test_the_first_call_is_apart(self) -> None:
        (point,) = measured(loads("A @ B", (8,)), Clocked(9.0, *[0.002] * 400))
        assert isinstance(point, Point)
        assert (point.first_call_s, point.median_s, point.high_s) == (9.0, 0.002, 0.002)

    def test_a_slow_run_is_made_once_more_only(self) -> None:
        (point,) = measure(loads("A @ B", (8,)), [Clocked(1.0)], budget_s=0.0)
        assert isinstance(point, Point)
        assert point.runs == 1

    def test_several_quick_runs_are_made_within_the_time(self) -> None:
        (point,) = measure(loads("A @ B", (8,)), [Clocked(-1.0, 0.001)], budget_s=0.0)
        assert isinstance(point, Point)
        assert point.runs == 3

    def test_a_formula_without_a_step_takes_some_time_all_the_same(self) -> None:
        (point,) = measured(loads("A", (8,)))
        assert isinstance(point, Point)
        assert point.median_s > 0

    def test_a_device_of_its_own_tells_its_transfers(self) -> None:
        backend = pretended_cupy.backend()
        cpu, gpu = measured(loads("A @ B", (64,)), NumpyBackend(), backend)
        assert isinstance(cpu, Point)
        assert isinstance(gpu, Point)
        assert (gpu.device, gpu.median_s) == ("gpu:1", 0.0025)
        assert gpu.upload_s > 0
        assert gpu.download_s > 0
        assert gpu.seconds(transfers=True) == gpu.median_s + gpu.upload_s + gpu.download_s
        assert pretended_cupy.CALLS.count("upload") == 8, "two operands, a first copy and three that are timed"

    def test_nothing_comes_after_a_stop(self) -> None:
        answers = itertools.chain([False] * 20, itertools.repeat(True))
        found = measure(loads("A @ B", (8, 16, 32)), [NumpyBackend()], stop=lambda: next(answers), budget_s=QUICK_S)
        assert len(list(found)) < 3


class TestSkipping:
    def test_what_cannot_fit_is_said_first_with_both_figures(self) -> None:
        found = measured(loads("A @ B", (8, 10**6)))
        assert isinstance(found[0], Skipped)
        assert (found[0].size, found[0].failure.kind) == (10**6, "memory")
        assert "24 TB" in found[0].failure.message
        assert "free" in found[0].failure.message
        assert isinstance(found[1], Point)

    def test_a_limit_counts_operands_and_results(self) -> None:
        (skipped,) = measured(loads("A @ B", (100,)), memory_limit=200_000)
        assert isinstance(skipped, Skipped)
        assert "240 kB" in skipped.failure.message
        assert "200 kB" in skipped.failure.message

    def test_operands_that_the_host_cannot_hold_are_not_made(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sweep, "size_problem", lambda nbytes: f"{nbytes} bytes are too many.")
        (skipped,) = measured(loads("sum(A)", (1200,)), pretended_cupy.backend())
        assert isinstance(skipped, Skipped)
        assert skipped.failure.message == "11520000 bytes are too many."

    def test_a_device_that_fails_is_left_out_of_larger_sizes(self) -> None:
        class Failing(NumpyBackend):
            name = "gpu"

            def resolve(self, target: str) -> Any:
                raise np.linalg.LinAlgError("Singular matrix")

        found = measured(loads("linalg.inv(A)", (4, 8)), Failing(), NumpyBackend())
        assert [(type(item), item.device) for item in found] == [(Skipped, "gpu"), (Point, "cpu"), (Point, "cpu")]

    def test_running_out_while_copying_skips_the_size(self) -> None:
        class Small(pretended_cupy.CupyBackend):
            def asarray(self, value: object) -> Any:
                raise MemoryError

        backend = pretended_cupy.backend()
        backend.__class__ = Small
        found = measured(loads("A @ B", (4, 8)), backend)
        assert [item.failure.kind for item in found if isinstance(item, Skipped)] == ["memory", "memory"]

    def test_a_bug_is_raised(self) -> None:
        class Broken(NumpyBackend):
            copies = True

            def asarray(self, value: object) -> Any:
                raise AttributeError

        with pytest.raises(AttributeError):
            measured(loads("A @ B"), Broken())


class TestRemaining:
    def point(self, size: int, seconds: float, device: str = "cpu") -> Point:
        return Point(size, device, seconds, seconds, seconds, 3, seconds)

    def test_nothing_remains_when_all_is_done(self) -> None:
        found = loads("A @ B", (64, 128))
        assert remaining_s(found, ["cpu"], [self.point(64, 1.0), self.point(128, 8.0)]) == 0

    def test_the_work_grows_with_the_operations(self) -> None:
        found = loads("A @ B", (64, 128))
        assert remaining_s(found, ["cpu"], [self.point(64, 1.0)]) == pytest.approx(16.0, rel=0.01)

    def test_what_is_skipped_or_failed_takes_no_time(self) -> None:
        found = loads("A @ B", (64, 128))
        (skipped,) = measured(loads("A @ B", (128,)), memory_limit=0)
        assert remaining_s(found, ["cpu"], [self.point(64, 1.0), skipped]) == 0

    def test_without_a_count_the_bytes_tell(self) -> None:
        found = loads("linalg.svd(A)", (64, 128))
        assert 2 < remaining_s(found, ["cpu"], [self.point(64, 1.0)]) < 40
