"""Random edits of arrays, each with what it makes of the array, written in plain NumPy and nothing of the program's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from playground.workspace.edits import ChangeDtype, DeleteLines, InsertLines, Resize, SetBlock, SetCell
from playground.workspace.line_edits import MoveLines
from playground.workspace.slice_edits import SetSlice
from playground.workspace.slicing import Slicing
from playground.workspace.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.workspace.edits import Edit

DTYPES = ("int16", "uint8", "int64", "float16", "float32", "float64", "complex64", "complex128", "bool")
LONGEST = 280
"""Sizes stay below this, which is more than one tile."""


class Wish(NamedTuple):
    """An edit of the array ``name``, and the array that it makes; None where it must be refused."""

    edit: Edit
    name: str
    expected: np.ndarray | None


class Walker:
    """Wishes for edits of ``arrays``, which it never changes."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.kinds: tuple[Callable[[str, np.ndarray], Wish], ...] = (
            self.cell, self.cell, self.block, self.block, self.fill, self.clear, self.paste, self.ranges,
            self.insert, self.delete, self.move, self.resize, self.dtype, self.slice,
        )  # fmt: skip

    def wish(self, arrays: dict[str, np.ndarray]) -> Wish:
        """Any edit of any of the arrays."""
        name = list(arrays)[self.below(len(arrays))]
        return self.kinds[self.below(len(self.kinds))](name, arrays[name])

    def below(self, count: int) -> int:
        return int(self.random.integers(0, max(1, count)))

    def values(self, rows: int, columns: int, dtype: np.dtype) -> np.ndarray:
        """Numbers of the dtype, those among them that are easily lost."""
        whole = self.random.integers(0, 2 if dtype.kind == "b" else 120, (rows, columns))
        if dtype.kind not in "fc":
            return whole.astype(dtype)
        if dtype.kind == "c":
            values = np.zeros((rows, columns), dtype)
            values.real = self.values(rows, columns, values.real.dtype)
            if self.below(2):
                values.imag = self.values(rows, columns, values.real.dtype)
            return values
        values = (whole / 7 - 8).astype(dtype)
        special = np.array([np.nan, np.inf, -np.inf, -0.0, np.finfo(dtype).max], dtype)
        chosen = self.random.random((rows, columns)) < 0.1
        values[chosen] = special[self.random.integers(0, len(special), int(chosen.sum()))]
        return values

    # -- cells ---------------------------------------------------------------------------------------------------

    def cell(self, name: str, old: np.ndarray) -> Wish:
        index = tuple(self.below(size) for size in old.shape)
        value = self.values(1, 1, old.dtype)[0, 0]
        if old.size == 0:
            return Wish(SetCell(name, index, value), name, None)
        new = old.copy()
        new[index] = value
        return Wish(SetCell(name, index, value), name, new)

    def block(self, name: str, old: np.ndarray) -> Wish:
        """Now and then over the border, which is refused."""
        rows, columns = flat(old).shape
        row, column = self.below(rows + 1), self.below(columns + 1)
        height, width = self.below(min(rows - row, 30) + 2), self.below(min(columns - column, 30) + 2)
        return self._written(name, old, row, column, self.values(height, width, old.dtype))

    def clear(self, name: str, old: np.ndarray) -> Wish:
        row, stop, column, end = self._box(old)
        return self._written(name, old, row, column, np.zeros((stop - row, end - column), old.dtype))

    def fill(self, name: str, old: np.ndarray) -> Wish:
        """The first row of a rectangle downwards, or its first column to the right."""
        row, stop, column, end = self._box(old)
        along = (slice(row, row + 1), slice(column, end)) if self.below(2) else (slice(row, stop), [column])
        if stop == row or end == column:
            return self._written(name, old, row, column, np.zeros((0, 0), old.dtype))
        return self._written(name, old, row, column, spread(flat(old)[along], stop - row, end - column))

    def ranges(self, name: str, old: np.ndarray) -> Wish:
        """Several rectangles as one step; where they overlap the last one counts."""
        new, edits = old.copy(), []
        for _ in range(1 + self.below(3)):
            row, stop, column, end = self._box(old)
            values = self.values(stop - row, end - column, old.dtype)
            flat(new)[row:stop, column:end] = values
            edits.append(SetBlock(name, row, column, values))
        return Wish(Together(tuple(edits), "ranges"), name, new)

    def slice(self, name: str, old: np.ndarray) -> Wish:
        """Through a picture of two axes, from either end; cell by cell in the model."""
        if old.ndim < 2 or old.size == 0:
            return self.cell(name, old)
        row, column = (int(axis) for axis in self.random.permutation(old.ndim)[:2])
        index = tuple(self.below(size) for size in old.shape)
        backwards = frozenset(axis for axis in (row, column) if self.below(2))
        top, left = self.below(old.shape[row]), self.below(old.shape[column])
        height, width = 1 + self.below(min(old.shape[row] - top, 9)), 1 + self.below(min(old.shape[column] - left, 9))
        values, new = self.values(height, width, old.dtype), old.copy()
        for i in range(height):
            for j in range(width):
                place = list(index)
                place[row] = old.shape[row] - 1 - top - i if row in backwards else top + i
                place[column] = old.shape[column] - 1 - left - j if column in backwards else left + j
                new[tuple(place)] = values[i, j]
        slicing = Slicing(old.shape, index, row, column, backwards)
        return Wish(SetSlice(name, slicing, top, left, values), name, new)

    def paste(self, name: str, old: np.ndarray) -> Wish:
        """Beyond the border, in another dtype: the array grows, is converted and written to in one step."""
        if old.ndim > 2:
            return self.block(name, old)
        dtype = np.promote_types(old.dtype, np.dtype(DTYPES[self.below(len(DTYPES))]))
        rows, columns = flat(old).shape
        row, column = self.below(rows + 1) if old.ndim == 2 else 0, self.below(columns + 1)
        values = self.values(1 + self.below(12) if old.ndim == 2 else 1, 1 + self.below(12), dtype)
        new = np.zeros((max(rows, row + values.shape[0]), max(columns, column + values.shape[1])), dtype)
        if max(new.shape) > LONGEST:
            return self.block(name, old)
        new[:rows, :columns] = flat(old)
        new[row : row + values.shape[0], column : column + values.shape[1]] = values
        new = new if old.ndim == 2 else new.reshape(-1)
        steps = ChangeDtype(name, dtype), Resize(name, new.shape), SetBlock(name, row, column, values)
        return Wish(Together(steps, "paste"), name, new)

    # -- the array -----------------------------------------------------------------------------------------------

    def insert(self, name: str, old: np.ndarray) -> Wish:
        axis, count = self.below(old.ndim), 1 + self.below(3)
        at = self.below(old.shape[axis] + 2)
        edit = InsertLines(name, axis, at, count)
        if at > old.shape[axis]:
            return Wish(edit, name, None)
        if old.shape[axis] + count > LONGEST:
            return self.delete(name, old)
        return Wish(edit, name, np.insert(old, [at] * count, 0, axis=axis))

    def delete(self, name: str, old: np.ndarray) -> Wish:
        axis, count = self.below(old.ndim), 1 + self.below(3)
        at = self.below(old.shape[axis] + 1)
        edit = DeleteLines(name, axis, at, count)
        gone = range(at, at + count)
        return Wish(edit, name, None if gone[-1] >= old.shape[axis] else np.delete(old, gone, axis=axis))

    def move(self, name: str, old: np.ndarray) -> Wish:
        axis, count = self.below(old.ndim), 1 + self.below(4)
        at, to = self.below(old.shape[axis]), self.below(old.shape[axis])
        edit = MoveLines(name, axis, at, count, to)
        if max(at, to) + count > old.shape[axis]:
            return Wish(edit, name, None)
        lines = list(range(old.shape[axis]))
        moved, rest = lines[at : at + count], lines[:at] + lines[at + count :]
        return Wish(edit, name, np.take(old, rest[:to] + moved + rest[to:], axis=axis))

    def resize(self, name: str, old: np.ndarray) -> Wish:
        """Mostly about as large as before, that not all goes to waste; seldom to nothing."""
        shape = tuple(max(0, min(size + self.below(13) - 6, LONGEST)) for size in old.shape)
        if self.below(12) == 0:
            shape = (0, *shape[1:])
        elif min(shape) < 3:
            shape = tuple(size + 20 for size in shape)
        new = np.zeros(shape, old.dtype)
        common = tuple(slice(0, min(pair)) for pair in zip(shape, old.shape, strict=True))
        new[common] = old[common]
        return Wish(Resize(name, shape), name, new)

    def dtype(self, name: str, old: np.ndarray) -> Wish:
        """To a dtype that holds everything; or by force, where C says what becomes of every number."""
        dtype = np.dtype(DTYPES[self.below(len(DTYPES))])
        if np.can_cast(old.dtype, dtype, "safe"):
            return Wish(ChangeDtype(name, dtype), name, old.astype(dtype))
        real = old.real if old.dtype.kind == "c" and dtype.kind != "c" else old
        if dtype.kind in "iu" and real.dtype.kind in "fc":
            if not np.all(np.isfinite(real)):
                return Wish(ChangeDtype(name, dtype), name, None)
            if real.size and not 0 <= real.min() <= real.max() < 100:
                return self.resize(name, old)  # C leaves open what a float becomes that an integer can't be
        with np.errstate(all="ignore"):
            return Wish(ChangeDtype(name, dtype, force=True), name, real.astype(dtype))

    def _box(self, old: np.ndarray) -> tuple[int, int, int, int]:
        rows, columns = flat(old).shape
        row, column = self.below(rows), self.below(columns)
        return (
            row,
            row + self.below(min(rows - row, 40) + 1),
            column,
            column + self.below(min(columns - column, 40) + 1),
        )

    @staticmethod
    def _written(name: str, old: np.ndarray, row: int, column: int, values: np.ndarray) -> Wish:
        edit, new = SetBlock(name, row, column, values), old.copy()
        stop, end = row + values.shape[0], column + values.shape[1]
        if stop > flat(old).shape[0] or end > flat(old).shape[1]:
            return Wish(edit, name, None)
        flat(new)[row:stop, column:end] = values
        return Wish(edit, name, new)


def flat(values: np.ndarray) -> np.ndarray:
    """All but the last axis as rows; a view."""
    rows = 1
    for size in values.shape[:-1]:
        rows *= size
    return values.reshape(rows, values.shape[-1])


def spread(line: np.ndarray, rows: int, columns: int) -> np.ndarray:
    return np.tile(line, (rows // line.shape[0], columns // line.shape[1]))
