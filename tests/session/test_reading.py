"""Work on many cells in a thread: what it tells, what becomes of it when nobody waits for it any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from playground.session import reading
from playground.session.reading import Reading
from playground.views.grid.source import ArraySource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.session.reading import Reader, Teller

SOURCE = ArraySource(np.arange(12.0).reshape(3, 4))


def test_what_is_noticed_comes_before_the_answer(qtbot: QtBot) -> None:
    told: list[object] = []
    made = Reading()
    made.noticed.connect(told.append)
    made.progressed.connect(told.append)
    made.finished.connect(told.append)

    def work(reader: Reader, teller: Teller) -> object:
        teller.progress(0.5)
        teller.notice("early")
        return reader.read(1, 2, 2, 3).item()

    with qtbot.waitSignal(made.finished, timeout=20_000):
        made.begin(SOURCE, work)
    assert told == [0.5, "early", 6.0]


def test_with_its_parent_it_gives_up_and_no_thread_is_left(qtbot: QtBot) -> None:
    parent = QObject()
    made = Reading(parent)
    begun, seen = threading.Event(), threading.Event()

    def work(_reader: Reader, teller: Teller) -> None:
        begun.set()
        while not teller.unwanted:
            seen.wait(0.001)
        seen.set()

    made.begin(SOURCE, work)
    assert begun.wait(20)
    parent.deleteLater()
    qtbot.waitUntil(seen.is_set, timeout=20_000)
    qtbot.waitUntil(lambda: not reading._running, timeout=20_000)


def test_a_program_that_ends_stops_what_is_read(qtbot: QtBot) -> None:
    begun = threading.Event()
    made = Reading()

    def work(_reader: Reader, teller: Teller) -> None:
        begun.set()
        while not teller.unwanted:
            pass

    made.begin(SOURCE, work)
    assert begun.wait(20)
    reading.stop_reading()
    assert not reading._running
    made.stop()
