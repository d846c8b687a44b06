"""Cells of a large result for a thread that waits for them, asked for piece by piece by the window's own thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from playground.session.reading import CellsGoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from playground.session.job import Window
    from playground.workspace.slicing import Slicing


class ResultReader(QObject):
    """Reads one result for one thread at a time. It lives in the window's thread, which must call ``arrived``.

    Signals
    -------
    wanted
        A ``Window`` that the thread waits for.
    """

    tall = False
    wanted = Signal(object)

    def __init__(self, key: str, slicing: Slicing | None, request: Callable[[Window], None]) -> None:
        super().__init__()
        self._key, self._slicing, self._request = key, slicing, request
        self._news = threading.Condition()
        self._waits_for: Window | None = None
        self._cells: np.ndarray | None = None
        self._closed = False
        self.wanted.connect(self._ask)

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Cells ``[r0:r1, c0:c1]`` of the result's 2-D view, or of the picture of it."""
        place: tuple[int, ...] = (r0, r1, c0, c1)
        if self._slicing is not None:
            place = tuple(end for ends in self._slicing.box(r0, r1, c0, c1) for end in ends)
        with self._news:
            window: Window = (self._key, *place)
            self._waits_for = window
            self._cells = None
            self.wanted.emit(window)
            self._news.wait_for(lambda: self._closed or self._waits_for is None)
            cells = self._arrived()
        if cells is None:
            raise CellsGoneError
        return cells if self._slicing is None else self._slicing.picture(cells)

    def _arrived(self) -> np.ndarray | None:
        return self._cells

    def arrived(self, window: Window, cells: np.ndarray | None) -> bool:
        """Hand cells to the thread; False where it doesn't wait for them."""
        with self._news:
            if window != self._waits_for:
                return False
            self._waits_for, self._cells = None, cells
            self._news.notify()
        return True

    @property
    def closed(self) -> bool:
        """Whether nobody wants cells any more."""
        return self._closed

    def close(self) -> None:
        """Let the thread wait for nothing any more."""
        with self._news:
            self._closed = True
            self._news.notify()

    def _ask(self, window: Window) -> None:
        if not self._closed:
            self._request(window)
