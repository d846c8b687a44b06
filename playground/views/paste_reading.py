"""What a pasted text is: an error that tells shapes, a table of numbers, or code. Long ones are read in a thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QThread

from playground.files.pasted.convert import Cancelled
from playground.files.pasted.outcome import Ambiguous, Pasted, Unreadable
from playground.files.pasted.read import from_text
from playground.language.pasted.snippet_lines import MOST_CHARACTERS, is_code
from playground.session.pasting import error_in
from playground.views.grid.pasting import AT_ONCE, finished, start_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtCore import QObject

    from playground.language.pasted.traceback_text import Retold

    Found = Retold | Pasted | Unreadable | None
    """None for code."""

_FLOATS = np.dtype(np.float64)


def read_text(text: str, names: Collection[str], owner: QObject, then: Callable[[Found], object]) -> None:
    """Call ``then`` with what ``text`` is: at once, or for a long one when it is read, if ``owner`` still lives."""
    if len(text) <= AT_ONCE:
        then(found_in(text, names))
        return
    reader = _Reader(text, tuple(names))
    alive = [True]
    owner.destroyed.connect(alive.clear)

    def take() -> None:
        finished(reader)
        if alive and reader.read:
            then(reader.found)

    reader.finished.connect(take)
    start_reading(reader)


class _Reader(QThread):
    """Reads one text; ``read`` is False where it was given up, as the program ended."""

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        super().__init__()
        self._text, self._names = text, names
        self.found: Found = None
        self.read = False

    def run(self) -> None:
        """Read until it is done or given up."""
        with contextlib.suppress(Cancelled):
            self.found = found_in(self._text, self._names, self.isInterruptionRequested)
            self.read = True


def found_in(text: str, names: Collection[str], cancelled: Callable[[], bool] | None = None) -> Found:
    """Read a text; raises ``Cancelled`` where ``cancelled`` says so.

    What is longer than code may be is a table or nothing. A table that can't be read says so itself where its cells
    are parted by tabs; other text is left to be read as code.
    """
    if len(text) <= MOST_CHARACTERS:
        told = error_in(text, names)
        if told is not None:
            return told
        if is_code(text):
            return None
    table = from_text(text, _FLOATS, cancelled=cancelled)
    if isinstance(table, Ambiguous):
        table = table.readings[0].pasted
    is_table = isinstance(table, Pasted) or "\t" in text or len(text) > MOST_CHARACTERS
    return table if is_table else None
