"""Shapes of slopes and differences, polynomials, windows, and sorting by several keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, broadcast, described, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.values import Value


def zeros_of(arguments: Arguments) -> Shaped:
    """Shape of ``roots``: zeros at both ends of the coefficients decide how many there are."""
    value = arguments.array("p")
    if signature_of(value).ndim != 1:
        raise Mistake(
            "ndim",
            tr("roots takes the coefficients of one polynomial; {operand} is no row of numbers.",
               operand=described(value)),
            span=value.span,
        )  # fmt: skip
    return Shaped((None,))


def slopes(arguments: Arguments) -> Shaped | tuple[Shaped, ...]:
    """Shapes of ``gradient``: that of ``f`` for each axis; of one axis alone a single array."""
    value = arguments.array("f")
    shape = signature_of(value).shape
    axes = arguments.axes_or_all("axis", len(shape))
    if not axes:
        raise Mistake(
            "ndim",
            tr("gradient needs an axis to go along, and {array} has none.", array=shown(value)),
            tr("Give it a row of numbers: gradient([1, 4, 9])."),
            span=value.span,
        )
    need = 2 if arguments.choice("edge_order", (1, 2)) == 1 else 3
    for axis in axes:
        size = shape[axis]
        if size is not None and size < need:
            raise Mistake(
                "empty",
                tr("gradient needs at least {n} cells along axis {axis} of {array}.",
                   n=need, axis=axis, array=described(value)),
                span=value.span,
            )  # fmt: skip
    _check_distances(arguments, [shape[axis] for axis in axes])
    own = Shaped(shape, value.axes)
    return own if len(axes) == 1 else (own,) * len(axes)


def _check_distances(arguments: Arguments, sizes: list[int | None]) -> None:
    """Raise ``Mistake`` unless there is one distance for all axes, or for each a number or a row of places."""
    given = arguments.values["varargs"].items if "varargs" in arguments.values else ()
    distances = [arguments.as_array(item) for item in given or ()]
    if len(distances) not in (0, 1, len(sizes)):
        raise Mistake(
            "argument",
            tr("gradient takes one distance, or one for each of {n} axes.", n=len(sizes)),
            span=distances[-1].span,
        )
    if len(distances) == 1 < len(sizes) and signature_of(distances[0]).ndim:
        raise Mistake("argument", tr("gradient takes one row of places for each axis."), span=distances[0].span)
    for distance, size in zip(distances, sizes, strict=False):
        own = signature_of(distance).shape
        if own and (len(own) > 1 or (None not in (own[0], size) and own[0] != size)):
            raise Mistake(
                "broadcast",
                tr("The places {places} of gradient aren't one for each of {n} cells.",
                   places=described(distance), n=size),
                span=distance.span,
            )  # fmt: skip


def joined_differences(arguments: Arguments) -> Shaped:
    """Shape of ``ediff1d``: one cell less than there are, and what is put before and behind."""
    size = arguments.signature("ary").size
    total = None if size is None else max(size - 1, 0)
    for name in ("to_begin", "to_end"):
        if arguments.given(name):
            more = arguments.signature(name).size
            total = None if total is None or more is None else total + more
    return Shaped((total,))


def sorted_by_keys(arguments: Arguments) -> Shaped:
    """Shape of ``lexsort``: that of one key; the keys lie along the first axis."""
    keys = arguments.array("keys")
    shape = signature_of(keys).shape
    if not shape or shape[0] == 0:
        raise Mistake("empty", tr("lexsort needs at least one key."), tr("Write lexsort((second, first))."),
                      span=keys.span)  # fmt: skip
    if len(shape) > 1 or arguments.integer("axis") not in (0, -1):
        arguments.axis("axis", len(shape) - 1)
    return Shaped(shape[1:], keys.axes[1:])


def flat_diagonal(arguments: Arguments) -> Shaped:
    """Shape of ``diagflat``: all cells on a diagonal, ``k`` places beside the main one."""
    size = arguments.signature("v").size
    side = None if size is None else size + abs(arguments.integer("k"))
    check_size((side, side))
    return Shaped((side, side))


def unwrapped(arguments: Arguments) -> Shaped:
    """Shape of ``unwrap``: that of ``p``."""
    value = arguments.array("p")
    if not signature_of(value).ndim:
        raise Mistake("ndim", tr("unwrap needs an axis to go along."), span=value.span)
    arguments.axis("axis", signature_of(value).ndim)
    return Shaped(signature_of(value).shape, value.axes)


def window(arguments: Arguments) -> Shaped:
    """Shape of ``hanning`` and its kin: a row of ``M`` cells."""
    size = max(arguments.integer("M"), 0)
    check_size((size,), 8)
    beta = arguments.signature("beta") if "beta" in arguments.values else None
    if beta is not None and (beta.ndim or beta.dtype.kind == "c"):
        raise Mistake("argument", tr("beta of kaiser is one real number."), span=arguments.values["beta"].span)
    return Shaped((size,))


def in_one_piece(arguments: Arguments) -> Shaped:
    """Shape of ``ascontiguousarray``: that of ``a``; a single number becomes a row of one."""
    value = arguments.array("a")
    shape = signature_of(value).shape
    return Shaped(shape, value.axes) if shape else Shaped((1,))


def polynomial_values(arguments: Arguments) -> Shaped:
    """Shape of ``polyval``: that of ``x``, lined up with a coefficient."""
    coefficients, value = arguments.array("p"), arguments.array("x")
    signature = signature_of(coefficients)
    if not signature.ndim:
        raise Mistake("ndim", tr("polyval takes the coefficients as a row, the highest power first."),
                      span=coefficients.span)  # fmt: skip
    if signature.shape[0] == 0:
        return Shaped(signature_of(value).shape, value.axes)
    one = replace(
        coefficients, signature=Signature(signature.shape[1:], signature.dtype), axes=coefficients.axes[1:]
    )  # fmt: skip
    return broadcast([value, one], arguments.axes, arguments.shown)


def fitted(arguments: Arguments) -> Shaped:
    """Shape of ``polyfit``: a coefficient for each power up to ``deg``, for each column of ``y``."""
    places, heights = arguments.array("x"), arguments.array("y")
    degree = arguments.integer("deg")
    if degree < 0:
        raise Mistake("argument", tr("deg of polyfit is 0 or more."), span=arguments.values["deg"].span)
    if signature_of(places).ndim != 1 or signature_of(heights).ndim not in (1, 2):
        raise Mistake("ndim", tr("polyfit takes one row of places, and a row or columns of heights."),
                      span=places.span)  # fmt: skip
    weights = [arguments.array("w")] if arguments.given("w") else []
    _check_as_many(places, [heights, *weights])
    check_size((degree + 1, *signature_of(heights).shape[1:]))
    return Shaped((degree + 1, *signature_of(heights).shape[1:]))


def _check_as_many(places: Value, others: list[Value]) -> None:
    count = signature_of(places).shape[0]
    if count == 0:
        raise Mistake("empty", tr("polyfit needs at least one point."), span=places.span)
    for other in others:
        own = signature_of(other).shape
        if not own or (None not in (own[0], count) and own[0] != count):
            raise Mistake(
                "broadcast",
                tr("polyfit needs as many places as heights: {places}, {heights}.",
                   places=described(places), heights=described(other)),
                span=other.span,
            )  # fmt: skip
