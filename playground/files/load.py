"""Reading a file of any known format: arrays and formulas by name, or one ``FileError`` that says why not."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playground.files.archive import read_npz
from playground.files.errors import FileError as FileError  # callers of load find its error beside it
from playground.files.errors import from_system
from playground.files.json_lists import read_json
from playground.files.mplay import read_document
from playground.files.naming import entry_name
from playground.files.npy import read_npy, stored_npy
from playground.files.text_table import read_table
from playground.language.declaration import declaration_text
from playground.record import Record, field
from playground.translation import tr

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    import numpy as np

    from playground.workspace.arrays import Array

READABLE = (".mplay", ".npy", ".npz", ".csv", ".tsv", ".txt", ".json")
"""Endings that ``load`` knows."""

STORED_FROM = 32 << 20
"""Bytes of an array that isn't brought into memory by opening it."""


class Loaded(Record):
    """What a file held, each in the file's order.

    Attributes
    ----------
    arrays
        Name to array, C order, the machine's byte order. A file of a single array names it after itself.
    formulas
        Name to text; empty but for ``.mplay``.
    shapes
        Name to what is declared of an array without numbers, ``"(B=32, d=784) float16"``, as ``infer`` takes it;
        empty but for ``.mplay``.
    """

    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)


def load(path: str | os.PathLike[str], key: str | None = None, refused: dict[str, FileError] | None = None) -> Loaded:
    """Read ``path``, or only the array ``key`` of a file with several. Runs nothing that the file contains.

    With a mapping ``refused`` those arrays of a ``.npz`` that can't be read are put there, as long as others can.

    Raises
    ------
    FileError
        Whatever is wrong with the file; it is bounded in memory and time.
    """
    file = Path(path)
    with _one_kind_of_error(file):
        _check_regular(file)
        if refused is not None and file.suffix.lower() == ".npz":
            return Loaded(read_npz(file, key, refused))
        return _reader(file)(file, key)


def load_stored(path: Path) -> Array | None:
    """The array of a large ``.npy``, whose cells stay in the file until they are looked at; None for any other file.

    Raises
    ------
    FileError
        Whatever is wrong with the file.
    """
    if path.suffix.lower() != ".npy":
        return None
    with _one_kind_of_error(path):
        _check_regular(path)
        return stored_npy(path, STORED_FROM)


@contextmanager
def _one_kind_of_error(file: Path) -> Iterator[None]:
    """The promise of these doors: whatever the readers beneath make of damaged bytes, it is a `FileError`."""
    try:
        yield
    except FileError:
        raise
    except OSError as error:
        raise from_system(file, error) from error
    except MemoryError as error:
        raise FileError(
            tr("{name} doesn't fit into memory.", name=file.name), tr("Take a part of it, or close other programs.")
        ) from error
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise FileError(tr("{name} can't be read: {reason}.", name=file.name, reason=reason.rstrip("."))) from error


def _check_regular(path: Path) -> None:
    try:
        status = path.stat()
    except ValueError as error:  # a NUL in the name
        raise FileError(tr("This isn't a file's name."), tr("Check the name and the folder.")) from error
    if stat.S_ISDIR(status.st_mode):
        raise FileError(tr("{name} is a folder, not a file.", name=path), tr("Choose a file inside it."))
    if not stat.S_ISREG(status.st_mode):
        raise FileError(tr("{name} is a device or a pipe, not a file.", name=path), tr("Choose a file."))
    if status.st_size == 0:
        raise FileError(tr("{name} is empty.", name=path.name), tr("Save it again from where it came."))


def _reader(path: Path) -> Callable[[Path, str | None], Loaded]:
    ending = path.suffix.lower()
    readers: dict[str, Callable[[Path, str | None], Loaded]] = {
        ".mplay": _load_mplay, ".npz": lambda file, key: Loaded(read_npz(file, key)), ".npy": _single(_load_npy),
        ".csv": _single(read_table), ".tsv": _single(read_table), ".txt": _single(read_table),
        ".json": _single(read_json),
    }  # fmt: skip
    if ending not in readers:
        message = tr("{name} has an ending that can't be read.", name=path.name)
        raise FileError(message, tr("These can: {endings}.", endings=" ".join(READABLE)))
    return readers[ending]


def _single(read: Callable[[Path], np.ndarray]) -> Callable[[Path, str | None], Loaded]:
    def load_one(path: Path, key: str | None) -> Loaded:
        if key is not None:
            message = tr("{name} holds one array, so there is no {key} in it.", name=path.name, key=key)
            raise FileError(message, tr("Leave the key away."))
        return Loaded({entry_name(path.stem): read(path)})

    return load_one


def _load_npy(path: Path) -> np.ndarray:
    with path.open("rb") as stream:
        return read_npy(stream, path.stat().st_size, path.name)


def _load_mplay(path: Path, key: str | None) -> Loaded:
    workspace = read_document(path).workspace
    arrays = {name: array.to_numpy() for name, array in workspace.arrays.items()}
    if key is None:
        shapes = {name: declaration_text(signature) for name, signature in workspace.shapes.items()}
        return Loaded(arrays, workspace.formulas, shapes)
    if key not in arrays:
        names = ", ".join(arrays)
        raise FileError(tr("{name} has no array {key}.", name=path.name, key=key), tr("It has {names}.", names=names))
    return Loaded({key: arrays[key]})
