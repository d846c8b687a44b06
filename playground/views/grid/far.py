"""A grid seen from afar: how large its cells are at a zoom, and where cells too small for numbers lie. Pure."""

from __future__ import annotations

import math
from enum import Enum, auto

from playground.record import replace
from playground.views import theme
from playground.views.grid.geometry import Geometry, Hit, Part

WHOLE = 0.0
"""The zoom at which all cells are in sight."""
MOST = 4.0
"""The largest zoom; 1 is the size that the owner set."""

_NUMBERS = (28, 17)  # narrower or lower cells have no numbers
_LINES = 6  # smaller cells have no lines
_SQUARE = 12  # smaller cells are squares
_LEAST = 20  # cells that needn't be smaller for all to be in sight don't become so
_STRIP = 4  # how many times longer than wide the picture of a long table is at most, where there is room


class Detail(Enum):
    """What is seen of cells: their numbers, their colours between lines or without, or many as one point."""

    NUMBERS = auto()
    COLOURS = auto()
    PATCHES = auto()
    IMAGE = auto()


class FarGeometry(Geometry):
    """The layout of cells without numbers, ``right`` by ``down`` pixels each, which may be less than one.

    ``cell_width`` and ``cell_height`` are these as whole pixels, at least 1. A pixel is its middle's cell's.
    """

    right: float = 1.0
    down: float = 1.0

    @property
    def detail(self) -> Detail:
        """What is seen of the cells."""
        least = min(self.right, self.down)
        return Detail.IMAGE if least < 1 else Detail.COLOURS if least >= theme.px(_LINES) else Detail.PATCHES

    @property
    def page_rows(self) -> int:
        """Rows that fit whole, at least 1."""
        return max(1, _count(self.height - self.top - self.end, self.down))

    @property
    def page_columns(self) -> int:
        """Columns that fit whole, at least 1."""
        return max(1, _count(self.width - self.left - self.end, self.right))

    @property
    def visible(self) -> tuple[int, int, int, int]:
        """``(r0, r1, c0, c1)`` of the cells that show, partly shown ones included."""
        down = math.ceil(max(0, self.height - self.top) / self.down)
        right = math.ceil(max(0, self.width - self.left) / self.right)
        return (
            self.first_row,
            min(self.rows, self.first_row + down),
            self.first_column,
            min(self.columns, self.first_column + right),
        )

    def exact_x(self, column: int) -> float:
        """Left edge of ``column``, between two pixels."""
        return self.left + (column - self.first_column) * self.right

    def exact_y(self, row: int) -> float:
        """Upper edge of ``row``, between two pixels."""
        return self.top + (row - self.first_row) * self.down

    def x(self, column: int) -> int:
        """Left edge of ``column``."""
        return round(self.exact_x(column))

    def y(self, row: int) -> int:
        """Upper edge of ``row``."""
        return round(self.exact_y(row))

    def box(self, r0: int, r1: int, c0: int, c1: int) -> tuple[int, int, int, int]:
        """``(x, y, width, height)`` of a block, at least a pixel of each; clip to ``visible`` before."""
        x, y = self.x(c0), self.y(r0)
        return x, y, max(1, self.x(c1) - x), max(1, self.y(r1) - y)

    def cells_of(self, x: int, y: int, reach: int = 0) -> tuple[int, int, int, int]:
        """``(r0, r1, c0, c1)`` of all cells that a pixel and those around it, ``reach`` far, have a part of."""
        top, left = (y - reach - self.top) / self.down, (x - reach - self.left) / self.right
        bottom, end = (y + reach + 1 - self.top) / self.down, (x + reach + 1 - self.left) / self.right
        return (
            max(0, self.first_row + math.floor(top)),
            min(self.rows, self.first_row + math.ceil(bottom)),
            max(0, self.first_column + math.floor(left)),
            min(self.columns, self.first_column + math.ceil(end)),
        )

    def scrub_box(self, row: int, column: int, width: int, height: int) -> tuple[int, int, int, int]:
        """No place: what has no number can't be scrubbed."""
        return self.x(column), self.y(row), 0, 0

    def hit(self, x: int, y: int) -> Hit:
        """Return what lies at a point: the cell in the middle of the pixel."""
        row = self.first_row + math.floor((y + 0.5 - self.top) / self.down)
        column = self.first_column + math.floor((x + 0.5 - self.left) / self.right)
        in_rows = self.top <= y < max(self.y(self.rows), self.top + 1)
        in_columns = self.left <= x < max(self.x(self.columns), self.left + 1)
        row, column = max(0, min(self.rows - 1, row)), max(0, min(self.columns - 1, column))
        if in_rows and in_columns:
            return Hit(Part.CELL, row, column)
        if y < self.top and in_columns:
            return Hit(Part.COLUMN_HEADER, row, column)
        if x < self.left and in_rows:
            return Hit(Part.ROW_HEADER, row, column)
        return Hit(Part.CORNER if x < self.left and y < self.top else Part.NOWHERE, row, column)


