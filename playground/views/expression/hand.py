"""Where the person's hand is in the equation, as a value that undo keeps, and how it comes back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.views.expression.boxes import GridBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from playground.views.expression.equation import EquationView
    from playground.views.grid.ranges import Ranges


class Hand(Record, eq=False):
    """The hand is on ``ranges`` of the grid of ``entry``, which is the part number ``place`` of the equation."""

    entry: str
    place: int
    ranges: Ranges


def hand_in(equation: EquationView) -> Hand | None:
    """Where the hand is now: in the grid that has the focus, or had it before a menu or a question opened."""
    widget = equation.window().focusWidget()
    for place, box in enumerate(equation.parts):
        if isinstance(box, GridBox) and _holds(box, widget):
            return Hand(box.entry, place, box.grid.ranges)
    return None


def bring_back(equation: EquationView, hand: object, before: object) -> None:
    """Select what ``hand`` was on and scroll there.

    The focus goes along where the hand was in a grid ``before``, even one that is gone by now, and from nowhere else.
    """
    if not isinstance(hand, Hand) or (place := _place(equation, hand)) is None:
        return
    box = equation.open_part(place)
    if box is None:
        return
    grid = box.grid
    if before is not None:
        grid.setFocus()
    grid.select_ranges(hand.ranges.clipped(grid.source.rows, grid.source.columns), chosen=False)
    equation.ensureWidgetVisible(box)


def _holds(box: GridBox, widget: QWidget | None) -> bool:
    return widget is not None and (box.grid is widget or box.grid.isAncestorOf(widget))


def _place(equation: EquationView, hand: Hand) -> int | None:
    """The same part of the equation, or, where another formula is shown by now, the first grid of that entry."""
    places = [place for place, box in enumerate(equation.parts) if getattr(box, "entry", None) == hand.entry]
    return hand.place if hand.place in places else next(iter(places), None)
