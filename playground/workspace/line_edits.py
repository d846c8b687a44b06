"""Moving rows and columns of an array: an edit that knows its own inverse and stores places, no cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace import editing
from playground.workspace.arrays import Array
from playground.workspace.editing import EditError
from playground.workspace.reshaping import moved_lines

if TYPE_CHECKING:
    from playground.workspace.workspace import Workspace


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
        editing.check_shape(array.shape, array.dtype)
        moved = moved_lines(array.to_numpy(), self.axis, self.at, self.count, self.to)
        return editing.with_array(workspace, self.name, Array.of(moved, copy=False))
