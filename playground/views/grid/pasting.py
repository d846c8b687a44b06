"""Pastes into a grid: reads the clipboard, in a thread where it is large, asks what is unclear, and wishes one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QThread, QTimer

from playground.files.pasted.convert import Cancelled
from playground.files.pasted.outcome import Ambiguous, Outcome, Pasted, Unreadable
from playground.record import Record
from playground.translation import tr
from playground.views.grid.clipboard import at_the_end, contents, read_contents
from playground.views.grid.question import Answer, Question, preview
from playground.views.grid.selection import Selection
from playground.views.grid.slice_source import slicing_of
from playground.views.grid.source import GridEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.grid import Grid
    from playground.views.grid.source import BlockSource

AT_ONCE = 8000
"""Characters that are read within a frame, whatever they are."""
_SAID_AFTER_MS = 500

Box = tuple[int, int, int, int]


class _Declined(Record, eq=False):
    """A paste that was refused with an offer: pasting the same again accepts it."""

    own: bytes
    text: str
    dtype: np.dtype[np.generic]
    pasted: Pasted


class Pasting:
    """The paste command of one grid; one at a time, a newer one takes the place of an older."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._declined: _Declined | None = None
        self._reader: _Reader | None = None
        grid.destroyed.connect(lambda: self.cancel())

    def paste(self) -> None:
        """Read the clipboard for the selection as it is now."""
        self.cancel()
        own, text = contents()
        grid, declined = self._grid, self._declined
        self._declined = None
        dtype, box = grid.source.dtype, grid.selection.box
        if declined is not None and (own, text, dtype) == (declined.own, declined.text, declined.dtype):
            self._place(declined.pasted, box)
        elif len(own) + len(text) <= AT_ONCE:
            self._take(read_contents(own, text, dtype), own, text, box)
        else:
            self._reader = reader = _Reader(own, text, dtype)
            size = grid.source.shape
            reader.finished.connect(lambda: self._on_read(reader, box, size))
            start_reading(reader)
            QTimer.singleShot(_SAID_AFTER_MS, grid, lambda: self._say_reading(reader))

    def cancel(self) -> bool:
        """Give up what is being read; False where nothing is."""
        reader, self._reader = self._reader, None
        if reader is None:
            return False
        reader.requestInterruption()
        return True

    def _say_reading(self, reader: _Reader) -> None:
        if self._reader is reader:
            self._grid.refused.emit(tr("Reading the clipboard… Esc gives it up."))

    def _on_read(self, reader: _Reader, box: Box, size: tuple[int, ...]) -> None:
        finished(reader)
        if self._reader is not reader:
            return
        self._reader = None
        source = self._grid.source
        if reader.outcome is None:
            return
        if (source.shape, source.dtype) != (size, reader.dtype) or not self._grid.editable:
            self._grid.refused.emit(tr("The array changed while the clipboard was read: paste again."))
            return
        self._take(reader.outcome, reader.own, reader.text, box)

    def _take(self, outcome: Outcome, own: bytes, text: str, box: Box) -> None:
        if isinstance(outcome, Pasted):
            self._place(outcome, box)
        elif isinstance(outcome, Ambiguous):
            self._ask_reading(outcome, box)
        else:
            self._refuse(outcome, own, text)

    def _refuse(self, read: Unreadable, own: bytes, text: str) -> None:
        if read.wide is not None:
            self._declined = _Declined(own, text, self._grid.source.dtype, read.wide)
        self._grid.refused.emit(read.message)

    def _ask_reading(self, read: Ambiguous, box: Box) -> None:
        answers = []
        for reading in read.readings:
            title, pasted = reading.title, reading.pasted
            if pasted.values.dtype != self._grid.source.dtype:
                title = tr("{title}, as {dtype}", title=title, dtype=pasted.values.dtype)
            answers.append(Answer(title, preview(pasted.values, pasted.kept)))
        self._ask(read.question, answers, lambda number: self._place(read.readings[number].pasted, box))

    def _ask(self, sentence: str, answers: list[Answer], then: Callable[[int], object]) -> None:
        question = Question(tr("Paste"), sentence, answers, self._grid)
        question.answered.connect(then)
        question.finished.connect(self._go_back)
        question.open()

    def _go_back(self) -> None:
        """The keys go where they went before the question: not every window manager sees to that."""
        self._grid.window().activateWindow()
        self._grid.setFocus()

    def _place(self, pasted: Pasted, box: Box) -> None:
        """Repeat the block over the selection where it fits, and ask where it reaches over the border."""
        pasted = spread(pasted, box[1] - box[0], box[3] - box[2])
        source = self._grid.source
        (height, width), (row, column) = pasted.values.shape, (box[0], box[2])
        rows, columns = max(source.rows, row + height), max(source.columns, column + width)
        if (rows, columns) == (source.rows, source.columns):
            self._write(pasted, row, column)
            return
        clipped = _clipped(pasted, source.rows - row, source.columns - column)
        name = self._grid.name or tr("the array")
        size = f"{clipped.values.shape[0]}×{clipped.values.shape[1]}"
        clip = Answer(tr("Paste only the {size} cells that fit", size=size))
        grow = Answer(tr("Extend {name} to {size}", name=name, size=_grown(source, rows, columns)))
        can_grow = source.ndim == 2 or (source.ndim == 1 and rows == 1)
        sentence = tr("{height}×{width} cells reach over the border.", height=height, width=width)

        def answer(number: int) -> None:
            if not (can_grow and number == 0):
                self._write(clipped, row, column)
            elif (edit := self._edit(pasted, row, column)) is not None:
                self._grid.growRequested.emit(rows, columns, edit)
                self._select(edit)

        self._ask(sentence, [grow, clip] if can_grow else [clip], answer)

    def _write(self, pasted: Pasted, row: int, column: int) -> None:
        edit = self._edit(pasted, row, column)
        if edit is None:
            return
        if edit.values.dtype != self._grid.source.dtype:
            self._grid.dtypeRequested.emit(edit.values.dtype, edit)
        else:
            self._grid.blockEdited.emit(edit)
        self._select(edit)

    def _edit(self, pasted: Pasted, row: int, column: int) -> GridEdit | None:
        """Put what stands in the grid now where cells are kept (beyond the border that is 0); None while it is away."""
        if pasted.kept is None:
            return GridEdit(row, column, pasted.values)
        height, width = pasted.values.shape
        source = self._grid.source
        block = source.block(row, min(row + height, source.rows), column, min(column + width, source.columns))
        if block is None:
            self._grid.refused.emit(tr("These cells are not here yet: try again in a moment."))
            return None
        now = np.zeros_like(pasted.values)
        now[: block.shape[0], : block.shape[1]] = block
        return GridEdit(row, column, np.where(pasted.kept, now, pasted.values))

    def _select(self, edit: GridEdit) -> None:
        height, width = edit.values.shape
        row, column = edit.row, edit.column
        self._grid.select(Selection(row, column, row, column, row + height - 1, column + width - 1))


