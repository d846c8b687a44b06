"""Repaint, jump, one-row scroll and one-cell edit of the grid against a tuned QTableView, in one process.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_grid.py
Prints ratio, value and yardstick (medians, each with all the painting that it causes).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QApplication, QTableView

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.source import ArraySource
from tests.benchmarks.measure import compare

SIZE = (1920, 1080)
CELL = (80, 20)
_DISPLAY, _BACKGROUND, _ALIGNMENT = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.BackgroundRole),
    int(Qt.ItemDataRole.TextAlignmentRole),
)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


if TYPE_CHECKING:
    from collections.abc import Callable


class Tuned(QAbstractTableModel):
    """Roles as integers, flags and brushes made once: what a careful program does with QTableView."""

    def __init__(self, array: np.ndarray, largest: float) -> None:
        super().__init__()
        self.array = array
        self._scale = 127 / largest
        self._brushes = [QBrush(QColor.fromHslF(0.6, 0.5, 1 - step / 1000)) for step in range(256)]

    def rowCount(self, _: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self.array.shape[0]

    def columnCount(self, _: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self.array.shape[1]

    def flags(self, _: QModelIndex) -> Qt.ItemFlag:
        return _FLAGS

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        role = int(role)
        if role == _DISPLAY:
            return f"{self.array[index.row(), index.column()]:.6g}"
        if role == _BACKGROUND:
            return self._brushes[int(self.array[index.row(), index.column()] * self._scale) + 128]
        return _RIGHT if role == _ALIGNMENT else None


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    array = np.random.default_rng(0).standard_normal((10_000, 10_000))
    largest = float(np.abs(array).max())
    grid = Grid()
    grid.set_cell_size(*CELL, grow=False)
    grid.set_limits((-largest, largest))
    grid.set_source(ArraySource(array))
    table = QTableView()
    model = Tuned(array, largest)
    table.setModel(model)
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
    table.horizontalHeader().setDefaultSectionSize(CELL[0])
    table.verticalHeader().setDefaultSectionSize(CELL[1])
    for widget in (grid, table):
        widget.resize(*SIZE)
        widget.show()
        app.processEvents()
    r0, r1, c0, c1 = grid.layout_now().visible
    print(f"{(r1 - r0) * (c1 - c0)} cells of {array.shape[0]}×{array.shape[1]} float64, {SIZE[0]}×{SIZE[1]} pixels")

    turn = iter(range(10**6))

    def painted(action: Callable[[int], object]) -> Callable[[], None]:
        def run() -> None:
            action(next(turn) // 2)  # both run by turns
            app.processEvents()

        return run

    def edit(number: int) -> None:
        array[5, 5] = number % 3
        model.dataChanged.emit(model.index(5, 5), model.index(5, 5))

    bar = table.verticalScrollBar()
    for name, ours, theirs in (
        ("repaint", lambda _: grid.viewport().update(), lambda _: table.viewport().update()),
        ("jump", lambda t: grid.scroll_to(t * 600 % 9000, 0), lambda t: bar.setValue(t * 600 % 9000)),
        ("scroll one row", lambda t: grid.scroll_to(t % 9000, 0), lambda t: bar.setValue(t % 9000)),
        ("edit one cell", lambda t: grid.set_source(Edited(array, (5, 5), float(t % 3))), edit),
    ):
        grid.scroll_to(0, 0)
        bar.setValue(0)
        compare(name, painted(ours), painted(theirs), turns=15, warm=3)
    for widget in (grid, table):
        widget.close()
        widget.deleteLater()


def test_the_grid_against_a_tuned_table() -> None:
    """Under pytest: print."""
    main()


class Edited(ArraySource):
    """The array with one other cell, as a workspace shares all tiles but one."""

    def __init__(self, array: np.ndarray, cell: tuple[int, int], value: float) -> None:
        super().__init__(array)
        self._cell, self._value = cell, value

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Return the cells, the edited one replaced."""
        block = super().block(r0, r1, c0, c1)
        row, column = self._cell
        if r0 <= row < r1 and c0 <= column < c1:
            block = block.copy()
            block[row - r0, column - c0] = self._value
        return block


if __name__ == "__main__":
    main()
