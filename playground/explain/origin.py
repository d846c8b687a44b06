"""Where the cells of a sub-expression are kept: which entry, and where in it, seen through ``.T`` and indexing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.language.nodes import Attribute, Call, Index, Literal, Name, Node, Slice, Unary
from playground.language.signature import Shape

Cell = tuple[int, ...]
"""One index per axis, none negative."""
ShapeOf = Callable[[Node], Shape | None]


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell of an entry, in the entry's 2-D view ``(prod(shape[:-1]), shape[-1])``; a vector is one row."""

    name: str
    row: int
    column: int


def trace(node: Node, cell: Cell, shape_of: ShapeOf) -> CellRef | None:
    """Find where ``cell`` of the value of ``node`` is kept; None where that value is computed.

    Follows names, ``.T``, ``transpose`` and indexing with integers, slices, ``...`` and ``None``.
    """
    while not isinstance(node, Name):
        step = _step_down(node, cell, shape_of)
        if step is None:
            return None
        node, cell = step
    shape = shape_of(node)
    if shape is None or len(shape) != len(cell):
        return None
    row = 0
    for size, position in zip(shape[:-1], cell[:-1], strict=True):
        row = row * (size or 1) + position
    return CellRef(node.name, row, cell[-1] if cell else 0)


def _step_down(node: Node, cell: Cell, shape_of: ShapeOf) -> tuple[Node, Cell] | None:
    """One view undone: the node below, and where the cell is in it."""
    match node:
        case Attribute(value=value, name="T"):
            return value, cell[::-1]
        case Attribute(value=value, name="mT"):
            return value, (*cell[:-2], cell[-1], cell[-2])
        case Call(function="transpose", arguments=(value,), keywords=()):
            return value, cell[::-1]
        case Index(value=value, items=items):
            shape = shape_of(value)
            below = None if shape is None else _unindexed(items, cell, shape)
            return None if below is None else (value, below)
    return None


def _unindexed(items: tuple[Node, ...], cell: Cell, shape: Shape) -> Cell | None:
    """Where ``cell`` of ``value[items]`` is in ``value``; None for anything but basic indexing."""
    consuming = sum(1 for item in items if not _is_constant(item, (None, ...)))
    spread = (Slice(item.span, None, None, None) for item in items[:1] for _ in range(len(shape) - consuming))
    full = list(spread)
    listed: list[Node] = []
    for item in items:
        listed.extend(full if _is_constant(item, (...,)) else [item])
    if not any(_is_constant(item, (...,)) for item in items):
        listed.extend(full)
    remaining, sizes, below = list(cell), list(shape), []
    for item in listed:
        if _is_constant(item, (None,)):
            del remaining[:1]
            continue
        size = sizes.pop(0) if sizes else None
        position = None if size is None else _position(item, size, remaining)
        if position is None:
            return None
        below.append(position)
    return tuple(below)


def _position(item: Node, size: int, remaining: list[int]) -> int | None:
    """Position on one axis that ``item`` selects; a slice takes the next of ``remaining``."""
    if isinstance(item, Slice):
        bounds = [None if part is None else integer(part) for part in (item.start, item.stop, item.step)]
        written = [part is not None for part in (item.start, item.stop, item.step)]
        if any(w and b is None for w, b in zip(written, bounds, strict=True)) or not remaining:
            return None
        return range(size)[slice(*bounds)][remaining.pop(0)]
    number = integer(item)
    return None if number is None else number % size if size else None


def integer(node: Node) -> int | None:
    """Value of a whole number as it is written (``2``, ``-1``), None for anything else."""
    match node:
        case Literal(value=bool()):
            return None
        case Literal(value=int(value)):
            return value
        case Unary(operator="-", operand=operand):
            value = integer(operand)
            return None if value is None else -value
    return None


def _is_constant(node: Node, values: tuple[object, ...]) -> bool:
    return isinstance(node, Literal) and any(node.value is value for value in values)


def view_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of the 2-D view of an array of ``shape``."""
    return math.prod(shape[:-1]), shape[-1] if shape else 1
