"""Repairs of calls that lay cells out or join them: reshape, concatenate and its kin, squares for linalg."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Call, Sequence
from playground.language.repairs.parts import TWO, Part, pair, part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import atom, replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_OTHER_WAY: Final = {"vstack": "hstack", "hstack": "vstack"}
_WITH_AXIS: Final = frozenset({"concatenate", "stack"})


def not_square(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Take the pseudo-inverse, or the nearest solution; the square ``A.T @ A`` elsewhere."""
    node, source = inference.failed, inference.source
    first = part(inference, node.arguments[0]) if isinstance(node, Call) and node.arguments else None
    if not isinstance(node, Call) or first is None:
        return
    lead, whole = prefix_of(source, node), node is inference.tree
    if node.function == "linalg.inv":
        call = f"{lead}linalg.pinv({first.text})"
        reason = tr("Take the pseudo-inverse: {operand} isn't square", operand=first.text)
        yield Candidate(replaced(source, (node.span, call)), reason, "another function", -0.8)
    if node.function == "linalg.solve" and len(node.arguments) == TWO:
        product = f"{lead}linalg.pinv({first.text}) @ {atom(source, node.arguments[1])}"
        text = replaced(source, (node.span, product if whole else f"({product})"))
        yield Candidate(text, tr("Find the nearest solution"), "another function", -0.5)
        yield from _swapped_arguments(inference)
        return
    squares = [f"{first.turned} @ {first.atom}", f"{first.atom} @ {first.turned}"]
    if first.ndim > 1 and (first.shape[-2] or 0) < (first.shape[-1] or 0):
        squares.reverse()  # the smaller of the two can have an inverse
    for doubt, square in enumerate(squares):
        yield Candidate(first.becomes(square), tr("Make it square with {text}", text=square), "square", 0.2 * doubt)
    if node.function in ("linalg.eigh", "linalg.eigvalsh", "linalg.det", "linalg.eig", "linalg.eigvals"):
        call = f"{lead}linalg.svd({first.text})"
        yield Candidate(replaced(source, (node.span, call)), tr("Take the singular values"), "another function", 0.4)


