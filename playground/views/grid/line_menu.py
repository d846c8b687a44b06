"""What a grid's context menu offers for rows and columns: those that a header has selected, or those of the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.translation import tr
from playground.views.grid.lines import COLUMNS, ROWS
from playground.views.grid.menu import add_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid
    from playground.views.grid.lines import Lines


class LinkChoice(Record, eq=False):
    """Sizes that can be kept equal: what the menu says, whether they are, and what changes that."""

    title: str
    axis: int
    linked: bool
    toggle: Callable[[], object]


def add_line_menu(menu: QMenu, grid: Grid) -> None:
    """Add the entries for the selected lines; rows alone where whole rows are selected, columns likewise."""
    ndim = grid.source.ndim
    several = not grid.selection.single  # one cell may be all there is of a line, and is still a cell
    rows, columns = several and grid.lines.whole(ROWS), several and grid.lines.whole(COLUMNS)
    links = grid.lines.link_choices()
    if ndim > 1 and (rows or not columns):
        menu.addSeparator()
        _add_rows(menu, grid)
    if ndim > 0 and (columns or not rows):
        menu.addSeparator()
        _add_columns(menu, grid)
    if ndim == 0:
        return
    menu.addSeparator()
    if grid.resizable:
        add_entry(menu, tr("Resize…"), grid.lines.ask_size)
    for choice in links:
        action = add_entry(menu, choice.title, choice.toggle)
        action.setCheckable(True)
        action.setChecked(choice.linked)


def _add_rows(menu: QMenu, grid: Grid) -> None:
    lines = grid.lines
    r0, r1, _, _ = grid.selection.box
    count, key = r1 - r0, _keys(lines.axis_of_keys() == ROWS)
    add_entry(menu, _counted(tr("Insert row above"), tr("Insert {count} rows above"), count),
         lambda: lines.insert(ROWS), key[0])  # fmt: skip
    add_entry(menu, _counted(tr("Insert row below"), tr("Insert {count} rows below"), count),
         lambda: lines.insert(ROWS, after=True))  # fmt: skip
    add_entry(
        menu,
        _counted(tr("Delete row"), tr("Delete {count} rows"), _all(lines, ROWS)),
        lambda: lines.delete(ROWS),
        key[1],
    )
    add_entry(menu, _counted(tr("Move row up"), tr("Move {count} rows up"), count),
         lambda: lines.shift(ROWS, -1), "Alt+Up")  # fmt: skip
    add_entry(menu, _counted(tr("Move row down"), tr("Move {count} rows down"), count),
         lambda: lines.shift(ROWS, 1), "Alt+Down")  # fmt: skip


def _add_columns(menu: QMenu, grid: Grid) -> None:
    lines = grid.lines
    _, _, c0, c1 = grid.selection.box
    count, key = c1 - c0, _keys(lines.axis_of_keys() == COLUMNS)
    add_entry(menu, _counted(tr("Insert column on the left"), tr("Insert {count} columns on the left"), count),
         lambda: lines.insert(COLUMNS), key[0])  # fmt: skip
    add_entry(menu, _counted(tr("Insert column on the right"), tr("Insert {count} columns on the right"), count),
         lambda: lines.insert(COLUMNS, after=True))  # fmt: skip
    add_entry(menu, _counted(tr("Delete column"), tr("Delete {count} columns"), _all(lines, COLUMNS)),
         lambda: lines.delete(COLUMNS), key[1])  # fmt: skip
    add_entry(menu, _counted(tr("Move column to the left"), tr("Move {count} columns to the left"), count),
         lambda: lines.shift(COLUMNS, -1), "Alt+Left")  # fmt: skip
    add_entry(menu, _counted(tr("Move column to the right"), tr("Move {count} columns to the right"), count),
         lambda: lines.shift(COLUMNS, 1), "Alt+Right")  # fmt: skip


def _keys(theirs: bool) -> tuple[str, str]:
    """The keys that insert and delete, shown where they mean these lines."""
    return ("Ctrl++", "Ctrl+-") if theirs else ("", "")


def _all(lines: Lines, axis: int) -> int:
    """How many lines are selected in all ranges."""
    return sum(count for _, count in lines.runs(axis))


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.format(count=count)
