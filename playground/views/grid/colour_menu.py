"""The colours in a grid's context menu: a scheme, whose limits it has, and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup

from playground.record import replace
from playground.translation import tr
from playground.workspace.colourings import SCHEMES, SCOPES, USUAL

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid
    from playground.workspace.colourings import Colouring


def add_colour_menu(menu: QMenu, grid: Grid) -> None:
    """Add the ways to colour ``grid``'s numbers to its menu, today's checked."""
    colours = menu.addMenu(tr("Colours"))
    colours.setObjectName("colourMenu")
    now, source = grid.colouring or USUAL, grid.source
    schemes, scopes = QActionGroup(colours), QActionGroup(colours)
    for scheme, title in SCHEMES.items():
        schemes.addAction(_added(colours, title(), grid, replace(now, scheme=scheme), checked=scheme == now.scheme))
    colours.addSeparator()
    for scope, title in SCOPES.items():
        action = _added(colours, title(), grid, replace(now, scope=scope), checked=scope == now.scope)
        action.setEnabled(source.ndim > 1 and now.scheme != "off")
        scopes.addAction(action)
    colours.addSeparator()
    shown = grid.wants_legend
    _added(colours, tr("Legend"), grid, replace(now, legend=not shown), checked=shown)


def _added(menu: QMenu, text: str, grid: Grid, colouring: Colouring, *, checked: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(checked)
    action.triggered.connect(lambda _checked=False: grid.colouringRequested.emit(colouring))
    return action
