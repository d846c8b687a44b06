"""Unit balls of the p-norms, and what clipping does to a vector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.text import number_text, vector_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

_AROUND = 361
"""Points of an outline: one each degree, the first again at the end."""


class Clipped(Record):
    """A vector before and after clipping, how many degrees its direction turned, and that in words."""

    before: tuple[float, ...]
    after: tuple[float, ...]
    degrees: float
    sentence: str


def norm(vector: npt.ArrayLike, p: float) -> float:
    """The p-norm ``sum(abs(x) ** p) ** (1 / p)``, the largest magnitude for infinity; no square over- or underflows.

    For ``p`` below 1 it is no norm (its ball isn't convex), but the sum is the same. Raises ValueError for p <= 0.
    """
    if not p > 0:
        raise ValueError(tr("p must be above 0, not {p}.", p=number_text(float(p))))
    sizes = np.abs(np.asarray(vector, np.float64))
    largest = float(sizes.max(initial=0.0))
    if largest == 0 or math.isinf(p) or not math.isfinite(largest):
        return largest
    return largest * math.pow(float(((sizes / largest) ** p).sum()), 1 / p)


def ball(p: float, radius: float = 1.0) -> np.ndarray:
    """Outline of the ball of that radius in the plane, shape ``(361, 2)``, counter-clockwise from the first axis.

    Corners are among the points: those on the axes for ``p`` up to 1, those on the diagonals for infinity.
    """
    angles = np.linspace(0.0, 2 * math.pi, _AROUND)
    directions = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    directions[np.abs(directions) < 1e-15] = 0.0
    largest = np.abs(directions).max(axis=1)
    lengths = (
        largest if math.isinf(p) else largest * ((np.abs(directions) / largest[:, None]) ** p).sum(axis=1) ** (1 / p)
    )
    outline: np.ndarray = radius * directions / lengths[:, None]
    return outline


def on_ball(point: npt.ArrayLike, p: float, radius: float = 1.0) -> np.ndarray:
    """Return the point in the same direction on the ball; the origin goes to the first axis."""
    given = np.asarray(point, np.float64)
    length = norm(given, p)
    if length == 0:
        given, length = np.eye(1, len(given))[0], 1.0
    moved: np.ndarray = given / length * radius
    return moved


def clipped_by_norm(vector: npt.ArrayLike, most: float) -> Clipped:
    """Shorten a vector to Euclidean length ``most`` at most, as gradients are clipped: its direction stays.

    Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks (2013), algorithm 1.
    """
    given = np.asarray(vector, np.float64)
    length = norm(given, 2)
    limit = number_text(most, 4)
    if length <= most:
        told = tr("its length {length} is within {most}: it stays", length=number_text(length, 4), most=limit)
        return _clipped(given, given, told)
    told = tr("scaled to length {most}: it points where it pointed", most=limit)
    return _clipped(given, given / length * most, told)


def clipped_by_value(vector: npt.ArrayLike, most: float) -> Clipped:
    """Cut each coordinate to ``-most`` … ``most``: the direction may turn."""
    given = np.asarray(vector, np.float64)
    after = np.clip(given, -most, most)
    if (after == given).all():
        return _clipped(given, after, tr("no coordinate is beyond {most}: it stays", most=number_text(most, 4)))
    turned = _turn(given, after)
    if turned < 1e-9:
        return _clipped(given, after, tr("all coordinates are cut alike: it points where it pointed"))
    angle = number_text(round(turned, 2), 4)
    return _clipped(given, after, tr("coordinates are cut to {vector}: its direction turns by {angle}°",
                                     vector=vector_text(after), angle=angle))  # fmt: skip


def _clipped(before: np.ndarray, after: np.ndarray, sentence: str) -> Clipped:
    return Clipped(tuple(before.tolist()), tuple(after.tolist()), _turn(before, after), sentence)


def _turn(before: np.ndarray, after: np.ndarray) -> float:
    a, b = norm(before, 2), norm(after, 2)
    if not (a > 0 and b > 0 and math.isfinite(a) and math.isfinite(b)):
        return 0.0
    u, v = before / a, after / b
    return math.degrees(2 * math.atan2(float(np.linalg.norm(u - v)), float(np.linalg.norm(u + v))))
