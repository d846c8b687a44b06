"""The grid's context menu: what can be done with the selected cells, rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from playground.translation import tr
from playground.views.grid.lines import COLUMNS, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from playground.views.grid.grid import Grid

_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose


def open_menu(grid: Grid, place: QPoint) -> QMenu:
    """Open the menu at a point of the screen. It closes by itself and runs nothing but the grid's actions."""
    from playground.views.grid.copy_as import add_copy_menu  # nothing is copied before the first picture

    menu = QMenu(grid)
    menu.setObjectName("gridMenu")
    menu.setAttribute(_DELETE_ON_CLOSE)
    actions = grid.actions_on_cells
    _add(menu, tr("Copy"), actions.copy, "Ctrl+C")
    add_copy_menu(menu, grid)
    if grid.editable:
        _add(menu, tr("Cut"), actions.cut, "Ctrl+X")
        _add(menu, tr("Paste"), actions.paste, "Ctrl+V")
        _add(menu, tr("Set to 0"), actions.clear, "Del")
        _add_lines(menu, grid)
    _add_looks(menu, grid)
    menu.popup(place)
    return menu


def _add_lines(menu: QMenu, grid: Grid) -> None:
    r0, r1, c0, c1 = grid.selection.box
    lines, source = grid.lines, grid.source
    if source.ndim > 1:
        count = r1 - r0
        menu.addSeparator()
        _add(menu, _counted(tr("Insert row above"), tr("Insert {count} rows above"), count), lambda: lines.insert(ROWS))
        _add(
            menu,
            _counted(tr("Insert row below"), tr("Insert {count} rows below"), count),
            lambda: lines.insert(ROWS, after=True),
        )
        _add(menu, _counted(tr("Delete row"), tr("Delete {count} rows"), count), lambda: lines.delete(ROWS))
    if source.ndim > 0:
        count = c1 - c0
        menu.addSeparator()
        _add(
            menu,
            _counted(tr("Insert column on the left"), tr("Insert {count} columns on the left"), count),
            lambda: lines.insert(COLUMNS),
        )
        _add(
            menu,
            _counted(tr("Insert column on the right"), tr("Insert {count} columns on the right"), count),
            lambda: lines.insert(COLUMNS, after=True),
        )
        _add(menu, _counted(tr("Delete column"), tr("Delete {count} columns"), count), lambda: lines.delete(COLUMNS))


def _add_looks(menu: QMenu, grid: Grid) -> None:
    from playground.views.grid.colour_menu import add_colour_menu  # the first picture has no menus
    from playground.views.grid.format_menu import add_format_menu

    menu.addSeparator()
    add_format_menu(menu, grid)
    add_colour_menu(menu, grid)


def _add(menu: QMenu, text: str, run: Callable[[], object], shortcut: str = "") -> None:
    action = menu.addAction(text)
    if shortcut:
        # Shown only: the key itself is the grid's.
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: run())


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.format(count=count)
