"""Edits of entries that have a shape and no numbers: adding, changing, filling them, and giving numbers up again."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr
from playground.workspace import editing
from playground.workspace.arrays import Array
from playground.workspace.casting import dtype_problem
from playground.workspace.editing import EditError
from playground.workspace.workspace import ArrayEntry, ShapeEntry

if TYPE_CHECKING:
    from playground.language.signature import Shape
    from playground.workspace.workspace import Workspace

Content = Literal["zeros", "ones", "counting", "random"]
"""What a shape can be filled with: 0, 1, the numbers 0, 1, 2, ... row by row, or random numbers."""

CONTENTS: Final[tuple[Content, ...]] = get_args(Content)

_LARGEST_RANDOM: Final = 9


class AddShape(Record):
    """Add a new shape without numbers before ``position`` of the list, at its end where that is None."""

    name: str
    signature: Signature
    position: int | None = None

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Add {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Add; EditError for a name that can't be used or is taken, or a shape that no array can have."""
        _check(self.signature)
        return editing.added(workspace, ShapeEntry(self.name, self.signature), self.position)


class SetShape(Record):
    """Give an entry another shape without numbers, whatever it was."""

    name: str
    signature: Signature

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Make {name} {shape}", name=self.name, shape=shape_text(self.signature.shape))

    def apply(self, workspace: Workspace) -> Workspace:
        """Change it; EditError where there is no such entry, or for a shape that no array can have."""
        editing.entry_of(workspace, self.name)
        _check(self.signature)
        return workspace.replaced(self.name, ShapeEntry(self.name, self.signature))


class FillShape(Record):
    """Make an array of a shape. Random numbers are the same every time, and others for each name."""

    name: str
    content: Content = "zeros"

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Fill {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Fill; EditError where the entry isn't a shape, memory doesn't hold it, or its dtype can't count so far."""
        entry = editing.entry_of(workspace, self.name)
        if not isinstance(entry, ShapeEntry):
            raise EditError(tr("{name} has its numbers already.", name=self.name))
        shape, dtype = _sizes(entry.signature.shape), entry.signature.dtype
        editing.check_shape(shape, dtype)
        values = _filled(self.name, shape, dtype, self.content)
        return editing.with_array(workspace, self.name, Array.of(values, copy=False))


class KeepShape(Record):
    """Give up the numbers of an array and keep its shape and dtype."""

    name: str

    @property
    def label(self) -> str:
        """What the edit does."""
        return tr("Keep only the shape of {name}", name=self.name)

    def apply(self, workspace: Workspace) -> Workspace:
        """Keep the shape; EditError where the entry isn't an array."""
        editing.array_of(workspace, self.name)
        entry = editing.entry_of(workspace, self.name)
        assert isinstance(entry, ArrayEntry)
        return workspace.replaced(self.name, ShapeEntry(self.name, entry.signature))


def _check(signature: Signature) -> None:
    editing.check_sizes(_sizes(signature.shape))
    problem = dtype_problem(signature.dtype)
    if problem is not None:
        raise EditError(problem)


def _sizes(shape: Shape) -> tuple[int, ...]:
    if None in shape:
        raise EditError(tr("Every size must be known."))
    return tuple(size for size in shape if size is not None)


def _filled(name: str, shape: tuple[int, ...], dtype: np.dtype, content: Content) -> np.ndarray:
    if content == "random":
        return _random(name, shape, dtype)
    if content == "counting":
        count = math.prod(shape)
        if count > _counts_to(dtype):
            raise EditError(tr("{dtype} can't count to {last}.", dtype=dtype, last=count - 1))
        return np.arange(count).reshape(shape).astype(dtype)
    return np.zeros(shape, dtype) if content == "zeros" else np.ones(shape, dtype)


def _counts_to(dtype: np.dtype) -> int:
    """How many whole numbers from 0 on ``dtype`` holds exactly, one after another."""
    if dtype.kind == "b":
        return 2
    if dtype.kind in "iu":
        return int(np.iinfo(dtype).max) + 1
    return int(2 ** (np.finfo(dtype).nmant + 1)) + 1


def _random(name: str, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Normal numbers; whole ones from −9 (from 0 where there is no sign) to 9; coin flips for truths."""
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    if dtype.kind in "biu":
        lowest, highest = {"b": (0, 1), "i": (-_LARGEST_RANDOM, _LARGEST_RANDOM), "u": (0, _LARGEST_RANDOM)}[dtype.kind]
        return generator.integers(lowest, highest, shape, endpoint=True, dtype=np.int8).astype(dtype)
    if dtype.kind == "c":
        return (generator.standard_normal(shape) + 1j * generator.standard_normal(shape)).astype(dtype)
    kind = np.float32 if dtype.itemsize <= np.dtype(np.float32).itemsize else np.float64
    return generator.standard_normal(shape, kind).astype(dtype)
