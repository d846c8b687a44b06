"""Repairs of one truth asked of many cells, of printed signs, and of statements."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Binary, walk
from playground.language.repairs.parts import is_bare
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of
from playground.language.typography import readings
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem

_COMPARISONS: Final = frozenset({"and", "<", "<=", ">", ">=", "==", "!="})
_SIMPLE: Final = (ast.Name, ast.Call, ast.Subscript, ast.Attribute, ast.Constant, ast.List, ast.Tuple)
_DOT: Final = re.compile("[·⋅∙]")
"""A product in the middle of a line: of matrices and of vectors, wherever that fits."""
_LONGEST: Final = 300
"""Characters up to which and, or, not and if are rewritten; longer ones may nest too deeply."""


def truth(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``0 < A < 1`` as ``(0 < A) & (A < 1)``."""
    node, source = inference.failed, inference.source
    comparisons: list[Node] = []
    while isinstance(node, Binary) and node.operator == "and":
        comparisons.insert(0, node.right)
        node = node.left
    if not comparisons or node is None:
        return
    comparisons.insert(0, node)
    asked = [found for found in comparisons if not _is_with_true(found)]
    if len(asked) < len(comparisons):
        texts = [text_of(source, found) for found in asked]
        text = texts[0] if len(texts) == 1 else " & ".join(f"({text})" for text in texts)
        yield Candidate(replaced(source, (problem.span, text)), tr("It is a truth already"), "sign")
        return
    text = " & ".join(f"({text_of(source, comparison)})" for comparison in comparisons)
    whole = problem.span.start == 0 and problem.span.end == len(source)
    before = source[: problem.span.start].rstrip()
    alone = whole or before.endswith(("(", "[", ",", "="))
    yield Candidate(replaced(source, (problem.span, text if alone else f"({text})")), tr("Ask each cell"), "sign")


def _is_with_true(node: Node) -> bool:
    """Tell whether a link of a chain compares with True, which changes nothing."""
    return isinstance(node, Binary) and node.operator == "==" and getattr(node.right, "value", None) is True


def bound_closer(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A > 0 & B < 1`` as ``(A > 0) & (B < 1)``: & binds closer than a comparison."""
    source, failed = inference.source, inference.failed
    if inference.tree is None or failed is None:
        return
    for outer in walk(inference.tree):  # the outermost comparison comes first
        if not (isinstance(outer, Binary) and outer.operator in _COMPARISONS and _holds(outer, failed)):
            continue
        for sign in walk(outer):
            if isinstance(sign, Binary) and sign.operator in "&|" and is_bare(source, sign):
                left = source[outer.span.start : sign.operator_span.start].strip()
                right = source[sign.operator_span.end : outer.span.end].strip()
                text = replaced(source, (outer.span, f"({left}) {sign.operator} ({right})"))
                yield Candidate(text, tr("Compare first"), "sign", -1.0)
        return


def _holds(outer: Node, inner: Node) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def one_truth(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``&``, ``|``, ``~`` and ``where`` for and, or, not and if/else; ``isin`` for in."""
    source, span = inference.source, problem.span
    piece = source[span.start : span.end]
    if len(piece) > _LONGEST:
        return
    try:
        tree = ast.parse(piece.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lead = "np." if "np." in source else ""
    text = _cell_by_cell(tree, piece.strip(), lead)
    if text is not None:
        yield Candidate(replaced(source, (span, text)), tr("Ask each cell"), "sign")


def _cell_by_cell(tree: ast.expr, piece: str, lead: str) -> str | None:
    """Give the text that works cell by cell; None where there is none."""

    def part(node: ast.expr) -> str:
        inner = _cell_by_cell(node, piece, lead)
        text = inner if inner is not None else ast.get_source_segment(piece, node) or ""
        return text if isinstance(node, _SIMPLE) else f"({text})"

    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return " & ".join(map(part, values))
        case ast.BoolOp(values=values):
            return " | ".join(map(part, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"~{part(operand)}"
        case ast.IfExp(test=test, body=body, orelse=other):
            texts = (
                _cell_by_cell(node, piece, lead) or ast.get_source_segment(piece, node) for node in (test, body, other)
            )
            return f"{lead}where({', '.join(text or '' for text in texts)})"
        case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
            return f"{lead}any({part(right)} == {part(left)})"
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[right]):
            return f"{part(left)} == {part(right)}"
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[right]):
            return f"{part(left)} != {part(right)}"
    return None


def typographic(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Write the same with the characters of a keyboard; a cross is written for a product of matrices too."""
    texts = readings(inference.source)
    if _DOT.search(inference.source) and len(texts) > 1:
        texts = (texts[1], texts[0], *texts[2:])
    for rank, text in enumerate(texts):
        yield Candidate(text, tr("Write it as it is typed"), "sign", 0.7 * rank)


def statement(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A @ B`` for ``return A @ B``."""
    rest = inference.source[problem.span.end :].strip()
    if rest:
        yield Candidate(
            rest, tr("Leave {name} out", name=inference.source[problem.span.start : problem.span.end]), "sign"
        )
