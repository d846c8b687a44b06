"""A paste of 1000×1000 numbers against ``numpy.loadtxt`` on the same text, and how long the window waits beside it.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_clipboard.py
The paste is measured from Ctrl+V to the edit that writes the cells. Pauses of the event loop are those of a timer of
5 ms, beside a paste and beside a copy of a million cells, and beside texts that aren't numbers.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.files.pasted.read import from_text
from playground.views import theme
from playground.views.grid.clipboard import put_block, stop_writing
from playground.views.grid.grid import Grid
from playground.views.grid.source import ArraySource
from tests.benchmarks.measure import compare, judge

SIZE = 1000
GOAL = 1.5


def text_of(values: np.ndarray, separator: str) -> str:
    """Full precision, as copies are."""
    return "\n".join(separator.join(map(repr, row)) for row in values.tolist())


class Loop:
    """Runs events until the grid says that something became of the paste; keeps the longest pause."""

    def __init__(self, grid: Grid) -> None:
        self.pause = 0.0
        self._last = 0.0
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        grid.blockEdited.connect(lambda _edit: self._loop.quit())
        grid.refused.connect(lambda text: None if "Reading" in text else self._loop.quit())

    def run(self, limit_ms: int = 60_000) -> None:
        """Wait for the answer."""
        self.pause, self._last = 0.0, time.perf_counter()
        self._timer.start()
        QTimer.singleShot(limit_ms, self._loop.quit)
        self._loop.exec()
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.pause, self._last = max(self.pause, now - self._last), now


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    values = np.random.default_rng(0).standard_normal((SIZE, SIZE))
    text, dtype = text_of(values, "\t"), values.dtype
    grid = Grid()
    grid.set_source(ArraySource(np.zeros((SIZE, SIZE))))
    grid.resize(1400, 900)
    grid.show()
    loop = Loop(grid)

    def paste() -> None:
        grid.actions_on_cells.paste()
        loop.run()

    def loadtxt() -> object:
        return np.loadtxt(io.StringIO(text), delimiter="\t")

    read = compare("read 1000x1000 from tabs", lambda: from_text(text, dtype), loadtxt, turns=5)
    judge("read over loadtxt", read.ratio, GOAL)
    QGuiApplication.clipboard().setText(text)
    whole = compare("paste 1000x1000 into a grid", paste, loadtxt, turns=5)
    judge("paste over loadtxt", whole.ratio, GOAL)
    for name, other in (
        ("1000x1000 numbers", text),
        ("10,000,000 cells", "1\n" * 10_000_000),
        ("words", "some words\n" * 500_000),
        ("ragged rows", text + "\n1"),
    ):
        QGuiApplication.clipboard().setText(other)
        paste()
        print(f"paste of {name}: longest pause of the window {loop.pause * 1000:.0f} ms", flush=True)
    began = time.perf_counter()
    put_block(values)
    held = time.perf_counter() - began
    QTest.qWait(1)
    loop.run(4000)
    print(f"copy of 1000x1000: held {held * 1000:.0f} ms, longest pause {loop.pause * 1000:.0f} ms", flush=True)
    stop_writing()


if __name__ == "__main__":
    main()
