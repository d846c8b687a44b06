"""Repairs of the axis of a call: by the name that a person gave it, counted from 1, moved along with a new axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Binary, Call, Literal, Name, Sequence, Unary, children, walk
from playground.language.repairs.parts import part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.infer import Inference
    from playground.language.nodes import Node
    from playground.language.problems import Span
    from playground.language.repairs.parts import Part

_AXES_BY_WORD: Final = dict.fromkeys(("row", "rows", "index"), (0, 1)) | dict.fromkeys(
    ("col", "cols", "column", "columns"), (1, 0)
)
"""Axes by the words of tables: pandas counts ``rows`` as 0, others mean one number for each row."""
_SURE: Final = 1.7
"""How much likelier it is that a name stands for the axis that has it than that something else was meant."""


def axis_of(call: Call) -> Node | None:
    """Give what a call is told as its axis; None where it is told none."""
    row = FUNCTIONS.get(call.function)
    names = [] if row is None else [parameter.name for parameter in row.parameters if parameter.by_position]
    by_place = dict(zip(names, call.arguments, strict=False))
    return dict(call.keywords).get("axis") or by_place.get("axis")


def named_axis(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``axis=1`` for the name that a person gave this axis, as a text or without quotes, and for ``'columns'``."""
    given = axis_of(node)
    given = node.arguments[1] if given is None and len(node.arguments) > 1 else given
    array = part(inference, node.arguments[0]) if node.arguments else None
    if given is None or array is None:
        return
    words = [item for item in walk(given) if _word(item)]
    if len(words) > 1:
        edits = [(word.span, str(axis)) for word in words for axis in _axes_called(_word(word), array)[:1]]
        yield Candidate(replaced(inference.source, *edits), tr("Go along these axes"), "axis", -_SURE)
    if len(words) != 1:
        return
    (value,) = words
    is_named = any(each is given for _, each in node.keywords) or given is not value
    for rank, axis in enumerate(_axes_called(_word(value), array)):
        text = replaced(inference.source, (value.span, f"{axis}" if is_named else f"axis={axis}"))
        yield Candidate(
            text, tr("Go along axis {axis}", axis=axis), "axis", 0.1 * rank - _SURE * isinstance(value, Name)
        )
    if isinstance(value, Literal) and isinstance(value.value, str) and value.value.strip().lstrip("-").isdigit():
        yield Candidate(replaced(inference.source, (value.span, value.value.strip())), tr("Write a number"), "sign")


def _word(node: Node) -> str:
    if isinstance(node, Name):
        return node.name
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else ""


def _axes_called(word: str, array: Part) -> tuple[int, ...]:
    own = tuple(axis for axis, name in enumerate(array.signature.axis_names) if name == word)
    return own or _AXES_BY_WORD.get(word.lower(), ())


def call_along(inference: Inference, node: Node) -> Call | None:
    """Give the call whose axis ``node`` is, or is one of; None where it stands elsewhere."""
    for call in [] if inference.tree is None else walk(inference.tree):
        if isinstance(call, Call):
            axis = axis_of(call)
            if axis is not None and any(item is node for item in walk(axis)):
                return call
    return None


def from_one(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``axis=(1, 2, 3)`` for the ``axis=(2, 3, 4)`` of someone who counts from 1."""
    given = axis_of(node)
    array = part(inference, node.arguments[0]) if node.arguments else None
    if array is None or not isinstance(given, Sequence) or len(given.items) < 2:
        return
    axes = [item.value if isinstance(item, Literal) else 0 for item in given.items]
    if all(isinstance(axis, int) and 1 <= axis <= array.ndim for axis in axes):
        edits = [(item.span, str(int(axis) - 1)) for item, axis in zip(given.items, axes, strict=True)]  # type: ignore[arg-type]
        yield Candidate(replaced(inference.source, *edits), tr("Count the axes from 0"), "axis", -1.0)


def moved_along(inference: Inference, place: int) -> list[tuple[Span, str]]:
    """Give the edits that keep the axes around what failed where they were, once it has a new axis at ``place``.

    ``norm(X[:, None, :] - C, axis=2)`` goes over the features, as ``norm(X - C, axis=1)`` was to.
    """
    for call in _reductions_around(inference):
        axis = axis_of(call)
        items = axis.items if isinstance(axis, Sequence) else () if axis is None else (axis,)
        return [
            (item.span, str(item.value + 1))
            for item in items
            if isinstance(item, Literal) and type(item.value) is int and item.value >= place
        ]
    return []


def _reductions_around(inference: Inference) -> Iterator[Call]:
    """Calls with an axis around what failed, the innermost first, with nothing but cell-by-cell work between."""
    path: list[Node] = []
    node, failed = inference.tree, inference.failed
    while node is not None and node is not failed and failed is not None:
        path.append(node)
        node = next((child for child in children(node) if _holds(child, failed)), None)
    for around in reversed(path):
        if isinstance(around, (Binary, Unary)):
            continue
        if not isinstance(around, Call) or not around.arguments:
            return
        if axis_of(around) is not None:
            yield around
        row = FUNCTIONS.get(around.function)
        if row is None or any(parameter.name == "axis" for parameter in row.parameters):
            return


def _holds(outer: Node, inner: Node) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
