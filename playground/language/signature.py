"""What is known of a value before it exists: its shape and its dtype."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    import numpy as np

Shape = tuple[int | None, ...]
"""Sizes of the axes; ``None`` where only the data decides (a boolean mask)."""

AxisNames = tuple[str | None, ...]
"""One name or None for each axis, or nothing at all."""


class Signature(Record):
    """Shape and dtype of one array or scalar.

    Attributes
    ----------
    shape
        One size per axis, ``()`` for a scalar, ``None`` for a size that only the data decides.
    dtype
        The NumPy dtype of the elements.
    weak
        True for a Python scalar, which takes the dtype of what it meets (NEP 50).
    axis_names
        What a person calls each axis (``B`` and ``d`` of ``x: (B=32, d=784)``), None for one without a name; empty
        where none has one.
    """

    shape: Shape
    dtype: np.dtype
    weak: bool = False
    axis_names: AxisNames = ()

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int | None:
        """Number of elements, None where the data decides."""
        sizes = [s for s in self.shape if s is not None]
        return math.prod(sizes) if len(sizes) == len(self.shape) else None

    def leading(self, core: int) -> Signature:
        """Signature of the axes before the last ``core`` ones."""
        return Signature(self.shape[:-core], self.dtype, axis_names=self.axis_names[:-core])

    @property
    def nbytes(self) -> int | None:
        """Bytes of all elements, None where the data decides."""
        size = self.size
        return None if size is None else size * self.dtype.itemsize


class TupleSignature(Record):
    """Several results at once, as ``linalg.svd`` gives them; ``names`` are their field names or empty."""

    items: tuple[Signature, ...]
    names: tuple[str, ...] = ()


def result_shape(signature: Signature | TupleSignature) -> Shape | tuple[Shape, ...]:
    """Give the shape of a result; a tuple of them where there are several, as the doors do."""
    if isinstance(signature, TupleSignature):
        return tuple(item.shape for item in signature.items)
    return signature.shape


def shapes_text(shape: Shape | tuple[Shape, ...]) -> str:
    """Write the shape of a result, or those of several: ``(3, 4)``; ``(3, 3), (2,), (2, 2)``."""
    several = [part for part in shape if isinstance(part, tuple)]
    if several:
        return ", ".join(map(shape_text, several))
    return shape_text(tuple(part for part in shape if not isinstance(part, tuple)))


def shape_text(shape: Shape, names: AxisNames = ()) -> str:
    """Write a shape as NumPy does: ``(3, 4)``, ``(5,)``, ``()``; an unknown size is ``?``, a named one ``d=784``."""
    sizes = ["?" if s is None else str(s) for s in shape]
    if names:
        sizes = [size if name is None else f"{name}={size}" for name, size in zip(names, sizes, strict=True)]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"
