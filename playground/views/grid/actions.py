"""What keys and menus do to the selected cells: clear, copy, paste, fill, insert, delete. All of it as wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.translation import tr
from playground.views.grid.range_cells import read_table, table_boxes, together
from playground.views.grid.ranges import cells_in
from playground.views.grid.source import CELLS_AT_MOST, GridEdit

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid
    from playground.views.grid.pasting import Pasting

ROWS, COLUMNS = 0, 1


class Actions:
    """The grid's commands on its own selection. Each says through ``refused`` why it did nothing."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._pasting: Pasting | None = None

    def clear(self) -> None:
        """Set the selected cells to 0."""
        self.write(0)

    def write(self, value: object) -> None:
        """Set all selected cells to one value."""
        if self._writable():
            self._grid.blockEdited.emit(self.filled(value, self._grid.source.dtype))

    def filled(self, value: object, dtype: np.dtype) -> GridEdit:
        """Return the wish that sets all selected cells to one value of ``dtype``."""
        boxes = self._grid.ranges.boxes
        return together([GridEdit(r0, c0, np.full((r1 - r0, c1 - c0), value, dtype)) for r0, r1, c0, c1 in boxes])

    def copy(self) -> bool:
        """Put the selected cells on the clipboard, at full precision; False where they are too many or absent.

        Ranges of the same rows, or of the same columns, are copied as one table.
        """
        from playground.views.grid.clipboard import put_block  # here, so that the first window needn't wait for it

        if self._grid.layout_now().empty:
            return False
        boxes = table_boxes(self._grid)
        if not boxes or self._too_many(cells_in(boxes)):
            return False
        block = read_table(self._grid, boxes)
        if block is None:
            return False
        put_block(block)
        return True

    def cut(self) -> None:
        """Copy, then clear."""
        if self._writable() and self.copy():
            self.clear()

    def paste(self) -> None:
        """Write the clipboard's cells from the selection's first cell on; one cell or row fills the selection."""
        if not self._writable() or not self.one_range():
            return
        if self._pasting is None:
            from playground.views.grid.pasting import Pasting

            self._pasting = Pasting(self._grid)
        self._pasting.paste()

    def cancel(self) -> bool:
        """Give up a paste that is being read; False where there is none."""
        return self._pasting is not None and self._pasting.cancel()

    def fill(self, axis: int) -> None:
        """Repeat the selection's first row downwards (``ROWS``) or its first column to the right (``COLUMNS``).

        A single cell takes over its neighbour above or to the left.
        """
        if not self._writable():
            return
        edits = []
        for r0, r1, c0, c1 in self._grid.ranges.boxes:
            if axis == ROWS:
                r0 -= r1 - r0 == 1 and r0 > 0
                pattern = self._grid.source.block(r0, r0 + 1, c0, c1)
            else:
                c0 -= c1 - c0 == 1 and c0 > 0
                pattern = self._grid.source.block(r0, r1, c0, c0 + 1)
            if pattern is None:
                return
            edits.append(GridEdit(r0, c0, np.broadcast_to(pattern, (r1 - r0, c1 - c0)).copy()))
        self._grid.blockEdited.emit(together(edits))

    def one_range(self) -> bool:
        """Whether one range is selected; says what to do where there are more."""
        if self._grid.ranges.several:
            self._grid.refused.emit(tr("That is done with one range at a time: select a single one."))
        return not self._grid.ranges.several

    def _writable(self) -> bool:
        grid = self._grid
        if not grid.editable:
            grid.refused.emit(grid.read_only_reason)
            return False
        return not self._too_many(grid.ranges.cells)

    def _too_many(self, cells: int) -> bool:
        if cells > CELLS_AT_MOST:
            self._grid.refused.emit(tr("{cells} cells at once are too many here: select fewer.", cells=f"{cells:,}"))
            return True
        return False
