"""Selecting, searching and counting 10,000×10,000 cells, against NumPy on the whole array, in one process.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_seek.py
Prints ratios, and how long the window waits at most while a thread reads.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.session.statistics import Summing
from playground.views import theme
from playground.views.grid.finder import finder_of
from playground.views.grid.grid import Grid
from playground.views.grid.source import ArraySource
from playground.workspace.queries import Compare
from playground.workspace.searching import LARGEST, Search, extreme_query
from playground.workspace.statistics import Tally, pieces
from tests.benchmarks.measure import compare, judge

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1400, 900)
_CTRL, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_A, _ESCAPE = Qt.Key.Key_A, Qt.Key.Key_Escape


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    array = np.random.default_rng(0).random((10_000, 10_000))
    array[-1, -2] = 7.0
    rows, columns = array.shape
    grid = Grid()
    grid.set_limits((0.0, 7.0))
    grid.set_source(ArraySource(array))
    grid.resize(*SIZE)
    grid.show()
    app.processEvents()

    def read(r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        return array[r0:r1, c0:c1]

    def select_all() -> None:
        QTest.keyClick(grid, _A, _CTRL)
        app.processEvents()
        QTest.keyClick(grid, _ESCAPE, _NONE)
        app.processEvents()

    def repaint_twice() -> None:
        for _ in range(2):
            grid.viewport().update()
            app.processEvents()

    def find() -> None:
        found = Search(Compare("==", 7.0), rows, columns, lambda _: []).run(read, (0, 0))
        assert found is not None
        assert found.cell == (9999, 9998)

    def count() -> None:
        tally = Tally()
        for box in pieces([(0, rows, 0, columns)]):
            tally.add(read(*box))
        assert tally.statistics.count == array.size

    compare("select all and back", select_all, repaint_twice, turns=9, warm=2)
    compare("find the only hit", find, lambda: np.flatnonzero(array == 7.0), turns=5)
    compare("largest", lambda: extreme_query(LARGEST, read, rows, columns, lambda _: True), array.max, turns=5)
    compare("statistics", count, lambda: (array.min(), array.max(), array.mean(), array.std()), turns=3)
    watch_the_window(app, grid, array)
    grid.close()
    grid.deleteLater()


def watch_the_window(app: QApplication, grid: Grid, array: np.ndarray) -> None:
    """Print how long the window waits at most while a thread reads all cells."""
    finder, summing = finder_of(grid), Summing()
    boxes = [(0, array.shape[0], 0, array.shape[1])]
    for name, start, busy in (
        ("a comparison", lambda: finder.find("> 0.5", (0, 0)), lambda: finder.is_busy),
        ("what is shown", lambda: finder.find("0.5", (0, 0)), lambda: finder.is_busy),
        ("the largest", lambda: finder.find_extreme(LARGEST), lambda: finder.is_busy),
        ("statistics", lambda: summing.start(ArraySource(array), boxes), lambda: summing.is_busy),
    ):
        took, longest = waited(app, start, busy)
        print(f"\n{name}: {took:.3g} s beside the window", flush=True)
        judge(f"longest wait of the window meanwhile, {name}", longest, 0.05)
    summing.stop()


def waited(app: QApplication, start: Callable[[], object], busy: Callable[[], bool]) -> tuple[float, float]:
    """Seconds until an answer, and of the longest turn of the window's events meanwhile."""
    began = time.perf_counter()
    start()
    longest = time.perf_counter() - began
    while busy():
        turn = time.perf_counter()
        app.processEvents()
        longest = max(longest, time.perf_counter() - turn)
        time.sleep(0.001)
    return time.perf_counter() - began, longest


def test_seeking_in_a_large_array() -> None:
    """Under pytest: print."""
    main()


if __name__ == "__main__":
    main()
