"""Slices of a result that stays with the engine: only what is on screen is asked for, and the latest wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.engine.core import EngineCore
from playground.engine.messages import Request, Result
from playground.session.statistics import Summing
from playground.views.grid.slice_source import SliceSource
from playground.views.result_source import ResultSource
from playground.workspace.slicing import Role, usual
from tests.person import Person, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.session.job import Window

SHAPE = (7, 90, 80, 6)
VALUES = np.arange(float(np.prod(SHAPE))).reshape(SHAPE)


class Asked:
    """A source over an engine in this process; what it asks for waits until it is let go."""

    def __init__(self) -> None:
        self.engine = EngineCore()
        self.engine.put("T", VALUES)
        result = self.engine.evaluate(Request("T * 2", {"T": "T"}, "=1"))
        assert isinstance(result, Result)
        assert result.value is None
        self.waiting: list[Window] = []
        self.dropped: list[Window] = []
        self.source = ResultSource(result, self.ask)

    def ask(self, window: Window, instead_of: tuple[Window, ...]) -> None:
        self.waiting.append(window)
        self.dropped += instead_of

    def arrive(self) -> None:
        for window in self.waiting:
            self.source.arrived(window, self.engine.window(*window))
        self.waiting.clear()


def test_slices_arrive_in_any_direction() -> None:
    asked = Asked()
    first = usual(SHAPE)
    for slicing in (
        first,
        first.standing(0, 3).standing(1, 88),
        first.with_role(1, Role.ROWS).turned(1),
        first.with_role(1, Role.ROWS).with_role(2, Role.COLUMNS).standing(3, 5),
        first.with_role(2, Role.COLUMNS).turned(2),
        first.with_role(3, Role.SLIDER).standing(3, 2),
        first.with_role(3, Role.SLIDER).with_role(2, Role.SLIDER),
    ):
        box = (0, min(70, slicing.rows), 0, min(70, slicing.columns))
        assert asked.source.slice_block(slicing, *box) is None
        asked.arrive()
        expected = slicing.of(VALUES * 2).reshape(slicing.rows, slicing.columns)[: box[1], : box[3]]
        assert np.array_equal(asked.source.slice_block(slicing, *box), expected)
        assert not asked.waiting  # nothing is asked for twice


def test_what_waits_of_another_slice_is_dropped() -> None:
    asked = Asked()
    for at in range(6):
        asked.source.slice_block(usual(SHAPE).standing(0, at), 0, 10, 0, 6)
    assert asked.dropped == asked.waiting[:5]
    asked.arrive()
    assert asked.source.slice_block(usual(SHAPE).standing(0, 5), 0, 10, 0, 6) is not None


def test_a_large_result_slides_in_the_window(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(T=VALUES, C="T * 2"))
    assert person.snapshot.results["C"].result.value is None
    strip = person.result.parentWidget().strip
    strip._sliders[1].setFocus()
    strip._sliders[1].setValue(89)
    person.settle()
    assert person.snapshot.cell == (0, 89, 0, 1)
    shown = person.result.source.block(0, 10, 0, 6)
    assert np.array_equal(shown, 2 * VALUES[0, 89, :10])


def test_a_thread_reads_all_of_a_result_that_stays_with_the_engine(qtbot: QtBot) -> None:
    asked = Asked()
    summing = Summing()
    moved = usual(SHAPE).with_role(0, Role.ROWS).with_role(1, Role.COLUMNS).turned(0).standing(2, 5)
    for source, wanted in (
        (asked.source, VALUES * 2),
        (SliceSource(asked.source, moved), (VALUES * 2)[::-1, :, 5, 0]),
    ):
        with qtbot.waitSignal(summing.finished, timeout=20_000) as told:
            summing.start(source, [(0, source.rows, 0, source.columns)])
            while summing.is_busy:
                qtbot.waitUntil(lambda: bool(asked.waiting) or not summing.is_busy, timeout=20_000)
                asked.arrive()
        assert told.args[0].total == wanted.sum()
        assert told.args[0].count == wanted.size


def test_a_thread_that_waits_for_an_engine_can_be_ended(qtbot: QtBot) -> None:
    asked = Asked()
    summing = Summing()
    summing.start(asked.source, [(0, asked.source.rows, 0, asked.source.columns)])
    qtbot.waitUntil(lambda: bool(asked.waiting), timeout=20_000)
    summing.stop()
    asked.arrive()  # too late; nobody minds


def test_a_result_that_is_gone_has_no_statistics(qtbot: QtBot) -> None:
    asked = Asked()
    summing = Summing()
    with qtbot.waitSignal(summing.finished, timeout=20_000) as told:
        summing.start(asked.source, [(0, 5, 0, 5)])
        qtbot.waitUntil(lambda: bool(asked.waiting), timeout=20_000)
        asked.source.arrived(asked.waiting[0], None)
    assert told.args == [None]
