"""On a GPU: NumPy's values within what the dtype resolves, honest times, failures that don't poison what follows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.execute import execute
from playground.compute.outcome import Computed, Failure
from playground.compute.planning.plan import plan
from playground.compute.summary import summarize
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.compute.formulas import (
    FORMULAS,
    MORE_FORMULAS,
    check_close,
    check_signature,
    inferred,
    run,
    unfolded,
    value_of,
)
from tests.compute.formulas_tables import CPU_ONLY, OPERANDS, TABLE_FORMULAS

if TYPE_CHECKING:
    from playground.compute.gpu.device import CupyBackend

pytestmark = pytest.mark.gpu

# Signs of these are free: what they give is compared by magnitude.
FREE_SIGNS = ("linalg.svd", "linalg.eig", "linalg.qr")

DTYPES = ["bool", "int8", "int32", "int64", "uint8", "float16", "float32", "float64", "complex64", "complex128"]
BY_DTYPE = [
    "x + y", "x - y", "x * y", "x / y", "x @ y", "x.T @ y", "x == y", "x > y", "-x", "abs(x)", "exp(x)", "sqrt(x)",
    "sum(x)", "sum(x, axis=0)", "mean(x, axis=1)", "prod(x)", "max(x)", "std(x)", "cumsum(x)", "sort(x)", "dot(x, y)",
    "einsum('ij,jk->ik', x, y)", "linalg.norm(x)", "linalg.inv(x)", "linalg.solve(x, y)", "linalg.det(x)",
    "linalg.svd(x).S", "linalg.eigvalsh(x + x.T)", "linalg.pinv(x)", "relu(x)", "softmax(x)", "x.astype(float32)",
]  # fmt: skip


@cache
def gpu() -> CupyBackend:
    from playground.compute.gpu.device import CupyBackend

    return CupyBackend()


@cache
def cpu() -> Any:
    from playground.compute.cpu.device import NumpyBackend

    return NumpyBackend()


@pytest.mark.parametrize(
    "source", [*FORMULAS, *MORE_FORMULAS, *(row.example for row in FUNCTIONS.values() if row.cupy_target is not None)]
)
def test_each_formula(source: str) -> None:
    found, expected = value_of(source, gpu()), value_of(source, cpu())
    check_signature(found, inferred(source).signature)
    if any(name in source for name in FREE_SIGNS):
        found, expected = magnitudes(found), magnitudes(expected)
    check_close(found, expected)


@pytest.mark.parametrize("name", [name for name, row in FUNCTIONS.items() if row.cupy_target is not None])
def test_each_row_on_the_device_itself(name: str) -> None:
    """Not computed while it is planned, as small constants otherwise are."""
    source = FUNCTIONS[name].example
    with unfolded():
        found, expected = value_of(source, gpu()), value_of(source, cpu())
    if any(name in source for name in FREE_SIGNS):
        found, expected = magnitudes(found), magnitudes(expected)
    check_close(found, expected)


@pytest.mark.parametrize("source", [source for source in TABLE_FORMULAS if source not in CPU_ONLY])
def test_each_formula_of_the_tables(source: str) -> None:
    found = value_of(source, gpu(), operands=OPERANDS)
    check_signature(found, inferred(source, OPERANDS).signature)
    check_close(found, value_of(source, cpu(), operands=OPERANDS))


def magnitudes(value: Any) -> Any:
    return tuple(np.abs(part) for part in value) if isinstance(value, tuple) else np.abs(value)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("source", BY_DTYPE)
def test_each_dtype(source: str, dtype: str) -> None:
    x = (np.array([[4, 1, 2], [1, 5, 0], [2, 0, 6]]) * (0.5 if dtype[0] in "fc" else 1)).astype(dtype)
    y = (np.array([[1, 2, 1], [3, 1, 1], [1, 1, 4]]) * (0.25 if dtype[0] in "fc" else 1)).astype(dtype)
    operands = {"x": x, "y": y}
    meant = infer(source, {name: Signature(value.shape, value.dtype) for name, value in operands.items()})
    if meant.problems:
        return  # not defined for this dtype, on any device
    found = value_of(source, gpu(), operands=operands)
    expected = value_of(source, cpu(), operands=operands)
    check_signature(found, meant.signature)
    check_close(found, expected, np.float16 if dtype == "float16" else None)


@pytest.mark.parametrize("source", ["linalg.inv(zeros((3, 3)))", "linalg.solve(zeros((3, 3)), ones(3))"])
def test_a_singular_matrix_is_a_failure(source: str) -> None:
    outcome = run(source, gpu())
    assert isinstance(outcome, Failure)
    assert outcome.kind == "singular"


def test_other_failures() -> None:
    for source, kind in {
        "linalg.cholesky(-M)": "not-positive-definite",
        "A[p + 7]": "index",
        "v ** -v": "value",
    }.items():
        outcome = run(source, gpu())
        assert isinstance(outcome, Failure)
        assert outcome.kind == kind


def test_times_are_possible() -> None:
    random = np.random.default_rng(0)
    operands = {name: random.standard_normal((4096, 4096), np.float32) for name in "ab"}
    outcome = run("a @ b", gpu(), operands=operands, repeat=5)
    assert isinstance(outcome, Computed)
    timing = outcome.timing
    assert timing.runs == 5
    assert 0 < timing.compute_s <= timing.total_s
    assert timing.upload_s + timing.first_call_s + 5 * 0.5 * timing.compute_s + timing.download_s <= timing.total_s
    assert timing.gflops is not None
    # float32 without TF32: no GPU of today does more than 200 TFLOP/s.
    assert 10 < timing.gflops < 200_000
    assert 2 * operands["a"].nbytes / timing.upload_s < 1e12


def test_running_out_of_memory_is_recovered_from() -> None:
    import cupy

    pool = cupy.get_default_memory_pool()
    pool.set_limit(size=256 * 2**20)
    try:
        outcome = run("zeros((8192, 8192)) + 1", gpu(), memory_limit=2**60)
        assert isinstance(outcome, Failure)
        assert outcome.kind == "memory"
        assert isinstance(run("A @ B", gpu()), Computed)
    finally:
        pool.set_limit(size=0)


def test_too_large_a_plan_is_refused() -> None:
    column = np.broadcast_to(np.float64(1), (2_000_000, 1))
    outcome = run("a @ a.T", gpu(), operands={"a": column})
    assert isinstance(outcome, Failure)
    assert outcome.kind == "memory"
    assert gpu().label in outcome.message


def test_resident_operands_and_a_summary() -> None:
    a = np.random.default_rng(0).standard_normal((300, 400))
    a[3, 4], a[5, 6] = np.nan, np.inf
    there = gpu().asarray(a)
    outcome = execute(plan(inferred("a + 1", {"a": a})), {"a": there}, gpu())
    assert isinstance(outcome, Computed)
    assert gpu().owns(outcome.value)
    found, expected = summarize(outcome.value, gpu()), summarize(a + 1)
    assert (found.low, found.high, found.nans, found.infinities) == (
        expected.low, expected.high, expected.nans, expected.infinities,
    )  # fmt: skip
    np.testing.assert_array_equal(found.thumbnail, expected.thumbnail)
