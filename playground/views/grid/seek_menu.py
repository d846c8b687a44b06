"""The part of a grid's menu that goes to cells and finds them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.translation import tr
from playground.views.grid.find_bar import open_find
from playground.views.grid.finder import finder_of, title_of
from playground.views.grid.go_to import open_go_to
from playground.views.grid.menu import add_entry
from playground.workspace.searching import LARGEST, MAGNITUDE, SMALLEST

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid


def add_seek_menu(menu: QMenu, grid: Grid) -> None:
    """Add the submenu."""
    inner = menu.addMenu(tr("Find"))
    inner.setObjectName("seekMenu")
    add_entry(inner, tr("Go to cells…"), partial(open_go_to, grid), "Ctrl+G")
    add_entry(inner, tr("Find a value…"), partial(open_find, grid), "Ctrl+F")
    inner.addSeparator()
    add_entry(inner, tr("Next NaN or infinity"), finder_of(grid).find_not_finite, "Ctrl+F3")
    for which in (LARGEST, SMALLEST, MAGNITUDE):
        add_entry(inner, title_of(which), partial(finder_of(grid).find_extreme, which))
