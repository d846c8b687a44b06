"""The geometry of two vectors: dot product, angle, lengths, projection, and their state in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.text import number_text, vector_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt

MAX_TERMS = 64
TOLERANCE = {2: 1e-2, 4: 1e-5}
"""Radians within which an angle counts as 0, 90 or 180 degrees, by the bytes of the coarser dtype."""
_FINE_TOLERANCE = 1e-9


class Norms(Record):
    """Lengths of one vector: the walk along the grid, the straight line, the largest coordinate."""

    l1: float
    l2: float
    linf: float


class PairGeometry(Record):
    """What two vectors of one dimension have to do with each other.

    Attributes
    ----------
    u, v
        The vectors.
    terms
        The first 64 products ``u[i] * v[i]``.
    dot
        The sum of all products, in order.
    cos
        Cosine of the angle, None where there is no angle (a zero vector, a NaN).
    degrees, radians
        The angle between them, 0 to 180 and 0 to pi; exactly 0, 90, 180 in the states that say so. None as ``cos``.
    norms_u, norms_v
        Their lengths.
    projection, rejection
        The part of ``u`` along ``v`` and the rest; the projection on a zero vector is the zero vector.
    state
        ``orthogonal``, ``acute``, ``obtuse``, ``parallel``, ``opposite``, ``zero``, or ``undefined`` where a
        coordinate is NaN or infinite.
    tolerance
        Radians within which the angle counted as 0, 90 or 180 degrees.
    """

    u: tuple[float, ...]
    v: tuple[float, ...]
    terms: tuple[float, ...]
    dot: float
    cos: float | None
    degrees: float | None
    radians: float | None
    norms_u: Norms
    norms_v: Norms
    projection: tuple[float, ...]
    rejection: tuple[float, ...]
    state: str
    tolerance: float

    @property
    def sentence(self) -> str:
        """The state and what follows from it, in words."""
        return sentence(self)


def compare(u: npt.ArrayLike, v: npt.ArrayLike) -> PairGeometry:
    """Compare two real vectors of the same dimension, at least 1.

    Raises ``ValueError``, with a sentence for a person, for complex vectors and for dimensions that differ.
    """
    first, second = np.asarray(u), np.asarray(v)
    _check(first, second)
    tolerance = max(
        TOLERANCE.get(a.dtype.itemsize, _FINE_TOLERANCE) if a.dtype.kind == "f" else _FINE_TOLERANCE
        for a in (first, second)
    )
    a = tuple(map(float, first.tolist()))
    b = tuple(map(float, second.tolist()))
    norms_a, norms_b = _norms(a), _norms(b)
    products = [x * y for x, y in zip(a, b, strict=True)]
    projection, rejection = _split(a, b)
    state, radians = _angle(a, b, tolerance)
    return PairGeometry(
        u=a,
        v=b,
        terms=tuple(products[:MAX_TERMS]),
        dot=sum(products),
        cos=None if radians is None else _cosine(state, radians),
        degrees=None if radians is None else round(math.degrees(radians), 12),
        radians=radians,
        norms_u=norms_a,
        norms_v=norms_b,
        projection=(0.0,) * len(a) if state == "orthogonal" else projection,
        rejection=a if state == "orthogonal" else (0.0,) * len(a) if state in ("parallel", "opposite") else rejection,
        state=state,
        tolerance=tolerance,
    )


def state_text(state: str) -> str:
    """Name a state with its mark: ``⟂ orthogonal``."""
    names = {
        "orthogonal": tr("⟂ orthogonal"),
        "acute": tr("acute"),
        "obtuse": tr("obtuse"),
        "parallel": tr("∥ parallel"),
        "opposite": tr("opposite"),
        "zero": tr("zero vector"),
        "undefined": tr("no angle"),
    }
    return names[state]


def consequence(pair: PairGeometry, u: str = "u", v: str = "v") -> str:
    """Say what the state means for the two vectors, called ``u`` and ``v``."""
    projection = tr("the projection of {u} on {v} is {vector}", u=u, v=v, vector=vector_text(pair.projection))
    match pair.state:
        case "orthogonal":
            return projection
        case "acute" | "obtuse":
            return projection
        case "parallel" | "opposite":
            factor = math.copysign(_ratio(pair.norms_u.l2, pair.norms_v.l2), 1 if pair.state == "parallel" else -1)
            if factor == 1:
                return tr("{u} equals {v}", u=u, v=v)
            return tr("{u} is {factor} times {v}", u=u, v=v, factor=number_text(factor, 4))
        case "zero":
            if pair.norms_u.l2 == pair.norms_v.l2 == 0:
                return tr("both are zero, so there is no angle")
            return tr("{name} has no direction, so there is no angle", name=v if pair.norms_v.l2 == 0 else u)
        case _:
            return tr("a coordinate is not a finite number")


def sentence(pair: PairGeometry, u: str = "u", v: str = "v") -> str:
    """Say the state and what follows from it in one sentence."""
    return f"{state_text(pair.state)} — {consequence(pair, u, v)}"


def _check(u: np.ndarray, v: np.ndarray) -> None:
    if u.ndim != 1 or v.ndim != 1 or u.size != v.size or u.size == 0:
        raise ValueError(
            tr("Two vectors of one dimension can be compared; these have shapes {u} and {v}.", u=u.shape, v=v.shape)
        )
    if "c" in (u.dtype.kind, v.dtype.kind):
        raise ValueError(tr("Complex vectors have no single angle; compare their real parts."))


def _norms(vector: tuple[float, ...]) -> Norms:
    sizes = [abs(x) for x in vector]
    return Norms(sum(sizes), math.hypot(*vector), math.nan if any(x != x for x in sizes) else max(sizes))


def _scaled(vector: tuple[float, ...]) -> tuple[tuple[float, ...], int]:
    """Divide by the largest magnitude (a power of two, so exactly): no product over- or underflows afterwards."""
    exponent = math.frexp(max(abs(x) for x in vector))[1]
    return tuple(math.ldexp(x, -exponent) for x in vector), exponent


def _split(u: tuple[float, ...], v: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Projection of ``u`` on ``v`` and the rest of ``u``."""
    if not all(map(math.isfinite, u + v)):
        nothing = (math.nan,) * len(u)
        return nothing, nothing
    zero = (0.0,) * len(u)
    if not any(v) or not any(u):
        return zero, u
    a, exponent = _scaled(u)
    b, _ = _scaled(v)
    factor = sum(x * y for x, y in zip(a, b, strict=True)) / sum(y * y for y in b)
    projection = tuple(factor * y for y in b)
    rejection = tuple(x - p for x, p in zip(a, projection, strict=True))
    # Adding 0 turns −0 into 0, which would be shown as it is.
    return (
        tuple(_grown(p, exponent) + 0.0 for p in projection),
        tuple(_grown(r, exponent) + 0.0 for r in rejection),
    )


