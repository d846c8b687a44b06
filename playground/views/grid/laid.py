"""A grid before it is painted: its source, how wide its columns are, where its cells lie, what is scrolled away.

``GridView`` paints it. Everything is set by the owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from playground.record import replace
from playground.views.grid.layout import lay_out
from playground.views.grid.scrolling import Scrolling
from playground.views.grid.source import ArraySource, BlockSource, changed_between, leading_indices
from playground.views.grid.widths import Widths

if TYPE_CHECKING:
    from playground.views.grid.geometry import Geometry
    from playground.workspace.number_formats import NumberFormat

_OPAQUE = Qt.WidgetAttribute.WA_OpaquePaintEvent
CELL_SIZE = (52, 48)


class LaidGrid(QAbstractScrollArea):
    """The 2-D view of a source, laid out. Sizes are pixels at scale 1 where they are set, real pixels elsewhere."""

    preferredSizeChanged = Signal()  # by what is shown; not by `set_cell_size`, whose caller knows
    viewChanged = Signal()  # other cells are in sight, or the same ones elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A viewport of our own: to wrap Qt's, PySide would look through all classes of widgets, for 20 ms.
        self.setViewport(QWidget())
        self.viewport().setAttribute(_OPAQUE)  # every pixel is painted: scrolling may move the rest
        self._source: BlockSource = ArraySource(np.zeros((0, 0)))
        self._limits: tuple[float, float] | None = None
        self._name = ""
        self._widths = Widths()
        self._cell_size = CELL_SIZE
        self._grows = True
        self._first = (0, 0)
        self._geometry: Geometry | None = None
        self._unscrollable = False  # what is painted can't be moved by pixels, only painted anew
        self._scrolling = Scrolling(self)

    # ---- what is shown ------------------------------------------------------------------------------------

    @property
    def source(self) -> BlockSource:
        """Where the cells come from."""
        return self._source

    def set_source(self, source: BlockSource) -> None:
        """Show other cells, which must not change in place; of the same shape only what differs is repainted."""
        old, self._source = self._source, source
        same = (old.shape, old.dtype) == (source.shape, source.dtype)
        before, written = self.layout_now(), self._widths.format
        self._measure(fresh=not same)
        if not same or before != self.layout_now():
            self._relayout()
        elif self._scale_of(old) == self._scale_of(source) and written == self._widths.format:
            self._repaint_changes(old, source)
        else:
            self.viewport().update()

    def set_name(self, name: str) -> None:
        """Tell the entry's name, which is spoken."""
        self._name = name
        self.setAccessibleName(name)

    @property
    def name(self) -> str:
        """The entry's name."""
        return self._name

    def set_limits(self, limits: tuple[float, float] | None) -> None:
        """Take the colours' limits from the owner, for sources too large to tell their own."""
        if limits != self._limits:
            self._limits = limits
            self._measure()
            self._relayout()

    def set_cell_size(self, width: int, height: int, *, grow: bool = True) -> None:
        """Cells of that size at scale 1. With ``grow`` they widen to what their numbers need."""
        if (self._cell_size, self._grows) != ((width, height), grow):
            self._cell_size, self._grows = (width, height), grow
            self._lay_out_again()

    def hold_widths(self, held: bool) -> None:
        """While held (during a drag) columns only widen, so that nothing trembles; released, they fit again."""
        self._widths.held = held
        if not held:
            before = self.layout_now()
            self._measure()
            if before != self.layout_now():
                self._relayout()

    @property
    def number_format(self) -> NumberFormat | None:
        """How numbers are written, None for the general way."""
        return self._widths.number

    def set_number_format(self, number: NumberFormat | None) -> None:
        """Write numbers in another format; where it doesn't suit the dtype they stay in the general one."""
        if number != self._widths.number:
            self._widths.number = number
            self._measure(fresh=True)
            self._relayout()

    def refresh(self, r0: int = 0, r1: int | None = None, c0: int = 0, c1: int | None = None) -> None:
        """Repaint cells ``[r0:r1, c0:c1]``, all without arguments: the source's cells arrived or changed."""
        rows, columns = self._source.rows, self._source.columns
        layout = self.layout_now()
        clipped = layout.clip(r0, rows if r1 is None else r1, c0, columns if c1 is None else c1)
        if clipped is not None:
            # The frame of a cell reaches over its right and lower line; the scrub handle hangs from the latter.
            self.viewport().update(QRect(*layout.box(*clipped)).adjusted(0, 0, 1, 1))

    def _scale_of(self, source: BlockSource) -> tuple[float, float] | None:
        return self._limits if self._limits is not None else source.limits

    def _repaint_changes(self, old: BlockSource, new: BlockSource) -> None:
        changed = changed_between(old, new, *self.layout_now().visible)
        if changed is not None:
            self.refresh(*changed)

    # ---- where it lies ------------------------------------------------------------------------------------

    def layout_now(self) -> Geometry:
        """Return the layout in real pixels of the viewport."""
        if self._geometry is None:
            self._geometry = self._shown_layout(self.viewport().size())
        return self._geometry

    def preferred_size(
        self,
        max_rows: int | None = None,
        max_columns: int | None = None,
        *,
        cell_size: tuple[int, int] | None = None,
        grow: bool | None = None,
    ) -> QSize:
        """Return the widget's size that shows the array, or a window of at most so many rows and columns, whole.

        ``cell_size`` and ``grow`` as in `set_cell_size`; those that are set where they are None.
        """
        return self.size_of(self.layout_with(cell_size, grow), max_rows, max_columns)

    def size_of(self, layout: Geometry, max_rows: int | None = None, max_columns: int | None = None) -> QSize:
        """Return what `preferred_size` does where ``layout`` is known already."""
        source = self._source
        rows, columns = min(source.rows, max_rows or source.rows), min(source.columns, max_columns or source.columns)
        width = layout.left + columns * layout.cell_width + layout.end
        height = layout.top + rows * layout.cell_height + layout.end
        if layout.empty:
            width = layout.left + layout.empty_width + layout.end
            height = layout.top + layout.empty_height + layout.end
        else:
            width += self.verticalScrollBar().sizeHint().width() if rows < source.rows else 0
            height += self.horizontalScrollBar().sizeHint().height() if columns < source.columns else 0
        return QSize(width, height)

    def sizeHint(self) -> QSize:
        """Twelve rows and columns at most."""
        return self.preferred_size(12, 12)

    def minimumSizeHint(self) -> QSize:
        """One cell with its headers."""
        return self.preferred_size(1, 1)

    def cell_position(self, row: int, column: int) -> QPoint:
        """Return the centre of a cell in the viewport."""
        x, y, width, height = self.layout_now().box(row, row + 1, column, column + 1)
        return QPoint(x + width // 2, y + height // 2)

    def row_label(self, row: int) -> str:
        """Return the text beside a row: its index, all leading indices for more than two axes."""
        named = getattr(self._source, "row_label", None)
        return leading_indices(self._source.shape, row) if named is None else named(row)

    def fits_whole(self) -> bool:
        """Whether all cells would show if there were no scroll bars."""
        layout = self._shown_layout(self.maximumViewportSize())
        return layout.last_first_row == 0 and layout.last_first_column == 0

    def layout_with(self, cell_size: tuple[int, int] | None = None, grow: bool | None = None) -> Geometry:
        """Return the layout with cells of another size, in a viewport of no size."""
        return self._laid_out(QSize(), cell_size, grow)

    def _shown_layout(self, viewport: QSize) -> Geometry:
        """The layout in a viewport of that size, as it is looked at."""
        return self._laid_out(viewport)

    def _laid_out(
        self, viewport: QSize, cell_size: tuple[int, int] | None = None, grow: bool | None = None
    ) -> Geometry:
        label = max(self.row_label(0), self.row_label(max(0, self._source.rows - 1)), key=len)
        grow_to = self._widths.format if (self._grows if grow is None else grow) else None
        return lay_out(self._source, cell_size or self._cell_size, grow_to, viewport, self._first, label)

    def _measure(self, *, fresh: bool = False) -> None:
        if self._widths.measure(self._source, self._scale_of(self._source), fresh=fresh):
            self._geometry = None

    def _relayout(self) -> None:
        self._lay_out_again()
        self.preferredSizeChanged.emit()

    def _lay_out_again(self) -> None:
        self._geometry = None
        self._first = self.layout_now().first_row, self.layout_now().first_column
        self._scrolling.sync()
        self.updateGeometry()
        self.viewport().update()
        self.viewChanged.emit()

    # ---- scrolling ----------------------------------------------------------------------------------------

    def scroll_to_cell(self, row: int, column: int) -> None:
        """Scroll as little as shows the cell whole."""
        self.scroll_to(*self.layout_now().scrolled_to(row, column))

    def scroll_to(self, first_row: int, first_column: int) -> None:
        """Make these the first row and column, as far as there is something to scroll."""
        old = self.layout_now()
        first = max(0, min(first_row, old.last_first_row)), max(0, min(first_column, old.last_first_column))
        if first == (old.first_row, old.first_column):
            return
        self._first = first
        self._geometry = replace(old, first_row=first[0], first_column=first[1])
        self._scrolling.sync()
        self._scrolling.move_pixels(old, whole=self._moves_whole())
        self._scrolled()

    def _moves_whole(self) -> bool:
        """Whether scrolling paints all anew."""
        return self._unscrollable

    def _scrolled(self) -> None:
        """Tell that other cells are in sight."""
        self.viewChanged.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Do nothing: the bars count rows and columns, and `scroll_to` moves the pixels."""
