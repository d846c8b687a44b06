"""Repairs of factors put together again: the singular values between them, their first columns, rows as samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.nodes import Binary, Call, walk
from playground.language.problems import Span
from playground.language.repairs.parts import TWO, Part, pair, parent_of, part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_ROWVAR: Final = frozenset({"cov", "corrcoef"})


def put_together(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``svd(A, full_matrices=False)``, ``U[:, :3] @ diag(S)``, ``cov(X, rowvar=False)``."""
    sides = pair(inference)
    if sides is None:
        return
    yield from _told(inference, frozenset({"linalg.svd"}), "full_matrices", tr("Leave out what the values don't meet"))
    yield from _told(inference, _ROWVAR, "rowvar", tr("Take each column as a variable"))
    yield from _between(inference, *sides)
    yield from _first_ones(inference, *sides)


def _told(inference: Inference, functions: frozenset[str], name: str, reason: str) -> Iterator[Candidate]:
    """Tell all calls of some functions in what failed that ``name`` is False, where they are told nothing of it."""
    node, source = inference.failed, inference.source
    if node is None or inference.tree is None:
        return
    if not any(isinstance(call, Call) and call.function in functions for call in walk(node)):
        return
    calls = [call for call in walk(inference.tree) if isinstance(call, Call) and call.function in functions]
    if any(len(call.arguments) != 1 or name in dict(call.keywords) for call in calls):
        return
    edits = [(Span(call.span.end - 1, call.span.end), f", {name}=False)") for call in calls]
    yield Candidate(replaced(source, *edits), reason, "another function", -1.0)


def _diagonal(inference: Inference, found: Part) -> str:
    lead = "np." if "np." in inference.source else ""
    return f"{lead}diag({found.text})"


def _between(inference: Inference, left: Part, right: Part) -> Iterator[Candidate]:
    """``U @ diag(S) @ V`` for ``U @ S @ V``, whose S are the numbers of a diagonal."""
    node = inference.failed
    if not isinstance(node, Binary) or node.operator != "@":
        return
    reason = tr("Write the values as a diagonal")
    inner = left.node
    if isinstance(inner, Binary) and inner.operator == "@" and left.ndim == 1 and right.ndim == TWO:
        values = part(inference, inner.right)
        if values is not None and values.ndim == 1 and values.shape[0] == right.shape[0]:
            text = replaced(inference.source, (values.span, _diagonal(inference, values)))
            yield Candidate(text, reason, "another function", -0.7)
    parent = parent_of(inference, node)
    if left.ndim == TWO and right.ndim == 1 and isinstance(parent, Binary) and parent.operator == "@":
        first = f"{left.atom}[:, :{right.shape[0]}]" if _is_square_and_larger(left, right.shape[0]) else left.factor
        text = replaced(inference.source, (left.span, first), (right.span, _diagonal(inference, right)))
        yield Candidate(text, reason, "another function", -0.5)


def _first_ones(inference: Inference, left: Part, right: Part) -> Iterator[Candidate]:
    """``U[:, :3] @ diag(S)`` and ``diag(S) @ V[:3]``: of square factors those that have a value."""
    node = inference.failed
    if not isinstance(node, Binary) or node.operator not in ("@", "*") or not right.ndim or not left.ndim:
        return
    if _is_square_and_larger(left, right.shape[0]) and (node.operator == "*") == (right.ndim == 1):
        if node.operator == "*" or _holds_values(right):
            reason = tr("Take the first {n} columns of {operand}", n=right.shape[0], operand=left.text)
            yield Candidate(left.becomes(f"{left.atom}[:, :{right.shape[0]}]"), reason, "cut", -1.5)
    elif node.operator == "@" and _is_square_and_larger(right, left.shape[-1]) and _holds_values(left):
        reason = tr("Take the first {n} rows of {operand}", n=left.shape[-1], operand=right.text)
        yield Candidate(right.becomes(f"{right.atom}[:{left.shape[-1]}]"), reason, "cut", -1.5)


def _is_square_and_larger(found: Part, size: int | None) -> bool:
    if found.ndim != TWO or found.shape[0] != found.shape[1] or size is None:
        return False
    return 1 < size < (found.shape[0] or 0)


def _holds_values(found: Part) -> bool:
    """Tell whether a diagonal is in it, or columns that were scaled."""
    for node in walk(found.node):
        if isinstance(node, Call) and node.function in ("diag", "diagflat"):
            return True
        if isinstance(node, Binary) and node.operator == "*":
            return True
    return False
