"""Shapes of sorting, searching, sets, and of choosing cells by place or condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, along, broadcast, described, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import ShapeRule
    from playground.language.values import Value

_MOST_DIFFERENCES: Final = 1000
"""NumPy takes them one by one, whatever is left."""


def partitioned(arguments: Arguments) -> Shaped:
    """Shape of ``partition`` and ``argpartition``: that of ``a``; the places must be there."""
    lifts = arguments.function.name == "argpartition"  # of a single number it gives a row of one place
    shaped = along(lifts=lifts)(arguments)
    assert isinstance(shaped, Shaped)
    flat = arguments.constant("axis") is None
    shape = (arguments.signature("a").size,) if flat else shaped.shape
    axis = 0 if flat else arguments.axis("axis", max(len(shape), 1))
    whole_numbers(arguments, "kth", "iu")
    size = shape[axis] if shape else 1
    for place in arguments.integers("kth"):
        if size is not None and not -size <= place < size:
            raise Mistake(
                "axis",
                tr("There is no place {place} among {size} cells.", place=place, size=size),
                span=arguments.values["kth"].span,
            )
    return shaped


def whole_numbers(arguments: Arguments, name: str, kinds: str = "iub") -> Value:
    """Give an argument whose cells are places: whole numbers, or truths as 0 and 1. Raises ``Mistake`` for others.

    An empty list that is typed holds none, which ``take`` takes for places.
    """
    value = arguments.array(name)
    none = arguments.function.name == "take" and value.constant in ([], ())
    if signature_of(value).dtype.kind not in kinds and not none:
        raise Mistake(
            "dtype",
            tr("{parameter} of {function} holds whole numbers.", parameter=name, function=arguments.shown),
            tr("Convert first: .astype(int)."),
            span=value.span,
        )
    return value


def searched_sorted(arguments: Arguments) -> Shaped:
    """Shape of ``searchsorted``: a place for each cell of ``v``."""
    row, value = arguments.array("a"), arguments.array("v")
    if signature_of(row).ndim != 1:
        raise Mistake("ndim", tr("searchsorted looks in one sorted row of numbers."), span=row.span)
    arguments.choice("side", ("left", "right"))
    return Shaped(signature_of(value).shape, value.axes)


def found(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``nonzero``: the places of the cells that aren't 0, one row for each axis."""
    return _places(arguments.array("a"), arguments)


def _places(value: Value, arguments: Arguments) -> tuple[Shaped, ...]:
    ndim = signature_of(value).ndim
    if not ndim:
        raise Mistake(
            "ndim",
            tr("{function} needs an axis to tell places on.", function=arguments.shown),
            tr("Write {function}([x]).", function=arguments.shown),
            span=value.span,
        )
    return (Shaped((None,), arguments.axes.fresh(1)),) * ndim


def where(arguments: Arguments) -> Shaped | tuple[Shaped, ...]:
    """Shape of ``where``: condition and both choices lined up; of the condition alone what ``nonzero`` gives."""
    given = [name for name in ("x", "y") if name in arguments.values]
    if not given:
        return _places(arguments.array("condition"), arguments)
    if len(given) == 1:
        raise Mistake(
            "missing-argument",
            tr("where takes both choices, or none."),
            tr("Write where(condition, x, y)."),
            span=arguments.values[given[0]].span,
        )
    return broadcast([arguments.array(p) for p in ("condition", "x", "y")], arguments.axes, arguments.shown)


def found_flat(arguments: Arguments) -> Shaped:
    """Shape of ``flatnonzero``: as many as the data decides."""
    arguments.array("a")
    return Shaped((None,))


def found_rows(arguments: Arguments) -> Shaped:
    """Shape of ``argwhere``: one row for each cell found, one column for each axis."""
    return Shaped((None, arguments.signature("a").ndim))


