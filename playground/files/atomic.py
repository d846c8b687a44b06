"""Files that are replaced whole or not at all: written beside the old one, flushed to the disk, then renamed."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from playground.files.errors import from_system

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream to write; on leaving without an exception its content becomes ``path``'s.

    A link is followed and the old file's permissions are kept. Nothing stays behind after an error.

    Raises
    ------
    FileError
        The system refused: no such folder, not allowed, the disk is full.
    """
    import tempfile  # here, so that the first window needn't wait for it

    try:
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise from_system(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode(target))
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise from_system(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """Permissions of the old file, or those that a new one gets by default (a temporary one is private)."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (Windows can't open a folder)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
