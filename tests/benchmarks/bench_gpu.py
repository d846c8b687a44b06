"""A GPU against plain CuPy on it: functions, chains, whole numbers; and what an edit and a window move over the bus.

Run all of it where there is a GPU: ``python tests/benchmarks/bench_gpu.py``; a test measures every tenth function.
All is steady state: what is compiled and made ready was run before.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.compute.devices import detect
from playground.compute.execute import execute
from playground.compute.functions.targets import OWN, cupy_function
from playground.compute.outcome import Computed
from playground.compute.planning.plan import plan
from playground.engine.core import EngineCore
from playground.engine.gpus import open_gpu
from playground.engine.messages import Request, Result
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.workspace.arrays import Patch
from tests.benchmarks.measure import Comparison, compare, judge, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.gpu.device import CupyBackend

pytestmark = pytest.mark.gpu

LEAST_S = 5e-3
"""From this time on a function must be as fast as CuPy's; below, asking for it takes as long as computing."""

TOO_LONG_S = 2.0
SIZES = (512, 1024, 2048, 4096, 8192)
ALLOWED = 1.05

CHAINS: dict[str, Callable[[Any, Any, Any], object]] = {
    "exp(-X * X) + sin(X) * 2": lambda xp, X, _: xp.exp(-X * X) + xp.sin(X) * 2,
    "sqrt(X ** 2 + Y ** 2)": lambda xp, X, Y: xp.sqrt(X**2 + Y**2),
    "sigmoid(X) * Y": lambda xp, X, Y: 1 / (1 + xp.exp(-X)) * Y,
    "where(X > 0, X, 0.1 * X) + 1": lambda xp, X, _: xp.where(X > 0, X, 0.1 * X) + 1,
    "relu(X @ Y + Y)": lambda xp, X, Y: xp.maximum(X @ Y + Y, 0),
}
"""A formula, and what a person would write with CuPy as ``xp``."""


@cache
def gpu() -> CupyBackend:
    """The first GPU, opened once."""
    found: Any = open_gpu()
    print(f"\nGPU: {found.label}", flush=True)
    return found  # type: ignore[no-any-return]


def operands(n: int, dtype: str = "float64") -> dict[str, np.ndarray]:
    """Give X and Y, two well-conditioned n×n matrices."""
    generator = np.random.default_rng(n)
    return {name: (generator.normal(size=(n, n)) + n * np.eye(n)).astype(dtype) for name in "XY"}


def ours(source: str, arrays: dict[str, np.ndarray], device: dict[str, Any]) -> Callable[[], Any]:
    """Give what the engine does: a cached inference and plan, run on arrays that are on the GPU already."""
    planned = plan(infer(source, {name: Signature(array.shape, array.dtype) for name, array in arrays.items()}))

    def run() -> object:
        outcome = execute(planned, device, gpu())
        assert isinstance(outcome, Computed), outcome
        return outcome.value

    return run


def theirs(function: Callable[[], object]) -> Callable[[], object]:
    """Give a call of CuPy's on the same stream, waited for."""

    def run() -> object:
        with gpu().session():
            found = function()
            gpu().synchronize()
        return found

    return run


