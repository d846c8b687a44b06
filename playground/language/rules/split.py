"""Shapes of what takes an array apart: several parts, or windows that slide over it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.axes import at_least, axis_list
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.arguments import Arguments
    from playground.language.values import Value

_SECTIONS = "indices_or_sections"


def split(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``split``: equal parts, or parts between the given places."""
    value = at_least(arguments, "ary", 1)
    return _split(arguments, value, arguments.axis("axis", signature_of(value).ndim), equal=True)


def split_unequally(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``array_split``: as ``split``, the first parts one longer where it doesn't come out even."""
    value = at_least(arguments, "ary", 1)
    return _split(arguments, value, arguments.axis("axis", signature_of(value).ndim), equal=False)


def split_along(axis: int, least: int) -> Callable[[Arguments], tuple[Shaped, ...]]:
    """Make the rule of ``hsplit`` and its kin: a fixed axis (the first one of a vector), so many axes at least."""

    def rule(arguments: Arguments) -> tuple[Shaped, ...]:
        value = at_least(arguments, "ary", least)
        return _split(arguments, value, min(axis, signature_of(value).ndim - 1), equal=True)

    return rule


def unstacked(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``unstack``: one part for each place along an axis, which goes."""
    value = at_least(arguments, "x", 1)
    shape = signature_of(value).shape
    axis = arguments.axis("axis", len(shape))
    count = shape[axis]
    if count is None:
        raise Mistake("not-constant", tr("unstack needs to know before running how many parts there are."))
    if count == 0:
        others = [place for place, size in enumerate(shape) if size]
        written = tr("Take an axis that has some: unstack({operand}, axis={axis}).", operand=shown(value),
                     axis=next(iter(others), 0))  # fmt: skip
        raise Mistake(
            "argument",
            tr("Axis {axis} of {operand} has no places, so there is nothing to take apart.",
               axis=axis, operand=described(value)),
            written if others else "",
            clash=((0, axis),),
        )  # fmt: skip
    _check_count(count, arguments)
    part = Shaped((*shape[:axis], *shape[axis + 1 :]), (*value.axes[:axis], *value.axes[axis + 1 :]))
    return (part,) * count


def _split(arguments: Arguments, value: Value, axis: int, *, equal: bool) -> tuple[Shaped, ...]:
    shape, axes = signature_of(value).shape, value.axes
    sizes = _part_sizes(arguments, value, axis, equal=equal)
    _check_count(len(sizes), arguments)
    return tuple(
        Shaped(
            (*shape[:axis], size, *shape[axis + 1 :]),
            (*axes[:axis], *arguments.axes.fresh(1), *axes[axis + 1 :]),
        )
        for size in sizes
    )


def _check_count(count: int, arguments: Arguments) -> None:
    if not 0 < count <= words.MAX_NODES:
        raise Mistake(
            "argument",
            tr("{function} gives 1 to {limit} parts here, and these would be {count}.",
               function=arguments.shown, limit=words.MAX_NODES, count=count),
        )  # fmt: skip


def _part_sizes(arguments: Arguments, value: Value, axis: int, *, equal: bool) -> list[int | None]:
    size = signature_of(value).shape[axis]
    given = arguments.values[_SECTIONS]
    if isinstance(given.constant, int):
        return _counted(arguments, value, axis, given, equal=equal)
    if given.constant is MISSING:
        return [None] * (_places(arguments, given) + 1)
    places = arguments.integers(_SECTIONS)
    if size is None:
        return [None] * (len(places) + 1)
    bounds = [0, *places, size]
    return [len(range(*slice(start, stop).indices(size))) for start, stop in pairwise(bounds)]


def _counted(arguments: Arguments, value: Value, axis: int, given: Value, *, equal: bool) -> list[int | None]:
    """Sizes of so many parts; NumPy makes the first ones longer."""
    size = signature_of(value).shape[axis]
    count = arguments.integer(_SECTIONS)
    if not 0 < count <= words.MAX_NODES:
        _check_count(count, arguments)
    if size is None:
        return [None] * count
    if equal and size % count:
        raise Mistake(
            "split",
            tr("{function} makes equal parts: axis {axis} of {operand} has size {size}, which {count} doesn't divide.",
               function=arguments.shown, axis=axis, operand=described(value), size=size, count=count),
            tr("Write array_split for parts that may differ by one."),
            span=given.span,
            clash=((0, axis),),
        )  # fmt: skip
    each, longer = divmod(size, count)
    return [each + (place < longer) for place in range(count)]


def _places(arguments: Arguments, given: Value) -> int:
    """How many computed places there are to split at."""
    signature = arguments.signature(_SECTIONS)
    count = signature.shape[0] if signature.ndim == 1 else None
    if count is None or signature.dtype.kind not in "iu":
        raise Mistake(
            "not-constant",
            tr("{function} must know before running how many parts there are.", function=arguments.shown),
            tr("Write a number, or a list of places."),
            span=given.span,
        )
    return count


def windows(arguments: Arguments) -> Shaped:
    """Shape of ``sliding_window_view``: the places a window fits at, then the window's own axes."""
    value = arguments.array("x")
    shape = signature_of(value).shape
    window = arguments.shape("window_shape")
    axes = axis_list(arguments, "axis", len(shape), repeats=True) if arguments.given("axis") else range(len(shape))
    if len(window) != len(axes):
        raise Mistake(
            "argument",
            tr("sliding_window_view needs a window size for each axis it slides along: {n} for {m} axes of {operand}.",
               n=len(window), m=len(axes), operand=shown(value)),
            span=arguments.values["window_shape"].span,
        )  # fmt: skip
    left = list(shape)
    for axis, size in zip(axes, window, strict=True):
        room = left[axis]
        if room is not None and room < size:
            raise Mistake(
                "argument",
                tr("A window of {size} doesn't fit into axis {axis} of {operand}.",
                   size=size, axis=axis, operand=described(value)),
                clash=((0, axis),),
            )  # fmt: skip
        left[axis] = None if room is None else room - size + 1
    check_size((*left, *window))
    return Shaped((*left, *window))
