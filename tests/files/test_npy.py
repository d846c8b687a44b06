"""The .npy reader: what NumPy writes is read, what is broken is one sentence and no memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.files.load import FileError, load
from playground.files.npy import read_npy, write_npy
from playground.workspace.casting import SUPPORTED

if TYPE_CHECKING:
    from pathlib import Path

ARRAYS = [
    np.array(3.5), np.zeros((0,)), np.zeros((0, 3)), np.zeros((3, 0, 2)), np.arange(6).reshape(2, 3),
    np.asfortranarray(np.arange(12.0).reshape(3, 4)), np.arange(24.0).reshape(2, 3, 4)[:, ::-1],
    np.array([1, -2, 3], ">i2"), np.array([[1 + 2j]], ">c16"), np.array([True, False]),
]  # fmt: skip


@pytest.mark.parametrize("values", ARRAYS, ids=lambda a: f"{a.dtype.str}{a.shape}")
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)], ids=str)
def test_what_numpy_writes_is_read(values: Any, version: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "data.npy"
    with path.open("wb") as stream:
        np.lib.format.write_array(stream, values, version=version)
    (array,) = load(path).arrays.values()
    assert array.dtype == values.dtype.newbyteorder("=")
    assert array.dtype.isnative
    assert array.flags.c_contiguous
    assert array.shape == values.shape
    np.testing.assert_array_equal(array, values)


@pytest.mark.parametrize("dtype", SUPPORTED, ids=str)
def test_numpy_reads_what_is_written_and_the_data_is_aligned(dtype: Any) -> None:
    for shape in ((), (0, 3), (3, 5)):
        values = np.ones(shape, dtype)
        stream = io.BytesIO()
        write_npy(stream, values)
        assert (len(stream.getvalue()) - values.nbytes) % 64 == 0
        stream.seek(0)
        again = np.load(stream, allow_pickle=False)
        assert again.dtype == dtype
        np.testing.assert_array_equal(again, values)


def test_old_numbers_and_bytes_that_are_no_bool_are_read() -> None:
    header = b"{'shape': (2L,), 'fortran_order': False, 'descr': '|b1'}"
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"\x02\x00"
    array = read_npy(io.BytesIO(data), len(data), "old.npy")
    assert array.view(np.uint8).tolist() == [1, 0]


def npy(header: bytes, data: bytes = b"", version: bytes = b"\x01\x00", length: int | None = None) -> bytes:
    size = len(header) if length is None else length
    return b"\x93NUMPY" + version + struct.pack("<H" if version[0] == 1 else "<I", size) + header + data


def header(descr: str = "'<f8'", order: str = "False", shape: str = "(3,)") -> bytes:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}".encode()


BROKEN = {
    "not npy": b"hello, world, this is text",
    "a zip": b"PK\x03\x04" + bytes(40),
    "half a magic": b"\x93NU",
    "version 9": npy(header(), bytes(24), b"\x09\x00"),
    "no header": b"\x93NUMPY\x01\x00",
    "header longer than the file": npy(header(), length=60_000),
    "header of 4 GB": npy(b"{}", version=b"\x02\x00", length=2**32 - 1),
    "header cut off": npy(header()[:20]),
    "brackets": npy(b"(" * 5000),
    "minus signs": npy(b"{'descr': " + b"-" * 9000 + b"1}"),
    "no dict": npy(b"[1, 2, 3]"),
    "empty dict": npy(b"{}"),
    "code": npy(header(shape="__import__('os').getcwd()")),
    "bool in shape": npy(header(shape="(True,)"), bytes(8)),
    "float in shape": npy(header(shape="(1.5,)"), bytes(8)),
    "negative size": npy(header(shape="(-3,)"), bytes(24)),
    "shape of text": npy(header(shape="'x'"), bytes(24)),
    "shape without commas": npy(header(shape="(3 4)"), bytes(240)),
    "size of 200 digits": npy(header(shape=f"({'9' * 200},)")),
    "ten trillion rows": npy(header(shape="(10000000000000,)")),
    "ten trillion rows of nothing": npy(header(descr="'|V0'", shape="(9999999999999,)")),
    "ten trillion empty rows": npy(header(shape="(10000000000000, 0)")),
    "overflow": npy(header(shape="(4294967296, 4294967296, 4294967296)")),
    "overflow to zero": npy(header(shape="(4294967296, 4294967296, 0, 999999999999999999)")),
    "forty axes": npy(header(shape="(" + "1, " * 40 + ")"), bytes(8)),
    "truncated": npy(header(), bytes(23)),
    "objects": npy(header(descr="'|O'"), bytes(24)),
    "records": npy(header(descr="[('a', '<f8'), ('b', '<i4')]"), bytes(36)),
    "texts": npy(header(descr="'<U3'"), bytes(36)),
    "bytes": npy(header(descr="'|S3'"), bytes(9)),
    "dates": npy(header(descr="'<M8[ns]'"), bytes(24)),
    "void": npy(header(descr="'|V8'"), bytes(24)),
    "long double": npy(header(descr="'<f16'"), bytes(48)),
    "unknown dtype": npy(header(descr="'<q9'"), bytes(24)),
    "huge itemsize": npy(header(descr="'|S999999999'"), bytes(24)),
    "dtype by evil name": npy(header(descr="'float64, object'"), bytes(24)),
    "no order": npy(header(order="None"), bytes(24)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_sentence_and_takes_no_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.npy"
    path.write_bytes(BROKEN[name])
    tracemalloc.start()
    try:
        with pytest.raises(FileError, match=r"broken\.npy.*\.$") as error:
            load(path)
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    finally:
        tracemalloc.stop()
    assert error.value.hint.endswith(".")


def test_the_sentence_gives_both_figures(tmp_path: Path) -> None:
    path = tmp_path / "big.npy"
    path.write_bytes(npy(header(shape="(10000000000000,)")))
    assert path.stat().st_size < 96
    with pytest.raises(FileError, match=r"\(10000000000000,\), which takes 80 TB, but 0 B follow"):
        load(path)


def test_what_fits_no_memory_is_refused_before_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.npy"
    np.save(path, np.zeros(1000))
    monkeypatch.setattr("playground.workspace.memory.budget_bytes", lambda: 7999)
    with pytest.raises(FileError, match=r"needs 8 kB of memory"):
        load(path)
