"""Several edits as one: a paste, a text that makes more than one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from playground.workspace.editing import Edit
    from playground.workspace.workspace import Workspace


class Together(Record):
    """Applies ``edits`` one after another as one step of undo, all or none of them."""

    edits: tuple[Edit, ...]
    label: str

    def apply(self, workspace: Workspace) -> Workspace:
        """Apply them; EditError from the first that can't be done."""
        for edit in self.edits:
            workspace = edit.apply(workspace)
        return workspace
