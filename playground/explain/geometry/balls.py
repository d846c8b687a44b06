"""Unit balls of the p-norms, and what clipping does to a vector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.text import number_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

_AROUND = 361
"""Points of an outline: one each degree, the first again at the end."""


_ON_BALL = 1e-9
"""A length that is so near to 1 counts as 1."""


class NormReading(Record):
    """Norms of a vector for p = 1, 2 and infinity and for the p that was asked for, and where it stands, in words."""

    l1: float
    l2: float
    linf: float
    lp: float
    sentence: str


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


def read_norms(vector: npt.ArrayLike, p: float) -> NormReading:
    """Measure a vector by the three usual norms and by ``p``, and say where it stands."""
    given = np.asarray(vector, np.float64)
    length = norm(given, p)
    return NormReading(norm(given, 1), norm(given, 2), norm(given, math.inf), length, _position(given, length))


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
    if most == 0:
        return _clipped(given, np.zeros_like(given), tr("scaled to length 0: nothing is left"))
    told = tr("scaled to length {most}: it points where it pointed", most=limit)
    inside = given / np.abs(given).max()  # the length itself may be larger than any number
    return _clipped(given, inside / norm(inside, 2) * most, told)


def clipped_by_value(vector: npt.ArrayLike, most: float) -> Clipped:
    """Cut each coordinate to ``-most`` … ``most``: the direction may turn."""
    given = np.asarray(vector, np.float64)
    after = np.clip(given, -most, most)
    limit = number_text(most, 4)
    if (after == given).all():
        return _clipped(given, after, tr("no coordinate is beyond {most}: it stays", most=limit))
    if most == 0:
        return _clipped(given, after, tr("every coordinate is cut to 0: nothing is left"))
    turned = _turn(given, after)
    if turned < 1e-9:
        told = tr("each coordinate is cut to {most} at most: it points where it pointed", most=limit)
        return _clipped(given, after, told)
    return _clipped(given, after, tr("each coordinate is cut to {most} at most: its direction turns by {angle}°",
                                     most=limit, angle=number_text(turned, 3)))  # fmt: skip


def _position(vector: np.ndarray, length: float) -> str:
    if np.isnan(vector).any():
        return tr("a coordinate is NaN, and so is every norm")
    if np.isinf(vector).any():
        return tr("a coordinate is infinite, and so is every norm")
    if not vector.any():
        return tr("the zero vector: every norm is 0")
    where = tr("inside the unit ball") if length < 1 else tr("outside the unit ball")
    if abs(length - 1) < _ON_BALL:
        where = tr("on the edge of the unit ball")
    if np.count_nonzero(vector) == 1:
        return tr("{where}; on an axis all norms agree", where=where)
    return where


def _clipped(before: np.ndarray, after: np.ndarray, sentence: str) -> Clipped:
    return Clipped(tuple(before.tolist()), tuple(after.tolist()), _turn(before, after), sentence)


def _turn(before: np.ndarray, after: np.ndarray) -> float:
    a, b = norm(before, 2), norm(after, 2)
    if not (a > 0 and b > 0 and math.isfinite(a) and math.isfinite(b)):
        return 0.0
    u, v = before / a, after / b
    return math.degrees(2 * math.atan2(float(np.linalg.norm(u - v)), float(np.linalg.norm(u + v))))
