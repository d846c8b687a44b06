"""Pieces of a result: each is done once, by however many threads, and helpers are called only where they help."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.cpu import pieces
from playground.compute.cpu.pieces import Pieces, Rooms, Work

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE_CELLS", 4)


def counting(count: np.ndarray, threads: set[int]) -> Callable[[], Callable[[Any], None]]:
    def run(piece: Any) -> None:
        count[piece] += 1
        threads.add(threading.get_ident())

    return lambda: run


@pytest.mark.parametrize("shape", [(1,), (4,), (23,), (3, 2), (5, 7), (2, 3, 5), (9, 1, 1)])
@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("slow", [True, False])
def test_each_piece_is_done_once(
    shape: tuple[int, ...], threads: int, *, slow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "LEAST_S", 0 if slow else 1e9)
    count = np.zeros(shape, int)
    Work(shape, counting(count, set())).run(threads, 0, joined=len(shape) == 1)
    assert (count == 1).all()


def test_no_piece_is_larger() -> None:
    for shape in ((23,), (5, 7), (2, 3, 5)):
        count = np.zeros(shape, int)
        found = Pieces(shape)
        sizes = [count[piece].size for piece in found]
        assert len(sizes) == found.count
        assert max(sizes) <= 4
        assert sum(sizes) == count.size


def test_what_waits_for_memory_is_done_by_one_thread_and_the_rest_at_once() -> None:
    count, threads, found = np.zeros(100, int), set[int](), []
    run = counting(count, threads)()

    def told(piece: Any) -> None:
        found.append(piece)
        run(piece)

    Work((100,), lambda: told).run(4, 10**12, joined=True)
    assert (count == 1).all()
    assert threads == {threading.get_ident()}
    assert found[3:] == [(slice(12, 100),)]


@pytest.mark.parametrize("threads", [1, 3])
def test_the_first_error_ends_it(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LEAST_S", 0)
    done = []

    def run(piece: Any) -> None:
        done.append(piece)
        if len(done) > 4:
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        Work((400,), lambda: run).run(threads, 0, joined=False)
    assert len(done) < 10


def test_a_helper_that_gets_no_core_leaves_the_last_pieces_to_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work((400,), lambda: lambda _piece: None)
    work._fastest = 1.0  # 100 pieces of a second each
    monkeypatch.setattr("playground.compute.cpu.pieces.time.thread_time", lambda: 0.0)
    wall = iter(range(0, 10000, 60))  # each piece waits for a minute
    monkeypatch.setattr("playground.compute.cpu.pieces.time.perf_counter", lambda: next(wall))
    work._help()
    assert work._left == 59


def test_rooms_are_those_of_the_shape() -> None:
    rooms = Rooms((8,), [(0, np.dtype(float)), None, (0, np.dtype("i2"))])
    one, nothing, other = rooms.of((2, 2))
    assert nothing is None
    assert one is not None
    assert other is not None
    assert one.shape == (2, 2)
    assert (one.dtype.char, other.dtype.char) == ("d", "h")
    assert np.shares_memory(one, other)
    assert rooms.of((2, 2))[0] is one
    assert rooms.of((3,))[0] is not one
