"""What many runs of one computation tell: the steady median, and how far apart the middle half of them lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.compute.outcome import Steady
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.compute.outcome import Timing

LEAST_FLOPS = 1_000_000
"""Below this a rate says nothing: what is measured is the call."""


def steady(seconds: Sequence[float]) -> Steady:
    """Sum up at least one run; one alone has no spread.

    >>> steady([3.0, 1.0, 2.0, 5.0, 4.0])
    Steady(median_s=3.0, spread_s=2.0, runs=5, download_s=None)
    """
    if len(seconds) == 1:
        return Steady(seconds[0], None, 1)
    low, median, high = np.quantile(np.asarray(seconds), (0.25, 0.5, 0.75)).tolist()
    return Steady(median, high - low, len(seconds))


def with_steady(timing: Timing, found: Steady, flops: int | None) -> Timing:
    """Give ``timing`` with what later runs of the same have told; its first call, transfers and total stay.

    The download is that of the later runs where there was none, since the result stayed on its device.
    """
    rate = gflops(flops, found.median_s)
    download_s = timing.download_s or found.download_s or 0.0
    return replace(
        timing, compute_s=found.median_s, spread_s=found.spread_s, runs=found.runs, gflops=rate, download_s=download_s
    )


def gflops(flops: int | None, seconds: float) -> float | None:
    """Billions of operations a second, None where there were too few to say or nobody counts them."""
    if flops is None or flops < LEAST_FLOPS or seconds <= 0:
        return None
    return flops / seconds / 1e9
