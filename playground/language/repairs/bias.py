"""Repairs of a bias that isn't one: ``x @ W + W`` adds again what the product holds, others have another size."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playground.language.nodes import Binary, Name
from playground.language.repairs.parts import TWO, Part, pair
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import outer_span, replaced
from playground.language.signature import shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem, Repair


class _Sum(NamedTuple):
    """A product of a matrix, what is added to it, and whether that is an operand of the product."""

    product: Part
    added: Part
    is_again: bool


def meant_as_bias(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``x @ W`` for ``x @ W + W``, or the sums of ``W``: one number for each column; of a typed shape the right one."""
    found = _sum(inference)
    if found is None or inference.failed is None:
        return
    product, added, is_again = found
    is_typed = getattr(added.node, "name", "") in inference.shapes and added.text.endswith(")")
    if is_typed and product.shape[-1] is not None:
        shape = shape_text(product.shape[-1:])
        yield Candidate(added.becomes(shape), tr("Give each column one number: {shape}", shape=shape), "bias")
    if not is_again:
        return
    span = outer_span(inference.source, inference.failed.span)
    text = product.text if span == inference.failed.span else f"({product.text})"
    reason = tr("Leave out {operand}: it is in the product", operand=added.text)
    yield Candidate(replaced(inference.source, (span, text)), reason, "leave out")
    for axis in range(TWO if product.ndim == added.ndim == TWO else 0):
        if product.shape[1 - axis] == added.shape[1 - axis]:
            reason = tr("Add up {operand} along axis {axis}", operand=added.text, axis=axis)
            keeps = ", keepdims=True" if axis else ""
            yield Candidate(added.becomes(f"{added.atom}.sum(axis={axis}{keeps})"), reason, "add up")


def bias_hint(inference: Inference, repairs: tuple[Repair, ...]) -> str:
    """Say how large a bias is, where nothing else mends the sum or an operand of the product is added to it."""
    found = _sum(inference)
    if found is None or not isinstance(found.added.node, Name) or not (found.is_again or not repairs):
        return ""
    if found.product.ndim < TWO or found.added.node.name in inference.shapes:
        return ""
    shape = shape_text(found.product.shape[-1:])
    name = "b" if found.is_again else found.added.text
    return tr("A bias has one number for each column: write {name}: {shape}.", name=name, shape=shape)


def _sum(inference: Inference) -> _Sum | None:
    """Find a product beside what is added to it, in the operation that failed."""
    node, sides = inference.failed, pair(inference)
    if not isinstance(node, Binary) or node.operator != "+" or sides is None:
        return None
    for product, added in (sides, sides[::-1]):
        inner = product.node
        if isinstance(inner, Binary) and inner.operator == "@" and product.ndim and added.ndim:
            names = [side.name for side in (inner.left, inner.right) if isinstance(side, Name)]
            is_again = isinstance(added.node, Name) and added.node.name in names
            return _Sum(product, added, is_again)
    return None
