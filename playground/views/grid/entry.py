"""Typing into a grid's cells: the editor over the active cell, where its value is written, where Enter goes on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect

from playground.translation import tr
from playground.views.grid.layout import text_font
from playground.views.grid.source import GridEdit

if TYPE_CHECKING:
    from playground.views.grid.editor import CellEditor
    from playground.views.grid.grid import Grid

_OUT_OF_SIGHT = QRect(-999, -999, 1, 1)


class Entry:
    """Opens one grid's editor and turns what is typed into the grid's wishes."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._cell = (0, 0)

    @cached_property
    def editor(self) -> CellEditor:
        """The field over the cell; made when a person first types into one."""
        from playground.views.grid.editor import CellEditor

        editor = CellEditor(self._grid.viewport())
        editor.accepted.connect(self._take)
        editor.widened.connect(self._widen)
        editor.cancelled.connect(self._grid.viewport().update)
        return editor

    @property
    def open(self) -> bool:
        """Whether a cell is being typed into."""
        return "editor" in vars(self) and self.editor.isVisible()

    def begin(self, typed: str | None = None) -> None:
        """Open the editor on the active cell with its full text, or with what was ``typed`` instead."""
        grid = self._grid
        if grid.layout_now().empty:
            return
        if not grid.editable:
            grid.refused.emit(grid.read_only_reason)
            return
        row, column = grid.selection.row, grid.selection.column
        grid.show_numbers_of(row, column)  # nothing is typed that isn't seen
        grid.scroll_to_cell(row, column)
        block = grid.source.block(row, row + 1, column, column + 1)
        if block is None:
            return
        layout = grid.layout_now()
        self._cell = row, column
        place = QRect(*layout.box(row, row + 1, column, column + 1))
        name, font = grid.name or tr("this array"), text_font(layout.cell_height)
        self.editor.begin(block[0, 0], grid.source.dtype, place, font, name=name, typed=typed)

    def finish(self) -> bool:
        """Finish an open editor; False where its text is refused and it stays open."""
        return not self.open or self.editor.finish()

    def cancel(self) -> bool:
        """Close an open editor and leave its cell as it was; False where there is none."""
        if not self.open:
            return False
        self.editor.cancel()
        return True

    def follow(self) -> None:
        """Let an open editor go with its cell when the grid scrolls."""
        if not self.open:
            return
        row, column = self._cell
        layout = self._grid.layout_now()
        shown = layout.clip(row, row + 1, column, column + 1) is not None
        self.editor.move_to(QRect(*layout.box(row, row + 1, column, column + 1)) if shown else _OUT_OF_SIGHT)

    def _take(self, value: object, ending: str) -> None:
        grid, (row, column) = self._grid, self._cell
        if ending == "fill":
            if value is None and (block := grid.source.block(row, row + 1, column, column + 1)) is not None:
                value = block[0, 0]
            grid.actions_on_cells.write(value)
        elif value is not None:
            grid.blockEdited.emit(GridEdit(row, column, np.array([[value]], grid.source.dtype)))
        self._go_on(ending)

    def _widen(self, dtype: np.dtype, value: object, ending: str) -> None:
        edit = GridEdit(*self._cell, np.array([[value]], dtype))
        if ending == "fill":
            edit = self._grid.actions_on_cells.filled(value, dtype)
        self._grid.dtypeRequested.emit(dtype, edit)
        self._go_on(ending)

    def _go_on(self, ending: str) -> None:
        grid = self._grid
        rows, columns = grid.source.rows, grid.source.columns
        if ending in ("down", "up"):
            grid.select_ranges(grid.ranges.entered(rows, columns, forward=ending == "down", home=grid.home_column))
        elif ending in ("next", "previous"):
            grid.focusNextPrevChild(ending == "next")
        grid.viewport().update()
