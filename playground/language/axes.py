"""Which axes are the same axis: a union-find over axis numbers, so that colours and names can follow an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.language.signature import AxisNames

Axes = tuple[int, ...]


class AxisClasses:
    """Hands out axis numbers and remembers which of them an operation made equal.

    Attributes
    ----------
    names
        What a person calls an axis, by its number; empty where nobody named one, and then names cost nothing.
    """

    def __init__(self) -> None:
        self._parent: list[int] = []
        self.names: dict[int, str] = {}

    def fresh(self, count: int, names: AxisNames = ()) -> Axes:
        """Give ``count`` new axes that are equal to no other yet, with their ``names`` where they have any."""
        start = len(self._parent)
        self._parent.extend(range(start, start + count))
        for place, name in enumerate(names):
            if name is not None:
                self.names[start + place] = name
        return tuple(range(start, start + count))

    def names_of(self, axes: Axes) -> AxisNames:
        """Names of ``axes``: each its own, else the oldest of those that are the same axis; empty for none at all."""
        oldest: dict[int, str] = {}
        for axis in sorted(self.names):
            oldest.setdefault(self.find(axis), self.names[axis])
        found = tuple(self.names.get(axis) or oldest.get(self.find(axis)) for axis in axes)
        return found if any(found) else ()

    def find(self, axis: int) -> int:
        """Give the representative of the class of ``axis``."""
        while self._parent[axis] != axis:
            self._parent[axis] = self._parent[self._parent[axis]]
            axis = self._parent[axis]
        return axis

    def unite(self, first: int, second: int) -> None:
        """Make two axes the same; the older one stands for both."""
        first, second = self.find(first), self.find(second)
        self._parent[max(first, second)] = min(first, second)

    def numbered(self, groups: Iterable[Axes]) -> list[Axes]:
        """Give the groups with their classes numbered from 0 in order of first appearance."""
        numbers: dict[int, int] = {}
        return [tuple(numbers.setdefault(self.find(axis), len(numbers)) for axis in group) for group in groups]
