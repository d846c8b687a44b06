"""Shapes in the place of operands: ``(764, 100) @ (764, 200)`` read as two arrays of these shapes.

Python knows no product of tuples, so nothing else can be meant. ``(3, 4) + (4,)`` means something in Python, a longer
tuple, and is left alone, unless one side is a product of shapes. A dtype behind it, ``(32, 784) float16``, makes a
tuple a shape wherever it stands, and so do names of sizes, ``(B=32, d=784)``: Python can't read that at all.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from playground.language import vocabulary as words
from playground.language.literal import post_order
from playground.language.names import free_name, names_in
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, Unary
from playground.language.parse import Parsed, parse
from playground.language.problems import Problem, Span
from playground.language.rewriting import replaced
from playground.language.signature import Signature
from playground.record import fields, replace
from playground.translation import tr

# Texts, which ``re`` compiles when they are first used: the first window has no shapes in its formula.
_MAYBE: Final = r"\(\s*\d[\d_]*\s*,"
_DTYPE: Final = rf"\s*(?:(?:np|numpy|cp|cupy|torch|jnp)\.)?({'|'.join(words.DTYPES)})(?![\w.(\[])"
_TYPED: Final = rf"(?<![\w\])])(\(\s*\d[\d_]*\s*,(?:\s*\d[\d_]*\s*,)*(?:\s*\d[\d_]*)?\s*\))({_DTYPE})"
"""A shape that nothing calls or indexes, and the dtype behind it."""
_NAMED: Final = (
    r"(?<![\w\])])\((?=[^()]*=)\s*(?:[^\W\d]\w*\s*=\s*)?\d[\d_]*\s*"
    r"(?:,\s*(?:[^\W\d]\w*\s*=\s*)?\d[\d_]*\s*)*,?\s*\)"
)
"""A shape with a name for some of its sizes: ``(B=32, d=784)``."""
_SIZE: Final = r"(?:([^\W\d]\w*)\s*=\s*)?(\d[\d_]*)"
_VIEWS: Final = frozenset({"reshape", "transpose", "swapaxes", "astype"})
_FLOAT: Final = np.dtype(np.float64)


def with_names(source: str) -> tuple[str, dict[str, Signature]] | None:
    """Put names for the shapes that stand for arrays, and tell what each name is; None where there are none.

    >>> with_names("(764, 100) @ (764, 200) float16")
    ('A @ B', {'A': Signature((764, 100), float64), 'B': Signature((764, 200), float16)})
    """
    return named_apart(source, ())


def named_apart(source: str, taken: tuple[str, ...]) -> tuple[str, dict[str, Signature]] | None:
    """As ``with_names``; the names are other ones than those ``taken``."""
    if parse_shapes(source).tree is None:
        from playground.language.crossed_shapes import with_tuples  # few texts have such shapes

        crossed = with_tuples(source, taken)
        source = source if crossed is None else crossed.numpy
    tree = parse_shapes(source).tree
    found = [] if tree is None else _shapes_in(source, tree)
    if not found:
        return None
    used = (*taken, *names_in(tree))
    shapes: dict[str, Signature] = {}
    for node in found:
        shapes[free_name((*used, *shapes))] = _signature(source, node)
    places = [Span(node.span.start, node.span.end + len(_dtype_behind(source, node))) for node in found]
    return replaced(source, *zip(places, shapes, strict=True)), shapes


def parse_shapes(source: str) -> Parsed:
    """Parse ``source``; the dtypes behind shapes and names of sizes are passed over, all places stay what they are."""
    parsed = parse(source)
    if parsed.tree is not None or len(source) > words.MAX_CHARACTERS:  # nobody writes shapes in a text as long as that
        return parsed
    unnamed = _without_names(source)
    if re.search(_TYPED, unnamed) is None and unnamed == source:
        return parsed
    plain = parse(re.sub(_TYPED, lambda found: found[1] + " " * len(found[2]), unnamed))
    if plain.tree is None or not is_shape(plain.tree):
        return replace(plain, source=source)
    shape = source[plain.tree.span.start :].strip()
    message = tr("{shape} alone is a shape, which stands for an array as soon as it has a name.", shape=shape)
    hint = tr("Write {name}: {shape}.", name=plain.target or "x", shape=shape)
    place = Span(plain.tree.span.start, len(source.rstrip()))
    return Parsed(source, plain.target, None, (Problem("nameless", message, place, hint),))


def is_typed_shape(source: str) -> bool:
    """Tell whether ``source`` is a shape with a dtype or names and nothing else: ``(32, 784) float16``."""
    text = source.strip()
    return re.fullmatch(_TYPED, _without_names(text)) is not None or re.fullmatch(_NAMED, text) is not None


def _without_names(source: str) -> str:
    """Write ``(B=32, d=784)`` as ``(32,784     )``, so that every other place stays what it is."""

    def plain(found: re.Match[str]) -> str:
        sizes = [size for _, size in re.findall(_SIZE, found[0])]
        inside = ",".join(sizes) + "," * (len(sizes) == 1)
        return f"({inside.ljust(len(found[0]) - 2)})"

    return re.sub(_NAMED, plain, source) if "=" in source else source


def read_shapes(source: str, tree: Node) -> tuple[Node, dict[str, Signature]]:
    """Give ``tree`` with names in the place of the shapes that stand for arrays, and the signature of each name.

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
    return _renamed(tree, names), {names[id(node)]: _signature(source, node) for node in found}


