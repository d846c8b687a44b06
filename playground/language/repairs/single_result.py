"""Where a formula gives several arrays and a window shows one: a problem, and each of them as a repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Binary, Unary
from playground.language.problems import Problem, Repair, Span
from playground.language.signature import TupleSignature
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.infer import Inference


def single_result_problem(inference: Inference) -> Problem | None:
    """Say that a formula gives several arrays where one is wanted, and offer each; None where it gives one.

    ``infer`` doesn't raise this itself: several results are fine for a program, but a window shows one.
    """
    signature = inference.signature
    if not isinstance(signature, TupleSignature) or inference.tree is None:
        return None
    span = inference.tree.span
    whole = inference.source.rstrip()
    simple = not isinstance(inference.tree, (Binary, Unary))
    repairs = []
    for index, item in enumerate(signature.items):
        text = f"{whole}[{index}]" if simple and span.end == len(whole) else f"({whole})[{index}]"
        name = signature.names[index] if signature.names else str(index)
        repairs.append(Repair(text, item.shape, tr("Take {name}", name=name)))
    names = ", ".join(signature.names) or str(len(signature.items))
    return Problem(
        "several-results",
        tr("This gives {n} arrays: {names}.", n=len(signature.items), names=names),
        Span(span.start, span.end),
        tr("Choose one of them."),
        tuple(repairs),
    )