def _grown(source: BlockSource, rows: int, columns: int) -> str:
    """The array's sizes when its picture has so many rows and columns: ``5×6``, ``3×5×6``."""
    slicing = slicing_of(source)
    sizes = (rows, columns) if slicing is None else slicing.grown(rows, columns)
    return "×".join(map(str, sizes))


def spread(pasted: Pasted, height: int, width: int) -> Pasted:
    """Repeat a block over a selection of whole multiples of it; one row over a taller one, one column over a wider."""
    rows, columns = pasted.values.shape
    if not rows or not columns:
        return pasted
    down = height // rows if height % rows == 0 and (width == 1 or width % columns == 0) else 1
    across = width // columns if width % columns == 0 and (height == 1 or height % rows == 0) else 1
    if down * across == 1:
        return pasted
    kept = None if pasted.kept is None else np.tile(pasted.kept, (down, across))
    return Pasted(np.tile(pasted.values, (down, across)), kept)


def _clipped(pasted: Pasted, rows: int, columns: int) -> Pasted:
    kept = None if pasted.kept is None else pasted.kept[:rows, :columns]
    return Pasted(pasted.values[:rows, :columns], kept)


class _Reader(QThread):
    """Reads a clipboard. ``outcome`` is None where it was given up."""

    def __init__(self, own: bytes, text: str, dtype: np.dtype[np.generic]) -> None:
        super().__init__()
        self.own, self.text, self.dtype = own, text, dtype
        self.outcome: Outcome | None = None

    def run(self) -> None:
        """Read until it is done or given up."""
        try:
            self.outcome = read_contents(self.own, self.text, self.dtype, self.isInterruptionRequested)
        except Cancelled:
            self.outcome = None


_running: set[QThread] = set()  # a thread that is given up must not be destroyed while it runs


def start_reading(reader: QThread) -> None:
    """Start a thread that asks whether it is interrupted; at the end of the program it is, and waited for."""
    at_the_end(stop_reading)
    _running.add(reader)
    reader.start()


def finished(reader: QThread) -> None:
    """Let go of a thread that has ended."""
    _running.discard(reader)
    reader.deleteLater()


def stop_reading() -> None:
    """Give up whatever is being read and wait for it: the program ends."""
    for reader in _running:
        reader.requestInterruption()
        reader.wait()
    _running.clear()
