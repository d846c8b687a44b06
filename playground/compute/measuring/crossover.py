"""Where the curves of two devices cross, and what that means in one sentence."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.compute.measuring.sweep import Point


class Crossover(Record):
    """How two devices compare over all sizes that were measured on both.

    Attributes
    ----------
    faster
        The device that is faster at the largest size.
    sizes
        Each n at which the medians cross, interpolated between the measured sizes along straight lines of a plot with
        two logarithmic axes; empty where ``faster`` is so at every size.
    seconds
        The time that both take at each of them.
    """

    faster: str
    sizes: tuple[float, ...]
    seconds: tuple[float, ...]


def crossover(points: Sequence[Point], first: str, second: str, *, transfers: bool) -> Crossover | None:
    """Compare two devices, with the time of the ``transfers`` or without; None where no size was measured on both."""
    times = {
        device: {point.size: point.seconds(transfers=transfers) for point in points if point.device == device}
        for device in (first, second)
    }
    sizes = sorted(times[first].keys() & times[second].keys())
    if not sizes:
        return None
    # How much slower the second one is, as a logarithm: it is the faster one where this is negative.
    gaps = [math.log(times[second][size] / times[first][size]) for size in sizes]
    crossings, seconds = [], []
    for (left, gap), (right, next_gap) in pairwise(zip(sizes, gaps, strict=True)):
        if (gap < 0) != (next_gap < 0):
            share = gap / (gap - next_gap)
            crossings.append(_between(left, right, share))
            seconds.append(_between(times[first][left], times[first][right], share))
    return Crossover(second if gaps[-1] < 0 else first, tuple(crossings), tuple(seconds))


def pairs(points: Sequence[Point]) -> list[tuple[str, str]]:
    """The first of the devices beside each other one; the CPU is the first where it was measured."""
    devices = sorted({point.device for point in points})  # "cpu" comes before "gpu", that before "gpu:1"
    return [(devices[0], other) for other in devices[1:]]


def sentence(points: Sequence[Point]) -> str:
    """Say which device is faster from where on, transfers counted or not; empty where there is nothing to compare."""
    beside = pairs(points)
    said = [_compared(points, first, second) for first, second in beside]
    if len(beside) > 1:
        said = [
            tr("{first} and {second}: {what}", first=first.upper(), second=second.upper(), what=what) if what else ""
            for (first, second), what in zip(beside, said, strict=True)
        ]
    return " ".join(filter(None, said))


def _compared(points: Sequence[Point], first: str, second: str) -> str:
    without = crossover(points, first, second, transfers=False)
    counted = crossover(points, first, second, transfers=True)
    if without is None or counted is None:
        return ""
    alone, together = _phrase(without), _phrase(counted)
    if alone == together:
        return _capital(tr("{what}, transfers counted or not.", what=alone))
    if without.faster == counted.faster and len(without.sizes) == len(counted.sizes) == 1:
        together = tr("from about n = {size}", size=rounded(counted.sizes[0]))
    return _capital(tr("{alone}; with transfers counted, {together}.", alone=alone, together=together))


def rounded(size: float) -> int:
    """Two digits of an interpolated size: more would claim to know more.

    >>> rounded(703.2)
    700
    """
    places = min(0, 1 - math.floor(math.log10(size)))
    return int(round(size, places))


def _phrase(found: Crossover) -> str:
    device = found.faster.upper()
    if not found.sizes:
        return tr("the {device} is faster at every size measured", device=device)
    size = rounded(found.sizes[-1])
    if len(found.sizes) == 1:
        return tr("the {device} is faster from about n = {size}", device=device, size=size)
    return tr("the {device} is faster from about n = {size}, and below it they take turns", device=device, size=size)


def _between(left: float, right: float, share: float) -> float:
    return math.exp(math.log(left) + share * (math.log(right) - math.log(left)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
