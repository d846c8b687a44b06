"""Statistics of any number of cells, taken piece by piece: counts, limits, sum, mean and deviation. Pure."""

from __future__ import annotations

import itertools
import math
import sys
from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 1 << 18
"""Cells that are looked at at once: 2 MiB of float64."""

_EXPONENTS = (600, 0, -600)
"""Powers of two with which cells are counted, so that no square of theirs leaves the range of floats."""
_REACH = 430
"""The largest cell, so counted, is less than two to this power."""

Cells = tuple[int, int, int, int]
"""``(r0, r1, c0, c1)``: rows and columns of a 2-D view, half open."""


class Statistics(Record):
    """What is known of some cells. All but the counts are those of the finite cells alone.

    Attributes
    ----------
    count
        All cells.
    nan, plus_infinite, minus_infinite
        How many of them are NaN, +inf, −inf. A complex cell is NaN where a part is, and otherwise ``plus_infinite``
        where a part is infinite.
    low, high
        Smallest and largest value, exact and Python's own: an integer of an integer dtype, a bool as 0 or 1. None
        where no cell is finite, and of complex cells, which have no order.
    total
        Sum: exact for integers and bools (which it counts), None where no cell is finite.
    mean, deviation
        Mean, and the standard deviation as ``numpy.std`` has it (divided by the count); None where no cell is finite.
    """

    count: int
    nan: int
    plus_infinite: int
    minus_infinite: int
    low: float | None
    high: float | None
    total: complex | None
    mean: complex | None
    deviation: float | None

    @property
    def finite(self) -> int:
        """How many cells are finite."""
        return self.count - self.nan - self.plus_infinite - self.minus_infinite


class Tally:
    """Takes cells of one dtype, piece by piece, and knows their statistics at any time."""

    def __init__(self) -> None:
        self._count = self._nan = self._plus = self._minus = self._finite = 0
        self._low: float | None = None
        self._high: float | None = None
        self._totals: list[complex] = []
        self._whole_total: int | None = None  # of integers: exact, however many there are
        self._mean: complex = 0.0
        self._squares = 0.0
        self._exponent = _EXPONENTS[0]  # mean and squares are those of the cells times 2**exponent

    def add(self, cells: np.ndarray) -> None:
        """Take more cells, of any shape and byte order."""
        self._count += cells.size
        if not cells.size:
            return
        with np.errstate(all="ignore"):
            cells = cells.reshape(-1)
            ends = _ends(cells)
            if not (math.isfinite(ends[0]) and math.isfinite(ends[1])):
                cells = self._finite_of(cells)
                ends = _ends(cells) if cells.size else ends
            if cells.size:
                self._take(cells, ends)

    @property
    def statistics(self) -> Statistics:
        """What is known of all cells that were taken."""
        if not self._finite:
            return Statistics(self._count, self._nan, self._plus, self._minus, None, None, None, None, None)
        total = self._whole_total if self._whole_total is not None else _sum(self._totals)
        mean = _scaled(self._mean, -self._exponent)
        if self._whole_total is not None:
            mean = self._whole_total / self._finite  # the one rounding that there must be
        deviation = math.ldexp(math.sqrt(self._squares / self._finite), -self._exponent)
        return Statistics(
            self._count, self._nan, self._plus, self._minus, self._low, self._high, total, mean, deviation
        )

    def _finite_of(self, cells: np.ndarray) -> np.ndarray:
        """Count what isn't finite, and give the rest."""
        finite = np.isfinite(cells)
        others = cells[~finite]
        nans = int(np.isnan(others).sum())
        minus = int((others == -np.inf).sum()) if cells.dtype.kind == "f" else 0
        self._nan += nans
        self._minus += minus
        self._plus += others.size - nans - minus
        kept: np.ndarray = cells[finite]
        return kept

    def _take(self, cells: np.ndarray, ends: tuple[float, float]) -> None:
        """Take finite cells, whose smallest and largest value (of complex ones, of their parts) are the ``ends``."""
        kind = cells.dtype.kind
        if kind != "c":
            self._low = ends[0] if self._low is None else min(self._low, ends[0])
            self._high = ends[1] if self._high is None else max(self._high, ends[1])
        wide = cells.astype(np.complex128 if kind == "c" else np.float64, copy=False)
        total: complex
        if kind in "biu":
            total = whole = _whole_sum(cells)
            self._whole_total = (self._whole_total or 0) + whole
        else:
            total = wide.sum().item()
            self._totals.append(total)
        self._merge(wide, total, max(abs(ends[0]), abs(ends[1])))

    def _merge(self, cells: np.ndarray, total: complex, largest: float) -> None:
        """Join mean and squares of ``cells`` to those of the others, by the rule of Chan, Golub and LeVeque (1979)."""
        reach = math.frexp(largest)[1] if largest else -sys.maxsize
        exponent = next(power for power in _EXPONENTS if power <= self._exponent and reach + power <= _REACH)
        if exponent != self._exponent:
            self._mean = _scaled(self._mean, exponent - self._exponent)
            self._squares = math.ldexp(self._squares, 2 * (exponent - self._exponent))
            self._exponent = exponent
        if self._exponent:
            cells = cells * math.ldexp(1.0, self._exponent)
            total = cells.sum().item()
        mean = total / cells.size
        aside = (cells - mean).view(np.float64)  # of complex cells both parts
        np.multiply(aside, aside, out=aside)  # no product of BLAS, whose threads would take the window's processor
        squares = float(aside.sum())
        known, count = self._finite, cells.size
        self._finite = both = known + count
        step = mean - self._mean
        self._mean += step * (count / both)
        self._squares += squares + abs(step) ** 2 * (known / both) * count


