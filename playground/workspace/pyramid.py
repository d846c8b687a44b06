"""A large matrix as ever smaller pictures that keep its outliers: smallest and largest value of each tile. Pure.

A *level* cuts the matrix into equal tiles (those at its right and lower border may be smaller) and knows of each the
smallest and largest finite value and whether it holds NaN, +inf or −inf. The finest level is read from the matrix piece
by piece; each other one is made of the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

NAN, PLUS, MINUS = 1, 2, 4
"""Bits of a tile's ``flags``. A complex cell is `NAN` where a part is, otherwise `PLUS` where a part is infinite."""

BUDGET = 16 << 20
"""Bytes that all levels of a matrix take at most."""

PIECE = 1 << 18
"""Cells that are read at once, as far as whole tiles allow."""

_TILE_BYTES = 8 + 8 + 1
_COARSEST = 32  # tiles on either axis, of which no coarser level is made

Cells = tuple[int, int, int, int]
"""``(r0, r1, c0, c1)``: rows and columns, half open."""


class Tiles(Record, eq=False):
    """Tiles of ``height`` by ``width`` cells; the first one begins at cell ``(row, column)``, a multiple of these.

    Attributes
    ----------
    low, high
        Smallest and largest finite value of each tile as float64, magnitudes of complex cells; NaN where none is
        finite.
    flags
        Which values that aren't finite a tile holds: a sum of `NAN`, `PLUS` and `MINUS`.
    """

    height: int
    width: int
    low: np.ndarray
    high: np.ndarray
    flags: np.ndarray
    row: int = 0
    column: int = 0

    @property
    def nbytes(self) -> int:
        """Bytes of the three arrays."""
        return self.low.nbytes + self.high.nbytes + self.flags.nbytes

    def of(self, r0: int, r1: int, c0: int, c1: int) -> tuple[int, int, int, int] | None:
        """Indices of the tiles that hold cells ``[r0:r1, c0:c1]``; None where not all of these have one."""
        first, left = (r0 - self.row) // self.height, (c0 - self.column) // self.width
        stop, end = -(-(r1 - self.row) // self.height), -(-(c1 - self.column) // self.width)
        down, right = self.low.shape
        return (first, stop, left, end) if first >= 0 and left >= 0 and stop <= down and end <= right else None

    def write(self, others: Tiles) -> None:
        """Take ``others``, of the same size, in the place of one's own."""
        top, left = (others.row - self.row) // self.height, (others.column - self.column) // self.width
        place = slice(top, top + others.low.shape[0]), slice(left, left + others.low.shape[1])
        self.low[place], self.high[place], self.flags[place] = others.low, others.high, others.flags


def unknown(box: Cells, height: int, width: int) -> Tiles:
    """Tiles for the cells in ``box``, which begins with a tile, of which nothing is known yet."""
    r0, r1, c0, c1 = box
    shape = -(-(r1 - r0) // height), -(-(c1 - c0) // width)
    return Tiles(
        height, width, np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.uint8), row=r0, column=c0
    )


def pieces(box: Cells, height: int, width: int, *, tall: bool = False) -> Iterator[Cells]:
    """Cut ``box``, which begins with a tile, into boxes of whole tiles with at most `PIECE` cells, or of one tile.

    Parameters
    ----------
    tall
        Pieces are high rather than wide: for cells that lie column by column.
    """
    r0, r1, c0, c1 = box
    most = PIECE // (height * width)
    if tall:
        down = max(1, min(-(-(r1 - r0) // height), most)) * height
        right = max(1, PIECE // (down * width)) * width
    else:
        right = max(1, min(-(-(c1 - c0) // width), most)) * width
        down = max(1, PIECE // (right * height)) * height
    for row in range(r0, r1, down):
        for column in range(c0, c1, right):
            yield row, min(row + down, r1), column, min(column + right, c1)


def tiles_of(cells: np.ndarray, height: int, width: int, row: int = 0, column: int = 0) -> Tiles:
    """Cut ``cells`` (2-D, any dtype of numbers), the first of which is ``(row, column)``, into tiles."""
    with np.errstate(all="ignore"):
        if cells.dtype.kind == "c":  # NaN wins over infinity, as everywhere in the program
            magnitude = np.abs(cells)
            magnitude[np.isnan(cells)] = np.nan
            cells = magnitude
        low = _reduced(np.minimum, cells, height, width).astype(np.float64)
        high = _reduced(np.maximum, cells, height, width).astype(np.float64)
    flags = np.zeros(low.shape, np.uint8)
    if cells.dtype.kind == "f":
        _tell_apart(cells, Tiles(height, width, low, high, flags))
    return Tiles(height, width, low, high, flags, row, column)


def _reduced(of: np.ufunc, cells: np.ndarray, height: int, width: int) -> np.ndarray:
    """Smallest (largest) of each tile; NaN where a tile holds one."""
    rows, columns = cells.shape
    whole = rows // height * height
    if height == 1:
        lines = cells
    else:  # first down, along the memory: four times as fast as both at once
        lines = of.reduce(cells[:whole].reshape(-1, height, columns), axis=1)
        if whole < rows:
            lines = np.concatenate([lines, of.reduce(cells[whole:], axis=0, keepdims=True)])
    return lines if width == 1 else of.reduceat(lines, np.arange(0, columns, width), axis=1)


def _tell_apart(cells: np.ndarray, tiles: Tiles) -> None:
    """Look again at the tiles in which not all is finite."""
    some = ~(np.isfinite(tiles.low) & np.isfinite(tiles.high))
    lines = np.flatnonzero(some.any(axis=1)).tolist()
    starts = np.arange(0, cells.shape[1], tiles.width)
    for line in lines:
        part = cells[line * tiles.height : (line + 1) * tiles.height]
        finite = np.isfinite(part)
        for bit, found in ((NAN, np.isnan(part)), (PLUS, part == np.inf), (MINUS, part == -np.inf)):
            held = np.logical_or.reduceat(found.any(axis=0), starts)
            tiles.flags[line] |= held.astype(np.uint8) * np.uint8(bit)
        any_finite = np.logical_or.reduceat(finite.any(axis=0), starts)
        for ends, of, beyond in ((tiles.low, np.minimum, np.inf), (tiles.high, np.maximum, -np.inf)):
            inner = of.reduceat(np.where(finite, part, beyond).astype(np.float64), starts, axis=1)
            ends[line] = np.where(any_finite, of.reduce(inner, axis=0), np.nan)


class Pyramid:
    """All levels of a matrix of ``rows`` by ``columns`` cells, the finest one that ``budget`` bytes allow first.

    It is empty at first: every cell box of ``pieces()`` has to be ``put``, and ``finish`` makes the other levels. An
    axis isn't halved any more where it has less than half as many tiles as the other: of a long table with ten columns
    each column stays to be seen.
    """

    def __init__(self, rows: int, columns: int, budget: int = BUDGET) -> None:
        self.rows, self.columns = rows, columns
        sizes = [(1, 1)]
        while (following := _following(rows, columns, *sizes[-1])) is not None:
            sizes.append(following)
        costs = [-(-rows // height) * -(-columns // width) * _TILE_BYTES for height, width in sizes]
        first = next((k for k in range(len(sizes)) if sum(costs[k:]) <= budget), len(sizes) - 1)
        self.levels = tuple(unknown((0, rows, 0, columns), *size) for size in sizes[first:])

    @property
    def nbytes(self) -> int:
        """Bytes of all levels."""
        return sum(level.nbytes for level in self.levels)

    def copy(self) -> Pyramid:
        """The same in memory of its own."""
        new = object.__new__(Pyramid)
        new.rows, new.columns = self.rows, self.columns
        new.levels = tuple(
            Tiles(level.height, level.width, level.low.copy(), level.high.copy(), level.flags.copy())
            for level in self.levels
        )
        return new

    def pieces(self, box: Cells | None = None, *, tall: bool = False) -> Iterator[Cells]:
        """Cut the matrix, or the tiles that ``box`` touches, into boxes of whole tiles; ``tall`` as in `pieces`."""
        height, width = self.levels[0].height, self.levels[0].width
        r0, r1, c0, c1 = box or (0, self.rows, 0, self.columns)
        r1, c1 = min(self.rows, -(-r1 // height) * height), min(self.columns, -(-c1 // width) * width)
        return pieces((r0 // height * height, r1, c0 // width * width, c1), height, width, tall=tall)

    def put(self, box: Cells, cells: np.ndarray) -> None:
        """Take the cells of a box of ``pieces()`` into the finest level."""
        level = self.levels[0]
        level.write(tiles_of(cells, level.height, level.width, box[0], box[2]))

    def finish(self, box: Cells | None = None) -> None:
        """Make the other levels of the finest one, or only what cells in ``box`` are part of."""
        r0, r1, c0, c1 = box or (0, self.rows, 0, self.columns)
        for fine, coarse in zip(self.levels, self.levels[1:], strict=False):
            # Widened to whole tiles of the coarser level.
            r0, c0 = r0 // coarse.height * coarse.height, c0 // coarse.width * coarse.width
            r1 = min(self.rows, -(-r1 // coarse.height) * coarse.height)
            c1 = min(self.columns, -(-c1 // coarse.width) * coarse.width)
            if r0 < r1 and c0 < c1:
                coarse.write(_joined(fine, coarse, (r0, r1, c0, c1)))

    def level_for(self, down: float, right: float, most: int, box: Cells) -> Tiles:
        """The finest level with tiles of at least a pixel and at most ``most`` of them in ``box``; else the coarsest.

        ``down`` and ``right`` are the pixels of one cell.
        """
        r0, r1, c0, c1 = box
        for level in self.levels:
            count = -(-(r1 - r0) // level.height) * -(-(c1 - c0) // level.width)
            if level.height * down >= 1 and level.width * right >= 1 and count <= most:
                return level
        return self.levels[-1]

    @property
    def typical(self) -> float:
        """The value that most tiles lie around, 0 where nothing is finite: outliers are those far from it."""
        level = next(level for level in self.levels if level.low.size <= _COARSEST**2 * 4 or level is self.levels[-1])
        middle = level.low / 2 + level.high / 2
        middle = middle[np.isfinite(middle)]
        return float(np.median(middle)) if middle.size else 0.0


def prominent(low: np.ndarray, high: np.ndarray, typical: float) -> np.ndarray:
    """Of each tile the end that is farther from what is ``typical``: what a picture shows of it."""
    middle = low / 2  # halves don't overflow
    middle += high / 2
    return np.where(middle >= typical, high, low)


def shown_of(tiles: Tiles, typical: float) -> np.ndarray:
    """The value that stands for each tile: NaN or an infinity where it holds one, else what is `prominent`."""
    values = prominent(tiles.low, tiles.high, typical)
    if tiles.flags.any():
        values[tiles.flags & PLUS != 0] = np.inf
        values[tiles.flags & MINUS != 0] = -np.inf
        values[tiles.flags & NAN != 0] = np.nan
    return values


def _following(rows: int, columns: int, height: int, width: int) -> tuple[int, int] | None:
    """Tile size of the next coarser level."""
    down, right = -(-rows // height), -(-columns // width)
    if max(down, right) <= _COARSEST:
        return None
    return height * (2 if 2 * down >= right else 1), width * (2 if 2 * right >= down else 1)


def _joined(fine: Tiles, coarse: Tiles, box: Cells) -> Tiles:
    """Tiles of the size of ``coarse``'s, made of those of ``fine``."""
    r0, r1, c0, c1 = box
    rows = slice(r0 // fine.height, -(-r1 // fine.height))
    columns = slice(c0 // fine.width, -(-c1 // fine.width))
    down, right = coarse.height // fine.height, coarse.width // fine.width
    with np.errstate(invalid="ignore"):
        low = _reduced(np.fmin, fine.low[rows, columns], down, right)  # NaN only where all are
        high = _reduced(np.fmax, fine.high[rows, columns], down, right)
    flags = _reduced(np.bitwise_or, fine.flags[rows, columns], down, right)
    return Tiles(coarse.height, coarse.width, low, high, flags, r0, c0)
