"""Which vectors of two numbers the document has, and the edit that gives one of them another value. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.edits import SetBlock
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.snapshot import Snapshot
    from playground.views.canvas.viewport import Point

_MOST_LINES = 12
"""Rows, and columns, of one entry that are offered."""


class Source(Record):
    """A vector of the plane, and the cells that hold it.

    Attributes
    ----------
    label
        What it is in NumPy: ``A[0, :]``.
    value
        Its two numbers.
    name
        The entry that holds it, empty for the vector that stands free.
    row, column, down
        Its first cell in the entry's 2-D view, and whether the second one is below it rather than beside it.
    integer
        Whether its cells hold whole numbers only.
    fixed_because
        Why it can't be dragged, empty where it can.
    """

    label: str
    value: Point
    name: str = ""
    row: int = 0
    column: int = 0
    down: bool = False
    integer: bool = False
    fixed_because: str = ""


def sources_of(snapshot: Snapshot) -> tuple[Source, ...]:
    """All of a document, in its order: 1-D entries of two numbers, rows of n×2 and columns of 2×n ones."""
    return tuple(source for entry in snapshot.workspace.entries for source in _of_entry(snapshot, entry.name))


def moved(source: Source, value: Point) -> SetBlock:
    """Return the edit that brings a vector of the document to ``value``."""
    numbers = np.rint(value) if source.integer else np.array(value)
    return SetBlock(source.name, source.row, source.column, numbers[:, None] if source.down else numbers[None])


def _of_entry(snapshot: Snapshot, name: str) -> Iterator[Source]:
    entry = snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        array = entry.array
        if array.dtype.kind in "iuf" and array.stored is None and _has_two(array.shape):
            rows, columns = (min(size, _MOST_LINES) for size in array.shape_2d)
            block = array.block(0, rows, 0, columns)
            yield from _lines(name, array.shape, block, array.dtype.kind in "iu", "")
        return
    state = snapshot.results.get(name)
    value = state.result.value if state is not None and state.result is not None and state.current else None
    if value is not None and value.dtype.kind in "iuf" and _has_two(value.shape):
        why = tr("{name} is computed, so it can't be dragged.", name=name)
        block = value.reshape(1, -1) if value.ndim == 1 else value
        yield from _lines(name, value.shape, block, integer=False, fixed_because=why)


def _has_two(shape: tuple[int, ...]) -> bool:
    return shape == (2,) or (len(shape) == 2 and 2 in shape)


def _lines(name: str, shape: tuple[int, ...], block: np.ndarray, integer: bool, fixed_because: str) -> Iterator[Source]:
    """Vectors of two numbers in the 2-D ``block`` of an entry of that shape."""

    def source(label: str, line: np.ndarray, row: int, column: int, *, down: bool) -> Source:
        x, y = (float(number) for number in line)
        return Source(label, (x, y), name, row, column, down, integer, fixed_because)

    if len(shape) == 1:
        yield source(name, block[0], 0, 0, down=False)
        return
    if shape[1] == 2:
        for i, line in enumerate(block[:_MOST_LINES]):
            yield source(f"{name}[{i}, :]", line, i, 0, down=False)
    if shape[0] == 2:
        for j, line in enumerate(block.T[:_MOST_LINES]):
            yield source(f"{name}[:, {j}]", line, 0, j, down=True)
