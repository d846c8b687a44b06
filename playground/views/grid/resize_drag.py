"""Dragging the outer corner of a grid, or its right or lower edge alone: how large the array is wished to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from playground.translation import tr
from playground.views import theme
from playground.views.grid.geometry import Part
from playground.views.grid.ghost import Ghost

if TYPE_CHECKING:
    from playground.views.grid.geometry import Geometry
    from playground.views.grid.grid import Grid

HANDLES = (Part.GRIP, Part.RIGHT_EDGE, Part.LOWER_EDGE)
_REACH, _INSIDE = 9, 2
_EXTENT_AT_MOST = 10_000  # lines that one drag can ask for


class ResizeDrag:
    """One grid's drag of a handle. Nothing is changed before it is let go, so that growing again loses no cell."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._part, self._origin = Part.GRIP, QPoint()
        self._ghost: Ghost | None = None
        self._extent = (0, 0)

    def press(self, part: Part, point: QPoint) -> None:
        """Take hold of the handle ``part``."""
        grid = self._grid
        self._part, self._origin = part, point
        self._extent = grid.source.rows, grid.source.columns
        self._ghost = Ghost(grid.window())
        self.move(point)

    def move(self, point: QPoint) -> None:
        """Outline the size that the pointer asks for."""
        grid = self._grid
        layout, source = grid.layout_now(), grid.source
        down = round((point.y() - self._origin.y()) / layout.cell_height)
        right = round((point.x() - self._origin.x()) / layout.cell_width)
        rows = source.rows if source.ndim < 2 or self._part is Part.RIGHT_EDGE else _extent(source.rows, down)
        columns = source.columns if self._part is Part.LOWER_EDGE else _extent(source.columns, right)
        self._extent = rows, columns
        grow = (columns - source.columns) * layout.cell_width, (rows - source.rows) * layout.cell_height
        corner = QPoint(layout.corner[0] + grow[0], layout.corner[1] + grow[1])
        first = grid.viewport().mapTo(grid.window(), QPoint(layout.left, layout.top))
        last = grid.viewport().mapTo(grid.window(), corner)
        if self._ghost is not None:
            label = tr("{rows}×{columns}", rows=rows, columns=columns) if source.ndim > 1 else f"({columns},)"
            self._ghost.outline(QRect(first, last), label)

    def release(self) -> None:
        """Wish for the size that is outlined."""
        self.cancel()
        source = self._grid.source
        if self._extent != (source.rows, source.columns):
            self._grid.resizeRequested.emit(*self._extent)

    def cancel(self) -> None:
        """Take the outline away."""
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None


def handle_at(layout: Geometry, ndim: int, point: QPoint) -> Part | None:
    """The handle under a point of the viewport: the corner, or behind the last line the edge; None for none."""
    x, y = layout.corner
    reach, right, below = theme.px(_REACH), point.x() - x, point.y() - y
    if -_INSIDE <= right <= reach and -_INSIDE <= below <= reach:
        return Part.GRIP
    if layout.empty:
        return None
    if 0 < right <= reach and layout.top <= point.y() < y:
        return Part.RIGHT_EDGE
    return Part.LOWER_EDGE if ndim > 1 and 0 < below <= reach and layout.left <= point.x() < x else None


def _extent(size: int, by: int) -> int:
    return max(1, min(size + by, max(size, _EXTENT_AT_MOST))) if by else size
