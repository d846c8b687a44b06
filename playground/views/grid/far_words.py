"""What is said of a grid whose numbers aren't seen: the cell under the pointer, or the active one, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.translation import tr
from playground.views.grid.far import FarGeometry
from playground.views.grid.slice_source import slicing_of
from playground.workspace.numbers import shortest_text

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid


def far_words(grid: Grid, pointed: tuple[int, int] | None) -> str:
    """``[12, 40] = 3.25`` of the cell pointed at, else of the active one; empty where numbers are seen.

    Of a grid without the focus only how many cells a pixel is.
    """
    layout = grid.layout_now()
    if not isinstance(layout, FarGeometry):
        return ""
    if pointed is None and grid.hasFocus():
        pointed = grid.selection.row, grid.selection.column
    if pointed is None or not (pointed[0] < grid.source.rows and pointed[1] < grid.source.columns):
        return _scale(layout)
    row, column = pointed
    block = grid.source.block(row, row + 1, column, column + 1)
    value = "…" if block is None else shortest_text(block[0, 0], grid.source.dtype)
    return tr("[{index}] = {value}", index=", ".join(map(str, index_of(grid, row, column))), value=value)


def index_of(grid: Grid, row: int, column: int) -> tuple[int, ...]:
    """The array's own index of a cell of a grid."""
    slicing, shape = slicing_of(grid.source), grid.source.shape
    if slicing is not None:
        return slicing.index_of(row, column)
    if not shape:
        return ()
    leading = np.unravel_index(row, shape[:-1]) if len(shape) > 1 else ()
    return (*(int(k) for k in leading), column)


def _scale(layout: FarGeometry) -> str:
    rows, columns = (max(1, round(1 / size)) for size in (layout.down, layout.right))
    if rows == columns == 1:
        return ""
    return tr("a point is {rows}×{columns} cells", rows=rows, columns=columns)
