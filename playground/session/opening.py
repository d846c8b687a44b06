"""Reads files into the workspace; everything that goes wrong is one quiet sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.files.errors import FileError, from_system
from playground.files.load import load, load_stored
from playground.files.mplay import read_document
from playground.files.naming import entry_name
from playground.record import Record
from playground.session.saved_view import seen_of
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.edits import AddArray
from playground.workspace.memory import bytes_text
from playground.workspace.workspace import ArrayEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playground.session.session import Session

_SAID = 8
_MOST_CODE = 500_000
"""Bytes of a file of code."""


class Code(Record):
    """Lines of Python, which are read as those that are pasted, and never run."""

    text: str


class Opened(Record):
    """A saved workspace, and the fields of a snapshot that tell how it was shown."""

    workspace: Workspace
    seen: Mapping[str, object]


class Partly(Record, eq=False):
    """Arrays to add, and the reasons why others of the same file can't be read, by their names."""

    file: str
    entries: tuple[ArrayEntry, ...]
    refused: Mapping[str, FileError]


Content = Workspace | Opened | tuple[ArrayEntry, ...] | Partly | Code | FileError
"""What a file turned out to hold: a saved workspace, arrays to add, code, or the reason why it can't be read."""


def read(path: Path) -> Content:
    """Read a file. Slow for a large one; call it where nobody waits."""
    try:
        if path.suffix.lower() == ".mplay":
            document = read_document(path)
            seen = seen_of(document)
            return Opened(document.workspace, seen) if seen else document.workspace
        if path.suffix.lower() == ".py":
            return _code(path)
        stored = load_stored(path)
        if stored is not None:
            return (ArrayEntry(path.stem, stored),)
        refused: dict[str, FileError] = {}
        arrays = load(path, refused=refused).arrays
        entries = tuple(ArrayEntry(key or path.stem, Array.of(array, copy=False)) for key, array in arrays.items())
        return Partly(path.name, entries, refused) if refused else entries
    except OSError as error:
        return error if isinstance(error, FileError) else from_system(path, error)
    except ArrayError as error:
        return FileError(tr("{file} can't be opened: {why}", file=path.name, why=str(error)))


def _code(path: Path) -> Code | FileError:
    with path.open("rb") as file:
        data = file.read(_MOST_CODE + 1)
    if len(data) > _MOST_CODE:
        return FileError(
            tr("{file} is too long: at most {limit} bytes of code are read.", file=path.name, limit=_MOST_CODE)
        )
    try:
        return Code(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return FileError(tr("{file} is no text in UTF-8.", file=path.name))


def take(session: Session, content: Content) -> bool:
    """Put what was read into the document; False, with a sentence shown, where there is nothing to put."""
    if isinstance(content, FileError):
        session.notify("file", f"{content} {content.hint}".strip())
        return False
    if isinstance(content, Workspace):
        session.open_workspace(content)
        return True
    if isinstance(content, Opened):
        session.open_workspace(content.workspace, **content.seen)
        return True
    if isinstance(content, Code):
        from playground.session.pasting import paste_code  # code is seldom opened

        paste_code(session, content.text)
        return True
    if isinstance(content, Partly):
        _add(session, content.entries)
        session.notify("file", said(content))
        return True
    _add(session, content)
    return True


def said(content: Partly) -> str:
    """Which arrays are missing, and the first reason why."""
    names = list(content.refused)
    shown = ", ".join(names[:_SAID]) + (", …" if len(names) > _SAID else "")
    count = {"count": len(names), "all": len(names) + len(content.entries)}
    missing = tr("{count} of {all} arrays of {file} are not opened: {names}.", file=content.file, names=shown, **count)
    first = content.refused[names[0]]
    return f"{missing} {first} {first.hint}".strip()


def _add(session: Session, entries: tuple[ArrayEntry, ...]) -> None:
    """Append all arrays of one file as one undo step, and choose the last."""
    label = tr("Open {count} arrays", count=len(entries))
    for entry in entries:
        edit = AddArray(entry_name(entry.name, session.snapshot.workspace.names), entry.array)
        session.move(edit)
        session.select(edit.name)
        label = edit.label if len(entries) == 1 else label
    session.finish_move(label)
    for entry in entries:
        if (cells := entry.array.stored) is not None:
            size = bytes_text(entry.array.nbytes)
            session.notify("file", tr("{file} takes {size}: it is read where you look.", file=cells.name, size=size))
