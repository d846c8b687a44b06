"""Traps of Python's lists and tuples, which are numbers here: lists that Python would join, tuples like shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.bare_shapes import is_shape
from playground.language.nodes import Binary, Literal, Sequence
from playground.language.python_tuples import is_count
from playground.language.rewriting import replaced
from playground.language.traps.parts import Scene, Trap
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.nodes import Node

_TWO_SHAPES: Final = frozenset({"+", "-", "*", "/"})


def joined(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``[1, 2] + [3, 4]`` adds, ``[1, 2] * 2`` multiplies; Python joins and repeats."""
    left, right = node.left, node.right
    is_sum = node.operator == "+" and _is_list(left) and _is_list(right)
    is_repeated = node.operator == "*" and (
        (_is_list(left) and _is_count(right)) or (_is_count(left) and _is_list(right))
    )
    if not is_sum and not is_repeated:
        return
    source, lists = scene.text(node), [side for side in (left, right) if _is_list(side)]
    first = scene.text(lists[0])
    plain = scene.with_(lists[0], f"array({first})")
    if is_sum:
        message = tr("{source} adds number to number, as arrays do; Python joins lists.", source=source)
        python = f"concatenate(({scene.text(left)}, {scene.text(right)}))"
        reason = tr("Join them")
    else:
        message = tr("{source} multiplies every number, as arrays do; Python repeats the list.", source=source)
        python = f"tile({first}, {_times(scene, lists[0], left if _is_count(left) else right)})"
        reason = tr("Repeat it")
    yield Trap(
        "list",
        message,
        node.span,
        tr("In Python write array(…) around it."),
        ((plain, tr("Say that it is an array")), (scene.instead(node.span, python), reason)),
    )


def shape_like(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``A @ (2, 10)`` of a matrix with 2 columns multiplies by two numbers; ``(3, 1) + (4,)`` adds numbers."""
    sides = [side for side in (node.left, node.right) if is_shape(side) and scene.array(side) is not None]
    is_product = node.operator == "@" and len(sides) == 1 and _has_several(sides[0])
    if not is_product and not (node.operator in _TWO_SHAPES and len(sides) > 1):
        return
    mended = replaced(scene.source, *((side.span, f"zeros({scene.text(side)})") for side in sides))
    reason = tr("Make an array of that shape") if is_product else tr("Make arrays of these shapes")
    yield Trap(
        "shape-as-numbers",
        _not_shapes(scene, node, sides),
        node.span,
        tr("For an array of a shape write zeros((32, 784)), or name it: x: (32, 784)."),
        ((mended, reason),),
        only_mended=is_product,
    )


def repeated(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``(1, 2) * 2`` is ``(1, 2, 1, 2)`` as in Python; said where that is all, not where it makes a shape."""
    if scene.text(node) != scene.source.strip():
        return
    pair = (node.left, node.right)
    for side, other in (pair, pair[::-1]):
        is_tuple = (isinstance(side, Sequence) and side.is_tuple) or getattr(side, "name", "") == "shape"
        if is_tuple and is_count(other):
            message = tr("{source} repeats the tuple, as Python does.", source=scene.text(node))
            mended = scene.with_(side, f"array({scene.text(side)})")
            hint = tr("For a product of each number write array(…) around it.")
            yield Trap("tuple", message, node.span, hint, ((mended, tr("Multiply each number")),))


def _not_shapes(scene: Scene, node: Binary, sides: list[Node]) -> str:
    if len(sides) == 1:
        return tr("{shape} is read as numbers here, not as a shape.", shape=scene.text(sides[0]))
    if node.operator == "+":
        return tr("{source} joins the numbers, as Python does; it doesn't add arrays of these shapes.",
                  source=scene.text(node))  # fmt: skip
    first, second = (scene.text(side) for side in sides)
    return tr("{first} and {second} are read as numbers here, not as shapes.", first=first, second=second)


def _times(scene: Scene, repeated: Node, count: Node) -> str:
    """How often ``tile`` repeats along each axis: Python repeats along the first."""
    found = scene.array(repeated)
    ndim = 1 if found is None else found.ndim
    return scene.text(count) if ndim == 1 else f"({', '.join([scene.text(count)] + ['1'] * (ndim - 1))})"


def _has_several(node: Node) -> bool:
    return isinstance(node, Sequence) and len(node.items) > 1


def _is_list(node: Node) -> bool:
    return isinstance(node, Sequence) and not node.is_tuple


def _is_count(node: Node) -> bool:
    return isinstance(node, Literal) and type(node.value) is int
