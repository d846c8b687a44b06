"""The grid's context menu: what can be done with the selected cells, rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction

    from playground.views.grid.grid import Grid

_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose


def open_menu(grid: Grid, place: QPoint) -> QMenu:
    """Open the menu at a point of the screen. It closes by itself and runs nothing but the grid's actions."""
    from playground.views.grid.copy_as import add_copy_menu  # nothing is copied before the first picture

    menu = QMenu(grid)
    menu.setObjectName("gridMenu")
    menu.setAttribute(_DELETE_ON_CLOSE)
    actions = grid.actions_on_cells
    add_entry(menu, tr("Copy"), actions.copy, "Ctrl+C")
    add_copy_menu(menu, grid)
    if grid.editable:
        add_entry(menu, tr("Cut"), actions.cut, "Ctrl+X")
        add_entry(menu, tr("Paste"), actions.paste, "Ctrl+V")
        add_entry(menu, tr("Set to 0"), actions.clear, "Del")
        _add_lines(menu, grid)
    _add_seeking(menu, grid)
    _add_looks(menu, grid)
    menu.popup(place)
    return menu


def _add_lines(menu: QMenu, grid: Grid) -> None:
    from playground.views.grid.line_menu import add_line_menu  # the first picture has no menus

    add_line_menu(menu, grid)


def _add_seeking(menu: QMenu, grid: Grid) -> None:
    from playground.views.grid.seek_menu import add_seek_menu

    menu.addSeparator()
    add_seek_menu(menu, grid)


def _add_looks(menu: QMenu, grid: Grid) -> None:
    from playground.views.grid.colour_menu import add_colour_menu  # the first picture has no menus
    from playground.views.grid.format_menu import add_format_menu
    from playground.views.grid.zoom_menu import add_zoom_menu

    menu.addSeparator()
    add_format_menu(menu, grid)
    add_colour_menu(menu, grid)
    add_zoom_menu(menu, grid)


def add_entry(menu: QMenu, text: str, run: Callable[[], object], shortcut: str = "") -> QAction:
    """Add what runs ``run``. A shortcut is shown only: the key itself is the grid's."""
    action = menu.addAction(text)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: run())
    return action
