"""Zooming a shown grid with the wheel, keys and double clicks; what is painted at each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.views import theme
from playground.views.grid.far import WHOLE, Detail
from playground.views.grid.geometry import Part
from playground.views.grid.pictures import MOST_TILES
from playground.views.grid.selection import Selection
from playground.views.grid.source import ArraySource
from playground.views.grid.zooming import zoom_by
from playground.workspace.arrays import Array

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.views.grid.conftest import Bench

    Make = Callable[..., Bench]

K = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
SIZE = (660, 520)


def wheel(bench: Bench, notches: float, point: QPoint) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(bench.grid.viewport().mapToGlobal(point)), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(bench.grid.viewport(), event)


def picture(bench: Bench, qtbot: QtBot) -> QImage:
    """What is seen when nothing is looked for any more."""
    while True:
        image = bench.grid.viewport().grab().toImage()  # painting asks for what is missing
        if not bench.grid.pictures.is_busy:
            return image
        qtbot.waitUntil(lambda: not bench.grid.pictures.is_busy)


def noise(rows: int, columns: int) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((rows, columns))


def whole(bench: Bench) -> None:
    bench.grid.show_whole()


def test_zooming_out_goes_from_numbers_over_colours_to_the_whole_and_back(bench: Make, qtbot: QtBot) -> None:
    b = bench(noise(3000, 3000), size=SIZE)
    point = b.grid.viewport().rect().center()
    seen = [b.grid.detail]
    while b.grid.zoom != WHOLE:
        wheel(b, -1, point)
        picture(b, qtbot)
        seen += [b.grid.detail] if b.grid.detail is not seen[-1] else []
    assert seen == [Detail.NUMBERS, Detail.COLOURS, Detail.PATCHES, Detail.IMAGE]
    assert b.grid.layout_now().visible == (0, 3000, 0, 3000)
    assert not b.grid.horizontalScrollBar().maximum()
    while b.grid.zoom < 1:
        wheel(b, 1, point)
    assert b.grid.zoom == 1  # the owner's size is never jumped over
    assert b.grid.detail is Detail.NUMBERS


@pytest.mark.parametrize("notches", [1, 0.3])
def test_the_cell_under_the_pointer_stays(bench: Make, notches: float) -> None:
    b = bench(np.zeros((5000, 4000)), size=SIZE)
    whole(b)
    b.grid.viewport().repaint()
    layout = b.grid.layout_now()
    # Not at the border, where there is nothing to scroll to.
    point = QPoint(layout.left + round(layout.right * 2000), layout.top + round(layout.down * 2500))
    cell = layout.hit(point.x(), point.y())
    ways = [notches] * 40 if notches == 1 else [notches] * 100
    for way in [*ways, *(-way for way in ways)]:
        wheel(b, way, point)
        layout = b.grid.layout_now()
        now = layout.hit(point.x(), point.y())
        # At a border nothing can be scrolled to; away from it the same cell is there again.
        assert now.row == cell.row or layout.first_row in (0, layout.last_first_row)
        assert now.column == cell.column or layout.first_column in (0, layout.last_first_column)
        if b.grid.zoom >= 1:
            assert (now.row, now.column) == (cell.row, cell.column)
    assert b.grid.zoom == WHOLE


def test_an_outlier_is_seen_at_every_level(bench: Make, qtbot: QtBot) -> None:
    values = np.zeros((2000, 2000))
    values[1203, 777] = 50.0
    b = bench(values, size=SIZE)
    b.grid.set_limits((0.0, 50.0))
    whole(b)
    while b.grid.is_far:
        layout = b.grid.layout_now()
        image = picture(b, qtbot)
        x, y, width, height = layout.box(1203, 1204, 777, 778)
        around = {
            image.pixelColor(column, row).rgb()
            for row in range(max(0, y - 1), min(image.height(), y + height + 1))
            for column in range(max(0, x - 1), min(image.width(), x + width + 1))
        }
        assert theme.current().positive.rgb() in around, b.grid.zoom
        b.grid.zoom_to_cell(1203, 777, 2)


@pytest.mark.parametrize(
    ("value", "colour"), [(np.nan, "faint"), (np.inf, "plus_infinite"), (-np.inf, "minus_infinite")]
)
def test_what_is_not_finite_is_marked_in_the_whole(bench: Make, qtbot: QtBot, value: float, colour: str) -> None:
    values = noise(1500, 1500)
    values[700, 300] = value
    b = bench(values, size=SIZE)
    b.grid.set_limits((-4.0, 4.0))
    whole(b)
    image = picture(b, qtbot)
    x, y, _, _ = b.grid.layout_now().box(700, 701, 300, 301)
    assert image.pixelColor(x, y) == QColor(getattr(theme.current(), colour))


def test_a_click_in_the_picture_chooses_what_stands_out_there_and_enter_goes_to_it(bench: Make, qtbot: QtBot) -> None:
    values = np.zeros((3000, 3000))
    values[1234, 2001] = -7.0
    b = bench(values, size=SIZE)
    whole(b)
    picture(b, qtbot)
    x, y, _, _ = b.grid.layout_now().box(1234, 1235, 2001, 2002)
    hit = b.grid.layout_now().hit(x, y)
    assert (hit.row, hit.column) != (1234, 2001)  # the pixel's first cell is another one
    QTest.mouseClick(b.grid.viewport(), LEFT, NONE, QPoint(x, y))
    assert b.active == (1234, 2001)
    assert b.grid.accessibleDescription() == "A, row 1234, column 2001: −7"
    QTest.keyClick(b.grid, K.Key_Return)
    assert b.grid.zoom == 1
    layout = b.grid.layout_now()
    assert layout.clip(1234, 1235, 2001, 2002) is not None
    assert b.active == (1234, 2001)


def test_a_double_click_comes_near_and_edits_nothing(bench: Make, qtbot: QtBot) -> None:
    b = bench(noise(2000, 2000), size=SIZE)
    whole(b)
    picture(b, qtbot)
    place = QPoint(250, 260)
    hit = b.grid.hit(place)
    QTest.mouseDClick(b.grid.viewport(), LEFT, NONE, place)
    assert b.grid.detail is Detail.NUMBERS
    assert b.active == (hit.row, hit.column)
    assert b.grid.layout_now().clip(hit.row, hit.row + 1, hit.column, hit.column + 1) is not None
    assert not b.edits
    QTest.mouseDClick(b.grid.viewport(), LEFT, NONE, b.grid.cell_position(*b.active))
    assert b.grid.viewport().findChild(object, "cellEditor") is not None


def test_typing_shows_numbers_first(bench: Make, qtbot: QtBot) -> None:
    b = bench(noise(2000, 2000), size=SIZE)
    b.grid.select(Selection.at(1500, 1500))
    whole(b)
    QTest.keyClicks(b.grid, "4")
    assert b.grid.detail is Detail.NUMBERS
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return)
    assert b.array[1500, 1500] == 4.0


def test_what_is_typed_is_taken_before_the_view_changes_and_what_is_refused_keeps_it(bench: Make) -> None:
    b = bench(np.arange(40_000).reshape(200, 200), size=SIZE)
    QTest.keyClicks(b.grid, "7")
    wheel(b, -1, QPoint(200, 200))
    assert b.array[0, 0] == 7
    assert b.grid.zoom < 1
    zoom = b.grid.zoom
    QTest.keyClicks(b.grid, "1.5")
    wheel(b, -3, QPoint(200, 200))
    assert b.grid.zoom == zoom
    QTest.keyClick(QApplication.focusWidget(), K.Key_Escape)
    wheel(b, -3, QPoint(200, 200))
    assert b.grid.zoom < zoom


def test_handles_go_with_the_numbers(bench: Make) -> None:
    b = bench(np.arange(12.0).reshape(3, 4), size=(400, 300))
    assert b.grid.hit(b.grid.grip_position()).part is Part.GRIP
    assert b.grid.hit(b.grid.scrub_rect().center()).part is Part.SCRUB
    whole(b)
    assert b.grid.detail is Detail.COLOURS
    layout = b.grid.layout_now()
    for x in range(layout.width):
        for y in (layout.top + 1, layout.y(1), layout.y(3) - 1, layout.y(3) + 3):
            assert b.grid.hit(QPoint(x, y)).part not in (Part.GRIP, Part.SCRUB)


def test_keys_zoom_where_lines_are_not_meant(bench: Make) -> None:
    b = bench(noise(200, 200), size=SIZE)
    asked: list[object] = []
    b.grid.linesInsertRequested.connect(lambda *_: asked.append(1))
    b.grid.linesDeleteRequested.connect(lambda *_: asked.append(1))
    b.grid.set_read_only("It is computed.")
    QTest.keyClick(b.grid, K.Key_Minus, CTRL)
    assert b.grid.zoom < 1
    QTest.keyClick(b.grid, K.Key_Plus, CTRL)
    assert b.grid.zoom == 1
    b.grid.set_read_only("")
    whole(b)
    QTest.keyClick(b.grid, K.Key_Equal, CTRL)
    assert WHOLE < b.grid.zoom < 1
    QTest.keyClick(b.grid, K.Key_Minus, CTRL)
    assert b.grid.zoom == WHOLE
    assert not asked


def test_zooming_by_keys_keeps_the_active_cell_in_sight(bench: Make) -> None:
    b = bench(noise(3000, 3000), size=SIZE)
    b.grid.select(Selection.at(2900, 17))
    for steps in [-1] * 25 + [1] * 30:
        zoom_by(b.grid, steps)
        assert b.grid.layout_now().clip(2900, 2901, 17, 18) is not None


def test_arrows_move_in_the_picture_and_the_view_follows(bench: Make, qtbot: QtBot) -> None:
    b = bench(noise(5000, 50), size=SIZE)
    for _ in range(14):
        zoom_by(b.grid, -1)
    assert b.grid.is_far
    QTest.keyClick(b.grid, K.Key_End, CTRL)
    assert b.active == (4999, 49)
    assert b.grid.layout_now().clip(4999, 5000, 49, 50) is not None
    QTest.keyClick(b.grid, K.Key_Up)
    assert b.active == (4998, 49)
    picture(b, qtbot)


@pytest.mark.parametrize(
    "values",
    [
        np.arange(5000) % 7 == 0,
        np.arange(100_000, dtype=np.int8),
        np.linspace(0, 1, 300_000),
        np.full((700, 900), np.nan),
        np.full((700, 900), 3.0),
        (np.arange(600_000) * 1j).reshape(600, 1000),
        np.arange(2**20, dtype=np.uint64).reshape(1024, 1024) << np.uint64(40),
        np.zeros((50, 60, 70)),
        np.float64(3.5),
        np.zeros((0, 4)),
    ],
    ids=["bool", "bytes", "vector", "nan", "constant", "complex", "large", "stack", "number", "empty"],
)  # fmt: skip
def test_everything_can_be_looked_at_from_afar(bench: Make, qtbot: QtBot, values: np.ndarray) -> None:
    b = bench(values, size=SIZE)
    for _ in range(30):
        zoom_by(b.grid, -1)
        b.grid.grab()
    picture(b, qtbot)
    assert not b.grid.pictures.gone


def test_an_edit_is_seen_in_the_picture_at_once(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((2000, 2000)), size=SIZE)
    array = Array.of(np.zeros((2000, 2000)))
    b.grid.set_limits((0.0, 9.0))
    b.grid.set_source(ArraySource(array))
    whole(b)
    picture(b, qtbot)
    pyramid = b.grid.pictures.pyramid
    b.grid.set_source(ArraySource(array.with_block(1000, 1000, np.array([[9.0]]))))
    assert b.grid.pictures.pyramid is pyramid
    assert not b.grid.pictures.is_busy
    x, y, _, _ = b.grid.layout_now().box(1000, 1001, 1000, 1001)
    assert b.grid.viewport().grab().toImage().pixelColor(x, y) == theme.current().positive


class Waiting(ArraySource):
    """An array none of whose cells are there yet."""

    limits = None

    def block(self, r0: int, r1: int, c0: int, c1: int) -> None:  # type: ignore[override]
        return None


def test_cells_that_are_on_their_way_leave_a_quiet_place(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((40, 40)), size=SIZE)
    b.grid.set_source(Waiting(np.zeros((40, 40))))
    whole(b)
    b.grid.grab()
    assert b.grid.hit(QPoint(100, 100)).part is Part.CELL


def test_pictures_end_with_their_grid(bench: Make) -> None:
    """The grid goes while all is being read: what watches for threads that are left behind sees none."""
    b = bench(np.zeros((4000, 4000)), size=SIZE)
    whole(b)
    b.grid.grab()
    assert b.grid.pictures.is_busy


def test_a_frame_colours_no_more_than_it_has_time_for(bench: Make, qtbot: QtBot) -> None:
    b = bench(noise(3000, 3000), size=(1900, 1300))
    for _ in range(25):
        zoom_by(b.grid, -1)
        picture(b, qtbot)
        layout = b.grid.layout_now()
        if b.grid.detail is Detail.IMAGE:
            for tiles in b.grid.pictures.layers(layout.visible, layout.down, layout.right):
                place = tiles.of(*layout.visible)
                if place is not None:
                    assert (place[1] - place[0]) * (place[3] - place[2]) <= 1.1 * MOST_TILES
