"""Functions that move cells to other places: transposing, reshaping, turning, repeating, diagonals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.carrying import MOST_BOXES, Axis, Tie, UnsayableError
from playground.explain.tie_folds import axes_of
from playground.explain.ties import Bound, Shape, cellwise, first_name, moved, plain, reshaped

if TYPE_CHECKING:
    from playground.explain.ties import Formula
    from playground.language.nodes import Call


def transpose(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Axes in another order, the opposite one where none is told."""
    operand, *rest = call.arguments
    count = len(formula.shape(operand))
    order = formula.constant_of(rest[0]) if len(rest) == 1 else tuple(formula.constant_of(node) for node in rest)
    if call.keywords:
        order = formula.constant_of(dict(call.keywords)["axes"])
    if order is None or order == ():
        order = tuple(reversed(range(count)))
    return (moved(operand, _whole_numbers(order, count), formula),)


def _whole_numbers(values: object, count: int) -> list[int]:
    values = values if isinstance(values, tuple) else (values,)
    numbers = [value for value in values if isinstance(value, int) and -count <= value < count]
    if len(numbers) != len(values):
        raise UnsayableError
    return [number % count for number in numbers]


def swapaxes(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Two axes exchanged."""
    bound = Bound(call, formula)
    operand = bound.array("a")
    order = list(range(len(formula.shape(operand))))
    i, j = _whole_numbers((bound.integer("axis1"), bound.integer("axis2")), len(order))
    order[i], order[j] = order[j], order[i]
    return (moved(operand, order, formula),)


def moveaxis(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Axes brought to other places."""
    bound = Bound(call, formula)
    operand = bound.array("a")
    count = len(formula.shape(operand))
    source = _whole_numbers(bound.constant("source"), count)
    target = _whole_numbers(bound.constant("destination"), count)
    order = [axis for axis in range(count) if axis not in source]
    for to, axis in sorted(zip(target, source, strict=False)):
        order.insert(to, axis)
    return (moved(operand, order, formula),)


def matrix_transpose(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """The last two axes exchanged."""
    (operand,) = call.arguments
    *first, rows, columns = range(len(formula.shape(operand)))
    return (moved(operand, [*first, columns, rows], formula),)


def reshape(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """``reshape``, ``ravel``, ``squeeze``, ``expand_dims``, ``atleast_2d``: the cells keep their order."""
    from playground.explain.origin import reads_rows

    if not call.arguments or not reads_rows(call):
        raise UnsayableError
    return (reshaped(call.arguments[0], call, formula),)


def same(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """The same cells, stretched perhaps."""
    return cellwise(call, call.arguments[:1], formula)


def flip(call: Call, formula: Formula, *, axis: int | None = None) -> tuple[Tie, ...]:
    """Axes counted from their ends."""
    operand = call.arguments[0]
    shape = formula.shape(operand)
    told = Bound(call, formula).constant("axis") if axis is None else axis
    turned = axes_of(told, len(shape))
    above = tuple(Axis(k, size - 1, -1) if k in turned else Axis(k) for k, size in enumerate(shape))
    return (Tie(operand, shape, plain(len(shape)), above),)


def rot90(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Quarter turns."""
    bound = Bound(call, formula)
    operand, times = bound.array("m"), bound.integer("k", 1) % 4
    i, j = _whole_numbers(bound.constant("axes", (0, 1)), len(formula.shape(operand)))
    bound.end()
    shape = formula.shape(operand)
    above = list(plain(len(shape)))
    for _ in range(times):  # a quarter turn: flipped along the second axis, then the two exchanged
        above[i], above[j] = _turned(above[j], shape), above[i]
    return (Tie(operand, shape, plain(len(shape)), tuple(above)),)


def _turned(axis: Axis, shape: Shape) -> Axis:
    assert axis.variable is not None
    last = shape[axis.variable] - 1
    return Axis(axis.variable, last, -1) if axis.step == 1 else Axis(axis.variable)


def roll(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """A line moved along itself, what leaves it coming in at its other end: two ties."""
    bound = Bound(call, formula)
    operand, shift, axis = bound.array("a"), bound.integer("shift"), bound.constant("axis")
    shape = formula.shape(operand)
    if axis is None and len(shape) == 1:
        axis = 0
    if isinstance(axis, tuple) or axis is None:
        raise UnsayableError
    (along,) = axes_of(axis, len(shape))
    by = shift % max(1, shape[along])
    ties = []
    for size, low, high in ((shape[along] - by, 0, by), (by, shape[along] - by, 0)):
        sizes = (*shape[:along], size, *shape[along + 1 :])
        below, above = list(plain(len(shape))), list(plain(len(shape)))
        below[along], above[along] = Axis(along, low), Axis(along, high)
        ties.append(Tie(operand, sizes, tuple(below), tuple(above)))
    return tuple(ties)


def tile(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """The whole again and again."""
    operand = call.arguments[0]
    own, shape = formula.shape(operand), formula.shape(call)
    first = len(shape) - len(own)
    below = tuple(Axis(first + k, modulus=size) for k, size in enumerate(own))
    return (Tie(operand, shape, below, plain(len(shape))),)


def repeat(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Each line again and again."""
    bound = Bound(call, formula)
    operand, times, axis = bound.array("a"), bound.integer("repeats"), bound.constant("axis")
    own, shape = formula.shape(operand), formula.shape(call)
    if times < 1 or (axis is None and len(own) != 1):
        raise UnsayableError
    (along,) = axes_of(axis, len(own))
    below = tuple(Axis(k, stride=times, modulus=own[k]) if k == along else Axis(k) for k in range(len(own)))
    return (Tie(operand, shape, below, plain(len(shape))),)


def pad(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Constant cells around it."""
    bound = Bound(call, formula)
    operand, width = bound.array("array"), bound.constant("pad_width")
    if bound.constant("mode", "constant") != "constant":
        raise UnsayableError
    bound.constant("constant_values")
    bound.end()
    shape = formula.shape(operand)
    if isinstance(width, int):
        starts = [width] * len(shape)
    elif isinstance(width, tuple) and len(width) == len(shape) and all(isinstance(pair, tuple) for pair in width):
        starts = [pair[0] for pair in width]
    else:
        raise UnsayableError
    above = tuple(Axis(k, start) for k, start in enumerate(starts))
    return (Tie(operand, shape, plain(len(shape)), above),)


def diagonal(call: Call, formula: Formula, *, summed: bool = False) -> tuple[Tie, ...]:
    """``diag``, ``diagonal`` and ``trace`` of a matrix; ``diag`` of a vector writes it onto a diagonal."""
    bound = Bound(call, formula)
    operand = bound.array(first_name(call))
    offset = bound.integer("k" if call.function == "diag" else "offset", 0)
    bound.end()
    shape = formula.shape(operand)
    down, right = max(0, -offset), max(0, offset)
    if len(shape) == 1 and call.function == "diag":
        return (Tie(operand, shape, plain(1), (Axis(0, down), Axis(0, right))),)
    if len(shape) != 2:
        raise UnsayableError
    length = max(0, min(shape[0] - down, shape[1] - right))
    above = () if summed else plain(1)
    return (Tie(operand, (length,), (Axis(0, down), Axis(0, right)), above),)


def diff(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Differences of neighbours: a tie for each of them."""
    bound = Bound(call, formula)
    operand, times, axis = bound.array("a"), bound.integer("n", 1), bound.integer("axis", -1)
    bound.end()
    shape = formula.shape(call)
    (along,) = axes_of(axis, len(shape))
    if not 1 <= times <= MOST_BOXES:
        raise UnsayableError
    return tuple(
        Tie(
            operand,
            shape,
            tuple(Axis(k, by) if k == along else Axis(k) for k in range(len(shape))),
            plain(len(shape)),
        )
        for by in range(times + 1)
    )
