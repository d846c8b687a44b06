"""What hands do to the selected rows and columns: insert, delete, move. All of it as wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.views.grid.grid import Grid
    from playground.views.grid.line_menu import LinkChoice

ROWS, COLUMNS = 0, 1


class Lines:
    """The grid's commands on the lines of its selection. Each says through ``refused`` why it did nothing."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.link_choices: Callable[[], Sequence[LinkChoice]] = tuple  # set by the owner: sizes that can go along

    def insert(self, axis: int, *, after: bool = False) -> None:
        """Ask for as many new lines as are selected, before the selection or after it."""
        if (array_axis := self._array_axis(axis)) is not None:
            first, stop = self.selected(axis)
            self._grid.linesInsertRequested.emit(array_axis, stop if after else first, stop - first)

    def delete(self, axis: int) -> None:
        """Ask for the selected lines, those of all ranges, to be taken out."""
        if (array_axis := self._array_axis(axis, several=True)) is None:
            return
        if self._grid.ranges.several:
            self._grid.rangesDeleteRequested.emit(array_axis, self.runs(axis))
            return
        first, stop = self.selected(axis)
        if self._grid.layout_now().empty and self._count(axis) == 0:
            self._grid.refused.emit(self._grid.empty_text())
            return
        self._grid.linesDeleteRequested.emit(array_axis, first, stop - first)

    def shift(self, axis: int, by: int) -> None:
        """Ask for the selected lines to be moved ``by`` places; beyond the end they stay, and say so."""
        if (array_axis := self._array_axis(axis)) is None:
            return
        first, stop = self.selected(axis)
        count = stop - first
        to = max(0, min(first + by, self._count(axis) - count))
        if to == first:
            self._grid.refused.emit(_at_end(axis, by))
        else:
            self._grid.linesMoveRequested.emit(array_axis, first, count, to)

    def drop(self, axis: int, place: int) -> None:
        """Ask for the selected lines to be moved before line ``place``, counted before the move."""
        first, stop = self.selected(axis)
        to = place if place <= first else max(first, place - (stop - first))
        if to != first and (array_axis := self._array_axis(axis)) is not None:
            self._grid.linesMoveRequested.emit(array_axis, first, stop - first, to)

    def ask_size(self) -> None:
        """Open the field in which another size is typed, at the corner of what shows."""
        grid = self._grid
        if not grid.editable or not grid.resizable:
            grid.refused.emit(grid.read_only_reason if not grid.editable else tr("This picture can't be resized."))
            return
        if grid.source.ndim == 0:
            grid.refused.emit(tr("A single number has no rows and columns."))
            return
        from playground.views.grid.resize_field import ResizeField  # nothing is resized before the first picture

        x, y = grid.layout_now().corner
        inside = QPoint(min(x, grid.viewport().width()), min(y, grid.viewport().height()))
        ResizeField(grid).open_at(grid.viewport().mapTo(grid.window(), inside))

    def link(self, axis: int) -> None:
        """Link the sizes of the rows or columns with those that must be equal, or let them go."""
        if self._grid.source.ndim == 1:
            axis = ROWS  # the only axis there is
        choice = next((choice for choice in self.link_choices() if choice.axis == axis), None)
        if choice is not None:
            choice.toggle()
        elif axis == ROWS:
            self._grid.refused.emit(tr("No formula makes these rows equal to anything."))
        else:
            self._grid.refused.emit(tr("No formula makes these columns equal to anything."))

    def axis_of_keys(self) -> int:
        """What keys without a direction mean: columns where whole ones are selected, or none are there, else rows.

        A vector has columns only.
        """
        source = self._grid.source
        no_columns = source.columns == 0 < source.rows
        return COLUMNS if source.ndim < 2 or no_columns or self.whole(COLUMNS) else ROWS

    def follow(self, axis: int, by: int) -> None:
        """Let the selection go along with lines that went ``by`` places down or to the right."""
        grid, selection = self._grid, self._grid.selection
        down, right = (by, 0) if axis == ROWS else (0, by)
        moved = replace(
            selection,
            row=selection.row + down, anchor_row=selection.anchor_row + down, end_row=selection.end_row + down,
            column=selection.column + right, anchor_column=selection.anchor_column + right,
            end_column=selection.end_column + right,
        )  # fmt: skip
        grid.select(moved, follow_end=True, chosen=False)

    def whole(self, axis: int) -> bool:
        """Whether the selection is whole rows, or whole columns, but not everything."""
        r0, r1, c0, c1 = self._grid.selection.box
        rows, columns = self._grid.source.rows, self._grid.source.columns
        everything = (r0, r1, c0, c1) == (0, rows, 0, columns)
        across = (c0, c1) == (0, columns) if axis == ROWS else (r0, r1) == (0, rows)
        return across and not everything and not self._grid.layout_now().empty

    def _count(self, axis: int) -> int:
        source = self._grid.source
        if axis == COLUMNS:
            return source.columns
        return source.shape[-2] if source.ndim > 2 else source.rows

    def selected(self, axis: int) -> tuple[int, int]:
        """The first of the selected lines, and the one behind the last."""
        r0, r1, c0, c1 = self._grid.selection.box
        if axis == COLUMNS:
            return c0, c1
        if self._grid.source.ndim > 2:
            # Rows of a stack of matrices: the place inside its own matrix; all matrices get the new line.
            height = self._grid.source.shape[-2]
            return r0 % height, min(height, r0 % height + r1 - r0)
        return r0, r1

    def runs(self, axis: int) -> list[tuple[int, int]]:
        """First line and count of each run of lines in which cells are selected, in order."""
        bounds = sorted((box[2], box[3]) if axis == COLUMNS else (box[0], box[1]) for box in self._grid.ranges.boxes)
        runs = [bounds[0]]
        for first, stop in bounds[1:]:
            if first <= runs[-1][1]:
                runs[-1] = runs[-1][0], max(runs[-1][1], stop)
            else:
                runs.append((first, stop))
        return [(first, stop - first) for first, stop in runs]

    def _array_axis(self, axis: int, *, several: bool = False) -> int | None:
        """The array's own axis that the view's rows or columns lie along; None, said why, where nothing can be done.

        ``several`` allows more than one selected range.
        """
        grid, ndim = self._grid, self._grid.source.ndim
        own = ndim - 1 if axis == COLUMNS else ndim - 2
        if not grid.editable:
            grid.refused.emit(grid.read_only_reason)
        elif own >= 0:
            return own if several or grid.actions_on_cells.one_range() else None
        elif ndim == 0:
            grid.refused.emit(tr("A single number has no rows and columns."))
        else:
            grid.refused.emit(tr("A vector has no rows, only one line of numbers."))
        return None


def _at_end(axis: int, by: int) -> str:
    if axis == ROWS:
        return tr("The first row can't go higher.") if by < 0 else tr("The last row can't go lower.")
    if by < 0:
        return tr("The first column can't go further to the left.")
    return tr("The last column can't go further to the right.")
