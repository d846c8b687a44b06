"""The clipboard in several forms: tab-separated text, a table of HTML, and for this program itself .npy."""

from __future__ import annotations

import atexit
import io
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QMimeData, QThread
from PySide6.QtGui import QGuiApplication

from playground.files.copied.tables import html, tsv
from playground.files.errors import FileError
from playground.files.npy import read_npy, write_npy
from playground.files.pasted.convert import NAMED_AT_MOST
from playground.files.pasted.outcome import Outcome, Pasted, Unreadable
from playground.files.pasted.read import from_text
from playground.translation import tr
from playground.workspace.casting import fitted, holding_dtype
from playground.workspace.editing import forced
from playground.workspace.numbers import shortest_text

if TYPE_CHECKING:
    from collections.abc import Callable

NPY = "application/x-matrix-playground-npy"
_AT_ONCE = 20_000
"""Cells that are written within a frame or two; of more the text follows from a thread."""
_HTML_AT_MOST = 200_000
_LOOKED_AT = 1000  # cells that don't fit are counted up to here
_writers: list[_Writer] = []
_stopping: list[Callable[[], None]] = []
_given: list[QMimeData] = []


def put_block(block: np.ndarray) -> None:
    """Put a 2-D block on the clipboard; of a large one the bytes at once, the texts as soon as they are written."""
    stop_writing()
    if block.size <= _AT_ONCE:
        _put(block, tsv(block), html(block))
        return
    data = QMimeData()
    data.setData(NPY, _npy_bytes(block))
    _set(data)
    writer = _Writer(block)
    at_the_end(stop_writing)
    _writers.append(writer)
    writer.finished.connect(lambda: _written(writer))
    writer.start()


def put_text(text: str) -> None:
    """Put plain text on the clipboard, in the place of everything."""
    stop_writing()
    QGuiApplication.clipboard().setText(text)


def stop_writing() -> None:
    """Wait for texts that are still being written, and forget them: something newer is copied, or the program ends."""
    while _writers:
        writer = _writers.pop()
        writer.requestInterruption()
        writer.wait()


def at_the_end(stop: Callable[[], None]) -> None:
    """Call ``stop`` before the program ends: a thread that still runs then would take it down.

    Qt tells where its event loop ends; Python, earlier than it ends itself, where there was none.
    """
    application = QCoreApplication.instance()
    if application is not None and stop not in _stopping:
        _stopping.append(stop)
        application.aboutToQuit.connect(stop)
        atexit.register(stop)


def contents() -> tuple[bytes, str]:
    """Give the clipboard's bytes of this program's own kind, and its text; empty where there is none."""
    data = QGuiApplication.clipboard().mimeData()
    own = bytes(data.data(NPY).data()) if data.hasFormat(NPY) else b""
    return own, "" if own else data.text()


def read_contents(
    own: bytes, text: str, dtype: np.dtype[np.generic], cancelled: Callable[[], bool] | None = None
) -> Outcome:
    """Read what ``contents`` gave as cells of ``dtype``."""
    if not own:
        return from_text(text, dtype, cancelled=cancelled)
    try:
        values = np.atleast_2d(read_npy(io.BytesIO(own), len(own), tr("the clipboard")))
    except FileError as error:
        return Unreadable(str(error))
    cast = fitted(values, dtype)
    if cast is not None:
        return Pasted(cast)
    named = _misfits(values, dtype)
    offer = holding_dtype(values, dtype)
    wide = fitted(values, offer) if offer is not None else None
    if offer is None or wide is None:
        return Unreadable(tr("{dtype} can't hold {named}.", dtype=dtype, named=named))
    return Unreadable(
        tr("Not exact: {named}. Paste again to change to {dtype}.", named=named, dtype=offer), offer, Pasted(wide)
    )


def _misfits(values: np.ndarray, dtype: np.dtype[np.generic]) -> str:
    """Name the first cells that ``dtype`` can't hold, and count the others."""
    with np.errstate(all="ignore"):
        doubtful = forced(forced(values, dtype), values.dtype) != values  # those that are only rounded among them
    named: list[str] = []
    count = 0
    for row, column in np.argwhere(doubtful).tolist():
        cell = values[row : row + 1, column : column + 1]
        if fitted(cell, dtype) is not None:
            continue
        count += 1
        if count > _LOOKED_AT:
            return tr("{named} and many more", named=", ".join(named))
        if len(named) < NAMED_AT_MOST:
            text = shortest_text(cell[0, 0], values.dtype)
            named.append(tr("row {row}, column {column} (“{text}”)", row=row, column=column, text=text))
    more = count - len(named)
    joined = ", ".join(named)
    return tr("{named} and {count} more", named=joined, count=more) if more else joined


def _npy_bytes(block: np.ndarray) -> bytes:
    stream = io.BytesIO()
    write_npy(stream, block)
    return stream.getvalue()


def _put(block: np.ndarray, text: str, table: str) -> None:
    data = QMimeData()
    data.setText(text)
    if table:
        data.setHtml(table)
    data.setData(NPY, _npy_bytes(block))
    _set(data)


def _set(data: QMimeData) -> None:
    at_the_end(_leave_text)
    QGuiApplication.clipboard().setMimeData(data)
    _given[:] = [data]


def _leave_text() -> None:
    """Let the clipboard hold only the text, in Qt's own hands: it may outlive Python, what Python made must not."""
    clipboard = QGuiApplication.clipboard() if QGuiApplication.instance() is not None else None
    if clipboard is not None and _given and clipboard.mimeData() is _given[0]:
        clipboard.setText(_given[0].text())
    _given.clear()


def _written(writer: _Writer) -> None:
    if writer in _writers:  # nothing newer was copied here; what another program copied must stay
        _writers.remove(writer)
        data = QGuiApplication.clipboard().mimeData()
        if data.hasFormat(NPY):
            _put(writer.block, writer.text, writer.table)
    writer.deleteLater()


class _Writer(QThread):
    """Writes the texts of a large block."""

    def __init__(self, block: np.ndarray) -> None:
        super().__init__()
        self.block = block
        self.text = self.table = ""

    def run(self) -> None:
        """Write row after row, so that the window gets its turns; give up where something newer is copied."""
        lines = []
        for row in self.block:
            if self.isInterruptionRequested():
                return
            lines.append(tsv(row.reshape(1, -1)))
        self.text = "\n".join(lines)
        if self.block.size <= _HTML_AT_MOST:
            self.table = html(self.block)
