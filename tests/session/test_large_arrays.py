"""What is read beside the window: the newest wish first, nothing for arrays that have gone, and no thread is left."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.large_arrays import LargeArrays
from playground.workspace.arrays import Array
from playground.workspace.stored import StoredCells, stored_array

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

VALUES = np.random.default_rng(2).standard_normal((2000, 900))


@pytest.fixture
def reading(qapp: object) -> Iterator[LargeArrays]:
    made = LargeArrays()
    yield made
    made.stop()


@pytest.fixture
def cells(tmp_path: Path) -> StoredCells:
    path = tmp_path / "a.bin"
    path.write_bytes(VALUES.tobytes())
    return StoredCells(path, 0, VALUES.dtype, VALUES.shape, fortran=False)


class Held:
    """Reads of a file wait until they are let; their order is noted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.let, self.begun = threading.Event(), threading.Event()
        self.order: list[tuple[int, ...]] = []
        real = StoredCells.window

        def window(cells: StoredCells, place: tuple[int, ...]) -> np.ndarray:
            self.begun.set()
            self.let.wait(20)
            self.order.append(place)
            return real(cells, place)

        monkeypatch.setattr(StoredCells, "window", window)


def test_what_was_asked_for_last_comes_first(
    reading: LargeArrays, cells: StoredCells, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    found: dict[tuple[int, ...], np.ndarray] = {}
    reading.cellsArrived.connect(lambda _cells, place, block: found.update({place: block}))
    reading.request(cells, (0, 1, 0, 9))
    assert held.begun.wait(20)
    for row in range(1, 5):
        reading.request(cells, (row, row + 1, 0, 9))
    held.let.set()
    qtbot.waitUntil(lambda: len(found) == 5)
    assert [place[0] for place in held.order] == [0, 4, 3, 2, 1]
    for place, block in found.items():
        np.testing.assert_array_equal(block, VALUES[place[0] : place[1], :9])


def test_what_is_out_of_sight_is_given_up(
    reading: LargeArrays, cells: StoredCells, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.session.large_arrays._MOST_WAITING", 2)
    held = Held(monkeypatch)
    found: dict[int, object] = {}
    reading.cellsArrived.connect(lambda _cells, place, block: found.update({place[0]: block}))
    reading.request(cells, (0, 1, 0, 9))
    assert held.begun.wait(20)
    for row in range(1, 5):
        reading.request(cells, (row, row + 1, 0, 9))
    held.let.set()
    qtbot.waitUntil(lambda: len(found) == 5)
    assert {row for row, block in found.items() if block is None} == {1, 2}


def test_limits_are_those_of_finite_cells_with_edits(reading: LargeArrays, cells: StoredCells, qtbot: QtBot) -> None:
    for array in (stored_array(cells), Array.of(VALUES)):
        assert not reading.knows(array)
        with qtbot.waitSignal(reading.limitsKnown) as told:
            assert not reading.knows(array.with_block(0, 0, np.array([[9.0]])))  # is the same question
        assert told.args[0] is array.base
        assert reading.knows(array)
        assert reading.limits(array) == (VALUES.min(), VALUES.max())
        assert reading.limits(array.with_block(0, 0, np.array([[99.0, np.inf]]))) == (VALUES.min(), 99)


def test_nothing_is_looked_for_in_arrays_that_have_gone(reading: LargeArrays, cells: StoredCells, qtbot: QtBot) -> None:
    arrays = [Array.of(VALUES + k) for k in range(3)]
    known: list[object] = []
    reading.limitsKnown.connect(known.append)
    for array in arrays:
        assert not reading.knows(array)
    reading.keep([arrays[2]])
    qtbot.waitUntil(lambda: bool(known))
    assert [base is arrays[2].base for base in known] == [True]
    assert not reading.knows(arrays[0])  # asked for again, it is looked for
    qtbot.waitUntil(lambda: len(known) == 2)


def test_another_array_in_the_same_place_of_memory_is_not_taken_for_it(reading: LargeArrays, qtbot: QtBot) -> None:
    array = Array.of(np.zeros((3, 3)))
    with qtbot.waitSignal(reading.limitsKnown):
        reading.knows(array)
    ((reference, _),) = reading._limits.values()
    del array

    def is_gone() -> bool:
        gc.collect()
        return reference() is None

    qtbot.waitUntil(is_gone)  # nothing of what read it is left, and what is known of it is known of nothing else


def test_a_file_that_was_changed_is_told_of_once(
    reading: LargeArrays, cells: StoredCells, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    reading.unreadable.connect(told.append)
    (tmp_path / "a.bin").write_bytes(b"short")
    arrived: list[object] = []
    reading.cellsArrived.connect(lambda *_: arrived.append(None))
    for row in range(3):
        reading.request(cells, (row, row + 1, 0, 9))
    assert not reading.knows(stored_array(cells))
    qtbot.waitUntil(lambda: len(arrived) >= 4)
    assert len(told) == 1
    assert "a.bin was changed" in told[0]
