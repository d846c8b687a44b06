"""Statistics beside the window: the latest question wins, and none is waited for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.reading import CellsGoneError
from playground.session.statistics import Summing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from playground.workspace.statistics import Statistics

VALUES = np.arange(3_000_000.0).reshape(3000, 1000)


class Source:
    """Cells that a thread gets only after ``let`` was set; of the second piece on where ``first`` are free."""

    tall = False

    def __init__(self, values: np.ndarray = VALUES, free: int = 0) -> None:
        self.values, self.free = values, free
        self.let, self.reading = threading.Event(), threading.Event()
        self.pieces = 0

    def reader(self) -> Source:
        return self

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        self.pieces += 1
        if self.pieces > self.free:
            self.reading.set()
            self.let.wait(20)
        return self.values[r0:r1, c0:c1]

    def close(self) -> None:
        self.let.set()


class Gone(Source):
    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        raise CellsGoneError("The file was changed.")


@pytest.fixture
def summing(qapp: object) -> Iterator[Summing]:
    made = Summing()
    yield made
    made.stop()


def whole(values: np.ndarray) -> list[tuple[int, int, int, int]]:
    return [(0, values.shape[0], 0, values.shape[1])]


def test_all_cells_are_told_of_while_the_window_goes_on(summing: Summing, qtbot: QtBot) -> None:
    source = Source()
    parts: list[float] = []
    summing.progressed.connect(parts.append)
    with qtbot.waitSignal(summing.finished, timeout=20_000) as told:
        summing.start(source, whole(VALUES))  # returns while the thread still waits for its first cells
        assert summing.is_busy
        source.let.set()
    found: Statistics = told.args[0]
    assert (found.count, found.low, found.high) == (VALUES.size, 0.0, VALUES.size - 1.0)
    assert found.mean == pytest.approx(VALUES.mean(), rel=1e-14)
    assert parts == sorted(parts)
    assert all(0 < part < 1 for part in parts)
    assert not summing.is_busy


def test_only_the_latest_question_is_answered(summing: Summing, qtbot: QtBot) -> None:
    first, second, third = Source(), Source(), Source(free=99)
    answers: list[Statistics] = []
    summing.finished.connect(answers.append)
    summing.start(first, whole(VALUES))
    assert first.reading.wait(20)
    summing.start(second, whole(VALUES))
    summing.start(third, [(0, 2, 0, 2), (1, 3, 1, 3)])
    qtbot.waitUntil(lambda: not summing.is_busy, timeout=20_000)
    assert [answer.count for answer in answers] == [7]
    assert first.pieces == 1  # it was read no further
    assert second.pieces == 0


def test_a_cancelled_question_has_no_answer(summing: Summing, qtbot: QtBot) -> None:
    source = Source()
    answers: list[Statistics] = []
    summing.finished.connect(answers.append)
    summing.start(source, whole(VALUES))
    assert source.reading.wait(20)
    summing.cancel()
    assert not summing.is_busy
    with qtbot.waitSignal(summing.finished, timeout=20_000):
        summing.start(Source(free=99), [(0, 1, 0, 1)])
    assert [answer.count for answer in answers] == [1]


def test_cells_that_are_gone_have_no_statistics(summing: Summing, qtbot: QtBot) -> None:
    with qtbot.waitSignal(summing.finished, timeout=20_000) as told:
        summing.start(Gone(), whole(VALUES))
    assert told.args == [None]


def test_stop_waits_for_the_thread(qapp: object) -> None:
    source = Source()
    summing = Summing()
    summing.start(source, whole(VALUES))
    assert source.reading.wait(20)
    summing.stop()
    assert source.pieces == 1
