"""Several vectors together: sums with factors, what they span, Gram–Schmidt step by step, all pairs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.geometry.pair import compare
from playground.explain.text import number_text, vector_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_DEPENDENT = 1e-12
"""Part of a vector's length beside the others' span below which it has no direction of its own."""


class Taken(Record):
    """A part that Gram–Schmidt takes away: ``factor`` times the unit vector number ``along``."""

    along: int
    factor: float
    part: tuple[float, ...]


class OrthogonalStep(Record):
    """What becomes of vector number ``index``: its parts along the earlier unit vectors go, the ``rest`` is scaled.

    ``unit`` is None where nothing is left: it lies in the span of those before it.
    """

    index: int
    taken: tuple[Taken, ...]
    rest: tuple[float, ...]
    unit: tuple[float, ...] | None
    sentence: str


class Gram(Record, eq=False):
    """All pairs of ``m`` vectors, each ``(m, m)``: dot products, angles in degrees and cosines, NaN for no angle."""

    dots: np.ndarray
    degrees: np.ndarray
    cosines: np.ndarray


class Span(Record):
    """What all combinations of some vectors of ``n`` components fill: its dimension, and that in words."""

    dimension: int
    sentence: str


def combined(vectors: npt.ArrayLike, factors: npt.ArrayLike) -> np.ndarray:
    """Return ``factors[0] * vectors[0] + …``, shape ``(n,)``, of vectors ``(m, n)`` and factors ``(m,)``."""
    total: np.ndarray = np.asarray(factors, np.float64) @ np.asarray(vectors, np.float64)
    return total + 0.0


def gram(vectors: npt.ArrayLike) -> Gram:
    """Compare all pairs of vectors ``(m, n)``; raises ValueError, in words, as `pair.compare` does."""
    given = np.asarray(vectors)
    m = len(given)
    made = Gram(*(np.full((m, m), np.nan) for _ in range(3)))
    for i in range(m):
        for j in range(i, m):
            pair = compare(given[i], given[j])
            made.dots[i, j] = made.dots[j, i] = pair.dot
            if pair.degrees is not None and pair.cos is not None:
                made.degrees[i, j] = made.degrees[j, i] = pair.degrees
                made.cosines[i, j] = made.cosines[j, i] = pair.cos
    return made


def orthogonal_steps(vectors: npt.ArrayLike, names: Sequence[str]) -> tuple[OrthogonalStep, ...]:
    """Make vectors ``(m, n)``, called ``names``, orthonormal, one step each (modified Gram–Schmidt).

    Raises ValueError, in words, where a coordinate isn't finite.
    """
    given = np.asarray(vectors, np.float64)
    if not np.isfinite(given).all():
        raise ValueError(tr("A coordinate is not a finite number, so there is nothing to make orthogonal."))
    units: list[np.ndarray] = []
    steps: list[OrthogonalStep] = []
    for index, vector in enumerate(given):
        rest, taken = vector, []
        for number, unit in enumerate(units):
            factor = float(unit @ rest)
            rest = rest - factor * unit
            taken.append(Taken(number, factor, tuple((factor * unit + 0.0).tolist())))
        length = float(np.linalg.norm(rest))
        is_new = length > _DEPENDENT * float(np.linalg.norm(vector))
        new = rest / length if is_new else None
        if new is not None:
            units.append(new)
        told = tuple((rest + 0.0).tolist()) if is_new else (0.0,) * len(rest)
        made = None if new is None else tuple((new + 0.0).tolist())
        steps.append(OrthogonalStep(index, tuple(taken), told, made, _step_sentence(names[index], taken, told, made)))
    return tuple(steps)


def span(vectors: npt.ArrayLike) -> Span:
    """Say what vectors ``(m, n)`` span; raises ValueError, in words, where a coordinate isn't finite."""
    given = np.asarray(vectors, np.float64)
    if not np.isfinite(given).all():
        raise ValueError(tr("A coordinate is not a finite number, so there is no span."))
    lengths = np.abs(given).max(axis=1, keepdims=True, initial=0.0)
    unit = np.divide(given, lengths, out=np.zeros_like(given), where=lengths > 0)
    dimension = int(np.linalg.matrix_rank(unit, tol=_DEPENDENT * max(1.0, float(np.abs(unit).max(initial=0.0)))))
    return Span(dimension, _span_sentence(dimension, *given.shape))


def _step_sentence(name: str, taken: Sequence[Taken], rest: tuple[float, ...], unit: tuple[float, ...] | None) -> str:
    if unit is None:
        if not taken:
            return tr("{name} is zero: it has no direction.", name=name)
        return tr("Nothing of {name} is left: it lies in the span of those before it.", name=name)
    length = number_text(float(np.linalg.norm(rest)), 4)
    if not taken:
        return tr("{name} is divided by its length {length}: {unit}.", name=name, length=length, unit=vector_text(unit))
    parts = " − ".join(f"{number_text(part.factor, 4)} q{part.along + 1}" for part in taken)
    return tr("{name} − {parts} leaves {rest}; divided by its length {length}: {unit}.",
              name=name, parts=parts, rest=vector_text(rest), length=length, unit=vector_text(unit))  # fmt: skip


def _span_sentence(dimension: int, m: int, n: int) -> str:
    if dimension == 0:
        return tr("They span only the origin: all of them are zero.")
    if dimension == n:
        whole = {1: tr("the line"), 2: tr("the whole plane"), 3: tr("the whole space")}
        place = whole.get(n) or tr("all {n} dimensions", n=n)
    else:
        place = {1: tr("a line"), 2: tr("a plane")}.get(dimension) or tr("{k} of {n} dimensions", k=dimension, n=n)
    text = tr("They span {place}.", place=place) if m > 1 else tr("It spans {place}.", place=place)
    return text if dimension == m else text + " " + tr("{count} of them would do.", count=dimension)
