"""Shapes and operations of products of vectors, and of many matrices."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playground.language.arguments import normal_axis
from playground.language.matrix_chain import cheapest
from playground.language.mistake import Mistake
from playground.language.rules.contractions import dot_of, outer_of, sum_over
from playground.language.rules.dtypes import BOOL, promoted_strong, undefined
from playground.language.rules.flops import product_flops
from playground.language.rules.shapes import Shaped, broadcast, described, join, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.rules.dtypes import DtypeRule
    from playground.language.rules.shapes import FlopRule
    from playground.language.values import Value

_MOST_MATRICES = 64
"""Matrices of one product; their cheapest order takes n³ steps to find."""


# -- of vectors --------------------------------------------------------------------------------------------------


def flat_product(arguments: Arguments) -> Shaped:
    """Shape of ``vdot``: a number; both arrays have equally many cells."""
    left, right = arguments.array("a"), arguments.array("b")
    a, b = signature_of(left), signature_of(right)
    if a.size is not None and b.size is not None and a.size != b.size:
        raise Mistake(
            "inner-sizes",
            tr("vdot multiplies cell by cell: {left} has {a} cells and {right} has {b}.",
               left=described(left), a=a.size, right=described(right), b=b.size),
        )  # fmt: skip
    if a.shape == b.shape:
        for one, other in zip(left.axes, right.axes, strict=True):
            arguments.axes.unite(one, other)
    return Shaped(())


def vector_products(arguments: Arguments) -> Shaped:
    """Shape of ``vecdot``: the vectors along ``axis`` are multiplied, the other axes stretch to each other."""
    left, right = arguments.array("x1"), arguments.array("x2")
    places = [_vector_axis(arguments, value, "axis") for value in (left, right)]
    sum_over(left, places[0], right, places[1], arguments)
    return _stack(arguments, (left, right), places)


def matrix_by_vector(arguments: Arguments) -> Shaped:
    """Shape of ``matvec``: (..., m, n) and (..., n) give (..., m)."""
    left, right = arguments.array("x1"), arguments.array("x2")
    _check_axes(arguments, left, 2)
    _check_axes(arguments, right, 1)
    sum_over(left, signature_of(left).ndim - 1, right, signature_of(right).ndim - 1, arguments)
    lead = _stack(arguments, (_without(left, -1), right), [signature_of(left).ndim - 2, signature_of(right).ndim - 1])
    return Shaped((*lead.shape, signature_of(left).shape[-2]), (*(lead.axes or ()), left.axes[-2]))


def vector_by_matrix(arguments: Arguments) -> Shaped:
    """Shape of ``vecmat``: (..., n) and (..., n, m) give (..., m)."""
    left, right = arguments.array("x1"), arguments.array("x2")
    _check_axes(arguments, left, 1)
    _check_axes(arguments, right, 2)
    sum_over(left, signature_of(left).ndim - 1, right, signature_of(right).ndim - 2, arguments)
    lead = _stack(arguments, (left, _without(right, -1)), [signature_of(left).ndim - 1, signature_of(right).ndim - 2])
    return Shaped((*lead.shape, signature_of(right).shape[-1]), (*(lead.axes or ()), right.axes[-1]))


def _check_axes(arguments: Arguments, value: Value, least: int) -> None:
    if signature_of(value).ndim < least:
        what = tr("a matrix") if least > 1 else tr("a vector")
        raise Mistake(
            "ndim",
            tr("{function} needs {what} here; {operand} is none.",
               function=arguments.shown, what=what, operand=described(value)),
            span=value.span,
        )  # fmt: skip


def stack_flops(matrices: str) -> FlopRule:
    """Make the rule of ``matvec`` and ``vecmat``: 2 for each cell of the matrix of each vector of the result."""

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        rows, columns = arguments.signature(matrices).shape[-2:]
        summed, size = (columns if matrices == "x1" else rows), results[0].size
        return None if summed is None or size is None else 2 * summed * size

    return rule


def _vector_axis(arguments: Arguments, value: Value, name: str) -> int:
    ndim = signature_of(value).ndim
    if not ndim:
        raise Mistake(
            "ndim",
            tr("{function} multiplies vectors; {operand} is a single number.",
               function=arguments.shown, operand=shown(value)),
            span=value.span,
        )  # fmt: skip
    return normal_axis(arguments.integer(name), ndim, arguments.values.get(name), arguments.shown)


def _stack(arguments: Arguments, values: tuple[Value, Value], places: list[int]) -> Shaped:
    """Give the axes beside those of the vectors, stretched to each other."""
    return broadcast(
        [_without(value, place) for value, place in zip(values, places, strict=True)], arguments.axes, arguments.shown
    )


def _without(value: Value, place: int) -> Value:
    signature = signature_of(value)
    place %= signature.ndim
    shape = (*signature.shape[:place], *signature.shape[place + 1 :])
    return replace(
        value, signature=Signature(shape, signature.dtype), axes=(*value.axes[:place], *value.axes[place + 1 :])
    )


def cross(arguments: Arguments) -> Shaped:
    """Shape of ``cross``: vectors of 3 along chosen axes; two vectors of 2 give a number (NumPy 2 discourages it)."""
    names = ["axis"] * 3 if arguments.given("axis") else ["axisa", "axisb", "axisc"]
    left, right = arguments.array("a"), arguments.array("b")
    places = [_vector_axis(arguments, value, name) for value, name in zip((left, right), names, strict=False)]
    sizes = [_vector_size(arguments, value, place, (2, 3)) for value, place in zip((left, right), places, strict=True)]
    lead = _stack(arguments, (left, right), places)
    if sizes == [2, 2]:
        return lead
    place = normal_axis(arguments.integer(names[2]), len(lead.shape) + 1, arguments.values.get(names[2]), "cross")
    return _with_vectors(arguments, lead, place)


def strict_cross(arguments: Arguments) -> Shaped:
    """Shape of ``linalg.cross``: vectors of 3 along one axis."""
    left, right = arguments.array("x1"), arguments.array("x2")
    places = [_vector_axis(arguments, value, "axis") for value in (left, right)]
    for value, place in zip((left, right), places, strict=True):
        _vector_size(arguments, value, place, (3,))
    lead = _stack(arguments, (left, right), places)
    ndim = len(lead.shape) + 1
    return _with_vectors(arguments, lead, normal_axis(arguments.integer("axis"), ndim, None, arguments.shown))


def _with_vectors(arguments: Arguments, lead: Shaped, place: int) -> Shaped:
    axes = lead.axes or ()
    new = arguments.axes.fresh(1)
    return Shaped((*lead.shape[:place], 3, *lead.shape[place:]), (*axes[:place], *new, *axes[place:]))


def _vector_size(arguments: Arguments, value: Value, place: int, allowed: tuple[int, ...]) -> int | None:
    size = signature_of(value).shape[place]
    if size is not None and size not in allowed:
        raise Mistake(
            "cross",
            tr("{function} is made for vectors of 3 numbers; axis {axis} of {operand} has {size}.",
               function=arguments.shown, axis=place, operand=described(value), size=size),
            span=value.span,
        )  # fmt: skip
    return size


def cross_dtype(first: str, second: str) -> DtypeRule:
    """Make the rule of the dtype of ``cross``, which subtracts: truths alone can't be."""

    def rule(arguments: Arguments) -> np.dtype:
        values = [arguments.array(first), arguments.array(second)]
        dtype = promoted_strong(values)
        if dtype == BOOL:
            raise undefined(arguments.shown, values)
        return dtype

    return rule


