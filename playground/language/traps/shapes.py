"""Traps of shapes: a transpose that does nothing, a vector that meets a column, reshape for transpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Node
from playground.language.signature import shape_text
from playground.language.traps.parts import Scene, Trap, is_transposed
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELLWISE: Final = frozenset({"+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!="})
_MATRIX: Final = 2
_LISTS: Final = frozenset({"arrays", "tup", "multi_index", "choices", "condlist", "choicelist"})
"""Parameters that are meant for several arrays."""


def vector_transposed(scene: Scene, node: Attribute | Call) -> Iterator[Trap]:
    """``v.T`` and ``transpose(v)`` of one axis."""
    if not is_transposed(node) or (isinstance(node, Call) and len(node.arguments) != 1):
        return
    operand = node.value if isinstance(node, Attribute) else node.arguments[0]
    found = scene.array(operand)
    if found is None or found.ndim != 1:
        return
    yield Trap(
        "vector-transpose",
        tr("{source} is the same vector: one axis can't swap with another.", source=scene.text(node)),
        node.span,
        tr("For a column write [:, None]."),
        (
            (scene.instead(node.span, f"{scene.atom(operand)}[:, None]"), tr("Make it a column")),
            (scene.instead(node.span, scene.text(operand)), tr("Leave the transpose out")),
        ),
    )


def grew(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``(n,) - (n, 1)`` is ``(n, n)``."""
    left, right = scene.array(node.left), scene.array(node.right)
    if node.operator not in _CELLWISE or left is None or right is None or {left.ndim, right.ndim} != {1, _MATRIX}:
        return
    vector, column = (left, right) if left.ndim == 1 else (right, left)
    if column.shape[1] != 1 or vector.shape[0] != column.shape[0] or vector.shape[0] in (0, 1, None):
        return
    flat, tall = (node.left, node.right) if left.ndim == 1 else (node.right, node.left)
    if isinstance(tall, Index) and scene.text(tall.value) == scene.text(flat):
        return  # v[:, None] - v: the column was made on purpose
    shape = shape_text((vector.shape[0], vector.shape[0]))
    yield Trap(
        "grew",
        tr("A vector of {n} meets a column of {n}: every pair is computed, which gives {shape}.",
           n=vector.shape[0], shape=shape),
        node.span,
        tr("To work cell by cell, make both columns or both vectors: .ravel()"),
        (
            (scene.with_(tall, f"{scene.atom(tall)}.ravel()"), tr("Make both vectors")),
            (scene.with_(flat, f"{scene.atom(flat)}[:, None]"), tr("Make both columns")),
        ),
    )  # fmt: skip


def reshaped(scene: Scene, node: Call) -> Iterator[Trap]:
    """``A.reshape(n, m)`` of an ``(m, n)`` array is no transpose; and reshape after a transpose."""
    if node.function != "reshape" or not node.arguments:
        return
    operand = node.arguments[0]
    old, new = scene.array(operand), scene.array(node)
    if old is None or new is None:
        return
    if old.ndim == new.ndim == _MATRIX and new.shape == old.shape[::-1] and 1 not in old.shape and _differ(old.shape):
        yield Trap(
            "reshape-no-transpose",
            tr("reshape fills the new rows with the cells in their old order; it doesn't turn rows into columns."),
            node.span,
            tr("To swap rows and columns write .T."),
            ((scene.instead(node.span, f"{scene.atom(operand)}.T"), tr("Transpose it")),),
        )
    elif is_transposed(operand) and old.ndim > 1 and 1 not in old.shape:
        value = operand.value if isinstance(operand, Attribute) else None
        untouched = (
            [] if value is None else [(scene.instead(operand.span, scene.text(value)), tr("Reshape it as it was"))]
        )
        yield Trap(
            "reshape-after-transpose",
            tr("{operand} is read row by row, which are the columns of what was transposed; all cells are copied.",
               operand=scene.text(operand)),
            node.span,
            tr("Reshape first if the cells shall keep their order."),
            tuple(untouched),
        )  # fmt: skip


def _differ(shape: tuple[int | None, ...]) -> bool:
    return None not in shape and shape[0] != shape[1]


def stacked(scene: Scene, node: Call) -> Iterator[Trap]:
    """``sum(linalg.qr(A))`` stacks both factors first, and adds the cells of all."""
    row = FUNCTIONS.get(node.function)
    for place, argument in enumerate(node.arguments):
        found = scene.several(argument)
        if row is None or found is None or row.parameters[min(place, len(row.parameters) - 1)].name in _LISTS:
            continue
        known = {"operand": scene.text(argument), "n": len(found.items), "name": node.function}
        yield Trap(
            "stacked",
            tr("{operand} gives {n} arrays, and {name} takes them as one: stacked.", **known),
            argument.span,
            tr("Take one of them: {operand}[0].", operand=scene.text(argument)),
            ((scene.instead(argument.span, f"{scene.text(argument)}[0]"), tr("Take the first")),),
        )


def largest_along(scene: Scene, node: Call) -> Iterator[Trap]:
    """``max(A, 0)`` goes along axis 0; ``maximum(A, 0)`` compares with 0."""
    if node.function not in ("max", "min") or node.is_method or len(node.arguments) != _MATRIX or node.keywords:
        return
    operand, place = node.arguments
    found = scene.array(operand)
    if found is None or found.dtype.kind != "f" or not (isinstance(place, Literal) and place.value == 0):
        return
    name = "maximum" if node.function == "max" else "minimum"
    lead = scene.source[node.name_span.start : node.name_span.end].rpartition(".")[0]
    call = f"{lead}{'.' if lead else ''}{name}({scene.text(operand)}, {scene.text(place)})"
    yield Trap(
        "axis-not-number",
        tr("{source} goes along axis 0; it doesn't compare with 0.", source=scene.text(node)),
        node.span,
        tr("To compare each cell with 0 write {name}.", name=name),
        ((scene.instead(node.span, call), tr("Compare each cell with 0")),),
    )


def bound_closer(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``i & j == 1`` compares ``j == 1`` last in C, first in nobody's head: & binds closer than ==."""
    if node.operator not in ("<", "<=", ">", ">=", "==", "!="):
        return
    for side in (node.left, node.right):
        if isinstance(side, Binary) and side.operator in "&|^" and scene.outer(side) == scene.text(side):
            yield Trap(
                "precedence",
                tr("{sign} binds closer than {comparison}: {part} is computed first.",
                   sign=side.operator, comparison=node.operator, part=scene.text(side)),
                node.span,
                tr("Put each comparison in parentheses."),
                ((_compared_first(scene, node, side), tr("Compare first")),),
            )  # fmt: skip
            return


def _compared_first(scene: Scene, node: Binary, side: Binary) -> str:
    if side is node.right:
        first, last = node.left, side.left
    else:
        first, last = side.right, node.right
    start, end = _start(scene, first), _end(scene, last)
    return f"{scene.source[:start]}({scene.source[start:end]}){scene.source[end:]}"


def _start(scene: Scene, node: Node) -> int:
    return node.span.start - (len(scene.outer(node)) - len(scene.text(node))) // 2


def _end(scene: Scene, node: Node) -> int:
    return node.span.end + (len(scene.outer(node)) - len(scene.text(node))) // 2
