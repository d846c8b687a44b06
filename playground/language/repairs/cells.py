"""Repairs of what asks for one number and is given many cells: one of them, their sum, their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Call
from playground.language.repairs.parts import part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
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
