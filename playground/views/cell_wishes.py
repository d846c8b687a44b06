"""Does to an array what an entry or a paste wishes that its dtype or its size doesn't allow: all of it as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.session.linked_axes import with_linked
from playground.translation import tr
from playground.views.grid.slice_source import slicing_of
from playground.views.slice_wishes import resized, written
from playground.workspace.edits import ChangeDtype, InsertLines, Resize
from playground.workspace.together import Together
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from playground.session.session import Session
    from playground.views.grid.grid import Grid
    from playground.views.grid.source import GridEdit
    from playground.workspace.editing import Edit
    from playground.workspace.slicing import Slicing


def widen(session: Session, grid: Grid, name: str, dtype: np.dtype, edit: GridEdit) -> None:
    """Change the dtype and write what needed it."""
    steps = (ChangeDtype(name, dtype), written(grid, name, edit))
    session.edit(Together(steps, tr("Make {name} {dtype}", name=name, dtype=dtype)))


def grow(session: Session, grid: Grid, name: str, rows: int, columns: int, edit: GridEdit) -> None:
    """Give the picture so many rows and columns, linked sizes with it, and write there in the dtype of the values."""
    entry = session.snapshot.workspace.get(name)
    if not isinstance(entry, ArrayEntry):
        return
    shape, slicing = resized(grid, entry.array.ndim, rows, columns), slicing_of(grid.source)
    growing: list[Edit] = []
    if slicing is not None and slicing.backwards:
        growing += _inserted(name, slicing, shape)
    else:
        for step in with_linked(session.snapshot, Resize(name, shape)):
            growing.append(step)
            if isinstance(step, Resize) and step.name == name:
                shape = step.shape  # what is linked with itself may grow further
    steps = (ChangeDtype(name, edit.values.dtype), *growing, written(grid, name, edit, shape))
    session.edit(Together(steps, tr("Paste {count} cells into {name}", count=edit.values.size, name=name)))


def _inserted(name: str, slicing: Slicing, shape: tuple[int, ...]) -> Iterator[InsertLines]:
    """Lines at the end of the picture's axes, which is the beginning of those that are shown from their end."""
    for axis, (now, wanted) in enumerate(zip(slicing.shape, shape, strict=True)):
        if wanted > now:
            yield InsertLines(name, axis, 0 if axis in slicing.backwards else now, wanted - now)
