"""The go-to field over a grid: ``3, 4``, ``10:20, :`` or ``T[1, 2, 3]`` and Enter, and the cells are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from playground.translation import tr
from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.overlay import GridBar, open_bar
from playground.views.grid.selection import Selection
from playground.views.grid.slice_source import slicing_of
from playground.workspace.place_text import PlaceRefusal, find_place, take_apart
from playground.workspace.slicing import usual

if TYPE_CHECKING:
    from playground.workspace.place_text import Goal

_WIDTH = 210


class GoToField(GridBar):
    """Reads a place and goes there. A text that is none keeps it open, with one sentence."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid, "goToBar", tr("Go to cells"))
        label = QLabel(tr("Go to"))
        label.setProperty("kind", "soft")
        self.field.setObjectName("goToField")
        self.field.setAccessibleName(tr("Cells to go to, such as 3, 4 or 10:20, :"))
        self.field.setPlaceholderText(tr("3, 4 or 10:20, :"))
        self.field.setFont(theme.mono(13))
        self.field.setFixedWidth(theme.px(_WIDTH))
        self.field.returnPressed.connect(self._go)
        self.field.textEdited.connect(lambda: self.say_refusal(""))
        self.row.addWidget(label)
        self.row.addWidget(self.field)

    def _go(self) -> None:
        refusal = go_to(self.grid, self.field.text())
        if refusal:
            self.say_refusal(refusal)
        else:
            self.shut()


def open_go_to(grid: Grid) -> None:
    """Open the field over ``grid``."""
    open_bar(grid, GoToField)


def go_to(grid: Grid, text: str) -> str:
    """Go to the cells that ``text`` names, in ``grid`` or in that of a name; a sentence where that can't be."""
    place = take_apart(text)
    if isinstance(place, PlaceRefusal):
        return place.message
    target = grid if place.name is None else _grid_of(place.name, grid)
    if target is None:
        return tr("{name} isn't shown as a grid here: choose it in the list.", name=place.name or "")
    before = slicing_of(target.source) or usual(target.source.shape)
    if before is None:
        return tr("{name} has no cells to go to.", name=target.name)
    goal = find_place(place, before, target.name)
    if isinstance(goal, PlaceRefusal):
        return goal.message
    return _show(target, goal)


def _show(grid: Grid, goal: Goal) -> str:
    now = slicing_of(grid.source)
    if now is not None and goal.slicing != now:
        grid.sliceRequested.emit(goal.slicing)
        now = slicing_of(grid.source)
    if grid.source.ndim > 2 or (now is not None and now != goal.slicing):
        return tr("These axes can't be shown here.")
    r0, r1, c0, c1 = goal.box
    grid.select(Selection(r0, c0, r0, c0, r1 - 1, c1 - 1))
    grid.setFocus()
    return ""


def _grid_of(name: str, grid: Grid) -> Grid | None:
    """The grid that shows the entry ``name``: the one at hand, else the first in the window."""
    grids = [grid, *(found for found in grid.window().findChildren(Grid) if found.isVisible())]
    return next((found for found in grids if found.property("entryName") == name), None)
