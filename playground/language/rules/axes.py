"""Shapes of what turns, moves, adds or counts axes, and leaves the cells alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size, normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.dtypes import FLOAT
from playground.language.rules.layout import permuted
from playground.language.rules.shapes import Known, Shaped, axes_text, broadcast, described, shown, signature_of
from playground.language.signature import Signature
from playground.language.values import MISSING, Value
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.arguments import Arguments
    from playground.language.signature import Shape


def axis_list(arguments: Arguments, name: str, ndim: int, *, repeats: bool = False) -> tuple[int, ...]:
    """Read one axis, a tuple or a list of them, counted from the front; ``repeats`` allows the same axis twice."""
    value = arguments.values.get(name)
    given = arguments.integers(name)
    wrong = next((axis for axis in given if not -ndim <= axis < ndim), None)
    if wrong is not None:
        normal_axis(wrong, ndim, value, arguments.shown_with_operand())
    axes = tuple(axis % ndim for axis in given)
    if not repeats and len(set(axes)) < len(axes):
        raise Mistake(
            "axis",
            tr("{function} was given the same axis twice.", function=arguments.shown),
            span=None if value is None else value.span,
        )
    return axes


def at_least(arguments: Arguments, parameter: str, least: int) -> Value:
    """Give an argument of at least so many axes; raises ``Mistake`` for fewer."""
    value = arguments.array(parameter)
    if signature_of(value).ndim < least:
        raise Mistake(
            "ndim",
            tr("{function} needs at least {least}; {operand} has {axes}.",
               function=arguments.shown, least=axes_text(least), operand=described(value),
               axes=axes_text(signature_of(value).ndim)),
            span=value.span,
        )  # fmt: skip
    return value


# -- another order -----------------------------------------------------------------------------------------------


def moved(arguments: Arguments) -> Shaped:
    """Shape of ``moveaxis``: each source goes to its destination, the others keep their order."""
    value = arguments.array("a")
    ndim = signature_of(value).ndim
    source, destination = (axis_list(arguments, name, ndim) for name in ("source", "destination"))
    if len(source) != len(destination):
        raise Mistake(
            "axis",
            tr("moveaxis needs as many destinations ({m}) as sources ({n}).", n=len(source), m=len(destination)),
            span=arguments.values["destination"].span,
        )
    order = [axis for axis in range(ndim) if axis not in source]
    for place, axis in sorted(zip(destination, source, strict=True)):
        order.insert(place, axis)
    return permuted(value, tuple(order))


def rolled_axis(arguments: Arguments) -> Shaped:
    """Shape of ``rollaxis``: one axis goes before another one, ``start`` as in Python's ``insert``."""
    value = arguments.array("a")
    ndim = signature_of(value).ndim
    axis, start = arguments.axis("axis", ndim), arguments.integer("start")
    start = start + ndim if start < 0 else start
    if not 0 <= start <= ndim:
        raise Mistake("axis", tr("rollaxis takes a start from {low} to {high}.", low=-ndim, high=ndim))
    order = [place for place in range(ndim) if place != axis]
    order.insert(start - (axis < start), axis)
    return permuted(value, tuple(order))


def matrix_transposed(arguments: Arguments) -> Shaped:
    """Shape of ``matrix_transpose``: the last two axes swap."""
    value = at_least(arguments, "x", 2)
    ndim = signature_of(value).ndim
    return permuted(value, (*range(ndim - 2), ndim - 1, ndim - 2))


def flipped(arguments: Arguments) -> Shaped:
    """Shape of ``flip``: the same."""
    value = arguments.array("m")
    if arguments.given("axis"):
        axis_list(arguments, "axis", signature_of(value).ndim)
    return Shaped(signature_of(value).shape, value.axes)


def unchanged(parameter: str, least: int) -> Callable[[Arguments], Shaped]:
    """Make the rule of ``fliplr`` and ``flipud``: the same shape, of so many axes at least."""

    def rule(arguments: Arguments) -> Shaped:
        value = at_least(arguments, parameter, least)
        return Shaped(signature_of(value).shape, value.axes)

    return rule


def turned(arguments: Arguments) -> Shaped:
    """Shape of ``rot90``: two axes swap where it turns an odd number of times."""
    value, times = arguments.array("m"), arguments.integer("k")
    ndim = signature_of(value).ndim
    axes = axis_list(arguments, "axes", ndim)
    if len(axes) != 2:
        raise Mistake("axis", tr("rot90 turns in the plane of two axes."), tr("For example axes=(0, 1)."))
    order = list(range(ndim))
    if times % 2:
        order[axes[0]], order[axes[1]] = axes[1], axes[0]
    return permuted(value, tuple(order))


