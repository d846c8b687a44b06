"""Large arrays in an engine's hands: attached, patched over, attached again to the next one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine.spool import Spool
from playground.session import held
from playground.session.held import Holdings
from playground.workspace.arrays import Array
from playground.workspace.stored import StoredCells, stored_array
from tests.session.making import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Attaching(FakeEngine):
    """Notes what is attached."""

    def attach(self, key: str, path: str, dtype: np.dtype, shape: tuple[int, ...]) -> None:
        self.calls.append(("attach", path))
        super().attach(key, path, dtype, shape)


@pytest.fixture
def engine() -> Attaching:
    made = Attaching()
    made.start()
    return made


@pytest.fixture
def spool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spool]:
    monkeypatch.setattr(held, "LEAST_BYTES", 64)
    made = Spool()
    yield made
    made.close()


def cells(engine: FakeEngine, holdings: Holdings, name: str) -> Any:
    key = holdings.array_key(name)
    assert isinstance(key, str)
    return engine.window(key, 0, 9, 0, 9).tolist()


def methods(engine: FakeEngine) -> Sequence[str]:
    return [name for name, _ in engine.calls if name in ("put", "attach", "patch")]


def test_a_large_array_is_attached_and_its_edits_follow(engine: Attaching, spool: Spool) -> None:
    holdings, small = Holdings(engine, spool), Array.of(np.eye(2))
    large = Array.of(np.arange(81.0).reshape(9, 9))
    edited = large.with_block(2, 3, np.array([[-1.0]]))
    holdings.send_arrays({"A": large, "s": small})
    assert methods(engine) == ["attach", "put"]
    holdings.send_arrays({"A": edited, "s": small})
    assert methods(engine) == ["attach", "put", "patch"]
    assert cells(engine, holdings, "A") == edited.to_numpy().tolist()


def test_the_next_engine_has_the_same_file_and_the_edits(engine: Attaching, spool: Spool) -> None:
    large = Array.of(np.arange(81.0).reshape(9, 9))
    edited = large.with_block(2, 3, np.array([[-1.0]])).with_block(8, 8, np.array([[7.0]]))
    holdings = Holdings(engine, spool)
    holdings.send_arrays({"A": large})
    engine.kill()
    engine.start()
    holdings.forget()
    holdings.send_arrays({"A": edited})
    assert methods(engine) == ["attach", "attach", "patch"]
    first, second = engine.told("attach")
    assert first == second
    assert cells(engine, holdings, "A") == edited.to_numpy().tolist()
    assert Path(first).read_bytes() == large.to_numpy().tobytes()


def test_a_full_disk_takes_the_pipe(engine: Attaching, spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "path_of", full)
    holdings = Holdings(engine, spool)
    holdings.send_arrays({"A": Array.of(np.arange(81.0).reshape(9, 9))})
    assert methods(engine) == ["put"]
    assert cells(engine, holdings, "A")[8][8] == 80


def test_what_has_no_room_is_refused_before_it_is_written(engine: Attaching, spool: Spool) -> None:
    holdings = Holdings(engine, spool)
    engine._limit = 100
    holdings.send_arrays({"A": Array.of(np.arange(81.0).reshape(9, 9))})
    assert methods(engine) == []
    assert spool._folder is None
    assert "648" in str(holdings.array_key("A"))


def test_a_copy_of_a_file_that_stays_another_programs_is_attached(
    engine: Attaching, spool: Spool, tmp_path: Path
) -> None:
    holdings = Holdings(engine, spool)
    for order in ("C", "F"):
        values = np.asarray(np.arange(54.0).reshape(6, 9), ">f8", order=order)  # type: ignore[call-overload]
        array = _stored(tmp_path, values).with_block(1, 1, np.array([[-1.0]]))
        holdings.drop_arrays({})
        holdings.send_arrays({"A": array})
        wanted = values.astype(float)
        wanted[1, 1] = -1
        assert np.array_equal(cells(engine, holdings, "A"), wanted)
        holdings.send_arrays({"A": array.with_block(5, 8, np.array([[-2.0]]))})
        wanted[5, 8] = -2
        assert np.array_equal(cells(engine, holdings, "A"), wanted)


def test_a_file_that_was_changed_is_a_failure(engine: Attaching, spool: Spool, tmp_path: Path) -> None:
    holdings = Holdings(engine, spool)
    array = _stored(tmp_path, np.zeros((6, 10)))
    os.truncate(tmp_path / "a.bin", 99)
    holdings.send_arrays({"A": array})
    failure = holdings.array_key("A")
    assert isinstance(failure, Failure)
    assert failure.kind == "file"
    assert "a.bin was changed" in failure.message
    assert not [call for call in engine.calls if call[0] in ("attach", "put")]


def test_no_room_for_the_copy_is_a_failure(
    engine: Attaching, spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "path_of", full)
    holdings = Holdings(engine, spool)
    holdings.send_arrays({"A": _stored(tmp_path, np.zeros((6, 10)))})
    failure = holdings.array_key("A")
    assert isinstance(failure, Failure)
    assert "No space left" in failure.message


def _stored(folder: Path, values: np.ndarray) -> Array:
    path = folder / "a.bin"
    path.write_bytes(values.tobytes(order="A"))
    return stored_array(StoredCells(path, 0, values.dtype, values.shape, fortran=not values.flags.c_contiguous))


@pytest.mark.parametrize("is_stored", [True, False])
def test_what_is_written_for_the_engine_can_be_given_up(
    engine: Attaching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_stored: bool
) -> None:
    monkeypatch.setattr(held, "LEAST_BYTES", 64)
    asked: list[int] = []
    is_stopped = True

    def stopped() -> bool:
        asked.append(1)
        return is_stopped

    spool = Spool(stopped)
    holdings = Holdings(engine, spool)
    array = _stored(tmp_path, np.zeros((9, 9))) if is_stored else Array.of(np.zeros((9, 9)))
    holdings.send_arrays({"A": array})
    assert asked
    assert holdings.array_key("A") is None
    assert methods(engine) == []  # not even through the pipe
    is_stopped = False
    holdings.send_arrays({"A": array})  # wanted again, it is written from the beginning
    assert cells(engine, holdings, "A") == np.zeros((9, 9)).tolist()
    spool.close()
