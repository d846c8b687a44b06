"""Large arrays on their way to the engine: written to a file once, which every engine maps instead of copying it.

Through a pipe 800 MB take ten seconds, and a new engine would need them again; a file that lies there is mapped in
under a millisecond.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

LEAST_BYTES: Final = 8 << 20
"""From this size on a file pays."""

_PREFIX: Final = "matrix-playground-"
_WRITE_AT_MOST: Final = 64 << 20
"""Bytes of one write: some systems cut a larger one."""


class Spool:
    """Files of arrays, in a folder that nobody else may read; each goes with its array, all of them with `close`.

    The thread that owns it calls it.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._files: dict[int, tuple[weakref.ref[np.ndarray], Path]] = {}

    def path_of(self, array: np.ndarray) -> Path:
        """Give the file that holds the bytes of ``array``, written where there is none yet.

        Parameters
        ----------
        array
            C-contiguous, and never written to again: the object itself is what the file is known by.

        Raises
        ------
        OSError
            The file can't be written; most often the disk is full.
        """
        known = self._files.get(id(array))
        if known is not None and known[0]() is array and known[1].exists():
            return known[1]
        if self._folder is None:
            import tempfile  # most documents have no large array

            _remove_orphans()
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        path = self._folder / f"{id(array):x}"
        try:
            _write(path, array)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        self._files[id(array)] = (weakref.ref(array, self._forgetting(id(array))), path)
        return path

    def close(self) -> None:
        """Remove all files."""
        self._files.clear()
        folder, self._folder = self._folder, None
        if folder is not None:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)  # Windows removes none that is still mapped: an orphan, later

    def _forgetting(self, key: int) -> _Forget:
        return _Forget(self._files, key)


class _Forget:
    """Removes the file of an array that is gone. It holds no spool, whose end must not wait for its arrays'."""

    def __init__(self, files: dict[int, tuple[weakref.ref[np.ndarray], Path]], key: int) -> None:
        self._files = files
        self._key = key

    def __call__(self, gone: weakref.ref[np.ndarray]) -> None:
        known = self._files.get(self._key)
        if known is not None and known[0] is gone:
            del self._files[self._key]
            try:
                known[1].unlink(missing_ok=True)
            except OSError:  # mapped, on Windows
                return


def _write(path: Path, array: np.ndarray) -> None:
    data = array.reshape(-1).view("u1").data
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), _WRITE_AT_MOST):
            rest = data[start : start + _WRITE_AT_MOST]
            while rest:
                rest = rest[file.write(rest) or 0 :]


def _remove_orphans() -> None:
    """Remove the folders of windows that ended without doing so."""
    import shutil
    import tempfile

    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
