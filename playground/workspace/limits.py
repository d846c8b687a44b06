"""The smallest and the largest finite value of cells, by which grids are coloured. Pure."""

from __future__ import annotations

import math

import numpy as np

Limits = tuple[float, float] | None
"""Smallest and largest finite value, of magnitudes where cells are complex; None where none is finite."""


def finite_limits(cells: np.ndarray) -> Limits:
    """The limits of ``cells``, which are read once and are taken apart only where not all of them are finite.

    >>> finite_limits(np.array([1.0, -2.0, np.inf, np.nan]))
    (-2.0, 1.0)
    """
    if not cells.size:
        return None
    with np.errstate(all="ignore"):
        values = np.abs(cells) if cells.dtype.kind == "c" else cells
        low, high = float(values.min()), float(values.max())
        if math.isfinite(low) and math.isfinite(high):
            return low, high
        values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if values.size else None


def joined_limits(some: Limits, others: Limits) -> Limits:
    """The limits of all cells of which two groups have these."""
    if some is None or others is None:
        return some or others
    return min(some[0], others[0]), max(some[1], others[1])
