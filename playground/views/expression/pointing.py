"""Pointing at a cell lights what it is made of, and what is made of it, in all grids of the equation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from playground.views.expression.boxes import GridBox
from playground.views.expression.equation_parts import Kind, Part
from playground.views.grid.slice_source import slicing_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from playground.explain.carrying import Box
    from playground.explain.reach import Cells, Reach
    from playground.language.infer import Inference
    from playground.session.snapshot import Snapshot
    from playground.views.grid.bands import Band
    from playground.views.grid.grid import Grid
    from playground.workspace.slicing import Slicing

Boxes = list[tuple[Part, "QWidget"]]
Cell = tuple[int, int]
_PREPARED_MS = 700
"""After so long the first picture stands."""


class Pointing(QObject):
    """Knows the cell that is pointed at, else the active one of the grid with the keyboard, and lights the others.

    Nothing is computed and nothing asked of the engine: it is index arithmetic over the formula (`explain.reach`).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._boxes: Boxes = []
        self._snapshot: Snapshot | None = None
        self._pointed: tuple[Grid, Cell] | None = None
        self._known: tuple[Inference, Reach] | None = None
        self._lit: list[Grid] = []
        self._shown: object = None
        QTimer.singleShot(_PREPARED_MS, self, self._prepare)

    def watch(self, grid: Grid) -> None:
        """Follow the pointer and the active cell of ``grid``."""
        grid.cellHovered.connect(lambda row, column: self._point(grid, row, column))
        grid.selectionChanged.connect(lambda: self._move(grid))
        grid.handsChanged.connect(self._light)

    def _prepare(self) -> None:
        """Look for the ties before anybody points: what is imported for it the first time takes longer than a frame."""
        reach = self._reach()
        if reach is not None:
            reach.look()

    def show(self, boxes: Boxes, snapshot: Snapshot) -> None:
        """Know the equation as it is now."""
        self._boxes, self._snapshot = boxes, snapshot
        if self._pointed is not None and not any(grid is self._pointed[0] for _, grid in self._grids()):
            self._pointed = None
        self._light()

    def _grids(self) -> list[tuple[Part, Grid]]:
        return [(part, widget.grid) for part, widget in self._boxes if isinstance(widget, GridBox)]

    def _point(self, grid: Grid, row: int | None, column: int | None) -> None:
        if row is not None and column is not None:
            self._pointed = grid, (row, column)
        elif self._pointed is not None and self._pointed[0] is grid:
            self._pointed = None
        self._light()

    def _move(self, grid: Grid) -> None:
        """Another cell is active: where the keyboard is, a pointer that rests is forgotten until it moves again."""
        if grid.hasFocus():
            self._pointed = None
        self._light()

    def _light(self) -> None:
        grids = self._grids()
        source = self._source(grids)
        if source is None and not self._lit:
            return
        reach = None if source is None else self._reach()
        # A drag shows a snapshot every frame, and all that is lit for its cell stays.
        looked_at = [(grid, grid.source.shape, slicing_of(grid.source)) for _, grid in grids]
        known = (source, reach, looked_at)
        if known == self._shown:
            return
        self._shown = known
        bands = {} if source is None or reach is None else self._bands(grids, *source, reach)
        for place, (_, grid) in enumerate(grids):
            lit = bands.get(place, ())
            if lit or any(grid is other for other in self._lit):
                grid.set_bands(lit)
        self._lit = [grid for place, (_, grid) in enumerate(grids) if bands.get(place)]

    def _source(self, grids: list[tuple[Part, Grid]]) -> tuple[Part, Grid, Cell] | None:
        """The cell that others are lit for: pointed at, else the active one where the keys go."""
        for part, grid in grids:
            if self._pointed is not None and grid is self._pointed[0]:
                return part, grid, self._pointed[1]
        for part, grid in grids if self._pointed is None else ():
            if grid.hasFocus() or grid.isAncestorOf(grid.window().focusWidget()):
                return part, grid, (grid.selection.row, grid.selection.column)
        return None

    def _bands(
        self, grids: list[tuple[Part, Grid]], part: Part, grid: Grid, cell: Cell, reach: Reach
    ) -> dict[int, tuple[Band, ...]]:
        index = _index_of(grid, cell)
        cells = None if index is None else self._cells(reach, part, index)
        if cells is None:
            return {}
        from playground.views.grid.bands import Band  # nothing is lit in the first picture

        found: dict[int, tuple[Band, ...]] = {}
        for place, (other, shown) in enumerate(grids):
            boxes = [box for where in _places(reach, other) for box in cells.get(where, ())]
            found[place] = tuple(dict.fromkeys(band for box in boxes if (band := _band(shown, box)) is not None))
            if shown is grid:
                own = Band(range(cell[0], cell[0] + 1), range(cell[1], cell[1] + 1), own=True)
                found[place] = (
                    own,
                    *(band for band in found[place] if band.rows != own.rows or band.columns != own.columns),
                )
        return found

    def _reach(self) -> Reach | None:
        """What hangs on what in the shown formula; None where it has a problem, or there is no formula."""
        snapshot = self._snapshot
        meaning = None if snapshot is None else snapshot.analysis.meanings.get(snapshot.shown or "")
        if meaning is None or meaning.problem is not None:
            return None
        if self._known is None or self._known[0] is not meaning.inference:
            from playground.explain.reach import Reach  # nobody has pointed at anything yet

            self._known = meaning.inference, Reach(meaning.inference)
        return self._known[1]

    @staticmethod
    def _cells(reach: Reach, part: Part, index: tuple[int, ...]) -> Cells | None:
        if part.kind is Kind.RESULT:
            return None if reach.whole is None else reach.needs(reach.whole, index)
        if part.kind is Kind.OPERAND:
            return reach.feeds(reach.names(part.text), index)
        places = reach.written(part.text)
        needs = [reach.needs(place, index) for place in places]
        fed = reach.feeds(places, index)
        if fed is None or not places or any(found is None for found in needs):
            return None
        return {**(needs[0] or {}), **fed}


