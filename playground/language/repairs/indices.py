"""Repairs of indices, of masks and of dtypes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Sequence, Slice, Unary, walk
from playground.language.repairs.calls import whole_divisions
from playground.language.repairs.parts import part, signature_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import atom, outer_span, replaced, text_of
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem


def index(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """An index too many goes; a fraction becomes a whole number."""
    node, source = inference.failed, inference.source
    if isinstance(node, Slice):
        yield from whole_divisions(inference, (node,))
    if not isinstance(node, Index):
        return
    yield from _beside(inference, node)
    value = part(inference, node.value)
    if value is not None and not value.ndim:
        text = replaced(source, (node.span, text_of(source, node.value)))
        yield Candidate(text, tr("It is one number already"), "brackets")
    yield from whole_divisions(inference, node.items)
    texts = [text_of(source, item) for item in node.items]
    if len(texts) > 1:
        for rank, gone in enumerate(range(len(texts) - 1, -1, -1)):
            # What only says "all of this axis" says least: A[A > 0, :] wants the mask.
            doubt = 0.2 * rank - (0.3 if texts[gone] in (":", "...") else 0.0)
            left = ", ".join([*texts[:gone], *texts[gone + 1 :]])
            text = replaced(source, (node.span, f"{text_of(source, node.value)}[{left}]"))
            yield Candidate(text, tr("Leave out {index}", index=texts[gone]), "drop an index", doubt)
    for item in node.items:
        if isinstance(item, Literal) and isinstance(item.value, float) and math.isfinite(item.value):
            for doubt, number in enumerate(dict.fromkeys((math.floor(item.value), math.ceil(item.value)))):
                text = replaced(source, (item.span, str(number)))
                yield Candidate(text, tr("Write a whole number"), "sign", 0.1 * doubt)
        elif (found := signature_of(inference, item)) is not None and found.dtype.kind == "f":
            text = replaced(source, (item.span, f"{atom(source, item)}.astype(int)"))
            yield Candidate(text, tr("Convert to whole numbers"), "convert")


def _beside(inference: Inference, node: Index) -> Iterator[Candidate]:
    """``[[1, 2], [3, 4]]`` for ``[[1, 2] [3, 4]]``: behind a typed list no index is meant, but a comma is missing."""
    if isinstance(node.value, Sequence):
        end = node.value.span.end
        text = f"{inference.source[:end]}, {inference.source[end:].lstrip()}"
        yield Candidate(text, tr("Write a comma between"), "sign")


def crossed(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A[rows][:, columns]`` for ``A[rows, columns]`` of differing lengths."""
    node = inference.failed
    if isinstance(node, Index) and len(node.items) == 2:
        value, (rows, columns) = text_of(inference.source, node.value), node.items
        yield from _one_of_each_row(inference, node)
        text = f"{value}[{text_of(inference.source, rows)}][:, {text_of(inference.source, columns)}]"
        yield Candidate(replaced(inference.source, (node.span, text)), tr("All rows with all columns"), "brackets")


def _one_of_each_row(inference: Inference, node: Index) -> Iterator[Candidate]:
    """``p[np.arange(32), y]`` for ``p[np.arange(10), y]``: one cell of each row, as many as there are labels."""
    rows, columns = node.items
    value, labels = part(inference, node.value), part(inference, columns)
    if not isinstance(rows, Call) or rows.function != "arange" or len(rows.arguments) != 1:
        return
    if value is not None and labels is not None and labels.ndim == 1 and value.shape[0] == labels.shape[0]:
        text = replaced(inference.source, (rows.arguments[0].span, str(labels.shape[0])))
        yield Candidate(text, tr("Take one cell of each row"), "brackets", -0.5)


