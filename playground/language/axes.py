"""Which axes are the same axis: a union-find over axis numbers, so that colours can follow an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Axes = tuple[int, ...]


class AxisClasses:
    """Hands out axis numbers and remembers which of them an operation made equal."""

    def __init__(self) -> None:
        self._parent: list[int] = []

    def fresh(self, count: int) -> Axes:
        """Give ``count`` new axes that are equal to no other yet."""
        start = len(self._parent)
        self._parent.extend(range(start, start + count))
        return tuple(range(start, start + count))

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
