"""Statistics of chosen cells, taken by a thread beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.session.reading import Reading
from playground.workspace.statistics import Cells, Tally, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.session.reading import Readable, Reader, Teller
    from playground.workspace.statistics import Statistics


class Summing(Reading):
    """Takes the statistics of cells of a source, piece by piece; ``finished`` brings them.

    A ``Statistics`` of the cells asked for last, or None where they can't be had.
    """

    def start(self, source: Readable, boxes: Sequence[Cells]) -> None:
        """Ask for the statistics of all cells in ``boxes``; a cell in several of them counts once."""
        self.begin(source, partial(_tally, tuple(boxes)))


def _tally(boxes: tuple[Cells, ...], reader: Reader, teller: Teller) -> Statistics | None:
    tally, read = Tally(), 0
    todo = sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in boxes)  # at most: boxes may overlap
    for piece in pieces(boxes, tall=reader.tall):
        if teller.unwanted:
            return None
        cells = reader.read(*piece)
        tally.add(cells)
        read += cells.size
        if read < todo:
            teller.progress(read / todo)
    return tally.statistics
