"""Reads files into the workspace; everything that goes wrong is one quiet sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.files.errors import FileError, from_system
from playground.files.load import load
from playground.files.mplay import read_document
from playground.files.naming import entry_name
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.edits import AddArray
from playground.workspace.workspace import ArrayEntry, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from playground.session.session import Session

Content = Workspace | tuple[ArrayEntry, ...] | FileError
"""What a file turned out to hold: a saved workspace, arrays to add, or the reason why it can't be read."""


def read(path: Path) -> Content:
    """Read a file. Slow for a large one; call it where nobody waits."""
    try:
        if path.suffix.lower() == ".mplay":
            return read_document(path).workspace
        arrays = load(path).arrays
        return tuple(ArrayEntry(key or path.stem, Array.of(array, copy=False)) for key, array in arrays.items())
    except OSError as error:
        return error if isinstance(error, FileError) else from_system(path, error)
    except ArrayError as error:
        return FileError(tr("{file} can't be opened: {why}", file=path.name, why=str(error)))


def take(session: Session, content: Content) -> bool:
    """Put what was read into the document; False, with a sentence shown, where there is nothing to put."""
    if isinstance(content, FileError):
        session.notify("file", f"{content} {content.hint}".strip())
        return False
    if isinstance(content, Workspace):
        session.open_workspace(content)
        return True
    _add(session, content)
    return True


def _add(session: Session, entries: tuple[ArrayEntry, ...]) -> None:
    """Append all arrays of one file as one undo step, and choose the last."""
    label = tr("Open {count} arrays", count=len(entries))
    for entry in entries:
        edit = AddArray(entry_name(entry.name, session.snapshot.workspace.names), entry.array)
        session.move(edit)
        session.select(edit.name)
        label = edit.label if len(entries) == 1 else label
    session.finish_move(label)
