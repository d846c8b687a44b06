"""Reads many cells in a thread beside the window: the latest question wins, and none is waited for."""

from __future__ import annotations

import atexit
import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np


_PROGRESS_S = 0.05


class CellsGoneError(Exception):
    """Cells can't be had (any more): their result was replaced, their file changed; the message is for a person."""


class Reader(Protocol):
    """Gives cells to a thread that may wait for them. Its source makes it in the window's thread."""

    tall: bool
    """Whether the cells lie column by column where they are read."""

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Cells ``[r0:r1, c0:c1]`` of the source, in one thread, whichever; raises `CellsGoneError`."""
        ...

    def close(self) -> None:
        """Nobody wants cells any more: let a thread that waits for some wait no longer. From the window's thread."""
        ...


class Readable(Protocol):
    """A source of cells that a thread may read."""

    def reader(self) -> Reader:
        """Something that reads the cells as they are now."""
        ...


class Teller(Protocol):
    """What a piece of work says while it reads, and asks whether it is still wanted."""

    @property
    def unwanted(self) -> bool:
        """Whether nobody waits for the answer any more; then return, whatever it is."""
        ...

    def progress(self, part: float) -> None:
        """Which part is done, between 0 and 1."""
        ...

    def notice(self, found: object) -> None:
        """Something that is worth knowing before the answer."""
        ...


class Reading(QObject):
    """Does one piece of work at a time, in a thread of its own.

    Nothing it does waits, except ``stop``; a program that ends does that for all. With its parent it gives up.

    Signals
    -------
    finished
        What the work that was asked for last returned, None where cells couldn't be had. Never of older work, and not
        after ``cancel``.
    noticed
        What the same work found worth knowing before its end.
    progressed
        Which part of it is done, between 0 and 1.
    """

    finished = Signal(object)
    noticed = Signal(object)
    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None
        self._waiting: _Thread | None = None
        if parent is not None:
            parent.destroyed.connect(lambda: self.cancel())

    def begin(self, source: Readable, work: Callable[[Reader, Teller], object]) -> None:
        """Do ``work`` on the cells of ``source``, instead of what is being done."""
        self.cancel()
        self._waiting = _Thread(source.reader(), work)
        self._next()

    def cancel(self) -> None:
        """Nobody waits for an answer any more."""
        self._waiting = None
        if self._thread is not None:
            self._thread.give_up()

    def stop(self) -> None:
        """Cancel, and wait until nothing is read: no longer than one piece takes."""
        self.cancel()
        if self._thread is not None:
            self._thread.wait()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting is not None or (self._thread is not None and not self._thread.unwanted)

    def _next(self) -> None:
        if self._thread is not None or self._waiting is None:
            return
        self._thread, self._waiting = self._waiting, None
        self._thread.progressed.connect(self._on_progressed)
        self._thread.noticed.connect(self._on_noticed)
        self._thread.finished.connect(self._on_ended)
        _start(self._thread)

    def _on_progressed(self, part: float) -> None:
        if self._thread is not None and not self._thread.unwanted and self.sender() is self._thread:
            self.progressed.emit(part)

    def _on_noticed(self, found: object) -> None:
        if self._thread is not None and not self._thread.unwanted and self.sender() is self._thread:
            self.noticed.emit(found)

    def _on_ended(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        answer, unwanted = thread.answer, thread.unwanted
        thread.wait()  # `finished` comes from the thread's last moments
        thread.deleteLater()
        if not unwanted:
            self.finished.emit(answer)
        self._next()


class _Thread(QThread):
    """Does one piece of work, and is its `Teller`."""

    progressed = Signal(float)
    noticed = Signal(object)

    def __init__(self, reader: Reader, work: Callable[[Reader, Teller], object]) -> None:
        super().__init__()
        self._reader, self._work = reader, work
        self.unwanted = False
        self.answer: object = None
        self._next_progress = 0.0

    def give_up(self) -> None:
        """Nobody wants the answer any more."""
        self.unwanted = True
        self._reader.close()

    def progress(self, part: float) -> None:
        """Tell the window's thread, some times a second."""
        now = time.monotonic()
        if now >= self._next_progress:
            self._next_progress = now + _PROGRESS_S
            self.progressed.emit(part)

    def notice(self, found: object) -> None:
        """Tell the window's thread."""
        self.noticed.emit(found)

    def run(self) -> None:
        try:
            self.answer = self._work(self._reader, self)
        except (CellsGoneError, MemoryError):
            self.answer = None


_running: set[_Thread] = set()  # a thread that is given up must not be destroyed while it runs
_stopping: list[QCoreApplication] = []  # that stop all threads when they end


def _start(thread: _Thread) -> None:
    application = QCoreApplication.instance()
    if application is not None and application not in _stopping:
        _stopping.append(application)
        application.aboutToQuit.connect(stop_reading)
        atexit.register(stop_reading)  # for programs that leave without quitting the application
    _running.add(thread)
    thread.finished.connect(lambda: _running.discard(thread))
    thread.start()


def stop_reading() -> None:
    """Give up whatever is being read and wait for it: the program ends."""
    for thread in tuple(_running):
        thread.give_up()
        thread.wait()
    _running.clear()
