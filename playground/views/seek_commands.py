"""The commands that go to cells and find them, in the grid that is at hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from playground.session.commands import Command
from playground.translation import tr
from playground.workspace.searching import LARGEST, MAGNITUDE, SMALLEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.snapshot import Snapshot
    from playground.views.grid.grid import Grid
    from playground.views.main_window import MainWindow


def seek_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    """The commands, in a menu of their own inside ``menu``."""
    inner = f"{menu}/{tr('Find')}"
    return (
        *(
            Command(name, title, inner, partial(_in_grid, run=run), keys, said, _has_entry)
            for name, title, run, keys, said in _in_a_grid()
        ),
        Command(
            "copy-statistics", tr("Copy statistics"), menu, _copy_statistics, ("Ctrl+Alt+C",),
            tr("Copy count, limits, mean, deviation and sum of the selected cells."), _has_entry,
        ),
    )  # fmt: skip


def _in_a_grid() -> tuple[tuple[str, str, Callable[[Grid], object], tuple[str, ...], str], ...]:
    """Name, title, what it does to a grid, keys and help of each command."""
    return (
        ("go-to", tr("Go to cells…"), _go_to, ("Ctrl+G",), tr("Type 3, 4 or 10:20, : or A[0, 1] to select cells.")),
        ("find", tr("Find a value…"), _find, ("Ctrl+F",), tr("Look for a number, nan, inf, or > 5 in all cells.")),
        ("find-next", tr("Next hit"), partial(_again, forward=True), ("F3",), tr("The next cell with that value.")),
        (
            "find-previous", tr("Previous hit"), partial(_again, forward=False), ("Shift+F3",),
            tr("The cell before with that value."),
        ),
        (
            "find-not-finite", tr("Next NaN or infinity"), _not_finite, ("Ctrl+F3",),
            tr("The next cell that is no finite number."),
        ),
        (
            "find-largest", tr("Largest value"), partial(_extreme, which=LARGEST), (),
            tr("The cell with the largest finite value; again for the next equal one."),
        ),
        (
            "find-smallest", tr("Smallest value"), partial(_extreme, which=SMALLEST), (),
            tr("The cell with the smallest finite value; again for the next equal one."),
        ),
        (
            "find-magnitude", tr("Largest magnitude"), partial(_extreme, which=MAGNITUDE), (),
            tr("The finite cell farthest from 0; again for the next equal one."),
        ),
        (
            "add-range", tr("Select another range"), lambda grid: grid.add_range(), ("Shift+F8",),
            tr("Keep what is selected and begin another range, as Ctrl and the mouse do."),
        ),
    )  # fmt: skip


def _in_grid(window: MainWindow, run: Callable[[Grid], object]) -> None:
    grid = grid_at_hand(window)
    if grid is None:
        window.session.notify("grid", tr("There are no numbers here yet."))
    else:
        run(grid)


def grid_at_hand(window: MainWindow) -> Grid | None:
    """The grid that has the focus, or the bar over it; else the one whose active cell is shown; None without any."""
    from playground.views.grid.grid import Grid
    from playground.views.grid.overlay import GridBar

    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, Grid):
            return widget
        if isinstance(widget, GridBar):
            return widget.grid
        widget = widget.parentWidget()
    last = window.cell_line.grid
    return last if last is not None and last.isVisible() else None


def _go_to(grid: Grid) -> None:
    from playground.views.grid.go_to import open_go_to  # no bar is opened before the first picture

    open_go_to(grid)


def _find(grid: Grid) -> None:
    from playground.views.grid.find_bar import open_find

    open_find(grid)


def _again(grid: Grid, *, forward: bool) -> None:
    from playground.views.grid.find_bar import find_again

    find_again(grid, forward=forward)


def _not_finite(grid: Grid) -> None:
    from playground.views.grid.finder import finder_of

    finder_of(grid).find_not_finite()


def _extreme(grid: Grid, *, which: str) -> None:
    from playground.views.grid.finder import finder_of

    finder_of(grid).find_extreme(which)


def _copy_statistics(window: MainWindow) -> None:
    if not window.statistics_line.copy():
        window.session.notify("grid", tr("Select more than one cell: then there are statistics to copy."))


def _has_entry(snapshot: Snapshot) -> bool:
    return snapshot.shown is not None
