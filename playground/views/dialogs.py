"""Dialogs for files, and what happens with the chosen paths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from playground.files.errors import FileError
from playground.files.save import save, save_document
from playground.session.opening import Code, Partly, read, said, take
from playground.session.saved_view import document_of
from playground.translation import tr
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from playground.session.opening import Content
    from playground.session.session import Session
    from playground.views.main_window import MainWindow
    from playground.workspace.arrays import Array

_WRITTEN_BESIDE = 32 << 20
"""Bytes of arrays from which on a file is written in a thread: about a tenth of a second."""


class Dialogs(QObject):
    """Opens and saves. Files are read in a thread of their own, so that a large one doesn't freeze the window.

    Signals
    -------
    allRead
        Every file that was asked for has been opened, or its refusal said.
    allWritten
        What was being written is written, or it was said why not.
    """

    allRead = Signal()
    allWritten = Signal()

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._readers: list[_Reader] = []
        self._writers: list[_Writer] = []
        self._refusals: list[str] = []

    def open_files(self) -> None:
        """Ask for files and open them."""
        kinds = tr("Arrays and workspaces") + " (*.npy *.npz *.csv *.tsv *.txt *.json *.mplay *.py)"
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open"), "", f"{kinds};;{tr('All files')} (*)")
        self.open_paths(names)

    def open_paths(self, names: Sequence[str | Path]) -> None:
        """Open files; what can't be opened is said in a sentence."""
        for name in names:
            reader = _Reader(Path(name))
            reader.finished.connect(self._on_read)
            self._readers.append(reader)
            reader.start()

    def save_workspace(self) -> None:
        """Ask for a place and keep all entries there."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save workspace"), "workspace.mplay", tr("Workspace") + " (*.mplay)"
        )
        if name:
            snapshot = self._session.snapshot
            document = document_of(snapshot)
            nbytes = sum(array.nbytes for array in snapshot.workspace.arrays.values())
            self._write(Path(name).with_suffix(".mplay"), lambda path: save_document(path, document), nbytes)

    def export_selected(self) -> None:
        """Ask for a place and write the chosen array, or the result of the chosen formula, there."""
        name = self._session.snapshot.selected
        if name is None:
            return
        values = self._values(name)
        if values is None:
            self._session.notify("file", tr("{name} has no value that could be written yet.", name=name))
            return
        kinds = "NumPy (*.npy);;CSV (*.csv);;TSV (*.tsv);;JSON (*.json)"
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Export {name}", name=name), f"{name}.npy", kinds)
        if path:
            self._write(Path(path), lambda file: save(file, arrays={name: values}), values.nbytes)

    def about(self) -> None:
        """Version and licence."""
        QMessageBox.about(
            self._window,
            tr("Matrix Playground"),
            tr("Matrix Playground — a place to touch a matrix.\nMIT licence."),
        )

    def stop(self) -> None:
        """Wait for what is being read and written."""
        for thread in (*self._readers, *self._writers):
            thread.wait()
        self._readers.clear()
        self._writers.clear()

    def _values(self, name: str) -> np.ndarray | Array | None:
        entry = self._session.snapshot.workspace.get(name)
        if isinstance(entry, ArrayEntry):
            return entry.array
        state = self._session.snapshot.results.get(name)
        return state.result.value if state is not None and state.result is not None and state.current else None

    def _write(self, path: Path, write: Callable[[Path], object], nbytes: int) -> None:
        """Write a file; a large one in a thread, while its arrays, which never change, can be edited on."""
        writer = _Writer(path, write)
        self._writers.append(writer)
        if nbytes < _WRITTEN_BESIDE:
            writer.run()
            self._say_written(writer)
            return
        self._session.notify("file", tr("Saving {name}…", name=path.name))
        writer.finished.connect(self._on_written)
        writer.start()

    def _on_written(self) -> None:
        writer = self.sender()
        if isinstance(writer, _Writer) and writer in self._writers:
            writer.wait()  # `finished` comes from the thread's last moments
            self._say_written(writer)

    def _say_written(self, writer: _Writer) -> None:
        self._writers.remove(writer)
        self._session.notify("file", writer.sentence)
        writer.deleteLater()
        if not self._writers:
            self.allWritten.emit()

    def _on_read(self) -> None:
        reader = self.sender()
        if isinstance(reader, _Reader) and reader in self._readers:
            self._readers.remove(reader)
            if isinstance(reader.content, FileError):
                self._refusals.append(f"{reader.content} {reader.content.hint}".strip())
            elif isinstance(reader.content, Code):
                from playground.views.paste_report import paste_text  # code is seldom opened

                paste_text(self._window, reader.content.text)
            else:
                take(self._session, reader.content)
                if isinstance(reader.content, Partly):
                    self._refusals.append(said(reader.content))
            reader.deleteLater()
            if not self._readers:
                self.allRead.emit()
                self._say_refusals()

    def _say_refusals(self) -> None:
        """Say what could not be opened, after all the rest: an entry that is added takes an older line away."""
        if self._refusals:
            self._session.notify("file", " ".join(self._refusals))
            self._refusals.clear()


class _Reader(QThread):
    """Reads one file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.content: Content = ()

    def run(self) -> None:
        self.content = read(self._path)


class _Writer(QThread):
    """Writes one file."""

    def __init__(self, path: Path, write: Callable[[Path], object]) -> None:
        super().__init__()
        self._path, self._write = path, write
        self.sentence = ""

    def run(self) -> None:
        try:
            self._write(self._path)
        except FileError as error:
            self.sentence = f"{error} {error.hint}".strip()
        else:
            self.sentence = tr("Saved as {name}.", name=self._path.name)
