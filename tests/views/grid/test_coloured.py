"""Colours of whole arrays, rows and columns in a real grid: at once where that is cheap, else as they become known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.reading import CellsGoneError
from playground.views import theme
from playground.views.grid import heat_reading
from playground.views.grid.heat_reading import LineReading
from playground.views.grid.source import ArraySource
from playground.workspace.arrays import Array
from playground.workspace.colourings import Colouring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid
    from tests.views.grid.conftest import Bench

Make = "Callable[..., Bench]"
ROWS, COLUMNS, WHOLE, OFF = Colouring(scope="row"), Colouring(scope="column"), Colouring(), Colouring("off")


def shade(grid: Grid, row: int, column: int) -> QColor:
    """The ground of a cell, left of its number."""
    x, y, *_ = grid.layout_now().box(row, row + 1, column, column + 1)
    return grid.viewport().grab().toImage().pixelColor(x + 5, y + 8)


def opened(bench: Callable[..., Bench], values: object, colouring: Colouring | None) -> Grid:
    grid = bench(np.zeros((1, 1)), size=(700, 600)).grid
    grid.clearFocus()
    grid.set_source(ArraySource(Array.of(values)))
    grid.set_colouring(colouring)
    return grid


def test_each_row_has_its_own_strongest_colour_and_each_column(bench: Make) -> None:
    values = np.array([[0.0, 1.0, 2.0], [0.0, 100.0, 200.0]])
    grid = opened(bench, values, WHOLE)
    assert shade(grid, 0, 2) != shade(grid, 1, 2)
    grid.set_colouring(ROWS)
    assert shade(grid, 0, 2) == shade(grid, 1, 2) != shade(grid, 0, 1)
    assert shade(grid, 0, 1) == shade(grid, 1, 1)
    grid.set_colouring(COLUMNS)
    assert shade(grid, 0, 1) == shade(grid, 0, 2) == theme.current().cell
    assert shade(grid, 1, 1) == shade(grid, 1, 2) != theme.current().cell
    grid.set_colouring(OFF)
    assert shade(grid, 1, 2) == theme.current().cell
    grid.set_colouring(None)
    assert shade(grid, 1, 2) != theme.current().cell


def test_a_row_of_one_sign_is_centred_on_0_where_the_array_changes_sign(bench: Make) -> None:
    grid = opened(bench, [[5.0, 10.0], [-10.0, 10.0]], ROWS)
    assert shade(grid, 0, 1) == shade(grid, 1, 1)
    assert shade(grid, 0, 0) != theme.current().cell, "its smallest is half of its largest"


def test_an_edit_changes_the_colours_of_its_line_alone(bench: Make) -> None:
    values = np.array([[0.0, 5.0, 10.0], [0.0, 5.0, 10.0]])
    grid = opened(bench, values, ROWS)
    before = shade(grid, 0, 1)
    array = Array.of(values)
    grid.set_source(ArraySource(array))
    grid.set_source(ArraySource(array.with_block(0, 2, np.array([[5.0]]))))
    assert shade(grid, 0, 1) == shade(grid, 1, 2) != before
    assert shade(grid, 1, 1) == before


def test_what_is_far_apart_is_read_beside_and_coloured_when_known(
    bench: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat_reading, "AT_ONCE", 100)
    values = np.arange(400.0).reshape(40, 10)
    grid = opened(bench, values, COLUMNS)
    grid.viewport().grab()
    qtbot.waitUntil(lambda: grid.line_limits.known(3) is not None)
    assert [grid.line_limits.known(c) for c in (0, 3, 9)] == [(0, 390), (3, 393), (9, 399)]
    assert shade(grid, 0, 3) == theme.current().cell
    assert shade(grid, 9, 3) != theme.current().cell


def test_the_line_limits_after_many_edits_while_reading_are_those_of_the_last(
    bench: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat_reading, "AT_ONCE", 100)
    array = Array.of(np.zeros((60, 20)))
    grid = opened(bench, array.to_numpy(), COLUMNS)
    for step in range(30):
        array = array.with_block(step, step % 20, np.array([[step + 1.0]]))
        grid.set_source(ArraySource(array))
        grid.viewport().grab()
        if step % 7 == 0:
            array = array.with_block(step, step % 20, np.array([[0.0]]))
            grid.set_source(ArraySource(array))
    low, high = array.to_numpy().min(axis=0), array.to_numpy().max(axis=0)

    def are_known() -> None:
        grid.viewport().grab()
        first, stop = grid.layout_now().visible[2:]
        found = grid.line_limits.between(first, stop)
        np.testing.assert_array_equal(found, (low[first:stop], high[first:stop]))

    qtbot.waitUntil(are_known)


class Gone(ArraySource):
    """Cells that were there when the grid asked, and that no thread can read any more."""

    tall = False

    def reader(self, slicing: object = None) -> Gone:
        return self

    def read(self, *_: int) -> np.ndarray:
        raise CellsGoneError

    def close(self) -> None:
        pass


def test_cells_that_are_gone_have_no_colours_and_are_not_asked_for_for_ever(bench: Make, qtbot: QtBot) -> None:
    grid = bench(np.zeros((1, 1)), size=(700, 600)).grid
    grid.set_source(Gone(np.arange(6.0).reshape(2, 3)))
    grid.set_colouring(ROWS)
    grid.viewport().grab()
    qtbot.waitUntil(lambda: not grid.line_limits.is_readable)
    assert grid.line_limits.known(1) is None
    assert shade(grid, 1, 2) == theme.current().cell


@pytest.mark.parametrize("shape", [(), (3,), (0, 3), (3, 0), (0, 0), (2, 3, 2)])
@pytest.mark.parametrize("colouring", [ROWS, COLUMNS, Colouring("diverging", "row"), Colouring("sequential", "column")])
@pytest.mark.parametrize("dtype", ["float64", "bool", "complex64", "uint64"])
def test_every_shape_and_dtype_is_painted(
    bench: Make, shape: tuple[int, ...], colouring: Colouring, dtype: str
) -> None:
    grid = bench(np.ones(shape, dtype)).grid
    grid.set_colouring(colouring)
    assert not grid.viewport().grab().isNull()


def test_a_grid_that_is_hidden_or_gone_reads_nothing(
    bench: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat_reading, "AT_ONCE", 0)
    grid = opened(bench, np.zeros((5000, 40)), COLUMNS)
    grid.viewport().grab()
    reading = grid.line_limits
    grid.hide()
    assert not reading.is_busy
    grid.show()
    grid.viewport().grab()
    qtbot.waitUntil(lambda: reading.known(0) == (0, 0))


def test_more_is_told_while_a_large_array_is_read_and_what_comes_into_sight_comes_first(
    bench: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat_reading, "AT_ONCE", 0)
    monkeypatch.setattr(heat_reading, "_TOLD_OF", 64)
    values = np.arange(64.0 * 4).reshape(64, 4)
    reading = LineReading("row", ArraySource(values), bench(np.zeros((1, 1))).grid)
    told: list[int] = []
    reading.changed.connect(lambda: told.append(sum(reading.is_known(row) for row in range(64))))
    reading.between(0, 64)
    reading.between(16, 64)
    qtbot.waitUntil(lambda: not reading.is_busy)
    assert told == sorted(told)
    assert set(told) >= {16, 32, 48, 64}
    np.testing.assert_array_equal(reading.between(0, 64), (values[:, 0], values[:, -1]))


def test_so_many_rows_in_sight_have_the_whole_arrays_limits(bench: Make) -> None:
    grid = opened(bench, np.arange(200_000.0)[:, None], ROWS)
    assert grid.line_limits is not None
    grid.set_zoom(0)
    grid.viewport().grab()
    assert grid.line_limits is None
    assert shade(grid, 199_999, 0) != theme.current().cell


def test_nan_and_both_infinities_differ_without_colours(bench: Make) -> None:
    grid = opened(bench, [[np.nan, np.inf, -np.inf, 1.0]], WHOLE)
    image = grid.viewport().grab().toImage()

    def marks(column: int) -> tuple[bool, bool, bool]:
        """Whether the ground left of the number is hatched, and whether a bar runs above and below it."""
        x, y, _, height = grid.layout_now().box(0, 1, column, column + 1)
        lights = [[image.pixelColor(x + k, y + j).lightness() for k in range(2, 10)] for j in range(2, height - 1)]
        middle = [light for line in lights[6:-6] for light in line]
        above, below = lights[0][0] < min(middle) - 20, lights[-1][0] < min(middle) - 20
        return max(middle) - min(middle) > 8, above, below

    assert [marks(column) for column in range(4)] == [
        (True, False, False), (False, True, False), (False, False, True), (False, False, False),
    ]  # fmt: skip
