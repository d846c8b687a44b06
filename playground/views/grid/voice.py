"""The grid's voice: its active cell as a sentence, said once when the keys have come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from playground.translation import tr
from playground.views.announce import announce
from playground.views.grid.slice_source import slicing_of
from playground.workspace.numbers import display_text

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid

SPOKEN_AFTER_MS = 400


class Voice:
    """Keeps the grid's accessible description and announces it."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._timer = QTimer(grid)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SPOKEN_AFTER_MS)
        self._timer.timeout.connect(self._speak)
        grid.selectionChanged.connect(self.describe)

    def describe(self) -> None:
        """Write down what is active now, and say it unless more keys follow."""
        text = f"{self.selected()} {self.sentence()}".lstrip()
        if text != self._grid.accessibleDescription():
            self._grid.setAccessibleDescription(text)
            if self._grid.hasFocus():
                self._timer.start()

    def sentence(self) -> str:
        """Return the active cell as a sentence: “A, row 0, column 1: 2.5”."""
        grid, source, name = self._grid, self._grid.source, self._grid.name
        if grid.layout_now().empty:
            return grid.empty_text()
        row, column = grid.selection.row, grid.selection.column
        block = source.block(row, row + 1, column, column + 1)
        value = tr("on its way") if block is None else display_text(block[0, 0], source.dtype)
        if (slicing := slicing_of(source)) is not None:
            index = ", ".join(map(str, slicing.index_of(row, column)))
            return tr("{name}[{index}]: {value}", name=name, index=index, value=value)
        if source.ndim == 0:
            return tr("{name}: {value}", name=name, value=value)
        if source.ndim == 1:
            return tr("{name}, index {column}: {value}", name=name, column=column, value=value)
        return tr(
            "{name}, row {row}, column {column}: {value}",
            name=name,
            row=grid.row_label(row),
            column=column,
            value=value,
        )

    def selected(self) -> str:
        """Return how much is selected beside the active cell: “3 ranges, 24 cells.”; empty for that cell alone."""
        ranges = self._grid.ranges
        r0, r1, c0, c1 = ranges.active.box
        if ranges.several:
            return tr("{ranges} ranges, {cells} cells.", ranges=len(ranges.parts), cells=f"{ranges.cells:,}")
        if ranges.single or self._grid.layout_now().empty:
            return ""
        return tr("{rows} by {columns} cells.", rows=f"{r1 - r0:,}", columns=f"{c1 - c0:,}")

    def _speak(self) -> None:
        if self._grid.hasFocus():
            announce(self._grid, self._grid.accessibleDescription())
