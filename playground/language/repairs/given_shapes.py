"""Repairs of what doesn't fit into a shape that is given: ``x += y`` that would grow x, rows too many or too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary, Call, Literal, Sequence, walk
from playground.language.repairs.parts import TWO, Part, pair, part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem


def fitted(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Make a new array, add up what is too much, take the first cells, fill up with zeros, drop axes of size 1."""
    call = inference.failed
    if not isinstance(call, Call) or call.function != "broadcast_to" or len(call.arguments) != 2 or call.keywords:
        return
    own, wanted = part(inference, call.arguments[0]), _sizes(inference, call.arguments[1])
    if own is None or wanted is None:
        return
    yield from _in_place(inference, call)
    if own.shape[: own.ndim - len(wanted)] == (1,) * (own.ndim - len(wanted)) != ():
        index = ", ".join("0" * (own.ndim - len(wanted)))
        reason = tr("Drop axis {axis} of {operand}", axis=0, operand=own.text)
        yield Candidate(own.becomes(f"{own.atom}[{index}]"), reason, "drop an axis")
    if own.ndim == len(wanted) and not isinstance(own.node, Binary):
        yield from _cut_or_filled(inference, call, own, wanted)


def cut(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``x + positions[:50]`` where a table that is stretched over a stack has more rows than the stack."""
    sides = pair(inference)
    for own, other in (sides, sides[::-1]) if sides is not None else ():
        missing = other.ndim - own.ndim
        if own.ndim < TWO or missing < 0 or None in (*own.shape, *other.shape):
            continue
        wanted = other.shape[missing:]
        sizes = list(zip(own.shape, wanted, strict=True))
        differing = [axis for axis, (size, wish) in enumerate(sizes) if size not in (1, wish)]
        is_stretched = missing > 0 or any(size == 1 != wish for size, wish in sizes)
        if len(differing) != 1 or differing[0] == own.ndim - 1 or not is_stretched:
            continue  # what lies along the last axis are features, which nobody cuts
        axis = differing[0]
        if (own.shape[axis] or 0) > (wanted[axis] or 0) > 1:
            index = ", ".join([":"] * axis + [f":{wanted[axis]}"])
            reason = tr("Take as many cells of {operand} as fit", operand=own.text)
            yield Candidate(own.becomes(f"{own.atom}[{index}]"), reason, "cut", 1.0)


def differences(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``np.diff(A) + A[:, 1:]``: differences are fewer than the cells between which they are."""
    sides = pair(inference)
    for own, other in (sides, sides[::-1]) if sides is not None else ():
        if not any(isinstance(node, Call) and node.function == "diff" for node in walk(own.node)):
            continue
        if own.ndim != other.ndim or None in (*own.shape, *other.shape):
            continue
        less = [(other.shape[axis] or 0) - (own.shape[axis] or 0) for axis in range(own.ndim)]
        if sorted(less)[-1:] == [1] and sum(map(abs, less)) == 1:
            before = ":, " * less.index(1)
            for doubt, index in enumerate((f"{before}1:", f"{before}:-1")):
                reason = tr("Take the cells where a difference ends") if index.endswith("1:") else tr(
                    "Take the cells where a difference begins")  # fmt: skip
                yield Candidate(other.becomes(f"{other.atom}[{index}]"), reason, "cut", 0.1 * doubt - 2.0)


def _in_place(inference: Inference, call: Call) -> Iterator[Candidate]:
    """``b - g.sum(axis=0)`` for ``b -= g``, which a pasted error has as ``broadcast_to(b - g, b.shape)``."""
    sum_, target = call.arguments
    if not isinstance(sum_, Binary) or not isinstance(target, Attribute) or target.name != "shape":
        return
    source = inference.source
    whole = text_of(source, sum_) if call is inference.tree else f"({text_of(source, sum_)})"
    yield Candidate(replaced(source, (call.span, whole)), tr("Make a new array"), "another function")
    kept = text_of(source, target.value)
    sides = {text_of(source, side): side for side in (sum_.left, sum_.right)}
    if len(sides) != 2 or kept not in sides:
        return
    (other,) = (part(inference, side) for text, side in sides.items() if text != kept)
    size = part(inference, sides[kept])
    if other is None or size is None:
        return
    added = _added_up(other, size)
    if added:
        begin = other.span.start - sum_.span.start
        end = other.span.end - sum_.span.start
        text = source[sum_.span.start : sum_.span.end]
        mended = text[:begin] + added + text[end:]
        mended = mended if call is inference.tree else f"({mended})"
        reason = tr("Add up {operand} to the shape of {kept}", operand=other.text, kept=kept)
        yield Candidate(replaced(source, (call.span, mended)), reason, "add up")


def _added_up(other: Part, kept: Part) -> str:
    """Give the sum of ``other`` over the axes that ``kept`` hasn't, or has with one cell; empty where none would do."""
    more = other.ndim - kept.ndim
    if more > 0 and other.shape[more:] == kept.shape:
        axes = "0" if more == 1 else f"({', '.join(map(str, range(more)))})"
        return f"{other.atom}.sum(axis={axes})"
    ones = [axis for axis, (a, b) in enumerate(zip(other.shape, kept.shape, strict=False)) if a != b and b == 1]
    rest = [a == b for axis, (a, b) in enumerate(zip(other.shape, kept.shape, strict=False)) if axis not in ones]
    if more or not ones or not all(rest):
        return ""
    axes = str(ones[0]) if len(ones) == 1 else f"({', '.join(map(str, ones))})"
    return f"{other.atom}.sum(axis={axes}, keepdims=True)"


def _cut_or_filled(inference: Inference, call: Call, own: Part, wanted: tuple[int, ...]) -> Iterator[Candidate]:
    """``A[:2]`` of three rows where two are wanted; zeros behind where there are too few."""
    pairs = [(size, wish) for size, wish in zip(own.shape, wanted, strict=True) if size is not None]
    if len(pairs) != own.ndim or any(size == 1 != wish for size, wish in pairs):
        return
    larger, smaller = any(size > wish for size, wish in pairs), any(size < wish for size, wish in pairs)
    if larger and not smaller:
        places = [":" if size == wish else f":{wish}" for size, wish in pairs]
        while places[-1] == ":":
            places.pop()
        index = ", ".join(places)
        reason = tr("Take as many cells of {operand} as fit", operand=own.text)
        yield Candidate(replaced(inference.source, (call.span, f"{own.atom}[{index}]")), reason, "cut")
    if smaller and not larger:
        widths = ", ".join(f"(0, {wish - size})" for size, wish in pairs)
        widths = widths if len(pairs) == 1 else f"({widths})"
        text = f"{prefix_of(inference.source, call)}pad({own.text}, {widths})"
        reason = tr("Fill {operand} up with zeros", operand=own.text)
        yield Candidate(replaced(inference.source, (call.span, text)), reason, "cut", 0.2)


def _sizes(inference: Inference, node: Node) -> tuple[int, ...] | None:
    """Give the shape that is written, or that ``x.shape`` stands for; None where only the data decides it."""
    constant = next((step.constant for step in inference.steps if step.node is node), MISSING)
    if isinstance(node, Literal):
        constant = (node.value,)
    elif isinstance(node, Sequence):
        constant = tuple(getattr(item, "value", None) for item in node.items)
    if isinstance(constant, tuple) and all(type(size) is int for size in constant):
        return tuple(int(size) for size in constant)
    return None
