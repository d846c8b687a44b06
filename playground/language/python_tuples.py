"""Tuples of Python's, ``A.shape`` and ``(2, 3)``, and several results at once: indexed, joined, repeated, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.mistake import Mistake
from playground.language.nodes import Attribute, Binary, Index, Literal, Unary
from playground.language.rules.shapes import shown
from playground.language.values import MISSING, Value, scalar_signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.language.nodes import Node

    Coercion = Callable[[Value], Value]

_MOST_PARTS: Final = 1000
_COUNTS: Final = frozenset({"ndim", "size", "itemsize", "nbytes", "len"})


def are_python(left: Value, right: Value, sign: str) -> bool:
    """Tell whether a sign between a tuple and something else means what it does in Python, not in arrays."""
    if sign == "*":
        return type(right.constant if left.is_tuple else left.constant) is int
    return left.is_tuple and right.is_tuple and sign in ("+", "==", "!=")


def is_count(node: Node) -> bool:
    """Tell from the text alone whether a number is written there that Python would repeat a tuple by."""
    if isinstance(node, Literal):
        return type(node.value) is int
    if isinstance(node, Index):
        return isinstance(node.value, Attribute) and node.value.name == "shape"
    if isinstance(node, Binary):
        return node.operator in ("+", "-", "*", "//", "%") and is_count(node.left) and is_count(node.right)
    if isinstance(node, Unary):
        return is_count(node.operand)
    return getattr(node, "name" if isinstance(node, Attribute) else "function", "") in _COUNTS


def joined(left: Value, right: Value, sign: str, blank: Value, as_array: Coercion) -> Value:
    """Give ``left + right`` and ``left * 3`` as one tuple, ``left == right`` and ``left != right`` as one truth.

    ``blank`` brings text and place of the result; ``as_array`` adds the signature to a constant.
    """
    if sign == "+":
        value = replace(blank, items=(left.items or ()) + (right.items or ()), is_tuple=True)
        if isinstance(left.constant, tuple) and isinstance(right.constant, tuple):
            return as_array(replace(value, constant=left.constant + right.constant))
        return value
    if sign == "*":
        return _repeated(*((left, right) if left.is_tuple else (right, left)), blank, as_array)
    truth = replace(blank, signature=scalar_signature(bool))
    if left.constant is MISSING or right.constant is MISSING:
        return truth
    return replace(truth, constant=(left.constant == right.constant) is (sign == "=="))


def _repeated(value: Value, count: Value, blank: Value, as_array: Coercion) -> Value:
    times, parts = count.constant, value.items or ()
    assert isinstance(times, int)
    if len(parts) * times > _MOST_PARTS:
        raise Mistake(
            "argument",
            tr("{text} would have {n} parts; at most {most} are made here.", text=blank.text, n=len(parts) * times,
               most=_MOST_PARTS),
            tr("For an array of equal numbers write full((1000,), 2)."),
        )  # fmt: skip
    found = replace(blank, items=parts * times, is_tuple=True)
    if isinstance(value.constant, tuple):
        return as_array(replace(found, constant=value.constant * times))
    return found


def picked(value: Value, items: Sequence[Value], blank: Value, as_array: Coercion) -> Value:
    """Give one part of a tuple or of several results, or a slice of a tuple; raises ``Mistake`` for any other index."""
    parts = value.items or ()
    place = items[0].constant if len(items) == 1 else MISSING
    if isinstance(place, slice) and value.is_tuple and MISSING not in (place.start, place.stop, place.step):
        found = replace(blank, items=parts[place], is_tuple=True)
        if isinstance(value.constant, tuple):
            return as_array(replace(found, constant=value.constant[place]))
        return found
    if not isinstance(place, int):
        raise Mistake("index", tr("Take one of {operand} by its number: {operand}[0].", operand=shown(value)))
    if not -len(parts) <= place < len(parts):
        raise Mistake(
            "index-range",
            tr("{operand} has one part, [0]: there is no part {place}.", operand=shown(value), place=place)
            if len(parts) == 1
            else tr(
                "{operand} has {n} parts, numbered 0 to {last}: there is no part {place}.",
                operand=shown(value),
                n=len(parts),
                last=len(parts) - 1,
                place=place,
            ),
        )
    return replace(parts[place], text=blank.text, span=blank.span)
