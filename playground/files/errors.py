"""The one error of reading and writing files, and how the system's own errors read as sentences."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from playground.translation import tr

if TYPE_CHECKING:
    from pathlib import Path


class FileError(OSError):
    """A file can't be read or written; the message says why, ``hint`` what to do next (or is empty)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def from_system(path: Path, error: OSError) -> FileError:
    """Say what the system's ``error`` means for ``path``."""
    name = path.name or str(path)
    match error.errno:
        case errno.ENOENT:
            return FileError(tr("There is no file {path}.", path=path), tr("Check the name and the folder."))
        case errno.EISDIR:
            return FileError(tr("{name} is a folder, not a file.", name=name), tr("Choose a file inside it."))
        case errno.EACCES | errno.EPERM | errno.EROFS:
            message = tr("You aren't allowed to use {path}.", path=path)
            return FileError(message, tr("Change its permissions or choose another place."))
        case errno.ENOSPC | errno.EDQUOT:
            return FileError(
                tr("The disk is full, so {name} wasn't written.", name=name), tr("Free some space, then save again.")
            )
        case errno.ENAMETOOLONG:
            return FileError(tr("The name {name} is too long.", name=name[:40] + "…"), tr("Choose a shorter one."))
    reason = error.strerror or str(error) or type(error).__name__
    return FileError(tr("{name} can't be used: {reason}.", name=name, reason=reason))
