"""Two maps one after the other, in both orders, and the reason where the order doesn't matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.geometry.maps import checked
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

_SAME = 1e-12


class Composition(Record, eq=False):
    """``a`` then ``b`` is the matrix ``b @ a``; ``b`` then ``a`` is ``a @ b``.

    Attributes
    ----------
    a_then_b, b_then_a, difference
        Shape ``(n, n)``; the difference is the first less the second.
    commute
        Whether both are the same, to rounding.
    sentence
        Why they are, or that they aren't.
    """

    a_then_b: np.ndarray
    b_then_a: np.ndarray
    difference: np.ndarray
    commute: bool
    sentence: str


def compose(a: npt.ArrayLike, b: npt.ArrayLike) -> Composition:
    """Compose two real 2×2 or two real 3×3 matrices; raises ValueError, in words, for anything else."""
    first, second = checked(a), checked(b)
    if first.shape != second.shape:
        raise ValueError(
            tr("Both maps need the same size; these are {a}×{a} and {b}×{b}.", a=len(first), b=len(second))
        )
    a_then_b, b_then_a = second @ first, first @ second
    difference = a_then_b - b_then_a
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    commute = bool(np.abs(difference).max() <= _SAME * size)
    why = _reason(first, second) if commute else tr("The order matters: the two pictures differ.")
    return Composition(a_then_b, b_then_a, difference, commute, why)


def _reason(a: np.ndarray, b: np.ndarray) -> str:
    """The plainest reason that holds; of two matrices that commute one always does."""
    identity = np.eye(len(a))
    for name, matrix in (("A", a), ("B", b)):
        if _same(matrix, matrix[0, 0] * identity):
            return tr("They commute: {name} scales everything alike.", name=name)
    if _same(a @ b, identity):
        return tr("They commute: each undoes the other.")
    if _same(a, np.diag(np.diag(a))) and _same(b, np.diag(np.diag(b))):
        return tr("They commute: both scale along the axes.")
    if len(a) == 2 and _turns(a) and _turns(b):
        return tr("They commute: both turn and scale the plane evenly.")
    if _same(a, a.T) and _same(b, b.T):
        return tr("They commute: both stretch along the same perpendicular directions.")
    if len(a) == 2:
        return tr("They commute: B is a combination of A and the identity, so both keep the same directions.")
    return tr("They commute: what one keeps apart, the other keeps apart too.")


def _turns(matrix: np.ndarray) -> bool:
    (a, b), (c, d) = matrix.tolist()
    return _same(np.array((a, b)), np.array((d, -c)))


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return bool(np.abs(a - b).max() <= _SAME * max(float(np.abs(a).max()), float(np.abs(b).max())))
