"""How wide a grid's columns are: what its numbers need in their format, and what a drag has needed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import replace
from playground.views.grid.cells import SAMPLE, CellFormat, measure

if TYPE_CHECKING:
    import numpy as np

    from playground.views.grid.source import BlockSource
    from playground.workspace.number_formats import NumberFormat


class Widths:
    """Keeps the format of a grid's cells.

    Attributes
    ----------
    format
        What was measured last.
    number
        The format that a person chose, None for the general one.
    held
        True during a drag, when columns only widen.
    """

    def __init__(self) -> None:
        self.format = CellFormat(1)
        self.number: NumberFormat | None = None
        self.held = False

    def measure(self, source: BlockSource, limits: tuple[float, float] | None, *, fresh: bool = False) -> bool:
        """Look at the cells anew; True where they need another format than before. ``fresh`` ends a drag's."""
        block = source.block(0, min(SAMPLE, source.rows), 0, min(SAMPLE, source.columns))
        found = CellFormat(1) if block is None or not block.size else self._measured(block, source, limits)
        old = self.format
        if self.held and not fresh and found.number == old.number:
            found = replace(
                found, characters=max(found.characters, old.characters), decimals=max(found.decimals, old.decimals)
            )
        self.format = found
        return found != old

    def _measured(self, block: np.ndarray, source: BlockSource, limits: tuple[float, float] | None) -> CellFormat:
        if self.number is None:
            return measure(block, limits)
        from playground.views.grid.number_cells import measure_numbers  # the first picture has the general format
        from playground.workspace.number_formats import suits

        if not suits(self.number, source.dtype):
            return measure(block, limits)
        return measure_numbers(block, self.number, limits, is_whole=block.size == source.rows * source.columns)
