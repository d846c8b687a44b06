"""Nested lists of numbers as JSON: what is no number, too long for one or one too few in its row is told by its place.

As for tables of text, a cell that can't be read is never stored as something else.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np

from playground.files.errors import FileError
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.memory import size_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BYTES_PER_BYTE = 40
"""What a byte of text takes at most as Python objects."""
_LISTED = 5
_LONGEST = 20
_EXACT = 2**53
"""Whole numbers below stay themselves among decimals."""

_LARGE, _PIECE = 1 << 20, 1 << 16
"""Bytes from which on rows are read in pieces, and of a piece: the reader keeps the interpreter's lock for 5 ms."""

Place = tuple[int, ...]


def read_json(path: Path) -> np.ndarray:
    """Read nested lists, or one number, as an array. Raises `FileError`."""
    name = path.name
    problem = size_problem(path.stat().st_size * _BYTES_PER_BYTE)
    if problem is not None:
        raise FileError(f"{name}: {problem}", tr("Save it as .npy where it came from."))
    text = path.read_bytes()
    if len(text) >= _LARGE and (values := _in_pieces(text, name)) is not None:
        return values
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise FileError(tr("{name} is nested too deeply.", name=name)) from error
    except ValueError as error:
        raise FileError(tr("{name} isn't JSON: {reason}.", name=name, reason=error), _hint()) from error
    if isinstance(data, dict):
        raise FileError(tr("{name} holds an object with names, not a list of numbers.", name=name), _hint())
    try:
        array = Array.of(data, copy=False).to_numpy()
    except RecursionError as error:
        raise FileError(tr("{name} is nested too deeply.", name=name)) from error
    except (ArrayError, ValueError, OverflowError) as error:
        _end_complaints(data, name)
        raise _refused(data, name) from error
    if array.dtype.kind == "f":
        _check_rounded(data, array, text, name)
    return array


def _in_pieces(text: bytes, name: str) -> np.ndarray | None:
    """Read a list of lists of plain numbers a few rows at a time; None for anything else, which is read as a whole.

    Raises ``FileError`` for the cells of a piece that are no numbers.
    """
    body = text.strip()
    if not (body.startswith(b"[") and body.endswith(b"]")) or b"{" in body:
        return None
    rows = body[1:-1].split(b"]")
    starts = [row.partition(b"[") for row in rows[:-1]]
    if rows[-1].strip() or any(not mark or before.strip() not in (b"", b",") for before, mark, _ in starts):
        return None
    blocks: list[np.ndarray] = []
    piece: list[bytes] = []
    size = 0
    for place, (_, _, row) in enumerate(starts, 1):
        piece.append(row)
        size += len(row)
        if size >= _PIECE or place == len(starts):
            block = _block(piece, place - len(piece), name)
            if block is None or (blocks and block.shape[1] != blocks[0].shape[1]):
                return None
            blocks.append(block)
            piece, size = [], 0
    if not blocks or len({block.dtype for block in blocks if block.dtype.kind != "i"}) > 1:
        return None
    whole = np.concatenate(blocks)
    doubtful = whole.dtype.kind == "f" and bool((np.abs(whole) >= _EXACT).any())
    return None if doubtful else whole


def _block(rows: list[bytes], first: int, name: str) -> np.ndarray | None:
    """Some rows from the ``first`` on as int64 or float64, None where they aren't equally long or no JSON."""
    try:
        data = json.loads(b"[[" + b"],[".join(rows) + b"]]")
        block = np.array(data)
    except ValueError:
        return None
    if block.dtype.kind in "OU":
        _end_complaints(data, name, first, tr("; the rest was not looked at"))
    return block if block.ndim == 2 and block.dtype in (np.int64, np.float64) else None


def _hint() -> str:
    return tr("Write nested lists of numbers, as in [[1, 2], [3, 4]].")