def rolled(arguments: Arguments) -> Shaped:
    """Shape of ``roll``: the same; as many shifts as axes, or one of either."""
    value = arguments.array("a")
    shifts = _count(arguments.values["shift"], arguments)
    axes = len(axis_list(arguments, "axis", signature_of(value).ndim, repeats=True)) if arguments.given("axis") else 1
    if shifts is not None and 1 not in (shifts, axes) and shifts != axes:
        raise Mistake(
            "argument",
            tr("roll needs one shift for each axis: there are {n} shifts and {m} axes.", n=shifts, m=axes),
            span=arguments.values["shift"].span,
        )
    return Shaped(signature_of(value).shape, value.axes)


def _count(value: Value, arguments: Arguments) -> int | None:
    """How many shifts there are; they may be computed."""
    whole = arguments.array("shift")
    signature = signature_of(whole)
    if signature.dtype.kind not in "iub" or signature.ndim > 1:
        raise Mistake("argument", tr("roll moves by a whole number, or by one for each axis."), span=value.span)
    return signature.size


def shifted(arguments: Arguments) -> Shaped:
    """Shape of ``fftshift``: the same."""
    value = arguments.array("x")
    ndim = signature_of(value).ndim
    axes = axis_list(arguments, "axes", ndim, repeats=True) if arguments.given("axes") else range(ndim)
    if not axes:
        raise Mistake("ndim", tr("{function} needs an axis to shift along.", function=arguments.shown))
    return Shaped(signature_of(value).shape, value.axes)


# -- more axes ---------------------------------------------------------------------------------------------------


def lifted(least: int) -> Callable[[Arguments], Shaped | tuple[Shaped, ...]]:
    """Make the rule of ``atleast_1d`` to ``atleast_3d``: one array, or several of several."""

    def rule(arguments: Arguments) -> Shaped | tuple[Shaped, ...]:
        found = tuple(raised(value, least, arguments) for value in parts(arguments, "arys"))
        return found[0] if len(found) == 1 else found

    return rule


def raised(value: Value, least: int, arguments: Arguments) -> Shaped:
    """Give ``value`` at least so many axes: new ones in front, the third one behind."""
    shape, axes = signature_of(value).shape, value.axes
    behind = int(least == 3 and len(shape) < 3)
    before = max(0, least - behind - len(shape))
    new = arguments.axes.fresh(before + behind)
    return Shaped((1,) * before + shape + (1,) * behind, new[:before] + axes + new[before:])


def parts(arguments: Arguments, name: str) -> list[Value]:
    """Give the arrays of a parameter that takes any number of them; raises ``Mistake`` for none."""
    if name not in arguments.values:
        raise Mistake("missing-argument", tr("{function} needs at least one array.", function=arguments.shown))
    return arguments.arrays(name)


def broadcast_together(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``broadcast_arrays``: each stretched to the shape that all of them have together."""
    values = parts(arguments, "args")
    return (broadcast(values, arguments.axes, arguments.shown),) * len(values)


# -- whole numbers that follow from shapes -----------------------------------------------------------------------


def axis_count(arguments: Arguments) -> Known:
    """Value of ``ndim``."""
    return Known(arguments.signature("a").ndim)


def sizes(arguments: Arguments) -> Known:
    """Value of ``shape``."""
    return Known(arguments.signature("a").shape)


def cell_count(arguments: Arguments) -> Known:
    """Value of ``size``: of all cells, or along an axis."""
    signature = arguments.signature("a")
    if not arguments.given("axis"):
        return Known(signature.size)
    picked = tuple(signature.shape[axis] for axis in axis_list(arguments, "axis", signature.ndim))
    return Known(Signature(picked, signature.dtype).size)


def broadcast_sizes(arguments: Arguments) -> Known:
    """Value of ``broadcast_shapes``: the shape that arrays of these shapes have together."""
    if "args" not in arguments.values:
        return Known(())
    values = [_of_shape(value, arguments) for value in arguments.values["args"].items or ()]
    return Known(broadcast(values, arguments.axes, arguments.shown).shape)


def _of_shape(value: Value, arguments: Arguments) -> Value:
    """Stand in for an array of the shape that ``value`` spells: ``(2, 3)``, ``A.shape``, ``5``."""
    numbers = [value] if value.items is None else value.items
    known: list[int | None] = []
    for number in numbers:
        size = number.constant
        signature = number.signature
        if size is MISSING and signature is not None and signature.dtype.kind in "iu" and not signature.ndim:
            known.append(None)
        elif isinstance(size, int) and size >= 0:
            known.append(size)
        else:
            raise Mistake(
                "argument",
                tr("{function} takes shapes, such as (2, 3); {text} is none.",
                   function=arguments.shown, text=shown(value)),
                span=value.span,
            )  # fmt: skip
    shape: Shape = tuple(known)
    check_size(shape)
    return Value(value.text, value.span, Signature(shape, FLOAT), arguments.axes.fresh(len(shape)))
