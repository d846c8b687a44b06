"""The ``.npy`` format: a header read by a grammar of our own and checked before a byte of data is asked for.

NumPy's reader evaluates the header as a Python literal and believes its shape; 80 bytes can then declare 10¹³ rows.
"""

from __future__ import annotations

import math
import os
import re
from itertools import islice
from typing import IO, TYPE_CHECKING

import numpy as np

from playground.files.errors import FileError
from playground.language.signature import shape_text
from playground.record import Record
from playground.translation import tr
from playground.workspace.casting import dtype_problem
from playground.workspace.memory import bytes_text, size_problem
from playground.workspace.statistics import PIECE, pieces
from playground.workspace.stored import StoredCells, stored_array

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    from playground.workspace.arrays import Array

MAGIC = b"\x93NUMPY"
_MAX_HEADER = 64 * 1024
_MAX_AXES = 32
_FIELDS_NAMED = 8
_MAX_DIGITS = 18
_PIECE = 8 * 1024**2
_CELLS_ACROSS = 1 << 22
"""Cells that are read at once across their order: fewer would be read in too small pieces."""

_FIELD = re.compile(
    r"""\s*(?P<quote>['"])(?P<key>\w+)(?P=quote)\s*:\s*(?:
        (?P<record>\[) |
        (?: (?P<truth>True|False) | \((?P<shape>[\d\s,L]*)\) | (?P<mark>['"])(?P<text>[^'"]*)(?P=mark) )
        \s*(?:,|(?=\}))\s*
    )""",
    re.VERBOSE,
)
_DTYPE = re.compile(r"[<>|=]?[?biufcOSUVmMtT]\d{0,9}(\[\w+\])?")


class NpyHeader(Record):
    """What the header declares: shape, dtype (maybe of the other byte order), memory order, and its own length."""

    shape: tuple[int, ...]
    dtype: np.dtype
    fortran_order: bool
    length: int

    @property
    def data_bytes(self) -> int:
        """Bytes of data that must follow."""
        return math.prod(self.shape) * self.dtype.itemsize


def read_npy(stream: BufferedIOBase, available: int, name: str) -> np.ndarray:
    """Read one array from ``stream``, which holds ``available`` bytes from here on.

    Raises
    ------
    FileError
        The header is broken, declares more than there is or than memory holds, or the data ends early.
    """
    header = read_header(stream, available, name)
    values = np.empty(math.prod(header.shape), header.dtype)
    _fill(stream, values.view(np.uint8), name)
    if header.dtype.kind == "b":
        values = values.view(np.uint8) != 0  # a byte other than 0 and 1 is no bool to compute with
    array = values.reshape(header.shape, order="F" if header.fortran_order else "C")
    return array.astype(header.dtype.newbyteorder("="), order="C", copy=False)


def stored_npy(path: Path, least_bytes: int) -> Array | None:
    """The array of a file whose cells stay there; None for one that is better read whole.

    That is one of less than ``least_bytes`` of cells, or in column-major order with more than two axes.

    Raises
    ------
    FileError
        The header is broken, or declares more than there is.
    OSError
        The system refuses.
    """
    with path.open("rb") as stream:
        header = read_header(stream, os.fstat(stream.fileno()).st_size, path.name, whole=False)
        is_fortran = header.fortran_order and len(header.shape) > 1
        if header.data_bytes < least_bytes or (is_fortran and len(header.shape) > 2):
            return None
        cells = StoredCells(path, header.length, header.dtype, header.shape, fortran=is_fortran, stream=stream)
    cells.take_sample()
    return stored_array(cells)


def read_header(stream: BufferedIOBase, available: int, name: str, *, whole: bool = True) -> NpyHeader:
    """Read and check the header at the start of ``stream``; FileError where it doesn't hold what it promises.

    Where the ``whole`` array is to be read, it must fit into memory too.
    """
    start = stream.read(8)
    if len(start) < 8 or start[:6] != MAGIC:
        raise FileError(tr("{name} isn't a .npy file: it doesn't begin as one.", name=name), _kind_hint(start))
    if start[6] not in (1, 2, 3):
        raise _broken(name, tr("its format version is {version}", version=f"{start[6]}.{start[7]}"))
    width = 2 if start[6] == 1 else 4
    length = int.from_bytes(stream.read(width), "little")
    if length > min(_MAX_HEADER, available):
        raise _broken(name, tr("its header is said to have {size}", size=bytes_text(length)))
    text = stream.read(length).decode("latin-1" if start[6] < 3 else "utf-8", errors="replace")
    shape, dtype, fortran_order = _parsed(text, name)
    header = NpyHeader(shape, dtype, fortran_order, 8 + width + length)
    _check(header, available, name, whole=whole)
    return header


def _kind_hint(start: bytes) -> str:
    if start[:2] == b"PK":
        return tr("It looks like a zip: give it the ending .npz or .mplay.")
    return tr("Give it the ending of what it is, or save it again from where it came.")


def _broken(name: str, reason: str) -> FileError:
    hint = tr("Save it again from where it came, or copy it again.")
    return FileError(tr("{name} is damaged: {reason}.", name=name, reason=reason), hint)


