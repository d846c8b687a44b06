"""Which cells of which operands make one cell of a result: index arithmetic over the top operation, no values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from playground.explain.origin import Cell, ShapeOf, descend, integer
from playground.language.functions import FUNCTIONS
from playground.language.nodes import Attribute, Binary, Call, Index, Name, Node, Sequence, Unary, walk
from playground.language.nodes import Literal as Constant
from playground.record import Record

if TYPE_CHECKING:
    from playground.language.signature import Shape

Where = tuple[int | slice, ...]
"""One index per axis; an axis that takes part as a whole is ``slice(None)``."""
Kind = Literal["product", "fold", "cellwise", "moved", "line", "whole"]

ALL = slice(None)
PRODUCTS = frozenset({"matmul", "dot", "inner"})
FOLDS = frozenset(
    {
        "sum",
        "prod",
        "mean",
        "std",
        "var",
        "min",
        "max",
        "argmin",
        "argmax",
        "any",
        "all",
        "count_nonzero",
        "linalg.norm",
    }
)
LINES = frozenset({"softmax", "log_softmax", "sort"})


class Part(Record):
    """Cells of one operand."""

    node: Node
    where: Where


class Recipe(Record):
    """How a cell is made.

    ``product``: two lines of equal length, multiplied and summed. ``fold``: one block, reduced. ``cellwise``: one cell
    of each operand. ``moved``: one cell, unchanged. ``line``: all cells of one line. ``whole``: all of all arrays.
    """

    kind: Kind
    parts: tuple[Part, ...]


def recipe_of(tree: Node, cell: Cell, shape_of: ShapeOf) -> Recipe:
    """Find the cells that make ``cell`` of the value of ``tree``."""
    found: Recipe | None = None
    match tree:
        case Name() | Index() | Attribute(name="T" | "mT"):
            found = Recipe("moved", (Part(*descend(tree, cell, shape_of)),))
        case Call(function=function) if (below := descend(tree, cell, shape_of))[0] is not tree:
            found = Recipe("moved", (Part(*below),))
        case Call(function=function) if function in LINES:
            found = _line(tree, cell, shape_of)
        case Binary(operator="@", left=left, right=right):
            found = _product("matmul", left, right, cell, shape_of)
        case Call(function=function, arguments=(left, right), keywords=()) if function in PRODUCTS:
            found = _product(function, left, right, cell, shape_of)
        case Binary(left=left, right=right):
            found = _cellwise((left, right), cell, shape_of)
        case Unary(operand=operand):
            found = _cellwise((operand,), cell, shape_of)
        case Call(function=function) if function in FOLDS:
            found = _fold(tree, cell, shape_of)
        case Call(function=function, arguments=arguments) if is_cellwise(function):
            found = _cellwise(arguments, cell, shape_of)
    return found if found is not None else _whole(tree, shape_of)


def _product(kind: str, left: Node, right: Node, cell: Cell, shape_of: ShapeOf) -> Recipe | None:
    first, second = shape_of(left), shape_of(right)
    if first is None or second is None:
        return None
    if not first or not second:
        return _cellwise((left, right), cell, shape_of)
    lines = lines_of(kind, first, second, cell)
    return Recipe("product", (Part(left, lines[0]), Part(right, lines[1])))


def lines_of(kind: str, first: Shape, second: Shape, cell: Cell) -> tuple[Where, Where]:
    """Find the two lines whose product is ``cell`` of ``matmul``, ``dot`` or ``inner`` of two shapes with axes."""
    return {"matmul": _matmul, "dot": _dot, "inner": _inner}[kind](first, second, cell)


def _matmul(first: Shape, second: Shape, cell: Cell) -> tuple[Where, Where]:
    rest = list(cell)
    column: Where = (rest.pop(),) if len(second) > 1 else ()
    row: Where = (rest.pop(),) if len(first) > 1 else ()
    batch = tuple(rest)
    return (*_stretched(batch, first[:-2]), *row, ALL), (*_stretched(batch, second[:-2]), ALL, *column)


def _dot(first: Shape, second: Shape, cell: Cell) -> tuple[Where, Where]:
    left, right = cell[: len(first) - 1], cell[len(first) - 1 :]
    return (*left, ALL), ((*right[:-1], ALL, right[-1]) if right else (ALL,))


def _inner(first: Shape, second: Shape, cell: Cell) -> tuple[Where, Where]:
    return (*cell[: len(first) - 1], ALL), (*cell[len(first) - 1 :], ALL)


def _stretched(cell: Cell, shape: Shape) -> Cell:
    """Where a cell of a broadcast result comes from in an operand of ``shape``: an axis of size 1 has but one place."""
    own = cell[len(cell) - len(shape) :]
    return tuple(0 if size == 1 else position for size, position in zip(shape, own, strict=True))


def _cellwise(operands: tuple[Node, ...], cell: Cell, shape_of: ShapeOf) -> Recipe | None:
    parts = []
    for node in operands:
        shape = shape_of(node)
        if shape is None:
            continue  # a dtype or a mode
        if len(shape) > len(cell):
            return None
        parts.append(Part(node, _stretched(cell, shape)))
    return Recipe("cellwise", tuple(parts)) if parts else None


def _fold(call: Call, cell: Cell, shape_of: ShapeOf) -> Recipe | None:
    """Find what is folded into ``cell``: the first argument along ``axis``, or all of it."""
    operand = call.arguments[0] if call.arguments else None
    shape = None if operand is None else shape_of(operand)
    axes = None if shape is None else axes_of(call, len(shape))
    if operand is None or shape is None or axes is None:
        return None
    kept = [axis for axis in range(len(shape)) if axis not in axes]
    own = [cell[axis] for axis in kept] if len(cell) == len(shape) else list(cell)
    where: list[int | slice] = [ALL] * len(shape)
    for axis, position in zip(kept, own, strict=False):
        where[axis] = position
    return Recipe("fold", (Part(operand, tuple(where)),))


def axes_of(call: Call, count: int) -> set[int] | None:
    """Axes that a fold of an array of ``count`` axes does away with; None where it has further wishes."""
    keywords, others = dict(call.keywords), call.arguments[1:]
    most = 0 if call.function == "linalg.norm" else 1
    if set(keywords) - {"axis", "keepdims"} or len(others) > most:
        return None
    return _axes(keywords.get("axis", others[0] if others else None), count)


def _line(call: Call, cell: Cell, shape_of: ShapeOf) -> Recipe | None:
    """Find the line along ``axis``, by default the last one, that a cell depends on."""
    operand, *others = call.arguments or (None,)
    axis = dict(call.keywords).get("axis", others[0] if others else None)
    number = -1 if axis is None else integer(axis)
    if operand is None or number is None or len(shape_of(operand) or ()) != len(cell) or not cell:
        return None
    number %= len(cell)
    return Recipe("line", (Part(operand, (*cell[:number], ALL, *cell[number + 1 :])),))


def _axes(node: Node | None, count: int) -> set[int] | None:
    """Axes that are written as a number or a tuple of numbers; all for none written; None where they are computed."""
    if node is None or (isinstance(node, Constant) and node.value is None):
        return set(range(count))
    numbers = [integer(item) for item in (node.items if isinstance(node, Sequence) else (node,))]
    if any(number is None for number in numbers):
        return None
    return {number % count for number in numbers if number is not None} if count else set()


def is_cellwise(function: str) -> bool:
    """Tell whether each cell of the result comes from one cell of each argument."""
    row = FUNCTIONS.get(function)
    if row is None or row.category not in ("cellwise", "learning"):
        return False
    return row.category == "cellwise" or all(parameter.name != "axis" for parameter in row.parameters)


def _whole(tree: Node, shape_of: ShapeOf) -> Recipe:
    """All cells of all arrays that the formula names."""
    names = {node.name: node for node in walk(tree) if isinstance(node, Name)}
    parts = [Part(node, (ALL,) * len(shape)) for node in names.values() if (shape := shape_of(node)) is not None]
    return Recipe("whole", tuple(parts))
