"""How the benchmarks measure: what is ours and a yardstick, turn by turn in one process, told as a ratio.

A machine that is busy or slow is so for both, and the ratio stays; seconds alone would tell of the machine.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of each turn: ours, and the yardstick's in the same order."""

    name: str
    ours: tuple[float, ...]
    yardstick: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of ours over median of the yardstick's."""
        return statistics.median(self.ours) / statistics.median(self.yardstick)

    def __str__(self) -> str:
        ours, yardstick = statistics.median(self.ours), statistics.median(self.yardstick)
        return f"{self.name}: {self.ratio:.3f} x the yardstick ({ours * 1000:.4g} ms, {yardstick * 1000:.4g} ms)"


def compare(
    name: str, ours: Callable[[], object], yardstick: Callable[[], object], *, turns: int, warm: int = 1
) -> Comparison:
    """Time both by turns, so that whatever else the machine does meets both; print the ratio."""
    times = ([], [])  # type: tuple[list[float], list[float]]
    for turn in range(-warm, turns):
        for action, kept in zip((ours, yardstick), times, strict=True):
            took = seconds(action)
            if turn >= 0:
                kept.append(took)
    comparison = Comparison(name, tuple(times[0]), tuple(times[1]))
    print(f"\n{comparison}", flush=True)
    return comparison


def judge(name: str, value: float, goal: float) -> None:
    """Print whether ``value`` keeps its ``goal``.

    A goal that is missed fails only where MATRIX_PLAYGROUND_STRICT is set: it holds on an idle machine, and nobody
    knows what else runs beside the tests.
    """
    verdict = "kept" if value <= goal else "MISSED"
    print(f"{name}: goal {goal:.4g} {verdict} ({value:.4g})", flush=True)
    assert value <= goal or "MATRIX_PLAYGROUND_STRICT" not in os.environ


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def percentile(name: str, action: Callable[[], object], *, turns: int, warm: int = 10, share: float = 0.95) -> float:
    """Print and return the time in seconds that ``share`` of the calls stay under."""
    for _ in range(warm):
        action()
    times = sorted(seconds(action) for _ in range(turns))
    found = times[min(turns - 1, int(share * turns))]
    middle = statistics.median(times)
    print(f"\n{name}: median {middle * 1000:.3g} ms, {share:.0%} under {found * 1000:.3g} ms", flush=True)
    return found
