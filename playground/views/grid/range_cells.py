"""The cells of all selected ranges: read as one table where they make one, written as one wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import replace
from playground.translation import tr
from playground.views.grid.ranges import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.views.grid.grid import Grid
    from playground.views.grid.ranges import Box
    from playground.views.grid.source import GridEdit


def table_boxes(grid: Grid) -> tuple[Box, ...]:
    """Rectangles that make up the table of what is selected; empty, after saying why, where it makes none."""
    boxes = joined(grid.ranges.boxes)
    if boxes is None:
        grid.refused.emit(
            tr("These ranges make no table: select ranges of the same rows or of the same columns, or a single one.")
        )
    return boxes or ()


def read_table(grid: Grid, boxes: Sequence[Box]) -> np.ndarray | None:
    """Cells of the rectangles of ``table_boxes`` as one table; None, after saying so, while they are on their way."""
    blocks = [grid.source.block(*box) for box in boxes]
    there = [block for block in blocks if block is not None]
    if len(there) < len(blocks):
        grid.refused.emit(tr("These cells are not here yet: try again in a moment."))
        return None
    if len(there) == 1:
        return there[0]
    return np.concatenate(there, axis=1 if boxes[0][:2] == boxes[1][:2] else 0)


def together(edits: Sequence[GridEdit]) -> GridEdit:
    """Make one wish of several."""
    return replace(edits[0], beside=tuple(edits[1:])) if len(edits) > 1 else edits[0]
