"""Directions that a matrix keeps: hunted by hand, found, stepped to; and the axes of the ellipse that it makes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.explain.geometry.maps import checked
from playground.explain.geometry.pair import compare
from playground.explain.text import number_text, vector_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

_APART = 1e-6
"""Eigenvalues closer than this part of the matrix count as one: a double one is found with half of the digits."""
_KEPT = math.radians(1.0)
"""Angle between x and Ax within which a hand has found a direction."""

CLASSICS: Final[tuple[tuple[tuple[float, float], tuple[float, float]], ...]] = (
    ((1.25, 0.0), (0.0, 0.75)),
    ((1.25, 0.0), (0.0, -0.75)),
    ((1.0, 0.0), (0.0, 1.0)),
    ((0.0, 1.0), (1.0, 0.0)),
    ((0.0, 1.0), (-1.0, 0.0)),
    ((0.25, 0.75), (1.0, 0.5)),
    ((0.25, 0.75), (0.5, 1.0)),
    ((0.75, 0.25), (1.0, 0.5)),
    ((0.75, 0.25), (-0.5, 1.0)),
    ((0.5, 1.0), (0.5, 1.0)),
    ((0.5, 1.0), (-0.25, -0.5)),
    ((1.5, 1.0), (-0.25, 0.5)),
)
"""The dozen 2×2 matrices of eigshow (MathWorks, 1997): plain ones, and all the awkward kinds."""


class EigenReading(Record, eq=False):
    """The directions that a 2×2 or 3×3 matrix keeps.

    Attributes
    ----------
    values
        Its real eigenvalues, the largest magnitude first, each as often as it has independent directions.
    vectors
        Unit vectors, ``(n, len(values))``: columns in the order of ``values``, the largest coordinate positive.
    turning
        The pairs of complex eigenvalues, one of each: no real direction is kept by them.
    kind
        ``distinct``, ``repeated`` (a value with as many directions as it counts), ``defective`` (with fewer),
        ``complex``, or ``every`` where every direction is kept.
    sentence
        That in words.
    """

    values: tuple[float, ...]
    vectors: np.ndarray
    turning: tuple[complex, ...]
    kind: str
    sentence: str


class Hunt(Record):
    """One try of a hand: ``x`` and its image. ``value`` is λ where the image lies along ``x`` within a degree."""

    x: tuple[float, ...]
    image: tuple[float, ...]
    degrees: float | None
    value: float | None
    sentence: str


class PowerStep(Record):
    """One step of power iteration: the unit vector before it, what the matrix makes of it, and the estimate of λ."""

    vector: tuple[float, ...]
    image: tuple[float, ...]
    estimate: float


class Ellipse(Record, eq=False):
    """What a matrix makes of the unit circle (sphere): half ``lengths``, ``images`` of the orthonormal ``inputs``.

    Singular values and vectors: ``matrix @ inputs[:, k] == lengths[k] * images[:, k]``.
    """

    lengths: tuple[float, ...]
    images: np.ndarray
    inputs: np.ndarray


def read_eigen(matrix: npt.ArrayLike) -> EigenReading:
    """Find the directions that a real 2×2 or 3×3 matrix keeps; raises ValueError as `maps.checked` does."""
    given = checked(matrix)
    n, size = len(given), float(np.abs(given).max())
    unit = given / size if size else given
    values = np.linalg.eigvals(unit)
    turning = tuple(complex(value) * size for value in values if value.imag > _APART)
    groups = _grouped([float(value.real) for value in values if abs(value.imag) <= _APART])
    found: list[tuple[float, np.ndarray]] = []
    missing = False
    for value, count in groups:
        directions = _kept_directions(unit, value, count)
        missing = missing or directions.shape[1] < count
        found += [(value * size + 0.0, direction) for direction in directions.T]
    found.sort(key=lambda pair: -abs(pair[0]))
    kind = "complex" if turning else "defective" if missing else "repeated" if len(groups) < n else "distinct"
    if len(groups) == 1 and len(found) == n:
        kind = "every"
    vectors = np.stack([vector for _, vector in found], axis=1) if found else np.zeros((n, 0))
    known = tuple(value for value, _ in found)
    return EigenReading(known, vectors, turning, kind, _sentence(kind, known, turning, groups, n, size))


def hunt(matrix: npt.ArrayLike, x: npt.ArrayLike, name: str = "A") -> Hunt:
    """Try ``x``, shape ``(n,)``: is its image along it? Raises ValueError as `maps.checked` does.

    ``name`` is what the matrix is called in the sentence.
    """
    given, vector = checked(matrix), np.asarray(x, np.float64)
    image = given @ vector
    tried, made = tuple(vector.tolist()), tuple((image + 0.0).tolist())
    if not vector.any():
        return Hunt(tried, made, None, None, tr("x is zero; drag it away from the origin"))
    if not image.any():
        return Hunt(tried, made, None, 0.0, tr("{name} x is zero: x is an eigenvector with λ = 0", name=name))
    pair = compare(image, vector)
    if pair.radians is None:
        return Hunt(tried, made, None, None, tr("{name} x is not finite", name=name))
    if min(pair.radians, math.pi - pair.radians) > _KEPT:
        angle = number_text(round(pair.degrees or 0.0, 1), 4)
        told = tr("{name} x is {angle}° away from x; make them parallel", name=name, angle=angle)
        return Hunt(tried, made, pair.degrees, None, told)
    value = float(image @ vector / (vector @ vector))
    told = tr("{name} x lies along x: λ = {value}", name=name, value=number_text(value, 4))
    return Hunt(tried, made, pair.degrees, value, told)


def snapped(reading: EigenReading, x: npt.ArrayLike) -> np.ndarray:
    """Return ``x`` turned onto the nearest kept direction where it is within a degree of one, its length as it was."""
    vector = np.asarray(x, np.float64)
    length = float(np.linalg.norm(vector))
    if length == 0 or not reading.values or reading.kind == "every":
        return vector
    along = reading.vectors.T @ vector
    best = int(np.abs(along).argmax())
    if math.acos(min(1.0, abs(float(along[best])) / length)) > _KEPT:
        return vector
    turned: np.ndarray = reading.vectors[:, best] * math.copysign(length, float(along[best]))
    return turned


def power_iteration(matrix: npt.ArrayLike, start: npt.ArrayLike, steps: int) -> tuple[PowerStep, ...]:
    """Multiply and scale back ``steps`` times from ``start``; ends early where an image is zero.

    The estimate is Rayleigh's quotient of the unit vector.
    """
    given, vector = checked(matrix), np.asarray(start, np.float64)
    taken: list[PowerStep] = []
    length = float(np.linalg.norm(vector))
    while length > 0 and len(taken) < steps:
        vector = vector / length
        image = given @ vector
        taken.append(PowerStep(tuple(vector.tolist()), tuple(image.tolist()), float(vector @ image)))
        vector, length = image, float(np.linalg.norm(image))
    return tuple(taken)


def ellipse(matrix: npt.ArrayLike) -> Ellipse:
    """Return the axes of the unit circle's (sphere's) image; raises ValueError as `maps.checked` does."""
    images, lengths, inputs = np.linalg.svd(checked(matrix))
    return Ellipse(tuple(lengths.tolist()), images, inputs.T)


def _grouped(values: list[float]) -> list[tuple[float, int]]:
    """Eigenvalues of a matrix of size 1 with how often each occurs; near ones are one, their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _APART:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(math.fsum(group) / len(group), len(group)) for group in groups]


