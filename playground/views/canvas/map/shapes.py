"""What a map of the plane is shown on, before and after: grid lines, square, circle, a letter, lines of directions."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPolygonF

if TYPE_CHECKING:
    from playground.views.canvas.viewport import Viewport

_MOST_LINES = 40
_FAR = 1e5
"""Pixels beyond which a point is cut off: Qt's rasteriser takes no larger ones well."""


@cache
def circle() -> np.ndarray:
    """Points of the unit circle, shape ``(121, 2)``, the first again at the end."""
    angles = np.linspace(0.0, 2 * math.pi, 121)
    return np.stack((np.cos(angles), np.sin(angles)), axis=1)


SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
LETTER = np.array(
    [(0.3, 0.2), (0.48, 0.2), (0.48, 0.66), (0.8, 0.66), (0.8, 0.84), (0.48, 0.84), (0.48, 1.12), (0.95, 1.12),
     (0.95, 1.3), (0.3, 1.3)]
)  # fmt: skip
"""An F, which looks otherwise from behind and upside down: it shows what a map turns over."""


def grid_lines(matrix: np.ndarray, view: Viewport, step: float) -> list[QLineF]:
    """Return the images of the grid's lines that can be seen in ``view``, in pixels; none where they'd be too dense."""
    reach = _reach(matrix, view)
    count = math.ceil(reach / step) if math.isfinite(reach / step) else _MOST_LINES + 1
    count = min(count, _MOST_LINES)
    far = count * step
    lines = []
    for k in range(-count, count + 1):
        ends = np.array([(k * step, -far), (k * step, far), (-far, k * step), (far, k * step)])
        a, b, c, d = pixels(mapped(ends, matrix), view)
        lines += [QLineF(a, b), QLineF(c, d)]
    return lines


def mapped(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return the images of points, shape ``(m, 2)``; infinite where they are too far away for a number."""
    with np.errstate(all="ignore"):
        images: np.ndarray = points @ matrix.T
    return images


def polygon(points: np.ndarray, view: Viewport) -> QPolygonF:
    """Return points of the plane, shape ``(m, 2)``, as a polygon in pixels."""
    return QPolygonF(pixels(points, view))


def pixels(points: np.ndarray, view: Viewport) -> list[QPointF]:
    """Place points of the plane, shape ``(m, 2)``, in pixels; those far out of sight at its edge."""
    with np.errstate(all="ignore"):
        across = view.width / 2 + (points[:, 0] - view.x) * view.scale
        up = view.height / 2 - (points[:, 1] - view.y) * view.scale
    placed = np.clip(np.nan_to_num(np.stack((across, up), axis=1), posinf=_FAR, neginf=-_FAR), -_FAR, _FAR)
    return [QPointF(x, y) for x, y in placed.tolist()]


def through_origin(direction: np.ndarray, view: Viewport) -> QLineF:
    """Return the line through the origin in a direction, across all of ``view``, in pixels."""
    far = 2 * (math.hypot(view.width, view.height) / view.scale + math.hypot(view.x, view.y))
    a, b = pixels(np.array([-far * direction, far * direction]), view)
    return QLineF(a, b)


def _reach(matrix: np.ndarray, view: Viewport) -> float:
    """Units of the plane before the map, from the origin, whose images can be in sight."""
    corner = math.hypot(view.width, view.height) / 2 / view.scale + math.hypot(view.x, view.y)
    smallest = float(np.linalg.svd(matrix, compute_uv=False)[-1])
    return corner / smallest if smallest > 0 else math.inf
