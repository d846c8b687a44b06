"""Opening a 10,000×10,000 .npy in the window: first picture, memory, limits, the last row, statistics of all cells.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_grid_open.py
The yardstick reads the whole file with NumPy, or paints the same array from memory. The file lies in the system's cache
for both. Processor time is printed too: where it is far below the wall time, something else was running.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.app import build_window
from playground.session.statistics import Summing
from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.source import ArraySource
from playground.workspace.workspace import Workspace
from tests.benchmarks.measure import Comparison, judge, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.source import BlockSource
    from playground.views.main_window import MainWindow

SIDE = 10_000
SIZE = (1400, 900)
_TICK_MS = 5
_CTRL = Qt.KeyboardModifier.ControlModifier
_HOME, _END = Qt.Key.Key_Home, Qt.Key.Key_End


class Watch:
    """Wall and processor seconds since it was made, the most memory meanwhile beyond that of the beginning, and pauses.

    A pause is how late the window comes to something that was due: here a tick every five milliseconds.
    """

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._process.memory_info().rss
        self.most = 0
        self.longest_pause_s = 0.0
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def until(self, done: Callable[[], bool]) -> tuple[float, float]:
        """Let events be handled until something is ``done``; the seconds since the beginning, wall and processor."""
        loop, timer = QEventLoop(), QTimer()
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            self.longest_pause_s = max(self.longest_pause_s, now - last - _TICK_MS / 1000)
            self.most = max(self.most, self._process.memory_info().rss - self._before)
            last = time.perf_counter()
            if done():
                loop.quit()

        timer.timeout.connect(tick)
        timer.start(_TICK_MS)
        loop.exec()
        timer.stop()
        return time.perf_counter() - self._wall, time.process_time() - self._processor


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.npy"
        _write(path)
        window = build_window(Workspace(), inline=True)
        window.resize(*SIZE)
        window.show()
        QTest.qWait(1000)
        grid = _open(window, path)
        _jump(grid, path)
        _statistics(grid, path)
        window.close()


def _write(path: Path) -> None:
    rng = np.random.default_rng(0)
    cells = np.lib.format.open_memmap(path, "w+", np.float64, (SIDE, SIDE))
    for row in range(0, SIDE, 500):
        cells[row : row + 500] = rng.standard_normal((500, SIDE))
    cells.flush()


def _read(path: Path) -> tuple[float, float]:
    """The yardstick: seconds, wall and processor, in which NumPy reads the file whole."""
    wall, processor = time.perf_counter(), time.process_time()
    assert np.load(path).shape == (SIDE, SIDE)
    return time.perf_counter() - wall, time.process_time() - processor


def _open(window: MainWindow, path: Path) -> Grid:
    _open_small(window, path)
    yardstick, yardstick_processor = _read(path)
    watch = Watch()
    window.dialogs.open_paths([path])
    first, processor = watch.until(lambda: _shown(window) is not None)
    grid = _shown(window)
    assert grid is not None
    _told("first picture", first, processor, yardstick, yardstick_processor)
    known, processor = watch.until(lambda: grid.colour_limits is not None)
    _told("colours", known, processor, yardstick, yardstick_processor)
    print(f"  resident memory: at most {watch.most / 2**20:.1f} MiB more; longest pause {watch.longest_pause_s:.3f} s")
    judge("first picture, s", first, 0.3)
    judge("memory, MiB", watch.most / 2**20, 64)
    return grid


def _open_small(window: MainWindow, path: Path) -> None:
    """Open something else first: what is imported for the first file isn't what is measured."""
    small = path.with_name("small.npy")
    np.save(small, np.zeros((3, 3)))
    window.dialogs.open_paths([small])
    Watch().until(lambda: "small" in window.session.snapshot.workspace.names)


def _shown(window: MainWindow) -> Grid | None:
    """The grid of the file, when its numbers are on the screen."""
    for grid in window.findChildren(Grid, "operandGrid"):
        if grid.isVisible() and grid.name == "big" and grid.source.block(*grid.layout_now().visible) is not None:
            grid.viewport().repaint()
            return grid
    return None


def _jump(grid: Grid, path: Path) -> None:
    """In the same window by turns: with the cells in the file, and with those in memory."""
    sources: tuple[BlockSource, BlockSource] = (grid.source, ArraySource(np.load(path)))
    times: tuple[list[float], list[float]] = ([], [])

    def there_and_back() -> None:
        for key in (_END, _HOME):
            QTest.keyClick(grid, key, _CTRL)
            grid.viewport().repaint()
            assert grid.source.block(*grid.layout_now().visible) is not None

    for turn in range(-3, 15):
        for source, kept in zip(sources, times, strict=True):
            grid.set_source(source)
            QApplication.processEvents()
            took = seconds(there_and_back)
            if turn >= 0:
                kept.append(took / 2)
    grid.set_source(sources[0])
    print(f"\n{Comparison('a jump to the last row, beside an array in memory', tuple(times[0]), tuple(times[1]))}")


def _statistics(grid: Grid, path: Path) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    cells = np.load(path)
    assert np.isfinite(cells).all()
    expected = cells.min(), cells.max(), cells.mean(), cells.std()
    del cells
    yardstick, yardstick_processor = time.perf_counter() - wall, time.process_time() - processor
    idle, begun = Watch(), time.perf_counter()
    idle.until(lambda: time.perf_counter() - begun > yardstick)
    answers: list[object] = []
    summing = Summing()
    summing.finished.connect(answers.append)
    watch = Watch()
    summing.start(grid.source, [(0, SIDE, 0, SIDE)])  # type: ignore[arg-type]
    took, processor = watch.until(lambda: bool(answers))
    summing.stop()
    found = answers[0]
    assert np.allclose((found.low, found.high, found.mean, found.deviation), expected)  # type: ignore[attr-defined]
    _told("statistics of 10⁸ cells", took, processor, yardstick, yardstick_processor)
    print(f"  resident memory: at most {watch.most / 2**20:.1f} MiB more")
    print(f"  longest pause of the window meanwhile, and of one that does nothing as long as the yardstick takes: "
          f"{watch.longest_pause_s * 1000:.3g} ms, {idle.longest_pause_s * 1000:.3g} ms")  # fmt: skip
    judge("longest pause of the window, ms", watch.longest_pause_s * 1000, 50)


def _told(name: str, wall: float, processor: float, yardstick: float, yardstick_processor: float) -> None:
    print(
        f"\n{name}: {wall / yardstick:.3f} x the yardstick ({wall:.3f} s, processor {processor:.3f} s;"
        f" yardstick {yardstick:.3f} s, processor {yardstick_processor:.3f} s)",
        flush=True,
    )


if __name__ == "__main__":
    main()