def index_range(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the last index that there is, and the same place along the other axis."""
    node, source = inference.failed, inference.source
    if isinstance(node, Index):
        yield from _beside(inference, node)
        yield from _last_size(inference, node, problem)
    for span, number in inference.clash:
        step = next((step for step in inference.steps if step.span == span), None)
        if step is not None and isinstance(step.signature, Signature) and step.signature.shape[number]:
            last = (step.signature.shape[number] or 1) - 1
            written = source[problem.span.start : problem.span.end]
            mended, reason = str(last), tr("Take the last one")
            if written.startswith("-"):
                mended, reason = "0", tr("Take the first one")
            yield Candidate(replaced(source, (problem.span, mended)), reason, "sign")
    if isinstance(node, Index) and len(node.items) == 2:
        first, second = node.items
        text = replaced(source, (first.span, text_of(source, second)), (second.span, text_of(source, first)))
        yield Candidate(text, tr("Swap row and column"), "swap")
    if isinstance(node, Index) and len(node.items) == 1 and inference.clash:
        text = replaced(source, (problem.span, f":, {source[problem.span.start : problem.span.end]}"))
        yield Candidate(text, tr("Take the column"), "column")


def _last_size(inference: Inference, node: Index, problem: Problem) -> Iterator[Candidate]:
    """``A.shape[1]`` for ``A.shape[2]``."""
    value, item = node.value, node.items[0]
    if problem.span == node.span and isinstance(value, Attribute) and isinstance(item, (Literal, Unary)):
        text = replaced(inference.source, (item.span, "-1"))
        yield Candidate(text, tr("Take the last one"), "sign")


def mask(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """A mask that fits another axis."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Index):
        return
    if len(node.items) > 1:
        yield from _along_its_axis(inference, node, problem)
        return
    value, written = part(inference, node.value), text_of(source, node.items[0])
    for place in range(1, 0 if value is None else value.ndim):
        text = replaced(source, (node.items[0].span, ":, " * place + written))
        yield Candidate(text, tr("Choose along axis {axis}", axis=place), "column", 0.1 * place)
    chosen = part(inference, node.items[0])
    if chosen is not None and chosen.ndim > 1:
        text = replaced(source, (node.items[0].span, chosen.turned))
        yield Candidate(text, tr("Transpose {operand}", operand=chosen.text), "transpose")


def _along_its_axis(inference: Inference, node: Index, problem: Problem) -> Iterator[Candidate]:
    """``x[mask]`` for ``x[:, mask]`` where the mask covers the rows."""
    value = part(inference, node.value)
    chosen = next((part(inference, item) for item in node.items if item.span == problem.span), None)
    if value is None or chosen is None or chosen.ndim != 1:
        return
    for place, size in enumerate(value.shape):
        if size == chosen.shape[0]:
            text = replaced(inference.source, (node.span, f"{value.atom}[{':, ' * place}{chosen.text}]"))
            yield Candidate(text, tr("Choose along axis {axis}", axis=place), "column", 0.1 * place)


def integer_power(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Write the exponent with a point; take the inverse of a square matrix."""
    span, node, source = problem.span, inference.failed, inference.source
    text = replaced(source, (span, source[span.start : span.end] + ".0"))
    yield Candidate(text, tr("Work with fractions"), "sign")
    if isinstance(node, Binary) and (base := part(inference, node.left)) is not None and base.ndim > 1:
        call = replaced(source, (node.span, f"{'np.' if 'np.' in source else ''}linalg.inv({base.text})"))
        yield Candidate(call, tr("Take the inverse"), "another function")


def integer_range(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Convert the other side to a wider dtype, or write the number as a float."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Binary):
        return
    for side in (node.left, node.right):
        found = part(inference, side)
        if found is not None and not found.signature.weak and found.signature.dtype.itemsize < 8:
            text = found.becomes(f"{found.atom}.astype(int64)")
            yield Candidate(text, tr("Convert to int64"), "convert")
    for number in walk(node):
        if number.span.start == problem.span.start and isinstance(number, Literal) and isinstance(number.value, int):
            text = replaced(source, (number.span, f"{text_of(source, number)}.0"))
            yield Candidate(text, tr("Work with fractions"), "convert", 0.6)


def dtype(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``**`` for ``^``, ``~`` for ``-`` of truths, truths for ``&``, a conversion from float16."""
    node, source = inference.failed, inference.source
    if isinstance(node, Binary):
        signs = {"^": ("**",), "-": ("^",), "@": ("*",)}.get(node.operator, ())
        for sign in signs:
            text = replaced(source, (node.operator_span, sign))
            yield Candidate(text, tr("Write {sign}", sign=sign), "sign")
        yield from _compared_first(inference, node)
    elif isinstance(node, Unary) and node.operator == "~":
        operand = source[node.span.start + 1 : node.span.end].strip()
        text = f"{operand} == 0" if node is inference.tree else f"({operand} == 0)"
        yield Candidate(replaced(source, (node.span, text)), tr("Ask which cells are 0"), "sign")
    elif isinstance(node, Unary) and node.operator == "-":
        text = replaced(source, (node.span, "~" + source[node.span.start + 1 : node.span.end]))
        yield Candidate(text, tr("Write ~"), "sign")
    elif isinstance(node, Call):
        for argument in node.arguments[1:]:
            if argument.span == problem.span and not isinstance(argument, Literal):
                text = replaced(source, (argument.span, f"{atom(source, argument)}.astype(int)"))
                yield Candidate(text, tr("Convert to whole numbers"), "convert")
        for argument in node.arguments[:1]:
            if not isinstance(argument, Literal):
                text = f"{atom(source, argument)}.astype(float32)"
                yield Candidate(replaced(source, (argument.span, text)), tr("Convert to float32"), "convert")


def _compared_first(inference: Inference, node: Binary) -> Iterator[Candidate]:
    """``(A > 0) & (B < 1)`` where ``&`` without parentheses took ``0 & B``."""
    if node.operator not in ("&", "|", "^"):
        return
    found = [(side, signature_of(inference, side)) for side in (node.left, node.right)]
    edits = [
        (outer_span(inference.source, side.span), f"({text_of(inference.source, side)} != 0)")
        for side, signature in found
        if signature is not None and signature.dtype.kind != "b"
    ]
    if edits and not any(signature is None or isinstance(side, Literal) for side, signature in found):
        yield Candidate(replaced(inference.source, *edits), tr("Ask whether cells are other than 0"), "convert")


def _operands(inference: Inference, node: Binary) -> tuple[Node | None, Node | None]:
    known = [side if signature_of(inference, side) is not None else None for side in (node.left, node.right)]
    return known[0], known[1]
