"""How far a dragged number moves: ten pixels a step, steps changed by keys, no rounding noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from decimal import Decimal

PIXELS_A_STEP = 10
FINE, PLAIN, COARSE = "0.1", "1", "10"
"""What ten pixels change."""


def can_scrub(value: object, dtype: np.dtype[np.generic]) -> bool:
    """Whether a cell has a number that dragging can change: finite and not a Boolean."""
    return dtype.kind in "iufc" and bool(np.isfinite(np.asarray(value, dtype)))


class Scrub:
    """One drag of one number. ``value`` is what it stands at now, of the cell's dtype.

    Where the step changes during the drag, counting begins again at the number and the place reached so far: the
    number never jumps.
    """

    def __init__(self, start: object, dtype: np.dtype[np.generic], x: float) -> None:
        from decimal import Decimal  # here, so that the first window needn't wait for it

        self._number = Decimal
        self._dtype = dtype
        self._start: np.generic = dtype.type(start)
        # Shortest text, exact decimals: 0.1 + 3 steps of 0.1 is 0.4, not 0.4000…01.
        real = self._start.real if dtype.kind == "c" else self._start
        self._base = Decimal(str(real))
        self._x = self._last = x
        self._step, self._steps = PLAIN, 0

    def moved(self, x: float, step: str = PLAIN) -> np.generic:
        """Return the value for the pointer at ``x`` with ``step`` a ten pixels."""
        if step != self._step:
            self._base = self._reached
            self._x, self._step = self._last, step
        self._last = x
        self._steps = int((x - self._x) / PIXELS_A_STEP)
        return self.value

    @property
    def value(self) -> np.generic:
        """The number reached; integers whole and inside their dtype's range."""
        number = self._reached
        if self._dtype.kind in "iu":
            limits = np.iinfo(self._dtype.name)
            whole = int(number.to_integral_value())
            return self._dtype.type(max(int(limits.min), min(int(limits.max), whole)))
        if self._dtype.kind == "c":
            return self._dtype.type(complex(float(number), float(self._start.imag)))
        with np.errstate(over="ignore"):
            return self._dtype.type(float(number))

    @property
    def start(self) -> np.generic:
        """The number before the drag."""
        return self._start

    @property
    def _reached(self) -> Decimal:
        return self._base + self._steps * self._number(self._step)
