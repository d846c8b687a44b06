"""What sources have in common whose cells come block by block: which blocks a window needs, and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.views.grid.source import view_shape

if TYPE_CHECKING:
    from playground.workspace.slicing import Slicing

BLOCK = 64
"""Rows and columns of the blocks that are asked for, so that a little scrolling asks for nothing new."""

Place = tuple[int, ...]
"""First and last row, first and last column of the 2-D view (half open), or the ends of each axis of the array."""


class BlockwiseSource:
    """Makes windows of blocks. Those who have the blocks say in ``_kept`` what is there."""

    def __init__(self, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> None:
        self.shape = shape
        self.ndim = len(shape)
        self.dtype = dtype
        self.rows, self.columns = view_shape(shape)

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of the 2-D view, or None while they are on their way."""
        if r0 >= r1 or c0 >= c1:
            return np.empty((max(0, r1 - r0), max(0, c1 - c0)), self.dtype)
        return _joined([[self._block_at(row, column) for column in _places(c0, c1)] for row in _places(r0, r1)],
                       r0, r1, c0, c1)  # fmt: skip

    def slice_block(self, slicing: Slicing, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of a picture of two axes, or None while they are on their way."""
        if r0 >= r1 or c0 >= c1:
            return np.empty((max(0, r1 - r0), max(0, c1 - c0)), self.dtype)
        return _joined([[self._cut(slicing, row, column) for column in _places(c0, c1)] for row in _places(r0, r1)],
                       r0, r1, c0, c1)  # fmt: skip

    def _kept(self, place: Place) -> np.ndarray | None:
        """Cells of a block: of the 2-D view, or of the array's own axes. None while they are on their way."""
        raise NotImplementedError

    def _block_at(self, row: int, column: int) -> np.ndarray | None:
        r0, c0 = row * BLOCK, column * BLOCK
        return self._kept((r0, min(r0 + BLOCK, self.rows), c0, min(c0 + BLOCK, self.columns)))

    def _cut(self, slicing: Slicing, row: int, column: int) -> np.ndarray | None:
        r0, c0 = row * BLOCK, column * BLOCK
        box = slicing.box(r0, min(r0 + BLOCK, slicing.rows), c0, min(c0 + BLOCK, slicing.columns))
        cells = self._kept(tuple(end for ends in box for end in ends))
        return None if cells is None else slicing.picture(cells)


def _places(first: int, stop: int) -> range:
    return range(first // BLOCK, -(-stop // BLOCK))


def _joined(blocks: list[list[np.ndarray | None]], r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
    """The window in its blocks. All were asked for before, so that all are on their way."""
    if any(block is None for row in blocks for block in row):
        return None
    top, left = r0 // BLOCK * BLOCK, c0 // BLOCK * BLOCK
    whole = blocks[0][0] if len(blocks) == len(blocks[0]) == 1 else np.block(blocks)  # type: ignore[arg-type]
    assert whole is not None
    return whole[r0 - top : r1 - top, c0 - left : c1 - left]
