"""What is read of points once for each change: which are finite, their cloud, their line, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.geometry.cloud import Cloud, Regression, read_cloud, regression
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.views.canvas.viewport import Viewport

_LARGEST = 1e150
"""Squares of larger numbers are no numbers any more."""
_ROOM = 1.3
"""A fitted view reaches this much further than the farthest point."""
_EMPTY = 3.5
_FARTHEST = 2e300
"""No view reaches further: its scale would be no number."""


class Reading(Record, eq=False):
    """What is known of points.

    Attributes
    ----------
    finite
        Rows whose coordinates are finite, ascending.
    cloud, line
        Their statistics; None where there are none.
    sentence
        All of it in words, or why there is nothing.
    low, high
        Corners of the box around the finite points, None where there are none.
    """

    finite: np.ndarray
    cloud: Cloud | None
    line: Regression | None
    sentence: str
    low: tuple[float, float] | None = None
    high: tuple[float, float] | None = None


def read_points(points: np.ndarray) -> Reading:
    """Read points, shape ``(n, 2)``, of any numbers."""
    # Column by column: NumPy reduces rows of two numbers many times slower.
    finite = np.flatnonzero(np.isfinite(points[:, 0]) & np.isfinite(points[:, 1]))
    if not len(finite):
        told = tr("There is no point with finite coordinates.") if len(points) else tr("It has no rows, so no points.")
        return Reading(finite, None, None, told)
    seen = points if len(finite) == len(points) else points[finite]
    low, high = ((float(find(seen[:, 0])), float(find(seen[:, 1]))) for find in (np.min, np.max))
    if max(map(abs, (*low, *high))) > _LARGEST:
        return Reading(
            finite, None, None, tr("Coordinates beyond 1e150 are too large to read their spread."), low, high
        )
    with np.errstate(all="ignore"):
        cloud = read_cloud(points)
        line = regression(points) if len(finite) > 1 else None
    return Reading(finite, cloud, line, cloud.sentence, low, high)


def fitted_to(view: Viewport, reading: Reading, inset: float) -> Viewport:
    """Put the box of the points in the middle, the origin too where it isn't far; ``inset`` pixels stay free."""
    room = max(1.0, view.width / 2), max(1.0, view.height / 2 - inset)
    if reading.low is None or reading.high is None:
        return replace(view, x=0.0, y=0.0, scale=min(room) / _EMPTY)
    spans = [_span(low, high) for low, high in zip(reading.low, reading.high, strict=True)]
    wide = max(half for _, half in spans)
    with_origin = [_span(min(low, 0.0), max(high, 0.0)) for low, high in zip(reading.low, reading.high, strict=True)]
    if wide == 0 or max(half for _, half in with_origin) <= 2 * wide:
        spans = with_origin
        wide = max(half for _, half in spans)
    if wide == 0:
        return replace(view, x=0.0, y=0.0, scale=min(room) / _EMPTY)
    least = max(1e-290, 1e-9 * max(abs(middle) for middle, _ in spans))
    scale = min(
        pixels / min(max(half * _ROOM, least), _FARTHEST) for pixels, (_, half) in zip(room, spans, strict=True)
    )
    return replace(view, x=spans[0][0], y=spans[1][0], scale=min(scale, 1e290))


def holds(view: Viewport, reading: Reading, inset: float) -> bool:
    """Whether the box of the points is inside the view, ``inset`` pixels from its top and bottom."""
    if reading.low is None or reading.high is None:
        return True
    left, bottom = view.to_pixels(reading.low)
    right, top = view.to_pixels(reading.high)
    return left >= 0 and right <= view.width and top >= inset / 2 and bottom <= view.height - inset


def _span(low: float, high: float) -> tuple[float, float]:
    """Middle of two numbers and half their distance, halves first: sums could overflow."""
    return high / 2 + low / 2, high / 2 - low / 2
