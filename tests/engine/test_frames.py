"""Frames: what goes in comes out, and what is no frame is refused before anything is allocated."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from playground.engine.frames import DTYPES, FrameError, StreamEndedError, read_frame, write_frame

SIZES = arrays_of.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4)


class Stutter(io.RawIOBase):
    """Takes at most seven bytes at a time, as a pipe may."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: object) -> int:
        piece = bytes(data)[:7]
        self.data += piece
        return len(piece)


def written(message: object, *arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    write_frame(stream, message, arrays)
    return stream.getvalue()


def there_and_back(*arrays: np.ndarray) -> list[np.ndarray]:
    frame = read_frame(io.BytesIO(written("m", *arrays)))
    assert frame is not None
    return frame[1]


def raw(header: object, *, magic: bytes = b"MPE1", body: bytes = b"") -> io.BytesIO:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return io.BytesIO(struct.pack("<4sI", magic, len(text)) + text + body)


@given(array=arrays_of.arrays(dtype=st.sampled_from(sorted(DTYPES)).map(np.dtype), shape=SIZES))
def test_an_array_of_any_dtype_and_shape_comes_back_bit_for_bit(array: np.ndarray) -> None:
    (back,) = there_and_back(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tobytes() == array.tobytes()


@given(array=arrays_of.arrays(dtype=np.float64, shape=(4, 5, 3)))
def test_strides_do_not_matter(array: np.ndarray) -> None:
    for view in (array.T, array[::2, ::-1], array[:, 1], np.broadcast_to(array[0, 0], (2, 3))):
        (back,) = there_and_back(view)
        assert back.flags.c_contiguous
        np.testing.assert_array_equal(back, view)


def test_large_arrays_that_are_not_contiguous_arrive_in_order() -> None:
    array = np.arange(300 * 200, dtype=np.int64).reshape(300, 200).T
    (back,) = there_and_back(array)
    np.testing.assert_array_equal(back, array)


def test_the_other_byte_order_becomes_the_native_one() -> None:
    foreign = np.array([1.5, -2], dtype=np.dtype("f8").newbyteorder("S"))
    (back,) = there_and_back(foreign)
    assert back.dtype.isnative
    np.testing.assert_array_equal(back, foreign)


def test_the_other_byte_order_is_refused_where_it_is_announced() -> None:
    code = (">" if sys.byteorder == "little" else "<") + "f8"
    with pytest.raises(FrameError):
        read_frame(raw({"m": 1, "a": [[code, [1]]]}, body=bytes(8)))


@pytest.mark.parametrize("array", [np.array([object()]), np.array(["a"]), np.array(["2026"], "M8[Y]")])
def test_only_numbers_travel(array: np.ndarray) -> None:
    stream = io.BytesIO()
    with pytest.raises(TypeError):
        write_frame(stream, "m", [array])
    assert stream.getvalue() == b""


def test_a_stream_that_takes_little_at_a_time_gets_everything() -> None:
    stream = Stutter()
    large = np.arange(20_000.0)
    write_frame(stream, "m", [large, np.ones(2)])
    frame = read_frame(io.BytesIO(stream.data))
    assert frame is not None
    np.testing.assert_array_equal(frame[1][0], large)


def test_small_frames_are_one_write() -> None:
    writes: list[int] = []

    class Counting(io.BytesIO):
        def write(self, data: object) -> int:
            writes.append(1)
            return super().write(data)

    write_frame(Counting(), "m", [np.ones(3), np.ones((2, 2))])
    assert len(writes) == 1


def test_numbers_that_json_lacks_survive() -> None:
    frame = read_frame(io.BytesIO(written([float("nan"), float("inf"), -float("inf"), 2**80])))
    assert frame is not None
    message = frame[0]
    assert message[0] != message[0]
    assert message[1:] == [float("inf"), -float("inf"), 2**80]


def test_the_end_between_two_frames_is_no_fault() -> None:
    assert read_frame(io.BytesIO()) is None


@pytest.mark.parametrize("array", [np.ones(3), np.ones(20_000)])
def test_an_end_anywhere_inside_a_frame_is_noticed(array: np.ndarray) -> None:
    whole = written("message", array)
    for length in [*range(1, 60), len(whole) - 1]:
        with pytest.raises(StreamEndedError):
            read_frame(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    "header",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        [],
        {"m": 1},
        {"m": 1, "a": {}},
        {"m": 1, "a": [], "extra": 2},
        {"m": 1, "a": [["O", [1]]]},
        {"m": 1, "a": [["<f8", 3]]},
        {"m": 1, "a": [["<f8", [-1]]]},
        {"m": 1, "a": [["<f8", [1.5]]]},
        {"m": 1, "a": [["<f8", [True]]]},
        {"m": 1, "a": [["<f8", [2**63]]]},
        {"m": 1, "a": [["<f8", [2**40, 2**40]]]},
        {"m": 1, "a": [["<f8", [1] * 65]]},
        {"m": 1, "a": [["<f8"]]},
        {"m": 1, "a": [["<f8", [1]]] * 5000},
    ],
)
def test_headers_that_can_not_be_are_refused(header: object) -> None:
    with pytest.raises(FrameError):
        read_frame(raw(header))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(FrameError):
        read_frame(raw({"m": 1, "a": []}, magic=b"HTTP"))


def test_a_header_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(FrameError):
        read_frame(io.BytesIO(struct.pack("<4sI", b"MPE1", 0xFFFFFFFF)))
    with pytest.raises(TypeError):
        written("x" * (5 << 20))


def test_an_array_over_the_limit_is_refused_before_it_is_allocated() -> None:
    with pytest.raises(FrameError, match="limit"):
        read_frame(raw({"m": 1, "a": [["<f8", [10**12]]]}), limit=10**9)


@given(data=st.binary(max_size=200), place=st.integers(0, 120))
def test_changed_bytes_give_a_frame_or_a_frame_error(data: bytes, place: int) -> None:
    whole = bytearray(written(["evaluate", {"a": [1, 2]}], np.ones((2, 3))))
    whole[place : place + len(data)] = data
    with contextlib.suppress(FrameError):
        read_frame(io.BytesIO(bytes(whole)), limit=1 << 20)
