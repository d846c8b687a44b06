"""The colours behind numbers: one lookup table, one ramp of limits and one small image for a whole block."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from playground.record import Record

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from playground.views.theme import Palette
    from playground.workspace.colourings import Colouring

    Limits = tuple[float, float] | None

STEPS = 256  # colours from none to the strongest, on either side
STRENGTH = 0.28
"""Opacity of the strongest colour behind a number, which stays readable."""
_INFINITE_STRENGTH = 0.34
MANY = 100
"""Cells whose colours say more than their numbers, and have a legend; fewer are read one by one."""

NAN, PLUS_INFINITE, MINUS_INFINITE = 2 * STEPS + 1, 2 * STEPS + 2, 2 * STEPS + 3
_HUGE = 2.0**1020
_SHRINK = 0.25  # of values beyond, whose differences would overflow

Rgb = tuple[int, int, int]
Direction = Literal["diverging", "rising", "falling"]
"""Two colours around 0; one that grows with the value; one that grows as values that aren't positive fall."""


class Ramp(Record, eq=False):
    """Which value has which colour.

    Attributes
    ----------
    zero
        The value that has no colour.
    span
        How far from it the strongest colour is; infinite where finite cells have none.
    shrink
        Values times this are compared with the other two.

    The first two are numbers, or arrays of one column or of one row where each row or column has its own.
    """

    zero: float | np.ndarray = 0.0
    span: float | np.ndarray = np.inf
    shrink: float = 1.0


NO_COLOURS = Ramp()


def colours_of(palette: Palette, base: QColor, strength: float = STRENGTH) -> np.ndarray:
    """The `heat_table` of a palette over the colour ``base``."""
    tints = palette.positive, palette.negative, palette.plus_infinite, palette.minus_infinite
    return heat_table(*((tint.red(), tint.green(), tint.blue()) for tint in (base, *tints)), strength)


@cache
def heat_table(
    base: Rgb, positive: Rgb, negative: Rgb, plus_infinite: Rgb, minus_infinite: Rgb, strength: float = STRENGTH
) -> np.ndarray:
    """Return the RGB32 colours (uint32) of -STEPS … STEPS followed by those of NaN, +inf and -inf.

    The middle and NaN have the colour ``base`` itself; NaN gets its own mark from whoever paints. ``strength`` is the
    opacity of the strongest colour.
    """
    opacity = np.empty(2 * STEPS + 4)
    opacity[: 2 * STEPS + 1] = np.abs(np.arange(-STEPS, STEPS + 1)) * (strength / STEPS)
    opacity[NAN:] = (0.0, *2 * (max(strength, _INFINITE_STRENGTH),))
    tint = np.empty((len(opacity), 3))
    tint[:STEPS], tint[STEPS:] = negative, positive
    tint[PLUS_INFINITE], tint[MINUS_INFINITE] = plus_infinite, minus_infinite
    mixed = np.rint(tint * opacity[:, None] + np.array(base) * (1 - opacity[:, None])).astype(np.uint32)
    table = 0xFF000000 | mixed[:, 0] << 16 | mixed[:, 1] << 8 | mixed[:, 2]
    table.flags.writeable = False
    return table


def direction_of(scheme: str, limits: Limits) -> Direction:
    """How values between ``limits`` are coloured in one of `SCHEMES`: in the colour of their sign where all agree."""
    low, high = limits or (0.0, 0.0)
    if scheme == "diverging" or (scheme == "automatic" and low < 0 < high):
        return "diverging"
    return "falling" if low < 0 and high <= 0 else "rising"


def ramp_of(limits: Limits, dtype: np.dtype, colouring: Colouring | None = None) -> Ramp:
    """The ramp of cells whose finite values (magnitudes of complex ones) lie between ``limits``."""
    scheme = "automatic" if colouring is None else colouring.scheme
    if scheme == "off":
        return NO_COLOURS
    if dtype.kind == "b":  # two colours, also where all are equal
        return Ramp(0.0, 1.0)
    if limits is None:
        return NO_COLOURS
    return ramp_between(direction_of(scheme, limits), *limits)


def ramp_between(direction: Direction, low: float | np.ndarray, high: float | np.ndarray) -> Ramp:
    """The ramp in a direction; equal limits, and those that are NaN because they aren't known, have no colours."""
    if isinstance(low, np.ndarray) or isinstance(high, np.ndarray):
        return _ramp_of_lines(direction, np.asarray(low, np.float64), np.asarray(high, np.float64))
    shrink = _SHRINK if max(abs(low), abs(high)) > _HUGE else 1.0
    low, high = low * shrink, high * shrink
    span = max(abs(low), abs(high)) if direction == "diverging" else high - low
    if not span > 0:
        return NO_COLOURS
    return Ramp(0.0 if direction == "diverging" else low if direction == "rising" else high, span, shrink)


def _ramp_of_lines(direction: Direction, low: np.ndarray, high: np.ndarray) -> Ramp:
    with np.errstate(invalid="ignore"):
        largest = np.maximum(np.abs(low), np.abs(high))
        shrink = _SHRINK if bool((largest > _HUGE).any()) else 1.0
        low, high = low * shrink, high * shrink
        span = largest * shrink if direction == "diverging" else high - low
        coloured = span > 0
    zero = np.zeros_like(low) if direction == "diverging" else low if direction == "rising" else high
    return Ramp(np.where(coloured, zero, 0.0), np.where(coloured, span, np.inf), shrink)


def heat_image(values: np.ndarray, ramp: Ramp, table: np.ndarray) -> np.ndarray:
    """Return the RGB32 colours of ``values`` (2-D), C-contiguous and of the same shape.

    Complex values are coloured by their magnitude, Booleans as 0 and 1.
    """
    kind = values.dtype.kind
    with np.errstate(all="ignore"):
        index = (np.abs(values) if kind == "c" else values).astype(np.float64)
        if ramp.shrink != 1:
            index *= ramp.shrink
        index -= ramp.zero
        index /= ramp.span  # before it grows: the quotient can't overflow
        index *= STEPS
        np.rint(index, out=index)
        np.clip(index, -STEPS, STEPS, out=index)
        index += STEPS
        if kind in "fc" and not np.isfinite(values).all():
            _mark(index, values)
    return table.take(index.astype(np.intp))


def _mark(index: np.ndarray, values: np.ndarray) -> None:
    """Give what isn't finite its own place in the table; an infinite complex number is infinitely large."""
    infinite = np.isinf(values)
    index[infinite] = PLUS_INFINITE
    if values.dtype.kind == "f":
        index[infinite & (values < 0)] = MINUS_INFINITE
    index[np.isnan(values)] = NAN
