"""Cells that stay in somebody else's file: read by position in any thread, never mapped, and watched for changes.

A mapped file that another program cuts off would end this process; a read that comes too late is a sentence.
"""

from __future__ import annotations

import math
import os
import threading
import weakref
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from playground.translation import tr
from playground.workspace.arrays import TILE, Array, ArrayError, sample_places, shape_2d
from playground.workspace.editing import EditError
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from pathlib import Path

MOST_WHOLE: Final = 512 << 20
"""Bytes of cells that are brought into memory at once, for an edit that needs them all."""

_MOST_TILES: Final = 16
"""Tiles that are kept for edits: 8 MiB of float64."""

_NARROW_ROW: Final = 4096
"""Rows of at most so many bytes are read whole, many at once: the disk gives no less anyway."""
_BAND: Final = 1 << 20
"""Bytes of such rows that are read at once."""
_SCATTERED: Final = 256
"""Places that are looked at while the window waits, at most: a third of a millisecond."""
_HAS_PREADV: Final = hasattr(os, "preadv")
_AT_ONCE: Final = getattr(os, "RWF_NOWAIT", 0)
"""Asks Linux for what lies in memory alone, so that not even a slow disk is waited for."""


class StoredError(ArrayError, EditError):
    """Cells can't be read from their file, nor edited therefore; the message is for a person."""


class _WouldWaitError(Exception):
    """The cells aren't in memory."""


