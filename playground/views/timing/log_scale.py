"""A logarithmic axis: where a value stands, and which values are worth a line."""

from __future__ import annotations

import math

from playground.record import Record

_STEPS = (1.0, 2.0, 5.0)
_FEW = 3
"""Powers of ten alone make an axis readable where there are so many of them."""


class LogScale(Record):
    """Maps ``low`` to the pixel ``start`` and ``high`` to ``end``; both values are positive and not the same."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of ``value``."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float) -> list[float]:
    """Round values from ``low`` to ``high``: powers of ten, and 2 and 5 between them where those are few.

    >>> ticks(1.0, 1000.0)
    [1.0, 10.0, 100.0, 1000.0]
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    few = math.log10(high / low) < _FEW - 0.5
    marks = [step * 10.0**power for power in range(first, last + 1) for step in (_STEPS if few else _STEPS[:1])]
    return [mark for mark in marks if low * 0.999 <= mark <= high * 1.001]


def around(low: float, high: float) -> tuple[float, float]:
    """Round limits around values from ``low`` to ``high``, at least a factor of ten apart."""
    steps = [step * 10.0**power for power in range(-12, 13) for step in _STEPS]
    below = max((step for step in steps if step <= low), default=low)
    above = min((step for step in steps if step >= high), default=high)
    while above / below < 10 * 0.999:
        below, above = below / 2, above * 2
    return below, above
