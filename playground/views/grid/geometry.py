"""Where cells, headers and handles lie in a grid's viewport, in pixels; and what lies under a point."""

from __future__ import annotations

from enum import Enum, auto

from playground.record import Record


class Part(Enum):
    """What a point of the viewport belongs to."""

    CELL = auto()
    ROW_HEADER = auto()
    COLUMN_HEADER = auto()
    CORNER = auto()
    GRIP = auto()
    RIGHT_EDGE = auto()
    LOWER_EDGE = auto()
    SCRUB = auto()
    NOWHERE = auto()


class Hit(Record):
    """A part and the row and column nearest to the point."""

    part: Part
    row: int
    column: int


class Geometry(Record):
    """One moment's layout. Rows and columns are counted, not pixels, so no size overflows.

    ``left`` and ``top`` are where cells begin; ``end`` pixels stay free behind the last row and column for the
    grip. ``empty_width`` and ``empty_height`` are the place of the sentence that a grid without cells shows.
    """

    rows: int
    columns: int
    cell_width: int
    cell_height: int
    left: int
    top: int
    end: int
    width: int
    height: int
    first_row: int = 0
    first_column: int = 0
    empty_width: int = 0
    empty_height: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is no cell at all."""
        return self.rows == 0 or self.columns == 0

    @property
    def page_rows(self) -> int:
        """Rows that fit whole, at least 1."""
        return max(1, (self.height - self.top - self.end) // self.cell_height)

    @property
    def page_columns(self) -> int:
        """Columns that fit whole, at least 1."""
        return max(1, (self.width - self.left - self.end) // self.cell_width)

    @property
    def last_first_row(self) -> int:
        """The first row when scrolled to the end; where no cell is, nothing scrolls."""
        return 0 if self.empty else max(0, self.rows - self.page_rows)

    @property
    def last_first_column(self) -> int:
        """The first column when scrolled to the end; where no cell is, nothing scrolls."""
        return 0 if self.empty else max(0, self.columns - self.page_columns)

    @property
    def visible(self) -> tuple[int, int, int, int]:
        """``(r0, r1, c0, c1)`` of the cells that show, partly shown ones included."""
        down = -(-max(0, self.height - self.top) // self.cell_height)
        right = -(-max(0, self.width - self.left) // self.cell_width)
        return (
            self.first_row,
            min(self.rows, self.first_row + down),
            self.first_column,
            min(self.columns, self.first_column + right),
        )

    def x(self, column: int) -> int:
        """Left grid line of ``column``."""
        return self.left + (column - self.first_column) * self.cell_width

    def y(self, row: int) -> int:
        """Upper grid line of ``row``."""
        return self.top + (row - self.first_row) * self.cell_height

    def box(self, r0: int, r1: int, c0: int, c1: int) -> tuple[int, int, int, int]:
        """``(x, y, width, height)`` between the outer grid lines of a block; clip to ``visible`` before."""
        return self.x(c0), self.y(r0), (c1 - c0) * self.cell_width, (r1 - r0) * self.cell_height

    def clip(self, r0: int, r1: int, c0: int, c1: int) -> tuple[int, int, int, int] | None:
        """Return the shown part of a block, None where nothing of it shows."""
        top, bottom, first, last = self.visible
        r0, r1, c0, c1 = max(r0, top), min(r1, bottom), max(c0, first), min(c1, last)
        return (r0, r1, c0, c1) if r0 < r1 and c0 < c1 else None

    @property
    def corner(self) -> tuple[int, int]:
        """The outer corner of the last cell, where the grip is; beyond the viewport while scrolled away."""
        if self.empty:
            return self.left + self.empty_width, self.top + self.empty_height
        return self.x(self.columns), self.y(self.rows)

    def scrub_box(self, row: int, column: int, width: int, height: int) -> tuple[int, int, int, int]:
        """Place of the scrub handle: on the lower line of the active cell, in its middle."""
        x, y, w, h = self.box(row, row + 1, column, column + 1)
        return x + (w - width) // 2, y + h - height // 2, width, height

    def scrolled_to(self, row: int, column: int) -> tuple[int, int]:
        """First row and column after the least scrolling that shows a cell whole."""
        return (
            max(min(self.first_row, row), min(row - self.page_rows + 1, self.last_first_row)),
            max(min(self.first_column, column), min(column - self.page_columns + 1, self.last_first_column)),
        )

    def hit(self, x: int, y: int) -> Hit:
        """Return what lies at a point (grip and scrub handle are the caller's, as they come and go)."""
        row = max(0, min(self.rows - 1, self.first_row + (y - self.top) // self.cell_height))
        column = max(0, min(self.columns - 1, self.first_column + (x - self.left) // self.cell_width))
        in_rows = self.top <= y < self.y(self.rows)
        in_columns = self.left <= x < self.x(self.columns)
        if in_rows and in_columns:
            return Hit(Part.CELL, row, column)
        if y < self.top and in_columns:
            return Hit(Part.COLUMN_HEADER, row, column)
        if x < self.left and in_rows:
            return Hit(Part.ROW_HEADER, row, column)
        return Hit(Part.CORNER if x < self.left and y < self.top else Part.NOWHERE, row, column)
