"""The .npz reader: directory first, no bombs, no hidden or foreign names."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.files.load import FileError, load
from playground.files.npy import write_npy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def member(values: Any) -> bytes:
    stream = io.BytesIO()
    write_npy(stream, np.asarray(values))
    return stream.getvalue()


def npz(path: Path, *members: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_all_arrays_in_order_or_one_by_its_key(write: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    write(path, weights=np.eye(3, dtype=np.float32), bias=np.arange(3), **{"layer/0.w": np.zeros((0, 2))})
    loaded = load(path)
    assert list(loaded.arrays) == ["weights", "bias", "layer/0.w"]
    assert loaded.arrays["weights"].dtype == np.float32
    assert list(load(path, "bias").arrays) == ["bias"]
    with pytest.raises(FileError, match="no array nothing") as error:
        load(path, "nothing")
    assert "weights, bias" in error.value.hint


def test_members_that_are_no_arrays_are_passed_over(tmp_path: Path) -> None:
    path = npz(tmp_path / "mixed.npz", ("readme.txt", b"hello"), ("a.npy", member([1.0])), ("folder/", b""))
    assert list(load(path).arrays) == ["a"]


@pytest.mark.parametrize("name", ["../../evil.npy", "/etc/evil.npy", "a\\b.npy", "a\nb.npy", "x/../../y.npy"])
def test_names_that_would_lie_outside_are_refused(name: str, tmp_path: Path) -> None:
    path = npz(tmp_path / "evil.npz", (name, member([1.0])))
    with pytest.raises(FileError, match="outside"):
        load(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_hide_another_are_refused(tmp_path: Path) -> None:
    path = npz(tmp_path / "twice.npz", ("a.npy", member([1.0])), ("a.npy", member([2.0])))
    with pytest.raises(FileError, match=r"two members called a\.npy"):
        load(path)


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.npy", "w") as stream:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (300 * 2**17,)})
        stream.write(header.getvalue())
        for _ in range(300):
            stream.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(FileError, match="would unpack to 315 MB"):
        load(path)


def test_what_unpacks_to_more_than_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.npz"
    np.savez(path, a=np.zeros(1000), b=np.zeros(1000))
    monkeypatch.setattr("playground.workspace.memory.budget_bytes", lambda: 15_000)
    with pytest.raises(FileError, match="of memory"):
        load(path)


def test_a_member_that_is_longer_or_shorter_than_it_says(tmp_path: Path) -> None:
    path = npz(tmp_path / "short.npz", ("a.npy", member(np.zeros(100))[:-8]))
    with pytest.raises(FileError, match=r"short\.npz:a is damaged"):
        load(path)


def test_a_changed_byte_is_noticed_by_its_check_sum(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    np.savez(path, a=np.zeros(100))
    data = bytearray(path.read_bytes())
    data[400] ^= 1
    path.write_bytes(data)
    with pytest.raises(FileError, match="damaged"):
        load(path)


def test_the_check_sum_covers_what_follows_the_numbers_too(tmp_path: Path) -> None:
    path = npz(tmp_path / "data.npz", ("a.npy", member(np.zeros(100)) + bytes(1 << 20)))
    assert load(path).arrays["a"].shape == (100,)
    data = bytearray(path.read_bytes())
    data[1 << 19] ^= 1
    path.write_bytes(data)
    with pytest.raises(FileError, match="damaged"):
        load(path)


def test_a_locked_an_empty_and_a_truncated_zip(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    np.savez(path, a=np.zeros(100))
    whole = path.read_bytes()
    for cut in (1, 10, 22, 50, 300, len(whole) - 4):
        path.write_bytes(whole[:-cut])
        with pytest.raises(FileError):
            load(path)
    locked = bytearray(whole)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(locked)
    with pytest.raises(FileError, match="password"):
        load(path)
    with pytest.raises(FileError, match="without arrays"):
        load(npz(tmp_path / "none.npz"))


def test_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = npz(tmp_path / "many.npz", *((f"{i}.npy", b"") for i in range(20_001)))
    with pytest.raises(FileError, match="too many members"):
        load(path)
