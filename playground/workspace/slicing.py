"""Which two axes of an array are looked at, and where the others stand: as a value, as text, as indices. Pure."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[tuple[int, int], ...]
"""A half-open range of every axis of an array."""


class Role(Enum):
    """What an axis is for in the picture: its places run down, run to the right, or one of them is looked at."""

    ROWS = "rows"
    COLUMNS = "columns"
    SLIDER = "slider"


class Slicing(Record):
    """A picture of at most two axes of an array of ``shape``.

    Attributes
    ----------
    index
        Where each axis stands; those that are shown remember where they stood.
    row, column
        Axes that run down and to the right. A single axis that is shown is the ``column``; both None is one cell.
    backwards
        Axes that are shown from their end (``::-1``).
    """

    shape: tuple[int, ...]
    index: tuple[int, ...]
    row: int | None
    column: int | None
    backwards: frozenset[int] = frozenset()

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def shown_shape(self) -> tuple[int, ...]:
        """Sizes of the axes that are shown, rows first."""
        return tuple(self.shape[axis] for axis in (self.row, self.column) if axis is not None)

    @property
    def rows(self) -> int:
        """Rows of the picture; a vector and a number have one."""
        return 1 if self.row is None else self.shape[self.row]

    @property
    def columns(self) -> int:
        """Columns of the picture; a number has one."""
        return 1 if self.column is None else self.shape[self.column]

    @property
    def sliders(self) -> tuple[int, ...]:
        """Axes of which one place is looked at."""
        return tuple(axis for axis in range(len(self.shape)) if axis not in (self.row, self.column))

    def role(self, axis: int) -> Role:
        """What ``axis`` is for."""
        return Role.ROWS if axis == self.row else Role.COLUMNS if axis == self.column else Role.SLIDER

    @property
    def is_transposed(self) -> bool:
        """Whether the axis that runs down comes after the one that runs to the right."""
        return self.row is not None and self.column is not None and self.row > self.column

    def of(self, values: np.ndarray) -> np.ndarray:
        """The picture of ``values``, an array of ``shape``, as NumPy slices it: a view, 2-D, 1-D or 0-D."""
        where = tuple(self._numpy_index(axis) for axis in range(len(self.shape)))
        return values[(*where, ...)].T if self.is_transposed else values[(*where, ...)]

    def _numpy_index(self, axis: int) -> int | slice:
        if axis in (self.row, self.column):
            return slice(None, None, -1) if axis in self.backwards else slice(None)
        return self.index[axis]

    def text(self, name: str = "") -> str:
        """The picture in NumPy's words: ``T[:, 2, ::-1]``, with ``.T`` where the rows are the later axis."""
        items = []
        for axis in range(len(self.shape)):
            shown = "::-1" if axis in self.backwards else ":"
            items.append(shown if axis in (self.row, self.column) else str(self.index[axis]))
        return f"{name}[{', '.join(items) or '()'}]" + (".T" if self.is_transposed else "")

    # -- cells ---------------------------------------------------------------------------------------------------

    def index_of(self, row: int, column: int) -> tuple[int, ...]:
        """The array's own index of a cell of the picture."""
        index = list(self.index)
        for axis, place in ((self.row, row), (self.column, column)):
            if axis is not None:
                index[axis] = self.place(axis, place)
        return tuple(index)

    def cell_of(self, index: Sequence[int]) -> tuple[int, int] | None:
        """Row and column where the array's cell ``index`` is shown, None where it isn't."""
        if any(index[axis] != self.index[axis] for axis in self.sliders):
            return None
        row = 0 if self.row is None else self.place(self.row, index[self.row])
        return row, 0 if self.column is None else self.place(self.column, index[self.column])

    def place(self, axis: int, line: int) -> int:
        """Place on ``axis`` of a line of the picture; and the line of a place, as turning round twice is nothing."""
        return self.shape[axis] - 1 - line if axis in self.backwards else line

    def positions(self, r0: int, r1: int, c0: int, c1: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns, in the array's 2-D view, of the cells ``[r0:r1, c0:c1]`` of the picture.

        The 2-D view has ``prod(shape[:-1])`` rows. The two arrays broadcast to ``(r1 - r0, c1 - c0)``.
        """
        strides = self._row_strides()
        last = len(self.shape) - 1
        row, column = np.zeros((r1 - r0, 1), np.intp), np.zeros((1, c1 - c0), np.intp)
        for fixed in self.sliders:
            if fixed == last:
                column = column + self.index[fixed]
            else:
                row = row + self.index[fixed] * strides[fixed]
        lines = np.arange(r0, r1)[:, None], np.arange(c0, c1)[None, :]
        for axis, along in zip((self.row, self.column), lines, strict=True):
            if axis is None:
                continue
            places = self.shape[axis] - 1 - along if axis in self.backwards else along
            if axis == last:
                column = column + places
            else:
                row = row + places * strides[axis]
        return row, column

    def box(self, r0: int, r1: int, c0: int, c1: int) -> Box:
        """The ranges of the array's axes in which the cells ``[r0:r1, c0:c1]`` of the picture, one at least, lie."""
        ranges = [(at, at + 1) for at in self.index]
        for axis, first, stop in ((self.row, r0, r1), (self.column, c0, c1)):
            if axis is not None:
                size = self.shape[axis]
                ranges[axis] = (size - stop, size - first) if axis in self.backwards else (first, stop)
        return tuple(ranges)

    def picture(self, values: np.ndarray) -> np.ndarray:
        """Lay ``values``, the array's cells in a `box`, out as rows and columns of the picture."""
        order = [axis for axis in (self.row, self.column) if axis is not None]
        turned = values[tuple(slice(None, None, -1 if axis in self.backwards else 1) for axis in range(values.ndim))]
        laid = turned.transpose(*order, *(axis for axis in range(values.ndim) if axis not in order))
        return laid.reshape(self._two(tuple(values.shape[axis] for axis in order)))

    @staticmethod
    def _two(sizes: tuple[int, ...]) -> tuple[int, int]:
        rows, columns = (1, 1, *sizes)[-2:]
        return rows, columns

    def shown_part(self, box: Box) -> tuple[int, int, int, int] | None:
        """``(r0, r1, c0, c1)`` of the cells in ``box`` that the picture shows, None for none."""
        if any(not box[axis][0] <= self.index[axis] < box[axis][1] for axis in self.sliders):
            return None
        part: list[int] = []
        for axis in (self.row, self.column):
            first, stop = (0, 1) if axis is None else box[axis]
            if axis is not None and axis in self.backwards:
                first, stop = self.shape[axis] - stop, self.shape[axis] - first
            part += [first, stop]
        r0, r1, c0, c1 = part
        return (r0, r1, c0, c1) if r0 < r1 and c0 < c1 else None

    def _row_strides(self) -> list[int]:
        strides, step = [0] * len(self.shape), 1
        for axis in range(len(self.shape) - 2, -1, -1):
            strides[axis], step = step, step * self.shape[axis]
        return strides

    # -- other pictures ------------------------------------------------------------------------------------------

    def containing(self, index: Sequence[int]) -> Slicing:
        """The same axes, with the others standing so that the array's cell ``index`` is shown."""
        return replace(self, index=tuple(index)) if self.cell_of(index) is None else self

    def standing(self, axis: int, at: int) -> Slicing:
        """``axis`` standing at ``at``, or at the end that is nearer."""
        at = max(0, min(at, self.shape[axis] - 1))
        return replace(self, index=(*self.index[:axis], at, *self.index[axis + 1 :]))

    def stepped(self, axis: int, by: int) -> Slicing:
        """``axis`` so many places on, and from its end round to its beginning."""
        return self.standing(axis, (self.index[axis] + by) % max(1, self.shape[axis]))

    def with_role(self, axis: int, role: Role) -> Slicing:
        """``axis`` in another role; the axis that had it takes over the old one of ``axis``."""
        row, column = self.row, self.column
        if role is self.role(axis):
            return self
        if role is Role.SLIDER:
            row, column = (None if row == axis else row), (None if column == axis else column)
        elif role is Role.ROWS:
            row, column = axis, (row if column == axis else column)
        else:
            row, column = (column if row == axis else row), axis
        if column is None:  # a single axis that is shown runs to the right
            row, column = None, row
        return replace(self, row=row, column=column)

    def turned(self, axis: int) -> Slicing:
        """``axis`` shown from its other end."""
        return replace(self, backwards=self.backwards ^ {axis})

    def grown(self, rows: int, columns: int) -> tuple[int, ...]:
        """The array's shape when the picture has so many rows and columns."""
        sizes = {self.row: rows, self.column: columns}
        return tuple(sizes.get(axis, size) for axis, size in enumerate(self.shape))

    def fitted(self, shape: tuple[int, ...]) -> Slicing | None:
        """The same picture of an array of another ``shape``; the usual one where it has other axes.

        None as for `usual`.
        """
        if shape == self.shape:
            return self
        if len(shape) != len(self.shape) or any(shape[axis] == 0 for axis in self.sliders):
            return usual(shape)
        index = tuple(max(0, min(at, size - 1)) for at, size in zip(self.index, shape, strict=True))
        return replace(self, shape=shape, index=index)


def usual(shape: tuple[int, ...]) -> Slicing | None:
    """The picture of the last two axes, the others standing at 0; empty axes are shown before others.

    None where more than two axes are empty: no picture shows them.
    """
    axes = range(len(shape))
    empty = [axis for axis in axes if shape[axis] == 0]
    if len(empty) > 2:
        return None
    others = [axis for axis in axes if axis not in empty]
    count = min(2, len(shape)) - len(empty)
    shown = sorted(empty + others[len(others) - count :])
    row, column = ([None, None, *shown])[-2:]
    return Slicing(tuple(shape), (0,) * len(shape), row, column)


def box_of(shape: tuple[int, ...], rows: tuple[int, int], columns: tuple[int, int]) -> Box | None:
    """Ranges of all axes for a block of the 2-D view; None where its rows are no box of the leading axes."""
    leading = shape[:-1]
    if rows[0] >= rows[1] or 0 in shape:
        return None
    first, last = (np.unravel_index(row, leading) if leading else () for row in (rows[0], rows[1] - 1))
    ranges = [(int(a), int(b) + 1) for a, b in zip(first, last, strict=True)]
    count = 1
    for start, stop in ranges:
        count *= stop - start
    if count != rows[1] - rows[0]:
        return None
    return (*ranges, columns) if shape else ()
