"""Planes in a space of any dimension: the one that two vectors span, and the one that many vectors are nearest to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

_FLAT = 1e-13
"""Part of a vector beside another one from which on it has a direction of its own; rounding leaves less."""


class Plane(Record, eq=False):
    """A plane or a space of three dimensions through the origin, for drawing vectors of ``n`` components.

    Attributes
    ----------
    axes
        Shape ``(n, k)``, ``k`` is 2 or 3: orthonormal columns, the directions that are drawn to the right and up.
    lost
        Part of all squared lengths that isn't seen, 0 to 1; exactly 0 where every vector lies in the plane.
    """

    axes: np.ndarray
    lost: float = 0.0

    def flat(self, vector: npt.ArrayLike) -> tuple[float, ...]:
        """Coordinates of a vector's shadow in the plane: ``k`` numbers."""
        unit, scale = _scaled(np.asarray(vector, np.float64))
        return tuple((unit @ self.axes * scale + 0.0).tolist())

    def moved(self, vector: npt.ArrayLike, to: npt.ArrayLike) -> np.ndarray:
        """Return ``vector``, shape ``(n,)``, with its shadow moved to ``to``; what stands off the plane stays."""
        start = np.asarray(vector, np.float64)
        moved: np.ndarray = start + self.axes @ (np.asarray(to, np.float64) - np.asarray(self.flat(start)))
        return moved


def spanned(u: npt.ArrayLike, v: npt.ArrayLike) -> Plane:
    """Return the plane of two real vectors of one dimension, at least 2: ``u`` to the right, ``v`` in the upper half.

    Both are drawn with their true lengths and their true angle. Where they have one direction between them, or none,
    the nearest coordinate axes stand in. By Gram–Schmidt, done twice [1]_. Raises ValueError, with a sentence for a
    person, for other shapes and for numbers that aren't finite.

    References
    ----------
    .. [1] Giraud, Langou, Rozložník: The loss of orthogonality in the Gram–Schmidt process (2005): twice is enough.
    """
    first, second = np.asarray(u, np.float64), np.asarray(v, np.float64)
    if first.ndim != 1 or first.shape != second.shape or first.size < 2:
        raise ValueError(tr("Two vectors of one dimension span a plane; these have shapes {u} and {v}.",
                            u=first.shape, v=second.shape))  # fmt: skip
    _check_finite(first, second)
    axes: list[np.ndarray] = []
    for candidate in (_scaled(first)[0], _scaled(second)[0], *_nearest_axes(first, second)):
        rest = _beside(candidate, axes)
        length = float(np.linalg.norm(rest))
        if length > _FLAT * float(np.linalg.norm(candidate)):
            axes.append(rest / length)
        if len(axes) == 2:
            break
    return Plane(np.stack(axes, axis=1))


def principal(vectors: npt.ArrayLike, dimensions: int = 2) -> Plane:
    """Return the plane (or space of 3 ``dimensions``) through 0 that ``m`` vectors, ``(m, n)``, are nearest to.

    Its axes are the first right singular vectors, each with its largest coordinate positive: of all planes it loses
    the least of the squared lengths (Eckart and Young 1936). ``n`` is at least ``dimensions``; raises ValueError as
    `spanned` does.
    """
    given = np.asarray(vectors, np.float64)
    if given.ndim != 2 or given.shape[1] < dimensions:
        raise ValueError(tr("Vectors of at least {n} components are needed; these have shape {shape}.",
                            n=dimensions, shape=given.shape))  # fmt: skip
    _check_finite(given)
    missing = max(0, dimensions - len(given))
    unit, _ = _scaled(np.concatenate([given, np.zeros((missing, given.shape[1]))]))
    _, sizes, right = np.linalg.svd(unit, full_matrices=False)
    axes = right[:dimensions].T
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(dimensions)] < 0, -1.0, 1.0)
    squares = sizes**2
    total = float(squares.sum())
    rest = float(squares[dimensions:].sum())
    return Plane(np.ascontiguousarray(axes), rest / total if rest > _FLAT * total else 0.0)


def _nearest_axes(u: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    """Coordinate axes, those first in which the vectors are largest: what the eye expects."""
    size = np.abs(_scaled(u)[0]) + np.abs(_scaled(v)[0])
    return [np.eye(1, len(u), int(at))[0] for at in np.argsort(-size, kind="stable")[:3]]


def _beside(vector: np.ndarray, axes: list[np.ndarray]) -> np.ndarray:
    for _ in range(2):
        for axis in axes:
            vector = vector - (axis @ vector) * axis
    return vector


def _scaled(vector: np.ndarray) -> tuple[np.ndarray, float]:
    """Divide by a power of two near the largest magnitude, so that no square over- or underflows."""
    largest = float(np.abs(vector).max(initial=0.0))
    if largest == 0:
        return vector, 1.0
    exponent = int(np.frexp(largest)[1])
    exponent = min(max(exponent, -1021), 1023)  # a factor that is a number itself
    scale = float(np.ldexp(1.0, exponent))
    return vector / scale, scale


def _check_finite(*arrays: np.ndarray) -> None:
    if not all(np.isfinite(array).all() for array in arrays):
        raise ValueError(tr("A coordinate is not a finite number, so there is nothing to draw."))
