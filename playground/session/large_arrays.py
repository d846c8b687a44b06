"""What of large arrays is read beside the window: blocks of those that stay in files, and the limits of all cells."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

from playground.session.reading import CellsGoneError, Reading
from playground.workspace.limits import finite_limits, joined_limits
from playground.workspace.statistics import pieces
from playground.workspace.stored import StoredError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

    from playground.session.reading import Reader, Teller
    from playground.workspace.arrays import Array
    from playground.workspace.limits import Limits
    from playground.workspace.stored import StoredCells

    Base = np.ndarray | StoredCells
    Place = tuple[int, ...]

_PIECE: Final = 1 << 20
"""Cells that are looked at for limits at once: 8 MiB of float64."""
_MOST_PREPARED: Final = 16
"""Tiles that may wait to be made ready."""
_MOST_WAITING: Final = 256
"""Blocks that may wait to be read; of more, those asked for first are given up: they are out of sight."""


class LargeArrays(QObject):
    """Reads for the grids of one window. Nothing it does waits; who owns it calls ``stop`` before it goes.

    Signals
    -------
    cellsArrived
        ``StoredCells``, the place that was asked for, and its cells; None where they could not be read or were too many
        to wait for.
    limitsKnown
        The base of an array whose limits are known from now on.
    unreadable
        The sentence that says why cells of a file can't be read; once for each file and reason.
    """

    cellsArrived = Signal(object, object, object)
    limitsKnown = Signal(object)
    unreadable = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _BlockThread | None = None
        self._scan: Reading | None = None
        self._scanned: Array | None = None
        self._to_scan: deque[Array] = deque()
        self._limits: dict[int, tuple[weakref.ref[Base], Limits]] = {}
        self._tiles: dict[int, tuple[weakref.ref[np.ndarray], Limits]] = {}
        self._asked: set[tuple[int, Place]] = set()
        self._told: weakref.WeakKeyDictionary[StoredCells, str] = weakref.WeakKeyDictionary()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read."""
        return bool(self._asked or self._to_scan or self._scanned is not None)

    # -- blocks --------------------------------------------------------------------------------------------------

    def request(self, cells: StoredCells, place: Place) -> None:
        """Ask for cells of a file; what was asked for last comes first."""
        self._asked.add((id(cells), place))
        self._begun().ask(cells, place)

    def prepare(self, cells: StoredCells, row: int, column: int) -> None:
        """Have a tile of a file ready for edits, after all that is asked for."""
        self._begun().prepare(cells, row, column)

    def _begun(self) -> _BlockThread:
        if self._thread is None:
            self._thread = _BlockThread()
            self._thread.read.connect(self._on_read)
            self._thread.start()
        return self._thread

    def _on_read(self, cells: StoredCells, place: Place, found: np.ndarray | None, problem: str) -> None:
        self._asked.discard((id(cells), place))
        self.cellsArrived.emit(cells, place, found)
        if problem and self._told.get(cells) != problem:
            self._told[cells] = problem
            self.unreadable.emit(problem)

    # -- limits --------------------------------------------------------------------------------------------------

    def knows(self, array: Array) -> bool:
        """Whether an array's limits are known; those that aren't are looked for, and ``limitsKnown`` tells of them."""
        found = self._limits.get(id(array.base))
        if found is not None and found[0]() is array.base:
            return True
        self._look_for(array.unedited)
        return False

    def limits(self, array: Array) -> Limits:
        """The limits of an array that is known, its edits and the cells under them included."""
        limits = self._limits[id(array.base)][1]
        for tile in array.tiles:
            known = self._tiles.get(id(tile))
            if known is None or known[0]() is not tile:  # most are those of the edit before
                known = self._tiles[id(tile)] = weakref.ref(tile), finite_limits(tile)
            limits = joined_limits(limits, known[1])
        return limits

    def keep(self, arrays: Iterable[Array]) -> None:
        """Look for the limits of no other arrays: they have gone."""
        bases = {id(array.base) for array in arrays}
        self._limits = {key: known for key, known in self._limits.items() if known[0]() is not None}
        self._tiles = {key: known for key, known in self._tiles.items() if known[0]() is not None}
        self._to_scan = deque(array for array in self._to_scan if id(array.base) in bases)
        if self._scan is not None and self._scanned is not None and id(self._scanned.base) not in bases:
            self._scanned = None
            self._scan.cancel()
            self._next()

    def stop(self) -> None:
        """End what reads, and wait for it: no longer than one piece takes."""
        self._to_scan.clear()
        self._asked.clear()
        self._scanned = None
        if self._scan is not None:
            self._scan.stop()
        if self._thread is not None:
            self._thread.end()
            self._thread = None

    def _look_for(self, array: Array) -> None:
        waiting = [*self._to_scan, *([self._scanned] if self._scanned is not None else ())]
        if all(other.base is not array.base for other in waiting):
            self._to_scan.append(array)
            self._next()

    def _next(self) -> None:
        if self._scanned is not None or not self._to_scan:
            return
        if self._scan is None:
            self._scan = Reading(self)
            self._scan.finished.connect(self._on_scanned)
        self._scanned = array = self._to_scan.popleft()
        self._scan.begin(_Unedited(array), partial(_scanned, array.shape_2d))

    def _on_scanned(self, found: tuple[Limits] | None) -> None:
        array, self._scanned = self._scanned, None
        if array is not None and found is not None:
            self._limits[id(array.base)] = weakref.ref(array.base), found[0]
            self.limitsKnown.emit(array.base)
        elif array is not None and array.stored is not None and array.stored.problem:
            self._on_read(array.stored, (), None, array.stored.problem)
        self._next()


