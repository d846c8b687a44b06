"""Large arrays on their way to the engine: written to a file once, which every engine maps instead of copying it.

Through a pipe 800 MB take ten seconds, and a new engine would need them again; a file that lies there is mapped in
under a millisecond.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.workspace.arrays import ArrayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.workspace.stored import StoredCells

LEAST_BYTES: Final = 8 << 20
"""From this size on a file pays."""

_Files = dict[int, "tuple[weakref.ref[np.ndarray | StoredCells], Path]"]

_PREFIX: Final = "matrix-playground-"
_WRITE_AT_MOST: Final = 64 << 20
"""Bytes of one write: some systems cut a larger one."""
_READ_AT_MOST: Final = 16 << 20
"""Bytes that are in memory at once while another program's file is copied."""


class Spool:
    """Files of arrays, in a folder that nobody else may read; each goes with its array, all of them with `close`.

    The thread that owns it calls it.

    Parameters
    ----------
    stopped
        Asked between pieces of a file that is being written; True gives it up.
    """

    def __init__(self, stopped: Callable[[], bool] = bool) -> None:
        self._stopped = stopped
        self._folder: Path | None = None
        self._files: _Files = {}

    def path_of(self, array: np.ndarray | StoredCells) -> Path:
        """Give the file that holds the bytes of ``array``, written where there is none yet.

        Parameters
        ----------
        array
            C-contiguous, and never written to again, or cells in a file of another program, which are copied piece
            by piece: the object itself is what the file is known by.

        Raises
        ------
        OSError
            The file can't be written; most often the disk is full.
        InterruptedError
            It was ``stopped``.
        StoredError
            The other program's file was changed.
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
            _write(path, array, self._stopped)
        except (OSError, ArrayError):
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

    def __init__(self, files: _Files, key: int) -> None:
        self._files = files
        self._key = key

    def __call__(self, gone: weakref.ref[np.ndarray | StoredCells]) -> None:
        known = self._files.get(self._key)
        if known is not None and known[0] is gone:
            del self._files[self._key]
            try:
                known[1].unlink(missing_ok=True)
            except OSError:  # mapped, on Windows
                return


def _write(path: Path, array: np.ndarray | StoredCells, stopped: Callable[[], bool]) -> None:
    with path.open("wb", buffering=0) as file:
        for piece in _in_order(array):
            if stopped():
                raise InterruptedError
            rest = piece
            while rest:
                rest = rest[file.write(rest) or 0 :]


def _in_order(array: np.ndarray | StoredCells) -> Iterator[memoryview]:
    """The bytes of all cells in C order, in pieces."""
    if isinstance(array, np.ndarray):
        data = array.reshape(-1).view("u1").data
        for start in range(0, len(data), _WRITE_AT_MOST):
            yield data[start : start + _WRITE_AT_MOST]
        return
    from playground.workspace.statistics import pieces  # no first picture needs it

    rows, columns = array.shape
    most = _READ_AT_MOST // array.dtype.itemsize
    for r0, r1, c0, c1 in pieces([(0, rows, 0, columns)], most=most):
        yield array.read(r0, r1, c0, c1).reshape(-1).view("u1").data


def _remove_orphans() -> None:
    """Remove the folders of windows that ended without doing so."""
    import shutil
    import tempfile

    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
