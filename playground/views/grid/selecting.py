"""A grid with a selection: the active cell, the rectangle around it and others beside it; told, scrolled to, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from playground.views import theme
from playground.views.grid.frames import SCRUB_SIZE
from playground.views.grid.ranges import Ranges
from playground.views.grid.selection import Selection
from playground.views.grid.view import GridView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from playground.views.grid.cells import CellFormat
    from playground.views.grid.source import BlockSource


class SelectingGrid(GridView):
    """Knows what is selected and repaints what of it changes. ``Grid`` gives it to keys and mouse."""

    cellChosen = Signal(object, object)  # row, column: clicked, or reached with the keys
    selectionChanged = Signal()
    sourceChanged = Signal()  # other cells, or others of them, after the selection was fitted to them
    sliceRequested = Signal(object)  # the Slicing that a person wants to see

    def __init__(self, parent: QWidget | None = None) -> None:
        self._ranges = Ranges.of(Selection())
        self.adding = False  # moves of the active cell leave the other ranges selected
        self._under_bar = False
        super().__init__(parent)

    def set_source(self, source: BlockSource) -> None:
        """Show other cells; what is selected stays inside them."""
        super().set_source(source)
        clipped = self._ranges.clipped(source.rows, source.columns)
        if clipped != self._ranges:
            self.select_ranges(clipped, reveal=False, chosen=False)
        self.sourceChanged.emit()

    def give_up_search(self) -> bool:
        """Cancel what is being looked for in the grid; False where nothing is."""
        finder = self.findChild(QObject, "finder")
        return finder is not None and bool(finder.cancel())  # type: ignore[attr-defined]  # only a Finder is called so

    @property
    def under_bar(self) -> bool:
        """Whether a bar stands over the grid and says what it does."""
        return self._under_bar

    def set_under_bar(self, under: bool) -> None:
        """Show the selection as if the grid had the focus: a bar over it works on its cells."""
        if under != self._under_bar:
            self._under_bar = under
            self.viewport().update()

    @property
    def written(self) -> CellFormat:
        """How numbers are written now."""
        return self._widths.format

    @property
    def selection(self) -> Selection:
        """The active cell and the rectangle around it."""
        return self._ranges.active

    @property
    def ranges(self) -> Ranges:
        """All rectangles that are selected."""
        return self._ranges

    def select(
        self,
        selection: Selection,
        *,
        follow_end: bool = False,
        reveal: bool = True,
        chosen: bool = True,
        beside: bool = False,
    ) -> None:
        """Select, scroll there (to the moving end with ``follow_end``) and tell; clamps to the array.

        ``beside`` leaves the other rectangles selected: only the active one is replaced.
        """
        selection = selection.clipped(self._source.rows, self._source.columns)
        ranges = self._ranges.with_active(selection) if beside else Ranges.of(selection)
        self.select_ranges(ranges, follow_end=follow_end, reveal=reveal, chosen=chosen)

    def select_ranges(
        self, ranges: Ranges, *, follow_end: bool = False, reveal: bool = True, chosen: bool = True
    ) -> None:
        """Select rectangles inside the array; as ``select``."""
        old, self._ranges = self._ranges, ranges
        self.adding = self.adding and ranges.several
        before, now = old.active, ranges.active
        if reveal and not self.layout_now().empty:
            self.scroll_to_cell(*((now.end_row, now.end_column) if follow_end else (now.row, now.column)))
        if old == ranges:
            return
        self._repaint_selection(old)
        self._repaint_selection(ranges)
        self.selectionChanged.emit()
        if chosen and (before.row, before.column) != (now.row, now.column):
            self.cellChosen.emit(now.row, now.column)

    def add_range(self) -> None:
        """Keep what is selected; the next moves and drags are of another rectangle, which begins at the active cell."""
        if not self.layout_now().empty:
            self.select_ranges(self._ranges.added(Selection.at(self.selection.row, self.selection.column)))
            self.adding = True

    def _repaint_selection(self, ranges: Ranges) -> None:
        for part in ranges.parts:
            self.refresh(*part.box)
        active, layout, (width, height) = ranges.active, self.layout_now(), self._scrub_size()
        if layout.clip(active.row, active.row + 1, active.column, active.column + 1) is not None:
            handle = QRect(*layout.scrub_box(active.row, active.column, width, height))
            self.viewport().update(handle.adjusted(-1, -1, 1, 1))
        self.viewport().update(QRect(0, 0, layout.width, layout.top))
        self.viewport().update(QRect(0, 0, layout.left, layout.height))

    def _scrub_size(self) -> tuple[int, int]:
        return theme.px(SCRUB_SIZE[0]), theme.px(SCRUB_SIZE[1])
