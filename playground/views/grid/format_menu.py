"""The formats in a grid's context menu, each with the active cell written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.translation import tr
from playground.workspace.number_formats import format_of, kinds_for, stepped, suited, title_of
from playground.workspace.number_texts import written

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid
    from playground.workspace.number_formats import NumberFormat


def add_format_menu(menu: QMenu, grid: Grid) -> None:
    """Add the formats of ``grid``'s dtype to its menu, each with the active cell written so."""
    formats = menu.addMenu(tr("Number format"))
    formats.setObjectName("numberFormatMenu")
    dtype, now = grid.source.dtype, suited(grid.number_format, grid.source.dtype)
    row, column = grid.selection.row, grid.selection.column
    cell = None if grid.layout_now().empty else grid.source.block(row, row + 1, column, column + 1)
    for kind in kinds_for(dtype):
        number = now if kind == now.kind else format_of(kind)
        example = "" if cell is None or not cell.size else written(cell[0, 0], dtype, number, grid.source.limits)
        action = _added(formats, f"{title_of(kind)}\t{example}", grid, number)
        action.setCheckable(True)
        action.setChecked(kind == now.kind)
    formats.addSeparator()
    for by, title in ((1, tr("More digits")), (-1, tr("Fewer digits"))):
        more = stepped(now, dtype, by)
        _added(formats, title, grid, more or now).setEnabled(more is not None)


def _added(menu: QMenu, text: str, grid: Grid, number: NumberFormat) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: grid.formatRequested.emit(number))
    return action
