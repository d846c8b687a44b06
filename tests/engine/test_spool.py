"""Files of large arrays: written once, gone with the array, the spool or the window that made them."""

from __future__ import annotations

import gc
import os
import stat
import sys
import tempfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.engine.messages import Request, Result
from playground.engine.spool import Spool
from playground.workspace.arrays import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playground.engine.client import EngineClient
    from playground.engine.core import EngineCore


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for one test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def spool(temporary: Path) -> Iterator[Spool]:
    assert temporary.is_dir()
    made = Spool()
    yield made
    made.close()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def array(first: float = 0.0) -> np.ndarray:
    made = np.arange(first, first + 12).reshape(3, 4)
    made.flags.writeable = False
    return made


def test_an_array_is_written_once(spool: Spool, temporary: Path) -> None:
    one, other = array(), array()
    path = spool.path_of(one)
    assert path.read_bytes() == one.tobytes()
    assert spool.path_of(one) == path
    assert spool.path_of(other) != path, "by identity: comparing cells would cost more"
    assert len(files(temporary)) == 2
    path.unlink()  # somebody tidied up
    assert spool.path_of(one).read_bytes() == one.tobytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_nobody_else_may_look_into_it(spool: Spool) -> None:
    assert stat.S_IMODE(spool.path_of(array()).parent.stat().st_mode) == 0o700


def test_the_file_goes_with_its_array(spool: Spool, temporary: Path) -> None:
    kept, gone = array(), array()
    spool.path_of(kept)
    spool.path_of(gone)
    del gone
    gc.collect()
    assert files(temporary) == [spool.path_of(kept)]


def test_all_goes_with_the_spool(spool: Spool, temporary: Path) -> None:
    kept = array()
    spool.path_of(kept)
    spool.close()
    assert list(temporary.iterdir()) == []
    assert spool.path_of(kept).exists(), "and it can be used again"


def test_what_a_window_left_that_crashed_goes_with_the_next(temporary: Path) -> None:
    dead = temporary / "matrix-playground-999999999-abc"
    living = temporary / f"matrix-playground-{os.getpid()}-abc"
    other = temporary / "matrix-playground-notes"
    for folder in (dead, living, other):
        folder.mkdir()
        (folder / "file").write_text("x")
    spool = Spool()
    kept = array()
    spool.path_of(kept)
    assert not dead.exists()
    assert living.exists()
    assert other.exists()
    spool.close()


def test_a_full_disk_leaves_no_half_file(spool: Spool, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool.path_of(kept := array())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("playground.engine.spool._write", full)
    with pytest.raises(OSError, match="space"):
        spool.path_of(array())
    assert files(temporary) == [spool.path_of(kept)]


# -- in an engine -----------------------------------------------------------------------------------------------------


def test_an_engine_maps_it_and_writes_nothing_back(engine: EngineClient | EngineCore, spool: Spool) -> None:
    values = array()
    path = spool.path_of(values)
    engine.attach("A#1", str(path), values.dtype, values.shape)
    engine.patch("A#1", "A#2", [Patch(1, 1, np.array([[100.0]]))])
    result = engine.evaluate(Request("A + 1", {"A": "A#2"}, "=1"))
    assert isinstance(result, Result)
    expected = values + 1
    expected[1, 1] = 101
    np.testing.assert_array_equal(result.value, expected)
    assert path.read_bytes() == values.tobytes()


def test_a_file_that_is_another_array_is_refused(engine: EngineClient | EngineCore, spool: Spool) -> None:
    values = array()
    path = spool.path_of(values)
    for wrong, shape in ((path, (3, 5)), (path.with_name("none"), (3, 4)), (path, (1 << 40, 1 << 40))):
        with pytest.raises((ValueError, Exception), match=r"hold|mapped|needs"):
            engine.attach("A#1", str(wrong), values.dtype, shape)
