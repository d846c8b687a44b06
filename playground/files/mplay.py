"""The workspace's own format ``.mplay``: a zip of ``workspace.json`` and ``arrays/NAME.npy``, stored and aligned.

Members aren't deflated and their data begins at a multiple of 64 bytes, so that an array can be mapped in place.
A shape without numbers stands in the manifest alone: ``"kind": "shape", "shape": [32, 784], "dtype": "float16",
"axes": ["B", "d"]``. Programs of version 1 don't know that kind, so a workspace with one has version 2.
"""

from __future__ import annotations

import json
import zipfile
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from playground.files.archive import opened, read_member
from playground.files.errors import FileError
from playground.files.npy import write_array
from playground.language.names import name_problem
from playground.language.signature import Signature
from playground.language.vocabulary import DTYPES
from playground.record import Record, field
from playground.translation import tr
from playground.workspace.arrays import Array
from playground.workspace.edits import EditError
from playground.workspace.shape_edits import AddShape
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from playground.language.signature import AxisNames
    from playground.workspace.workspace import Entry

VERSION = 2
_MANIFEST = "workspace.json"
_MAX_MANIFEST = 16 * 1024**2
_ALIGNMENT = 64
_LOCAL_HEADER = 30
_ZIP64_EXTRA = 20
_PADDING_ID = 0xD935  # the field that Android's zipalign pads with too
_KNOWN = {"array": ("axes",), "formula": ("source",), "shape": ("shape", "dtype", "axes")}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # equal workspaces give equal files


class Document(Record):
    """A workspace as a file holds it.

    Attributes
    ----------
    workspace
        Entries, in order.
    view
        What was selected and how it was shown; never makes a document unsaved.
    extra
        Fields of ``workspace.json`` that this version doesn't know; written back as they were.
    entry_extra
        The same for each entry, by its name.
    """

    workspace: Workspace
    view: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    entry_extra: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_document(path: Path) -> Document:
    """Read a workspace.

    Raises
    ------
    FileError
        It isn't one, it is damaged, or a newer version of the program wrote it.
    """
    with opened(path) as archive:
        manifest = _manifest(archive, path.name)
        entries: list[Entry] = []
        entry_extra = {}
        for record in _records(manifest, path.name):
            entry = _entry(archive, record, [entry.name for entry in entries], path.name)
            entries.append(entry)
            known_keys = ("name", "kind", *_KNOWN[record["kind"]])
            rest = {key: value for key, value in record.items() if key not in known_keys}
            if rest:
                entry_extra[entry.name] = rest
    view = manifest.get("view", {})
    known = ("format", "version", "entries", "view")
    extra = {key: value for key, value in manifest.items() if key not in known}
    return Document(Workspace(tuple(entries)), view if isinstance(view, dict) else {}, extra, entry_extra)


def write_document(stream: IO[bytes], document: Document) -> None:
    """Write a workspace into a binary ``stream`` that can seek."""
    records = []
    for entry in document.workspace.entries:
        rest = document.entry_extra.get(entry.name, {})
        records.append({**rest, "name": entry.name, **_fields(entry)})
    version = VERSION if document.workspace.shapes else 1
    manifest = {
        **document.extra, "format": "matrix-playground", "version": version, "entries": records, "view": document.view
    }  # fmt: skip
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(_aligned(stream, _MANIFEST), "w", force_zip64=True) as member:
            member.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        for name, array in document.workspace.arrays.items():
            with archive.open(_aligned(stream, f"arrays/{name}.npy"), "w", force_zip64=True) as member:
                write_array(member, array)


def _fields(entry: Entry) -> dict[str, Any]:
    """What the manifest says of an entry beside its name."""
    if isinstance(entry, FormulaEntry):
        return {"kind": "formula", "source": entry.source}
    names = entry.signature.axis_names
    axes = {"axes": list(names)} if names else {}
    if isinstance(entry, ArrayEntry):
        return {"kind": "array", **axes}
    return {"kind": "shape", "shape": list(entry.signature.shape), "dtype": str(entry.signature.dtype), **axes}


