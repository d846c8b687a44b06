"""Dragging selected rows or columns by their header to another place, with a line where they would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from playground.views import theme
from playground.views.grid.geometry import Part
from playground.views.grid.lines import COLUMNS, ROWS

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

    from playground.views.grid.geometry import Geometry, Hit
    from playground.views.grid.grid import Grid
    from playground.views.grid.selection import Selection

_AXIS_OF = {Part.ROW_HEADER: ROWS, Part.COLUMN_HEADER: COLUMNS}
_MOUSE_TRANSPARENT = Qt.WidgetAttribute.WA_TransparentForMouseEvents
_NO_PEN = Qt.PenStyle.NoPen
_ANTIALIASING = QPainter.RenderHint.Antialiasing
_THICK, _KNOB = 3, 9


class LineDrag:
    """One grid's drag of selected lines. A press that isn't dragged is left to be a selection."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._axis = ROWS
        self._origin: QPoint | None = None
        self._mark: DropLine | None = None
        self._place: int | None = None
        self._picked: Selection | None = None  # lines that a header selected, even where they are one cell wide

    def picked(self) -> None:
        """The selection was made at a header: what it holds are lines."""
        self._picked = self._grid.selection

    def grabs(self, hit: Hit) -> bool:
        """Whether a drag from here moves lines: from the header of a selected one, of an array that can be edited."""
        axis = _AXIS_OF.get(hit.part)
        grid, selection = self._grid, self._grid.selection
        if axis is None or grid.is_far or grid.source.ndim > 2 or not grid.editable or not grid.lines.whole(axis):
            return False
        r0, r1, c0, c1 = selection.box
        is_cell = selection.single and selection != self._picked  # a cell is also all there is of a line of one cell
        return not is_cell and (r0 <= hit.row < r1 if axis == ROWS else c0 <= hit.column < c1)

    def press(self, hit: Hit, point: QPoint) -> None:
        """Take hold of the selected lines."""
        self._axis, self._origin, self._place = _AXIS_OF[hit.part], point, None

    def move(self, point: QPoint) -> None:
        """Show where the lines would go; nothing before the pointer has gone some way."""
        if self._origin is None:
            return
        far = (point - self._origin).manhattanLength() >= QApplication.startDragDistance()
        if self._mark is None and not far:
            return
        self._scroll_towards(point)
        layout = self._grid.layout_now()
        self._place = _place(layout, self._axis, point)
        if self._mark is None:
            self._mark = DropLine(self._grid.viewport())
            self._grid.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._mark.stand(_line(layout, self._axis, self._place), self._axis)

    def release(self) -> bool:
        """Let the lines go; False where they weren't dragged, so that it was a click."""
        place = self._place
        self.cancel()
        if place is not None:
            self._grid.lines.drop(self._axis, place)
        return place is not None

    def cancel(self) -> None:
        """Put everything back."""
        self._origin = self._place = None
        if self._mark is not None:
            self._mark.hide()
            self._mark.deleteLater()
            self._mark = None
            self._grid.viewport().unsetCursor()

    def _scroll_towards(self, point: QPoint) -> None:
        """One line a move while the pointer is outside of the cells."""
        grid, layout = self._grid, self._grid.layout_now()
        down = (point.y() >= layout.height) - (point.y() < layout.top)
        right = (point.x() >= layout.width) - (point.x() < layout.left)
        down, right = (down, 0) if self._axis == ROWS else (0, right)
        if down or right:
            grid.scroll_to(
                max(0, min(layout.first_row + down, layout.last_first_row)),
                max(0, min(layout.first_column + right, layout.last_first_column)),
            )


class DropLine(QWidget):
    """A thick line between two rows or columns, with a knob at the header. Takes no clicks."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("dropLine")
        self.setAttribute(_MOUSE_TRANSPARENT)
        self._axis = ROWS

    def stand(self, line: QRect, axis: int) -> None:
        """Stand around ``line``, which is as long as the cells that show and has no thickness."""
        self._axis = axis
        reach = theme.px(_KNOB) // 2 + 1
        self.setGeometry(line.adjusted(0, -reach, 0, reach) if axis == ROWS else line.adjusted(-reach, 0, reach, 0))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and its knob."""
        thick, knob = theme.px(_THICK), theme.px(_KNOB)
        with QPainter(self) as painter:
            painter.setRenderHint(_ANTIALIASING)
            painter.setPen(_NO_PEN)
            painter.setBrush(theme.current().accent)
            if self._axis == ROWS:
                painter.drawRect(0, (self.height() - thick) // 2, self.width(), thick)
                painter.drawEllipse(0, (self.height() - knob) // 2, knob, knob)
            else:
                painter.drawRect((self.width() - thick) // 2, 0, thick, self.height())
                painter.drawEllipse((self.width() - knob) // 2, 0, knob, knob)


def _place(layout: Geometry, axis: int, point: QPoint) -> int:
    """The line before which the pointer is nearest to the border."""
    if axis == ROWS:
        place, last = layout.first_row + round((point.y() - layout.top) / layout.cell_height), layout.rows
    else:
        place, last = layout.first_column + round((point.x() - layout.left) / layout.cell_width), layout.columns
    return max(0, min(place, last))


def _line(layout: Geometry, axis: int, place: int) -> QRect:
    """The border before line ``place``, from the header to the end of what shows."""
    _, bottom, _, right = layout.visible
    if axis == ROWS:
        return QRect(0, layout.y(place), min(layout.x(right), layout.width), 1)
    return QRect(layout.x(place), 0, 1, min(layout.y(bottom), layout.height))