def _places(reach: Reach, part: Part) -> tuple[tuple[int, int], ...]:
    """Where in the formula what a grid shows stands: an operand just where it is drawn."""
    if part.kind is Kind.OPERAND:
        return () if part.span is None else ((part.span.start, part.span.end),)
    if part.kind is Kind.RESULT:
        return () if reach.whole is None else (reach.whole,)
    return reach.written(part.text)


def _index_of(grid: Grid, cell: Cell) -> tuple[int, ...] | None:
    """The array's own index of a cell of the picture, None for a place that it hasn't."""
    source, (row, column) = grid.source, cell
    if not (0 <= row < source.rows and 0 <= column < source.columns):
        return None
    slicing = slicing_of(source)
    if slicing is not None:
        return slicing.index_of(row, column)
    return ((), (column,), (row, column))[source.ndim] if source.ndim < 3 else None


def _band(grid: Grid, box: Box) -> Band | None:
    """Where cells of the array stand in its grid; None where the slice that is shown has none of them."""
    from playground.views.grid.bands import Band

    slicing = slicing_of(grid.source)
    if slicing is None:
        if len(box) != grid.source.ndim or len(box) > 2:
            return None
        rows, columns = (range(1), range(1), *box)[-2:] if box else (range(1), range(1))
        return Band(rows, columns)
    if len(box) != len(slicing.shape) or any(slicing.index[axis] not in box[axis] for axis in slicing.sliders):
        return None
    rows, columns = (_lines(slicing, axis, box) for axis in (slicing.row, slicing.column))
    return Band(rows, columns)


def _lines(slicing: Slicing, axis: int | None, box: Box) -> range:
    """Lines of the picture at the places of a box along one axis."""
    if axis is None:
        return range(1)
    places = box[axis]
    if axis not in slicing.backwards:
        return places
    last = slicing.shape[axis] - 1
    return range(last - places[-1], last - places[0] + 1, places.step)
