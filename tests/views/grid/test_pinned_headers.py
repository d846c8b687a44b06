"""The indices stay in sight while cells scroll: read from the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from playground.views.grid.grid import Grid
    from tests.views.grid.conftest import Bench

A = np.arange(10_000.0).reshape(100, 100)


@pytest.fixture
def grid(bench: Callable[..., Bench]) -> Grid:
    grid = bench(A, size=(520, 400)).grid
    grid.clearFocus()  # no index is marked, and all are written alike
    return grid


def over_column(grid: Grid, column: int) -> QImage:
    """What stands above a column."""
    layout = grid.layout_now()
    return grid.viewport().grab().toImage().copy(layout.x(column) + 1, 0, layout.cell_width - 1, layout.top - 1)


def beside_row(grid: Grid, row: int) -> QImage:
    """What stands on the left of a row."""
    layout = grid.layout_now()
    return grid.viewport().grab().toImage().copy(0, layout.y(row) + 1, layout.left - 1, layout.cell_height - 1)


def test_columns_keep_their_index_above_them(grid: Grid) -> None:
    grid.scroll_to(0, 40)
    index, other = over_column(grid, 41), over_column(grid, 42)
    assert index != other
    grid.scroll_to(60, 40)  # down: above the same column
    assert over_column(grid, 41) == index
    grid.scroll_to(60, 39)  # and to the side: it goes along
    assert over_column(grid, 41) == index
    assert over_column(grid, 42) == other


def test_rows_keep_their_index_beside_them(grid: Grid) -> None:
    grid.scroll_to(40, 0)
    index, other = beside_row(grid, 41), beside_row(grid, 42)
    assert index != other
    grid.scroll_to(40, 60)
    assert beside_row(grid, 41) == index
    grid.scroll_to(39, 60)
    assert beside_row(grid, 41) == index
    assert beside_row(grid, 42) == other


def test_the_corner_stays_empty(grid: Grid) -> None:
    def corner() -> QImage:
        layout = grid.layout_now()
        return grid.viewport().grab().toImage().copy(0, 0, layout.left - 1, layout.top - 1)

    before = corner()
    grid.scroll_to(37, 23)
    assert corner() == before
