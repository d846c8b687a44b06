"""Tuples of Python's, ``A.shape`` and ``(2, 3)``, and several results at once: indexed, joined, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.mistake import Mistake
from playground.language.rules.shapes import shown
from playground.language.values import MISSING, Value, scalar_signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Coercion = Callable[[Value], Value]


def joined(left: Value, right: Value, sign: str, blank: Value, as_array: Coercion) -> Value:
    """Give ``left + right`` as one tuple, ``left == right`` and ``left != right`` as one truth.

    ``blank`` brings text and place of the result; ``as_array`` adds the signature to a constant.
    """
    if sign == "+":
        value = replace(blank, items=(left.items or ()) + (right.items or ()), is_tuple=True)
        if isinstance(left.constant, tuple) and isinstance(right.constant, tuple):
            return as_array(replace(value, constant=left.constant + right.constant))
        return value
    truth = replace(blank, signature=scalar_signature(bool))
    if left.constant is MISSING or right.constant is MISSING:
        return truth
    return replace(truth, constant=(left.constant == right.constant) is (sign == "=="))


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
            tr(
                "{operand} has {n} parts, numbered 0 to {last}: there is no part {place}.",
                operand=shown(value),
                n=len(parts),
                last=len(parts) - 1,
                place=place,
            ),
        )
    return replace(parts[place], text=blank.text, span=blank.span)
