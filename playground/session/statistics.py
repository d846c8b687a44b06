"""Statistics of chosen cells, taken by a thread beside the window: the latest question wins, none is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QThread, Signal

from playground.record import Record
from playground.workspace.statistics import Cells, Tally, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from playground.workspace.statistics import Statistics


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


class Summing(QObject):
    """Takes the statistics of cells of a source, in a thread of its own and piece by piece.

    Nothing it does waits. Who owns it calls ``stop`` before it goes.

    Signals
    -------
    finished
        The ``Statistics`` of the cells asked for last, or None where they can't be had. Never of cells that were asked
        for before, and not after ``cancel``.
    progressed
        Which part of the cells is read, between 0 and 1.
    """

    finished = Signal(object)
    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None
        self._waiting: _Question | None = None

    def start(self, source: Readable, boxes: Sequence[Cells]) -> None:
        """Ask for the statistics of all cells in ``boxes``; a cell in several of them counts once."""
        self.cancel()
        self._waiting = _Question(source.reader(), tuple(boxes))
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
        question, self._waiting = self._waiting, None
        self._thread = thread = _Thread(question)
        thread.progressed.connect(self._on_progressed)
        thread.finished.connect(self._on_ended)
        thread.start()

    def _on_progressed(self, part: float) -> None:
        if self._thread is not None and not self._thread.unwanted:
            self.progressed.emit(part)

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


class _Question(Record, eq=False):
    """Whose cells, and which."""

    reader: Reader
    boxes: tuple[Cells, ...]


class _Thread(QThread):
    """Answers one question."""

    progressed = Signal(float)

    def __init__(self, question: _Question) -> None:
        super().__init__()
        self._question = question
        self.unwanted = False
        self.answer: Statistics | None = None

    def give_up(self) -> None:
        """Nobody wants the answer any more."""
        self.unwanted = True
        self._question.reader.close()

    def run(self) -> None:
        reader, boxes = self._question.reader, self._question.boxes
        tally, read = Tally(), 0
        todo = sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in boxes)  # at most: boxes may overlap
        try:
            for piece in pieces(boxes, tall=reader.tall):
                if self.unwanted:
                    return
                cells = reader.read(*piece)
                tally.add(cells)
                read += cells.size
                if read < todo:
                    self.progressed.emit(read / todo)
        except (CellsGoneError, MemoryError):
            return
        self.answer = tally.statistics
