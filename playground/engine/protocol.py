"""What the engine and its client say to each other: requests, results, and how they are written into frames.

Exactly the types of ``_RECORDS`` travel, as their names and fields; an array travels as the number of its place in
the frame. Both sides run the same program, so a version that differs ends the conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.compute.cpu.threads import Threads
from playground.compute.outcome import Failure, Lane, Peak, Race, Steady, Summary, Timing
from playground.compute.precision import Comparison
from playground.engine.frames import DTYPES
from playground.explain.origin import CellRef
from playground.explain.why import Region, Term, Why
from playground.language.problems import Span
from playground.language.signature import Signature, TupleSignature
from playground.record import Record, fields
from playground.workspace.arrays import Patch, shape_2d

VERSION = 3
"""Counted up with every change of what is said."""

INLINE_BYTES = 256 << 10
"""Results up to this size travel with the answer; larger ones stay and are read by windows."""

EXPLAINED_WITHIN_S = 0.2
"""What took longer is answered without the explanation of a cell: that may compute as much again."""

EXIT_MEMORY = 83
EXIT_PROTOCOL = 84
"""Exit codes of an engine that ends itself: its memory limit was passed; it was sent something it can't read."""


class ProtocolError(Exception):
    """A frame that says nothing known."""


class MissingArrayError(KeyError):
    """The engine doesn't hold the key (any more)."""


class RefusedError(Exception):
    """The engine can't take an array; ``failure`` says why, in words for a person."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class EngineBugError(RuntimeError):
    """The engine met an exception that nobody foresaw; the argument is its traceback. It goes on running."""


class Request(Record):
    """One formula to evaluate.

    Attributes
    ----------
    source
        The formula's text.
    operands
        For each name in it the key of what it holds: an array, or the result of an earlier request.
    result_key
        Key that the result is kept under; an older value of that key is replaced.
    device
        ``"cpu"``, ``"gpu"``, or ``"gpu:1"`` for the second GPU.
    repeat
        How many steady runs are timed after the first one.
    cell
        Index of a cell of the result whose explanation is wanted, None for none.
    generation
        Counts what the person asked for; `abandon` stops all below one.
    name
        What the result is called in explanations (``C[0, 1]``); where empty the formula's target, or its text.
    precision
        One of ``PRECISIONS``: what floating operands and the result are cast to; empty for as written.
    """

    source: str
    operands: Mapping[str, str]
    result_key: str
    device: str = "cpu"
    repeat: int = 1
    cell: tuple[int, ...] | None = None
    generation: int = 0
    name: str = ""
    precision: str = ""


class Result(Record):
    """What came of a request.

    Attributes
    ----------
    key
        Where the engine keeps the value; `window` reads it there. A result that is a view of an operand
        (``A.T``) goes when that operand is patched.
    signature
        True shape and dtype of the value, known sizes only.
    strides
        Bytes from one cell to the next along each axis, as the device keeps the value.
    summary
        Limits, NaNs, thumbnail; None where there are several values.
    value
        The whole value on the host, read-only, where it has at most 256 KiB; otherwise None.
    why
        Explanation of the requested cell; None where none was asked for or none could be given, and where the
        evaluation took so long that it has to be asked for apart.
    parts
        One result for each of several values (``linalg.svd``), under the keys ``KEY[0]``, ``KEY[1]``...
    notes
        Sentences for the person: what was computed in another way than it is written.
    """

    key: str
    signature: Signature | TupleSignature
    strides: tuple[int, ...]
    summary: Summary | None
    timing: Timing
    flops: int | None
    value: np.ndarray | None = None
    why: Why | None = None
    parts: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is not None:
            self.value.flags.writeable = False


def check_patch(shape: tuple[int, ...], dtype: np.dtype, patch: Patch) -> None:
    """Raise ValueError where ``patch`` doesn't fit an array of this shape and dtype."""
    rows, columns = shape_2d(shape)
    values = patch.values
    if values.ndim != 2 or values.dtype != dtype:
        raise ValueError(f"a patch of {values.ndim} axes and {values.dtype} does not fit an array of {dtype}")
    if not (0 <= patch.r0 <= rows - values.shape[0] and 0 <= patch.c0 <= columns - values.shape[1]):
        raise ValueError(f"a patch at {patch.r0}, {patch.c0} reaches over the edge of {rows} × {columns} cells")


