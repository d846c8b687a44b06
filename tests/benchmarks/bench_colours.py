"""What colours cost: the image of one screen, and a jump with limits of each row or column against one without colours.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_colours.py
Prints ratio, value and yardstick (medians, each with all the painting that it causes).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.heat import colours_of, heat_image, ramp_of
from playground.views.grid.source import ArraySource
from playground.workspace.arrays import Array
from playground.workspace.colourings import SCOPES, Colouring
from tests.benchmarks.measure import compare, judge

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1400, 900)
CELL = (80, 20)
GOALS = {"array": 1.25, "row": 1.5, "column": 2.5}
"""Columns are read beside, and painted once more when their limits are known."""


def main() -> None:
    """Print one line for each measurement."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    array = np.random.default_rng(0).standard_normal((10_000, 10_000))
    limits = float(array.min()), float(array.max())
    coloured, plain = _grid(array, limits), _grid(array, limits)
    plain.set_colouring(Colouring("off"))
    app.processEvents()
    while coloured.pictures.is_busy or plain.pictures.is_busy:  # the overview is made beside
        app.processEvents()
        time.sleep(0.01)
    r0, r1, c0, c1 = coloured.layout_now().visible
    print(f"{(r1 - r0) * (c1 - c0)} cells of {array.shape[0]}×{array.shape[1]} float64, {SIZE[0]}×{SIZE[1]} pixels")
    block, table = array[r0:r1, c0:c1], colours_of(theme.current(), theme.current().cell)
    ramp = ramp_of(limits, array.dtype)
    image = compare(
        "image of one screen", lambda: heat_image(block, ramp, table), lambda: block.copy(), turns=200, warm=20
    )
    judge("image of one screen, ms", sorted(image.ours)[len(image.ours) // 2] * 1000, 0.3)
    turn = iter(range(10**6))

    def jumped(grid: Grid) -> Callable[[], None]:
        def run() -> None:
            step = next(turn) // 2  # both run by turns
            grid.scroll_to(step * 613 % 9000, step * 311 % 9000)
            app.processEvents()

        return run

    for scope in SCOPES:
        coloured.set_colouring(Colouring(scope=scope))
        found = compare(f"jump, limits of each {scope}", jumped(coloured), jumped(plain), turns=25, warm=3)
        judge(f"jump, limits of each {scope}, times one without colours", found.ratio, GOALS[scope])
    for grid in (coloured, plain):
        grid.close()
        grid.deleteLater()


def _grid(array: np.ndarray, limits: tuple[float, float]) -> Grid:
    grid = Grid()
    grid.set_cell_size(*CELL, grow=False)
    grid.set_limits(limits)
    grid.set_source(ArraySource(Array.of(array, copy=False)))
    grid.resize(*SIZE)
    grid.show()
    return grid


def test_what_colours_cost() -> None:
    """Under pytest: print."""
    main()


if __name__ == "__main__":
    main()
