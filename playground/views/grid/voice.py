"""The grid's voice: its active cell as a sentence, said once when the keys have come to rest, and as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from playground.translation import tr
from playground.views.announce import announce
from playground.views.grid.slice_source import slicing_of
from playground.workspace.numbers import display_text, shortest_text

if TYPE_CHECKING:
    import numpy as np

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
        self._waits = False
        grid.selectionChanged.connect(self.describe)

    def describe(self) -> None:
        """Write down what is active now, and say it unless more keys follow."""
        self._waits = False
        text = f"{self.selected()} {self.sentence()}".lstrip()
        if text != self._grid.accessibleDescription():
            self._grid.setAccessibleDescription(text)
            if self._grid.hasFocus():
                self._timer.start()
        self._grid.activeChanged.emit()

    def arrived(self) -> None:
        """Cells may be there now that were on their way."""
        if self._waits:
            self.describe()

    def line(self) -> str:
        """Return the active cell as NumPy would write it, with all its digits: “A[0, 1] = 2.5”."""
        grid, source = self._grid, self._grid.source
        if grid.layout_now().empty:
            return tr("{name}: {sentence}", name=grid.name, sentence=grid.empty_text())
        value = self._value()
        text = tr("on its way") if value is None else shortest_text(value, source.dtype)
        line = f"{grid.name}{self._index()} = {text}"
        selected = self.selected()
        return tr("{line}    in {selected}", line=line, selected=selected.rstrip(".")) if selected else line

    def _index(self) -> str:
        """Return the array's own index of the active cell."""
        grid, source = self._grid, self._grid.source
        row, column = grid.selection.row, grid.selection.column
        slicing = slicing_of(source)
        if slicing is not None:
            places = ", ".join(map(str, slicing.index_of(row, column)))
        else:
            leading = grid.row_label(row).replace(",", ", ")
            places = ("", f"{column}", f"{leading}, {column}")[min(source.ndim, 2)]
        return f"[{places}]" if places else ""

    def _value(self) -> np.generic | None:
        """Return the active cell's value, None while it is on its way."""
        row, column = self._grid.selection.row, self._grid.selection.column
        block = self._grid.source.block(row, row + 1, column, column + 1)
        self._waits = block is None
        return None if block is None else block[0, 0]

    def _as_shown(self) -> str:
        """Return the active cell's value as its cell shows it."""
        value, source, number = self._value(), self._grid.source, self._grid.number_format
        if value is None:
            return tr("on its way")
        if number is None:
            return display_text(value, source.dtype)
        from playground.workspace.number_formats import suited  # the first picture has the general format
        from playground.workspace.number_texts import written

        number = suited(number, source.dtype)
        return written(value.item(), source.dtype, number, source.limits)

    def sentence(self) -> str:
        """Return the active cell as a sentence: “A, row 0, column 1: 2.5”."""
        grid, source, name = self._grid, self._grid.source, self._grid.name
        if grid.layout_now().empty:
            return grid.empty_text()
        row, column = grid.selection.row, grid.selection.column
        value = self._as_shown()
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