def _ends(cells: np.ndarray) -> tuple[float, float]:
    """Smallest and largest value, NaN where a cell is; of complex cells those of all their parts."""
    if cells.dtype.kind == "c":
        cells = cells.view(cells.real.dtype) if cells.flags.c_contiguous else np.stack((cells.real, cells.imag))
    low, high = cells.min(), cells.max()
    return (int(low), int(high)) if cells.dtype.kind in "biu" else (low.item(), high.item())


def pieces(boxes: Iterable[Cells], *, tall: bool = False, most: int = PIECE) -> Iterator[Cells]:
    """Cut boxes into pieces of at most ``most`` cells; a cell that lies in several boxes is in one piece.

    Parameters
    ----------
    tall
        Cut into columns rather than rows: for cells that lie in memory, or in a file, column by column.
    """
    for box in disjoint(boxes):
        r0, r1, c0, c1 = box if not tall else (box[2], box[3], box[0], box[1])
        width = min(c1 - c0, most)
        height = max(1, most // width)
        for row in range(r0, r1, height):
            for column in range(c0, c1, width):
                piece = row, min(row + height, r1), column, min(column + width, c1)
                yield piece if not tall else (piece[2], piece[3], piece[0], piece[1])


def disjoint(boxes: Iterable[Cells]) -> Iterator[Cells]:
    """The same cells in boxes of which no two have a cell in common; one box stays as it is."""
    full = [box for box in boxes if box[0] < box[1] and box[2] < box[3]]
    edges = sorted({row for box in full for row in box[:2]})
    for r0, r1 in itertools.pairwise(edges):
        reached = None
        for c0, c1 in sorted(box[2:] for box in full if box[0] <= r0 and r1 <= box[1]):
            first = c0 if reached is None else max(c0, reached)
            if first < c1:
                yield r0, r1, first, c1
                reached = c1


def _whole_sum(cells: np.ndarray) -> int:
    """The exact sum of at most ``2**31`` integers or bools."""
    if cells.dtype.itemsize < 8:
        return int(cells.sum(dtype=np.int64))
    # 64 bits overflow: the upper and the lower half of each number are added for themselves.
    return (int((cells >> 32).sum()) << 32) + int((cells & 0xFFFFFFFF).sum())


def _sum(totals: list[complex]) -> complex:
    if any(isinstance(total, complex) for total in totals):
        return complex(_sum_real([total.real for total in totals]), _sum_real([total.imag for total in totals]))
    return _sum_real([total.real for total in totals])


def _sum_real(totals: list[float]) -> float:
    try:
        return math.fsum(totals)
    except (OverflowError, ValueError):  # beyond the largest float, of either sign or of both
        return sum(totals)


def _scaled(value: float | complex, exponent: int) -> float | complex:
    if isinstance(value, complex):
        return complex(math.ldexp(value.real, exponent), math.ldexp(value.imag, exponent))
    return math.ldexp(value, exponent)
