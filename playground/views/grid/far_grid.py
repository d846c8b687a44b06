"""A grid that can be looked at from afar: its zoom, and the pictures that it has of cells too small for numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal

from playground.views.grid.coloured import ColouredGrid
from playground.views.grid.far import WHOLE, Detail, FarGeometry, detail_of, stepped, zoomed
from playground.views.grid.heat import ramp_between, ramp_of

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.grid.geometry import Geometry
    from playground.views.grid.heat import Ramp
    from playground.views.grid.overview import OverviewMap
    from playground.views.grid.pictures import Pictures
    from playground.views.grid.source import BlockSource
    from playground.workspace.pyramid import Cells, Tiles

_LEAST_MAPPED = 4096  # cells
_NOTCH = 120
_Anchor = tuple[tuple[int, int], QPoint, float, tuple[int, int]]
"""The cell that was zoomed about, the point that it lay under, and the zoom and the first cell after that."""
_STEP = 1.35  # how much a notch of the wheel, or a key, zooms


class FarGrid(ColouredGrid):
    """Lays its cells out at a zoom, which is the person's, over the size that the owner sets.

    A zoom of 1 shows cells at that size, one of 0 all of them.
    """

    zoomChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._zoom = 1.0
        self._anchor: _Anchor | None = None
        self._pictures: Pictures | None = None
        self._overview: OverviewMap | None = None
        super().__init__(parent)

    @property
    def zoom(self) -> float:
        """How large cells are: 1 as the owner wishes, 0 so that all are in sight."""
        return self._zoom

    @property
    def detail(self) -> Detail:
        """What is seen of the cells."""
        return detail_of(self.layout_now())

    @property
    def is_far(self) -> bool:
        """Whether cells are too small for their numbers."""
        return isinstance(self.layout_now(), FarGeometry)

    @property
    def pictures(self) -> Pictures:
        """What is known of the cells as pictures."""
        if self._pictures is None:
            from playground.views.grid.pictures import Pictures  # the first picture shows numbers

            self._pictures = pictures = Pictures(self._source, self)
            pictures.changed.connect(self._on_pictured)
            self.destroyed.connect(pictures.stop)
        return self._pictures

    def set_source(self, source: BlockSource) -> None:
        """Show other cells; pictures follow."""
        if self._pictures is not None:
            self._pictures.follow(source)
        super().set_source(source)

    # ---- overview -----------------------------------------------------------------------------------------

    @property
    def overview(self) -> OverviewMap | None:
        """The map beside the cells, None while there is none in sight."""
        return None if self._overview is None or self._overview.isHidden() else self._overview

    def arrange_overview(self) -> None:
        """Show the map beside the cells where it is wanted and there is room, or take it away."""
        if self._overview is None and self._source.rows * self._source.columns < _LEAST_MAPPED:
            return
        from playground.views.grid.overview import OverviewMap, map_size, place, take_away  # few grids have one

        size = map_size(self)
        if size is not None:
            if self._overview is None:
                self._overview = OverviewMap(self)
            place(self, self._overview, size)  # which comes here again, as the cells have less room then
        elif self._overview is not None:
            take_away(self, self._overview)

    def layout_at_1(self) -> Geometry:
        """The layout as the owner wishes it, in all of the grid, as if nobody had zoomed."""
        return self._laid_out(self.size())

    def ramp_of_tiles(self, tiles: Tiles, box: Cells) -> Ramp:
        """The colours of the tiles that hold the cells in ``box``; lines have limits as far as tiles tell them."""
        lines, colouring, dtype = self._lines, self.colouring, self._source.dtype
        if lines is None or colouring is None or colouring.scheme == "off" or dtype.kind == "b":
            return ramp_of(self.colour_limits or self.pictures.limits, dtype, colouring)
        if lines.axis == "row":
            low, high = self.pictures.ends_of_rows(range(box[0], box[1], tiles.height))
            return ramp_between(self.colour_direction, low[:, None], high[:, None])
        low, high = self.pictures.ends_of_columns(range(box[2], box[3], tiles.width))
        return ramp_between(self.colour_direction, low[None, :], high[None, :])

    def _lay_out_again(self) -> None:
        super()._lay_out_again()
        self.arrange_overview()

    # ---- zoom ---------------------------------------------------------------------------------------------

    def set_zoom(self, zoom: float, cell: tuple[int, int] | None = None, point: QPoint | None = None) -> None:
        """Zoom so that ``cell`` lies under ``point`` of the viewport, as far as the borders allow; or in the middle."""
        layout = self.layout_now()
        if zoom == self._zoom or layout.empty or not self.end_edit():
            return
        row, column = cell if cell is not None else (layout.first_row, layout.first_column)
        x, y = self._middle() if point is None else point.toTuple()
        self._zoom = zoom
        self._first = (0, 0)
        self._geometry = None
        new = self.layout_now()
        right, down = (new.right, new.down) if isinstance(new, FarGeometry) else (new.cell_width, new.cell_height)
        first = max(0, row - int((y + 0.5 - new.top) / down)), max(0, column - int((x + 0.5 - new.left) / right))
        self._first = first
        self._lay_out_again()
        self.zoomChanged.emit()

    def end_edit(self) -> bool:
        """Finish what is being typed; False where it is refused and stays."""
        return True

    def zoom_at(self, point: QPoint, factor: float) -> None:
        """Zoom by ``factor``; what lies under the point stays there, or comes back to it from a border."""
        hit = self.layout_now().hit(point.x(), point.y())
        cell = hit.row, hit.column
        if self._anchor is not None and self._anchor[1:] == (point, self._zoom, self._first):
            cell = self._anchor[0]
        self.set_zoom(self._stepped(factor), cell, point)
        self._anchor = cell, QPoint(point), self._zoom, self._first

    def zoom_to_cell(self, row: int, column: int, steps: int) -> None:
        """Zoom by steps in to a cell, or out from it; it stays where it is, or comes into the middle."""
        layout = self.layout_now()
        clipped = layout.clip(row, row + 1, column, column + 1)
        point = self.cell_position(row, column) if clipped is not None else None
        self.set_zoom(self._stepped(_STEP**steps), (row, column), point)

    def show_numbers(self, row: int, column: int, point: QPoint | None = None) -> None:
        """Show cells at the size that the owner set, this one among them: under ``point`` or in the middle."""
        self.set_zoom(1.0, (row, column), point)
        self.scroll_to_cell(row, column)

    def show_numbers_of(self, row: int, column: int) -> None:
        """Show cells at the size that the owner set where they are too small for numbers."""
        if self.is_far:
            self.show_numbers(row, column)

    def show_whole(self) -> None:
        """Show all cells."""
        self.set_zoom(WHOLE)

    def zoom_by_wheel(self, event: QWheelEvent) -> None:
        """Zoom under the pointer, by as much as the wheel turns."""
        self.zoom_at(event.position().toPoint(), _STEP ** (event.angleDelta().y() / _NOTCH))

    def _stepped(self, factor: float) -> float:
        before, base = self._zoom, self.layout_at_1()  # all of the grid: as there is when nothing is out of sight
        if base.empty:
            return before
        after = stepped(base, before, factor)
        return 1.0 if min(before, after) < 1.0 < max(before, after) else after  # never past the owner's size

    def _middle(self) -> tuple[int, int]:
        layout = self.layout_now()
        return (layout.left + layout.width) // 2, (layout.top + layout.height) // 2

    # ---- where it lies ------------------------------------------------------------------------------------

    def _shown_layout(self, viewport: QSize) -> Geometry:
        base = super()._shown_layout(viewport)
        return base if self._zoom == 1 else zoomed(base, self._zoom, self._first)

    def refresh(self, r0: int = 0, r1: int | None = None, c0: int = 0, c1: int | None = None) -> None:
        """Repaint these cells; from afar all, as one may be a part of a pixel."""
        if not self.is_far:
            super().refresh(r0, r1, c0, c1)
        else:
            self.viewport().update()

    def _repaint_changes(self, old: BlockSource, new: BlockSource) -> None:
        if not self.is_far:
            super()._repaint_changes(old, new)
        else:
            self.viewport().update()

    def _moves_whole(self) -> bool:
        return super()._moves_whole() or self.is_far

    def _on_pictured(self) -> None:
        if self.is_far:
            self.viewport().update()
