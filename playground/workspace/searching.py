"""Finds cells among any number of them, piece by piece: the next hit, how many there are, the extreme values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.record import Record
from playground.workspace.queries import Compare, Magnitude
from playground.workspace.statistics import PIECE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.workspace.queries import Query, Texts

    Read = Callable[[int, int, int, int], np.ndarray]
    """Gives cells ``[r0:r1, c0:c1]``."""
    GoesOn = Callable[[float], bool]
    """Is told which part is done, between 0 and 1; says whether to go on."""

LARGEST: Final = "largest"
SMALLEST: Final = "smallest"
MAGNITUDE: Final = "magnitude"


class Found(Record):
    """What a search knows.

    Attributes
    ----------
    cell
        Row and column of the hit, None for none.
    wrapped
        Whether it was found beyond the last cell, from the first on; or the other way round.
    total
        How many hits there are; None while they aren't counted.
    ordinal
        Which of them, in reading order, it is, from 1 on; 0 while that isn't known.
    """

    cell: tuple[int, int] | None
    wrapped: bool = False
    total: int | None = None
    ordinal: int = 0


class _Pieces:
    """Cells cut into pieces in reading order: some whole rows, or a part of one."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._height = max(1, PIECE // columns) if columns else 1
        self._width = max(1, min(columns, PIECE))
        self._across = -(-columns // self._width)
        self.count = -(-rows // self._height) * self._across

    def box(self, piece: int) -> tuple[int, int, int, int]:
        band, part = divmod(piece, self._across)
        r0, c0 = band * self._height, part * self._width
        return r0, min(r0 + self._height, self._rows), c0, min(c0 + self._width, self._columns)

    def of(self, row: int, column: int) -> int:
        """The piece of a cell."""
        return row // self._height * self._across + column // self._width

    def cell(self, piece: int, place: int) -> tuple[int, int]:
        """The cell at a place in a piece, in reading order."""
        r0, _, c0, c1 = self.box(piece)
        return r0 + place // (c1 - c0), c0 + place % (c1 - c0)


class Search:
    """Looks for one query among ``rows`` × ``columns`` cells, in reading order. What was counted once is remembered."""

    def __init__(self, query: Query, rows: int, columns: int, texts: Texts) -> None:
        self.query, self._texts = query, texts
        self._pieces = _Pieces(rows, columns)
        self._counts: dict[int, int] = {}

    def run(
        self,
        read: Read,
        start: tuple[int, int],
        *,
        forward: bool = True,
        inclusive: bool = False,
        goes_on: GoesOn = lambda _part: True,
        notice: Callable[[Found], object] = lambda _found: None,
    ) -> Found | None:
        """Find the hit next to the cell ``start`` and go round, count all; None where it was told to stop.

        ``inclusive`` lets ``start`` itself be the hit at once. ``notice`` is told of the hit before all are counted.
        """
        count, home, step = self._pieces.count, self._pieces.of(*start), 1 if forward else -1
        found, within = Found(None), (0, 0)
        for visit in range(count + 1 if count else 0):
            piece = (home + visit * step) % count
            if not goes_on(visit / (count + 1)):
                return None
            known = self._counts.get(piece)
            if known == 0 or (known is not None and found.cell is not None):
                continue
            hits = self._hits(read, piece)
            if found.cell is not None:
                continue
            chosen = self._chosen(piece, hits, start, visit, forward=forward, inclusive=inclusive)
            if chosen is not None:
                wrapped = home + visit * step != piece or visit == count
                found, within = Found(self._pieces.cell(piece, int(hits[chosen])), wrapped), (piece, chosen)
                if len(self._counts) < count:
                    notice(found)
        total = sum(self._counts.values())
        if found.cell is None:
            return Found(None, False, total)
        before = sum(count for piece, count in self._counts.items() if piece < within[0])
        return Found(found.cell, found.wrapped, total, before + within[1] + 1)

    def _hits(self, read: Read, piece: int) -> np.ndarray:
        """Places of the hits in a piece, in reading order."""
        hits = np.flatnonzero(self.query.hits(read(*self._pieces.box(piece)).reshape(-1), self._texts))
        self._counts[piece] = len(hits)
        return hits

    def _chosen(
        self, piece: int, hits: np.ndarray, start: tuple[int, int], visit: int, *, forward: bool, inclusive: bool
    ) -> int | None:
        """Which of a piece's hits is the next one: beyond the start at first, up to it when it was gone round."""
        first, last = 0, len(hits)
        if visit in (0, self._pieces.count):
            r0, _, c0, c1 = self._pieces.box(piece)
            place = (start[0] - r0) * (c1 - c0) + start[1] - c0
            at_start = visit == 0
            if forward == at_start:
                first = int(np.searchsorted(hits, place, "left" if inclusive or not forward else "right"))
            else:
                last = int(np.searchsorted(hits, place, "right" if inclusive or forward else "left"))
        if first >= last:
            return None
        return first if forward else last - 1


def extreme_query(which: str, read: Read, rows: int, columns: int, goes_on: GoesOn) -> Query | None:
    """Find the extreme finite value, as a query for all cells that have it; None for none, or where it was stopped.

    ``which`` is one of ``LARGEST``, ``SMALLEST`` and ``MAGNITUDE``; complex numbers have a magnitude only.
    """
    best: float | None = None
    pieces = _Pieces(rows, columns)
    for piece in range(pieces.count):
        if not goes_on(piece / pieces.count):
            return None
        value = _extreme(read(*pieces.box(piece)).reshape(-1), which)
        if value is not None and (best is None or (value < best if which == SMALLEST else value > best)):
            best = value
    if best is None:
        return None
    return Magnitude(best) if which == MAGNITUDE else Compare("==", best)


def _extreme(cells: np.ndarray, which: str) -> float | None:
    """The extreme of one piece as Python's own number: exact for integers."""
    kind = cells.dtype.kind
    if which == MAGNITUDE:
        if kind in "biu":
            return max(int(cells.max()), -int(cells.min())) if cells.size else None
        with np.errstate(all="ignore"):
            cells = np.abs(cells)
    if kind in "fc":
        finite = np.isfinite(cells)
        cells = cells if finite.all() else cells[finite]
    if not cells.size:
        return None
    value = cells.min() if which == SMALLEST else cells.max()
    return int(value) if kind in "biu" else value.item()
