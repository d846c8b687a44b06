"""A grid's view of two axes of an array: of any source that can give cells of a `Slicing`, nothing is copied whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np

    from playground.session.reading import Reader
    from playground.views.grid.source import BlockSource
    from playground.workspace.slicing import Slicing


class Sliceable(Protocol):
    """A source of an array that gives cells of a picture of it, never waiting: None while they are on their way."""

    @property
    def shape(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def dtype(self) -> np.dtype[np.generic]: ...  # noqa: D102
    @property
    def editable(self) -> bool: ...  # noqa: D102
    @property
    def limits(self) -> tuple[float, float] | None: ...  # noqa: D102
    def slice_block(self, slicing: Slicing, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of the picture."""
        ...

    def reader(self, slicing: Slicing | None = None) -> Reader:
        """What reads the array, or a picture of it, in a thread."""
        ...


class SliceSource:
    """The picture ``slicing`` of ``whole``; its colours' limits are the whole array's, the same in every slice."""

    def __init__(self, whole: Sliceable, slicing: Slicing) -> None:
        self.whole, self.slicing = whole, slicing
        self.shape = slicing.shown_shape
        self.rows, self.columns, self.ndim = slicing.rows, slicing.columns, len(self.shape)
        self.dtype, self.editable = whole.dtype, whole.editable

    @property
    def limits(self) -> tuple[float, float] | None:
        """Smallest and largest finite value of the whole array."""
        return self.whole.limits

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of the picture, or None while they are on their way."""
        r0, c0 = max(0, r0), max(0, c0)
        r1, c1 = max(r0, min(r1, self.rows)), max(c0, min(c1, self.columns))
        return self.whole.slice_block(self.slicing, r0, r1, c0, c1)

    def reader(self) -> Reader:
        """What reads the picture's cells in a thread that may wait for them."""
        return self.whole.reader(self.slicing)

    def row_label(self, row: int) -> str:
        """The index of a row on its own axis."""
        axis = self.slicing.row
        return "0" if axis is None else str(self.slicing.place(axis, row))

    def column_label(self, column: int) -> str:
        """The index of a column on its own axis."""
        axis = self.slicing.column
        return "0" if axis is None else str(self.slicing.place(axis, column))


def slicing_of(source: BlockSource) -> Slicing | None:
    """The picture that a source shows, None for one that shows its array whole."""
    return source.slicing if isinstance(source, SliceSource) else None
