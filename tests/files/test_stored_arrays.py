"""Arrays that stay in a large .npy: which files are opened so, and what is written of them piece by piece."""

from __future__ import annotations

import os
import tracemalloc
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.files.load import FileError, load, load_stored
from playground.files.mplay import Document
from playground.files.save import save, save_document
from playground.workspace.workspace import ArrayEntry, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from playground.workspace.arrays import Array


@pytest.fixture(autouse=True)
def _small_files_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.files.load.STORED_FROM", 1000)


def stored(folder: Path, values: np.ndarray) -> Array:
    path = folder / "big.npy"
    np.save(path, values)
    array = load_stored(path)
    assert array is not None
    return array


@pytest.mark.parametrize(
    "values",
    [
        np.arange(900.0).reshape(30, 30),
        np.asfortranarray(np.arange(900.0).reshape(30, 30)),
        np.arange(900, dtype=">i4").reshape(9, 10, 10),
        np.arange(2000, dtype=np.uint8),
    ],
)
def test_what_is_large_stays_in_its_file(tmp_path: Path, values: np.ndarray) -> None:
    array = stored(tmp_path, values)
    assert array.stored is not None
    assert array.shape == values.shape
    np.testing.assert_array_equal(array.to_numpy(), values)


@pytest.mark.parametrize(
    "values", [np.arange(90.0), np.asfortranarray(np.zeros((10, 10, 10))), np.zeros((0, 5000)), np.array(3.0)]
)
def test_what_is_small_or_has_no_rows_in_its_file_is_read(tmp_path: Path, values: np.ndarray) -> None:
    np.save(tmp_path / "a.npy", values)
    assert load_stored(tmp_path / "a.npy") is None
    assert load_stored(tmp_path / "a.csv") is None


def test_the_sample_of_a_thumbnail_is_read_at_once(tmp_path: Path) -> None:
    values = np.arange(900.0).reshape(30, 30)
    cells = stored(tmp_path, values).stored
    assert cells is not None
    assert cells.sample is not None
    assert cells.sample.shape == (8, 8)
    assert (cells.sample[0, 0], cells.sample[-1, -1]) == (0, 899)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("ending", [".npy", ".npz", ".csv", ".tsv", ".json", ".mplay"])
def test_it_is_written_with_its_edits(tmp_path: Path, ending: str, order: str) -> None:
    values = np.asarray(np.arange(900.0).reshape(30, 30), order=order)  # type: ignore[call-overload]
    array = stored(tmp_path, values).with_block(3, 4, np.array([[-1.5]]))
    values[3, 4] = -1.5
    save(tmp_path / f"out{ending}", arrays={"big": array})
    (found,) = load(tmp_path / f"out{ending}").arrays.values()
    np.testing.assert_array_equal(found, values)


def test_a_table_of_a_file_with_three_axes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="3 axes"):
        save(tmp_path / "out.csv", arrays={"big": stored(tmp_path, np.zeros((9, 10, 10)))})


def test_writing_takes_little_memory(tmp_path: Path) -> None:
    values = np.zeros((3000, 3000))
    array = stored(tmp_path, values)
    del values
    tracemalloc.start()
    try:
        save(tmp_path / "out.npy", arrays={"big": array})
        save_document(tmp_path / "out.mplay", Document(Workspace((ArrayEntry("big", array),))))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20


@pytest.mark.parametrize("ending", [".npy", ".npz", ".csv", ".json", ".mplay"])
def test_a_file_that_was_changed_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    array = stored(tmp_path, np.arange(900.0).reshape(30, 30))
    out = tmp_path / f"out{ending}"
    out.write_bytes(b"old")
    os.truncate(tmp_path / "big.npy", 500)
    with pytest.raises(FileError, match=r"big\.npy was changed by another program"):
        save(out, arrays={"big": array})
    assert out.read_bytes() == b"old"
