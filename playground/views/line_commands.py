"""The commands on rows and columns: of the grid with the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.session.commands import Command
from playground.session.line_edits import NOTICE, LineEdits
from playground.translation import tr
from playground.views.grid.grid import Grid
from playground.views.grid.lines import COLUMNS, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.lines import Lines
    from playground.views.main_window import MainWindow


def line_commands() -> tuple[Command[MainWindow], ...]:
    """All of them, in a menu of their own inside Edit."""
    menu = f"{tr('Edit')}/{tr('Rows and columns')}"
    zeros = tr("As many lines of zeros as are selected; Ctrl and + in the grid.")
    gone = tr("Delete the selected lines; Ctrl and − in the grid.")
    moved = tr("The selected lines change places with their neighbour; Alt and an arrow key in the grid.")
    of_lines: tuple[tuple[str, str, Callable[[Lines], object], str], ...] = (
        ("insert-above", tr("Insert rows above"), lambda lines: lines.insert(ROWS), zeros),
        ("insert-below", tr("Insert rows below"), lambda lines: lines.insert(ROWS, after=True), zeros),
        ("insert-left", tr("Insert columns on the left"), lambda lines: lines.insert(COLUMNS), zeros),
        ("insert-right", tr("Insert columns on the right"), lambda lines: lines.insert(COLUMNS, after=True), zeros),
        ("delete-rows", tr("Delete rows"), lambda lines: lines.delete(ROWS), gone),
        ("delete-columns", tr("Delete columns"), lambda lines: lines.delete(COLUMNS), gone),
        ("move-up", tr("Move rows up"), lambda lines: lines.shift(ROWS, -1), moved),
        ("move-down", tr("Move rows down"), lambda lines: lines.shift(ROWS, 1), moved),
        ("move-left", tr("Move columns to the left"), lambda lines: lines.shift(COLUMNS, -1), moved),
        ("move-right", tr("Move columns to the right"), lambda lines: lines.shift(COLUMNS, 1), moved),
        ("resize", tr("Resize…"), lambda lines: lines.ask_size(), tr("Type how many rows and columns there are.")),
        ("link-rows", tr("Link rows with what must be equal"), partial(_link, axis=ROWS),
         tr("A change of their number goes along in all; again lets them go.")),
        ("link-columns", tr("Link columns with what must be equal"), partial(_link, axis=COLUMNS),
         tr("A change of their number goes along in all; again lets them go.")),
    )  # fmt: skip
    return (
        *(
            Command(f"lines-{name}", title, menu, partial(_run, of=act), (), said)
            for name, title, act, said in of_lines
        ),
        Command(
            "copy-change", tr("Copy the last change as NumPy"), menu, copy_change, (),
            tr("The line of NumPy that does what was just done to rows or columns."),
        ),
    )  # fmt: skip


def _run(window: MainWindow, of: Callable[[Lines], object]) -> None:
    focus = QApplication.focusWidget()
    if isinstance(focus, Grid):
        of(focus.lines)
    else:
        window.session.notify(NOTICE, tr("Choose cells of an array first: click into its grid."))


def _link(lines: Lines, axis: int) -> None:
    lines.link(axis)


def copy_change(window: MainWindow) -> None:
    """Copy the last change of rows or columns as a line of NumPy."""
    code = LineEdits.of(window.session).code
    if code:
        QGuiApplication.clipboard().setText(code)
        window.session.notify(NOTICE, tr("Copied: {code}", code=code))
    else:
        said = tr("The last change has no line of NumPy: move, insert, delete or resize rows or columns first.")
        window.session.notify(NOTICE, said)