def _shapes_in(source: str, tree: Node) -> list[Sequence]:
    """The tuples that stand for arrays, in the order of the text."""
    if "(" not in source:
        return []
    has_names = "=" in source and re.search(_NAMED, source) is not None
    is_sure = has_names or "@" in source or re.search(_TYPED, source) is not None
    if not is_sure or (re.search(_MAYBE, source) is None and not has_names):
        return []
    confirmed: dict[int, Sequence] = {}
    may_be: dict[int, list[Sequence] | None] = {}  # by node: its shapes, none where it surely is an array
    for node in post_order(tree):
        if is_shape(node):
            is_typed = bool(_dtype_behind(source, node)) or "=" in source[node.span.start : node.span.end]
            may_be[id(node)] = None if is_typed else [node]  # type: ignore[list-item]
            confirmed.update({id(node): node} if is_typed else {})  # type: ignore[dict-item]
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
        case Index(value=value, items=items) if len(items) > 1 or not is_shape(value):
            return (value,)
    return ()


def _is_view(node: Node) -> bool:
    """Tell whether ``node`` is an array as soon as what it works on is one: ``zeros((3, 4))`` works on none."""
    return isinstance(node, (Unary, Attribute, Index)) or (isinstance(node, Call) and node.function in _VIEWS)


def is_shape(node: Node) -> bool:
    """Tell whether ``node`` is a tuple that may be a shape."""
    return isinstance(node, Sequence) and node.is_tuple and all(_is_size(item) for item in node.items)


def _is_size(node: Node) -> bool:
    return isinstance(node, Literal) and type(node.value) is int and node.value >= 0


def _signature(source: str, node: Sequence) -> Signature:
    sizes = tuple(item.value for item in node.items if isinstance(item, Literal) and isinstance(item.value, int))
    names = tuple(name or None for name, _ in re.findall(_SIZE, source[node.span.start : node.span.end]))
    found = re.match(_DTYPE, source[node.span.end :])
    dtype = _FLOAT if found is None else np.dtype(words.DTYPES[found[1]])
    return Signature(sizes, dtype, axis_names=names if any(names) else ())


def _dtype_behind(source: str, node: Node) -> str:
    """The text of the dtype behind a shape, with the blanks before it; empty where there is none."""
    found = re.match(_DTYPE, source[node.span.end :])
    return "" if found is None else found[0]


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
