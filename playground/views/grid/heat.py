"""The colours behind numbers: one lookup table and one small image for a whole block."""

from __future__ import annotations

from functools import cache

import numpy as np

STEPS = 256  # colours from zero to the largest magnitude, on either side
_STRENGTH = 0.28  # opacity at the largest magnitude: the number in front stays readable
_INFINITE_STRENGTH = 0.5
_NAN, _PLUS, _MINUS = 2 * STEPS + 1, 2 * STEPS + 2, 2 * STEPS + 3

Rgb = tuple[int, int, int]


@cache
def heat_table(base: Rgb, positive: Rgb, negative: Rgb) -> np.ndarray:
    """Return the RGB32 colours (uint32) of -STEPS … STEPS followed by those of NaN, +inf and -inf.

    Zero and NaN have the colour ``base`` itself; NaN gets its own mark from whoever paints.
    """
    opacity = np.empty(2 * STEPS + 4)
    opacity[: 2 * STEPS + 1] = np.abs(np.arange(-STEPS, STEPS + 1)) * (_STRENGTH / STEPS)
    opacity[_NAN:] = (0.0, _INFINITE_STRENGTH, _INFINITE_STRENGTH)
    tint = np.empty((len(opacity), 3))
    tint[:STEPS], tint[STEPS:] = negative, positive
    tint[_MINUS] = negative
    mixed = np.rint(tint * opacity[:, None] + np.array(base) * (1 - opacity[:, None])).astype(np.uint32)
    table = 0xFF000000 | mixed[:, 0] << 16 | mixed[:, 1] << 8 | mixed[:, 2]
    table.flags.writeable = False
    return table


def heat_image(values: np.ndarray, magnitude: float, table: np.ndarray) -> np.ndarray:
    """Return the RGB32 colours of ``values`` (2-D), C-contiguous and of the same shape.

    ``magnitude`` is the largest finite absolute value of the whole array; 0 leaves finite cells uncoloured.
    Complex values are coloured by their magnitude, Booleans as 0 and 1.
    """
    with np.errstate(all="ignore"):
        real = np.abs(values) if values.dtype.kind == "c" else values
        scaled = real.astype(np.float64, copy=False)
        # Divided first: the quotient of a value and the largest magnitude can't overflow.
        index = np.rint(scaled / magnitude * STEPS) if magnitude > 0 else np.where(np.isfinite(scaled), 0.0, scaled)
        slots = np.clip(index, -STEPS, STEPS) + STEPS
        if values.dtype.kind in "fc":
            slots = np.where(np.isnan(scaled), _NAN, slots)
            slots = np.where(np.isposinf(scaled), _PLUS, np.where(np.isneginf(scaled), _MINUS, slots))
    return np.ascontiguousarray(table[slots.astype(np.intp)])
