"""What a grid shows, how large it wants to be, and what it repaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QRegion

from playground.views import theme
from playground.views.grid.frames import Highlight
from playground.views.grid.selection import Selection
from playground.views.grid.source import ArraySource, leading_indices
from playground.workspace.limits import finite_limits

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from playground.views.grid.view import GridView

A = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]])
Make = "Callable[..., Bench]"


class Long:
    """10**13 rows whose cells are their own row number: nothing of it is in memory."""

    shape = (10**13, 4)
    rows, columns, ndim, dtype, editable, limits = 10**13, 4, 2, np.dtype(np.int64), True, (0.0, 1e13)
    asked = 0

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        self.asked = max(self.asked, (r1 - r0) * (c1 - c0))
        return np.arange(r0, r1)[:, None].repeat(c1 - c0, axis=1)


def picture(view: GridView) -> QImage:
    return view.viewport().grab().toImage()


def test_a_cells_colour_is_its_heat_and_frames_have_theirs(bench: Make) -> None:
    b = bench(A)
    b.grid.clearFocus()
    x, y, *_ = b.grid.layout_now().box(1, 2, 1, 2)
    assert picture(b.grid).pixelColor(x + 6, y + 6) == QColor(187, 212, 232)
    orange = theme.current().vector_u
    b.grid.set_highlights((Highlight(1, 2, 0, 2, orange),))
    assert picture(b.grid).pixelColor(x + 2, y + 20) == orange
    b.grid.set_highlights(())
    assert picture(b.grid).pixelColor(x + 2, y + 20) == QColor(187, 212, 232)


def test_stale_is_grey_and_results_are_tinted(bench: Make) -> None:
    b = bench(A)
    b.grid.clearFocus()
    x, y, *_ = b.grid.layout_now().box(1, 2, 0, 1)
    assert picture(b.grid).pixelColor(x + 6, y + 6) == theme.current().cell
    b.grid.set_result(True)
    assert picture(b.grid).pixelColor(x + 6, y + 6) == theme.current().result
    before = picture(b.grid)
    b.grid.set_stale(True)
    assert picture(b.grid) != before


def test_not_finite_cells_and_missing_cells_have_marks(bench: Make) -> None:
    b = bench(np.array([[np.nan, np.inf, -np.inf, 1.0]]))
    pictures = []
    for column in range(4):
        pictures.append(picture(b.grid).copy(QRect(*b.grid.layout_now().box(0, 1, column, column + 1))))
    assert all(one != other for one in pictures for other in pictures if one is not other)

    class Missing(ArraySource):
        limits = None

        def block(self, *_: int) -> None:
            return None

    b.grid.set_source(Missing(A))
    assert not picture(b.grid).isNull()
    assert b.grid.accessibleDescription() == "A, row 0, column 0: on its way"


def test_a_small_matrix_shows_whole_without_bars_and_grows_with_its_cells(bench: Make) -> None:
    b = bench(A)
    assert not b.grid.verticalScrollBar().isVisible()
    assert b.grid.layout_now().visible == (0, 3, 0, 2)
    layout = b.grid.layout_now()
    assert (layout.cell_width, layout.cell_height) == (52, 48)
    b.grid.set_cell_size(90, 70)
    assert b.grid.preferred_size().width() == layout.left + 2 * 90 + layout.end


def test_columns_widen_to_their_numbers_and_hold_while_dragged(bench: Make) -> None:
    b = bench(A)
    narrow = b.grid.layout_now().cell_width
    b.grid.hold_widths(True)
    b.array[0, 0] = 2.125
    b.show()
    wide = b.grid.layout_now().cell_width
    assert wide > narrow
    b.array[0, 0] = 2
    b.show()
    assert b.grid.layout_now().cell_width == wide
    b.grid.hold_widths(False)
    assert b.grid.layout_now().cell_width == narrow


def test_a_window_of_a_large_array(bench: Make) -> None:
    b = bench(np.zeros((784, 10)))
    b.grid.resize(b.grid.preferred_size(12, 12))
    assert b.grid.layout_now().page_rows == 12
    assert b.grid.layout_now().page_columns == 10
    assert b.grid.verticalScrollBar().maximum() == 772
    assert b.grid.horizontalScrollBar().maximum() == 0


def test_ten_trillion_rows(bench: Make) -> None:
    b = bench(A, size=(500, 400))
    source = Long()
    b.grid.set_source(source)
    b.grid.select(Selection.at(10**13 - 1, 3))
    assert b.grid.layout_now().visible[1] == 10**13
    assert not picture(b.grid).isNull()
    b.grid.select(Selection.at(5 * 10**12 + 1, 0))
    assert b.grid.layout_now().first_row == 5 * 10**12 + 1
    b.grid.verticalScrollBar().setValue(b.grid.verticalScrollBar().maximum())
    assert b.grid.layout_now().first_row == b.grid.layout_now().last_first_row
    assert source.asked < 2000
    assert b.grid.accessibleDescription() == f"A, row {5 * 10**12 + 1}, column 0: {5 * 10**12 + 1}"


@pytest.mark.parametrize("shape", [(), (3,), (1, 3), (3, 1), (2, 3, 2), (0, 3), (0, 0), (3, 0), (0,), (2, 0, 3)])
@pytest.mark.parametrize("dtype", ["float64", "bool", "complex64", "uint64"])
def test_every_shape_and_dtype_is_painted(bench: Make, shape: tuple[int, ...], dtype: str) -> None:
    b = bench(np.ones(shape, dtype))
    assert not picture(b.grid).isNull()
    if 0 in shape:
        assert "no cells" in b.grid.empty_text()


def test_a_vector_and_a_number_look_otherwise_than_matrices_of_the_same_cells(bench: Make) -> None:
    row, vector = bench(np.ones((1, 3))), bench(np.ones(3))
    assert vector.grid.layout_now().left != row.grid.layout_now().left
    assert bench(np.ones(())).grid.layout_now().top < bench(np.ones((1, 1))).grid.layout_now().top
    assert leading_indices((4, 3, 2), 5) == "1,2"


def test_one_changed_cell_repaints_one_cell(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((10, 10)), size=(600, 560))
    b.grid.set_limits((-9.0, 9.0))
    b.grid.clearFocus()
    regions: list[QRegion] = []
    paint = b.grid.paintEvent
    b.grid.paintEvent = lambda event: (regions.append(QRegion(event.region())), paint(event))[1]
    b.grid.viewport().update()
    qtbot.waitUntil(lambda: bool(regions))
    regions.clear()
    b.array[4, 5] = 7
    b.show()
    qtbot.waitUntil(lambda: bool(regions))
    cell = QRect(*b.grid.layout_now().box(4, 5, 5, 6)).adjusted(0, 0, 1, 1)
    assert regions[0].boundingRect() == cell


def test_part_and_whole_repaints_agree(bench: Make, qapp: QApplication) -> None:
    b = bench(np.random.default_rng(1).standard_normal((60, 20)), size=(700, 500))
    qapp.processEvents()
    shown = b.grid.grab().toImage()
    for first in (1, 2, 4, 3, 2, 30, 31):
        b.grid.scroll_to(first, 0)
        qapp.processEvents()
    b.grid.scroll_to(0, 0)
    qapp.processEvents()
    assert b.grid.grab().toImage() == shown


def test_limits_come_from_finite_values_only() -> None:
    assert finite_limits(np.array([1.0, -2.0, np.nan, np.inf])) == (-2.0, 1.0)
    assert finite_limits(np.array([np.nan])) is None
    assert finite_limits(np.array([3 + 4j])) == (5.0, 5.0)
    assert ArraySource(np.zeros((1000, 1000))).limits is None  # too many to look at within a frame


def test_a_refreshed_source_keeps_place_and_selection(bench: Make) -> None:
    b = bench(np.zeros((100, 30)), size=(400, 300))
    b.grid.select(Selection.at(60, 20))
    first = b.grid.layout_now().first_row
    b.array = np.ones((80, 30))
    b.show()
    assert b.active == (60, 20)
    assert b.grid.layout_now().first_row == first
    b.array = np.ones((10, 2))
    b.show()
    assert b.active == (9, 1)


def test_both_themes_and_a_projector(bench: Make, qapp: QApplication) -> None:
    b = bench(A)
    light = picture(b.grid)
    theme.apply(qapp, "dark", 1.5)
    qapp.processEvents()
    assert b.grid.layout_now().cell_height == 72
    assert picture(b.grid) != light
    theme.apply(qapp, "light")