def _aligned(stream: IO[bytes], name: str) -> zipfile.ZipInfo:
    """Describe a member to be written at the stream's position, padded so that its data will be aligned."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = 0o644 << 16
    data = stream.tell() + _LOCAL_HEADER + len(name.encode()) + _ZIP64_EXTRA
    padding = -(data + 4) % _ALIGNMENT
    info.extra = _PADDING_ID.to_bytes(2, "little") + padding.to_bytes(2, "little") + bytes(padding)
    return info


def _not_ours(name: str) -> FileError:
    hint = tr("A zip of arrays alone can be opened as .npz.")
    return FileError(tr("{name} isn't a workspace of this program.", name=name), hint)


def _broken(name: str, reason: str) -> FileError:
    hint = tr("Open an older copy, or open it as .npz to get at its arrays.")
    return FileError(tr("{name} is damaged: {reason}.", name=name, reason=reason), hint)


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    if _MANIFEST not in archive.namelist():
        raise _not_ours(name)
    if archive.getinfo(_MANIFEST).file_size > _MAX_MANIFEST:
        raise _broken(name, tr("its {member} is too long", member=_MANIFEST))
    try:
        manifest = json.loads(archive.read(_MANIFEST).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _broken(name, tr("its {member} can't be read", member=_MANIFEST)) from error
    if not isinstance(manifest, dict) or manifest.get("format") != "matrix-playground":
        raise _not_ours(name)
    version = manifest.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _broken(name, tr("it has no format version"))
    if version > VERSION:
        raise FileError(
            tr("{name} was written by a newer version of this program.", name=name),
            tr("Its format is {version}, this program reads up to {own}. Update it.", version=version, own=VERSION),
        )
    return manifest


def _records(manifest: dict[str, Any], name: str) -> list[dict[str, Any]]:
    records = manifest.get("entries")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise _broken(name, tr("its list of entries is missing"))
    return records


def _entry(archive: zipfile.ZipFile, record: dict[str, Any], taken: list[str], file: str) -> Entry:
    name, kind, source = record.get("name"), record.get("kind"), record.get("source")
    if not isinstance(name, str):
        raise _broken(file, tr("an entry has no name"))
    problem = name_problem(name, taken)
    if problem is not None:
        raise _broken(file, problem.rstrip("."))
    if kind == "formula" and isinstance(source, str):
        return FormulaEntry(name, source)
    if kind == "shape":
        return _shape_entry(record, name, file)
    if kind != "array":
        raise _broken(file, tr("the entry {entry} is neither an array nor a formula", entry=name))
    member = f"arrays/{name}.npy"
    if member not in archive.namelist():
        raise _broken(file, tr("the numbers of {entry} are missing", entry=name))
    array = read_member(archive, archive.getinfo(member), f"{file}:{name}")
    return ArrayEntry(name, Array.of(array, copy=False), _axis_names(record, array.ndim, name, file))


def _shape_entry(record: dict[str, Any], name: str, file: str) -> ShapeEntry:
    shape, dtype = record.get("shape"), record.get("dtype")
    if not isinstance(shape, list) or not all(type(size) is int for size in shape):
        raise _broken(file, tr("the shape of {entry} can't be read", entry=name))
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise _broken(file, tr("the shape of {entry} can't be read", entry=name))
    names = _axis_names(record, len(shape), name, file)
    signature = Signature(tuple(shape), np.dtype(DTYPES[dtype]), axis_names=names)
    try:
        AddShape(name, signature).apply(Workspace())
    except EditError as error:
        raise _broken(file, str(error).rstrip(".")) from error
    return ShapeEntry(name, signature)


def _axis_names(record: dict[str, Any], ndim: int, name: str, file: str) -> AxisNames:
    axes = record.get("axes", [])
    if not isinstance(axes, list) or len(axes) not in (0, ndim):
        raise _broken(file, tr("the axes of {entry} can't be read", entry=name))
    if not all(axis is None or (isinstance(axis, str) and axis.isidentifier()) for axis in axes):
        raise _broken(file, tr("the axes of {entry} can't be read", entry=name))
    return tuple(axes) if any(axes) else ()
