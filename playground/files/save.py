"""Writing arrays and formulas into a file of any known format, all or nothing."""

from __future__ import annotations

import json
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from playground.files.atomic import replacing
from playground.files.errors import FileError
from playground.files.mplay import Document, write_document
from playground.files.npy import write_array
from playground.language.declaration import declared
from playground.language.names import name_problem
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.numbers import shortest_text
from playground.workspace.statistics import PIECE
from playground.workspace.stored import StoredError
from playground.workspace.workspace import ArrayEntry, Entry, FormulaEntry, ShapeEntry, Workspace

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

    from playground.language.signature import Signature

WRITABLE = (".mplay", ".npz", ".npy", ".csv", ".tsv", ".json")
"""Endings that ``save`` knows; the last four hold one array."""


def save(
    path: str | os.PathLike[str],
    *,
    arrays: Mapping[str, np.typing.ArrayLike | Array],
    formulas: Mapping[str, str] | None = None,
    shapes: Mapping[str, str] | None = None,
) -> None:
    """Write ``arrays`` (and ``formulas`` and ``shapes`` into ``.mplay``) to ``path``, over what was there.

    ``shapes`` are arrays without numbers, each as it is declared: ``"(B=32, d=784) float16"``.

    Raises
    ------
    FileError
        The format can't hold them, or the system refused. The old file is then as it was.
    """
    file = Path(path)
    own = {name: _numeric(name, values) for name, values in arrays.items()}
    ending = file.suffix.lower()
    if ending == ".mplay":
        save_document(file, Document(_workspace(own, formulas or {}, shapes or {})))
        return
    if formulas:
        raise FileError(tr("{ending} can't hold formulas.", ending=ending), tr("Save them as .mplay."))
    if shapes:
        raise FileError(tr("{ending} can't hold shapes without numbers.", ending=ending), tr("Save them as .mplay."))
    if ending == ".npz":
        with _writing(file) as stream:
            _write_npz(stream, own)
        return
    if ending not in _WRITERS:
        message = tr("{name} has an ending that can't be written.", name=file.name)
        raise FileError(message, tr("These can: {endings}.", endings=" ".join(WRITABLE)))
    if len(own) != 1:
        message = tr("{ending} holds one array, not {count}.", ending=ending, count=len(own))
        raise FileError(message, tr("Save them as .npz or .mplay."))
    with _writing(file) as stream:
        _WRITERS[ending](stream, next(iter(own.values())))


def save_document(path: Path, document: Document) -> None:
    """Write a workspace with its view as ``.mplay``; FileError as ``save`` raises it."""
    with _writing(path) as stream:
        write_document(stream, document)


@contextmanager
def _writing(path: Path) -> Iterator[IO[bytes]]:
    """As ``replacing``; that cells can't be read from another file is the reason why this one isn't written."""
    try:
        with replacing(path) as stream:
            yield stream
    except StoredError as error:
        raise FileError(tr("{name} wasn't written.", name=path.name) + f" {error}") from error


def _numeric(name: str, values: np.typing.ArrayLike | Array) -> Array:
    if isinstance(values, Array):
        return values
    try:
        return Array.of(values, copy=False)
    except ArrayError as error:
        raise FileError(tr("{name} can't be saved.", name=name) + f" {error}") from error


def _workspace(arrays: Mapping[str, Array], formulas: Mapping[str, str], shapes: Mapping[str, str]) -> Workspace:
    entries: list[Entry] = [ArrayEntry(name, values) for name, values in arrays.items()]
    entries += [ShapeEntry(name, _signature(name, text)) for name, text in shapes.items()]
    entries += [FormulaEntry(name, source) for name, source in formulas.items()]
    taken: set[str] = set()
    for entry in entries:
        problem = name_problem(entry.name, taken)
        if problem is not None:
            raise FileError(problem, tr("Rename it, then save again."))
        taken.add(entry.name)
    return Workspace(tuple(entries))


def _signature(name: str, text: str) -> Signature:
    declaration = declared(text, name=name)
    if declaration is None or declaration.signature is None:
        raise FileError(tr("The shape of {name} can't be read.", name=name), tr("Write (32, 784) float16."))
    return declaration.signature


def _write_npz(stream: IO[bytes], arrays: Mapping[str, Array]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                write_array(member, array)


def _write_csv(stream: IO[bytes], array: Array) -> None:
    _write_table(stream, array, ",")


def _write_tsv(stream: IO[bytes], array: Array) -> None:
    _write_table(stream, array, "\t")


def _write_table(stream: IO[bytes], array: Array, delimiter: str) -> None:
    if array.ndim > 2:
        message = tr("A table has rows and columns; this array has {count} axes.", count=array.ndim)
        raise FileError(message, tr("Save it as .npy, or save one slice of it."))
    if array.size == 0:
        raise FileError(tr("A table can't hold an array without cells."), tr("Save it as .npy."))
    cells = _complex_texts if array.dtype.kind == "c" else _real_texts
    rows, columns = array.shape_2d
    many = max(1, PIECE // columns)
    for first in range(0, rows, many):
        for row in array.block(first, first + many, 0, columns):
            stream.write((delimiter.join(cells(row)) + "\n").encode())


def _complex_texts(row: np.ndarray) -> list[str]:
    return [shortest_text(value, row.dtype) for value in row]


def _real_texts(row: np.ndarray) -> list[str]:
    # The shortest text of the row's own precision, and with the point of 2.0, so that floats stay floats. Python's
    # numbers are written ten times faster than NumPy's, and are the same where the precision is.
    return [str(value) for value in (row if row.dtype in (np.float16, np.float32) else row.tolist())]


def _write_json(stream: IO[bytes], array: Array) -> None:
    values = array.to_numpy()
    if array.dtype.kind == "c" or not np.all(np.isfinite(values)):
        raise FileError(tr("JSON has no complex numbers, nan or inf."), tr("Save it as .npy or .csv."))
    stream.write(json.dumps(values.tolist()).encode() + b"\n")


_WRITERS: dict[str, Callable[[IO[bytes], Array], None]] = {
    ".npy": write_array, ".csv": _write_csv, ".tsv": _write_tsv, ".json": _write_json,
}  # fmt: skip
