"""Repairs of products whose inner sizes differ: transposing, swapping, the last two axes only, another product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Binary, Call
from playground.language.repairs.parts import TWO, Part, factor, pair, prefix_of, without_transpose
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of, transposed
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem


def inner_sizes(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Transpose the right or the left side, swap them, both, drop an axis, another product."""
    sides = pair(inference)
    if sides is None:
        return
    left, right = sides
    for side in (right, left):
        if side.ndim > 1:
            yield Candidate(side.becomes(side.turned), tr("Transpose {operand}", operand=side.text), "transpose")
        yield from _dropped(side)
    if isinstance(inference.failed, Call) and inference.failed.function == "linalg.solve":
        return
    yield from _swapped(inference, left, right)
    yield from _other_products(inference, left, right)


def _dropped(side: Part) -> Iterator[Candidate]:
    """``x[:, 0]`` for a column, ``x[0]`` for a row."""
    if side.ndim != TWO or 1 not in side.shape:
        return
    index = ":, 0" if side.shape[1] == 1 else "0"
    reason = tr("Make {operand} a vector", operand=side.text)
    yield Candidate(side.becomes(f"{side.atom}[{index}]"), reason, "drop an axis")


def _swapped(inference: Inference, left: Part, right: Part) -> Iterator[Candidate]:
    def exchanged(first: str, second: str) -> str:
        return replaced(inference.source, (left.span, first), (right.span, second))

    first, second = right.factor, left.factor
    if isinstance(inference.failed, Call):
        first, second = right.text, left.text
    yield Candidate(exchanged(first, second), tr("Swap the two sides"), "swap")
    if left.ndim > 1:
        turned = tr("Swap the two sides, {operand} transposed", operand=left.text)
        yield Candidate(exchanged(first, left.turned), turned, "swap and transpose")
    if right.ndim > 1:
        turned = tr("Swap the two sides, {operand} transposed", operand=right.text)
        yield Candidate(exchanged(right.turned, second), turned, "swap and transpose")
    if left.ndim > 1 and right.ndim > 1:
        yield Candidate(exchanged(left.turned, right.turned), tr("Transpose both"), "transpose both")


def _other_products(inference: Inference, left: Part, right: Part) -> Iterator[Candidate]:
    node = inference.failed
    if isinstance(node, Binary) and left.shape == right.shape:
        text = replaced(inference.source, (node.operator_span, "*"))
        yield Candidate(text, tr("Multiply cell by cell"), "cell by cell")
    if isinstance(node, Binary) and left.ndim == TWO and left.shape[1] == 1 and right.ndim == 1:
        text = replaced(inference.source, (node.operator_span, "*"))
        yield Candidate(text, tr("Every cell with every cell"), "outer product")
    if left.ndim == 1 and right.ndim == 1 and node is not None:
        # A vector has no transpose: whoever wrote u @ v.T meant this product.
        plain = (text_of(inference.source, without_transpose(side.node)) for side in (left, right))
        lead = prefix_of(inference.source, node) if isinstance(node, Call) else ""
        outer = f"{lead}outer({', '.join(plain)})"
        text = replaced(inference.source, (node.span, outer))
        yield Candidate(text, tr("Every cell with every cell"), "outer product")


def scalar_product(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``2 @ A`` as ``2 * A``."""
    node, source = inference.failed, inference.source
    if isinstance(node, Binary):
        yield Candidate(replaced(source, (node.operator_span, "*")), tr("Multiply every cell"), "sign")
    elif isinstance(node, Call):
        text = " * ".join(factor(source, argument) for argument in node.arguments)
        text = text if node is inference.tree else f"({text})"
        yield Candidate(replaced(source, (node.span, text)), tr("Multiply every cell"), "call")


def as_products(inference: Inference) -> Iterator[Candidate]:
    """``@`` for ``*``, if need be with one side transposed."""
    node, sides = inference.failed, pair(inference)
    if not isinstance(node, Binary) or node.operator != "*" or sides is None:
        return
    sign = (node.operator_span, "@")
    yield Candidate(replaced(inference.source, sign), tr("Multiply as matrices"), "matrix product")
    left, right = sides
    swapped = replaced(inference.source, (left.span, right.factor), (right.span, left.factor), sign)
    yield Candidate(swapped, tr("Multiply as matrices, the other way round"), "transpose and multiply", 0.2)
    for side in reversed(sides):
        if side.ndim > 1:
            turned = transposed(side.source, side.node, side.ndim)
            reason = tr("Multiply as matrices, {operand} transposed", operand=side.text)
            yield Candidate(replaced(inference.source, (side.span, turned), sign), reason, "transpose and multiply")


def tensordot(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``tensordot(A, B, axes=1)`` for ``tensordot(A, B)``, which sums over two axes."""
    node = inference.failed
    if isinstance(node, Call) and node.function == "tensordot" and len(node.arguments) == TWO and not node.keywords:
        end = node.span.end - 1
        text = f"{inference.source[:end]}, axes=1{inference.source[end:]}"
        yield Candidate(text, tr("Sum over one axis"), "call")
