"""The smallest and largest finite value of rows or of columns: taken of cells, kept for many lines, right after edits.

Pure: who owns a table gives it what was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.workspace.arrays import Patch
    from playground.workspace.statistics import Cells

Axis = Literal["row", "column"]
Limits = tuple[np.ndarray, np.ndarray]
"""Smallest and largest value of each line, float64; NaN for a line without finite values."""

CHUNK: Final = 16
"""Lines that are read and kept together: two lines of the processor's cache, where eight numbers are one."""
_MOST_CHUNKS: Final = 1 << 14


def limits_of_lines(cells: np.ndarray, axis: Axis) -> Limits:
    """The limits of each row, or column, of 2-D ``cells``; of magnitudes where they are complex."""
    along = 1 if axis == "row" else 0
    count = cells.shape[1 - along]
    if not cells.shape[along]:
        return np.full(count, np.nan), np.full(count, np.nan)
    with np.errstate(all="ignore"):
        values = np.abs(cells) if cells.dtype.kind == "c" else cells
        low, high = (end.astype(np.float64) for end in (values.min(axis=along), values.max(axis=along)))
        if values.dtype.kind == "f" and (odd := ~(np.isfinite(low) & np.isfinite(high))).any():
            part = values[odd] if axis == "row" else values[:, odd]
            finite = np.isfinite(part)
            least = np.where(finite, part, np.inf).min(axis=along).astype(np.float64)
            most = np.where(finite, part, -np.inf).max(axis=along).astype(np.float64)
            none = ~finite.any(axis=along)
            low[odd], high[odd] = np.where(none, np.nan, least), np.where(none, np.nan, most)
    return low, high


class LineTable:
    """Limits of the lines of one array, for as many lines as were looked at; in chunks that begin at multiples of 16.

    Parameters
    ----------
    axis
        What a line is.
    count, length
        How many lines there are, and of how many cells each is.
    """

    def __init__(self, axis: Axis, count: int, length: int) -> None:
        self.axis: Axis = axis
        self.count, self.length = count, length
        self._known: dict[int, Limits] = {}
        self._former: dict[int, Limits] = {}  # of the array before: better than none while the new ones are on the way

    def between(self, first: int, stop: int) -> Limits:
        """The limits of lines ``[first, stop)`` as far as they are known; NaN otherwise."""
        low, high = np.full(stop - first, np.nan), np.full(stop - first, np.nan)
        last = min(stop, self.count)
        for chunk in _chunks(first, last):
            found = self._known.get(chunk) or self._former.get(chunk)
            if found is not None:
                start = chunk * CHUNK
                place = slice(max(first, start) - first, min(last, start + CHUNK) - first)
                part = slice(max(first, start) - start, min(last, start + CHUNK) - start)
                low[place], high[place] = found[0][part], found[1][part]
        return low, high

    def missing(self, first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Ranges of lines, whole chunks of them, that hold all those of ``[first, stop)`` that aren't known."""
        begun: int | None = None
        end = 0
        for chunk in _chunks(first, min(stop, self.count)):
            if chunk in self._known:
                continue
            if begun is not None and end != chunk * CHUNK:
                yield begun, end
                begun = None
            begun = chunk * CHUNK if begun is None else begun
            end = min(self.count, (chunk + 1) * CHUNK)
        if begun is not None:
            yield begun, end

    def box(self, first: int, stop: int) -> Cells:
        """The cells of lines ``[first, stop)``."""
        return (first, stop, 0, self.length) if self.axis == "row" else (0, self.length, first, stop)

    def take(self, first: int, limits: Limits) -> None:
        """Know the limits of whole chunks from line ``first`` on."""
        for start in range(0, len(limits[0]), CHUNK):
            chunk = (first + start) // CHUNK
            self._known[chunk] = limits[0][start : start + CHUNK], limits[1][start : start + CHUNK]
            self._former.pop(chunk, None)
        while len(self._known) > _MOST_CHUNKS:
            self._known.pop(next(iter(self._known)))

    def forget(self) -> None:
        """All cells may be others now; the former limits stand in until the new ones are known."""
        self._former |= self._known
        self._known = {}

    def give_up(self) -> None:
        """The cells can't be read: nothing stands in for what isn't known."""
        self._former = {}

    def change(self, patch: Patch, before: np.ndarray) -> None:
        """Cells were written over those ``before``: lines whose limits that leaves in doubt aren't known any more."""
        first = patch.r0 if self.axis == "row" else patch.c0
        was, now = limits_of_lines(before, self.axis), limits_of_lines(patch.values, self.axis)
        for chunk in _chunks(first, first + len(was[0])):
            if chunk not in self._known:
                continue
            start = chunk * CHUNK
            own = slice(max(first, start) - start, min(first + len(was[0]), start + CHUNK) - start)
            other = slice(start + own.start - first, start + own.stop - first)
            low, high = (ends.copy() for ends in self._known[chunk])
            # A limit that is taken away is only surely replaced by one that reaches as far.
            lost = (was[0][other] <= low[own]) & ~(now[0][other] <= low[own])
            lost |= (was[1][other] >= high[own]) & ~(now[1][other] >= high[own])
            if lost.any():
                self._former[chunk] = self._known.pop(chunk)
            else:
                low[own], high[own] = np.fmin(low[own], now[0][other]), np.fmax(high[own], now[1][other])
                self._known[chunk] = low, high


def _chunks(first: int, stop: int) -> range:
    return range(first // CHUNK, -(-stop // CHUNK))
