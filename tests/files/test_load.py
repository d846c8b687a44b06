"""The door of all readers: whatever lies there, arrays or one FileError."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.files.load import FileError, Loaded, load
from playground.files.naming import entry_name
from playground.files.save import save

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = [".npy", ".npz", ".mplay", ".csv", ".tsv", ".txt", ".json"]


def sample(path: Path) -> Path:
    values = np.array([[1.5, -2.0, 3.25], [0.0, 1e300, 7.0]])
    match path.suffix:
        case ".npz":
            np.savez_compressed(path, a=values, b=np.arange(3))
        case ".mplay":
            save(path, arrays={"A": values, "B": np.arange(5)}, formulas={"C": "A @ A.T"})
        case ".txt":
            np.savetxt(path, values)
        case _:
            save(path, arrays={"A": values})
    return path


def loaded_or_refused(path: Path) -> Loaded | None:
    """Load, or give None for a FileError with a whole sentence; anything else that is raised fails the test."""
    try:
        return load(path)
    except FileError as error:
        if not str(error).endswith("."):
            pytest.fail(f"no sentence: {error}")
        return None


@pytest.mark.parametrize("ending", SAMPLES)
def test_flipped_bytes_give_arrays_or_a_file_error(ending: str, tmp_path: Path) -> None:
    path = sample(tmp_path / f"data{ending}")
    whole = path.read_bytes()
    random = np.random.default_rng(5)
    refused = 0
    for round_ in range(300):
        data = bytearray(whole)
        for _ in range(1 + round_ % 4):
            data[random.integers(len(data))] = random.integers(256)
        path.write_bytes(data)
        loaded = loaded_or_refused(path)
        refused += loaded is None
        assert loaded is None or {array.dtype.kind for array in loaded.arrays.values()} <= set("biufc")
    assert refused


@pytest.mark.parametrize("ending", SAMPLES)
def test_every_truncation_gives_arrays_or_a_file_error(ending: str, tmp_path: Path) -> None:
    path = sample(tmp_path / f"data{ending}")
    whole = path.read_bytes()
    whole = whole.rstrip()
    for length in range(0, len(whole), max(1, len(whole) // 200)):
        path.write_bytes(whole[:length])
        assert loaded_or_refused(path) is None or ending in (".csv", ".tsv", ".txt")


@pytest.mark.parametrize("ending", SAMPLES)
def test_a_file_of_another_kind_is_no_crash(ending: str, tmp_path: Path) -> None:
    for other in SAMPLES:
        data = sample(tmp_path / f"other{other}").read_bytes()
        path = tmp_path / f"data{ending}"
        path.write_bytes(data)
        loaded_or_refused(path)


@pytest.mark.parametrize("ending", [*SAMPLES, ".xyz", ""])
def test_places_that_hold_no_file(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"data{ending}"
    with pytest.raises(FileError, match="There is no file"):
        load(path)
    path.mkdir()
    with pytest.raises(FileError, match="is a folder"):
        load(path)
    path.rmdir()
    path.touch()
    with pytest.raises(FileError, match="is empty"):
        load(path)
    with pytest.raises(FileError):
        load(path / "below")
    with pytest.raises(FileError):
        load(f"{path}\0x")
    with pytest.raises(FileError):
        load(tmp_path / ("x" * 5000 + ending))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and permissions of POSIX")
def test_pipes_devices_and_files_of_others_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.npy"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero"):
        with pytest.raises(FileError, match="device or a pipe"):
            load(path)
    path = sample(tmp_path / "data.npy")
    path.chmod(0)
    if not os.access(path, os.R_OK):  # root may read everything
        with pytest.raises(FileError, match="aren't allowed"):
            load(path)


def test_an_unknown_ending_lists_the_known_and_case_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "data.xyz"
    path.write_text("1")
    with pytest.raises(FileError, match="ending") as error:
        load(path)
    assert ".npy" in error.value.hint
    sample(tmp_path / "data.npy").rename(tmp_path / "DATA.NPY")
    assert load(tmp_path / "DATA.NPY").arrays["DATA"].shape == (2, 3)


def test_a_key_of_a_file_with_one_array(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="holds one array"):
        load(sample(tmp_path / "data.csv"), "A")


@pytest.mark.parametrize(
    ("text", "name"),
    [("weights", "weights"), ("2024 sales (net)", "_2024_sales_net"), ("sum", "sum_2"), ("A", "A_2"), ("…", "A_2"),
     ("lambda", "lambda_2"), ("größe", "größe"), ("x" * 300, "x" * 40)],
)  # fmt: skip
def test_names_for_entries(text: str, name: str) -> None:
    assert entry_name(text, taken={"A"}) == name
