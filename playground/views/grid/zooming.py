"""What hands do to a grid's zoom: steps, numbers, all of it; and which cell a pixel of its picture stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import replace
from playground.views.grid.far import Detail, FarGeometry
from playground.views.grid.far_paint import LEAST_POINT, outliers
from playground.views.grid.geometry import Hit, Part

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from playground.views.grid.grid import Grid

_MOST_CELLS = 1 << 14
"""Cells of one pixel among which the most prominent one is looked for."""


def zoom_by(grid: Grid, steps: int) -> None:
    """Zoom in, or out, about the active cell where it is in sight, else about the middle."""
    layout, selection = grid.layout_now(), grid.selection
    if layout.clip(selection.row, selection.row + 1, selection.column, selection.column + 1) is not None:
        grid.zoom_to_cell(selection.row, selection.column, steps)
        return
    r0, r1, c0, c1 = layout.visible
    grid.zoom_to_cell((r0 + r1) // 2, (c0 + c1) // 2, steps)


def to_numbers(grid: Grid, point: QPoint | None = None) -> None:
    """Show numbers at the size that the owner set, the active cell among them."""
    grid.show_numbers(grid.selection.row, grid.selection.column, point)


def most_prominent(grid: Grid, hit: Hit, point: QPoint) -> Hit:
    """Of the cells of a pixel of the picture the one that is shown: what isn't finite, or stands out.

    An outlier is taken from beside it, too, as it is painted larger. As ``hit`` where cells are larger than a pixel,
    or not there yet.
    """
    layout = grid.layout_now()
    if hit.part is not Part.CELL or not isinstance(layout, FarGeometry) or layout.detail is not Detail.IMAGE:
        return hit
    pyramid, limits = grid.pictures.pyramid, grid.pictures.limits
    typical = 0.0 if pyramid is None else pyramid.typical
    for reach in (LEAST_POINT // 2, 0):
        r0, r1, c0, c1 = layout.cells_of(point.x(), point.y(), reach)
        cells = grid.source.block(r0, r1, c0, c1) if (r1 - r0) * (c1 - c0) <= _MOST_CELLS else None
        if cells is None or not cells.size:
            continue
        values = np.abs(cells) if cells.dtype.kind == "c" else cells.astype(np.float64)
        row, column = (int(place) for place in np.unravel_index(_first(values, typical), values.shape))
        if reach == 0 or len(outliers(values[row : row + 1, column : column + 1], typical, limits)):
            return replace(hit, row=r0 + row, column=c0 + column)
    return hit


def _first(values: np.ndarray, typical: float) -> int:
    """Place of the most prominent cell: NaN, else an infinite one, else the one farthest from what is typical."""
    with np.errstate(all="ignore"):
        away = np.abs(values / 2 - typical / 2)
    if (nan := np.isnan(away)).any():
        return int(nan.argmax())
    return int(away.argmax())
