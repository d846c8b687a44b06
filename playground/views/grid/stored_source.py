"""A grid's view of an array whose cells stay in a file: what was read is kept, what is missing is read beside."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from playground.session.reading import CellsGoneError
from playground.views.grid.blockwise import BLOCK, BlockwiseSource, Place
from playground.workspace.arrays import TILE
from playground.workspace.stored import StoredError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.source import BlockSource
    from playground.workspace.arrays import Array, Patch
    from playground.workspace.slicing import Slicing
    from playground.workspace.stored import StoredCells

_MOST_CELLS = 1 << 21
"""Cells that are kept: 16 MiB of float64, and as much as may be copied at once."""
_MOST_IN_BLOCKS = 1 << 19
"""Cells of a window that is made of blocks; a larger one is read for itself."""


class StoredBlocks:
    """Blocks of the cells as the file holds them, kept for all versions of the array.

    Parameters
    ----------
    cells
        Where they are read.
    request
        Called with a place that is to be read beside the window; ``arrived`` must be called with its cells, or None.
    prepare
        Called with the row and column of a tile that is looked at and may be edited.
    """

    def __init__(
        self,
        cells: StoredCells,
        request: Callable[[StoredCells, Place], None],
        prepare: Callable[[StoredCells, int, int], None],
    ) -> None:
        self.cells = cells
        self._request = request
        self._prepare = prepare
        self._kept: dict[Place, np.ndarray] = {}
        self._count = 0
        self._waiting: set[Place] = set()

    def at(self, place: Place) -> np.ndarray | None:
        """Cells that were read, or that the system has at hand; others are asked for."""
        found = self._kept.get(place)
        if found is not None:
            return found
        with suppress(StoredError):  # who reads it beside the window says why, whoever found it out first
            found = self.cells.window_at_once(place)
        if found is not None:
            self._keep(place, found)
        elif place not in self._waiting:
            self._waiting.add(place)
            self._request(self.cells, place)
        return found

    def arrived(self, place: Place, cells: np.ndarray | None) -> None:
        """Keep what was asked for; None may be asked for again."""
        self._waiting.discard(place)
        if cells is not None:
            self._keep(place, cells)

    def _keep(self, place: Place, cells: np.ndarray) -> None:
        self._count += cells.size
        while self._kept and self._count > _MOST_CELLS:
            self._count -= self._kept.pop(next(iter(self._kept))).size
        self._kept[place] = cells
        if len(place) == 4 and cells.size <= BLOCK**2:
            self._prepare(self.cells, place[0] // TILE, place[2] // TILE)


class StoredSource(BlockwiseSource):
    """Blocks of the file with the edits over them. ``block`` never waits for a disk."""

    editable = True
    limits = None  # whoever owns the array has them looked for

    def __init__(self, array: Array, blocks: StoredBlocks) -> None:
        super().__init__(array.shape, array.dtype)
        self._array, self._blocks = array, blocks

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of the 2-D view, or None while they are on their way."""
        is_large = (r1 - r0) * (c1 - c0) > _MOST_IN_BLOCKS
        found = self._kept((r0, r1, c0, c1)) if is_large else super().block(r0, r1, c0, c1)
        return None if found is None else self._array.edited(found, r0, c0)

    def slice_block(self, slicing: Slicing, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of a picture of two axes, or None while they are on their way."""
        found = super().slice_block(slicing, r0, r1, c0, c1)
        if found is None:
            return None
        return self._array.edited_at(np.array(found, order="C"), *slicing.positions(r0, r1, c0, c1))

    def reader(self, slicing: Slicing | None = None) -> StoredReader:
        """What reads the array, or a picture of it, in a thread that may wait for the disk."""
        return StoredReader(self._array, self._blocks.cells, slicing)

    def changes_since(self, older: BlockSource) -> list[Patch] | None:
        """What was written over the cells of ``older`` to make them these; None where that isn't known."""
        return self._array.changes_since(older._array) if isinstance(older, StoredSource) else None

    def _kept(self, place: Place) -> np.ndarray | None:
        return self._blocks.at(place)


class StoredReader:
    """Reads cells from their file, with the edits over them, in any thread."""

    def __init__(self, array: Array, cells: StoredCells, slicing: Slicing | None) -> None:
        self._array, self._cells, self._slicing = array, cells, slicing
        self.tall = cells.tall and slicing is None

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Cells ``[r0:r1, c0:c1]``; `CellsGoneError` where the file was changed or can't be read."""
        try:
            if self._slicing is None:
                return self._array.block(r0, r1, c0, c1)
            picture = self._slicing.picture(self._cells.read_box(self._slicing.box(r0, r1, c0, c1)))
        except StoredError as error:
            raise CellsGoneError(str(error)) from error
        return self._array.edited_at(np.array(picture, order="C"), *self._slicing.positions(r0, r1, c0, c1))

    def close(self) -> None:
        """A read ends by itself."""
