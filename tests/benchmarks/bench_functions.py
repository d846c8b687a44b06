"""Every function of the table at a size where NumPy takes over 10 ms, and chains of them, against NumPy itself.

Run all of it: ``python tests/benchmarks/bench_functions.py``; as a test it measures chains and every tenth function.
"""

from __future__ import annotations

import statistics
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.functions.targets import numpy_function
from playground.compute.outcome import Computed
from playground.compute.planning.plan import plan
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.benchmarks.measure import compare, judge, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_S = 10e-3
"""From this time on a function must be as fast as NumPy's."""

TOO_LONG_S = 1.0
SIZES = (64, 128, 256, 512, 1024, 2048)
ALLOWED = 1.05
CORES = NumpyBackend().threads


def operands(n: int) -> dict[str, np.ndarray]:
    """Give X and Y, two well-conditioned n×n matrices of float64."""
    generator = np.random.default_rng(n)
    return {name: generator.normal(size=(n, n)) + n * np.eye(n) for name in ("X", "Y")}


def ours(source: str, arrays: dict[str, np.ndarray]) -> Callable[[], Any]:
    """Give what the engine does: a cached inference and plan, and the plan run on NumPy."""
    signatures = {name: Signature(array.shape, array.dtype) for name, array in arrays.items()}
    planned, backend = plan(infer(source, signatures)), NumpyBackend()

    def run() -> object:
        outcome = execute(planned, arrays, backend, memory_limit=1 << 34)
        assert isinstance(outcome, Computed), outcome
        return outcome.value

    return run


def measured(name: str) -> float | None:
    """Ratio of ours to NumPy's for the row ``name`` of the table; None where there is no size to compare at."""
    function = numpy_function(name)
    signatures = {operand: Signature((64, 64), np.dtype(float)) for operand in "XY"}
    sources = {f"{name}(X)": 1, f"{name}(X, Y)": 2}
    found = [(source, count) for source, count in sources.items() if not infer(source, signatures).problems]
    if function is None or not found:
        return None
    source, count = found[0]
    for n in SIZES:
        arrays = operands(n)
        theirs = partial(function, *list(arrays.values())[:count])
        if infer(source, {operand: Signature((n, n), np.dtype(float)) for operand in "XY"}).problems:
            return None  # too many arrays in one list, say
        try:
            theirs()
            took = seconds(theirs)
        except (TypeError, ValueError):  # X and Y are no quantiles, say
            return None
        if took > TOO_LONG_S:
            return None
        if took > LEAST_S:
            return compare(f"{source} at {n}", ours(source, arrays), theirs, turns=7).ratio
    return None


def test_a_chain_is_faster_than_what_a_person_would_write() -> None:
    X = np.random.default_rng(0).normal(size=(2000, 2000))
    run = ours("exp(-X * X) + sin(X) * 2", {"X": X})
    with np.errstate(all="ignore"):
        result = compare("exp(-X * X) + sin(X) * 2 at 2000", run, lambda: np.exp(-X * X) + np.sin(X) * 2, turns=9)
    np.testing.assert_array_equal(run(), np.exp(-X * X) + np.sin(X) * 2)
    judge(f"a chain on {CORES} cores", result.ratio, 1 / 1.5)


def test_a_layer_is_no_slower() -> None:
    generator = np.random.default_rng(0)
    x, W, b = generator.normal(size=(1000, 784)), generator.normal(size=(784, 1000)), generator.normal(size=1000)
    result = compare(
        "relu(x @ W + b)", ours("relu(x @ W + b)", {"x": x, "W": W, "b": b}), lambda: np.maximum(x @ W + b, 0), turns=9
    )
    judge("a layer", result.ratio, ALLOWED)


def test_whole_numbers_are_multiplied_far_faster() -> None:
    generator = np.random.default_rng(0)
    arrays = {name: generator.integers(-100, 100, size=(1024, 1024)) for name in "XY"}
    run = ours("X @ Y", arrays)
    result = compare("X @ Y of int64 at 1024", run, lambda: arrays["X"] @ arrays["Y"], turns=3)
    np.testing.assert_array_equal(run(), arrays["X"] @ arrays["Y"], strict=True)
    judge("a product of whole numbers", result.ratio, 1 / 30)


def test_no_function_is_slower_than_numpys() -> None:
    every_function(10)


def every_function(step: int) -> None:
    """Measure each ``step``-th function."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        ratios = {name: measured(name) for name in list(FUNCTIONS)[::step]}
    known = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    slower = {name: round(ratio, 2) for name, ratio in known.items() if ratio > ALLOWED}
    print(f"\n{len(known)} functions over 10 ms; over {ALLOWED}: {slower or 'none'}")
    judge("the middle function", statistics.median(known.values()), ALLOWED)


if __name__ == "__main__":
    test_a_chain_is_faster_than_what_a_person_would_write()
    test_a_layer_is_no_slower()
    test_whole_numbers_are_multiplied_far_faster()
    every_function(1)