class StoredCells:
    """The 2-D view of an array in a file, as the base of an `Array`. The file stays open as long as this lives.

    Parameters
    ----------
    path, offset
        The file, and where in it the cells begin.
    dtype
        In the file's byte order.
    shape
        Of the array; in column-major (``fortran``) files at most two axes.
    stream
        The file, where it is open already: under the same name there may be another one by now.

    Attributes
    ----------
    dtype
        Of what is given, in the machine's byte order.
    array_shape, shape
        The array's own, and rows and columns of its 2-D view.
    tall
        Whether the cells lie column by column.
    nbytes
        Bytes of memory that the cells take: none.
    sample
        The cells of the thumbnail, at `sample_places` of both axes; None before ``take_sample``.

    Raises OSError where the file can't be opened.
    """

    nbytes: Final = 0

    def __init__(
        self,
        path: Path,
        offset: int,
        dtype: np.dtype,
        shape: tuple[int, ...],
        *,
        fortran: bool,
        stream: IO[bytes] | None = None,
    ) -> None:
        if fortran and len(shape) > 2:
            raise ValueError("a column-major file of more than two axes has no rows")
        self.name = path.name
        self.array_shape = shape
        self.shape = shape_2d(shape)
        self.dtype = dtype.newbyteorder("=")
        self.tall = fortran and len(shape) == 2
        self._stored_dtype = dtype
        self._row_length = self.shape[0] if self.tall else self.shape[1]
        self._offset = offset
        if stream is None:
            self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        else:
            self._file = os.dup(stream.fileno())
        weakref.finalize(self, os.close, self._file)
        self._seeking = threading.Lock()
        self._seen = self._look()
        self._gone = ""
        self._asks_at_once = bool(_AT_ONCE)
        self.sample: np.ndarray | None = None
        self._tiles: dict[tuple[int, int], np.ndarray] = {}

    @property
    def problem(self) -> str:
        """Why no more cells can be read, empty while they can."""
        return self._gone

    def check_whole(self) -> None:
        """Raise `StoredError` where all cells are too many to be brought into memory."""
        nbytes = math.prod(self.shape) * self.dtype.itemsize
        if nbytes > MOST_WHOLE:
            raise StoredError(
                tr(
                    "This array takes {size} and stays in its file: its cells can be edited, but it can't be changed "
                    "as a whole. Write a formula, such as A[:1000] or A.astype('float32'), and edit its result.",
                    size=bytes_text(nbytes),
                )
            )

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """A fresh array of cells ``[r0:r1, c0:c1]``, which must lie inside. Waits for the disk; from any thread.

        Raises
        ------
        StoredError
            The file was changed since it was opened, or the system can't read it.
        """
        return self._cells(r0, r1, c0, c1, 0)

    def read_at_once(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """As ``read``, of cells that the system has in memory; None for others, and where it doesn't tell."""
        if not self._asks_at_once:
            return None
        try:
            return self._cells(r0, r1, c0, c1, _AT_ONCE)
        except _WouldWaitError:
            return None

    def read_box(self, box: tuple[tuple[int, int], ...]) -> np.ndarray:
        """The cells in a range of each of the array's axes, as a fresh array of as many axes; as ``read``."""
        return self._box(box, 0)

    def read_box_at_once(self, box: tuple[tuple[int, int], ...]) -> np.ndarray | None:
        """As ``read_box``, of cells that the system has in memory and that don't lie all over it; else None."""
        scattered = math.prod(stop - first for first, stop in box[:-1])
        if not self._asks_at_once or scattered > _SCATTERED:
            return None
        try:
            return self._box(box, _AT_ONCE)
        except _WouldWaitError:
            return None

    def take_sample(self) -> None:
        """Read the cells of the thumbnail, so that no view has to wait for them; raises `StoredError`."""
        rows, columns = map(sample_places, self.shape)
        cells = [self.read(row, row + 1, column, column + 1) for row in rows for column in columns]
        self.sample = np.array(cells, self.dtype).reshape(len(rows), len(columns))

    def keep_tile(self, row: int, column: int) -> None:
        """Read a tile, by its place among the tiles, and keep it: who edits a cell of it then waits for no disk.

        Raises `StoredError`. In one thread; those that were kept first are forgotten for it.
        """
        if self.has_tile(row, column):
            return
        r0, c0 = row * TILE, column * TILE
        tile = self.read(r0, min(r0 + TILE, self.shape[0]), c0, min(c0 + TILE, self.shape[1]))
        tile.flags.writeable = False  # it is given to whoever reads just these cells
        kept = dict(list(self._tiles.items())[1 - _MOST_TILES :])
        self._tiles = {**kept, (row, column): tile}  # at once, as others look for tiles meanwhile

    def has_tile(self, row: int, column: int) -> bool:
        """Whether a tile is kept."""
        return (row, column) in self._tiles

    def _kept(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """The tile with just these cells, where it was kept."""
        tile = self._tiles.get((r0 // TILE, c0 // TILE)) if r0 % TILE == c0 % TILE == 0 else None
        return tile if tile is not None and tile.shape == (r1 - r0, c1 - c0) else None

    def window(self, place: tuple[int, ...]) -> np.ndarray:
        """Cells of the 2-D view, ``(r0, r1, c0, c1)``, or between the ends of each of the array's axes; as ``read``."""
        return self.read(*place) if len(place) == 4 else self.read_box(_box(place))

    def window_at_once(self, place: tuple[int, ...]) -> np.ndarray | None:
        """As ``window``, of cells that the system has in memory and close together; else None."""
        return self.read_at_once(*place) if len(place) == 4 else self.read_box_at_once(_box(place))

    def __getitem__(self, place: tuple[slice, slice] | tuple[int, int]) -> np.ndarray:
        """Cells as NumPy's basic indices of both axes choose them: a range of each, without steps, or one cell."""
        rows, columns = place
        if isinstance(rows, slice) and isinstance(columns, slice):
            (r0, r1, _), (c0, c1, _) = rows.indices(self.shape[0]), columns.indices(self.shape[1])
            kept = self._kept(r0, r1, c0, c1)
            return self.read(r0, max(r0, r1), c0, max(c0, c1)) if kept is None else kept
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        cell: np.ndarray = self.read(rows, rows + 1, columns, columns + 1)[0, 0]
        return cell

    def _box(self, box: tuple[tuple[int, int], ...], flags: int) -> np.ndarray:
        """One matrix of the last two axes after the other."""
        (r0, r1), columns = ((0, 1), (0, 1), *box)[-2:]
        height = self.array_shape[-2] if len(box) > 1 else 1
        leading = box[:-2]
        found = np.empty((*(stop - first for first, stop in leading), r1 - r0, columns[1] - columns[0]), self.dtype)
        for place in np.ndindex(*found.shape[:-2]) if found.size else ():
            matrix = 0
            for at, (first, _), size in zip(place, leading, self.array_shape[:-2], strict=True):
                matrix = matrix * size + first + at
            found[place] = self._cells(matrix * height + r0, matrix * height + r1, *columns, flags)
        return found.reshape(tuple(stop - first for first, stop in box))

    def _cells(self, r0: int, r1: int, c0: int, c1: int, flags: int) -> np.ndarray:
        if self._gone:
            raise StoredError(self._gone)
        try:
            found = self._lines(c0, c1, r0, r1, flags).T if self.tall else self._lines(r0, r1, c0, c1, flags)
        except OSError as error:
            raise StoredError(
                tr("{name} can't be read: {reason}.", name=self.name, reason=error.strerror or error)
            ) from error
        self._watch()
        if self.dtype.kind == "b":
            truths: np.ndarray = found.view(np.uint8) != 0  # a byte other than 0 and 1 is no bool to compute with
            return truths
        return found.astype(self.dtype, order="C", copy=False)

    def _lines(self, r0: int, r1: int, c0: int, c1: int, flags: int) -> np.ndarray:
        """Cells of the lines of the file: rows, or columns of a column-major one."""
        length, size = self._row_length, self._stored_dtype.itemsize
        cells = np.empty((r1 - r0, c1 - c0), self._stored_dtype)
        if cells.size == 0:
            return cells
        if c1 - c0 == length:
            self._fill(cells, r0 * length, flags)
        elif length * size <= _NARROW_ROW:
            many = max(1, _BAND // (length * size))
            for row in range(r0, r1, many):
                band = np.empty((min(many, r1 - row), length), self._stored_dtype)
                self._fill(band, row * length, flags)
                cells[row - r0 : row - r0 + many] = band[:, c0:c1]
        else:
            for row in range(r0, r1):
                self._fill(cells[row - r0], row * length + c0, flags)
        return cells

    def _fill(self, cells: np.ndarray, first: int, flags: int) -> None:
        """Read cells that lie one behind the other, from the ``first`` of the file on."""
        buffer = cells.reshape(-1).view(np.uint8).data
        position, done = self._offset + first * self._stored_dtype.itemsize, 0
        while done < len(buffer):
            count = self._read_into(buffer[done:], position + done, flags)
            if count == 0:
                self._give_up()
            done += count

    def _read_into(self, buffer: memoryview, position: int, flags: int) -> int:
        if flags:
            return self._read_at_once(buffer, position)
        if _HAS_PREADV:
            return os.preadv(self._file, [buffer], position)
        with self._seeking:  # Windows: one position for all threads
            os.lseek(self._file, position, os.SEEK_SET)
            data = os.read(self._file, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _read_at_once(self, buffer: memoryview, position: int) -> int:
        try:
            return os.preadv(self._file, [buffer], position, _AT_ONCE)
        except BlockingIOError:
            raise _WouldWaitError from None
        except OSError:  # this file system, or this kernel, doesn't tell
            self._asks_at_once = False
            raise _WouldWaitError from None

    def _look(self) -> tuple[int, int]:
        found = os.fstat(self._file)
        return found.st_size, found.st_mtime_ns

    def _watch(self) -> None:
        """Give no cells of a file that is another one by now."""
        if self._look() != self._seen:
            self._give_up()

    def _give_up(self) -> None:
        self._gone = tr("{name} was changed by another program while it was open here. Open it again.", name=self.name)
        raise StoredError(self._gone)


def _box(ends: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(ends[::2], ends[1::2], strict=True))


def stored_array(cells: StoredCells) -> Array:
    """The array that has these cells; nothing is read."""
    return Array(cells, cells.array_shape, {})
