"""The workspace's array: a read-only base and the tiles that were edited over it.

An edit copies the tiles it touches (at most 256×256 cells) and shares the rest, so that a step of undo costs
kilobytes even where the array has 800 MB.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.casting import dtype_problem, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playground.workspace.stored import StoredCells

TILE = 256
"""Rows and columns of one tile of the 2-D view."""

SAMPLE = 8
"""Rows and columns of a thumbnail at most."""

_Tiles = dict[tuple[int, int], np.ndarray]


class ArrayError(ValueError):
    """What is asked of an array can't be done; the message is for a person."""


class Patch(Record, eq=False):
    """Cells that changed: the 2-D ``values`` stand at row ``r0`` and column ``c0`` of the 2-D view."""

    r0: int
    c0: int
    values: np.ndarray


def shape_2d(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of the 2-D view: the last axis is the columns, all others together the rows."""
    return math.prod(shape[:-1]), shape[-1] if shape else 1


def sample_places(size: int) -> list[int]:
    """At most eight places of ``size``, evenly spread, the first and the last among them: those of a thumbnail."""
    count = min(size, SAMPLE)
    return [round(k * (size - 1) / max(1, count - 1)) for k in range(count)]


class Array:
    """Immutable n-dimensional array of numbers.

    Its *2-D view* has ``prod(shape[:-1])`` rows and ``shape[-1]`` columns; a vector is one row, a scalar one cell.
    Two arrays are equal only if they are the same object.
    """

    __slots__ = ("_base", "_tiles", "dtype", "shape", "shape_2d")

    def __init__(self, base: np.ndarray | StoredCells, shape: tuple[int, ...], tiles: _Tiles) -> None:
        # `base` is the read-only 2-D view; use Array.of or stored_array to make an array.
        self._base = base
        self._tiles = tiles
        self.shape = shape
        self.shape_2d: tuple[int, int] = (base.shape[0], base.shape[1])
        self.dtype = base.dtype

    @classmethod
    def of(cls, values: np.typing.ArrayLike, copy: bool = True) -> Self:
        """Take ``values`` of any shape, byte order and memory layout.

        With ``copy=False`` the memory is shared where it is contiguous; the caller must not write to it again.

        Raises
        ------
        ArrayError
            The dtype isn't one of numbers or bool, or nested lists are ragged.
        """
        try:
            given = np.asarray(values)
        except ValueError as error:
            raise ArrayError(tr("The rows have different lengths; every row needs as many numbers.")) from error
        problem = dtype_problem(given.dtype)
        if problem is not None:
            raise ArrayError(problem)
        native = given.dtype.newbyteorder("=")
        own = np.array(given, dtype=native, order="C") if copy else np.asarray(given, dtype=native, order="C")
        base = own.reshape(shape_2d(own.shape)).view()
        base.flags.writeable = False
        return cls(base, own.shape, {})

    @property
    def base(self) -> np.ndarray | StoredCells:
        """The read-only 2-D view of all cells as they were before any edit; versions of an array share it."""
        return self._base

    @property
    def stored(self) -> StoredCells | None:
        """What reads the cells that were never edited from their file: slowly, maybe in vain; None in memory."""
        return None if isinstance(self._base, np.ndarray) else self._base

    @property
    def tiles(self) -> tuple[np.ndarray, ...]:
        """The parts that were edited, each with the cells around that weren't."""
        return tuple(self._tiles.values())

    @property
    def unedited(self) -> Array:
        """The array as it was before any edit."""
        return Array(self._base, self.shape, {}) if self._tiles else self

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of cells."""
        return math.prod(self.shape)

    @property
    def nbytes(self) -> int:
        """Bytes of all cells."""
        return self.size * self.dtype.itemsize

    def __repr__(self) -> str:
        return f"Array(shape={self.shape}, dtype={self.dtype}, patched_tiles={len(self._tiles)})"

    def item(self, index: tuple[int, ...]) -> Any:  # noqa: ANN401 -- a NumPy scalar of the array's dtype
        """Give the cell at ``index`` (one number per axis, negative ones count from the end) as a NumPy scalar.

        Raises
        ------
        IndexError
            There is no such cell.
        """
        row, column = self.position_2d(index)
        tile = self._tiles.get((row // TILE, column // TILE))
        return self._base[row, column] if tile is None else tile[row % TILE, column % TILE]

    def position_2d(self, index: tuple[int, ...]) -> tuple[int, int]:
        """Row and column in the 2-D view of the cell at ``index``; IndexError where there is none."""
        if len(index) != self.ndim:
            raise IndexError(f"{len(index)} indices for {self.ndim} axes")
        place = [i + size if i < 0 else i for i, size in zip(index, self.shape, strict=True)]
        if any(not 0 <= i < size for i, size in zip(place, self.shape, strict=True)):
            raise IndexError(f"index {index} is outside of shape {self.shape}")
        row = 0
        for i, size in zip(place[:-1], self.shape[:-1], strict=True):
            row = row * size + i
        return row, place[-1] if place else 0

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Cells ``[r0, r1) × [c0, c1)`` of the 2-D view, clipped to it; read-only where nothing was edited there.

        Of a ``stored`` array they are read, which takes its time; this and all that reads cells may then raise
        `StoredError`.
        """
        rows, columns = self.shape_2d
        r0, r1 = max(0, r0), max(0, min(r1, rows))
        c0, c1 = max(0, c0), max(0, min(c1, columns))
        return self.edited(self._base[r0:r1, c0:c1], r0, c0)

    def edited(self, base: np.ndarray, r0: int, c0: int) -> np.ndarray:
        """Give ``base``, unedited cells that stand at row ``r0`` and column ``c0`` of the 2-D view, as they are now."""
        r1, c1 = r0 + base.shape[0], c0 + base.shape[1]
        touched = [key for key in _tiles_of(r0, r1, c0, c1) if key in self._tiles] if self._tiles else []
        if not touched:
            return base
        block = base.copy()
        for key in touched:
            top, left = key[0] * TILE, key[1] * TILE
            tile = self._tiles[key]
            inner = tile[max(r0 - top, 0) : r1 - top, max(c0 - left, 0) : c1 - left]
            row, column = max(top - r0, 0), max(left - c0, 0)
            block[row : row + inner.shape[0], column : column + inner.shape[1]] = inner
        return block

    def with_block(self, r0: int, c0: int, values: np.ndarray) -> Array:
        """Give the array with the 2-D ``values`` written at row ``r0`` and column ``c0`` of the 2-D view.

        Raises
        ------
        ArrayError
            The block reaches over the border, or the dtype can't hold the values.
        """
        given = np.atleast_2d(np.asarray(values))
        height, width = given.shape
        rows, columns = self.shape_2d
        if r0 < 0 or c0 < 0 or r0 + height > rows or c0 + width > columns:
            raise ArrayError(tr("The block reaches over the border of the array."))
        block = fitted(given, self.dtype)
        if block is None:
            raise ArrayError(tr("{dtype} can't hold these values.", dtype=self.dtype))
        if (height, width) == self.shape_2d and len(_tiles_of(0, rows, 0, columns)) > 1:
            return Array.of(block.reshape(self.shape))  # all is new: tiles would only double the memory
        tiles = dict(self._tiles)
        for key in _tiles_of(r0, r0 + height, c0, c0 + width):
            tiles[key] = self._edited_tile(key, r0, c0, block)
        return Array(self._base, self.shape, tiles)

    def at(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """A fresh array of the cells at ``rows`` and ``columns`` of the 2-D view, as two index arrays choose them."""
        if not isinstance(self._base, np.ndarray):
            cells = np.empty(np.broadcast_shapes(rows.shape, columns.shape), self.dtype)
            for key, place, where in self._by_tile(rows, columns):
                cells.reshape(-1)[place] = self._tile(key)[where]
            return cells
        return self.edited_at(np.ascontiguousarray(self._base[rows, columns]), rows, columns)

    def edited_at(self, cells: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Write into ``cells``, unedited ones at ``rows`` and ``columns`` of the 2-D view, what was edited of them."""
        for key, place, where in self._by_tile(rows, columns) if self._tiles else ():
            if key in self._tiles:
                cells.reshape(-1)[place] = self._tiles[key][where]
        return cells

    def with_cells_at(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> Array:
        """Give the array with ``values``, of its own dtype, written at ``rows`` and ``columns`` of the 2-D view.

        The three broadcast together, and no cell may be meant twice.
        """
        flat = np.broadcast_to(values, np.broadcast_shapes(rows.shape, columns.shape, values.shape)).reshape(-1)
        tiles = dict(self._tiles)
        for key, place, where in self._by_tile(rows, columns):
            tiles[key] = tile = self._tile(key).copy()
            tile[where] = flat[place]
            tile.flags.writeable = False
        return Array(self._base, self.shape, tiles)

    @staticmethod
    def _by_tile(
        rows: np.ndarray, columns: np.ndarray
    ) -> Iterator[tuple[tuple[int, int], np.ndarray, tuple[np.ndarray, np.ndarray]]]:
        """Each tile with cells at these places: which of the cells, counted in C order, and where in the tile."""
        rows, columns = (places.reshape(-1) for places in np.broadcast_arrays(rows, columns))
        if rows.size == 0:
            return
        down, right = rows // TILE, columns // TILE
        order = np.lexsort((right, down))
        steps = np.flatnonzero(np.diff(down[order]) | np.diff(right[order])) + 1
        for place in np.split(order, steps):
            yield (int(down[place[0]]), int(right[place[0]])), place, (rows[place] % TILE, columns[place] % TILE)

    def to_numpy(self) -> np.ndarray:
        """All cells in the array's shape: the read-only base where nothing was edited, else a fresh array.

        Raises
        ------
        ArrayError
            The cells are ``stored`` and too many to be brought into memory, or their file was changed.
        """
        rows, columns = self.shape_2d
        if self.stored is not None:
            self.stored.check_whole()
        return self.block(0, rows, 0, columns).reshape(self.shape)

    def changes_since(self, older: Array) -> list[Patch] | None:
        """Cells to write over ``older`` to make it this array; None where the two have no base in common.

        Only tiles that aren't the same object are compared, and of those only the box that differs is given.
        """
        if not self.shares_base(older):
            return None
        patches = []
        for key in sorted(self._tiles.keys() | older._tiles.keys()):
            if self._tiles.get(key) is not older._tiles.get(key):
                if self.stored is not None and key not in older._tiles:  # all of it, so that no file must be read
                    patch: Patch | None = Patch(key[0] * TILE, key[1] * TILE, self._tile(key))
                else:
                    patch = _difference(key, older._tile(key), self._tile(key))
                if patch is not None:
                    patches.append(patch)
        return patches

    def shares_base(self, other: Array) -> bool:
        """Whether the two differ in edited tiles only."""
        return self._base is other._base and self.shape == other.shape

    def pieces_beyond(self, others: Iterable[Array]) -> dict[int, int]:
        """Bytes of the memory that this array holds and none of ``others`` does, by the identity of what owns it."""
        memory = self._memory
        relatives = [other._tiles for other in others if other._memory is memory]
        pieces = {} if relatives else {id(memory): memory.nbytes}
        own = self._tiles
        for tiles in relatives:
            theirs = tiles.get
            own = {key: tile for key, tile in own.items() if theirs(key) is not tile}
        pieces.update((id(tile), tile.nbytes) for tile in own.values())
        return pieces

    @property
    def _memory(self) -> np.ndarray | StoredCells:
        """What owns the base: a view of a few cells keeps all of it alive."""
        if not isinstance(self._base, np.ndarray):
            return self._base
        owner = self._base.base
        return owner if isinstance(owner, np.ndarray) else self._base

    def _tile(self, key: tuple[int, int]) -> np.ndarray:
        tile = self._tiles.get(key)
        if tile is not None:
            return tile
        top, left = key[0] * TILE, key[1] * TILE
        return self._base[top : top + TILE, left : left + TILE]

    def _edited_tile(self, key: tuple[int, int], r0: int, c0: int, block: np.ndarray) -> np.ndarray:
        top, left = key[0] * TILE, key[1] * TILE
        tile = self._tile(key).copy()
        height, width = tile.shape
        rows = slice(max(r0 - top, 0), min(r0 + block.shape[0] - top, height))
        columns = slice(max(c0 - left, 0), min(c0 + block.shape[1] - left, width))
        tile[rows, columns] = block[
            rows.start + top - r0 : rows.stop + top - r0, columns.start + left - c0 : columns.stop + left - c0
        ]
        tile.flags.writeable = False
        return tile


def _tiles_of(r0: int, r1: int, c0: int, c1: int) -> list[tuple[int, int]]:
    if r0 >= r1 or c0 >= c1:
        return []
    return [
        (row, column)
        for row in range(r0 // TILE, (r1 - 1) // TILE + 1)
        for column in range(c0 // TILE, (c1 - 1) // TILE + 1)
    ]


def _difference(key: tuple[int, int], old: np.ndarray, new: np.ndarray) -> Patch | None:
    """Give the smallest box that covers all cells whose bits differ, None where there are none."""
    # Bits, not values: NaN differs from itself and -0.0 equals 0.0.
    unsigned = np.dtype(f"u{min(new.dtype.itemsize, 8)}")
    words = new.dtype.itemsize // unsigned.itemsize
    differs = np.ascontiguousarray(old).view(unsigned) != np.ascontiguousarray(new).view(unsigned)
    rows = np.flatnonzero(differs.any(axis=1))
    if rows.size == 0:
        return None
    columns = np.flatnonzero(differs.any(axis=0)) // words
    top, left = int(rows[0]), int(columns[0])
    values = new[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return Patch(key[0] * TILE + top, key[1] * TILE + left, values)
