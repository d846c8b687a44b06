"""Files that aren't what they say, opened in the window: a sentence that names them, soon, and no entry."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.workspace.workspace import Workspace
from tests.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def npy(descr: str = "'<f8'", shape: str = "(3,)", data: bytes = b"", order: str = "False") -> bytes:
    """A file with this header and these bytes behind it."""
    header = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}".encode().ljust(69) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data


def long_header(count: int) -> bytes:
    """A file whose header has ``count`` bytes, all of them there."""
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }"
    return b"\x93NUMPY\x02\x00" + count.to_bytes(4, "little") + text.ljust(count - 1) + b"\n" + bytes(24)


def saved(folder: Path, values: Any, **how: Any) -> bytes:
    """What NumPy writes of ``values``."""
    path = folder / "made.npy"
    np.save(path, values, **how)
    return path.read_bytes()


RAW = {
    "10¹³ rows": (npy(shape="(10000000000000, 3)"), "it declares"),
    "10¹³ rows, column-major": (npy(shape="(10000000000000, 3)", order="True"), "it declares"),
    "more digits than any size": (npy(shape="(99999999999999999999999,)"), "sizes that are none"),
    "a negative size": (npy(shape="(-3, 4)"), "can't be read"),
    "rows without cells": (npy(shape="(0, 999999999999999999)"), "memory"),
    "cut off": (npy(shape="(1000, 1000)", data=bytes(7_999_999)), "it declares"),
    "a header of megabytes": (long_header(3_000_000), "its header is said to have"),
    "a header of a gigabyte": (b"\x93NUMPY\x02\x00" + (1 << 30).to_bytes(4, "little") + b"{'descr': ", "its header"),
    "no file of its kind": (b"hello, world", "isn't a .npy file"),
    "nothing": (b"", "is empty"),
}

MADE = {
    "objects": (np.array([1, "two", None], object), {"allow_pickle": True}),
    "strings": (np.array(["one", "two"]), {}),
    "bytes": (np.array([b"one"]), {}),
    "dates": (np.array(["2020-01-01"], "datetime64[D]"), {}),
    "durations": (np.array([3], "timedelta64[s]"), {}),
    "records": (np.zeros(2, [("x", "f8"), ("y", "i4")]), {}),
    "nested records": (np.zeros(2, [("x", [("y", "f4", (2, 2))])]), {}),
    "long double": (np.zeros(2, np.longdouble), {}),
}


def opened(qtbot: QtBot, path: Path) -> Person:
    """A window in which somebody tried to open the file."""
    person = Person(qtbot, Workspace())
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_paths([path])
    return person


@pytest.mark.parametrize("what", RAW)
def test_a_damaged_file_is_a_sentence(qtbot: QtBot, tmp_path: Path, what: str) -> None:
    data, reason = RAW[what]
    path = tmp_path / "bad.npy"
    path.write_bytes(data)
    tracemalloc.start()
    try:
        person = opened(qtbot, path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert person.snapshot.workspace.names == ()
    assert person.snapshot.notice is not None
    assert "bad.npy" in person.snapshot.notice.text
    assert reason in person.snapshot.notice.text
    assert peak < 64 << 20


@pytest.mark.parametrize("what", MADE)
def test_what_are_no_numbers_is_a_sentence(qtbot: QtBot, tmp_path: Path, what: str) -> None:
    values, how = MADE[what]
    path = tmp_path / "bad.npy"
    path.write_bytes(saved(tmp_path, values, **how))
    person = opened(qtbot, path)
    assert person.snapshot.workspace.names == ()
    assert person.snapshot.notice is not None
    assert person.snapshot.notice.text.startswith("bad.npy")


def test_a_large_file_that_was_cut_off_is_a_sentence(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.files.load.STORED_FROM", 1000)
    path = tmp_path / "bad.npy"
    path.write_bytes(saved(tmp_path, np.ones((300, 300)))[:-1])
    person = opened(qtbot, path)
    assert person.snapshot.workspace.names == ()
    assert person.snapshot.notice is not None
    assert "it declares (300, 300)" in person.snapshot.notice.text
