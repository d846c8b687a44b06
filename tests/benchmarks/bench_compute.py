"""Evaluation against NumPy itself: what planning, slots, timing and failures cost around one call.

Run it: ``python tests/benchmarks/bench_compute.py``. Pairs run interleaved; the ratio is the median of the pairs'
ratios, so that a machine that is busy for a while is so for both.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Failure
from playground.compute.planning.plan import plan
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.benchmarks.measure import judge

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE_RATIO = 1.02
"""A large product may take this many times as long as NumPy's."""

SMALL_S = 1e-4
"""A 2×2 product may take this long, inference and planning (cached) included."""


def evaluated(source: str, arrays: dict[str, np.ndarray]) -> Callable[[], object]:
    """Give what a caller does for each evaluation: signatures, inference, plan, execution."""
    backend = NumpyBackend()

    def run() -> object:
        signatures = {name: Signature(array.shape, array.dtype) for name, array in arrays.items()}
        outcome = execute(plan(infer(source, signatures)), arrays, backend)
        if isinstance(outcome, Failure):
            raise AssertionError(outcome)
        return outcome.value

    return run


def interleaved(
    first: Callable[[], object], second: Callable[[], object], pairs: int, inner: int
) -> tuple[float, float, float]:
    """Median seconds of one call of each and the median ratio; each pair runs both, in turns of who begins."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for pair in range(pairs):
        order = ((first, seconds[0]), (second, seconds[1]))
        for function, into in order if pair % 2 else reversed(order):
            started = time.perf_counter()
            for _ in range(inner):
                function()
            into.append((time.perf_counter() - started) / inner)
    ratio = statistics.median(one / other for one, other in zip(*seconds, strict=True))
    return statistics.median(seconds[0]), statistics.median(seconds[1]), ratio


def main() -> int:
    """Print value, yardstick and ratio of each case; 1 where one is over its limit."""
    random = np.random.default_rng(0)
    ok = True
    for size, pairs, inner in ((2048, 31, 1), (256, 100, 5), (2, 200, 200)):
        a, b = (random.standard_normal((size, size), np.float32) for _ in range(2))
        ours = evaluated("A @ B", {"A": a, "B": b})
        ours()
        found = interleaved(ours, lambda a=a, b=b: a @ b, pairs, inner)
        ok &= within(size, *found)
        print(line(f"A @ B, float32 {size}²", *found) + ("" if within(size, *found) else "  OVER"))
        if size == 2048:
            print(
                line("  NumPy against itself", *interleaved(lambda a=a, b=b: a @ b, lambda a=a, b=b: a @ b, pairs, 1))
            )
    a, b = (random.integers(-100, 100, (512, 512)) for _ in range(2))
    ours = evaluated("A @ B", {"A": a, "B": b})
    print(line("A @ B, int64 512²", *interleaved(ours, lambda: a @ b, 3, 1)))
    return 0 if ok else 1


def test_compute_against_numpy() -> None:
    """Under pytest: print; a limit that is passed fails only where that is asked for."""
    judge("limits passed", main(), 0)


def within(size: int, value: float, _yardstick: float, ratio: float) -> bool:
    """Whether a case keeps its limit; 256² has none."""
    if size == 2:
        return value <= SMALL_S
    return size != 2048 or ratio <= LARGE_RATIO


def line(name: str, value: float, yardstick: float, ratio: float) -> str:
    """Write one result."""
    return f"{name:24} {value * 1e6:12,.1f} µs  NumPy {yardstick * 1e6:12,.1f} µs  ratio {ratio:7.3f}"


if __name__ == "__main__":
    sys.exit(main())