def _kept_directions(unit: np.ndarray, value: float, count: int) -> np.ndarray:
    """Orthonormal columns that ``unit - value`` maps to 0, at least one and at most ``count``."""
    _, sizes, right = np.linalg.svd(unit - value * np.eye(len(unit)))
    n = max(1, min(count, int((sizes <= _APART).sum())))
    directions = right[len(unit) - n :][::-1].T
    signs = np.where(directions[np.abs(directions).argmax(axis=0), np.arange(n)] < 0, -1.0, 1.0)
    kept: np.ndarray = directions * signs + 0.0
    return kept


def _sentence(
    kind: str,
    values: tuple[float, ...],
    turning: tuple[complex, ...],
    groups: list[tuple[float, int]],
    n: int,
    size: float,
) -> str:
    listed = " and ".join(f"λ = {number_text(value, 4)}" for value in dict.fromkeys(values))
    if kind == "every":
        return tr("Every direction is kept: {values}.", values=listed)
    if kind == "complex":
        pair = turning[0]
        text = f"{number_text(pair.real, 4)} ± {number_text(abs(pair.imag), 4)}j"
        if n == 2:
            return tr("Every direction turns: the eigenvalues {pair} are complex.", pair=text)
        return tr("One direction is kept, {values}; all others turn: {pair} are complex.", values=listed, pair=text)
    if kind == "defective":
        value, count = max(groups, key=lambda group: group[1])
        return tr("λ = {value} counts {count} times but keeps too few directions: the matrix is defective.",
                  value=number_text(value * size, 4), count=count)  # fmt: skip
    if kind == "repeated":
        return tr("{values}: one of them keeps a whole plane.", values=listed)
    return tr("{count} directions are kept: {values}.", count=len(values), values=listed)


def direction_text(vector: npt.ArrayLike) -> str:
    """Write a direction with its largest coordinate 1, as people do: ``(1, 0.5)``."""
    given = np.asarray(vector, np.float64)
    largest = given[np.abs(given).argmax()]
    return vector_text((given / largest + 0.0).tolist()) if largest else vector_text(given.tolist())
