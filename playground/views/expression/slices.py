"""Which slice of an array of more than two axes a box shows: what is remembered, in sight of the chosen cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.views.grid.selection import Selection
from playground.views.grid.slice_source import Sliceable, SliceSource, slicing_of

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.expression.boxes import GridBox
    from playground.workspace.slicing import Slicing


def slicing_for(name: str, shape: tuple[int, ...], snapshot: Snapshot) -> Slicing | None:
    """What is looked at of ``name``; None for an array of one or two axes, which is shown whole."""
    if len(shape) < 3:
        return None
    from playground.workspace.slicing import usual  # the first picture has none

    before = snapshot.slices.get(name)
    return usual(shape) if before is None else before.fitted(shape)


def set_sliced(box: GridBox, whole: Sliceable, slicing: Slicing | None) -> None:
    """Show ``slicing`` of ``whole`` in the box; the chosen cell stays the array's own where it is still shown."""
    grid = box.grid
    before = slicing_of(grid.source)
    if slicing is None:
        grid.set_source(whole)  # type: ignore[arg-type]
        return
    index = before.index_of(grid.selection.row, grid.selection.column) if before is not None else None
    grid.set_source(SliceSource(whole, slicing))
    if before is None or before.shape != slicing.shape or index is None:
        return
    cell = slicing.cell_of(index)
    same = (before.row, before.column, before.backwards) == (slicing.row, slicing.column, slicing.backwards)
    if cell is not None and not same:
        grid.select(Selection.at(*cell), chosen=False)


def show_slice(session: Session, box: GridBox, slicing: Slicing, *, is_result: bool) -> None:
    """A person wishes to see ``slicing``; in a result the chosen cell goes along, as it is always in sight."""
    grid = box.grid
    if is_result and 0 not in slicing.shown_shape:
        before = slicing_of(grid.source)
        index = before.index_of(grid.selection.row, grid.selection.column) if before is not None else slicing.index
        if slicing.cell_of(index) is None:
            chosen = grid.selection.clipped(slicing.rows, slicing.columns)
            session.choose_cell(slicing.index_of(chosen.row, chosen.column))
    if session.snapshot.slices.get(box.entry) != slicing:
        session.update(slices={**session.snapshot.slices, box.entry: slicing})


def shown_of(
    slicing: Slicing | None, rows: tuple[int, int], columns: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """Where cells of the array's 2-D view stand in the grid, ``(r0, r1, c0, c1)``; None where they don't."""
    if slicing is None:
        return (*rows, *columns)
    from playground.workspace.slicing import box_of

    box = box_of(slicing.shape, rows, columns)
    return None if box is None else slicing.shown_part(box)
