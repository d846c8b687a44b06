"""Repairs of shapes that don't stretch to each other: keepdims, new axes, transposes, parentheses, another axis."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Binary, Call, Literal, Sequence, walk
from playground.language.repairs.axes import moved_along
from playground.language.repairs.parts import TWO, Part, is_bare, pair, parent_of, signature_of, without_transpose
from playground.language.repairs.products import as_products
from playground.language.repairs.ranking import PER_CHARACTER, Candidate
from playground.language.rewriting import outer_span, replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem, Span

_NOT_PAIRS: Final = frozenset({"full", "broadcast_to", "linalg.solve"})
_MOST_NEW_AXES: Final = 3
_SURE: Final = 1.5
"""How much likelier an axis is that gives exactly the shape of the other side."""


def broadcasting(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``@`` for ``*``, ``keepdims``, new axes, an axis less, a transpose, another shape."""
    node, sides = inference.failed, pair(inference)
    if isinstance(node, Call) and node.function in _NOT_PAIRS:
        return
    yield from as_products(inference)
    yield from _end_to_end(inference, node)
    if node is not None:
        yield from _kept(inference, node)
    if sides is None:
        return
    left, right = sides
    mirrored = _is_transpose(left, right)
    for own, other in ((left, right), (right, left)):
        if not mirrored:
            yield from _lifted(inference, own, other)
        yield from _dropped(own, other)
        if own.ndim > 1:
            yield Candidate(own.becomes(own.turned), tr("Transpose {operand}", operand=own.text), "transpose")
    if isinstance(node, Binary) and node.operator == "@":
        yield from _batched(left, right)
    if left.signature.size == right.signature.size and not mirrored:
        reason = tr("Lay the cells of {operand} out anew", operand=right.text)
        yield Candidate(right.becomes(f"{right.atom}.reshape({left.atom}.shape)"), reason, "reshape")


def _end_to_end(inference: Inference, node: Node | None) -> Iterator[Candidate]:
    """``concatenate([[1, 2, 3], [4, 5]])`` for ``[1, 2, 3] + [4, 5]``, which Python joins."""
    if isinstance(node, Binary) and node.operator == "+":
        sides = [side for side in (node.left, node.right) if isinstance(side, Sequence) and not side.is_tuple]
        if len(sides) == TWO:
            lead = "np." if "np." in inference.source else ""
            call = f"{lead}concatenate([{', '.join(text_of(inference.source, side) for side in sides)}])"
            yield Candidate(replaced(inference.source, (node.span, call)), tr("Join them end to end"), "call", -0.5)


def _is_transpose(left: Part, right: Part) -> bool:
    """Tell whether one side is the other transposed: nothing makes ``A`` and ``A.T`` line up but a square."""
    one, other = (text_of(side.source, without_transpose(side.node)) for side in (left, right))
    return one == other and left.text != right.text


def _reductions(inference: Inference, node: Node) -> list[Call]:
    """Calls below ``node`` that lose an axis and needn't."""
    found = []
    for call in walk(node):
        if not isinstance(call, Call) or any(name == "keepdims" for name, _ in call.keywords):
            continue
        row = FUNCTIONS.get(call.function)
        if row is not None and any(parameter.name == "keepdims" for parameter in row.parameters):
            found.append(call)
    return found


def _kept(inference: Inference, node: Node) -> Iterator[Candidate]:
    """``x.sum(axis=1)`` keeps its axis with ``keepdims=True``: each alone, and all of them."""
    calls = _reductions(inference, node)
    edits = [(call.span, _with_keepdims(text_of(inference.source, call))) for call in calls]
    for edit in edits:
        yield Candidate(replaced(inference.source, edit), tr("Keep the axis"), "keepdims")
    if len(edits) > 1 and not any(_overlap(a[0], b[0]) for a, b in combinations(edits, TWO)):
        yield Candidate(replaced(inference.source, *edits), tr("Keep the axes"), "keepdims")


