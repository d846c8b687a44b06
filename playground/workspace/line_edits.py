"""Moving rows and columns of an array: an edit that knows its own inverse and stores places, no cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace import editing
from playground.workspace.arrays import TILE, Array
from playground.workspace.editing import EditError
from playground.workspace.reshaping import moved_lines

if TYPE_CHECKING:
    from playground.workspace.workspace import Workspace

_PART = 4
"""Of more than this part of an array the whole is copied: tiles would take as much memory."""


class MoveLines(Record):
    """Move ``count`` lines of an axis, from line ``at`` on, so that the first of them stands at ``to`` afterwards."""

    name: str
    axis: int
    at: int
    count: int
    to: int

    @property
    def label(self) -> str:
        """What the edit does."""
        if self.count == 1:
            return tr("Move line {line} of {name} to {place}", line=self.at, name=self.name, place=self.to)
        return tr("Move {count} lines of {name} to {place}", count=self.count, name=self.name, place=self.to)

    @property
    def inverse(self) -> MoveLines:
        """The edit that takes it back."""
        return MoveLines(self.name, self.axis, self.to, self.count, self.at)

    def order(self, size: int) -> np.ndarray:
        """Which of ``size`` lines stands at each place afterwards: ``A[order]`` is what NumPy calls the move."""
        return moved_lines(np.arange(size), 0, self.at, self.count, self.to)

    def apply(self, workspace: Workspace) -> Workspace:
        """Move; EditError where there are no such lines, no such place, or too little memory for a copy."""
        array = editing.array_of(workspace, self.name)
        editing.check_axis(array, self.name, self.axis)
        last = array.shape[self.axis] - self.count
        if self.count < 1 or not 0 <= self.at <= last or not 0 <= self.to <= last:
            size = array.shape[self.axis]
            raise EditError(tr("{name} has {size} lines there: these can't be moved so.", name=self.name, size=size))
        if self.at == self.to:
            return workspace
        return editing.with_array(workspace, self.name, self._moved(array))

    def touched_bytes(self, array: Array) -> int:
        """Bytes that are copied: the tiles that hold the lines between the two places, or all where need be."""
        box = self._box(array)
        if box is None:
            return array.nbytes
        rows, columns = (
            min(size, -(-stop // TILE) * TILE - first // TILE * TILE)
            for first, stop, size in zip(box[::2], box[1::2], array.shape_2d, strict=True)
        )
        return rows * columns * array.dtype.itemsize

    @property
    def _span(self) -> int:
        """How many lines change."""
        return max(self.at, self.to) + self.count - min(self.at, self.to)

    def _box(self, array: Array) -> tuple[int, int, int, int] | None:
        """The block of the 2-D view that changes, None where that is no block, or so much that a copy is less."""
        rows, columns = array.shape_2d
        low, high = min(self.at, self.to), min(self.at, self.to) + self._span
        if (high - low) * _PART > array.shape[self.axis]:
            return None
        if self.axis == array.ndim - 1:
            return 0, rows, low, high
        inner = math.prod(array.shape[self.axis + 1 : -1])
        return (low * inner, high * inner, 0, columns) if math.prod(array.shape[: self.axis]) == 1 else None

    def _moved(self, array: Array) -> Array:
        """Edit what lies between the two places, so that all else is shared with the array before; or copy it all."""
        box = self._box(array)
        if box is None:
            editing.check_shape(array.shape, array.dtype)
            moved = moved_lines(array.to_numpy(), self.axis, self.at, self.count, self.to)
            return Array.of(moved, copy=False)
        low, axis = min(self.at, self.to), 1 if self.axis == array.ndim - 1 else 0
        block = array.block(*box)
        lines = block if axis else block.reshape(self._span, -1)
        values = moved_lines(lines, axis, self.at - low, self.count, self.to - low)
        return array.with_block(box[0], box[2], values.reshape(block.shape))
