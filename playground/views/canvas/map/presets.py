"""Ready maps of the plane: plain kinds with their matrices, and the classic dozen of eigenvector lessons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.geometry.eigen import CLASSICS
from playground.explain.text import number_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.geometry.maps import MapReading


class Preset(Record, eq=False):
    """A name for a person, and what the matrix becomes: of the one that is there, or whatever that is."""

    title: str
    make: Callable[[np.ndarray], np.ndarray]


def plain_kinds() -> tuple[Preset, ...]:
    """Maps that have a name."""
    made = (
        (tr("Identity"), [[1, 0], [0, 1]]),
        (tr("Rotation by 30°"), turn(30)),
        (tr("Rotation by 90°"), [[0, -1], [1, 0]]),
        (tr("Reflection in the diagonal"), [[0, 1], [1, 0]]),
        (tr("Shear"), [[1, 1], [0, 1]]),
        (tr("Scaling by 2"), [[2, 0], [0, 2]]),
        (tr("Projection onto the first axis"), [[1, 0], [0, 0]]),
    )
    return tuple(Preset(title, _always(matrix)) for title, matrix in made)


def changes(reading: MapReading) -> tuple[Preset, ...]:
    """What can be done to a matrix that was read as ``reading``."""
    turned = (
        Preset(tr("Turn further by 15°"), lambda matrix: turn(15) @ matrix),
        Preset(tr("Scale by 1.25"), lambda matrix: 1.25 * matrix),
        Preset(tr("Turn over (exchange the columns)"), lambda matrix: matrix[:, ::-1]),
        Preset(tr("Transpose"), lambda matrix: matrix.T),
    )
    inverse = reading.inverse
    if inverse is not None:
        return (*turned, Preset(tr("Inverse"), _always(inverse)))
    return (*turned, Preset(tr("Pseudo-inverse"), _always(reading.pseudo_inverse)))


def classics() -> tuple[Preset, ...]:
    """The dozen of eigshow; their names are their numbers, as no name should tell what there is to be seen."""
    return tuple(Preset(_matrix_text(matrix), _always(matrix)) for matrix in CLASSICS)


def turn(degrees: float) -> np.ndarray:
    """Return the rotation by so many degrees, shape ``(2, 2)``."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s], [s, c]])


def _always(matrix: object) -> Callable[[np.ndarray], np.ndarray]:
    made = np.array(matrix, np.float64)
    return lambda _: made


def _matrix_text(matrix: tuple[tuple[float, float], tuple[float, float]]) -> str:
    return "[" + "; ".join(" ".join(number_text(value) for value in row) for row in matrix) + "]"