def _end_complaints(data: object, name: str, first: int = 0, rest: str = "") -> None:
    """Raise ``FileError`` for cells that are no numbers. ``data`` begins at row ``first``; ``rest`` is said of more."""
    wrong: list[str] = []
    count = 0
    for place, cell in _cells(data):
        complaint = _complaint(cell)
        if complaint:
            count += 1
            if len(wrong) < _LISTED:
                at = (place[0] + first, *place[1:]) if place else place
                wrong.append(f"{_placed(at)} {complaint}")
    if wrong:
        more = tr("; and {count} more", count=count - len(wrong)) if count > len(wrong) else ""
        hint = tr("Correct these cells, or write NaN where a number is missing.")
        raise FileError(f"{name}: {'; '.join(wrong)}{rest or more}.", hint)


def _refused(data: object, name: str) -> FileError:
    """The row that is too short or too long."""
    uneven = _uneven(data)
    if uneven is None:  # an array of as many axes can't be made
        return FileError(tr("{name} is nested too deeply.", name=name))
    place, length, expected = uneven
    where = {"name": name, "place": _placed(place, row=True), "expected": expected}
    if length is None:
        message = tr("{name}: {place} is one number, the first is a list of {expected}.", **where)
    else:
        message = tr("{name}: {place} has length {length}, the first has {expected}.", length=length, **where)
    return FileError(message, tr("Every row needs as many cells; fill or remove some."))


def _cells(data: object) -> Iterator[tuple[Place, object]]:
    """All that is no list, with its indices."""
    pending: list[tuple[Place, object]] = [((), data)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, list):
            pending += [((*place, k), value[k]) for k in range(len(value) - 1, -1, -1)]
        else:
            yield place, value


def _complaint(cell: object) -> str:
    if cell is None:
        return tr("is null")
    if isinstance(cell, dict):
        return tr("is an object with names")
    if isinstance(cell, str):
        shown = cell if len(cell) <= _LONGEST else cell[:_LONGEST] + "…"
        return tr("is the text '{cell}'", cell=shown)
    if isinstance(cell, int) and not -(2**63) <= cell < 2**64:
        return tr("has more digits than any whole number here")
    return ""


def _placed(place: Place, *, row: bool = False) -> str:
    """A place in words: rows and columns are counted from 1, as in tables; deeper ones by their indices."""
    if row and len(place) == 1:
        return tr("row {row}", row=place[0] + 1)
    if len(place) == 2 and not row:
        return tr("row {row}, column {column}", row=place[0] + 1, column=place[1] + 1)
    return tr("cell {index}", index=list(place)) if place else tr("it")


def _uneven(data: object) -> tuple[Place, int | None, int] | None:
    """The first list that isn't as long as the first beside it, its length (None for no list), the expected one."""
    level: list[tuple[Place, object]] = [((), data)]
    while any(isinstance(value, list) for _, value in level):
        lengths = [len(value) if isinstance(value, list) else None for _, value in level]
        expected = next(length for length in lengths if length is not None)
        for (place, _), length in zip(level, lengths, strict=True):
            if length != expected:
                return place, length, expected
        level = [
            ((*place, k), item) for place, value in level if isinstance(value, list) for k, item in enumerate(value)
        ]
    return None


def _check_rounded(data: object, array: np.ndarray, text: bytes, name: str) -> None:
    """Refuse numbers that would come out as others: decimals beyond all floats, long whole numbers among decimals."""
    finite = array[np.isfinite(array)]
    if finite.size < array.size:
        beyond: list[str] = []

        def number(written: str) -> float:
            value = float(written)
            if math.isinf(value):
                beyond.append(written)
            return value

        json.loads(text, parse_float=number)
        if beyond:
            message = tr("{name}: {number} is beyond all float64 numbers.", name=name, number=beyond[0][:_LONGEST])
            raise FileError(message, tr("Write Infinity where it is meant."))
    if finite.size and float(np.abs(finite).max()) >= _EXACT:
        for place, cell in _cells(data):
            if isinstance(cell, int) and int(float(cell)) != cell:
                message = tr("{name}: {place} is a whole number that float64 would round, and others are decimals.",
                             name=name, place=_placed(place))  # fmt: skip
                raise FileError(message, tr("Write it with a point (1e20) where rounding does no harm."))
