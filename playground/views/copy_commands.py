"""The commands that copy as code or markup: the cells of the grid with the focus, else the chosen entry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from playground.session.commands import Command
from playground.translation import tr
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    import numpy as np

    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow

TITLES: Final = (
    ("numpy", "NumPy"),
    ("cupy", "CuPy"),
    ("torch", "PyTorch"),
    ("jax", "JAX"),
    ("latex", "LaTeX"),
    ("markdown", "Markdown"),
    ("csv", "CSV"),
    ("matlab", "MATLAB"),
    ("json", "JSON"),
)
"""Names and titles of the formats: no menu waits for what writes them."""


def copy_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    """One command for each format, in a menu of their own inside ``menu``."""
    inner = f"{menu}/{tr('Copy as')}"
    return tuple(
        Command(
            f"copy-as-{name}", title, inner, partial(copy_as, name=name), (),
            tr("Copy the selected cells, or the chosen array, as {format}.", format=title),
            lambda snapshot: snapshot.selected is not None,
        )
        for name, title in TITLES
    )  # fmt: skip


def copy_as(window: MainWindow, name: str) -> None:
    """Copy what the grid with the focus has selected, or else the chosen entry's numbers."""
    from playground.views.grid.copy_as import copy_cells, copy_values
    from playground.views.grid.grid import Grid
    from playground.views.grid.source import CELLS_AT_MOST

    focus = window.focusWidget()
    if isinstance(focus, Grid):
        copy_cells(focus, name)
        return
    entry = window.session.snapshot.workspace.get(window.session.snapshot.selected or "")
    if isinstance(entry, ArrayEntry) and entry.array.size > CELLS_AT_MOST:
        window.session.notify("copy", tr("More than two million cells: select fewer, or export the array."))
        return
    values = _values(window.session.snapshot)
    if values is None:
        window.session.notify("copy", tr("There are no numbers to copy yet."))
    else:
        copy_values(values, name, partial(window.session.notify, "copy"))


def _values(snapshot: Snapshot) -> np.ndarray | None:
    entry = snapshot.workspace.get(snapshot.selected or "")
    if isinstance(entry, ArrayEntry):
        return entry.array.to_numpy()
    state = snapshot.results.get(snapshot.selected or "")
    return state.result.value if state is not None and state.result is not None and state.current else None
