"""A 10,000×10,000 matrix from afar: its pyramid, a frame of the picture, a step of the wheel, an edit.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_zoom.py
Prints ratio, value and yardstick. The yardsticks: NumPy's own smallest and largest value, once over all cells; and the
usual picture of a large matrix, each pixel the one cell that lies there, in which most outliers are lost.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.views import theme
from playground.views.grid.far_paint import far_table
from playground.views.grid.grid import Grid
from playground.views.grid.heat import heat_image, ramp_of
from playground.views.grid.source import ArraySource
from playground.workspace.arrays import Array
from playground.workspace.pyramid import Pyramid
from tests.benchmarks.measure import compare, judge, seconds

SIDE = 10_000
SIZE = (1400, 900)
LIMITS = (-6.0, 6.0)
FRAME_S = 0.006
PYRAMID_BYTES = 16 << 20


class Decimated(QWidget):
    """The whole matrix as most programs show it: every so many rows and columns, coloured."""

    def __init__(self, array: np.ndarray) -> None:
        super().__init__()
        self._array = array

    def paintEvent(self, _: object) -> None:
        """Take the cells of the pixels."""
        rows = np.arange(self.height()) * SIDE // self.height()
        columns = np.arange(self.width()) * SIDE // self.width()
        colours = far_table(theme.current(), theme.current().cell)
        image = heat_image(self._array[np.ix_(rows, columns)], ramp_of(LIMITS, self._array.dtype), colours)
        with QPainter(self) as painter:
            painter.drawImage(0, 0, QImage(image.data, image.shape[1], image.shape[0], QImage.Format.Format_RGB32))


def built(array: np.ndarray) -> Pyramid:
    """The pyramid, made here."""
    pyramid = Pyramid(*array.shape)
    for r0, r1, c0, c1 in pyramid.pieces():
        pyramid.put((r0, r1, c0, c1), array[r0:r1, c0:c1])
    pyramid.finish()
    return pyramid


def wait(app: QApplication, grid: Grid) -> None:
    """Until every picture is there."""
    app.processEvents()
    while grid.pictures.is_busy:
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    array = np.random.default_rng(0).standard_normal((SIDE, SIDE))
    array[1234, 5678] = 6.0
    compare("pyramid", lambda: built(array), lambda: (array.min(), array.max()), turns=5)
    judge("bytes of the pyramid", built(array).nbytes, PYRAMID_BYTES)

    document = Array.of(array, copy=False)
    grid, plain = Grid(), Decimated(array)
    grid.set_limits(LIMITS)
    grid.set_source(ArraySource(document))
    for widget in (grid, plain):
        widget.resize(*SIZE)
        widget.show()
    app.processEvents()
    took = seconds(lambda: (grid.pictures.survey(), wait(app, grid)))
    print(f"\nbeside the window: the picture of the whole after {took * 1000:.0f} ms")
    frames = []
    point = QPoint(600, 400)
    for step in itertools.count():
        wait(app, grid)
        if step % 4 == 3 or grid.zoom == 0:
            name = f"frame, {grid.detail.name.lower()}, {np.diff(grid.layout_now().visible[:2])[0]} rows in sight"
            found = compare(name, grid.viewport().repaint, plain.repaint, turns=25, warm=3)
            frames.append(min(found.ours))
        if grid.zoom == 0:
            break
        grid.zoom_at(point, 1 / 1.35)
    judge("slowest kind of frame while nothing else ran, seconds", max(frames), FRAME_S)

    values = itertools.cycle([np.array([[9.0]]), np.array([[-9.0]])])
    before = grid.source

    def edit() -> None:
        grid.set_source(ArraySource(document.with_block(5000, 5000, next(values))))
        app.processEvents()

    compare("an edited cell, seen in the whole", edit, plain.repaint, turns=15, warm=3)
    grid.set_source(before)
    grid.pictures.stop()
    for widget in (grid, plain):
        widget.close()
        widget.deleteLater()
    app.processEvents()


def test_a_large_matrix_from_afar() -> None:
    """Under pytest: print."""
    main()


if __name__ == "__main__":
    main()
