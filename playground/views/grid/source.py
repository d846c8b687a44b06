"""Where a grid's cells come from and what is to be written to them: the protocol, arrays in memory, edits."""

from __future__ import annotations

import math
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from playground.record import Record
from playground.workspace.limits import finite_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.workspace.arrays import Array, Patch
    from playground.workspace.slicing import Slicing

SCAN_AT_MOST = 1 << 18
"""Cells of larger arrays aren't looked through in the middle of a frame: their owner tells limits (`set_limits`)."""

CELLS_AT_MOST = 2_000_000
"""How many cells are copied, pasted or written at once."""


class GridEdit(Record, eq=False):
    """A wish to write ``values`` (2-D, of the source's dtype) with their first cell at ``(row, column)``.

    ``beside`` are more of the same kind that are written with it, as one step.
    """

    row: int
    column: int
    values: np.ndarray
    beside: tuple[GridEdit, ...] = ()


class BlockSource(Protocol):
    """The 2-D view ``(prod(shape[:-1]), shape[-1])`` of an array; 1-D is one row, 0-D is one cell.

    ``block`` never waits: None means that the cells are not there yet, and the owner calls ``Grid.refresh``
    when they are. ``limits`` are the smallest and largest finite value of the whole array, None while unknown.
    """

    @property
    def shape(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def rows(self) -> int: ...  # noqa: D102
    @property
    def columns(self) -> int: ...  # noqa: D102
    @property
    def ndim(self) -> int: ...  # noqa: D102
    @property
    def dtype(self) -> np.dtype[np.generic]: ...  # noqa: D102
    @property
    def editable(self) -> bool: ...  # noqa: D102
    @property
    def limits(self) -> tuple[float, float] | None: ...  # noqa: D102
    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Return cells ``[r0:r1, c0:c1]`` of the 2-D view, or None while they are on their way."""
        ...


def view_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of the 2-D view of an array of ``shape``.

    >>> view_shape((4, 3, 2)), view_shape((3,)), view_shape(())
    ((12, 2), (1, 3), (1, 1))
    """
    return math.prod(shape[:-1]), shape[-1] if shape else 1


def leading_indices(shape: tuple[int, ...], row: int) -> str:
    """Name a row of the 2-D view by the indices of all axes but the last.

    >>> leading_indices((4, 3, 2), 5)
    '1,2'
    """
    indices: list[str] = []
    for size in reversed(shape[:-1]):
        row, index = divmod(row, size) if size else (row, row)
        indices.append(str(index))
    return ",".join(reversed(indices))


class ArraySource:
    """A source over a NumPy array or a workspace array. Nothing is copied and nothing written."""

    def __init__(self, array: np.ndarray | Array, *, editable: bool = True) -> None:
        self._array = array
        self.shape: tuple[int, ...] = tuple(array.shape)
        self.rows, self.columns = view_shape(self.shape)
        self.ndim = len(self.shape)
        self.dtype: np.dtype[np.generic] = array.dtype
        self.editable = editable
        self._flat = array.reshape(self.rows, self.columns) if isinstance(array, np.ndarray) else None

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Return cells ``[r0:r1, c0:c1]`` of the 2-D view."""
        if self._flat is not None:
            return self._flat[r0:r1, c0:c1]
        return self._array.block(r0, r1, c0, c1)  # type: ignore[union-attr]

    def slice_block(self, slicing: Slicing, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        """Return cells ``[r0:r1, c0:c1]`` of a picture of two axes."""
        places = slicing.positions(r0, r1, c0, c1)
        return self._flat[places] if self._flat is not None else self._array.at(*places)  # type: ignore[union-attr]

    def reader(self, slicing: Slicing | None = None) -> CellReader:
        """What reads these cells, or a picture of two axes, in a thread that may wait for them."""
        return CellReader(self.block if slicing is None else partial(self.slice_block, slicing))

    def changes_since(self, older: BlockSource) -> list[Patch] | None:
        """What was written over the cells of ``older`` to make them these; None where that isn't known."""
        if not isinstance(older, ArraySource) or isinstance(self._array, np.ndarray):
            return None
        return None if isinstance(older._array, np.ndarray) else self._array.changes_since(older._array)

    @cached_property
    def limits(self) -> tuple[float, float] | None:
        """Smallest and largest finite value (of magnitudes for complex); None for none, or for a large array."""
        if not 0 < self.rows * self.columns <= SCAN_AT_MOST:
            return None
        return finite_limits(self.block(0, self.rows, 0, self.columns))


class CellReader:
    """Reads cells that lie in memory, and are never written to, in any thread."""

    tall = False

    def __init__(self, read: Callable[[int, int, int, int], np.ndarray]) -> None:
        self.read = read

    def close(self) -> None:
        """Nothing waits that would have to be let go."""


def changed_box(before: np.ndarray, after: np.ndarray) -> tuple[int, int, int, int] | None:
    """``(r0, r1, c0, c1)`` around all cells that differ between two blocks of one shape; NaN equals NaN."""
    with np.errstate(invalid="ignore"):
        differs = (before != after) & ~((before != before) & (after != after))
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not rows.size:
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def changed_between(
    old: BlockSource, new: BlockSource, r0: int, r1: int, c0: int, c1: int
) -> tuple[int, int, int, int] | None:
    """As `changed_box`, of two sources of one shape inside ``[r0:r1, c0:c1]``; all of it while cells are missing."""
    if r0 >= r1 or c0 >= c1:
        return None
    before, after = old.block(r0, r1, c0, c1), new.block(r0, r1, c0, c1)
    if before is None or after is None:
        return r0, r1, c0, c1
    box = changed_box(before, after)
    return None if box is None else (r0 + box[0], r0 + box[1], c0 + box[2], c0 + box[3])
