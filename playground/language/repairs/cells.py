"""Repairs of what asks for one number and is given many cells, and of bytes that don't make the numbers wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Call
from playground.language.repairs.parts import TWO, part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem


def one_cell(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A[0, 0]``, ``A.sum()`` or ``A.mean()`` for the ``A.item()`` of an array of several cells."""
    node = inference.failed
    found = part(inference, node.arguments[0]) if isinstance(node, Call) and node.arguments else None
    if node is None or found is None or not found.signature.size:
        return
    first = f"{found.atom}[{', '.join('0' * found.ndim)}]"
    texts = (
        (first, tr("Take the first cell")),
        (f"{found.atom}.sum()", tr("Add all cells")),
        (f"{found.atom}.mean()", tr("Take their mean")),
    )
    for doubt, (text, reason) in enumerate(texts):
        yield Candidate(replaced(inference.source, (node.span, text)), reason, "call", 0.3 * doubt)


def as_numbers(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``v.astype(float32)`` for ``v.view(float32)``: the numbers are kept, whatever bytes they have."""
    node = inference.failed
    if isinstance(node, Call) and node.is_method and len(node.arguments) + len(node.keywords) == TWO:
        (dtype,) = (*node.arguments[1:], *(value for _, value in node.keywords))
        source = inference.source
        text = f"{source[node.span.start : node.name_span.start]}astype({text_of(source, dtype)})"
        yield Candidate(replaced(source, (node.span, text)), tr("Keep the numbers"), "call")
