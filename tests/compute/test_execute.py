"""Running plans: NumPy's own values, failures in plain words, limits, stops and timings."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed, Failure
from playground.compute.planning.plan import plan
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature, TupleSignature
from tests.compute import pretended_cupy
from tests.compute.formulas import (
    FORMULAS,
    MORE_FORMULAS,
    OPERANDS,
    check_close,
    check_signature,
    inferred,
    run,
    value_of,
)
from tests.compute.pretended_cupy import CALLS

if TYPE_CHECKING:
    from collections.abc import Callable

CPU = NumpyBackend()


def failed(source: str, **options: Any) -> Failure:
    outcome = run(source, CPU, **options)
    assert isinstance(outcome, Failure), outcome
    return outcome


@pytest.mark.parametrize("source", [*FORMULAS, *(row.example for row in FUNCTIONS.values())])
def test_values_have_the_inferred_shape_and_dtype(source: str) -> None:
    check_signature(value_of(source, CPU), inferred(source).signature)


@pytest.mark.parametrize("source", [*FORMULAS, *MORE_FORMULAS, *(row.example for row in FUNCTIONS.values())])
def test_a_device_that_is_strict_gives_the_same(source: str) -> None:
    found, expected = value_of(source, pretended_cupy.backend()), value_of(source, CPU)
    check_close(found, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A @ B", lambda A, B, **_: A @ B),
        ("(A @ B).T[::2] / 2", lambda A, B, **_: (A @ B).T[::2] / 2),
        ("A[A > 0] ** 2", lambda A, **_: A[A > 0] ** 2),
        ("1 / array(0.0)", lambda **_: np.inf),
        ("v / 0", lambda **_: np.array([np.inf, np.inf])),
        ("sqrt(-A)", lambda A, **_: np.sqrt(-A + 0j).real * np.where(-A >= 0, 1, np.nan)),
        ("mean(E[0:0])", lambda **_: np.nan),
        ("c.astype(float)", lambda c, **_: c.real),
    ],
)
def test_values_and_no_warnings(source: str, expected: Callable[..., Any]) -> None:
    np.testing.assert_array_equal(value_of(source, CPU), expected(**OPERANDS))


def test_several_results_stay_several() -> None:
    outcome = run("linalg.svd(M)", CPU)
    assert isinstance(outcome, Computed)
    assert isinstance(outcome.value, tuple)
    # And come back as an operand of another formula.
    operands: dict[str, Any] = {"D": outcome.value}
    signature = TupleSignature(tuple(Signature(part.shape, part.dtype) for part in outcome.value), ("U", "S", "Vh"))
    found = execute(plan(infer("D.U * D.S @ D[2]", {"D": signature})), operands, CPU)
    assert isinstance(found, Computed)
    np.testing.assert_allclose(found.value, OPERANDS["M"])


@pytest.mark.parametrize(
    ("source", "kind", "node", "words"),
    [
        ("1 + linalg.inv([[1, 2], [2, 4]])", "singular", "linalg.inv([[1, 2], [2, 4]])", "singular"),
        ("linalg.solve(zeros((2, 2)), v)", "singular", "linalg.solve(zeros((2, 2)), v)", "singular"),
        ("linalg.cholesky(-M)", "not-positive-definite", "linalg.cholesky(-M)", "positive definite"),
        ("linalg.svd(M * nan).S", "not-converged", "linalg.svd(M * nan)", "converge"),
        ("A[p + 7]", "index", "A[p + 7]", "There is no place"),
        ("v ** -v", "value", "v ** -v", "no negative powers"),
        ("v.reshape(1, 2)[argmax(v)]", "index", "v.reshape(1, 2)[argmax(v)]", "There is no place 1 along axis 0"),
    ],
)
def test_failures_say_what_and_where(source: str, kind: str, node: str, words: str) -> None:
    found = failed(source)
    assert found.kind == kind
    assert words in found.message
    assert found.message.endswith(".")
    assert found.node == node
    assert found.span is not None
    assert source[found.span.start : found.span.end] == node


def test_a_bug_is_raised() -> None:
    class Broken(NumpyBackend):
        def resolve(self, target: str) -> Any:
            return lambda *_: {}["bug"]

    with pytest.raises(KeyError):
        execute(plan(inferred("A @ B")), OPERANDS, Broken())


def test_what_a_device_lacks_is_a_failure() -> None:
    class Poor(NumpyBackend):
        def _find(self, target: str) -> Any:
            return super()._find("no.such" if target == "linalg.det" else target)

    found = execute(plan(inferred("1 + linalg.det(M)")), OPERANDS, Poor())
    assert isinstance(found, Failure)
    assert (found.kind, found.node) == ("not-on-device", "linalg.det(M)")


class TestMemory:
    def test_ten_terabytes(self) -> None:
        column = np.broadcast_to(np.float64(1), (1_120_000, 1))
        found = failed("a @ a.T", operands={"a": column})
        assert found.kind == "memory"
        assert found.message.startswith("This needs 10 TB; ")
        assert found.message.endswith("that are free on the CPU may be used.")
        assert found.node == "a @ a.T"

    def test_a_limit(self) -> None:
        assert isinstance(run("A @ B", CPU, memory_limit=96), Computed)
        assert failed("A @ B", memory_limit=95).kind == "memory"

    def test_a_copying_device_counts_the_operands(self) -> None:
        outcome = run("A @ B", pretended_cupy.backend(), memory_limit=96 + 48 + 64 - 1)
        assert isinstance(outcome, Failure)
        assert isinstance(run("A @ B", pretended_cupy.backend(), memory_limit=96 + 48 + 64), Computed)

    def test_running_out_is_said_and_recovered_from(self) -> None:
        device = pretended_cupy.backend()
        original = device.resolve

        def resolve(target: str) -> Any:
            def fail(*_arguments: Any) -> None:
                raise MemoryError("Out of memory allocating 8 bytes")

            return fail if target == "op:@" else original(target)

        device.resolve = resolve  # type: ignore[method-assign]
        outcome = run("A @ B", device)
        assert isinstance(outcome, Failure)
        assert outcome.kind == "memory"
        assert outcome.node == "A @ B"
        assert CALLS[-5:] == ["enter device 1", "free blocks", "free pinned", "clear plans", "leave device 1"]
        assert isinstance(run("A + 1", device), Computed)

    def test_intermediates_are_freed_at_once(self) -> None:
        alive: list[weakref.ref[np.ndarray]] = []

        class Watched(NumpyBackend):
            def resolve(self, target: str) -> Any:
                function = super().resolve(target)

                def call(*arguments: Any) -> Any:
                    gc.collect()
                    assert sum(ref() is not None for ref in alive) <= 1, "only what this step needs"
                    result = function(*arguments)
                    alive.append(weakref.ref(result))
                    return result

                return call

        assert isinstance(run("-(-(-(-A)))", Watched()), Computed)
        assert len(alive) == 4


class TestStop:
    def test_before_the_first_step(self) -> None:
        assert failed("A @ B", stop=lambda: True).kind == "cancelled"

    def test_between_steps(self) -> None:
        answers = iter([False, True])
        assert failed("A @ B + 1", stop=lambda: next(answers)).kind == "cancelled"

    def test_between_runs(self) -> None:
        answers = iter([False, False, True])
        assert failed("A @ B", repeat=5, stop=lambda: next(answers)).kind == "cancelled"


class TestTiming:
    def test_one_run(self) -> None:
        outcome = run("A @ B", CPU)
        assert isinstance(outcome, Computed)
        timing = outcome.timing
        assert (timing.runs, timing.upload_s, timing.download_s, timing.gflops) == (1, 0, 0, None)
        assert 0 < timing.compute_s == timing.first_call_s <= timing.total_s
        assert outcome.flops == 48

    def test_the_first_is_apart_and_the_median_is_of_the_rest(self) -> None:
        seconds = iter([9.0, 3.0, 1.0, 2.0])

        class Clock:
            def start(self) -> None: ...

            def stop(self) -> float:
                return next(seconds)

        class Timed(NumpyBackend):
            def timer(self) -> Any:
                return Clock()

        operands = {"A": np.ones((100, 100)), "B": np.ones((100, 100))}
        outcome = run("A @ B", Timed(), repeat=3, operands=operands)
        assert isinstance(outcome, Computed)
        assert (outcome.timing.first_call_s, outcome.timing.compute_s, outcome.timing.runs) == (9, 2, 3)
        assert outcome.timing.gflops == pytest.approx(2e6 / 2 / 1e9)

    def test_every_run_is_told_as_it_ends(self) -> None:
        told: list[float] = []
        timing = run("A @ B", CPU, repeat=3, each_run=told.append).timing
        assert len(told) == 4
        assert told[0] == timing.first_call_s
        assert timing.compute_s == np.median(told[1:])

    def test_no_rate_without_an_agreed_count(self) -> None:
        outcome = run("power_iteration(a)", CPU, operands={"a": np.eye(200)})
        assert isinstance(outcome, Computed)
        assert outcome.flops is None
        assert outcome.timing.gflops is None

    def test_a_device_uploads_and_downloads_once(self) -> None:
        outcome = run("A @ B + [1, 2, 3, 4]", pretended_cupy.backend(), repeat=2)
        assert isinstance(outcome, Computed)
        assert CALLS.count("upload") == 3
        assert CALLS.count("get") == 1
        assert outcome.timing.compute_s == pytest.approx(2.5e-3)
        assert 0 < outcome.timing.upload_s < outcome.timing.total_s
        assert 0 < outcome.timing.download_s < outcome.timing.total_s

    def test_what_is_there_is_not_uploaded(self) -> None:
        device = pretended_cupy.backend()
        there = {name: device.asarray(OPERANDS[name]) for name in ("A", "B")}
        CALLS.clear()
        outcome = execute(plan(inferred("A @ B")), there, device)
        assert isinstance(outcome, Computed)
        assert device.owns(outcome.value)
        assert "upload" not in CALLS
        assert "get" not in CALLS


def test_the_operands_are_untouched_and_constants_are_not_shared() -> None:
    before = {name: value.copy() for name, value in OPERANDS.items()}
    value = value_of("[[1, 2], [3, 4]]", CPU)
    value[0, 0] = 9
    assert value_of("[[1, 2], [3, 4]]", CPU).tolist() == [[1, 2], [3, 4]]
    for name, kept in before.items():
        np.testing.assert_array_equal(OPERANDS[name], kept)


def test_nested_lists_are_operands_too() -> None:
    found = execute(plan(inferred("A @ B")), {name: OPERANDS[name].tolist() for name in ("A", "B")}, CPU)
    assert isinstance(found, Computed)
    np.testing.assert_array_equal(found.value, OPERANDS["A"] @ OPERANDS["B"])
