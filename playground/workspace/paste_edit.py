"""The edit of a paste that needs more room or another dtype: all of it is one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.edits import ChangeDtype, Resize, SetBlock

if TYPE_CHECKING:
    from playground.workspace.workspace import Workspace


class PasteBlock(Record, eq=False):
    """Make the array ``dtype``, give it ``shape``, then write ``values`` at ``row`` and ``column`` of its 2-D view."""

    name: str
    row: int
    column: int
    values: np.ndarray
    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Paste {count} cells into {name}", count=np.size(self.values), name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Do all three; EditError where one of them can't be done."""
        for edit in (
            ChangeDtype(self.name, self.dtype),
            Resize(self.name, self.shape),
            SetBlock(self.name, self.row, self.column, self.values),
        ):
            workspace = edit.apply(workspace)
        return workspace