def cross_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Count two products and a difference for each cell of the result."""
    return None if results[0].size is None else 3 * results[0].size


def strict_outer(arguments: Arguments) -> Shaped:
    """Shape of ``linalg.outer``: of two vectors only."""
    values = (arguments.array("x1"), arguments.array("x2"))
    for value in values:
        if signature_of(value).ndim != 1:
            raise Mistake(
                "ndim",
                tr("linalg.outer takes two vectors; {operand} has {ndim} axes.",
                   operand=described(value), ndim=signature_of(value).ndim),
                tr("outer takes the cells of any array."),
                span=value.span,
            )  # fmt: skip
    return outer_of(*values, arguments)


# -- of many matrices --------------------------------------------------------------------------------------------


def chain(arguments: Arguments) -> Shaped:
    """Shape of ``multi_dot``: rows of the first, columns of the last; vectors only at the ends."""
    parts = arguments.arrays("arrays")
    if not 2 <= len(parts) <= _MOST_MATRICES:
        raise Mistake("argument", tr("multi_dot takes 2 to {limit} arrays.", limit=_MOST_MATRICES))
    if len(parts) == 2:
        return dot_of(parts[0], parts[1], arguments)
    for place, part in enumerate(parts):
        ndim, inside = signature_of(part).ndim, 0 < place < len(parts) - 1
        if ndim not in ((2,) if inside else (1, 2)):
            raise Mistake(
                "ndim",
                tr("multi_dot takes matrices, and vectors at its ends; {operand} has {ndim} axes.",
                   operand=described(part), ndim=ndim),
                span=part.span,
            )  # fmt: skip
    for place, (left, right) in enumerate(pairwise(parts)):
        try:
            join(left, -1, right, -2 if signature_of(right).ndim > 1 else -1, arguments.axes, "@")
        except Mistake as mistake:
            mistake.clash = tuple((place + operand, axis) for operand, axis in mistake.clash)
            raise
    first, last = parts[0], parts[-1]
    rows, columns = signature_of(first).ndim - 1, signature_of(last).ndim - 1
    return Shaped(
        (*signature_of(first).shape[:rows], *signature_of(last).shape[len(last.axes) - columns :]),
        (*first.axes[:rows], *last.axes[len(last.axes) - columns :]),
    )


def chain_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Operations of ``multi_dot`` in the cheapest order, 2 for each multiplication."""
    parts = [signature_of(part) for part in arguments.arrays("arrays")]
    if len(parts) == 2:
        return product_flops(parts[0], parts[1], results[0])
    shapes = [part.shape for part in parts]
    if any(None in shape for shape in shapes):
        return None
    sizes = [1 if len(shapes[0]) == 1 else shapes[0][0], *(shape[0] for shape in shapes[1:])]
    sizes = [*sizes[:1], shapes[0][-1], *sizes[2:], 1 if len(shapes[-1]) == 1 else shapes[-1][-1]]
    return 2 * cheapest([size or 0 for size in sizes]).multiplications


def vector_flops(first: str) -> FlopRule:
    """Make the rule of ``vdot`` and ``vecdot``: 2 for each cell of the larger stack."""

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        signature = arguments.signature(first)
        if any(parameter.name == "axis" for parameter in arguments.function.parameters):
            along = signature.shape[arguments.axis("axis", signature.ndim)]
            return None if along is None or results[0].size is None else 2 * along * results[0].size
        return None if signature.size is None else 2 * signature.size

    return rule