_RECORDS: dict[str, type[Any]] = {
    record.__name__: record
    for record in (
        *(Request, Result, Patch, Failure, Summary, Timing, Steady, Peak, Race, Lane),
        *(Signature, TupleSignature, Span, Why, Term, Region, CellRef, Threads, Comparison),
    )
}
_FIELDS = {record: fields(record) for record in _RECORDS.values()}
_PLAIN = frozenset((type(None), bool, int, float, str))


def encode(value: object, arrays: list[np.ndarray]) -> object:
    """Put ``value`` into what JSON can say; its arrays are appended to ``arrays``.

    What isn't plain becomes a list that begins with a letter. Raises ``TypeError`` for a value of a type that doesn't
    travel.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if (names := _FIELDS.get(kind)) is not None:
        return ["o", kind.__name__, *[encode(getattr(value, name), arrays) for name in names]]
    match value:
        case tuple():
            return ["t", *[encode(item, arrays) for item in value]]
        case np.ndarray():
            arrays.append(value)
            return ["a", len(arrays) - 1]
        case np.dtype():
            return ["d", value.newbyteorder("=").str]
        case list():
            return ["l", *[encode(item, arrays) for item in value]]
        case Mapping():
            return ["m", *[encode(part, arrays) for item in value.items() for part in item]]
        case np.generic():
            arrays.append(np.asarray(value))
            return ["s", len(arrays) - 1]
        case complex():
            return ["c", value.real, value.imag]
    raise TypeError(f"a {kind.__name__} does not travel to the engine")


def decode(said: object, arrays: list[np.ndarray]) -> Any:  # noqa: ANN401 - whatever was encoded
    """Give back what `encode` was given.

    Raises ``ProtocolError`` for anything that it can't have said.
    """
    try:
        return _decode(said, arrays)
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise ProtocolError(f"a message that can't be read: {error!r}") from error


def _decode(said: Any, arrays: list[np.ndarray]) -> Any:  # noqa: ANN401
    if type(said) is list:
        return _DECODERS[said[0]](said, arrays)
    if type(said) in _PLAIN:
        return said
    raise ValueError(said)


def _record(said: list[Any], arrays: list[np.ndarray]) -> object:
    record = _RECORDS[said[1]]
    if len(said) != len(_FIELDS[record]) + 2:
        raise ValueError(said[1])
    return record(*[_decode(item, arrays) for item in said[2:]])


def _mapping(said: list[Any], arrays: list[np.ndarray]) -> dict[Any, Any]:
    parts = [_decode(item, arrays) for item in said[1:]]
    return dict(zip(parts[::2], parts[1::2], strict=True))


_DECODERS: dict[str, Callable[[list[Any], list[np.ndarray]], Any]] = {
    "o": _record,
    "t": lambda said, arrays: tuple([_decode(item, arrays) for item in said[1:]]),
    "a": lambda said, arrays: arrays[said[1]],
    "d": lambda said, _: DTYPES[said[1]],
    "l": lambda said, arrays: [_decode(item, arrays) for item in said[1:]],
    "m": _mapping,
    "s": lambda said, arrays: arrays[said[1]][()],
    "c": lambda said, _: complex(said[1], said[2]),
}


def opened(reply: object, number: int) -> Any:  # noqa: ANN401
    """Give what the engine did for the call ``number``, or raise what it raised."""
    match reply:
        case int(answered), "done", value if answered == number:
            return value
        case _, "missing", str(key):
            raise MissingArrayError(key)
        case _, "refused", Failure() as failure:
            raise RefusedError(failure)
        case _, "TypeError", str(text):
            raise TypeError(text)
        case _, "ValueError", str(text):
            raise ValueError(text)
    raise EngineBugError(reply[-1] if isinstance(reply, tuple) and reply else reply)
