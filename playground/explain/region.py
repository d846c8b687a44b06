"""Operand cells that take part, as rectangles of the entries that hold them, and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.origin import Cell, CellRef, ShapeOf, trace
from playground.language.nodes import Binary, Name, Node, Unary, walk
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.explain.recipe import Part, Where
    from playground.language.infer import Inference

_MAX_SINGLE = 64
"""Cells that are no rectangle are listed one by one up to so many."""


class Rectangle(Record):
    """Half-open ranges of the 2-D view of an entry."""

    name: str
    rows: tuple[int, int]
    columns: tuple[int, int]


class Places:
    """The parts of one formula: their shapes, their text, and where their cells are kept."""

    def __init__(self, inference: Inference) -> None:
        self._source = inference.source
        self._shapes = {(s.span.start, s.span.end): getattr(s.signature, "shape", None) for s in inference.steps}
        self.shape_of: ShapeOf = lambda node: self._shapes.get((node.span.start, node.span.end))

    def text(self, node: Node, *, alone: bool = False) -> str:
        """Return a sub-expression as it is written, in parentheses where an index may follow unless it is ``alone``."""
        text = self._source[node.span.start : node.span.end]
        return f"({text})" if isinstance(node, Binary | Unary) and not alone else text

    def sizes(self, part: Part) -> tuple[int, ...]:
        """Sizes of the axes that take part as a whole."""
        shape = self.shape_of(part.node) or ()
        return tuple(size or 0 for size, at in zip(shape, part.where, strict=True) if isinstance(at, slice))

    def cells(self, part: Part) -> Iterator[Cell]:
        """All cells of a part, in C order, one after the other however many there are."""
        for free in np.ndindex(*self.sizes(part)):
            places = iter(free)
            yield tuple(next(places) if isinstance(at, slice) else at for at in part.where)

    def refs(self, part: Part) -> Iterator[CellRef | None]:
        """Where the cells of a part are kept, in C order; None for what is computed."""
        return (trace(part.node, cell, self.shape_of) for cell in self.cells(part))

    def rectangles(self, part: Part) -> tuple[Rectangle, ...]:
        """Cover the cells of a part; empty where they are computed, or too many and scattered."""
        sizes = self.sizes(part)
        count = math.prod(sizes)
        if count == 0:
            return ()
        ends = [
            trace(part.node, tuple(at if isinstance(at, int) else next(places) for at in part.where), self.shape_of)
            for places in (iter([0] * len(sizes)), iter([size - 1 for size in sizes]))
        ]
        first, last = ends
        if first is None or last is None:
            return ()
        rows, columns = sorted((first.row, last.row)), sorted((first.column, last.column))
        whole = Rectangle(first.name, (rows[0], rows[1] + 1), (columns[0], columns[1] + 1))
        if (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) == count:
            return (whole,)
        if count > _MAX_SINGLE:
            return ()
        return tuple(
            Rectangle(ref.name, (ref.row, ref.row + 1), (ref.column, ref.column + 1))
            for ref in self.refs(part)
            if ref is not None
        )

    def label(self, part: Part) -> str:
        """Name a part in words: ``row 0 of A``, ``row 0 of A.T (column 0 of A)``, ``X[2, :, 0]``."""
        words = _words(self.text(part.node), part.where)
        kept = None if isinstance(part.node, Name) else self.kept_as(part)
        return words if kept is None else f"{words} ({_words(*kept)})"

    def kept_as(self, part: Part) -> tuple[str, Where] | None:
        """Entry of one or two axes and index of the cell, the whole row or the whole column of it that a part is."""
        rectangles = self.rectangles(part)
        if len(rectangles) != 1:
            return None
        box = rectangles[0]
        entry = next(n for n in walk(part.node) if isinstance(n, Name) and n.name == box.name)
        shape = self.shape_of(entry) or ()
        if len(shape) not in (1, 2):
            return None
        spans = [box.rows, box.columns][-len(shape) :]
        free = self._free_axes(spans, len(self.sizes(part)))
        where = tuple(slice(None) if axis in free else span[0] for axis, span in enumerate(spans))
        if any(
            span != (0, size) if axis in free else span[1] - span[0] != 1
            for axis, (span, size) in enumerate(zip(spans, shape, strict=True))
        ):
            return None
        return box.name, where

    @staticmethod
    def _free_axes(spans: list[tuple[int, int]], count: int) -> list[int]:
        """Axes that a part runs along: the longer ones, and of two with one place the last."""
        return sorted(range(len(spans)), key=lambda axis: (spans[axis][1] - spans[axis][0] == 1, -axis))[:count]


def index_text(where: Where) -> str:
    """Write an index as NumPy does: ``[0, :]``, empty for a scalar."""
    return f"[{', '.join(':' if isinstance(at, slice) else str(at) for at in where)}]" if where else ""


def _words(text: str, where: Where) -> str:
    match where:
        case ():
            return text
        case (int(row), slice()):
            return tr("row {index} of {name}", index=row, name=text)
        case (slice(), int(column)):
            return tr("column {index} of {name}", index=column, name=text)
        case (slice(),):
            return text
        case _ if all(isinstance(at, slice) for at in where):
            return tr("all of {name}", name=text)
    return text + index_text(where)
