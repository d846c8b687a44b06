"""The zoom in a grid's context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.translation import tr
from playground.views.grid.zooming import to_numbers, zoom_by

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid


def add_zoom_menu(menu: QMenu, grid: Grid) -> None:
    """Add what zooms ``grid`` to its menu, with the window's keys for it."""
    zoom = menu.addMenu(tr("Zoom"))
    zoom.setObjectName("zoomMenu")
    for title, keys, run in (
        (tr("Zoom in"), "Ctrl+Alt+=", lambda: zoom_by(grid, 1)),
        (tr("Zoom out"), "Ctrl+Alt+-", lambda: zoom_by(grid, -1)),
        (tr("Numbers"), "Ctrl+0", lambda: to_numbers(grid)),
        (tr("Whole matrix"), "Ctrl+9", grid.show_whole),
    ):
        action = zoom.addAction(f"{title}\t{keys}")
        action.triggered.connect(lambda _checked=False, run=run: run())
    zoom.setDisabled(grid.layout_now().empty)