def unique(arguments: Arguments) -> Shaped | tuple[Shaped, ...]:
    """Shape of ``unique``: the different cells, or rows along ``axis``; where they are, and how often."""
    value = arguments.array("ar")
    signature = signature_of(value)
    axis = arguments.axis("axis", signature.ndim) if arguments.given("axis") else None
    count = 0 if signature.size == 0 and axis is None else None
    first = Shaped((count,)) if axis is None else _with_size(value, axis, None, arguments)
    several = [first]
    if arguments.flag("return_index"):
        several.append(Shaped((count,)))
    if arguments.flag("return_inverse"):
        several.append(Shaped(signature.shape, value.axes) if axis is None else Shaped((signature.shape[axis],)))
    if arguments.flag("return_counts"):
        several.append(Shaped((count,)))
    return first if len(several) == 1 else tuple(several)


def _with_size(value: Value, axis: int, size: int | None, arguments: Arguments) -> Shaped:
    shape = signature_of(value).shape
    axes = (*value.axes[:axis], *arguments.axes.fresh(1), *value.axes[axis + 1 :])
    return Shaped((*shape[:axis], size, *shape[axis + 1 :]), axes)


def of_both(arguments: Arguments) -> Shaped:
    """Shape of a set of the cells of two arrays."""
    arguments.array("ar1")
    arguments.array("ar2")
    return Shaped((None,))


def among(arguments: Arguments) -> Shaped:
    """Shape of ``isin``: that of the cells which are looked for."""
    value = arguments.array("element")
    arguments.array("test_elements")
    return Shaped(signature_of(value).shape, value.axes)


def taken(arguments: Arguments) -> Shaped:
    """Shape of ``take``: the places' own shape stands where the axis was."""
    value, places = arguments.array("a"), whole_numbers(arguments, "indices")
    mode = arguments.choice("mode", ("raise", "wrap", "clip"))
    own = signature_of(places).shape
    if not arguments.given("axis"):
        _check_places(value, signature_of(value).size, places, mode)
        return Shaped(own, places.axes)
    shape = signature_of(value).shape
    axis = arguments.axis("axis", max(len(shape), 1))
    _check_places(value, shape[axis] if shape else 1, places, mode)
    check_size((*shape, *own))
    axes = (*value.axes[:axis], *places.axes, *value.axes[axis + 1 :])
    return Shaped((*shape[:axis], *own, *shape[axis + 1 :]), axes)


def _check_places(value: Value, size: int | None, places: Value, mode: object) -> None:
    """Raise ``Mistake`` for a typed place where nothing is to be taken."""
    if mode != "raise" or size is None or not isinstance(places.constant, (int, list, tuple)):
        return
    for place in np.ravel(places.constant).tolist():
        if not -size <= place < size:
            raise Mistake(
                "index-range",
                tr("take finds nothing at place {place}: {operand} has {size} there, numbered 0 to {last}.",
                   place=place, operand=described(value), size=size, last=size - 1),
                tr("Counting begins at 0; the last one is also -1."),
                span=places.span,
            )  # fmt: skip


def taken_along(arguments: Arguments) -> Shaped:
    """Shape of ``take_along_axis``: the other axes of both arrays are lined up, along the axis there are the places."""
    value, places = arguments.array("arr"), whole_numbers(arguments, "indices", "iu")
    if arguments.constant("axis") is None:
        if signature_of(places).ndim != 1:
            raise Mistake("ndim", tr("Without an axis the places are one row."), span=places.span)
        return Shaped(signature_of(places).shape, places.axes)
    shape, own = signature_of(value).shape, signature_of(places).shape
    if len(shape) != len(own):
        raise Mistake(
            "ndim",
            tr("{function} needs as many axes in {places} as in {array}.", function=arguments.shown,
               places=described(places), array=described(value)),
            span=places.span,
        )  # fmt: skip
    axis = arguments.axis("axis", len(shape))
    beside = replace(
        value, signature=Signature((*shape[:axis], 1, *shape[axis + 1 :]), arguments.dtype_of("arr"))
    )  # along the axis anything fits
    shaped = broadcast([places, beside], arguments.axes, arguments.shown)
    return Shaped((*shaped.shape[:axis], own[axis], *shaped.shape[axis + 1 :]), None)


