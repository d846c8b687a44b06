"""What is selected in a grid: an active cell and a rectangle around it, as plain values."""

from __future__ import annotations

from playground.record import Record, replace


def _clamp(value: int, size: int) -> int:
    return max(0, min(value, size - 1))


class Selection(Record):
    """The active cell ``(row, column)`` inside the rectangle from the anchor to the end, both included.

    Sizes may exceed 2**31. In a grid without cells the active cell is (0, 0) and nothing can be read from it.
    """

    row: int = 0
    column: int = 0
    anchor_row: int = 0
    anchor_column: int = 0
    end_row: int = 0
    end_column: int = 0

    @classmethod
    def at(cls, row: int, column: int) -> Selection:
        """Return the selection of one cell."""
        return cls(row, column, row, column, row, column)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The rectangle as ``(r0, r1, c0, c1)``, half open."""
        r0, r1 = sorted((self.anchor_row, self.end_row))
        c0, c1 = sorted((self.anchor_column, self.end_column))
        return r0, r1 + 1, c0, c1 + 1

    @property
    def single(self) -> bool:
        """Whether only the active cell is selected."""
        return (self.anchor_row, self.anchor_column) == (self.end_row, self.end_column)

    def clipped(self, rows: int, columns: int) -> Selection:
        """Return the selection inside a grid of that size."""
        return Selection(
            _clamp(self.row, rows),
            _clamp(self.column, columns),
            _clamp(self.anchor_row, rows),
            _clamp(self.anchor_column, columns),
            _clamp(self.end_row, rows),
            _clamp(self.end_column, columns),
        )

    def moved(self, down: int, right: int, rows: int, columns: int, *, extend: bool = False) -> Selection:
        """Move the active cell, or with ``extend`` the end of the rectangle, and stop at the border."""
        if extend:
            return self.extended_to(self.end_row + down, self.end_column + right, rows, columns)
        return Selection.at(_clamp(self.row + down, rows), _clamp(self.column + right, columns))

    def extended_to(self, row: int, column: int, rows: int, columns: int) -> Selection:
        """Stretch the rectangle from its anchor to the cell nearest to ``(row, column)``."""
        return replace(self, end_row=_clamp(row, rows), end_column=_clamp(column, columns))

    def of_rows(self, columns: int) -> Selection:
        """Widen to whole rows."""
        return replace(self, anchor_column=0, end_column=max(0, columns - 1))

    def of_columns(self, rows: int) -> Selection:
        """Widen to whole columns."""
        return replace(self, anchor_row=0, end_row=max(0, rows - 1))

    def stepped(self, rows: int, columns: int, *, forward: bool) -> Selection | None:
        """Next cell in reading order (Tab); inside a rectangle its next cell; None after the last one."""
        r0, r1, c0, c1 = (0, rows, 0, columns) if self.single else self.box
        width = c1 - c0
        place = (self.row - r0) * width + (self.column - c0) + (1 if forward else -1)
        if width <= 0 or not 0 <= place < (r1 - r0) * width:
            return None
        return self._activated(r0 + place // width, c0 + place % width)

    def entered(self, rows: int, columns: int, *, forward: bool, home: int | None = None) -> Selection:
        """Cell below or above (Enter), in column ``home`` if given; a rectangle is walked column by column, round."""
        if self.single:
            target = self.moved(1 if forward else -1, 0, rows, columns)
            return target if home is None else Selection.at(target.row, _clamp(home, columns))
        r0, r1, c0, c1 = self.box
        height = r1 - r0
        place = (self.column - c0) * height + (self.row - r0) + (1 if forward else -1)
        place %= height * (c1 - c0)
        return self._activated(r0 + place % height, c0 + place // height)

    def _activated(self, row: int, column: int) -> Selection:
        return Selection.at(row, column) if self.single else replace(self, row=row, column=column)
