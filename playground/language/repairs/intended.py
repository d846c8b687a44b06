"""Repairs that see what a formula is for: a layer's bias, one-hot labels, an image laid flat, rows of a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Slice
from playground.language.repairs.parts import TWO, Part, pair, part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import outer_span, replaced, text_of
from playground.language.signature import Signature, TupleSignature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem

_STRETCHED: Final = frozenset({"tile", "repeat"})
_PLACES: Final = frozenset({"argmax", "argmin"})


def on_both_sides(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``argmax(p, axis=1) == argmax(y, axis=1)`` where y is one-hot too."""
    sides = pair(inference)
    for own, other in (sides, sides[::-1]) if sides is not None else ():
        call = own.node
        if not isinstance(call, Call) or call.function not in _PLACES or not call.arguments:
            continue
        looked_at = part(inference, call.arguments[0])
        if looked_at is None or looked_at.shape != other.shape:
            continue
        first, source = call.arguments[0], inference.source
        new = other.atom if call.is_method else other.text
        text = source[call.span.start : first.span.start] + new + source[first.span.end : call.span.end]
        yield Candidate(other.becomes(text), tr("Do the same with {operand}", operand=other.text), "same call")


def labels(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``accuracy(p, argmax(Y, axis=1))`` of one-hot labels; ``one_hot(y, 10) * log(p)`` for ``y * log(p)``."""
    sides = pair(inference)
    node = inference.failed
    if sides is None or node is None:
        return
    lead = "np." if "np." in inference.source else ""
    first, second = sides
    if problem.kind == "labels" and first.shape == second.shape and second.ndim > 1:
        reason = tr("Take the number of each label")
        yield Candidate(second.becomes(f"{lead}argmax({second.text}, axis={second.ndim - 1})"), reason, "call")
    for own, other in (sides, sides[::-1]):
        is_class = own.ndim == 1 and own.signature.dtype.kind in "iu"
        if not is_class or not isinstance(node, Binary) or node.operator != "*" or other.ndim != TWO:
            continue
        if own.shape[0] == other.shape[0] != other.shape[1]:
            reason = tr("Write the labels of {operand} as rows of 0 and 1", operand=own.text)
            yield Candidate(own.becomes(f"one_hot({own.text}, {other.shape[1]})"), reason, "rows", -0.6)


def stretches_itself(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``b + x`` for ``tile(b, 32) + x``, ``a[:, None] - b`` for two columns: broadcasting does it."""
    for side in reversed(pair(inference) or ()):
        node = side.node
        if isinstance(node, Call) and node.function in _STRETCHED and node.arguments:
            text = text_of(inference.source, node.arguments[0])
            reason = tr("{operand} stretches by itself", operand=text)
            yield Candidate(side.becomes(text), reason, "stretches itself")
        if isinstance(node, Index) and any(isinstance(item, Literal) and item.value is None for item in node.items):
            value = part(inference, node.value)
            if value is not None and value.ndim == 1:
                reason = tr("Leave out the new axis of {operand}", operand=value.text)
                yield Candidate(side.becomes(value.text), reason, "stretches itself")


def as_vectors(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``mse(y, Y.ravel())`` where one side is a column of one number each."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    parts = [found for argument in node.arguments[:TWO] if (found := part(inference, argument)) is not None]
    for own in sorted(parts, key=lambda found: -found.ndim):
        if own.ndim > 1 and 1 in own.shape:
            reason = tr("Make {operand} a vector", operand=own.text)
            yield Candidate(own.becomes(f"{own.atom}.ravel()"), reason, "drop an axis")
        if own.ndim == 1:
            reason = tr("Make {operand} a column", operand=own.text)
            yield Candidate(own.becomes(f"{own.atom}[:, None]"), reason, "column", 2.0)


def flattened(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``img.reshape(32, -1) @ W``: every image of a batch becomes one row, as Flatten makes it."""
    sides = pair(inference)
    if sides is None:
        return
    left, right = sides
    if left.ndim == TWO + 1 and right.ndim == 1 and right.shape[0] == left.shape[0]:
        lead = prefix_of(inference.source, inference.failed) if isinstance(inference.failed, Call) else ""
        call = f"{lead}tensordot({right.text}, {left.text}, 1)"
        yield Candidate(
            _whole(inference, call), tr("Sum over the first axis of {operand}", operand=left.text), "call", 1.5
        )
    wanted = right.shape[-TWO] if right.ndim >= TWO else None
    if wanted is None or None in left.shape or not isinstance(inference.failed, (Binary, Call)):
        return
    yield from _flat_rows(inference, left, wanted)
    sizes = [size or 0 for size in left.shape]
    for kept in range(left.ndim - 1):
        if math.prod(sizes[kept:]) == wanted and sum(size > 1 for size in sizes[kept:]) > 1:
            lead = "".join(f"{size}, " for size in sizes[:kept])
            reason = tr("Lay {operand} flat", operand=left.text)
            yield Candidate(left.becomes(f"{left.atom}.reshape({lead}-1)"), reason, "flatten")


def _flat_rows(inference: Inference, left: Part, wanted: int) -> Iterator[Candidate]:
    """``img.reshape(32, -1)`` for ``img.flatten()``: PyTorch's Flatten keeps the images apart."""
    node = left.node
    if not isinstance(node, Call) or node.function not in ("ravel", "reshape") or not node.arguments:
        return
    stack = part(inference, node.arguments[0])
    if stack is not None and stack.ndim > 1 and math.prod(size or 0 for size in stack.shape[1:]) == wanted:
        text = left.becomes(f"{stack.atom}.reshape({stack.shape[0]}, -1)")
        yield Candidate(text, tr("Lay each of {operand} flat", operand=stack.text), "flatten", -0.2)


def _whole(inference: Inference, text: str) -> str:
    """Write ``text`` in the place of what failed."""
    node = inference.failed
    if node is None:
        return text
    span = outer_span(inference.source, node.span) if isinstance(node, Binary) else node.span
    return replaced(inference.source, (span, text))


def rows_meant(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``W[labels]`` for ``labels @ W``; ``x @ W`` and ``x[0] @ W`` for ``x[:, 0] @ W``."""
    node, sides = inference.failed, pair(inference)
    if sides is None:
        return
    left, right = sides
    if left.ndim == 1 and left.signature.dtype.kind in "iu" and right.ndim == TWO and node is not None:
        reason = tr("Take the rows of {operand} that {numbers} name", operand=right.text, numbers=left.text)
        yield Candidate(_whole(inference, f"{right.atom}[{left.text}]"), reason, "rows")
    for side in sides:
        index = side.node
        if not isinstance(index, Index) or len(index.items) != TWO:
            continue
        first, second = index.items
        if isinstance(first, Slice) and isinstance(second, Literal) and isinstance(second.value, int):
            value = text_of(inference.source, index.value)
            yield Candidate(side.becomes(value), tr("Take all of {operand}", operand=value), "drop an index", 0.6)
            row = f"{value}[{text_of(inference.source, second)}]"
            yield Candidate(side.becomes(row), tr("Take the row"), "drop an index", 0.9)


def last_axes(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``K.mT`` for ``K.T`` of a stack; ``v.swapaxes(0, 1)`` where the stack's first axes lie otherwise."""
    sides = pair(inference)
    if sides is None:
        return
    for own, other in (sides[::-1], sides):
        turned = _turned_stack(inference, own)
        if turned:
            text = own.becomes(f"{turned}.mT")
            yield Candidate(text, tr("Transpose each matrix of the stack"), "last axes")
        if own.ndim == other.ndim > TWO and own.shape[1] == other.shape[0]:
            reason = tr("Swap the first two axes of {operand}", operand=own.text)
            yield Candidate(own.becomes(f"{own.atom}.swapaxes(0, 1)"), reason, "last axes", 0.2)


def _turned_stack(inference: Inference, own: Part) -> str:
    """Give the operand of ``K.T``, ``K.transpose()`` or ``transpose(K)``; empty for anything else."""
    node = own.node
    if own.ndim <= TWO:
        return ""
    value: Node | None = None
    if isinstance(node, Attribute) and node.name == "T":
        value = node.value
    if isinstance(node, Call) and node.function == "transpose" and len(node.arguments) == 1 and not node.keywords:
        value = node.arguments[0]
    if isinstance(node, Call) and node.function == "swapaxes":
        value = node.arguments[0]  # as PyTorch's transpose(1, 2) is read, which doesn't turn four axes' matrices
    if value is None:
        return ""
    text = text_of(inference.source, value)
    return f"({text})" if isinstance(value, Binary) else text


def choices_of_results(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``linalg.eig(M)[1] @ v``: one of several results, those that are matrices first."""
    found = next((step for step in reversed(inference.steps) if step.span == problem.span), None)
    signature = None if found is None else found.signature
    if found is None or signature is None or isinstance(signature, Signature):
        return
    node, together = inference.failed, [(problem.span, inference.source[problem.span.start : problem.span.end])]
    for side in (node.left, node.right) if isinstance(node, Binary) else ():
        also = next((step for step in inference.steps if step.node is side), None)
        if also is not None and isinstance(also.signature, TupleSignature) and side.span != problem.span:
            together.append((side.span, text_of(inference.source, side)))  # modf(a) + modf(b)
    for index, item in enumerate(signature.items):
        name = signature.names[index] if signature.names else str(index)
        mended = replaced(inference.source, *((span, f"{text}[{index}]") for span, text in together))
        doubt = 0.1 * index - (0.5 if item.ndim > 1 else 0.0)
        yield Candidate(mended, tr("Take {name}", name=name), "brackets", doubt)


def swapped(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``cross_entropy(scores, labels)`` for the other order; whole numbers of floats that are none."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call):
        return
    for argument in node.arguments:
        found = part(inference, argument) if argument.span == problem.span else None
        if found is not None and found.signature.dtype.kind == "f" and found.signature.dtype.itemsize > TWO:
            text = found.becomes(f"{found.atom}.astype(int)")
            yield Candidate(text, tr("Convert to whole numbers"), "convert", -0.1)
    if len(node.arguments) == TWO and not node.keywords and not node.is_method:
        first, second = node.arguments
        text = replaced(source, (first.span, text_of(source, second)), (second.span, text_of(source, first)))
        yield Candidate(text, tr("Swap the two arguments"), "swap arguments")


def logarithm(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``log10(A)`` for ``log(A, 10)``; a quotient for another base."""
    if node.function != "log" or len(node.arguments) != TWO or node.keywords or node.is_method:
        return
    source, lead = inference.source, prefix_of(inference.source, node)
    operand, base = (text_of(source, argument) for argument in node.arguments)
    if base in ("2", "10"):
        text, name = f"{lead}log{base}({operand})", f"log{base}"
    else:
        text, name = f"{lead}log({operand}) / {lead}log({base})", tr("a quotient of two logarithms")
        text = text if node is inference.tree else f"({text})"
    yield Candidate(replaced(source, (node.span, text)), tr("Write {name}", name=name), "call")


def between_vectors(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``arccos(…)`` for ``angle(v, w)``: ``angle`` is that of complex numbers."""
    if node.function != "angle" or len(node.arguments) != TWO or node.is_method:
        return
    lead = prefix_of(inference.source, node)
    sides = [found for argument in node.arguments if (found := part(inference, argument)) is not None]
    if len(sides) == TWO and sides[0].ndim == sides[1].ndim == 1:
        first, second = (side.factor for side in sides)
        lengths = " * ".join(f"{lead}linalg.norm({side.text})" for side in sides)
        text = f"{lead}arccos({first} @ {second} / ({lengths}))"
        yield Candidate(replaced(inference.source, (node.span, text)), tr("Take the angle between them"), "call")
