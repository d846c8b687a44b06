"""Shapes in the place of operands: ``(764, 100) @ (764, 200)`` read as two arrays of these shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.names import free_name, names_in
from playground.language.nodes import Binary, Literal, Node, Sequence, walk
from playground.language.parse import parse

if TYPE_CHECKING:
    from playground.language.signature import Shape


def with_names(source: str) -> tuple[str, dict[str, Shape]] | None:
    """Put names for the shapes that are multiplied, and tell which shape each name has.

    Two vectors of whole numbers would be a scalar, which nobody asks the shape of. None where no product has a
    shape on both sides.

    >>> with_names("(764, 100) @ (764, 200)")
    ('A @ B', {'A': (764, 100), 'B': (764, 200)})
    """
    tree = parse(source).tree
    products = [node for node in walk(tree) if isinstance(node, Binary) and node.operator == "@"] if tree else []
    found: list[Node] = []
    for product in products:
        if all(_is_shape(side) or _is_product(side) for side in (product.left, product.right)):
            found += [side for side in (product.left, product.right) if _is_shape(side)]
    if tree is None or not found:
        return None
    shapes: dict[str, Shape] = {}
    text = source
    for node in sorted(found, key=lambda node: node.span.start):
        shapes[free_name((*shapes, *names_in(tree)))] = _sizes(node)
    for name, node in reversed(list(zip(shapes, sorted(found, key=lambda node: node.span.start), strict=True))):
        text = text[: node.span.start] + name + text[node.span.end :]
    return text, shapes


def _is_shape(node: Node) -> bool:
    return isinstance(node, Sequence) and node.is_tuple and all(_is_size(item) for item in node.items)


def _is_size(node: Node) -> bool:
    return isinstance(node, Literal) and type(node.value) is int and node.value >= 0


def _is_product(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator == "@"


def _sizes(node: Node) -> Shape:
    assert isinstance(node, Sequence)
    return tuple(item.value for item in node.items if isinstance(item, Literal) and isinstance(item.value, int))
