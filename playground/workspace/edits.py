"""Every change that a person can make to the workspace, each a value with a label for the undo menu.

``edit.apply(workspace)`` gives the changed workspace or raises ``EditError``; the given one stays as it is, so that
the inverse of an edit is the workspace before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.names import rename
from playground.language.signature import shape_text
from playground.record import Record, replace
from playground.translation import tr
from playground.workspace import editing
from playground.workspace.arrays import Array
from playground.workspace.casting import dtype_problem

# The redundant names mark them as part of this module: callers find the edits and their error in one place.
from playground.workspace.editing import Edit as Edit
from playground.workspace.editing import EditError as EditError
from playground.workspace.reshaping import resized, with_lines, without_lines
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from playground.workspace.workspace import Entry


class SetBlock(Record, eq=False):
    """Write the 2-D ``values`` at ``row`` and ``column`` of the array's 2-D view, in the array's own dtype."""

    name: str
    row: int
    column: int
    values: np.ndarray

    @property
    def label(self) -> str:
        """What the edit does."""
        count = np.size(self.values)
        if count == 1:
            return tr("Edit {name}[{row}, {column}]", name=self.name, row=self.row, column=self.column)
        return tr("Edit {count} cells of {name}", count=count, name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Write the cells; EditError over the border or where the dtype would lose something."""
        array = editing.array_of(workspace, self.name)
        changed = editing.written(array, self.name, self.row, self.column, editing.block_of(self.values))
        return editing.with_array(workspace, self.name, changed)


class SetCell(Record, eq=False):
    """Write one cell at ``index``, one number per axis."""

    name: str
    index: tuple[int, ...]
    value: object

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Edit {name}[{index}]", name=self.name, index=", ".join(map(str, self.index)))

    def apply(self, workspace: Workspace) -> Workspace:
        """Write the cell; EditError where there is no such cell or the dtype would lose something."""
        array = editing.array_of(workspace, self.name)
        try:
            row, column = array.position_2d(self.index)
        except IndexError as error:
            shape = shape_text(array.shape)
            raise EditError(tr("{name} {shape} has no such cell.", name=self.name, shape=shape)) from error
        return SetBlock(self.name, row, column, np.asarray([[self.value]])).apply(workspace)


class Resize(Record):
    """Give the array another shape: cells that both shapes have stay, new ones are 0."""

    name: str
    shape: tuple[int, ...]

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Resize {name} to {shape}", name=self.name, shape=shape_text(self.shape))

    def apply(self, workspace: Workspace) -> Workspace:
        """Resize; EditError for a negative size or one that doesn't fit into memory."""
        array = editing.array_of(workspace, self.name)
        if self.shape == array.shape:
            return workspace
        editing.check_shape(self.shape, array.dtype)
        return editing.with_array(workspace, self.name, Array.of(resized(array.to_numpy(), self.shape), copy=False))