class _Unedited:
    """The cells of an array before any edit, as a thread reads them."""

    def __init__(self, array: Array) -> None:
        self._array = array
        self.tall = array.stored is not None and array.stored.tall

    def reader(self) -> Reader:
        return self

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        try:
            return self._array.block(r0, r1, c0, c1)
        except StoredError as error:
            raise CellsGoneError(str(error)) from error

    def close(self) -> None:
        """A read ends by itself."""


def _scanned(shape: tuple[int, int], reader: Reader, teller: Teller) -> tuple[Limits] | None:
    limits: Limits = None
    for piece in pieces([(0, shape[0], 0, shape[1])], tall=reader.tall, most=_PIECE):
        if teller.unwanted:
            return None
        limits = joined_limits(limits, finite_limits(reader.read(*piece)))
    return (limits,)


class _BlockThread(QThread):
    """Reads blocks of files until it is ended, those asked for last first; and tiles to be edited, after all blocks."""

    read = Signal(object, object, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._news = threading.Condition()
        self._wanted: dict[tuple[int, Place], tuple[StoredCells, Place]] = {}
        self._tiles: deque[tuple[StoredCells, int, int]] = deque(maxlen=_MOST_PREPARED)
        self._ending = False

    def ask(self, cells: StoredCells, place: Place) -> None:
        """Read that soon."""
        with self._news:
            self._wanted[id(cells), place] = cells, place
            given_up = self._wanted.pop(next(iter(self._wanted))) if len(self._wanted) > _MOST_WAITING else None
            self._news.notify()
        if given_up is not None:
            self.read.emit(*given_up, None, "")

    def prepare(self, cells: StoredCells, row: int, column: int) -> None:
        """Have a tile kept."""
        with self._news:
            self._tiles.append((cells, row, column))
            self._news.notify()

    def end(self) -> None:
        """Read nothing any more, and wait for that."""
        with self._news:
            self._ending = True
            self._wanted.clear()
            self._tiles.clear()
            self._news.notify()
        self.wait()

    def run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._ending or self._wanted or self._tiles)
                if self._ending:
                    return
                wanted = self._wanted.popitem()[1] if self._wanted else None
                tile = self._tiles.pop() if wanted is None else None
            if wanted is not None:
                self._read(*wanted)
            elif tile is not None:
                with suppress(StoredError, MemoryError):  # nobody waits for it: who edits hears why
                    tile[0].keep_tile(*tile[1:])
            del wanted, tile  # an array that has gone is not kept by what was read of it last

    def _read(self, cells: StoredCells, place: Place) -> None:
        found, problem = None, ""
        try:
            found = cells.window(place)
        except StoredError as error:
            problem = str(error)
        except MemoryError:
            pass
        self.read.emit(cells, place, found, problem)
