"""Small edits of a formula's text that keep its meaning elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary, Literal, Node, Sequence, Unary
from playground.language.problems import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def text_of(source: str, node: Node) -> str:
    """Give the text of ``node``, without parentheses around it."""
    return source[node.span.start : node.span.end]


def outer_span(source: str, span: Span) -> Span:
    """Give the place of an operator's operand together with the parentheses that belong to it."""
    start, end = span.start, span.end
    while True:
        before, after = source[:start].rstrip(), source[end:].lstrip()
        if not (before.endswith("(") and after.startswith(")")):
            return Span(start, end)
        start, end = len(before) - 1, len(source) - len(after) + 1


def atom(source: str, node: Node) -> str:
    """Give the text of ``node`` so that a dot or an index may follow: in parentheses or as an array where it must."""
    text = text_of(source, node)
    if isinstance(node, Sequence):
        return f"{'np.' if 'np.' in source else ''}array({text})"  # a list of Python's has neither .T nor [:, None]
    return f"({text})" if isinstance(node, (Binary, Unary, Literal)) else text


def replaced(source: str, *edits: tuple[Span, str]) -> str:
    """Write ``source`` with each place replaced by its text; places don't overlap."""
    for span, text in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        source = source[: span.start] + text + source[span.end :]
    return source


def transposed(source: str, node: Node, ndim: int) -> str:
    """Give the text of the transpose of ``node``; a ``.T`` that is there goes instead."""
    sign = ".T" if ndim <= 2 else ".mT"
    if isinstance(node, Attribute) and f".{node.name}" == sign:
        return text_of(source, node.value) if not isinstance(node.value, Binary) else f"({text_of(source, node.value)})"
    return atom(source, node) + sign


def indexed(source: str, node: Node, parts: Iterable[str]) -> str:
    """Give the text of ``node[parts]``."""
    return f"{atom(source, node)}[{', '.join(parts)}]"
