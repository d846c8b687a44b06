"""The commands that zoom a grid, in the View menu and the palette: the one with the focus, else the one at hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.session.commands import Command
from playground.translation import tr
from playground.views.announce import announce
from playground.views.grid.far import Detail
from playground.views.grid.grid import Grid
from playground.views.grid.zooming import to_numbers, zoom_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow


def zoom_commands() -> tuple[Command[MainWindow], ...]:
    """All commands on a grid's zoom."""
    menu = f"{tr('View')}/{tr('Zoom')}"
    return (
        Command(
            "zoom-in", tr("Zoom in"), menu, _on_grid(partial(zoom_by, steps=1)), ("Ctrl+Alt+=", "Ctrl+Alt++"),
            tr("Larger cells in the grid; Ctrl and the wheel do it under the pointer."), _has_grid,
        ),
        Command(
            "zoom-out", tr("Zoom out"), menu, _on_grid(partial(zoom_by, steps=-1)), ("Ctrl+Alt+-",),
            tr("Smaller cells in the grid: numbers become colours, then a picture of all."), _has_grid,
        ),
        Command(
            "zoom-numbers", tr("Numbers"), menu, _on_grid(to_numbers), ("Ctrl+0",),
            tr("Cells large enough for numbers, the active one among them."), _has_grid,
        ),
        Command(
            "zoom-whole", tr("Whole matrix"), menu, _on_grid(Grid.show_whole), ("Ctrl+9",),
            tr("All cells of the grid as a picture; an outlier stays to be seen."), _has_grid,
        ),
        Command(
            "overview", tr("Show or hide overview maps"), menu, _toggle_overview, (),
            tr("The small map beside a large matrix: where its cells in sight are."),
        ),
    )  # fmt: skip


def grid_at_hand(window: MainWindow) -> Grid | None:
    """The grid with the focus, else that of the shown result, or of the shown array; None where there is none."""
    focus: QWidget | None = window.focusWidget()
    while focus is not None:
        if isinstance(focus, Grid):
            return focus
        focus = focus.parentWidget()
    grids = {grid.objectName(): grid for grid in window.equation.findChildren(Grid) if grid.isVisible()}
    return grids.get("resultGrid") or grids.get("operandGrid")


def _toggle_overview(window: MainWindow) -> None:
    from playground.views.grid.overview import toggle  # small matrices have no map

    shown = toggle(window)
    window.settingChosen.emit("overview", shown)
    window.session.notify(
        "zoom", tr("Large matrices have a map beside them.") if shown else tr("Maps of large matrices are hidden.")
    )


def _on_grid(act: Callable[[Grid], object]) -> Callable[[MainWindow], None]:
    def run(window: MainWindow) -> None:
        grid = grid_at_hand(window)
        if grid is None or grid.layout_now().empty:
            window.session.notify("zoom", tr("There is no grid with cells to zoom."))
            return
        act(grid)
        announce(window, zoom_words(grid))

    return run


def zoom_words(grid: Grid) -> str:
    """What is seen of a grid now, as a sentence."""
    layout, name = grid.layout_now(), grid.name
    r0, r1, c0, c1 = layout.visible
    if r1 - r0 == layout.rows and c1 - c0 == layout.columns:
        seen = tr("all {rows}×{columns} cells", rows=layout.rows, columns=layout.columns)
    else:
        seen = tr("rows {r0}–{r1}, columns {c0}–{c1}", r0=r0, r1=r1 - 1, c0=c0, c1=c1 - 1)
    if grid.detail is Detail.NUMBERS:
        return tr("{name} as numbers: {seen}.", name=name, seen=seen)
    if grid.detail is Detail.IMAGE:
        return tr("{name} as a picture: {seen}.", name=name, seen=seen)
    return tr("{name} as coloured cells: {seen}.", name=name, seen=seen)


def _has_grid(snapshot: Snapshot) -> bool:
    return snapshot.shown is not None