def _grown(number: float, exponent: int) -> float:
    """``number`` times 2 to the exponent; infinite where that is beyond all floats."""
    try:
        return math.ldexp(number, exponent)
    except OverflowError:
        return math.copysign(math.inf, number)


def _angle(u: tuple[float, ...], v: tuple[float, ...], tolerance: float) -> tuple[str, float | None]:
    """State and angle in radians, exact at 0, 90 and 180 degrees.

    The arc tangent of the parts across and along keeps all digits where the arc cosine would lose half of them.
    """
    if not all(map(math.isfinite, u + v)):
        return "undefined", None
    if not any(u) or not any(v):
        return "zero", None
    a, b = _scaled(u)[0], _scaled(v)[0]
    along = sum(x * y for x, y in zip(a, b, strict=True))
    across = _across(a, b)
    radians = math.atan2(across, along)
    for state, exact in (("parallel", 0.0), ("orthogonal", math.pi / 2), ("opposite", math.pi)):
        if abs(radians - exact) <= tolerance:
            return state, exact
    return ("acute" if radians < math.pi / 2 else "obtuse"), radians


def _across(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Length of ``a`` across ``b`` times the length of ``b``: in the plane, the magnitude of the determinant."""
    if len(a) == 2:
        return abs(a[0] * b[1] - a[1] * b[0])
    return math.hypot(*_split(a, b)[1]) * math.hypot(*b)


def _cosine(state: str, radians: float) -> float:
    exact = {"parallel": 1.0, "orthogonal": 0.0, "opposite": -1.0}
    return exact.get(state, math.cos(radians))


def _ratio(a: float, b: float) -> float:
    return a / b if b else math.inf