def on_gpu(arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    """The arrays on the GPU."""
    return {name: gpu().asarray(array) for name, array in arrays.items()}


def measured(name: str) -> float | None:
    """Ratio of ours to CuPy's for the row ``name`` of the table; None where there is none, or no size to compare at."""
    target = FUNCTIONS[name].cupy_target
    function = None if target is None or target.startswith(OWN) else cupy_function(name, gpu().module)
    signatures = {operand: Signature((64, 64), np.dtype(float)) for operand in "XY"}
    sources = {f"{name}(X)": 1, f"{name}(X, Y)": 2}
    found = [(source, count) for source, count in sources.items() if not infer(source, signatures).problems]
    if function is None or not found:
        return None
    source, count = found[0]
    for n in SIZES:
        arrays = operands(n)
        device = on_gpu(arrays)
        plain = theirs(partial(function, *list(device.values())[:count]))
        if infer(source, {operand: Signature((n, n), np.dtype(float)) for operand in "XY"}).problems:
            return None
        try:
            plain()
            took = seconds(plain)
        except (TypeError, ValueError, NotImplementedError, MemoryError):  # X and Y are no quantiles, say
            return None
        if took > TOO_LONG_S:
            return None
        if took > LEAST_S:
            return compare(f"{source} at {n}", ours(source, arrays, device), plain, turns=9, warm=2).ratio
    return None


def every_function(step: int) -> dict[str, float]:
    """Measure each ``step``-th function; what is over the limit is measured twice, and the slowest are printed."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        found = {name: ratio for name in sorted(FUNCTIONS)[::step] if (ratio := measured(name)) is not None}
        slow = [name for name, ratio in found.items() if ratio > ALLOWED]
        found |= {name: min(found[name], measured(name) or found[name]) for name in slow}
    for name, ratio in sorted(found.items(), key=lambda item: -item[1])[:10]:
        print(f"  {name}: {ratio:.3f}", flush=True)
    return found


def test_no_function_is_slower_than_cupys() -> None:
    judge("the slowest function against CuPy", max(every_function(10).values(), default=1.0), ALLOWED)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("source", CHAINS)
def test_a_chain_is_faster_than_cupy(source: str, dtype: str) -> None:
    arrays = operands(4096, dtype)
    device, write = on_gpu(arrays), CHAINS[source]
    plain = theirs(lambda: write(gpu().module, device["X"], device["Y"]))
    run = ours(source, arrays, device)
    np.testing.assert_allclose(gpu().to_host(run()), gpu().to_host(plain()), rtol=1e-4 if dtype == "float32" else 1e-12)
    found = compare(f"{source} at 4096, {dtype}", run, plain, turns=15, warm=3)
    judge(f"a chain of {dtype}", found.ratio, ALLOWED if "@" in source else 1 / 1.5)


def test_whole_numbers_are_no_slower_than_cupys() -> None:
    generator = np.random.default_rng(0)
    arrays = {name: generator.integers(-100, 100, size=(2048, 2048)) for name in "XY"}
    device = on_gpu(arrays)
    run, plain = ours("X @ Y", arrays, device), theirs(lambda: device["X"] @ device["Y"])
    np.testing.assert_array_equal(gpu().to_host(run()), gpu().to_host(plain()), strict=True)
    judge("X @ Y of int64", compare("X @ Y of int64 at 2048", run, plain, turns=5).ratio, ALLOWED)


def _evaluated(engine: EngineCore, source: str, key: str, result: str) -> Result:
    outcome = engine.evaluate(Request(source, {"A": key} if key else {}, result, gpu().name))
    assert isinstance(outcome, Result), outcome
    return outcome


def test_an_edit_uploads_the_patch_alone() -> None:
    host, engine = np.ones((8192, 8192)), EngineCore(1 << 34)
    engine.put("A#0", host)
    print(f"\ncontext: {_evaluated(engine, 'A[:2, :2] + 1', 'A#0', '=1').timing.context_s:.3g} s", flush=True)
    count = 0

    def edit() -> None:
        nonlocal count
        engine.patch(f"A#{count}", f"A#{count + 1}", [Patch(5, 7, np.array([[float(count)]]))])
        count += 1
        _evaluated(engine, "A[:8, :8] + 1", f"A#{count}", "=1")

    def anew() -> None:
        engine.put("whole", host, copy=False)
        _evaluated(engine, "A[:8, :8] + 1", "whole", "=2")

    found = compare("one cell of 8192² edited, against all of it brought", edit, anew, turns=7)
    judge("an edit", found.ratio, 1 / 20)


def test_a_window_brings_a_corner() -> None:
    n, engine = 20_000, EngineCore(1 << 34)
    if gpu().free_bytes() < 12 * n * n:
        pytest.skip("this GPU has no room for a result of 20,000² float64")
    result = _evaluated(engine, f"ones(({n}, {n})) * 2", "", "=1")
    assert result.timing.download_s == 0
    whole = engine._store.any_copy("=1")
    found: Comparison = compare(
        "a corner of 20,000², against all of it fetched",
        lambda: engine.window("=1", 100, 160, 100, 130), lambda: gpu().to_host(whole), turns=3,
    )  # fmt: skip
    judge("a window", found.ratio, 1 / 100)


if __name__ == "__main__":
    report = detect()
    if not report.ok:
        sys.exit(f"{report.sentence} {report.cure}")
    every_function(1)
    sys.exit(pytest.main([__file__, "-q", "-s", "-p", "no:cacheprovider"]))
