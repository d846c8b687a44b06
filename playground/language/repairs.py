"""Mended formulas for a problem: each is inferred first, and only what then fits is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language import repairs_shapes as shapes
from playground.language import repairs_words as spelling
from playground.language.nodes import Binary, Unary
from playground.language.problems import Problem, Repair, Span
from playground.language.signature import Shape, Signature, TupleSignature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.repairs_words import Candidate

    Rule = Callable[[Inference, Problem, Mapping[str, Operand]], Iterable[Candidate]]

_MOST: Final = 5

_RULES: Final[dict[str, Rule]] = {
    "inner-sizes": shapes.inner_sizes,
    "matmul-scalar": shapes.scalar_product,
    "broadcast": shapes.broadcasting,
    "not-square": shapes.not_square,
    "reshape": shapes.reshaping,
    "parts": shapes.joining,
    "axis": shapes.axis,
    "index-range": shapes.index_range,
    "integer-power": shapes.integer_power,
    "dtype": shapes.dtype,
    "unknown-name": spelling.unknown_name,
    "not-a-function": spelling.not_a_function,
    "unknown-function": spelling.unknown_function,
    "unknown-attribute": spelling.unknown_attribute,
    "unknown-keyword": spelling.unknown_keyword,
    "typographic": spelling.typographic,
    "syntax": spelling.glued,
}


def repaired(
    inference: Inference,
    problem: Problem,
    operands: Mapping[str, Operand],
    infer: Callable[[str], Inference],
) -> Problem:
    """Give ``problem`` with its repairs, likeliest first; ``infer`` tells whether one fits."""
    rule = _RULES.get(problem.kind)
    if rule is None:
        return problem
    return replace(problem, repairs=tuple(_fitting(rule(inference, problem, operands), inference.source, infer)))


def _fitting(candidates: Iterable[Candidate], source: str, infer: Callable[[str], Inference]) -> Iterator[Repair]:
    tried = {source}
    found = 0
    for text, reason in candidates:
        if text in tried:
            continue
        tried.add(text)
        signature = infer(text).signature
        if signature is None:
            continue
        yield Repair(text, result_shape(signature), reason)
        found += 1
        if found == _MOST:
            return


def result_shape(signature: Signature | TupleSignature) -> Shape:
    """Give the shape of a result, of the first where there are several."""
    return signature.items[0].shape if isinstance(signature, TupleSignature) else signature.shape


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
