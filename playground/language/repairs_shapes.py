"""Repairs of shapes that don't fit: transposing, swapping, another operator, a new axis, another shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Binary, Call, Literal, Unary
from playground.language.rewriting import atom, indexed, outer_span, replaced, text_of, transposed
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem, Span
    from playground.language.repairs_words import Candidate

_TWO = 2


def _signature(inference: Inference, node: Node) -> Signature | None:
    for step in reversed(inference.steps):
        if step.node is node:
            return step.signature if isinstance(step.signature, Signature) else None
    return None


def _pair(inference: Inference) -> tuple[Node, Node] | None:
    """Give the two operands of the operator or of the function that failed."""
    node = inference.failed
    if isinstance(node, Binary):
        return node.left, node.right
    if isinstance(node, Call) and len(node.arguments) == _TWO:
        return node.arguments[0], node.arguments[1]
    return None


def _span(inference: Inference, node: Node) -> Span:
    """Give the place of an operand with its own parentheses; those of a call are not its own."""
    return outer_span(inference.source, node.span) if isinstance(inference.failed, Binary) else node.span


def _written(inference: Inference, node: Node) -> str:
    span = _span(inference, node)
    return inference.source[span.start : span.end]


def inner_sizes(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Transpose the right or the left side, swap them, both transposed, another product, another shape."""
    pair = _pair(inference)
    signatures = [] if pair is None else [_signature(inference, node) for node in pair]
    if pair is None or signatures[0] is None or signatures[1] is None:
        return
    (left, right), (a, b) = pair, (signatures[0], signatures[1])
    source = inference.source
    left_span, right_span = _span(inference, left), _span(inference, right)
    turned_left = (left_span, transposed(source, left, a.ndim))
    turned_right = (right_span, transposed(source, right, b.ndim))
    if b.ndim > 1:
        yield replaced(source, turned_right), tr("Transpose {operand}", operand=text_of(source, right))
    if a.ndim > 1:
        yield replaced(source, turned_left), tr("Transpose {operand}", operand=text_of(source, left))
    swapped = (left_span, _written(inference, right)), (right_span, _written(inference, left))
    yield replaced(source, *swapped), tr("Swap the two sides")
    if isinstance(inference.failed, Binary) and a.shape == b.shape:
        yield replaced(source, (inference.failed.operator_span, "*")), tr("Multiply cell by cell")
    if a.ndim > 1 and b.ndim > 1:
        yield replaced(source, turned_left, turned_right), tr("Transpose both")
    if a.ndim == 1 and b.ndim == 1 and inference.failed is not None:
        outer = f"outer({text_of(source, left)}, {text_of(source, right)})"
        yield replaced(source, (inference.failed.span, outer)), tr("Every cell with every cell")
    yield from _reshaped(inference, (left, a, left_span), (right, b, right_span))


def _reshaped(
    inference: Inference, left: tuple[Node, Signature, Span], right: tuple[Node, Signature, Span]
) -> Iterator[Candidate]:
    source = inference.source
    for (node, own, span), other, first in ((right, left[1].shape[-1:], True), (left, right[1].shape[-2:-1], False)):
        wanted = other[0] if other else None
        if own.ndim != _TWO or not own.size or not wanted or own.size % wanted:
            continue
        rest = own.size // wanted
        sizes = f"{wanted}, {rest}" if first else f"{rest}, {wanted}"
        reason = tr("Lay the cells of {operand} out anew", operand=text_of(source, node))
        yield replaced(source, (span, f"{atom(source, node)}.reshape({sizes})")), reason


