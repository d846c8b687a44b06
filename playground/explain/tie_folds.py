"""Folds, running sums and lines: what ties one cell to a whole line or block of the operand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.carrying import Axis, Tie, UnsayableError
from playground.explain.ties import Bound, first_name, folded, lined, plain, stretched, whole

if TYPE_CHECKING:
    from playground.explain.ties import Formula
    from playground.language.nodes import Call, Node


def axes_of(value: object, count: int) -> set[int]:
    """Axes told by None (all), a number or a tuple."""
    numbers = range(count) if value is None else value if isinstance(value, tuple) else (value,)
    found = {number % count for number in numbers if isinstance(number, int) and -count <= number < count}
    if len(found) != len(numbers):
        raise UnsayableError
    return found


def fold(call: Call, formula: Formula, *, default: object = None) -> tuple[Tie, ...]:
    """A block reduced along axes."""
    bound = Bound(call, formula)
    operand = bound.array(first_name(call))
    axes = axes_of(bound.constant("axis", default), len(formula.shape(operand)))
    kept = bound.constant("keepdims", default=False)
    for harmless in ("ddof", "correction", "ord"):
        bound.constant(harmless)
    bound.end()
    return (folded(operand, axes, formula, kept=kept is True),)


def running(call: Call, formula: Formula, *, default: object = None) -> tuple[Tie, ...]:
    """Sums from the beginning of a line to each of its cells."""
    bound = Bound(call, formula)
    operand, axis = bound.array(first_name(call)), bound.constant("axis", default)
    bound.end()
    shape, value = formula.shape(operand), formula.shape(call)
    if axis is None and len(shape) > 1:
        raise UnsayableError  # flattened first
    (along,) = axes_of(axis, len(shape)) if shape else (0,)
    if shape != value:
        raise UnsayableError
    below = tuple(Axis(k, reaches=k == along) for k in range(len(shape)))
    return (Tie(operand, shape, below, plain(len(shape))),)


def line(call: Call, formula: Formula, *, default: int = -1) -> tuple[Tie, ...]:
    """Each cell from the whole line along an axis."""
    bound = Bound(call, formula)
    operand, axis = bound.array(first_name(call)), bound.integer("axis", default)
    for harmless in ("norm", "eps"):
        bound.constant(harmless)
    if call.function.endswith("norm") and not call.function.startswith("fft"):
        return _scaled(bound, operand, call, axis, formula)
    bound.end()
    return (lined(operand, call, axis, formula),)


def _scaled(bound: Bound, operand: Node, call: Call, axis: int, formula: Formula) -> tuple[Tie, ...]:
    """A line brought to a norm, with a scale and a shift for each of its cells where they are given."""
    shape, ties = formula.shape(call), [lined(operand, call, axis, formula)]
    for name in ("gamma", "beta"):
        try:
            given = bound.array(name)
        except UnsayableError:
            continue
        ties.append(Tie(given, shape, stretched(formula.shape(given), shape), plain(len(shape))))
    bound.end()
    return tuple(ties)


def solved(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """``linalg.solve``: all of the matrix, and one column of the right side."""
    if len(call.arguments) != 2 or call.keywords:
        raise UnsayableError
    matrix, right = call.arguments
    shape = formula.shape(call)
    if len(formula.shape(matrix)) != 2 or not 1 <= len(shape) <= 2:
        raise UnsayableError
    return whole(matrix, call, formula), lined(right, call, 0, formula)


def power(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """``linalg.matrix_power`` from the second on: all of the matrix."""
    bound = Bound(call, formula)
    operand, times = bound.array("a"), bound.integer("n")
    shape = formula.shape(operand)
    if times in (0, 1):
        raise UnsayableError
    return (whole(operand, call, formula, max(0, len(shape) - 2)),)


def alone(call: Call, formula: Formula, *, batched: bool = False) -> tuple[Tie, ...]:
    """All of every argument; of matrices one for each of the first axes."""
    if call.keywords or (formula.shape(call) and not batched):
        raise UnsayableError
    ties = []
    for operand in call.arguments:
        kept = max(0, len(formula.shape(operand)) - 2) if batched else 0
        ties.append(whole(operand, call, formula, kept))
    return tuple(ties)
