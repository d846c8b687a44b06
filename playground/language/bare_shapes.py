"""Shapes in the place of operands: ``(764, 100) @ (764, 200)`` read as two arrays of these shapes.

Python knows no product of tuples, so nothing else can be meant. ``(3, 4) + (4,)`` means something in Python, a longer
tuple, and is left alone, unless one side is a product of shapes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.literal import post_order
from playground.language.names import free_name, names_in
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, Unary
from playground.language.parse import parse
from playground.language.rewriting import replaced
from playground.language.signature import Signature
from playground.record import fields, replace

if TYPE_CHECKING:
    from playground.language.signature import Shape

_MAYBE = re.compile(r"\(\s*\d[\d_]*\s*,")
_VIEWS: Final = frozenset({"reshape", "transpose", "swapaxes", "astype"})
_FLOAT: Final = np.dtype(np.float64)


def with_names(source: str) -> tuple[str, dict[str, Shape]] | None:
    """Put names for the shapes that are multiplied, and tell which shape each name has; None where there are none.

    >>> with_names("(764, 100) @ (764, 200)")
    ('A @ B', {'A': (764, 100), 'B': (764, 200)})
    """
    return named_apart(source, ())


def named_apart(source: str, taken: tuple[str, ...]) -> tuple[str, dict[str, Shape]] | None:
    """As ``with_names``; the names are other ones than those ``taken``."""
    tree = parse(source).tree
    found = [] if tree is None else _shapes_in(source, tree)
    if not found:
        return None
    used = (*taken, *names_in(tree))
    shapes: dict[str, Shape] = {}
    for node in found:
        shapes[free_name((*used, *shapes))] = _sizes(node)
    edits = [(node.span, name) for node, name in zip(found, shapes, strict=True)]
    return replaced(source, *edits), shapes


def read_shapes(source: str, tree: Node) -> tuple[Node, dict[str, Signature]]:
    """Give ``tree`` with names in the place of the shapes that are multiplied, and the signature of each name.

    The places stay those of the text. The names are the shapes' own texts, which no entry can be called.
    """
    found = _shapes_in(source, tree)
    if not found:
        return tree, {}
    names: dict[int, str] = {}
    for node in found:
        name = source[node.span.start : node.span.end]
        while name in names.values():
            name += "′"
        names[id(node)] = name
    signatures = {names[id(node)]: Signature(_sizes(node), _FLOAT) for node in found}
    return _renamed(tree, names), signatures


def _shapes_in(source: str, tree: Node) -> list[Sequence]:
    """The tuples that stand for arrays, in the order of the text."""
    if "@" not in source or _MAYBE.search(source) is None:
        return []
    confirmed: dict[int, Sequence] = {}
    may_be: dict[int, list[Sequence] | None] = {}  # by node: its shapes, none where it surely is an array
    for node in post_order(tree):
        if _is_shape(node):
            may_be[id(node)] = [node]  # type: ignore[list-item]
            continue
        parts = _operands(node)
        known = [may_be[id(part)] for part in parts if id(part) in may_be]
        if isinstance(node, Binary) and len(known) == len(parts) and (node.operator == "@" or None in known):
            confirmed.update((id(shape), shape) for shapes in known for shape in shapes or ())
            may_be[id(node)] = None
        elif None in known:
            may_be[id(node)] = None
        elif known and _is_view(node):
            may_be[id(node)] = known[0]
    return sorted(confirmed.values(), key=lambda node: node.span.start)


def _operands(node: Node) -> tuple[Node, ...]:
    """The arrays that ``node`` would work on, were they arrays."""
    match node:
        case Binary(left=left, right=right):
            return left, right
        case Unary(operand=operand):
            return (operand,)
        case Attribute(value=value, name=("T" | "mT")):
            return (value,)
        case Call(function=function, arguments=arguments):
            return arguments if function not in _VIEWS else arguments[:1]
        case Index(value=value, items=items) if len(items) > 1 or not _is_shape(value):
            return (value,)
    return ()


def _is_view(node: Node) -> bool:
    """Tell whether ``node`` is an array as soon as what it works on is one: ``zeros((3, 4))`` works on none."""
    return isinstance(node, (Unary, Attribute, Index)) or (isinstance(node, Call) and node.function in _VIEWS)


def _is_shape(node: Node) -> bool:
    return isinstance(node, Sequence) and node.is_tuple and all(_is_size(item) for item in node.items)


def _is_size(node: Node) -> bool:
    return isinstance(node, Literal) and type(node.value) is int and node.value >= 0


def _sizes(node: Sequence) -> Shape:
    return tuple(item.value for item in node.items if isinstance(item, Literal) and isinstance(item.value, int))


def _renamed(node: Node, names: dict[int, str]) -> Node:
    if id(node) in names:
        return Name(node.span, names[id(node)])
    changed: dict[str, object] = {}
    for field in fields(type(node)):
        value = getattr(node, field)
        if isinstance(value, Node):
            changed[field] = _renamed(value, names)
        elif isinstance(value, tuple) and field in ("items", "arguments"):
            changed[field] = tuple(_renamed(item, names) for item in value)
        elif field == "keywords":
            changed[field] = tuple((name, _renamed(item, names)) for name, item in value)
    return replace(node, **changed) if changed else node
