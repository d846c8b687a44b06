"""Messages: every type that travels comes back equal, and nothing else does."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.outcome import Failure, Summary, Timing
from playground.engine.frames import FrameError, read_frame, write_frame
from playground.engine.messages import Request, Result, check_patch
from playground.engine.protocol import ProtocolError, decode, encode
from playground.explain.origin import CellRef
from playground.explain.why import Region, Term, Why
from playground.language.problems import Problem, Span
from playground.language.signature import Signature, TupleSignature
from playground.record import Record, fields
from playground.workspace.arrays import Patch

F8, I4 = np.dtype("f8"), np.dtype("i4")
WHY = Why(
    result="C[0, 1]",
    value=2 + 1j,
    value_text="2+1j",
    sentence="row 0 of A · column 1 of B",
    terms=(Term("2·(−1)", -2.0, "2", "·", "(−1)", CellRef("A", 0, 0), None), Term("…", None)),
    operands=(Region("A.T", "row 0 of A", "left", "A", (0, 1), (0, 2)),),
    more=3,
    rest=float("inf"),
)
SUMMARY = Summary(-1.0, None, 2, 3, np.arange(6.0).reshape(2, 3))
TIMING = Timing(0.0, 1e-3, 0.0, 2e-3, 3e-3, 5, 12.5, 1e-5, 4096, False)
RESULT = Result("k", Signature((2, 3), F8), (24, 8), SUMMARY, TIMING, 12, np.ones((2, 3)), WHY)

EXAMPLES = [
    Request("A @ B", {"A": "A#1", "B": "=2"}, "=3", "gpu", 5, (0, 1), 7, "C"),
    Request("1", {}, "k", cell=()),
    RESULT,
    Result(
        "s",
        TupleSignature((Signature((2,), F8), Signature((), I4)), ("U", "S")),
        (),
        None,
        TIMING,
        None,
        parts=(RESULT,),
        notes=("Computed as A @ (B @ v).",),
    ),
    Patch(3, 4, np.array([[1, 2]], dtype=np.int8)),
    Failure("memory", "This needs 10 TB.", "Use less.", Span(1, 4), "A @ B"),
    SUMMARY,
    TIMING,
    Signature((None, 3), np.dtype("c16"), weak=True),
    WHY,
    None,
    True,
    -3,
    2.5,
    "tëxt \U0001f9ee",
    1 - 2j,
    (),
    ((), [1, (2,)], {"a": [], "b": {"c": (1,)}}),
    np.dtype("u2"),
    np.float32(1.5),
    np.complex128(1 + 2j),
    np.bool_(True),
    np.zeros((0, 3)),
    np.array(4),
]


def there_and_back(value: object) -> Any:
    arrays: list[np.ndarray] = []
    stream = io.BytesIO()
    write_frame(stream, encode(value, arrays), arrays)
    stream.seek(0)
    frame = read_frame(stream)
    assert frame is not None
    return decode(*frame)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, Record):
        return all(same(getattr(a, field), getattr(b, field)) for field in fields(type(a)))
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return bool(a == b)


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_every_type_comes_back_equal(value: object) -> None:
    assert same(there_and_back(value), value)


def test_a_mapping_of_any_kind_comes_back_as_a_dict() -> None:
    assert there_and_back(MappingProxyType({"A": "A#1"})) == {"A": "A#1"}


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()


@given(st.recursive(PLAIN, lambda inner: st.tuples(inner, inner) | st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_nested_values_come_back_equal(value: object) -> None:
    assert same(there_and_back(value), value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", Problem("k", "m", Span(0, 1)), lambda: 0, int])
def test_other_types_do_not_travel(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value, [])


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        ["o"],
        ["o", "Popen", "ls"],
        ["o", "Span", 1],
        ["o", "Span", 1, 2, 3],
        ["o", ["l"], 1],
        ["a", 0],
        ["a", "x"],
        ["s", None],
        ["d", "O"],
        ["d", "<f8,<f8"],
        ["m", 1],
        ["m", ["l"], 1],
        ["c", "x", 1],
        ["z", 1],
        [1, 2],
        [None],
        ["t", {"a": 1}],
    ],
    ids=str,
)
def test_what_can_not_have_been_said_is_refused(said: object) -> None:
    with pytest.raises(ProtocolError):
        decode(said, [])


def test_depth_is_no_danger() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = ["t", deep]
    with pytest.raises(ProtocolError):
        decode(deep, [])


@given(place=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_changed_byte_gives_a_value_or_an_error(place: int, byte: int) -> None:
    arrays: list[np.ndarray] = []
    stream = io.BytesIO()
    write_frame(stream, encode(RESULT, arrays), arrays)
    data = bytearray(stream.getvalue())
    data[place % len(data)] = byte
    try:
        frame = read_frame(io.BytesIO(bytes(data)), limit=1 << 20)
        assert frame is not None
        decode(*frame)
    except (FrameError, ProtocolError):
        pass


@pytest.mark.parametrize(
    ("row", "column", "values"),
    [
        (0, 0, np.ones((3, 1))),
        (-1, 0, np.ones((1, 1))),
        (0, 3, np.ones((1, 1))),
        (1, 2, np.ones((1, 2))),
        (0, 0, np.ones(1)),
        (0, 0, np.ones((1, 1), dtype=np.float32)),
    ],
)
def test_patches_that_do_not_fit_are_told(row: int, column: int, values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="patch"):
        check_patch((2, 3), F8, Patch(row, column, values))


def test_patches_that_fit_pass() -> None:
    check_patch((2, 2, 3), F8, Patch(3, 2, np.ones((1, 1))))
    check_patch((), F8, Patch(0, 0, np.ones((1, 1))))
    check_patch((0,), F8, Patch(0, 0, np.ones((1, 0))))
