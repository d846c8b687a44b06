"""Which cells of every part of a formula one cell hangs on, and which hang on it: exact, of any size, no values.

By the ties of one operation after the other (`ties`), so through intermediate results as well. Where one operation on
the way can't be said exactly nothing is said at all: an operand cell that isn't named never changes the chosen cell.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from playground.explain.carrying import Box, UnsayableError, merged, needed, reached
from playground.explain.origin import integer
from playground.explain.ties import Formula, ties_of
from playground.language.nodes import Literal, Name, Node, Sequence, walk
from playground.language.values import MISSING

if TYPE_CHECKING:
    from playground.explain.carrying import Tie
    from playground.language.infer import Inference

Place = tuple[int, int]
"""Start and end of a sub-expression in the formula's text."""
Cells = dict[Place, tuple[Box, ...]]


class Reach:
    """What hangs on what in one formula without problems. Ties are looked for once, when first asked for."""

    def __init__(self, inference: Inference) -> None:
        self._tree = inference.tree
        steps = {_place(step): step for step in inference.steps}
        self._shapes = {place: getattr(step.signature, "shape", None) for place, step in steps.items()}
        self._constants = {place: step.constant for place, step in steps.items()}
        self._sources = {place: step.source for place, step in steps.items()}
        self._formula = Formula(lambda node: self._shapes.get(_place(node)), self._constant)
        self._ties: dict[Place, tuple[Tie, ...]] = {}

    def look(self) -> None:
        """Look for all ties now."""
        with contextlib.suppress(UnsayableError, RecursionError):
            for node in () if self._tree is None else walk(self._tree):
                self._ties_of(node)

    def names(self, name: str) -> tuple[Place, ...]:
        """Where an entry stands in the formula."""
        if self._tree is None:
            return ()
        return tuple(_place(node) for node in walk(self._tree) if isinstance(node, Name) and node.name == name)

    def written(self, text: str) -> tuple[Place, ...]:
        """Where a sub-expression stands, by its text."""
        return tuple(place for place, source in self._sources.items() if source == text)

    @property
    def whole(self) -> Place | None:
        """Place of the formula itself."""
        return None if self._tree is None else _place(self._tree)

    def needs(self, place: Place, cell: tuple[int, ...]) -> Cells | None:
        """Cells of each part that the ``cell`` of the sub-expression at ``place`` hangs on; None where unsayable."""
        node = self._at(place)
        shape = None if node is None else self._shapes.get(place)
        if node is None or not _inside(cell, shape):
            return None
        found: Cells = {}
        with contextlib.suppress(UnsayableError, RecursionError):
            self._descend(node, (_box(cell),), found)
            return found
        return None

    def feeds(self, places: tuple[Place, ...], cell: tuple[int, ...]) -> Cells | None:
        """Cells of each part that hang on the ``cell`` of what stands at ``places``; None where unsayable."""
        if self._tree is None or not places or not all(_inside(cell, self._shapes.get(place)) for place in places):
            return None
        found: Cells = {place: (_box(cell),) for place in places}
        with contextlib.suppress(UnsayableError, RecursionError):
            self._ascend(self._tree, found, set())
            return found
        return None

    def _descend(self, node: Node, boxes: tuple[Box, ...], found: Cells) -> None:
        place = _place(node)
        found[place] = merged((*found.get(place, ()), *boxes))
        below: dict[Place, list[Box]] = {}
        ties = self._ties_of(node)
        for tie in ties:
            below.setdefault(_place(tie.part), []).extend(box for own in boxes for box in needed(tie, own))
        for tie in ties:
            if part := below.pop(_place(tie.part), None):
                self._descend(tie.part, merged(part), found)

    def _ascend(self, node: Node, found: Cells, done: set[Place]) -> tuple[Box, ...]:
        """Cells of ``node`` that hang on those already in ``found``."""
        place = _place(node)
        if place in found or place in done:
            return found.get(place, ())
        done.add(place)
        boxes = [
            box
            for tie in self._ties_of(node)
            for own in self._ascend(tie.part, found, done)
            for box in reached(tie, own)
        ]
        if boxes:
            found[place] = merged(boxes)
        return found.get(place, ())

    def _ties_of(self, node: Node) -> tuple[Tie, ...]:
        place = _place(node)
        if place not in self._ties:
            try:
                self._ties[place] = ties_of(node, self._formula)
            except (ValueError, IndexError, TypeError, KeyError) as error:  # a wish that no rule foresaw
                raise UnsayableError from error
        return self._ties[place]

    def _at(self, place: Place) -> Node | None:
        return None if self._tree is None else next((n for n in walk(self._tree) if _place(n) == place), None)

    def _constant(self, node: Node) -> object:
        """What is known of a part before it runs: a number as it is written, or what inference found."""
        number = integer(node)
        if number is not None:
            return number
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Sequence):
            return tuple(self._constant(item) for item in node.items)
        return self._constants.get(_place(node), MISSING)


def _place(part: object) -> Place:
    span = part.span  # type: ignore[attr-defined]
    return span.start, span.end


def _box(cell: tuple[int, ...]) -> Box:
    return tuple(range(place, place + 1) for place in cell)


def _inside(cell: tuple[int, ...], shape: tuple[int | None, ...] | None) -> bool:
    return shape is not None and len(cell) == len(shape) and all(k < (n or 0) for k, n in zip(cell, shape, strict=True))
