"""Shapes of what machine learning adds to NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size, normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, broadcast, described, join, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.language.arguments import Arguments
    from playground.language.axes import Axes
    from playground.language.rules.shapes import ShapeRule
    from playground.language.signature import Shape
    from playground.language.values import Value


def single_numbers(arguments: Arguments, *names: str) -> None:
    """Raise ``Mistake`` unless each of the named arguments that is given is one number."""
    for name in names:
        if arguments.given(name) and arguments.signature(name).ndim:
            raise Mistake(
                "argument",
                tr("{parameter} of {function} is one number; {operand} has axes.",
                   parameter=name, function=arguments.shown, operand=described(arguments.array(name))),
                span=arguments.values[name].span,
            )  # fmt: skip


def at_least(arguments: Arguments, name: str, ndim: int) -> Value:
    """Give an argument as an array; raises ``Mistake`` where it has fewer axes."""
    value = arguments.array(name)
    if signature_of(value).ndim < ndim:
        needed = tr("a vector or a matrix") if ndim == 1 else tr("a matrix or a stack of them")
        raise Mistake(
            "ndim",
            tr("{function} needs {needed}; {operand} has too few axes.",
               function=arguments.shown, needed=needed, operand=described(value)),
            span=value.span,
        )  # fmt: skip
    return value


def count(arguments: Arguments, name: str, least: int = 0) -> int:
    """Give a whole number that is known before running; raises ``Mistake`` where it is below ``least``."""
    number = arguments.integer(name)
    if number < least:
        raise Mistake(
            "argument",
            tr("{parameter} of {function} must be {least} or more.",
               parameter=name, function=arguments.shown, least=least),
            span=arguments.values[name].span if name in arguments.values else None,
        )  # fmt: skip
    return number


def cells(*numbers: str) -> ShapeRule:
    """Make the rule of an activation: the shape of ``x``; the arguments named in ``numbers`` are single numbers."""

    def rule(arguments: Arguments) -> Shaped:
        single_numbers(arguments, *numbers)
        value = arguments.array("x")
        return Shaped(signature_of(value).shape, value.axes)

    return rule


def chosen_gelu(arguments: Arguments) -> Shaped:
    """Shape of ``gelu``, whose approximation has a name."""
    arguments.choice("approximate", ("none", "tanh"))
    value = arguments.array("x")
    return Shaped(signature_of(value).shape, value.axes)


def along_axis(arguments: Arguments) -> Shaped:
    """Shape of ``softmax`` and its kin: one axis is looked along, none goes."""
    value = arguments.array("x")
    arguments.axis("axis", signature_of(value).ndim)
    return Shaped(signature_of(value).shape, value.axes)


def normalized(*weights: str, tuples: bool = True, filled: bool = False) -> ShapeRule:
    """Make the rule of a normalization of ``x`` along ``axis``, then multiplied by or added to ``weights``.

    ``tuples`` tells that ``axis`` may be several, ``filled`` that no cells have no result.
    """

    def rule(arguments: Arguments) -> Shaped:
        single_numbers(arguments, "eps")
        value = arguments.array("x")
        shape = signature_of(value).shape
        axes = _axes(arguments, len(shape))
        if not tuples and isinstance(arguments.constant("axis"), tuple):
            raise Mistake("axis", tr("{function} takes one axis, or None for all.", function=arguments.shown))
        if filled and any(shape[axis] == 0 for axis in axes):
            raise Mistake("empty", tr("{function} of no cells isn't defined.", function=arguments.shown))
        given = [arguments.array(name) for name in weights if arguments.given(name)]
        return broadcast([value, *given], arguments.axes, arguments.shown)

    return rule


def _axes(arguments: Arguments, ndim: int) -> tuple[int, ...]:
    """Give the axes of ``axis``, whose default may be one axis; None means all."""
    if "axis" in arguments.values:
        return arguments.axes_or_all("axis", ndim)
    return (normal_axis(arguments.integer("axis"), ndim, None, arguments.shown),)


def summed_along(parameter: str) -> ShapeRule:
    """Make the rule of a sum along ``axis``, which goes; None means all."""

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array(parameter)
        ndim = signature_of(value).ndim
        gone = _axes(arguments, ndim)
        part = _part(value, [axis for axis in range(ndim) if axis not in gone])
        return Shaped(signature_of(part).shape, part.axes)

    return rule


# -- pairs of vectors --------------------------------------------------------------------------------------------


def paired(first: str = "a", second: str = "b") -> ShapeRule:
    """Make the rule of ``cosine_similarity`` and its kin: vectors along ``axis``, pair by pair; that axis goes."""

    def rule(arguments: Arguments) -> Shaped:
        single_numbers(arguments, "eps")
        values = [at_least(arguments, name, 1) for name in (first, second)]
        place = _common_axis(arguments, values)
        join(values[0], place, values[1], place, arguments.axes, arguments.shown)
        return broadcast([_without(value, place) for value in values], arguments.axes, arguments.shown)

    return rule


def _common_axis(arguments: Arguments, values: Sequence[Value]) -> int:
    """Give ``axis`` counted from the end, where both have it at the same place."""
    ndims = [signature_of(value).ndim for value in values]
    has_axis = any(parameter.name == "axis" for parameter in arguments.function.parameters)
    axis = arguments.integer("axis") if has_axis else -1
    if axis >= 0 and ndims[0] != ndims[1]:
        raise Mistake(
            "axis",
            tr("{a} and {b} have different numbers of axes.", a=described(values[0]), b=described(values[1])),
            tr("Count the axis from the end, such as axis=-1."),
            span=arguments.values["axis"].span,
        )
    normal_axis(axis, min(ndims), arguments.values.get("axis"), arguments.shown)
    return axis if axis < 0 else axis - ndims[0]


def _without(value: Value, place: int) -> Value:
    at = place % signature_of(value).ndim
    return _part(value, [axis for axis in range(signature_of(value).ndim) if axis != at])


def _part(value: Value, kept: Sequence[int]) -> Value:
    """Give ``value`` with some of its axes only."""
    signature = signature_of(value)
    names = tuple(signature.axis_names[i] for i in kept) if signature.axis_names else ()
    part = Signature(tuple(signature.shape[i] for i in kept), signature.dtype, axis_names=names)
    return replace(value, signature=part, axes=tuple(value.axes[i] for i in kept))


def projected(arguments: Arguments) -> Shaped:
    """Shape of ``projection``: vectors along the last axis, on vectors along the last axis."""
    vector, target = at_least(arguments, "a", 1), at_least(arguments, "onto", 1)
    join(vector, -1, target, -1, arguments.axes, arguments.shown)
    return broadcast([vector, target], arguments.axes, arguments.shown)


def all_pairs(arguments: Arguments) -> Shaped:
    """Shape of ``cdist``: a row for each row of ``a``, a column for each row of ``b``."""
    first, second = at_least(arguments, "a", 2), at_least(arguments, "b", 2)
    join(first, -1, second, -1, arguments.axes, arguments.shown)
    shape, axes = _stacked(arguments, first, second, ((first, -2), (second, -2)))
    return Shaped(shape, axes)


def _stacked(
    arguments: Arguments, first: Value, second: Value, ends: Sequence[tuple[Value, int]]
) -> tuple[Shape, Axes]:
    """Broadcast what stands before the matrices, and put the axes of ``ends`` behind it."""
    before = [_part(value, range(signature_of(value).ndim - 2)) for value in (first, second)]
    batch = broadcast(before, arguments.axes, arguments.shown)
    shape = (*batch.shape, *(signature_of(value).shape[axis] for value, axis in ends))
    check_size(shape)
    return shape, (*(batch.axes or ()), *(value.axes[axis] for value, axis in ends))


# -- attention ---------------------------------------------------------------------------------------------------


def attended(arguments: Arguments) -> Shaped:
    """Shape of ``attention``: (…, n, d), (…, m, d) and (…, m, e) give (…, n, e)."""
    queries, keys, values = (at_least(arguments, name, 2) for name in ("Q", "K", "V"))
    join(queries, -1, keys, -1, arguments.axes, arguments.shown)
    try:
        join(keys, -2, values, -2, arguments.axes, arguments.shown)
    except Mistake as mistake:
        mistake.clash = tuple((number + 1, axis) for number, axis in mistake.clash)
        raise
    shape, axes = _stacked(arguments, queries, keys, ((queries, -2), (keys, -2)))
    scores = replace(queries, text=arguments.shown, signature=Signature(shape, signature_of(queries).dtype), axes=axes)
    if arguments.given("mask"):
        masked = broadcast([_mask(arguments), scores], arguments.axes, arguments.shown)
        scores = replace(scores, signature=Signature(masked.shape, signature_of(queries).dtype), axes=masked.axes or ())
        join(scores, -1, values, -2, arguments.axes, arguments.shown)
    shape, axes = _stacked(arguments, scores, values, ((scores, -2), (values, -1)))
    return Shaped(shape, axes)


def _mask(arguments: Arguments) -> Value:
    mask = arguments.array("mask")
    if signature_of(mask).dtype.kind != "b":
        raise Mistake(
            "dtype",
            tr("mask of attention holds truths: True where a query may look."),
            tr("Compare first, such as {mask} > 0.", mask=shown(mask)),
            span=mask.span,
        )
    return mask
