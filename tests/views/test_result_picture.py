"""The picture of a result that stays with the engine: made of windows that the engine gives one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.engine.core import EngineCore
from playground.engine.messages import Request, Result
from playground.views import theme
from playground.views.grid.far import WHOLE
from playground.views.grid.grid import Grid
from playground.views.result_source import ResultSource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from playground.session.job import Window

SHAPE = (1300, 1100)


class Engine:
    """A grid over a result of an engine in this process, which answers when ``answer`` is called."""

    def __init__(self, qtbot: QtBot) -> None:
        values = np.random.default_rng(0).standard_normal(SHAPE)
        values[777, 333] = -45.0
        self.values = 2 * values
        self.core = EngineCore()
        self.core.put("A", values)
        result = self.core.evaluate(Request("A * 2", {"A": "A"}, "=1"))
        assert isinstance(result, Result)
        assert result.value is None
        self.waiting: list[Window] = []
        self.asked = 0
        self.source = ResultSource(result, lambda window, _: self.waiting.append(window))
        self.grid = Grid()
        qtbot.addWidget(self.grid)
        self.grid.resize(660, 520)
        self.grid.set_source(self.source)
        self.grid.show()

    def answer(self) -> None:
        waiting, self.waiting = self.waiting, []
        for window in waiting:
            self.asked += 1
            self.source.arrived(window, self.core.window(*window))
        if waiting:
            self.grid.refresh()

    def answered(self) -> bool:
        self.answer()
        return not self.grid.pictures.is_busy


@pytest.fixture
def engine(qtbot: QtBot, qapp: QApplication) -> Engine:
    theme.apply(qapp, "light")
    return Engine(qtbot)


def test_the_map_alone_asks_the_engine_for_nothing(engine: Engine, qtbot: QtBot) -> None:
    assert engine.grid.overview is not None
    engine.grid.grab()
    engine.answer()
    assert not engine.grid.pictures.is_busy
    assert engine.asked <= 2  # what of the numbers is in sight


def test_zoomed_out_all_is_asked_for_and_the_outlier_found(engine: Engine, qtbot: QtBot) -> None:
    engine.grid.show_whole()
    assert engine.grid.zoom == WHOLE
    engine.grid.grab()
    assert engine.grid.pictures.is_busy
    qtbot.waitUntil(engine.answered)
    assert engine.grid.pictures.limits == (engine.values.min(), engine.values.max())
    image = engine.grid.viewport().grab().toImage()
    x, y, _, _ = engine.grid.layout_now().box(777, 778, 333, 334)
    assert image.pixelColor(x, y) == theme.current().negative


def test_a_grid_that_goes_lets_a_thread_wait_for_no_answer(engine: Engine) -> None:
    """What watches for threads that are left behind sees none, though nobody answered."""
    engine.grid.show_whole()
    engine.grid.grab()
    assert engine.grid.pictures.is_busy


def test_scrolling_from_afar_shows_the_picture_until_cells_are_there(engine: Engine, qtbot: QtBot) -> None:
    engine.grid.show_whole()
    engine.grid.grab()
    qtbot.waitUntil(engine.answered)
    for _ in range(4):
        engine.grid.zoom_to_cell(777, 333, 1)
    assert engine.grid.layout_now().down > 1
    engine.grid.scroll_to(600, 200)
    engine.waiting.clear()
    x, y, _, _ = engine.grid.layout_now().box(777, 778, 333, 334)
    image = engine.grid.viewport().grab().toImage()
    assert image.pixelColor(x, y) == theme.current().negative
