"""Several rectangles of selected cells as a value: the one that holds the active cell, and others beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.views.grid.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[int, int, int, int]


class Ranges(Record):
    """Rectangles in the order in which they were selected; ``parts[at]`` holds the active cell."""

    parts: tuple[Selection, ...]
    at: int = 0

    @classmethod
    def of(cls, selection: Selection) -> Ranges:
        """Return one rectangle alone."""
        return cls((selection,))

    @property
    def active(self) -> Selection:
        """The rectangle with the active cell."""
        return self.parts[self.at]

    @property
    def several(self) -> bool:
        """Whether there is more than one rectangle."""
        return len(self.parts) > 1

    @property
    def single(self) -> bool:
        """Whether only the active cell is selected."""
        return not self.several and self.active.single

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All rectangles as ``(r0, r1, c0, c1)``, half open."""
        return tuple(part.box for part in self.parts)

    @property
    def cells(self) -> int:
        """How many cells are selected; one that lies in several rectangles counts once."""
        return cells_in(self.boxes)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is selected."""
        return any(r0 <= row < r1 and c0 <= column < c1 for r0, r1, c0, c1 in self.boxes)

    def with_active(self, selection: Selection) -> Ranges:
        """Put another rectangle in the place of the active one."""
        return Ranges((*self.parts[: self.at], selection, *self.parts[self.at + 1 :]), self.at)

    def added(self, selection: Selection) -> Ranges:
        """Add a rectangle, which becomes the active one."""
        return Ranges((*self.parts, selection), len(self.parts))

    def without(self, row: int, column: int) -> Ranges | None:
        """Take out the rectangle that is this one cell; None where there is none, or nothing else."""
        cell = (row, row + 1, column, column + 1)
        if not self.several or cell not in self.boxes:
            return None
        gone = self.boxes.index(cell)
        left = (*self.parts[:gone], *self.parts[gone + 1 :])
        return Ranges(left, len(left) - 1)

    def clipped(self, rows: int, columns: int) -> Ranges:
        """Return what is left in a grid of that size: other rectangles only where they still lie in it whole."""
        active = self.active.clipped(rows, columns)
        before, behind = (
            [part for part in parts if part.box[1] <= rows and part.box[3] <= columns]
            for parts in (self.parts[: self.at], self.parts[self.at + 1 :])
        )
        return Ranges((*before, active, *behind), len(before))

    def stepped(self, rows: int, columns: int, *, forward: bool) -> Ranges | None:
        """Go to the next cell in reading order (Tab): through all rectangles and round, or as one does alone."""
        step = self.active.stepped(rows, columns, forward=forward) if not self._is_spot else None
        if step is not None:
            return self.with_active(step)
        return self._turned(forward=forward) if self.several else None

    def entered(self, rows: int, columns: int, *, forward: bool, home: int | None = None) -> Ranges:
        """Go to the cell below or above (Enter): down the columns of all rectangles and round, or as one does alone."""
        if not self.several:
            return Ranges.of(self.active.entered(rows, columns, forward=forward, home=home))
        r0, r1, c0, c1 = self.active.box
        last = (r1 - 1, c1 - 1) if forward else (r0, c0)
        if (self.active.row, self.active.column) == last:
            return self._turned(forward=forward)
        return self.with_active(self.active.entered(rows, columns, forward=forward))

    @property
    def _is_spot(self) -> bool:
        """Whether the active rectangle is one cell beside others: there is nothing to walk through in it."""
        return self.several and self.active.single

    def _turned(self, *, forward: bool) -> Ranges:
        """Make the first cell of the next rectangle the active one, or the last of the one before."""
        at = (self.at + (1 if forward else -1)) % len(self.parts)
        part = self.parts[at]
        r0, r1, c0, c1 = part.box
        row, column = (r0, c0) if forward else (r1 - 1, c1 - 1)
        moved = Selection(row, column, part.anchor_row, part.anchor_column, part.end_row, part.end_column)
        return Ranges((*self.parts[:at], moved, *self.parts[at + 1 :]), at)


def cells_in(boxes: Sequence[Box]) -> int:
    """Count the cells of rectangles, each once."""
    from playground.workspace.statistics import disjoint  # several ranges come later than the first picture

    return sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in (disjoint(boxes) if len(boxes) > 1 else boxes))


def joined(boxes: Sequence[Box]) -> tuple[Box, ...] | None:
    """Rectangles that give one table when they are put side by side, or below each other; None where they don't.

    They must have the same rows, or the same columns. Each line is in the table once, in the order of the array.

    >>> joined([(0, 2, 3, 4), (0, 2, 0, 1)])
    ((0, 2, 0, 1), (0, 2, 3, 4))
    """
    if len({box[:2] for box in boxes}) == 1:
        return tuple((*boxes[0][:2], *lines) for lines in _united(box[2:] for box in boxes))
    if len({box[2:] for box in boxes}) == 1:
        return tuple((*lines, *boxes[0][2:]) for lines in _united(box[:2] for box in boxes))
    return None


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-open spans in order, those that touch or overlap made one."""
    united: list[tuple[int, int]] = []
    for first, stop in sorted(spans):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(stop, united[-1][1]))
        else:
            united.append((first, stop))
    return united
