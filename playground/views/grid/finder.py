"""Finds cells of one grid: at once where they are few, else in a thread beside the window; and selects the hit."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from playground.record import Record
from playground.session.reading import Reading
from playground.translation import tr
from playground.views.grid.cells import cell_texts
from playground.views.grid.selection import Selection
from playground.views.grid.slice_source import slicing_of
from playground.workspace.queries import QueryRefusal, Special, parse_query
from playground.workspace.searching import LARGEST, MAGNITUDE, SMALLEST, Found, Search, extreme_query

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from playground.session.reading import Readable, Reader, Teller
    from playground.views.grid.cells import CellFormat
    from playground.views.grid.grid import Grid
    from playground.workspace.queries import Query, Texts
    from playground.workspace.searching import GoesOn, Read

_AT_ONCE = 1 << 14
"""Cells that are looked through within a frame."""
_REST_S = 0.0003
_SAID_AFTER_MS = 500
_HIDE = QEvent.Type.Hide


class _Aim(Record, eq=False):
    """What is looked for: a query, or an extreme that must be found first."""

    title: str
    query: Query | None = None
    extreme: str = ""


class _Step(Record, eq=False):
    """One search from a cell on."""

    aim: _Aim
    search: Search | None
    rows: int
    columns: int
    texts: Texts
    start: tuple[int, int]
    forward: bool
    inclusive: bool


class Finder(QObject):
    """Looks for one thing at a time, and remembers it for the next and the one before.

    Signals
    -------
    told
        What was found: ``3 of 17``, or that there is nothing; empty while something is being looked for.
    progressed
        Which part of the cells was looked through, between 0 and 1; only where that takes longer than a frame.
    """

    told = Signal(str)
    progressed = Signal(float)

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.setObjectName("finder")
        self._grid = grid
        self._aim: _Aim | None = None
        self._search: Search | None = None
        self._step: _Step | None = None
        self._reading = Reading(self)
        self._reading.noticed.connect(self._show_hit)
        self._reading.progressed.connect(self.progressed)
        self._reading.finished.connect(self._take)
        grid.sourceChanged.connect(self._forget)
        grid.installEventFilter(self)

    @property
    def is_busy(self) -> bool:
        """Whether cells are being looked through."""
        return self._reading.is_busy

    @property
    def has_aim(self) -> bool:
        """Whether there is something to look for again."""
        return self._aim is not None

    def find(self, text: str, start: tuple[int, int]) -> str:
        """Look for what a person wrote, from ``start`` on, itself included; a sentence where it is nothing."""
        query = parse_query(text, self._grid.source.dtype)
        if isinstance(query, QueryRefusal):
            return query.message
        start_cell = Selection.at(*start).clipped(self._grid.source.rows, self._grid.source.columns)
        self._begin(_Aim("", query), (start_cell.row, start_cell.column), inclusive=True)
        return ""

    def again(self, *, forward: bool) -> None:
        """Look for the same once more, from the active cell on or back; it may be in the middle of a search."""
        if self._aim is not None:
            self._run(self._aim, self._here(), forward=forward)

    def find_not_finite(self) -> None:
        """Look for the next NaN or infinity."""
        self._begin(_Aim(tr("NaN or infinity"), Special(nan=True, plus=True, minus=True)), self._here())

    def find_extreme(self, which: str) -> None:
        """Look for the largest or smallest finite value, or the largest magnitude; of equal ones the next."""
        if which != MAGNITUDE and self._grid.source.dtype.kind == "c":
            self._tell(tr("Complex numbers have no order: look for the largest magnitude."))
            return
        same = self._aim is not None and self._aim.extreme == which
        self._begin(self._aim if same and self._aim else _Aim(title_of(which), extreme=which), self._here())

    def cancel(self) -> bool:
        """Give up what is being looked for; False where nothing is."""
        busy = self.is_busy
        self._reading.cancel()
        return busy

    def _tell(self, sentence: str) -> None:
        self.told.emit(sentence)
        if sentence and not self._grid.under_bar:
            self._grid.refused.emit(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nobody waits for cells of a grid that is gone from sight, with its window or for another."""
        if event.type() == _HIDE and not event.spontaneous():
            self._reading.cancel()
        return super().eventFilter(watched, event)

    def marks(self) -> Callable[[np.ndarray], np.ndarray] | None:
        """What tells of some cells, 1-D, which are meant; None where nothing is looked for, or an extreme."""
        query = self._aim.query if self._aim is not None else None
        if query is None:
            return None
        return partial(query.hits, texts=partial(_texts, written=self._grid.written, rest_s=0))

    def _say_looking(self) -> None:
        if self.is_busy and not self._grid.under_bar:
            count = f"{self._grid.source.rows * self._grid.source.columns:,}"
            self._grid.refused.emit(tr("Looking through {count} cells… Esc gives it up.", count=count))

    def _here(self) -> tuple[int, int]:
        return self._grid.selection.row, self._grid.selection.column

    def _begin(self, aim: _Aim, start: tuple[int, int], *, inclusive: bool = False) -> None:
        if aim is not self._aim:
            self._aim, self._search = aim, None
        self._run(aim, start, inclusive=inclusive)

    def _run(self, aim: _Aim, start: tuple[int, int], *, forward: bool = True, inclusive: bool = False) -> None:
        source = self._grid.source
        self._reading.cancel()
        few = source.rows * source.columns <= _AT_ONCE
        texts = partial(_texts, written=self._grid.written, rest_s=0 if few else _REST_S)
        if self._search is None and aim.query is not None:
            self._search = Search(aim.query, source.rows, source.columns, texts)
        self._step = step = _Step(aim, self._search, source.rows, source.columns, texts, start, forward, inclusive)
        here = source.block(0, source.rows, 0, source.columns) if few else None
        if here is not None:
            self._take(_done(step, lambda r0, r1, c0, c1: here[r0:r1, c0:c1], lambda _part: True, lambda _found: None))
        elif hasattr(source, "reader"):
            self._tell("")
            QTimer.singleShot(_SAID_AFTER_MS, self, self._say_looking)
            self._reading.begin(cast("Readable", source), partial(_work, step))
        else:
            self._tell(tr("These cells are not here yet: try again in a moment."))

    def _take(self, answer: object) -> None:
        if not isinstance(answer, tuple):
            self._tell(tr("The cells changed meanwhile: look again."))
            return
        search, found = answer
        self._search = search
        self._show_hit(found)
        self._tell(self._sentence(found))

    def _show_hit(self, found: Found) -> None:
        if found.cell is not None:
            self._grid.select(Selection.at(*found.cell))

    def _sentence(self, found: Found) -> str:
        aim, step = self._aim, self._step
        assert aim is not None
        assert step is not None
        if found.cell is None:
            if slicing_of(self._grid.source) is not None:
                return tr("{what}: none in this slice.", what=aim.title) if aim.title else tr("Not in this slice.")
            return tr("{what}: none here.", what=aim.title) if aim.title else tr("Not found.")
        text = tr("{ordinal} of {total}", ordinal=f"{found.ordinal:,}", total=f"{found.total:,}")
        if aim.title:
            text = tr("{what}: {which}", what=aim.title, which=text)
        if not found.wrapped:
            return text
        if found.total == 1:
            return f"{text}. {tr('There is no other.')}"
        way = tr("From the first cell on again.") if step.forward else tr("From the last cell back again.")
        return f"{text}. {way}"

    def _forget(self) -> None:
        """Other cells: what was counted isn't true any more."""
        self._reading.cancel()
        self._search = None


