"""Colours that each row or column has for itself: limits of what is in sight, read at once or by a thread beside.

A row of ten thousand numbers is read in a few microseconds while painting; a column of as many lies all over the
memory, and what lies with the engine or in a file is waited for: those are read by a thread, and coloured when known.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.session.reading import Reading
from playground.views.grid.heat_limits import CHUNK, LineTable, limits_of_lines
from playground.views.grid.source import CellReader
from playground.workspace.statistics import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.reading import Readable, Reader, Teller
    from playground.views.grid.heat_limits import Axis, Limits
    from playground.views.grid.source import BlockSource

    Lines = tuple[int, int]  # first line, and the one after the last

AT_ONCE = 1 << 20
"""What may be read while painting, in cells that follow each other in memory: less than a millisecond."""
_TOLD_OF = 1 << 22
"""Cells whose lines are told of together while more are read: a few hundredths of a second."""
_FEW_MORE = 4  # times the lines in sight may be read at once; of more those in sight come first
_APART = 32  # a cell that lies apart from the next costs as much as so many that don't


class LineReading(QObject):
    """Knows the limits of the rows or columns of one grid's source that are in sight. Nothing it does waits.

    Signals
    -------
    changed
        More is known than ``between`` last told, or it is known that no more can be.
    """

    changed = Signal()

    def __init__(self, axis: Axis, source: BlockSource, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._table = _table_of(axis, source)
        self._lies_in_memory: bool | None = None  # None: nobody has asked the source yet
        self._asked: list[Lines] = []
        self._gone = False
        self._reading = Reading(self)
        self._reading.noticed.connect(self._on_read)
        self._reading.finished.connect(self._on_finished)

    @property
    def axis(self) -> Axis:
        """What has limits of its own."""
        return self._table.axis

    @property
    def is_readable(self) -> bool:
        """Whether the cells could be read until now."""
        return not self._gone

    @property
    def is_busy(self) -> bool:
        """Whether limits are being read."""
        return self._reading.is_busy

    def follow(self, source: BlockSource) -> None:
        """Know the limits of another source: what an edit of the same array left as it was isn't read again."""
        old, self._source = self._source, source
        if source is old:
            return
        self._reading.cancel()
        self._asked, self._gone, self._lies_in_memory = [], False, None
        if (source.shape, source.dtype) != (old.shape, old.dtype):
            self._table = _table_of(self.axis, source)
            return
        since = getattr(source, "changes_since", None)
        changes = None if since is None else since(old)
        if changes is None:
            self._table.forget()
        for patch in changes or ():
            height, width = patch.values.shape
            before = old.block(patch.r0, patch.r0 + height, patch.c0, patch.c0 + width)
            if before is None:
                self._table.forget()
                return
            self._table.change(patch, before)

    def between(self, first: int, stop: int, *, ask: bool = True) -> Limits:
        """The limits of lines ``[first, stop)``, NaN while they aren't known; what is missing is asked for."""
        missing = list(self._table.missing(first, stop)) if ask and not self._gone else []
        if missing and not self._read_at_once(missing):
            self._read_beside(missing)
        return self._table.between(first, stop)

    def known(self, line: int) -> tuple[float, float] | None:
        """The limits of one line, None where they aren't known or nothing in it is finite. Nothing is asked for."""
        low, high = self._table.between(line, line + 1)
        return None if np.isnan(low[0]) else (float(low[0]), float(high[0]))

    def is_known(self, line: int) -> bool:
        """Whether the limits of one line are known, be it that nothing in it is finite."""
        return not list(self._table.missing(line, line + 1))

    def rest(self) -> None:
        """Read nothing any more, until something is asked for again."""
        self._asked = []
        self._reading.stop()

    def _read_at_once(self, missing: list[Lines]) -> bool:
        table = self._table
        cost = sum(stop - first for first, stop in missing) * table.length
        apart = table.axis == "column" and self._source.columns > 1
        if cost * (_APART if apart else 1) > AT_ONCE or not self._is_in_memory():
            return False
        for first, stop in missing:
            for begin in range(first, stop, CHUNK):  # what is read for the one limit is at hand for the other
                block = self._source.block(*table.box(begin, min(begin + CHUNK, stop)))
                if block is None:
                    return False
                table.take(begin, limits_of_lines(block, table.axis))
        return True

    def _is_in_memory(self) -> bool:
        if self._lies_in_memory is None:
            reader = self._source.reader() if self._has_reader() else None  # type: ignore[attr-defined]
            self._lies_in_memory = reader is None or isinstance(reader, CellReader)
            if reader is not None:
                reader.close()
        return self._lies_in_memory

    def _has_reader(self) -> bool:
        return hasattr(self._source, "reader")

    def _read_beside(self, missing: list[Lines]) -> None:
        """Read these lines next, and no others that were asked for and are out of sight."""
        if not self._has_reader() or (self._reading.is_busy and self._comes_soon(missing)):
            return
        self._asked = missing
        self._reading.begin(cast("Readable", self._source), partial(_read, table=self._table, lines=tuple(missing)))

    def _comes_soon(self, missing: list[Lines]) -> bool:
        """Whether these lines are among those that are being read, and most of them."""
        among = all(any(a <= first and stop <= b for a, b in self._asked) for first, stop in missing)
        still = sum(b - a for asked in self._asked for a, b in self._table.missing(*asked))
        return among and still <= _FEW_MORE * sum(stop - first for first, stop in missing)

    def _on_read(self, found: tuple[int, Limits]) -> None:
        self._table.take(*found)
        self.changed.emit()

    def _on_finished(self, whole: bool | None) -> None:
        self._asked = []
        if not whole:
            self._gone = True
            self._table.give_up()
        self.changed.emit()  # what came into sight since is asked for when it is painted


def _read(reader: Reader, teller: Teller, *, table: LineTable, lines: tuple[Lines, ...]) -> bool:
    """Read the limits of lines, and tell those of each range of them; of ``table`` only what never changes is used."""
    for first, stop in (part for each in lines for part in _parts(*each, table.length)):
        low, high = np.full(stop - first, np.nan), np.full(stop - first, np.nan)
        for piece in pieces([table.box(first, stop)], tall=reader.tall):
            if teller.unwanted:
                return False
            found = limits_of_lines(reader.read(*piece), table.axis)
            start = (piece[0] if table.axis == "row" else piece[2]) - first
            place = slice(start, start + len(found[0]))
            low[place], high[place] = np.fmin(low[place], found[0]), np.fmax(high[place], found[1])
        teller.notice((first, (low, high)))
    return True


def _parts(first: int, stop: int, length: int) -> Iterator[Lines]:
    """Lines in parts of whole chunks."""
    count = max(1, _TOLD_OF // max(1, length * CHUNK)) * CHUNK
    for begin in range(first, stop, count):
        yield begin, min(begin + count, stop)


def _table_of(axis: Axis, source: BlockSource) -> LineTable:
    count, length = (source.rows, source.columns) if axis == "row" else (source.columns, source.rows)
    return LineTable(axis, count, length)
