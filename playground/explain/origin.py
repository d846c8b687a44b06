"""Where the cells of a sub-expression are kept: which entry, and where in it, seen through ``.T`` and indexing."""

from __future__ import annotations

from collections.abc import Callable

from playground.language.nodes import Attribute, Call, Index, Literal, Name, Node, Slice, Unary
from playground.language.signature import Shape
from playground.record import Record

_SAME_ORDER = frozenset({"reshape", "ravel", "squeeze", "expand_dims"})
Cell = tuple[int, ...]
"""One index per axis, none negative."""
ShapeOf = Callable[[Node], Shape | None]


class CellRef(Record):
    """One cell of an entry, in the entry's 2-D view ``(prod(shape[:-1]), shape[-1])``; a vector is one row."""

    name: str
    row: int
    column: int


def trace(node: Node, cell: Cell, shape_of: ShapeOf) -> CellRef | None:
    """Find where ``cell`` of the value of ``node`` is kept; None where that value is computed.

    Follows names, ``.T``, ``transpose``, ``reshape`` and indexing with integers, slices, ``...`` and ``None``.
    """
    node, cell = descend(node, cell, shape_of)
    if not isinstance(node, Name):
        return None
    shape = shape_of(node)
    if shape is None or len(shape) != len(cell):
        return None
    row = 0
    for size, position in zip(shape[:-1], cell[:-1], strict=True):
        row = row * (size or 1) + position
    return CellRef(node.name, row, cell[-1] if cell else 0)


def descend(node: Node, cell: Cell, shape_of: ShapeOf) -> tuple[Node, Cell]:
    """Undo all views: the innermost sub-expression that has the cell unchanged, and where it is in that."""
    while (step := _step_down(node, cell, shape_of)) is not None:
        node, cell = step
    return node, cell


def _step_down(node: Node, cell: Cell, shape_of: ShapeOf) -> tuple[Node, Cell] | None:
    """One view undone: the node below, and where the cell is in it."""
    match node:
        case Attribute(value=value, name="T"):
            return value, cell[::-1]
        case Attribute(value=value, name="mT" | "H"):
            return value, (*cell[:-2], cell[-1], cell[-2])
        case Call(function="transpose", arguments=(value,), keywords=()):
            return value, cell[::-1]
        case Call(function=function, arguments=(value, *_)) if function in _SAME_ORDER and reads_rows(node):
            return _same_order(node, value, cell, shape_of)
        case Index(value=value, items=items):
            shape = shape_of(value)
            below = None if shape is None else _unindexed(items, cell, shape)
            return None if below is None else (value, below)
    return None


def reads_rows(call: Call) -> bool:
    """Tell whether cells keep their order row after row, as they do unless ``order='F'``."""
    place = {"reshape": 2, "ravel": 1}.get(call.function, len(call.arguments))
    order = dict(call.keywords).get("order", *call.arguments[place : place + 1])
    return order is None or (isinstance(order, Literal) and order.value in (None, "C", "c"))


def _same_order(node: Node, value: Node, cell: Cell, shape_of: ShapeOf) -> tuple[Node, Cell] | None:
    """Undo a change of shape that keeps the cells in order."""
    shape, below = shape_of(node), shape_of(value)
    if shape is None or below is None:
        return None
    flat = 0
    for size, position in zip(shape, cell, strict=True):
        flat = flat * (size or 1) + position
    found: list[int] = []
    for size in reversed(below):
        flat, position = divmod(flat, size or 1)
        found.insert(0, position)
    return value, tuple(found)


def _unindexed(items: tuple[Node, ...], cell: Cell, shape: Shape) -> Cell | None:
    """Where ``cell`` of ``value[items]`` is in ``value``; None for anything but basic indexing."""
    axes = sum(1 for item in items if not _is_constant(item, (None, ...)))
    unwritten = [Slice(item.span, None, None, None) for item in items[:1] for _ in range(len(shape) - axes)]
    dots = next((k for k, item in enumerate(items) if _is_constant(item, (...,))), None)
    written = (*items, *unwritten) if dots is None else (*items[:dots], *unwritten, *items[dots + 1 :])
    remaining, sizes = list(cell), list(shape)
    below: list[int] = []
    for item in written:
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
    if not isinstance(item, Slice):
        number = integer(item)
        return number % size if number is not None and size else None
    parts = (item.start, item.stop, item.step)
    bounds = [None if part is None else integer(part) for part in parts]
    if not remaining or any(part is not None and bound is None for part, bound in zip(parts, bounds, strict=True)):
        return None
    return range(size)[slice(*bounds)][remaining.pop(0)]


def integer(node: Node) -> int | None:
    """Value of a whole number as it is written (``2``, ``-1``), None for anything else."""
    match node:
        case Literal(value=bool()):
            return None
        case Literal(value=int(value)):
            return value
        case Unary(operator="-", operand=operand):
            number = integer(operand)
            return None if number is None else -number
    return None


def _is_constant(node: Node, values: tuple[object, ...]) -> bool:
    return isinstance(node, Literal) and any(node.value is value for value in values)
