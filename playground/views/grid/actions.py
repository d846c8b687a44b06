"""What keys and menus do to the selected cells: clear, copy, paste, fill, insert, delete. All of it as wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.translation import tr
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
            r0, r1, c0, c1 = self._grid.selection.box
            values = np.full((r1 - r0, c1 - c0), value, self._grid.source.dtype)
            self._grid.blockEdited.emit(GridEdit(r0, c0, values))

    def copy(self) -> bool:
        """Put the selected cells on the clipboard, at full precision; False where they are too many or absent."""
        from playground.views.grid.clipboard import put_block  # here, so that the first window needn't wait for it

        r0, r1, c0, c1 = self._grid.selection.box
        if self._too_many((r1 - r0) * (c1 - c0)) or self._grid.source.rows * self._grid.source.columns == 0:
            return False
        block = self._grid.source.block(r0, r1, c0, c1)
        if block is None:
            self._grid.refused.emit(tr("These cells are not here yet: try again in a moment."))
            return False
        put_block(block)
        return True

    def cut(self) -> None:
        """Copy, then clear."""
        if self._writable() and self.copy():
            self.clear()

    def paste(self) -> None:
        """Write the clipboard's cells from the selection's first cell on; one cell or row fills the selection."""
        if not self._writable():
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
        r0, r1, c0, c1 = self._grid.selection.box
        if axis == ROWS:
            r0 -= r1 - r0 == 1 and r0 > 0
            pattern = self._grid.source.block(r0, r0 + 1, c0, c1)
        else:
            c0 -= c1 - c0 == 1 and c0 > 0
            pattern = self._grid.source.block(r0, r1, c0, c0 + 1)
        if pattern is not None:
            self._grid.blockEdited.emit(GridEdit(r0, c0, np.broadcast_to(pattern, (r1 - r0, c1 - c0)).copy()))

    def insert(self, axis: int, *, after: bool = False) -> None:
        """Ask for as many new lines as are selected, before the selection or after it."""
        if self._writable() and (array_axis := self._array_axis(axis)) is not None:
            first, stop = self._lines(axis)
            self._grid.linesInsertRequested.emit(array_axis, stop if after else first, stop - first)

    def delete(self, axis: int) -> None:
        """Ask for the selected lines to be taken out."""
        if self._writable() and (array_axis := self._array_axis(axis)) is not None:
            first, stop = self._lines(axis)
            self._grid.linesDeleteRequested.emit(array_axis, first, stop - first)

    def _lines(self, axis: int) -> tuple[int, int]:
        r0, r1, c0, c1 = self._grid.selection.box
        if axis == COLUMNS:
            return c0, c1
        if self._grid.source.ndim > 2:
            # Rows of a stack of matrices: the place inside its own matrix; all matrices get the new line.
            height = self._grid.source.shape[-2]
            return r0 % height, min(height, r0 % height + r1 - r0)
        return r0, r1

    def _array_axis(self, axis: int) -> int | None:
        """Return the array's own axis that the view's rows or columns lie along; None where it has none."""
        ndim = self._grid.source.ndim
        own = ndim - 1 if axis == COLUMNS else ndim - 2
        if own >= 0:
            return own
        text = tr("A single number has no columns to add.") if ndim == 0 else tr("A vector has no rows to add.")
        self._grid.refused.emit(text)
        return None

    def _writable(self) -> bool:
        grid = self._grid
        if not grid.editable:
            grid.refused.emit(grid.read_only_reason)
            return False
        r0, r1, c0, c1 = grid.selection.box
        return not self._too_many((r1 - r0) * (c1 - c0))

    def _too_many(self, cells: int) -> bool:
        if cells > CELLS_AT_MOST:
            self._grid.refused.emit(tr("{cells} cells at once are too many here: select fewer.", cells=f"{cells:,}"))
            return True
        return False
