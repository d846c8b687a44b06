"""Gives what was found out about one text the places of another: for words that were read as other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from playground.language.nodes import Node
from playground.language.problems import Problem, Span
from playground.language.values import Step
from playground.record import Record, fields, replace

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_WITH_PLACES = (Node, Problem, Step)


class Placing:
    """Moves trees, steps and problems; a node that several of them hold becomes one node again."""

    def __init__(self, place: Callable[[Span], Span]) -> None:
        self._place = place
        self._moved: dict[int, tuple[object, object]] = {}  # with what was moved, so that its id stays taken

    def moved(self, value: T) -> T:
        """Give ``value`` with every place in it moved."""
        if isinstance(value, Span):
            return self._place(value)  # type: ignore[return-value]
        if isinstance(value, tuple) and type(value) is tuple:
            return tuple(map(self.moved, value))  # type: ignore[return-value]
        if not isinstance(value, _WITH_PLACES):
            return value
        if id(value) not in self._moved:
            self._moved[id(value)] = (value, self._anew(value))
        return self._moved[id(value)][1]  # type: ignore[return-value]

    def _anew(self, value: Record) -> Record:
        # Repairs are whole formulas of their own, and a value that is known has no place.
        names = [name for name in fields(type(value)) if name not in ("repairs", "constant", "signature", "axes")]
        return replace(value, **{name: self.moved(getattr(value, name)) for name in names})
