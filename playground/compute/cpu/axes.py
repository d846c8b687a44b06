"""The order of the axes in memory that NumPy gives the result of cell-by-cell steps, from that of their operands."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.compute.planning.steps import PlanStep


def common_order(step: PlanStep, arguments: Sequence[Any], shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """Give the axes of a chain's result, the one whose cells lie farthest apart first; None where operands disagree.

    NumPy lays out every step as its operands are, and where these disagree, as C does (``order="K"``).
    """
    arrays = [argument for argument in arguments if isinstance(argument, np.ndarray) and argument.ndim]
    full = [array for array in arrays if array.shape == shape]
    as_in_c = tuple(range(len(shape)))
    if all(array.flags.c_contiguous for array in (full or arrays)):
        return as_in_c
    if not full or 1 in shape:
        return None
    order = tuple(sorted(as_in_c, key=lambda axis: -full[0].strides[axis]))
    if not all(_lies_so(array, order) for array in full):
        return None
    if order != as_in_c and not _is_said_by_all(step, arguments, shape):
        return None
    return order


def turned(argument: Any, order: tuple[int, ...]) -> Any:  # noqa: ANN401 - arrays and scalars
    """Give ``argument`` with its axes in that order, a smaller one with axes of one cell."""
    if not isinstance(argument, np.ndarray) or not argument.ndim:
        return argument
    return argument.reshape((1,) * (len(order) - argument.ndim) + argument.shape).transpose(order)


def _lies_so(array: np.ndarray, order: tuple[int, ...]) -> bool:
    strides = [array.strides[axis] for axis in order]
    return strides[-1] > 0 and all(one > other for one, other in itertools.pairwise(strides))


def _is_said_by_all(step: PlanStep, arguments: Sequence[Any], shape: tuple[int, ...]) -> bool:
    """Whether each step has an operand that says the order, and none has one that may say another."""
    saying = set()
    for slot, argument in enumerate(arguments):
        if not isinstance(argument, np.ndarray):
            continue
        if argument.shape == shape:
            saying.add(slot)
        elif sum(size > 1 for size in argument.shape) > 1:
            return False
    for slot, inner in enumerate(step.inner, len(arguments)):
        if saying.isdisjoint(inner.slots):
            return False
        saying.add(slot)
    return True