def detail_of(layout: Geometry) -> Detail:
    """What is seen of the cells of any layout."""
    return layout.detail if isinstance(layout, FarGeometry) else Detail.NUMBERS


def zoomed(base: Geometry, zoom: float, first: tuple[int, int]) -> Geometry:
    """Lay ``base`` (at zoom 1) out at ``zoom``, scrolled to ``first`` as far as there is something to scroll."""
    if base.empty:
        return base
    sizes = _Sizes(base)
    right, down = sizes.at(zoom)
    fields = {name: getattr(base, name) for name in Geometry._fields}
    fields |= {"first_row": first[0], "first_column": first[1]}
    fields |= {"cell_width": max(1, round(right)), "cell_height": max(1, round(down))}
    if zoom >= 1 or (right >= theme.px(_NUMBERS[0]) and down >= theme.px(_NUMBERS[1])):
        layout = Geometry(**fields)
    else:
        layout = FarGeometry(**fields, right=right, down=down)
    row, column = min(first[0], layout.last_first_row), min(first[1], layout.last_first_column)
    return layout if (row, column) == first else replace(layout, first_row=row, first_column=column)


def stepped(base: Geometry, zoom: float, factor: float) -> float:
    """The zoom after ``zoom`` by ``factor``: not beyond `MOST`, and `WHOLE` where nothing is out of sight any more."""
    least = _Sizes(base).least
    zoom = min(MOST, max(zoom, least) * factor)
    return WHOLE if zoom <= least * 1.0001 else zoom


class _Sizes:
    """Cell sizes over the zoom.

    Both sides shrink with it, the longer one faster until cells are square at `_SQUARE` pixels. A side stops where all
    lines of its axis are in sight; so a long table becomes a strip, not a hair.
    """

    def __init__(self, base: Geometry) -> None:
        self._size = base.cell_width, base.cell_height
        self._square = theme.px(_SQUARE)
        room = base.width - base.left - base.end, base.height - base.top - base.end
        fit = [max(1, extent) / count for extent, count in zip(room, (base.columns, base.rows), strict=True)]
        most = theme.px(_LEAST)
        self._floor = [min(most, size, max(min(fit), own / _STRIP)) for size, own in zip(self._size, fit, strict=True)]

    def at(self, zoom: float) -> tuple[float, float]:
        """Width and height of a cell."""
        right, down = (max(floor, self._side(k, zoom)) for k, floor in enumerate(self._floor))
        return right, down

    @property
    def least(self) -> float:
        """The largest zoom at which neither side shrinks any further."""
        return min(self._zoom_of(k, floor) for k, floor in enumerate(self._floor))

    def _power(self, k: int) -> float:
        """How much faster than the zoom a side shrinks until it is `_SQUARE` pixels."""
        size, height = self._size[k], self._size[1]
        if min(size, height) <= self._square:
            return 1.0
        return math.log(size / self._square) / math.log(height / self._square)

    def _side(self, k: int, zoom: float) -> float:
        size = self._size[k]
        if zoom >= 1 or self._power(k) == 1.0:
            return size * zoom
        by_height = self._size[1] * zoom
        return by_height if by_height <= self._square else size * zoom ** self._power(k)

    def _zoom_of(self, k: int, side: float) -> float:
        size = self._size[k]
        if side <= self._square and self._power(k) != 1.0:
            return side / self._size[1]
        return math.exp(math.log(side / size) / self._power(k))


def _count(room: float, size: float) -> int:
    """How many of that size fit; a hair too little room is enough, as sizes are quotients of it."""
    return int(room / size + 1e-6)
