"""Zip files of arrays: the directory is checked before anything is unpacked. Reads ``.npz`` and its members."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from playground.files.errors import FileError
from playground.files.npy import read_npy
from playground.translation import tr
from playground.workspace.memory import bytes_text, size_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    import numpy as np

_MAX_DIRECTORY = 16 * 1024**2
_MAX_MEMBERS = 20_000
_MAX_RATIO = 200
_RATIO_FROM = 256 * 1024**2
# zipfile and what it unpacks with raise all of these for bytes that were changed on the way.
_DAMAGE = (
    zipfile.BadZipFile, EOFError, ValueError, KeyError, IndexError, RuntimeError, NotImplementedError, struct.error,
    OverflowError, zlib.error, lzma.LZMAError,
)  # fmt: skip
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose directory has been checked.

    Raises
    ------
    FileError
        It is no zip, is truncated, unpacks to more than memory holds, or has members that share or hide a name.
    """
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, path.name)
            yield archive
    except _DAMAGE as error:
        raise _broken(path.name, str(error) or type(error).__name__) from error


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str) -> np.ndarray:
    """Read the array of one member; FileError where it is none. ``label`` names it for the person."""
    with archive.open(info) as stream:
        array = read_npy(cast("BufferedIOBase", stream), info.file_size, label)
        _finish(stream)
    return array


def read_npz(path: Path, key: str | None = None, refused: dict[str, FileError] | None = None) -> dict[str, np.ndarray]:
    """Read all arrays of a ``.npz``, or only the one called ``key``; members that are no ``.npy`` are passed over.

    With a mapping ``refused`` a member that can't be an array is put there, as long as another one can.
    """
    with opened(path) as archive:
        members = {info.filename.removesuffix(".npy"): info for info in archive.infolist() if _is_array(info)}
        if key is not None:
            if key not in members:
                names = ", ".join(list(members)[:20])
                message = tr("{name} has no array {key}.", name=path.name, key=key)
                raise FileError(message, tr("It has {names}.", names=names))
            members = {key: members[key]}
        if not members:
            message = tr("{name} is a zip without arrays.", name=path.name)
            raise FileError(message, tr("numpy.savez writes one with arrays."))
        arrays: dict[str, np.ndarray] = {}
        errors: dict[str, FileError] = {}
        for name, info in members.items():
            try:
                arrays[name] = read_member(archive, info, f"{path.name}:{name}")
            except FileError as error:
                if refused is None:
                    raise
                errors[name] = error
        if errors and not arrays:
            raise next(iter(errors.values()))
        if refused is not None:
            refused.update(errors)
        return arrays


def _is_array(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith(".npy") and not info.is_dir()


def _broken(name: str, reason: str) -> FileError:
    hint = tr("Save it again from where it came, or copy it again.")
    return FileError(tr("{name} is damaged: {reason}.", name=name, reason=reason.rstrip(".")), hint)


def _check_end(path: Path) -> None:
    """Look at the last record of the zip, so that a huge directory is refused before it is read."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 65_535 - _END.size))
        tail = stream.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise FileError(
            tr("{name} isn't a zip file, or its end is missing.", name=path.name),
            tr("Copy it again, or give it the ending of what it is."),
        )
    _, _, _, _, count, directory_bytes, _, _ = _END.unpack_from(tail, at)
    if count > _MAX_MEMBERS or directory_bytes > _MAX_DIRECTORY:
        raise FileError(tr("{name} has too many members for a file of arrays.", name=path.name))


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    seen = set()
    total = packed = 0
    for info in archive.infolist():
        if info.filename in seen:
            raise _broken(name, tr("it has two members called {member}", member=info.filename[:80]))
        seen.add(info.filename)
        if not _is_plain(info.filename):
            raise _broken(name, tr("its member {member} would lie outside of it", member=repr(info.filename[:80])))
        if info.flag_bits & 1:
            raise FileError(tr("{name} is protected by a password.", name=name), tr("Save it without one."))
        total += info.file_size
        packed += info.compress_size
    problem = size_problem(total)
    if problem is not None:
        raise FileError(f"{name}: {problem}", tr("Take a part of it, or close other programs."))
    if total > _RATIO_FROM and total > _MAX_RATIO * packed:
        sizes = {"packed": bytes_text(packed), "total": bytes_text(total)}
        message = tr("{name} has {packed} and would unpack to {total}.", name=name, **sizes)
        raise FileError(message, tr("If it is yours, save it uncompressed (numpy.savez)."))


def _is_plain(member: str) -> bool:
    parts = member.split("/")
    return bool(member) and member.isprintable() and "\\" not in member and parts[0] != "" and ".." not in parts


def _finish(stream: IO[bytes]) -> None:
    """Read to the end, where the check sum is compared."""
    while stream.read(1 << 20):
        pass
