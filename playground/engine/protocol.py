"""How what the engine and its client say is written into frames.

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
from playground.engine.messages import EngineBugError, Memory, MissingArrayError, RefusedError, Request, Result
from playground.explain.origin import CellRef
from playground.explain.why import Region, Term, Why
from playground.language.problems import Span
from playground.language.signature import Signature, TupleSignature
from playground.record import fields
from playground.workspace.arrays import Patch

VERSION = 5
"""Counted up with every change of what is said."""

EXIT_MEMORY = 83
EXIT_PROTOCOL = 84
"""Exit codes of an engine that ends itself: its memory limit was passed; it was sent something it can't read."""


class ProtocolError(Exception):
    """A frame that says nothing known."""


_RECORDS: dict[str, type[Any]] = {
    record.__name__: record
    for record in (
        *(Request, Result, Patch, Failure, Summary, Timing, Steady, Peak, Race, Lane),
        *(Signature, TupleSignature, Span, Why, Term, Region, CellRef, Threads, Comparison, Memory),
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
