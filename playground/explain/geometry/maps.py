"""What a square matrix does to the plane or to space: area, orientation, what it flattens, what kind of map it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.text import number_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

FLAT = 1e-12
"""Singular values below this part of the largest one count as 0: rounding in the cells leaves more."""
_KIND_TOLERANCE = 1e-9


class MapReading(Record, eq=False):
    """A 2×2 or 3×3 matrix, read as a map.

    Attributes
    ----------
    determinant
        The factor by which it changes areas (volumes), negative where it turns the orientation over; exactly 0
        where the map flattens.
    rank
        Dimension of what everything is mapped to.
    null_space, column_space
        Orthonormal columns, ``(n, n - rank)`` and ``(n, rank)``: what is mapped to 0, and where all images lie.
    inverse
        The map that undoes it, None where it flattens.
    pseudo_inverse
        The nearest there is to an inverse (Moore and Penrose).
    kind
        In words: ``rotation by 30°``; empty where it is none of the plain kinds.
    sentence
        What it does to areas (volumes) and why it can or can't be undone.
    """

    determinant: float
    rank: int
    null_space: np.ndarray
    column_space: np.ndarray
    inverse: np.ndarray | None
    pseudo_inverse: np.ndarray
    kind: str
    sentence: str


def read_map(matrix: npt.ArrayLike) -> MapReading:
    """Read a real 2×2 or 3×3 matrix; raises ValueError, with a sentence for a person, for anything else."""
    given = checked(matrix)
    n = len(given)
    left, sizes, right = np.linalg.svd(given)
    rank = int((sizes > FLAT * sizes[0]).sum()) if sizes[0] > 0 else 0
    with np.errstate(all="ignore"):
        determinant = _determinant(given) if rank == n else 0.0
        pseudo_inverse = (right[:rank].T / sizes[:rank]) @ left[:, :rank].T
    return MapReading(
        determinant=determinant,
        rank=rank,
        null_space=right[rank:].T,
        column_space=left[:, :rank],
        inverse=np.linalg.inv(given) if rank == n else None,
        pseudo_inverse=pseudo_inverse,
        kind=kind_of(given),
        sentence=_sentence(n, determinant, rank),
    )


def between(matrix: npt.ArrayLike, part: float) -> np.ndarray:
    """Return the map that is ``part`` (0 to 1) of the way from the identity to ``matrix``.

    A map that keeps the orientation turns and stretches at once: of its polar decomposition ``Q P`` the angle of ``Q``
    and the difference of ``P`` from the identity grow evenly [1]_. So nothing is flattened on the way. One that turns
    the orientation over must pass through a flat one and goes straight.

    References
    ----------
    .. [1] Shoemake, Duff: Matrix animation and polar decomposition (1992).
    """
    given = checked(matrix)
    identity = np.eye(len(given))
    left, sizes, right = np.linalg.svd(given)
    rotation = left @ right
    if np.linalg.det(rotation) < 0 or sizes[-1] <= FLAT * max(sizes[0], FLAT):
        straight: np.ndarray = (1 - part) * identity + part * given
        return straight
    stretch = right.T @ (sizes[:, None] * right)
    turned: np.ndarray = _turned(rotation, part) @ ((1 - part) * identity + part * stretch)
    return turned


def kind_of(matrix: np.ndarray) -> str:
    """Name a plain kind of map: identity, scaling, rotation, reflection, shear, projection; empty for none of them."""
    n, size = len(matrix), float(np.abs(matrix).max())
    identity = np.eye(n)

    def same(a: np.ndarray, b: np.ndarray) -> bool:
        with np.errstate(all="ignore"):  # the square of a huge matrix is no kind of map
            return bool(np.abs(a - b).max() <= _KIND_TOLERANCE * max(1.0, size))

    if same(matrix, identity):
        return tr("identity")
    if size == 0:
        return tr("everything becomes 0")
    if same(matrix, matrix[0, 0] * identity):
        return tr("scaling by {factor}", factor=number_text(float(matrix[0, 0]), 4))
    with np.errstate(all="ignore"):
        gram, twice = matrix @ matrix.T, matrix @ matrix
    if same(gram, identity):
        return _orthogonal_kind(matrix)
    if same(twice, matrix):
        return tr("projection") if same(matrix, matrix.T) else tr("slanted projection")
    if same(matrix, np.diag(np.diag(matrix))):
        factors = ", ".join(number_text(float(value), 4) for value in np.diag(matrix))
        return tr("scaling of the axes by {factors}", factors=factors)
    if same(matrix, np.eye(n) + np.triu(matrix, 1)) or same(matrix, np.eye(n) + np.tril(matrix, -1)):
        return tr("shear")
    scale = math.sqrt(abs(_determinant(matrix))) if n == 2 else 0.0
    if scale > 0 and same(gram, np.diag([scale**2] * n)):
        return tr(
            "{kind}, and scaling by {factor}", kind=_orthogonal_kind(matrix / scale), factor=number_text(scale, 4)
        )
    return ""


def checked(matrix: npt.ArrayLike) -> np.ndarray:
    """Return a real 2×2 or 3×3 matrix of finite numbers as float64; raises ValueError, in words, for anything else."""
    given = np.asarray(matrix)
    if given.shape not in ((2, 2), (3, 3)):
        raise ValueError(tr("A 2×2 or 3×3 matrix acts on the plane or on space; this one is {shape}.",
                            shape="×".join(map(str, given.shape)) or "0-D"))  # fmt: skip
    if given.dtype.kind == "c":
        raise ValueError(tr("A complex matrix has no picture in the plane; its real part has."))
    given = given.astype(np.float64)
    if not np.isfinite(given).all():
        raise ValueError(tr("A number of the matrix isn't finite, so it has no picture."))
    return given


def _determinant(matrix: np.ndarray) -> float:
    """By cofactors: exact for small whole numbers, where elimination would leave 2.0000000000000004."""
    if len(matrix) == 2:
        (a, b), (c, d) = matrix.tolist()
        return float(a * d - b * c)
    first, second, third = matrix
    return float(first @ np.cross(second, third))


def _orthogonal_kind(matrix: np.ndarray) -> str:
    determinant = _determinant(matrix)
    if len(matrix) == 2:
        degrees = math.degrees(math.atan2(matrix[1, 0], matrix[0, 0]))
        if determinant > 0:
            return tr("rotation by {angle}", angle=_angle_text(degrees))
        return tr("reflection in the line at {angle}", angle=_angle_text(degrees / 2))
    cosine = min(1.0, max(-1.0, (float(np.trace(matrix)) - math.copysign(1.0, determinant)) / 2))
    angle = _angle_text(math.degrees(math.acos(cosine)))
    if determinant > 0:
        return tr("rotation by {angle}", angle=angle)
    return tr("reflection") if cosine > 1 - _KIND_TOLERANCE else tr("reflection, and rotation by {angle}", angle=angle)


def _angle_text(degrees: float) -> str:
    return f"{number_text(round(degrees, 9) + 0.0, 5)}°"


def _turned(rotation: np.ndarray, part: float) -> np.ndarray:
    """``part`` of a rotation, by Rodrigues' formula in space."""
    if len(rotation) == 2:
        angle = math.atan2(rotation[1, 0], rotation[0, 0]) * part
        return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    axis, angle = _axis_and_angle(rotation)
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turned: np.ndarray = np.eye(3) + math.sin(angle * part) * cross + (1 - math.cos(angle * part)) * cross @ cross
    return turned


