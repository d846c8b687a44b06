"""Where the cells of a sub-expression are kept: which entry, and where in it, seen through ``.T`` and indexing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell of an entry, in the entry's 2-D view ``(prod(shape[:-1]), shape[-1])``; a vector is one row."""

    name: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A vector that is a row or a column of an entry, so that moving the vector edits those cells.

    Attributes
    ----------
    name
        The entry.
    source
        NumPy text of the vector: ``A[0, :]``, ``B[:, 1]``, ``x``.
    cells
        Its cells, in the order of the vector's coordinates.
    """

    name: str
    source: str
    cells: tuple[CellRef, ...]
