"""A formula cut into the pieces that the ribbon and the equation are laid out from. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, children, walk
from playground.language.problems import Span
from playground.language.signature import AxisNames, Shape, Signature
from playground.record import Record, replace

if TYPE_CHECKING:
    from playground.language.infer import Inference, Step

_PIECE = re.compile(r"\.[A-Za-z_]\w*|[A-Za-z_][\w.]*|\*\*|//|[<>=!]=|\d[\w.+-]*|\S")
_MOST_LITERAL_CHARACTERS = 18


class Token(Record):
    """One piece of a formula as it is written.

    Attributes
    ----------
    text
        What stands there.
    span
        Its place in the text.
    name
        The entry that it refers to, None for everything else.
    shape, axes, axis_names
        Shape of the sub-expression that it stands for, the class number and the name of each axis; None where it
        stands for none (a bracket, a comma, a number).
    whole
        Place of that sub-expression.
    is_operator
        True for a sign between two operands, where a line may break.
    """

    text: str
    span: Span
    name: str | None = None
    shape: Shape | None = None
    axes: tuple[int, ...] = ()
    whole: Span | None = None
    is_operator: bool = False
    axis_names: AxisNames = ()


def tokens_of(inference: Inference) -> tuple[Token, ...]:
    """The pieces of a formula from left to right; empty where it can't be parsed."""
    tree = inference.tree
    if tree is None:
        return ()
    source = inference.source
    steps = {(step.span, type(step.node)): step for step in inference.steps}
    marks, brackets = _marks(source, tree), _brackets(source, tree)
    pieces: list[Token] = []
    position = tree.span.start
    for leaf in _leaves(tree):
        pieces += _joined(source, _gap(source, position, leaf.span.start, marks, steps), brackets)
        pieces.append(_leaf_token(source, leaf, steps.get((leaf.span, type(leaf)))))
        position = leaf.span.end
    rest = _gap(source, position, _end_of(source, tree), marks, steps)
    return tuple(pieces + _joined(source, rest, brackets))


def _end_of(source: str, tree: Node) -> int:
    """End of the text that belongs to the formula; brackets around the whole of it lie outside the tree's span."""
    return max(tree.span.end, len(source.rstrip()))


def _leaves(tree: Node) -> list[Node]:
    """Names, numbers and written-out lists in the order of the text; of an index the names alone."""
    found: list[Node] = []
    pending = [(tree, False)]
    while pending:
        node, in_index = pending.pop()
        if isinstance(node, Name):
            found.append(node)
        elif isinstance(node, Literal) or (isinstance(node, Sequence) and not _has_names(node)):
            found += [] if in_index else [node]
        elif isinstance(node, Index):
            pending += [(node.value, in_index), *((item, True) for item in node.items)]
        else:
            pending.extend((child, in_index) for child in children(node))
    return sorted(found, key=lambda node: node.span.start)


def _has_names(node: Node) -> bool:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Name):
            return True
        pending.extend(children(current))
    return False


def _bracket_of(source: str, node: Index) -> int:
    """Where the bracket of an index opens; what it is of may stand in parentheses."""
    return source.index("[", node.value.span.end)


def _brackets(source: str, tree: Node) -> list[Span]:
    """The places of all indices, from bracket to bracket."""
    return [Span(_bracket_of(source, node), node.span.end) for node in walk(tree) if isinstance(node, Index)]


def _joined(source: str, tokens: list[Token], brackets: list[Span]) -> list[Token]:
    """An index stays with its brackets in one piece, ``[:, None]``, as far as no name or sign of a sum cuts it."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        inside = last is not None and any(
            bracket.start <= last.span.start and token.span.end <= bracket.end for bracket in brackets
        )
        if inside and last is not None and not last.is_operator and token.shape is None and token.whole is None:
            span = Span(last.span.start, token.span.end)
            joined[-1] = replace(last, text=_cut(source[span.start : span.end]), span=span)
        else:
            joined.append(token)
    return joined


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LITERAL_CHARACTERS else text[: _MOST_LITERAL_CHARACTERS - 1] + "…"


def _marks(source: str, tree: Node) -> dict[int, Node]:
    """Where the sign or the name of each operation stands, and the operation."""
    marks: dict[int, Node] = {}
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Binary):
            marks[node.operator_span.start] = node
        elif isinstance(node, Call):
            marks[node.name_span.start] = node
        elif isinstance(node, Attribute):
            marks[node.span.end - len(node.name)] = node
        elif isinstance(node, Index):
            marks[_bracket_of(source, node)] = node
        pending.extend(children(node))
    return marks


def _leaf_token(source: str, leaf: Node, step: Step | None) -> Token:
    text = source[leaf.span.start : leaf.span.end]
    text = text if isinstance(leaf, Name) else _cut(text)
    name = leaf.name if isinstance(leaf, Name) else None
    if isinstance(leaf, Literal) or step is None or not isinstance(step.signature, Signature):
        return Token(text, leaf.span, name)
    signature = step.signature
    return Token(text, leaf.span, name, signature.shape, step.axes, leaf.span, axis_names=signature.axis_names)


def _gap(
    source: str, start: int, end: int, marks: dict[int, Node], steps: dict[tuple[Span, type], Step]
) -> list[Token]:
    """Pieces of the text between two leaves: signs, brackets, function names."""
    tokens: list[Token] = []
    for match in _PIECE.finditer(source, start, end):
        span = Span(match.start(), match.end())
        node = marks.get(span.start) or (marks.get(span.start + 1) if match.group().startswith(".") else None)
        step = steps.get((node.span, type(node))) if node is not None else None
        is_operator = isinstance(node, Binary)
        if node is None or step is None or not isinstance(step.signature, Signature):
            tokens.append(Token(match.group(), span, is_operator=is_operator, whole=node.span if node else None))
        else:
            token = Token(
                match.group(), span, None, step.signature.shape, step.axes, node.span, is_operator=is_operator
            )
            tokens.append(replace(token, axis_names=step.signature.axis_names))
    return tokens