def _with_keepdims(call: str) -> str:
    return (call[:-1].rstrip(" ,") + ", keepdims=True)").replace("(, ", "(")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def other_axis(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Reduce along the other axis: ``A - A.mean(axis=0)`` for ``axis=1``."""
    node = inference.failed
    for call in [] if node is None else _reductions(inference, node):
        place = next((value for name, value in call.keywords if name == "axis"), None)
        place = place or next(iter(call.arguments[1:2]), None)
        operand = signature_of(inference, call.arguments[0]) if call.arguments else None
        if operand is None or not isinstance(place, Literal) or not isinstance(place.value, int):
            continue
        met = next((other.shape for own, other in _both_ways(pair(inference)) if own.node is call), None)
        for axis in range(min(operand.ndim, _MOST_NEW_AXES)):
            reason = tr("Go along axis {axis}", axis=axis)
            # argmax(scores, axis=1) has exactly the shape of the labels: then nothing else was meant
            is_same = operand.shape[:axis] + operand.shape[axis + 1 :] == met != ()
            doubt = 0.1 * axis - _SURE * is_same
            yield Candidate(replaced(inference.source, (place.span, str(axis))), reason, "axis", doubt)


def _both_ways(sides: tuple[Part, Part] | None) -> tuple[tuple[Part, Part], ...]:
    return () if sides is None else (sides, sides[::-1])


def _lifted(inference: Inference, own: Part, other: Part) -> Iterator[Candidate]:
    """New axes of size 1, so that the sizes line up with those of the other side; the last places first."""
    if not own.ndim:
        return
    missing = other.ndim - own.ndim
    count = missing if missing > 0 else 1
    if count > _MOST_NEW_AXES or (missing <= 0 and own.ndim > TWO) or missing < 0:
        return
    total = own.ndim + count
    in_front = tuple(range(count))  # there they are new anyway
    places = sorted(combinations(range(total), count), reverse=True)
    at_end = (total - 1,) if not missing and own.ndim > 1 else ()  # every column with every cell: nobody means that
    for rank, chosen in enumerate(place for place in places if place not in (in_front, at_end)):
        moved = moved_along(inference, chosen[0]) if missing == 0 else []  # the result has an axis more than before
        yield _with_axes(own, total, chosen, 0.1 * rank, moved)


def _with_axes(
    own: Part, total: int, places: tuple[int, ...], doubt: float, moved: list[tuple[Span, str]]
) -> Candidate:
    first = next(place for place in range(total) if place not in places)  # axes in front come by themselves
    index = ["None" if place in places else ":" for place in range(first, total)]
    if own.ndim == 1:
        column = tr("Make {operand} a column", operand=own.text)
        reason = column if total == TWO else tr("Put {operand} along another axis", operand=own.text)
        change = "column"
    else:
        reason, change = tr("Add an axis to {operand}", operand=own.text), "add an axis"
    if moved:
        reason = tr("{first}; {second}", first=reason, second=tr("the axis moves along"))
        doubt -= PER_CHARACTER * max(0, moved[0][0].start - own.span.end)  # what lies between stays as it is
    text = replaced(own.source, (own.span, f"{own.atom}[{', '.join(index)}]"), *moved)
    return Candidate(text, reason, change, doubt)


def _dropped(own: Part, other: Part) -> Iterator[Candidate]:
    """An axis of size 1 that the other side doesn't have goes."""
    if own.ndim <= other.ndim:
        return
    for place, size in enumerate(own.shape):
        if size == 1:
            index = ", ".join([":"] * place + ["0"])
            reason = tr("Drop axis {axis} of {operand}", axis=place, operand=own.text)
            yield Candidate(own.becomes(f"{own.atom}[{index}]"), reason, "drop an axis")


def _batched(left: Part, right: Part) -> Iterator[Candidate]:
    """Every matrix of one stack with every matrix of the other."""
    if left.ndim > TWO and right.ndim > TWO:
        reason = tr("Every matrix of {left} with every one of {right}", left=left.text, right=right.text)
        yield Candidate(left.becomes(f"{left.atom}[:, None]"), reason, "add an axis")


def parenthesized(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``(A + B) @ C`` for ``A + B @ C``: another operator first, here or one level further out."""
    node = inference.failed
    if not isinstance(node, Binary):
        return
    for outer in (node, parent_of(inference, node)):
        if isinstance(outer, Binary):
            yield from _rotations(inference.source, outer)


def _rotations(source: str, node: Binary) -> Iterator[Candidate]:
    if isinstance(node.right, Binary) and is_bare(source, node.right):
        yield _grouped(source, node.left, node.right.left)
    if isinstance(node.left, Binary) and is_bare(source, node.left):
        yield _grouped(source, node.left.right, node.right)


def _grouped(source: str, first: Node, last: Node) -> Candidate:
    start, end = outer_span(source, first.span).start, outer_span(source, last.span).end
    part = source[start:end]
    text = f"{source[:start]}({part}){source[end:]}"
    return Candidate(text, tr("Compute {part} first", part=part), "parentheses")