def chosen(arguments: Arguments) -> Shaped:
    """Shape of ``choose``: numbers and choices lined up."""
    numbers = whole_numbers(arguments, "a")
    if not np.can_cast(signature_of(numbers).dtype, np.intp):
        raise Mistake("dtype", tr("choose takes no uint64."), tr("Convert first: .astype(int)."), span=numbers.span)
    arguments.choice("mode", ("raise", "wrap", "clip"))
    choices = arguments.arrays("choices")
    if not choices:
        raise Mistake("argument", tr("choose needs at least one choice."), span=arguments.values["choices"].span)
    return broadcast([arguments.array("a"), *choices], arguments.axes, arguments.shown)


def selected(arguments: Arguments) -> Shaped:
    """Shape of ``select``: conditions, choices and default lined up; one condition for each choice."""
    conditions, choices = arguments.arrays("condlist"), arguments.arrays("choicelist")
    if len(conditions) != len(choices):
        raise Mistake(
            "argument",
            tr("select needs one choice for each condition: {n} conditions, {m} choices.",
               n=len(conditions), m=len(choices)),
        )  # fmt: skip
    if not conditions:
        raise Mistake("argument", tr("select needs at least one condition."))
    for condition in conditions:
        if signature_of(condition).dtype.kind != "b":
            raise Mistake("dtype", tr("A condition of select is an array of truths."), span=condition.span)
    default = [arguments.array("default")] if "default" in arguments.values else []
    return broadcast([*conditions, *choices, *default], arguments.axes, arguments.shown)


def compressed(parameter: str) -> ShapeRule:
    """Make the rule of ``compress`` and ``extract``: the cells, or rows, for which the condition holds."""

    def rule(arguments: Arguments) -> Shaped:
        value, condition = arguments.array(parameter), arguments.array("condition")
        if parameter == "arr":
            return Shaped((None,))
        if signature_of(condition).ndim != 1:
            raise Mistake("ndim", tr("The condition of compress is one row of truths."), span=condition.span)
        if not arguments.given("axis"):
            return Shaped((None,))
        axis = arguments.axis("axis", max(signature_of(value).ndim, 1))
        return _with_size(value, axis, None, arguments) if signature_of(value).ndim else Shaped((None,))

    return rule


def differences(arguments: Arguments) -> Shaped:
    """Shape of ``diff``: one cell less along the axis, ``n`` times; ``prepend`` and ``append`` add theirs first."""
    value, times = arguments.array("a"), arguments.integer("n")
    signature = signature_of(value)
    if times > _MOST_DIFFERENCES:
        raise Mistake("argument", tr("diff is taken at most {n} times here.", n=_MOST_DIFFERENCES))
    if times < 0:
        raise Mistake("argument", tr("diff can't be taken {n} times.", n=times))
    if not signature.ndim:
        raise Mistake("ndim", tr("diff needs an axis to go along."), span=value.span)
    if times == 0:
        return Shaped(signature.shape, value.axes)
    axis = arguments.axis("axis", signature.ndim)
    size = signature.shape[axis]
    for name in ("prepend", "append"):
        if arguments.given(name):
            more = _beside(arguments.array(name), value, axis)
            size = None if size is None or more is None else size + more
    return _with_size(value, axis, None if size is None else max(size - times, 0), arguments)


def _beside(part: Value, value: Value, axis: int) -> int | None:
    """How many places ``part`` has along ``axis``; its other axes must be those of ``value``."""
    shape, own = signature_of(value).shape, signature_of(part).shape
    if not own:
        return 1
    if len(own) != len(shape) or any(a != b for i, (a, b) in enumerate(zip(own, shape, strict=True)) if i != axis):
        raise Mistake(
            "broadcast",
            tr("{part} can't stand beside {array}.", part=described(part), array=described(value)),
            tr("Only the size along the axis may differ."),
            span=part.span,
        )
    return own[axis]
