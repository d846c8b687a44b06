"""Shapes of what creates arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.layout import check_broadcast_to
from playground.language.rules.shapes import Shaped, broadcast, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.arguments import Arguments
    from playground.language.signature import Shape


def created(arguments: Arguments) -> Shaped:
    """Shape of ``zeros`` and ``ones``: the argument itself."""
    return Shaped(arguments.shape("shape"))


def filled(arguments: Arguments) -> Shaped:
    """Shape of ``full``; raises ``Mistake`` where the fill value doesn't broadcast to it."""
    shape = arguments.shape("shape")
    value = arguments.array("fill_value")
    check_broadcast_to(value, _without_ones(signature_of(value).shape, len(shape)), shape)
    return Shaped(shape)


def _without_ones(own: Shape, ndim: int) -> Shape:
    """Leave out the axes too many: NumPy fills from (1, 1, 3) into (2, 3) too."""
    while len(own) > ndim and own[0] == 1:
        own = own[1:]
    return own


def like(parameter: str) -> Callable[[Arguments], Shaped]:
    """Make the rule of ``zeros_like`` and its kin: the shape of this argument, or the one that is given."""

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array(parameter)
        if arguments.given("shape"):
            return Shaped(arguments.shape("shape"))
        return Shaped(signature_of(value).shape, value.axes)

    return rule


def filled_like(arguments: Arguments) -> Shaped:
    """Shape of ``full_like``: as ``like`` has it; raises ``Mistake`` where the fill value doesn't stretch to it."""
    fill, shaped = arguments.array("fill_value"), like("a")(arguments)
    check_broadcast_to(fill, _without_ones(signature_of(fill).shape, len(shaped.shape)), shaped.shape)
    return shaped


def as_array(arguments: Arguments) -> Shaped:
    """Shape of ``array``: the list's own."""
    value = arguments.array("object")
    missing = arguments.integer("ndmin") - signature_of(value).ndim
    check_size((1,) * max(missing, 0))
    return Shaped((1,) * missing + signature_of(value).shape, arguments.axes.fresh(max(missing, 0)) + value.axes)


class RuleOfGrid:
    """Rule for a new matrix of so many rows and columns; negative numbers count as 0, as in NumPy."""

    def __init__(self, rows: str, columns: str) -> None:
        self._rows, self._columns = rows, columns

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape of the result."""
        rows = arguments.integer(self._rows)
        columns = arguments.integer(self._columns) if arguments.given(self._columns) else rows
        if "k" in arguments.values and arguments.function.name == "eye":
            arguments.integer("k")
        if min(rows, columns) < 0:
            raise Mistake("argument", tr("{function} needs sizes of 0 or more.", function=arguments.shown))
        check_size((rows, columns))
        return Shaped((rows, columns))


def identity(arguments: Arguments) -> Shaped:
    """Shape of ``identity``."""
    return RuleOfGrid("n", "n")(arguments)


def counted(arguments: Arguments) -> Shaped:
    """Shape of ``arange``; its size is None where a limit isn't known before running."""
    names = [name for name in ("start", "stop", "step") if arguments.given(name)]
    if not names:
        raise Mistake("missing-argument", tr("arange needs a number to count to."), tr("Write arange(5)."))
    if any(signature_of(arguments.array(name)).ndim for name in names):
        raise Mistake("argument", tr("arange takes single numbers."))
    numbers = [arguments.values[name].constant for name in names]
    if not all(isinstance(number, (int, float)) for number in numbers):
        if any(isinstance(number, complex) for number in numbers):
            raise Mistake("dtype", tr("arange counts in real numbers."))
        return Shaped((None,))
    given = dict(zip(names, numbers, strict=True))
    start, stop, step = given.get("start", 0), given.get("stop"), given.get("step", 1)
    if stop is None:
        start, stop = 0, start
    size = _count(float(start), float(stop), float(step))  # type: ignore[arg-type]
    check_size((size,))
    return Shaped((size,))


def _count(start: float, stop: float, step: float) -> int:
    if step == 0:
        raise Mistake("argument", tr("arange never arrives with a step of 0."))
    try:
        return max(0, math.ceil((stop - start) / step))
    except (ValueError, OverflowError):
        raise Mistake("argument", tr("arange can't count to infinity or nan.")) from None


def spaced(arguments: Arguments) -> Shaped:
    """Shape of ``linspace``: ``num`` first (or at ``axis``), then the shape of start, stop and base."""
    number = arguments.integer("num")
    if number < 0:
        raise Mistake("argument", tr("linspace needs a number of samples of 0 or more."))
    names = [name for name in ("start", "stop", "base") if name in arguments.values]
    ends = broadcast([arguments.array(name) for name in names], arguments.axes, arguments.shown)
    axis = arguments.axis("axis", len(ends.shape) + 1)
    new = arguments.axes.fresh(1)
    axes = ends.axes or ()
    shape = (*ends.shape[:axis], number, *ends.shape[axis:])
    check_size(shape)
    return Shaped(shape, (*axes[:axis], *new, *axes[axis:]))
