"""Frames on a pipe: eight bytes, a small JSON header, raw arrays in C order. What comes in is never trusted.

``MPE1`` · header length (uint32, little endian) · header ``{"m": message, "a": [[dtype, shape], ...]}`` · the
bytes of each array. Nothing is ever unpickled, and nothing is allocated before it was checked against a limit.
"""

from __future__ import annotations

import io
import json
import math
import struct
from typing import TYPE_CHECKING, BinaryIO, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO

    from typing_extensions import Buffer

_MAGIC = b"MPE1"
_PREFIX = struct.Struct("<4sI")
_HEADER_LIMIT = 4 << 20
_ARRAYS_LIMIT = 4096
_JOIN_BELOW = 64 << 10
"""Frames smaller than this go out in one write: one wake-up of the other side."""
_WRITE_AT_MOST = 1 << 30
"""Some systems cut a single write at 2 GiB."""

DTYPES = {dtype.str: dtype for dtype in map(np.dtype, "?bhilqBHILQefdgFDG")}
"""The only dtypes that travel: numbers in this machine's byte order."""

_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False)


class FrameError(Exception):
    """Bytes that are no frame: the connection can't be used any more."""


class StreamEndedError(FrameError):
    """The stream ends inside a frame: the other side went away."""


class _Writable(Protocol):
    def write(self, data: Buffer, /) -> int | None: ...


def write_frame(stream: _Writable, message: object, arrays: Sequence[np.ndarray] = ()) -> None:
    """Write one frame to an unbuffered stream.

    Parameters
    ----------
    message
        Anything that JSON can say; floats may be NaN or infinite.
    arrays
        Of any shape, strides and byte order; they arrive contiguous and in native order.

    Raises
    ------
    TypeError
        For an array that holds no numbers, before anything is written.
    OSError
        Where the other side is gone.
    """
    native = [array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("=")) for array in arrays]
    header = _JSON.encode({"m": message, "a": [[_code(array), array.shape] for array in native]}).encode()
    if len(header) > _HEADER_LIMIT:
        raise TypeError(f"a header of {len(header)} bytes is too long for a frame")
    start = _PREFIX.pack(_MAGIC, len(header)) + header
    if len(start) + sum(array.nbytes for array in native) <= _JOIN_BELOW:
        _write_all(stream, b"".join((start, *[array.tobytes() for array in native])))
        return
    _write_all(stream, start)
    for array in native:
        if array.size:
            _write_all(stream, np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)


class Outbox:
    """Sends frames on an unbuffered stream; small ones can wait to go out together with the next."""

    def __init__(self, stream: FileIO) -> None:
        self._stream = stream
        self._waiting = io.BytesIO()

    def send(self, message: object, arrays: Sequence[np.ndarray] = (), *, later: bool = False) -> None:
        """Send one frame after those that wait, or with ``later`` let it wait if it is small; see `write_frame`."""
        if sum(array.nbytes for array in arrays) > _JOIN_BELOW:
            self._flush()
            write_frame(self._stream, message, arrays)
            return
        write_frame(self._waiting, message, arrays)
        if not later or self._waiting.tell() > _JOIN_BELOW:
            self._flush()

    def close(self) -> None:
        """Close the stream; what waits is given up."""
        self._stream.close()

    def _flush(self) -> None:
        data = self._waiting.getvalue()
        self._waiting = io.BytesIO()
        _write_all(self._stream, data)


def read_frame(stream: BinaryIO, limit: int | None = None) -> tuple[object, list[np.ndarray]] | None:
    """Read one frame from a buffered stream; None where the other side closed it between two frames.

    Parameters
    ----------
    limit
        Bytes that the arrays of the frame may take together, None for any number.

    Raises
    ------
    FrameError
        Where the bytes are no frame, end in its middle, or announce more than ``limit``.
    """
    prefix = stream.read(_PREFIX.size)
    if not prefix:
        return None
    if len(prefix) < _PREFIX.size:
        raise StreamEndedError("the stream ends inside a frame")
    magic, length = _PREFIX.unpack(prefix)
    if magic != _MAGIC or length > _HEADER_LIMIT:
        raise FrameError("these bytes are no frame of the engine")
    message, described = _header(_exactly(stream, length))
    if limit is not None and sum(math.prod(shape) * dtype.itemsize for dtype, shape in described) > limit:
        raise FrameError("the frame announces more than the memory limit")
    return message, [_array(stream, dtype, shape) for dtype, shape in described]


def _code(array: np.ndarray) -> str:
    code = array.dtype.str
    if code not in DTYPES:
        raise TypeError(f"an array of {array.dtype} holds no numbers")
    return code


def _write_all(stream: _Writable, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest[:_WRITE_AT_MOST]) or 0 :]


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise StreamEndedError("the stream ends inside a frame")
    return data


def _header(text: bytes) -> tuple[object, list[tuple[np.dtype, tuple[int, ...]]]]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameError("the header is no JSON") from error
    if not isinstance(header, dict) or header.keys() != {"m", "a"} or not isinstance(header["a"], list):
        raise FrameError("the header lacks its parts")
    if len(header["a"]) > _ARRAYS_LIMIT:
        raise FrameError("the frame announces too many arrays")
    return header["m"], [_described(entry) for entry in header["a"]]


def _described(entry: object) -> tuple[np.dtype, tuple[int, ...]]:
    match entry:
        case [str(code), list(shape)] if code in DTYPES and len(shape) <= 64:
            if all(type(size) is int and 0 <= size < 1 << 63 for size in shape):
                return DTYPES[code], tuple(shape)
    raise FrameError("the frame announces an array that can't be")


def _array(stream: BinaryIO, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
    try:
        array = np.empty(shape, dtype)
    except ValueError as error:  # more axes or cells than this NumPy can address
        raise FrameError("the frame announces an array that can't be") from error
    if array.size and stream.readinto(array.reshape(-1).view(np.uint8).data) < array.nbytes:  # type: ignore[attr-defined]
        raise StreamEndedError("the stream ends inside a frame")
    return array
