"""The expression tree: our own small set of nodes over the standard library's parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import EllipsisType

    from playground.language.problems import Span


class Node(Record):
    """Any part of an expression; ``span`` is its place in the text."""

    span: Span


class Literal(Node):
    """A constant: int, float, complex, bool, None, Ellipsis, or a text (a keyword value or a dtype name)."""

    value: int | float | complex | bool | str | EllipsisType | None


class Name(Node):
    """A reference to an entry of the workspace."""

    name: str


class Sequence(Node):
    """A list (``[1, 2]``) or a tuple (``(1, 2)``) of expressions."""

    items: tuple[Node, ...]
    is_tuple: bool = False


class Starred(Node):
    """``*A.shape`` among arguments or items: each part of it is one of them."""

    value: Node


class Truth(Node):
    """``not x``, ``x and y``, ``x or y``: one truth of Python's."""

    operator: str
    operands: tuple[Node, ...]


class Choice(Node):
    """``yes if condition else no``."""

    condition: Node
    yes: Node
    no: Node


class Unary(Node):
    """``-x``, ``+x``, ``~x``."""

    operator: str
    operand: Node


class Binary(Node):
    """Arithmetic or a comparison: ``left operator right``; ``operator_span`` is where the sign stands."""

    operator: str
    left: Node
    right: Node
    operator_span: Span


class Attribute(Node):
    """``value.T``, ``value.shape``: one of the attributes in the function table, never a live getattr."""

    value: Node
    name: str


class Slice(Node):
    """``start:stop:step`` inside an index."""

    start: Node | None
    stop: Node | None
    step: Node | None


class Index(Node):
    """``value[items]``."""

    value: Node
    items: tuple[Node, ...]


class Call(Node):
    """A call of a function of the table by its canonical name (``linalg.norm``).

    ``is_method`` tells that it was written ``x.sum()``; ``x`` is then the first argument.
    ``name_span`` is where the function's name stands.
    """

    function: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...]
    name_span: Span
    is_method: bool = False


def children(node: Node) -> Iterator[Node]:
    """Direct sub-expressions, left to right."""
    match node:
        case Sequence(items=items):
            yield from items
        case Unary(operand=operand):
            yield operand
        case Binary(left=left, right=right):
            yield left
            yield right
        case Attribute(value=value) | Starred(value=value):
            yield value
        case Truth(operands=operands):
            yield from operands
        case Choice(condition=condition, yes=yes, no=no):
            yield from (yes, condition, no)
        case Slice(start=start, stop=stop, step=step):
            yield from (part for part in (start, stop, step) if part is not None)
        case Index(value=value, items=items):
            yield value
            yield from items
        case Call(arguments=arguments, keywords=keywords):
            yield from arguments
            yield from (value for _, value in keywords)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and all below it, parents first. Iterative, so depth is no danger."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        kind = type(current)
        if kind is Binary:  # these are most of a long formula
            pending += (current.right, current.left)  # type: ignore[attr-defined]
        elif kind is not Name and kind is not Literal:
            pending.extend(reversed(list(children(current))))
