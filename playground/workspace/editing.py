"""What the edits share: their error, what all have in common, and the checks that refuse one with a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np

from playground.language.names import name_problem
from playground.language.signature import shape_text
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.casting import fitted, holding_dtype
from playground.workspace.memory import size_problem
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry

if TYPE_CHECKING:
    from playground.workspace.workspace import Entry, Workspace

_MAX_AXES = 32


class EditError(ValueError):
    """The edit can't be done; the message is for a person.

    ``offer`` is a dtype with which it could be done, None where that is not the trouble.
    """

    def __init__(self, message: str, offer: np.dtype | None = None) -> None:
        super().__init__(message)
        self.offer = offer


class Edit(Protocol):
    """What all edits have in common."""

    @property
    def label(self) -> str:
        """What the edit does, translated, for the undo menu."""
        ...

    def apply(self, workspace: Workspace) -> Workspace:
        """Give the changed workspace; EditError where it can't be done."""
        ...


def entry_of(workspace: Workspace, name: str) -> Entry:
    """Find the entry called ``name``; EditError where there is none."""
    entry = workspace.get(name)
    if entry is None:
        raise EditError(tr("There is no entry {name}.", name=name))
    return entry


def array_of(workspace: Workspace, name: str) -> Array:
    """Find the array called ``name``; EditError where there is none, or an entry of another kind has that name."""
    entry = entry_of(workspace, name)
    if isinstance(entry, ShapeEntry):
        raise EditError(tr("{name} has a shape and no numbers yet: fill it first.", name=name))
    if isinstance(entry, FormulaEntry):
        raise EditError(tr("{name} follows from a formula; make it an array to edit its cells.", name=name))
    return entry.array


def formula_of(workspace: Workspace, name: str) -> FormulaEntry:
    """Find the formula called ``name``; EditError where there is none, or an entry of another kind has that name."""
    entry = entry_of(workspace, name)
    if isinstance(entry, ArrayEntry):
        raise EditError(tr("{name} is an array, not a formula.", name=name))
    if isinstance(entry, ShapeEntry):
        raise EditError(tr("{name} is a shape, not a formula.", name=name))
    return entry


def with_array(workspace: Workspace, name: str, array: Array) -> Workspace:
    """Give the workspace with ``array`` as the entry ``name``; its axes keep their names where it has as many."""
    entry = workspace.get(name)
    names = () if entry is None or isinstance(entry, FormulaEntry) else entry.signature.axis_names
    return workspace.replaced(name, ArrayEntry(name, array, names if len(names) == array.ndim else ()))


def added(workspace: Workspace, entry: Entry, position: int | None) -> Workspace:
    """Give the workspace with a new entry; EditError for a name or a position that can't be."""
    check_name(entry.name, workspace)
    if position is not None and not 0 <= position <= len(workspace.entries):
        raise EditError(tr("The list has no place {position}.", position=position))
    return workspace.inserted(entry, position)


def check_name(name: str, workspace: Workspace) -> None:
    """Raise EditError where a new entry can't be called ``name``."""
    problem = name_problem(name, workspace.names)
    if problem is not None:
        raise EditError(problem)


def check_shape(shape: tuple[int, ...], dtype: np.dtype) -> None:
    """Raise EditError where no array can have that shape, or memory doesn't hold it."""
    check_sizes(shape)
    # A size of 0 makes the others free of memory, yet NumPy and every view must still be able to count them.
    problem = size_problem(math.prod(size for size in shape if size) * dtype.itemsize)
    if problem is not None:
        raise EditError(tr("An array of shape {shape} is too large.", shape=shape_text(shape)) + " " + problem)


def check_sizes(shape: tuple[int, ...]) -> None:
    """Raise EditError where no array can have that shape, whatever its memory."""
    if any(size < 0 for size in shape):
        raise EditError(tr("A shape has no negative sizes."))
    if len(shape) > _MAX_AXES:
        raise EditError(tr("An array has at most {count} axes.", count=_MAX_AXES))
    if any(size > np.iinfo(np.intp).max for size in shape):
        raise EditError(tr("A size of {size} is more than any array can have.", size=max(shape)))


def check_axis(array: Array, name: str, axis: int) -> None:
    """Raise EditError where the array has no such axis."""
    if not 0 <= axis < array.ndim:
        shape = shape_text(array.shape)
        raise EditError(tr("{name} {shape} has no axis {axis}.", name=name, shape=shape, axis=axis))


def block_of(values: np.typing.ArrayLike) -> np.ndarray:
    """Give ``values`` as a 2-D array; EditError where they aren't a block of numbers."""
    try:
        block = Array.of(values, copy=False).to_numpy()
    except ArrayError as error:
        raise EditError(str(error)) from error
    if block.ndim > 2:
        raise EditError(tr("A block has rows and columns, not {count} axes.", count=block.ndim))
    return np.atleast_2d(block)


def written(array: Array, name: str, row: int, column: int, values: np.ndarray) -> Array:
    """Give ``array`` with the block written, in its own dtype; EditError where that can't be."""
    rows, columns = array.shape_2d
    if row < 0 or column < 0 or row + values.shape[0] > rows or column + values.shape[1] > columns:
        shape = shape_text(array.shape)
        raise EditError(tr("The block reaches over the border of {name} {shape}.", name=name, shape=shape))
    return array.with_block(row, column, held(values, name, array.dtype))


def held(values: np.ndarray, name: str, dtype: np.dtype) -> np.ndarray:
    """Give ``values`` in the dtype of the array they are for; EditError, with a dtype that can, where it can't."""
    block = fitted(values, dtype)
    if block is not None:
        return block
    message = tr("{name} is {dtype} and can't hold these values.", name=name, dtype=dtype)
    offer = holding_dtype(values, dtype)
    if offer is not None:
        message += " " + tr("Make it {dtype} to hold them.", dtype=offer)
    raise EditError(message, offer)


def converted(values: np.ndarray, name: str, dtype: np.dtype) -> np.ndarray:
    """Give ``values`` as ``dtype``; EditError where something would be lost."""
    cast = fitted(values, dtype)
    if cast is not None:
        return cast
    own = values.dtype
    message = tr("{name} has values that {dtype} can't hold, so it stays {own}.", name=name, dtype=dtype, own=own)
    raise EditError(message, holding_dtype(values, dtype))


def forced(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Cast as NumPy does, whatever is lost; an imaginary part is dropped."""
    real = values.real if values.dtype.kind == "c" and dtype.kind != "c" else values
    with np.errstate(all="ignore"):
        return real.astype(dtype)