def too_few_axes(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Swap the arguments; make a matrix of a vector; transpose the last two axes otherwise."""
    node, source = inference.failed, inference.source
    yield from _swapped_arguments(inference)
    if source[: problem.span.end].endswith(".mT"):
        text = source[: problem.span.end - 2] + "T" + source[problem.span.end :]
        yield Candidate(text, tr("Transpose all axes"), "word")
    if isinstance(node, Call) and node.arguments:
        first = part(inference, node.arguments[0])
        if first is not None and first.ndim == 1:
            for doubt, index in enumerate(("None, :", ":, None")):
                reason = tr("Make {operand} a matrix", operand=first.text)
                yield Candidate(first.becomes(f"{first.atom}[{index}]"), reason, "column", 0.2 * doubt)
        stacked = node.function in ("dstack", "column_stack")
        if stacked and len(node.arguments) == 1 and isinstance(node.arguments[0], Sequence):
            call = f"{prefix_of(source, node)}stack({text_of(source, node.arguments[0])})"
            yield Candidate(replaced(source, (node.span, call)), tr("Stack them"), "join otherwise")


def swapped_arguments(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``percentile(A, 5)`` for ``percentile(5, A)``."""
    yield from _swapped_arguments(inference)


def _swapped_arguments(inference: Inference) -> Iterator[Candidate]:
    sides = pair(inference)
    if sides is None:
        return
    left, right = sides
    text = replaced(inference.source, (left.span, right.text), (right.span, left.text))
    yield Candidate(text, tr("Swap the two arguments"), "swap", -1.0)


def reshaping(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Let ``-1`` find one of the sizes; or lay all in one row."""
    node, source = inference.failed, inference.source
    operand = part(inference, node.arguments[0]) if isinstance(node, Call) and node.arguments else None
    if not isinstance(node, Call) or operand is None:
        return
    written = source[problem.span.start : problem.span.end]
    sizes = [size.strip() for size in written.strip("()[]").split(",") if size.strip()]
    bracketed = written.startswith(("(", "["))
    for rank, position in enumerate([0, *range(len(sizes) - 1, 0, -1)]):
        if sizes[position : position + 1] == ["-1"]:
            continue
        mended = [*sizes[:position], "-1", *sizes[position + 1 :]]
        if sizes.count("-1"):
            mended = [size for size in mended if size != "-1"]
            mended.insert(position, "-1")
        text = ", ".join(mended)
        text = f"({text})" if len(mended) > 1 and (bracketed or not node.is_method) else text
        yield Candidate(
            replaced(source, (problem.span, text)), tr("Let reshape find a size"), "find a size", 0.3 * rank
        )
    stack = operand.shape
    if None not in stack and len(stack) > 1 and sizes == [str(prod(size or 0 for size in stack[1:]))]:
        text = f"{stack[0]}, -1" if node.is_method and not bracketed else f"({stack[0]}, -1)"
        reason = tr("Lay each of {operand} flat", operand=operand.text)
        yield Candidate(replaced(source, (problem.span, text)), reason, "flatten", -0.4)
    if sizes in (["-1"], []):
        return
    yield Candidate(replaced(source, (problem.span, "-1")), tr("Lay all cells in one row"), "find a size", 2.0)


def joining(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Join along the other axis, transpose one of the parts, or give a part the axis that it lacks."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call) or not node.arguments:
        return
    yield from _other_join(inference, node)
    listed = node.arguments[0]
    items = node.arguments[:TWO] if node.function == "append" else getattr(listed, "items", ())
    parts = [found for item in items if (found := part(inference, item))]
    most = max((found.ndim for found in parts), default=0)
    for found in reversed(parts):
        if found.ndim == TWO:
            yield Candidate(found.becomes(found.turned), tr("Transpose {operand}", operand=found.text), "transpose")
    yield from _raised([found for found in parts if found.ndim == most - 1 and found.ndim < TWO])
    for found in parts:
        if found.ndim == TWO and most == TWO and 1 in found.shape:
            reason = tr("Make {operand} a vector", operand=found.text)
            yield Candidate(found.becomes(f"{found.atom}.ravel()"), reason, "drop an axis")
    if node.function == "concatenate" and len(parts) == TWO and [found.ndim for found in parts] == [1, 0]:
        call = f"{prefix_of(source, node)}append({parts[0].text}, {parts[1].text})"
        yield Candidate(replaced(source, (node.span, call)), tr("Append it"), "call", 0.6)
    if node.function == "stack" and len({found.ndim for found in parts}) == 1:
        call = f"{prefix_of(source, node)}concatenate"
        yield Candidate(replaced(source, (node.name_span, call)), tr("Join them end to end"), "join otherwise")


def _raised(lower: list[Part]) -> Iterator[Candidate]:
    """Vectors among matrices become columns or rows, numbers among vectors lists of one, all alike."""
    if not lower:
        return
    if not lower[0].ndim:
        edits = [(found.span, f"[{found.text}]") for found in lower]
        reason = tr("Make {operand} a list of one", operand=lower[0].text)
        yield Candidate(replaced(lower[0].source, *edits), reason, "brackets")
        return
    for doubt, index in enumerate((":, None", "None, :")):
        edits = [(found.span, f"{found.atom}[{index}]") for found in lower]
        word = tr("a column") if index.startswith(":") else tr("a row")
        reason = tr("Make {operand} {word}", operand=lower[0].text, word=word)
        yield Candidate(replaced(lower[0].source, *edits), reason, "column", 0.1 * doubt)


def _other_join(inference: Inference, node: Call) -> Iterator[Candidate]:
    source = inference.source
    if node.function in _WITH_AXIS and len(node.arguments) == 1 and not node.keywords:
        call = prefix_of(source, node) + "column_stack"
        reason = tr("Stack them as columns")
        yield Candidate(replaced(source, (node.name_span, call)), reason, "join otherwise", 0.4)
    other = _OTHER_WAY.get(node.function)
    if other is not None:
        call = prefix_of(source, node) + other
        reason = tr("Join the other way: {name}", name=other)
        yield Candidate(replaced(source, (node.name_span, call)), reason, "join otherwise", -0.6)
        call = prefix_of(source, node) + "column_stack"
        yield Candidate(replaced(source, (node.name_span, call)), tr("Stack them as columns"), "join otherwise")
    place = dict(node.keywords).get("axis") or next(iter(node.arguments[1:]), None)
    for axis in (1, 0, 2) if node.function in _WITH_AXIS else ():
        reason = tr("Join along axis {axis}", axis=axis)
        if place is not None:
            yield Candidate(replaced(source, (place.span, str(axis))), reason, "join otherwise", -0.4)
        else:
            end = node.span.end - 1
            yield Candidate(f"{source[:end]}, axis={axis}{source[end:]}", reason, "join otherwise", -0.4)


def ragged(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``concatenate([u, v])`` for a list of arrays that differ in length."""
    node = inference.tree
    if isinstance(node, Sequence) and node.span.start <= problem.span.start and problem.span.end <= node.span.end:
        text = replaced(inference.source, (node.span, f"concatenate({text_of(inference.source, node)})"))
        yield Candidate(text, tr("Join them end to end"), "call")
        text = replaced(inference.source, (node.span, f"hstack({text_of(inference.source, node)})"))
        yield Candidate(text, tr("Join them side by side"), "call", 0.1)


def stretched_to(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """A new axis at the end, or a transpose, for what doesn't stretch to a shape that is written."""
    node = inference.failed
    if not isinstance(node, Call) or node.function not in ("broadcast_to", "full", "full_like"):
        return
    given = (*node.arguments, *(value for _, value in node.keywords))
    found = next((found for each in given if each.span == problem.span and (found := part(inference, each))), None)
    if found is None:
        return
    if found.ndim > 1:
        yield Candidate(found.becomes(found.turned), tr("Transpose {operand}", operand=found.text), "transpose")
    if 0 < found.ndim <= TWO:
        column = f"{found.atom}[{':, ' * found.ndim}None]"
        yield Candidate(found.becomes(column), tr("Add an axis to {operand}", operand=found.text), "column")


def splitting(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``array_split`` for parts that can't be equal."""
    node, source = inference.failed, inference.source
    axes = {"split": "", "vsplit": "", "hsplit": ", axis=1", "dsplit": ", axis=2"}
    if not isinstance(node, Call) or node.function not in axes or node.is_method:
        return
    found = part(inference, node.arguments[0]) if node.arguments else None
    axis = axes[node.function] if found is None or found.ndim > 1 else ""
    inside = source[node.name_span.end : node.span.end - 1]
    call = f"{prefix_of(source, node)}array_split{inside}{axis})"
    yield Candidate(replaced(source, (node.span, call)), tr("Let the parts differ by one"), "call")


def squeezing(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Drop an axis of size 1 instead, or take the first along the axis that is longer."""
    node, source = inference.failed, inference.source
    found = part(inference, node.arguments[0]) if isinstance(node, Call) and node.arguments else None
    if not isinstance(node, Call) or found is None:
        return
    place = dict(node.keywords).get("axis") or next(iter(node.arguments[1:]), None)
    for axis, size in enumerate(found.shape):
        if size == 1 and place is not None:
            text = replaced(source, (place.span, str(axis)))
            yield Candidate(text, tr("Drop axis {axis}, which has size 1", axis=axis), "axis", -1.0)
    for _, axis in inference.clash:
        text = replaced(source, (node.span, f"{found.atom}[{':, ' * axis}0]"))
        yield Candidate(text, tr("Take the first along axis {axis}", axis=axis), "drop an axis", 0.2)
    bare = f"{found.atom}.squeeze()" if node.is_method else f"{prefix_of(source, node)}squeeze({found.text})"
    yield Candidate(replaced(source, (node.span, bare)), tr("Drop every axis of size 1"), "axis", 0.3)