def title_of(which: str) -> str:
    """How an extreme is called."""
    return {
        LARGEST: tr("Largest value"),
        SMALLEST: tr("Smallest value"),
        MAGNITUDE: tr("Largest magnitude"),
    }[which]


def finder_of(grid: Grid) -> Finder:
    """The finder of a grid, made where it has none yet."""
    found = grid.findChild(Finder)
    return found if found is not None else Finder(grid)


def _work(step: _Step, reader: Reader, teller: Teller) -> object:
    """What the thread does."""

    def goes_on(part: float) -> bool:
        teller.progress(part)
        return not teller.unwanted

    return _done(step, reader.read, goes_on, teller.notice)


def _done(step: _Step, read: Read, goes_on: GoesOn, notice: Callable[[Found], object]) -> tuple[Search | None, object]:
    search = step.search
    if search is None:
        query = extreme_query(step.aim.extreme, read, step.rows, step.columns, goes_on)
        if query is None:
            return None, Found(None, total=0)
        search = Search(query, step.rows, step.columns, step.texts)
    return search, search.run(
        read, step.start, forward=step.forward, inclusive=step.inclusive, goes_on=goes_on, notice=notice
    )


def _texts(cells: np.ndarray, *, written: CellFormat, rest_s: float) -> list[str]:
    if rest_s:
        time.sleep(rest_s)  # writing holds the interpreter: the window gets its turn between
    return cell_texts(cells.reshape(1, -1), written)[0] if cells.size else []
