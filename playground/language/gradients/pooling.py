"""Gradients of tiles of the last two axes, of which each becomes one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.text import Part, call, compared, linear, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule


def _grown(given: Part, size: int, like: Part) -> Part:
    """Write each cell as a tile of equal cells."""

    def grow(inside: Part) -> Part:
        rows = call("repeat", inside, str(size), axis="-2", shape=(*like.shape[:-1], *inside.shape[-1:]))
        return call("repeat", rows, str(size), axis="-1", shape=like.shape)

    return linear(given, grow)


def _size(operation: Operation) -> int:
    """Give the size of a tile; raises ``Mistake`` where the tiles leave cells over."""
    size = operation.integer("size")
    if any((length or 0) % size for length in operation.sizes()[-2:]):
        raise operation.refused()
    return size


def _average(operation: Operation) -> Part:
    size = _size(operation)
    return _grown(operation.full, size, operation.x) / number(size * size)


def _highest(operation: Operation) -> Part:
    """The cell that is the largest of its tile gets the gradient; equal ones share it."""
    size, x = _size(operation), operation.x
    mask = compared(x, "==", _grown(operation.out, size, x))
    count = size * size * call("avg_pool2d", mask, str(size), shape=operation.out.shape)
    return _grown(operation.full / count, size, x) * mask


RULES: Final[Mapping[str, Rule]] = {"avg_pool2d": _average, "max_pool2d": _highest}