def _parsed(text: str, name: str) -> tuple[tuple[int, ...], np.dtype, bool]:
    fields = {match["key"]: match for match in _fields(text, name)}
    if any(match["record"] for match in fields.values()):
        raise _refused_records(text, name)
    try:
        descr, order, shape = fields["descr"], fields["fortran_order"]["truth"], fields["shape"]["shape"]
    except KeyError:
        raise _broken(name, tr("its header says nothing of shape or dtype")) from None
    if order is None or shape is None or descr["text"] is None:
        raise _broken(name, tr("its header can't be read"))
    sizes = [part.strip().removesuffix("L") for part in shape.split(",") if part.strip()]
    if not all(size.isascii() and size.isdigit() and len(size) <= _MAX_DIGITS for size in sizes):
        raise _broken(name, tr("its header has sizes that are none"))
    return tuple(map(int, sizes)), _dtype(descr["text"], name), order == "True"


def _fields(text: str, name: str) -> Iterator[re.Match[str]]:
    body = text.strip()
    position, end = 1, len(body) - 1
    if not (body.startswith("{") and body.endswith("}")):
        raise _broken(name, tr("its header can't be read"))
    while position < end:
        match = _FIELD.match(body, position)
        if match is None:
            raise _broken(name, tr("its header can't be read"))
        yield match
        if match["record"]:
            # Fields of records may hold anything; that there are any is enough to refuse the file.
            return
        position = match.end()


def _dtype(text: str, name: str) -> np.dtype:
    if not _DTYPE.fullmatch(text):
        raise _broken(name, tr("it has the unknown dtype {dtype}", dtype=repr(text[:40])))
    try:
        dtype = np.dtype(text)
    except (TypeError, ValueError):
        raise _broken(name, tr("it has the unknown dtype {dtype}", dtype=repr(text[:40]))) from None
    if dtype_problem(dtype) is not None:
        raise _refused(name, dtype)
    return dtype


def _refused(name: str, dtype: np.dtype) -> FileError:
    hint = tr("Convert it to numbers where it came from, for example with astype(float).")
    return FileError(f"{name}: {dtype_problem(dtype)}", hint)


def _refused_records(text: str, name: str) -> FileError:
    """Records of several fields, the first of which are named."""
    names = [found[1] for found in islice(re.finditer(r"\(['\"](\w{1,40})['\"]", text), _FIELDS_NAMED + 1)]
    shown = ", ".join(names[:_FIELDS_NAMED]) + (", …" if len(names) > _FIELDS_NAMED else "")
    problem = dtype_problem(np.dtype([("field", "f8")]))
    message = tr("{name}: {problem} Its fields: {fields}.", name=name, problem=problem, fields=shown or "?")
    field = names[0] if names else "field"
    return FileError(message, tr("Save one, as in numpy.save('{field}.npy', records['{field}']).", field=field))


def _check(header: NpyHeader, available: int, name: str, *, whole: bool) -> None:
    if len(header.shape) > _MAX_AXES:
        raise _broken(name, tr("it declares {count} axes", count=len(header.shape)))
    left = available - header.length
    if header.data_bytes > left:
        sizes = {"size": bytes_text(header.data_bytes), "left": bytes_text(max(left, 0))}
        shape = shape_text(header.shape)
        raise _broken(name, tr("it declares {shape}, which takes {size}, but {left} follow", shape=shape, **sizes))
    if not whole and header.data_bytes:
        return
    # An axis of size 0 makes any other size free of charge; it must fit all the same, a view counts its rows.
    spread = math.prod(size for size in header.shape if size) * header.dtype.itemsize
    problem = size_problem(max(header.data_bytes, spread))
    if problem is not None:
        raise FileError(f"{name}: {problem}", tr("Take a part of it, or close other programs."))


def _fill(stream: BufferedIOBase, buffer: np.ndarray, name: str) -> None:
    """Read until ``buffer`` is full, in pieces that a stream inside a zip can bear."""
    position = 0
    while position < buffer.size:
        count = stream.readinto(buffer[position : position + _PIECE].data)
        if not count:
            raise _broken(name, tr("it ends before its last number"))
        position += count


def write_array(stream: IO[bytes], array: Array) -> None:
    """As ``write_npy``, of a workspace's array: what stays in a file is never in memory whole, nor what was edited.

    Raises `StoredError` where cells can't be read.
    """
    description = {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": False, "shape": array.shape}
    np.lib.format.write_array_header_1_0(stream, description)
    rows, columns = array.shape_2d
    most = _CELLS_ACROSS if array.stored is not None and array.stored.tall else PIECE
    for piece in pieces([(0, rows, 0, columns)], most=most):
        stream.write(np.ascontiguousarray(array.block(*piece)).reshape(-1).view(np.uint8).data)


def write_npy(stream: IO[bytes], array: np.ndarray) -> None:
    """Write one array, header padded so that the data begins at a multiple of 64 bytes."""
    values = np.asarray(array, order="C")
    np.lib.format.write_array_header_1_0(stream, np.lib.format.header_data_from_array_1_0(values))
    if values.size:
        data = values.reshape(-1).view(np.uint8)
        for position in range(0, data.size, _PIECE):
            stream.write(data[position : position + _PIECE].data)