def _axis_and_angle(rotation: np.ndarray) -> tuple[np.ndarray, float]:
    """Unit axis and angle, 0 to pi; at half a turn the axis comes from the symmetric part, where the other is 0."""
    skew = rotation - rotation.T
    vector = np.array([skew[2, 1], skew[0, 2], skew[1, 0]])
    sine, cosine = float(np.linalg.norm(vector)) / 2, (float(np.trace(rotation)) - 1) / 2
    angle = math.atan2(sine, cosine)
    if sine > FLAT:
        return vector / (2 * sine), angle
    _, vectors = np.linalg.eigh((rotation + rotation.T) / 2)
    return vectors[:, -1], angle


def _sentence(n: int, determinant: float, rank: int) -> str:
    flat = n == 2
    if rank < n:
        everything = tr("the plane") if flat else tr("space")
        place = (tr("one point"), tr("a line"), tr("a plane"))[rank]
        return tr("{everything} is flattened onto {place}: it can't be undone", everything=everything, place=place)
    size = number_text(abs(determinant), 4)
    grown = (
        tr("areas become {size} times as large", size=size)
        if flat
        else tr("volumes become {size} times as large", size=size)
    )
    if abs(abs(determinant) - 1) <= _KIND_TOLERANCE:
        grown = tr("areas stay as large as they are") if flat else tr("volumes stay as large as they are")
    if determinant > 0:
        return grown
    return tr("{grown}, and the orientation is turned over: left becomes right", grown=grown)
