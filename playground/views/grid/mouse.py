"""The grid's mouse gestures: select by dragging, scrub a number, resize at the corner; one at a time."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor

from playground.views.grid.geometry import Part
from playground.views.grid.line_drag import LineDrag
from playground.views.grid.resize_drag import HANDLES, ResizeDrag
from playground.views.grid.scrub import COARSE, FINE, PLAIN, Scrub
from playground.views.grid.selection import Selection
from playground.views.grid.source import GridEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from playground.views.grid.geometry import Hit
    from playground.views.grid.grid import Grid

_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_FINE_KEYS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_CURSORS = {
    Part.GRIP: Qt.CursorShape.SizeFDiagCursor,
    Part.RIGHT_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.LOWER_EDGE: Qt.CursorShape.SizeVerCursor,
    Part.SCRUB: Qt.CursorShape.SizeHorCursor,
    Part.CELL: Qt.CursorShape.CrossCursor,
}
_ARROW, _OPEN_HAND = Qt.CursorShape.ArrowCursor, Qt.CursorShape.OpenHandCursor


class _Drag(Enum):
    CELLS = auto()
    ROWS = auto()
    COLUMNS = auto()
    SCRUB = auto()
    RESIZE = auto()
    LINES = auto()


class Mouse:
    """Turns presses, moves and releases of one grid's viewport into selections and wishes."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._drag: _Drag | None = None
        self._origin = QPoint()
        self._scrub: Scrub | None = None
        self._scrub_cell = (0, 0)
        self._lines, self._resize = LineDrag(grid), ResizeDrag(grid)
        self._hovered: tuple[int, int] | None = None

    @property
    def dragging(self) -> bool:
        """Whether a gesture is under way."""
        return self._drag is not None

    @property
    def scrubbing(self) -> bool:
        """Whether a number is being dragged."""
        return self._drag is _Drag.SCRUB

    def press(self, event: QMouseEvent) -> None:
        """Begin what the part under the pointer is for."""
        grid, point = self._grid, event.position().toPoint()
        if not grid.end_edit():
            return
        hit = grid.hit(point)
        if event.button() == _RIGHT:
            self._select_for_menu(hit)
        if event.button() != _LEFT:
            return
        self._origin = point
        if hit.part in HANDLES:
            self._drag = _Drag.RESIZE
            self._resize.press(hit.part, point)
        elif hit.part is Part.SCRUB:
            self._begin_scrub(point)
        elif not event.modifiers() and self._lines.grabs(hit):
            self._drag = _Drag.LINES
            self._lines.press(hit, point)
        else:
            keys = event.modifiers()
            self._begin_selection(hit, extend=bool(keys & _SHIFT), beside=bool(keys & _CTRL))

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what the pointer could do here."""
        grid, point = self._grid, event.position().toPoint()
        if self._drag is _Drag.SCRUB and self._scrub is not None:
            value = self._scrub.moved(point.x(), _step(event))
            grid.scrubMoved.emit(self._scrub_edit(value))
        elif self._drag is _Drag.RESIZE:
            self._resize.move(point)
        elif self._drag is _Drag.LINES:
            self._lines.move(point)
        elif self._drag is not None:
            self._select_to(point)
        else:
            hit = grid.hit(point)
            grid.viewport().setCursor(_OPEN_HAND if self._lines.grabs(hit) else _CURSORS.get(hit.part, _ARROW))
            self._hover((hit.row, hit.column) if hit.part in (Part.CELL, Part.SCRUB) else None)

    def leave(self) -> None:
        """Forget what was pointed at."""
        self._hover(None)

    def scrolled(self) -> None:
        """Another cell is under the pointer that rests."""
        viewport = self._grid.viewport()
        if self._hovered is not None and self._drag is None and viewport.underMouse():
            hit = self._grid.hit(viewport.mapFromGlobal(QCursor.pos()))
            self._hover((hit.row, hit.column) if hit.part in (Part.CELL, Part.SCRUB) else None)

    def release(self, event: QMouseEvent) -> None:
        """Finish the gesture: one wish for all of it."""
        if event.button() != _LEFT:
            return
        grid, drag = self._grid, self._drag
        self._drag = None
        if drag is _Drag.SCRUB and self._scrub is not None:
            scrub, self._scrub = self._scrub, None
            grid.scrub_ended()
            if scrub.value != scrub.start:
                grid.scrubFinished.emit(self._scrub_edit(scrub.value))
            else:
                grid.scrubCancelled.emit()
        elif drag is _Drag.RESIZE:
            self._resize.release()
        elif drag is _Drag.LINES and not self._lines.release():
            self._begin_selection(grid.hit(self._origin), extend=False)  # a click: only this line
            self._drag = None
        if drag in (_Drag.ROWS, _Drag.COLUMNS, _Drag.LINES):
            self._lines.picked()

    def double_click(self, event: QMouseEvent) -> None:
        """Edit the cell, or come near enough to see its number; elsewhere it is one more press, soon after another."""
        point = event.position().toPoint()
        hit = self._grid.hit(point)
        if event.button() == _LEFT and hit.part is Part.CELL:
            self._drag = None
            self._grid.select(Selection.at(hit.row, hit.column))
            if not self._grid.is_far:
                self._grid.edit()
            else:
                self._grid.show_numbers(hit.row, hit.column, point)
        elif hit.part is not Part.CELL:
            self.press(event)

    def cancel(self) -> bool:
        """Give the gesture up and put things back; False where there was none."""
        drag, self._drag = self._drag, None
        if drag is _Drag.SCRUB:
            self._scrub = None
            self._grid.scrub_ended()
            self._grid.scrubCancelled.emit()
        elif drag is _Drag.RESIZE:
            self._resize.cancel()
        elif drag is _Drag.LINES:
            self._lines.cancel()
        return drag is not None

    def _hover(self, cell: tuple[int, int] | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self._grid.cellHovered.emit(*(cell or (None, None)))

    def _begin_selection(self, hit: Hit, *, extend: bool, beside: bool = False) -> None:
        grid = self._grid
        self._drag = {
            Part.CELL: _Drag.CELLS,
            Part.ROW_HEADER: _Drag.ROWS,
            Part.COLUMN_HEADER: _Drag.COLUMNS,
        }.get(hit.part)
        if hit.part is Part.CORNER:
            grid.select(grid.selection.of_rows(grid.source.columns).of_columns(grid.source.rows), reveal=False)
        if self._drag is None:
            return
        if extend:
            self._extend_to(hit)
            return
        if beside and self._drag is _Drag.CELLS and (left := grid.ranges.without(hit.row, hit.column)) is not None:
            self._drag = None
            grid.select_ranges(left, reveal=False)
            return
        target = Selection.at(hit.row, hit.column)
        if self._drag is _Drag.ROWS:
            target = Selection.at(hit.row, grid.layout_now().first_column).of_rows(grid.source.columns)
        elif self._drag is _Drag.COLUMNS:
            target = Selection.at(grid.layout_now().first_row, hit.column).of_columns(grid.source.rows)
        chosen = self._drag is _Drag.CELLS
        if beside:
            grid.select_ranges(grid.ranges.added(target), reveal=False, chosen=chosen)
        else:
            grid.select(target, reveal=False, chosen=chosen)

    def _select_to(self, point: QPoint) -> None:
        self._extend_to(self._grid.layout_now().hit(point.x(), point.y()))

    def _extend_to(self, hit: Hit) -> None:
        grid, selection = self._grid, self._grid.selection
        row = selection.end_row if self._drag is _Drag.COLUMNS else hit.row
        column = selection.end_column if self._drag is _Drag.ROWS else hit.column
        target = selection.extended_to(row, column, grid.source.rows, grid.source.columns)
        grid.select(target, follow_end=True, reveal=self._drag is _Drag.CELLS, beside=True)

    def _select_for_menu(self, hit: Hit) -> None:
        """Select what a right click outside the selection points at, so that the menu is about that."""
        grid, size = self._grid, (self._grid.source.rows, self._grid.source.columns)
        boxes = grid.ranges.boxes
        if hit.part is Part.CELL and not grid.ranges.holds(hit.row, hit.column):
            grid.select(Selection.at(hit.row, hit.column), reveal=False)
        elif hit.part is Part.ROW_HEADER and not any(b[0] <= hit.row < b[1] and b[2:] == (0, size[1]) for b in boxes):
            grid.select(Selection.at(hit.row, 0).of_rows(size[1]), reveal=False)
        elif hit.part is Part.COLUMN_HEADER and not any(
            b[2] <= hit.column < b[3] and b[:2] == (0, size[0]) for b in boxes
        ):
            grid.select(Selection.at(0, hit.column).of_columns(size[0]), reveal=False)

    def _begin_scrub(self, point: QPoint) -> None:
        grid = self._grid
        self._scrub_cell = grid.selection.row, grid.selection.column
        row, column = self._scrub_cell
        block = grid.source.block(row, row + 1, column, column + 1)
        if block is not None:
            grid.hold_widths(True)
            self._drag, self._scrub = _Drag.SCRUB, Scrub(block[0, 0], grid.source.dtype, point.x())

    def _scrub_edit(self, value: np.generic) -> GridEdit:
        return GridEdit(*self._scrub_cell, np.array([[value]], self._grid.source.dtype))


def _step(event: QMouseEvent) -> str:
    """Shift makes steps ten times as large, Alt or Ctrl a tenth: window managers take one or the other."""
    if event.modifiers() & _SHIFT:
        return COARSE
    return FINE if event.modifiers() & _FINE_KEYS else PLAIN