def scalar_product(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``2 @ A`` as ``2 * A``."""
    node = inference.failed
    if isinstance(node, Binary):
        yield replaced(inference.source, (node.operator_span, "*")), tr("Multiply every cell")
    elif isinstance(node, Call):
        text = " * ".join(atom(inference.source, argument) for argument in node.arguments)
        yield replaced(inference.source, (node.span, f"({text})")), tr("Multiply every cell")


def broadcasting(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``@`` for ``*``, ``keepdims``, a new axis, a transpose, another shape."""
    node, pair = inference.failed, _pair(inference)
    if pair is None or (isinstance(node, Call) and node.function in ("full", "broadcast_to", "linalg.solve")):
        return
    source = inference.source
    sides = [(part, found) for part in pair if (found := _signature(inference, part)) is not None]
    product = node if isinstance(node, Binary) and node.operator == "*" else None
    if product is not None:
        yield replaced(source, (product.operator_span, "@")), tr("Multiply as matrices")
    for part in pair:
        yield from _kept(inference, part)
    yield from _lifted_all(inference, sides, 1)
    if product is not None:
        yield from _turned_products(inference, product)
    for part, signature in reversed(sides):
        if signature.ndim > 1:
            edit = (_span(inference, part), transposed(source, part, signature.ndim))
            yield replaced(source, edit), tr("Transpose {operand}", operand=text_of(source, part))
    if len(sides) == _TWO and sides[0][1].size == sides[1][1].size:
        text = f"{atom(source, pair[1])}.reshape({atom(source, pair[0])}.shape)"
        reason = tr("Lay the cells of {operand} out anew", operand=text_of(source, pair[1]))
        yield replaced(source, (_span(inference, pair[1]), text)), reason
    yield from _lifted_all(inference, sides, _TWO)


def _lifted_all(inference: Inference, sides: list[tuple[Node, Signature]], ndim: int) -> Iterator[Candidate]:
    for part, signature in sides:
        if signature.ndim == ndim:
            yield from _lifted(inference, part, signature)


def _kept(inference: Inference, node: Node) -> Iterator[Candidate]:
    """``x.sum(axis=1)`` keeps its axis with ``keepdims=True``."""
    if not isinstance(node, Call) or any(name == "keepdims" for name, _ in node.keywords):
        return
    row = FUNCTIONS.get(node.function)
    if row is not None and any(parameter.name == "keepdims" for parameter in row.parameters):
        text = text_of(inference.source, node)[:-1].rstrip(" ,") + ", keepdims=True)"
        text = text.replace("(, ", "(")
        yield replaced(inference.source, (node.span, text)), tr("Keep the axis")


def _lifted(inference: Inference, node: Node, signature: Signature) -> Iterator[Candidate]:
    """Make a vector a column, a matrix a stack of columns."""
    parts = [":"] * signature.ndim
    for position in range(signature.ndim, 0, -1):
        index = [*parts[:position], "None", *parts[position:]]
        reason = tr("Make {operand} a column", operand=text_of(inference.source, node))
        if signature.ndim > 1:
            reason = tr("Add an axis to {operand}", operand=text_of(inference.source, node))
        yield replaced(inference.source, (_span(inference, node), indexed(inference.source, node, index))), reason


def _turned_products(inference: Inference, node: Binary) -> Iterator[Candidate]:
    source = inference.source
    for part in (node.right, node.left):
        signature = _signature(inference, part)
        if signature is not None and signature.ndim > 1:
            edit = (_span(inference, part), transposed(source, part, signature.ndim))
            reason = tr("Multiply as matrices, {operand} transposed", operand=text_of(source, part))
            yield replaced(source, edit, (node.operator_span, "@")), reason


def not_square(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Take the pseudo-inverse for the inverse; the square ``A.T @ A`` elsewhere."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call) or not node.arguments:
        return
    name, first = node.function, node.arguments[0]
    operand = atom(source, first)
    if name == "linalg.inv":
        call = f"linalg.pinv({text_of(source, first)})"
        yield replaced(source, (node.span, call)), tr("Take the pseudo-inverse")
    if name == "linalg.solve" and len(node.arguments) == _TWO:
        call = f"(linalg.pinv({text_of(source, first)}) @ {atom(source, node.arguments[1])})"
        whole = node.span.start == 0 and node.span.end == len(source)
        yield replaced(source, (node.span, call[1:-1] if whole else call)), tr("Find the nearest solution")
    signature = _signature(inference, first)
    if signature is not None and name != "linalg.solve":
        turned = transposed(source, first, signature.ndim)
        yield replaced(source, (first.span, f"{turned} @ {operand}")), tr("Make it square with {text}", text=turned)
    if name in ("linalg.eigh", "linalg.eigvalsh", "linalg.det"):
        call = f"linalg.svd({text_of(source, first)})"
        yield replaced(source, (node.span, call)), tr("Take the singular values")


def reshaping(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Let ``-1`` find one of the sizes; or lay all in one row."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call) or not node.arguments:
        return
    written = source[problem.span.start : problem.span.end]
    sizes = [part.strip() for part in written.strip("()[]").split(",") if part.strip()]
    signature = _signature(inference, node.arguments[0])
    size = None if signature is None else signature.size
    bare = written.startswith(("(", "[")) or node.is_method
    for position in range(len(sizes) - 1, -1, -1):
        mended = [*sizes[:position], "-1", *sizes[position + 1 :]]
        text = ", ".join(mended)
        text = f"({text})" if written.startswith(("(", "[")) or not bare else text
        yield replaced(source, (problem.span, text)), tr("Let reshape find a size")
    if size is not None:
        yield replaced(source, (problem.span, str(size))), tr("Lay all cells in one row")


def joining(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Join along the other axis, or transpose one of the parts."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call):
        return
    other = {"vstack": "hstack", "hstack": "vstack"}.get(node.function)
    if other is not None:
        yield replaced(source, (node.name_span, other)), tr("Join the other way: {name}", name=other)
    place = dict(node.keywords).get("axis") or next(iter(node.arguments[1:]), None)
    for axis in (1, 0):
        if place is not None:
            yield replaced(source, (place.span, str(axis))), tr("Join along axis {axis}", axis=axis)
        elif other is None:
            end = node.span.end - 1
            yield f"{source[:end]}, axis={axis}{source[end:]}", tr("Join along axis {axis}", axis=axis)
    for span, _ in reversed(inference.clash):
        part = next((step.node for step in inference.steps if step.span == span), None)
        signature = None if part is None else _signature(inference, part)
        if part is not None and signature is not None and signature.ndim == _TWO:
            edit = (span, transposed(source, part, signature.ndim))
            yield replaced(source, edit), tr("Transpose {operand}", operand=text_of(source, part))


def axis(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the axes that there are, last first."""
    node = inference.failed
    if not isinstance(node, Call) or not node.arguments or problem.span == node.span:
        return
    signature = _signature(inference, node.arguments[0])
    for number in range(0 if signature is None else min(signature.ndim, 3)):
        last = (signature.ndim if signature is not None else 0) - 1 - number
        yield replaced(inference.source, (problem.span, str(last))), tr("Take axis {axis}", axis=last)


def index_range(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the last index that there is."""
    for span, number in inference.clash:
        step = next((step for step in inference.steps if step.span == span), None)
        if step is not None and isinstance(step.signature, Signature) and step.signature.shape[number]:
            last = (step.signature.shape[number] or 1) - 1
            yield replaced(inference.source, (problem.span, str(last))), tr("Take the last one")


def integer_power(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Write the exponent with a point."""
    span = problem.span
    yield replaced(inference.source, (span, inference.source[span.start : span.end] + ".0")), tr("Work with fractions")


def dtype(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``**`` for ``^``, ``~`` for ``-`` of truths, a conversion from float16."""
    node, source = inference.failed, inference.source
    if isinstance(node, Binary):
        signs = {"^": ("**",), "-": ("^",), "@": ("*",)}.get(node.operator, ())
        yield from ((replaced(source, (node.operator_span, sign)), tr("Write {sign}", sign=sign)) for sign in signs)
    elif isinstance(node, Unary) and node.operator == "-":
        yield replaced(source, (node.span, "~" + source[node.span.start + 1 : node.span.end])), tr("Write ~")
    elif isinstance(node, Call):
        for argument in node.arguments[:1]:
            if not isinstance(argument, Literal):
                text = f"{atom(source, argument)}.astype(float32)"
                yield replaced(source, (argument.span, text)), tr("Convert to float32")