class InsertLines(Record):
    """Insert ``count`` lines of zeros before line ``at`` of an axis (0 inserts rows of a matrix, 1 columns)."""

    name: str
    axis: int
    at: int
    count: int = 1

    @property
    def label(self) -> str:
        """What the edit does."""
        text = tr("Insert 1 line into {name}") if self.count == 1 else tr("Insert {count} lines into {name}")
        return text.format(count=self.count, name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Insert; EditError where there is no such axis or place, or too little memory."""
        array = editing.array_of(workspace, self.name)
        editing.check_axis(array, self.name, self.axis)
        size = array.shape[self.axis]
        if not 0 <= self.at <= size or self.count < 1:
            raise EditError(tr("Lines can be inserted before line 0 to {size} of {name}.", size=size, name=self.name))
        shape = (*array.shape[: self.axis], size + self.count, *array.shape[self.axis + 1 :])
        editing.check_shape(shape, array.dtype)
        grown = with_lines(array.to_numpy(), self.axis, self.at, self.count)
        return editing.with_array(workspace, self.name, Array.of(grown, copy=False))


class DeleteLines(Record):
    """Delete ``count`` lines of an axis from line ``at`` on; all of them leaves an empty array."""

    name: str
    axis: int
    at: int
    count: int = 1

    @property
    def label(self) -> str:
        """What the edit does."""
        text = tr("Delete 1 line of {name}") if self.count == 1 else tr("Delete {count} lines of {name}")
        return text.format(count=self.count, name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Delete; EditError where there are no such lines."""
        array = editing.array_of(workspace, self.name)
        editing.check_axis(array, self.name, self.axis)
        size = array.shape[self.axis]
        if self.at < 0 or self.count < 1 or self.at + self.count > size:
            raise EditError(tr("{name} has {size} lines there, fewer than are to go.", name=self.name, size=size))
        shrunk = without_lines(array.to_numpy(), self.axis, self.at, self.count)
        return editing.with_array(workspace, self.name, Array.of(shrunk, copy=False))


class ChangeDtype(Record):
    """Convert the array to ``dtype``; ``force`` drops imaginary parts and fractions and wraps what is too large."""

    name: str
    dtype: np.dtype
    force: bool = False

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Make {name} {dtype}", name=self.name, dtype=np.dtype(self.dtype))

    def apply(self, workspace: Workspace) -> Workspace:
        """Convert; EditError where it would lose something (unless forced) or where the dtype isn't one of ours."""
        array, dtype = editing.array_of(workspace, self.name), np.dtype(self.dtype).newbyteorder("=")
        problem = dtype_problem(dtype)
        if problem is not None:
            raise EditError(problem)
        if dtype == array.dtype:
            return workspace
        editing.check_shape(array.shape, dtype)
        values = array.to_numpy()
        changed = editing.forced(values, dtype) if self.force else editing.converted(values, self.name, dtype)
        return editing.with_array(workspace, self.name, Array.of(changed, copy=False))


class ReplaceArray(Record):
    """Put another array in the place of the entry's own."""

    name: str
    array: Array

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Replace {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Replace; EditError where there is no such array."""
        editing.array_of(workspace, self.name)
        return editing.with_array(workspace, self.name, self.array)


class AddArray(Record):
    """Add a new array before ``position`` of the list, at its end where that is None."""

    name: str
    array: Array
    position: int | None = None

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Add {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Add; EditError for a name that can't be used or is taken."""
        return editing.added(workspace, ArrayEntry(self.name, self.array), self.position)


class AddFormula(Record):
    """Add a new formula before ``position`` of the list, at its end where that is None; any text is one."""

    name: str
    source: str
    position: int | None = None

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Add {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Add; EditError for a name that can't be used or is taken."""
        return editing.added(workspace, FormulaEntry(self.name, self.source), self.position)


class SetFormula(Record):
    """Change the text of a formula."""

    name: str
    source: str

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Change the formula of {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Change it; EditError where the entry isn't a formula."""
        editing.formula_of(workspace, self.name)
        return workspace.replaced(self.name, FormulaEntry(self.name, self.source))


class ToArray(Record):
    """Turn a formula into the array of its present value, or a shape into an array."""

    name: str
    array: Array

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Make {name} an array", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Turn it; EditError where the entry is an array already."""
        if isinstance(editing.entry_of(workspace, self.name), ArrayEntry):
            raise EditError(tr("{name} is an array, not a formula.", name=self.name))
        return editing.with_array(workspace, self.name, self.array)


class ToFormula(Record):
    """Turn an array or a shape into a formula."""

    name: str
    source: str

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Make {name} a formula", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Turn it; EditError where the entry is a formula already."""
        if isinstance(editing.entry_of(workspace, self.name), FormulaEntry):
            raise EditError(tr("{name} is a formula already.", name=self.name))
        return workspace.replaced(self.name, FormulaEntry(self.name, self.source))


class Rename(Record):
    """Rename an entry, in all formulas too."""

    old: str
    new: str

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Rename {old} to {new}", old=self.old, new=self.new)

    def apply(self, workspace: Workspace) -> Workspace:
        """Rename; EditError for a name that can't be used or is taken."""
        editing.entry_of(workspace, self.old)
        if self.new == self.old:
            return workspace
        editing.check_name(self.new, workspace)
        return Workspace(tuple(self._renamed(entry) for entry in workspace.entries))

    def _renamed(self, entry: Entry) -> Entry:
        name = self.new if entry.name == self.old else entry.name
        if isinstance(entry, FormulaEntry):
            return FormulaEntry(name, rename(entry.source, self.old, self.new))
        return replace(entry, name=name)


class Remove(Record):
    """Remove an entry; formulas that use it keep their text and will say that it is missing."""

    name: str

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Remove {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Remove; EditError where there is no such entry."""
        editing.entry_of(workspace, self.name)
        return workspace.without(self.name)


class Move(Record):
    """Move an entry in the list so that it stands at ``position`` afterwards."""

    name: str
    position: int

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Move {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Move; EditError where there is no such entry or position."""
        entry = editing.entry_of(workspace, self.name)
        if not 0 <= self.position < len(workspace.entries):
            raise EditError(tr("The list has no place {position}.", position=self.position))
        return workspace.without(self.name).inserted(entry, self.position)
