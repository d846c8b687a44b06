"""Gradients of what chooses among arrays, cell by cell or place by place: ``select``, ``choose``, ``block``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.cells import broadcasting
from playground.language.gradients.shaping import indexed
from playground.language.gradients.sums import chosen
from playground.language.gradients.text import Part, compared, number
from playground.language.nodes import Node, Sequence
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.gradients.operation import Operation, Rule
    from playground.language.gradients.reading import Reader

Bounds = tuple[tuple[int, int], ...]
"""Where an array begins and ends in a block, for each axis."""


def _select(operation: Operation) -> Part:
    """The first condition that holds decides, so that the ones before it must not hold."""
    conditions = operation.values.get("condlist", ())
    if operation.wanted not in ("choicelist", "default") or operation.place < 0 or not conditions:
        raise operation.refused()
    shape, found = operation.out.shape, operation.dh
    before = conditions
    if operation.wanted == "choicelist":
        before = conditions[: operation.place]
        found = chosen(conditions[operation.place].text, found, number(0), shape)
    for condition in reversed(before):
        found = chosen(condition.text, number(0), found, shape)
    return found


def _choose(operation: Operation) -> Part:
    if operation.wanted != "choices" or operation.place < 0 or operation.constant("mode") != "raise":
        raise operation.refused()
    mask = compared(operation["a"], "==", operation.place)
    return chosen(mask.text, operation.dh, number(0), operation.out.shape)


# -- blocks ----------------------------------------------------------------------------------------------------


def block_places(node: Node, reader: Reader) -> list[tuple[Node, Bounds]]:
    """List the arrays in the nested lists of ``block`` and where each stands; nothing where a size isn't known.

    Innermost lists are joined along the last axis, those around them along the one before.
    """
    depth = _depth(node)
    leaves = list(_leaves(node))
    shapes = [signature.shape for leaf in leaves if isinstance(signature := reader.signature(leaf), Signature)]
    if len(shapes) < len(leaves) or any(None in shape for shape in shapes):
        return []
    ndim = max(depth, *(len(shape) for shape in shapes))
    found: list[tuple[Node, Bounds]] = []
    _place(node, (0,) * ndim, depth, reader, found)
    return found


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.items), default=0) if isinstance(node, Sequence) else 0


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _leaves(item)
    else:
        yield node


def _place(
    node: Node, start: tuple[int, ...], depth: int, reader: Reader, found: list[tuple[Node, Bounds]]
) -> tuple[int, ...]:
    """Put ``node`` at ``start``, ``depth`` lists deep; give its shape."""
    if not isinstance(node, Sequence):
        signature = reader.signature(node)
        assert isinstance(signature, Signature)
        shape = (*(1,) * (len(start) - len(signature.shape)), *(size or 0 for size in signature.shape))
        found.append((node, tuple((first, first + size) for first, size in zip(start, shape, strict=True))))
        return shape
    axis = len(start) - depth
    shape, at = (), start
    for item in node.items:
        shape = _place(item, at, depth - 1, reader, found)
        at = (*at[:axis], at[axis] + shape[axis], *at[axis + 1 :])
    return (*shape[:axis], at[axis] - start[axis], *shape[axis + 1 :])


def _block(operation: Operation) -> Part:
    """Each array has the part of the gradient where it stands."""
    places = operation.constants.get("places")
    if not isinstance(places, tuple) or not places:
        raise operation.refused()
    if not operation.dh.shape:
        return operation.dh
    bounds: Bounds = places[operation.place]
    missing = len(bounds) - operation.x.ndim
    items = [str(first) for first, _ in bounds[:missing]]
    for (first, last), size in zip(bounds[missing:], operation.out.shape[missing:], strict=True):
        items.append(f"{first or ''}:{'' if last == size else last}")
    return indexed(operation.full, items, operation.x.shape)


RULES: Final[Mapping[str, Rule]] = {
    "select": broadcasting(_select),
    "choose": broadcasting(_choose),
    "block": _block,
}
