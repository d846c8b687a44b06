"""What hands do to the picture of two axes, as edits of the array that it is a picture of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import replace
from playground.translation import tr
from playground.views.grid.slice_source import slicing_of
from playground.workspace.edits import SetBlock

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid
    from playground.views.grid.source import GridEdit
    from playground.workspace.editing import Edit


def written(grid: Grid, name: str, edit: GridEdit, shape: tuple[int, ...] | None = None) -> Edit:
    """The edit that writes what ``edit`` wishes where the grid shows it; into an array of ``shape`` if that changes."""
    if edit.beside:
        from playground.workspace.together import Together  # several ranges are written seldom

        alone = (replace(edit, beside=()), *edit.beside)
        count = sum(one.values.size for one in alone)
        label = tr("Edit {count} cells of {name}", count=count, name=name)
        return Together(tuple(written(grid, name, one, shape) for one in alone), label)
    slicing = slicing_of(grid.source)
    if slicing is not None and shape is not None:
        slicing = slicing.fitted(shape)
    if slicing is None:
        return SetBlock(name, edit.row, edit.column, edit.values)
    from playground.workspace.slice_edits import SetSlice  # few windows have a slice

    return SetSlice(name, slicing, edit.row, edit.column, edit.values)


def lines(grid: Grid, axis: int, at: int, count: int, *, inserted: bool) -> tuple[int, int, int]:
    """The array's own axis, first line and count of lines of the picture."""
    slicing = slicing_of(grid.source)
    if slicing is None:
        return axis, at, count
    own = [shown for shown in (slicing.row, slicing.column) if shown is not None][axis]
    if own in slicing.backwards:
        at = slicing.shape[own] - at - (0 if inserted else count)
    return own, at, count


def resized(grid: Grid, ndim: int, rows: int, columns: int) -> tuple[int, ...]:
    """The array's shape when its picture has so many rows and columns."""
    slicing = slicing_of(grid.source)
    if slicing is None:
        return (rows, columns) if ndim == 2 else (columns,)
    return slicing.grown(rows, columns)
