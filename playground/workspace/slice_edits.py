"""Edits of an array through a picture of two of its axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.signature import shape_text
from playground.record import Record
from playground.translation import tr
from playground.workspace import editing
from playground.workspace.editing import EditError

if TYPE_CHECKING:
    from playground.workspace.slicing import Slicing
    from playground.workspace.workspace import Workspace


class SetSlice(Record, eq=False):
    """Write the 2-D ``values`` at ``row`` and ``column`` of the picture ``slicing``, in the array's own dtype."""

    name: str
    slicing: Slicing
    row: int
    column: int
    values: np.ndarray

    @property
    def label(self) -> str:
        """What the edit does."""
        count = np.size(self.values)
        if count == 1:
            index = ", ".join(map(str, self.slicing.index_of(self.row, self.column)))
            return tr("Edit {name}[{index}]", name=self.name, index=index)
        return tr("Edit {count} cells of {name}", count=count, name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Write the cells; EditError over the border of the picture, or where the dtype would lose something."""
        array = editing.array_of(workspace, self.name)
        values, slicing = editing.block_of(self.values), self.slicing
        stop_row, stop_column = self.row + values.shape[0], self.column + values.shape[1]
        inside = min(self.row, self.column) >= 0 and stop_row <= slicing.rows and stop_column <= slicing.columns
        if array.shape != slicing.shape or not inside:
            shape = shape_text(array.shape)
            raise EditError(tr("The block reaches over the border of {name} {shape}.", name=self.name, shape=shape))
        places = slicing.positions(self.row, stop_row, self.column, stop_column)
        changed = array.with_cells_at(*places, editing.held(values, self.name, array.dtype))
        return editing.with_array(workspace, self.name, changed)
