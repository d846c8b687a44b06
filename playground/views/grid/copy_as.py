"""Copy as code or markup: the selected cells, the whole array where a single cell is selected; and its menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from playground.files.copied.formats import Format, UnwritableError, formats
from playground.translation import tr
from playground.views.grid.clipboard import at_the_end, put_text
from playground.views.grid.range_cells import read_table, table_boxes
from playground.views.grid.ranges import cells_in
from playground.views.grid.source import CELLS_AT_MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from PySide6.QtWidgets import QMenu

    from playground.views.grid.grid import Grid

_AT_ONCE = 20_000
"""Cells that are written within a frame or two; more are written in a thread."""


def add_copy_menu(menu: QMenu, grid: Grid) -> None:
    """Add the submenu to a grid's menu; its title says what is copied."""
    if grid.ranges.single:
        title = tr("Copy {name} as", name=grid.name or tr("all"))
    elif grid.ranges.several:
        title = tr("Copy {count} cells as", count=f"{grid.ranges.cells:,}")
    else:
        r0, r1, c0, c1 = grid.selection.box
        title = tr("Copy {rows}×{columns} cells as", rows=r1 - r0, columns=c1 - c0)
    inner = menu.addMenu(title)
    inner.setObjectName("copyAsMenu")
    for item in formats():
        action = inner.addAction(item.title)
        action.setObjectName(f"copyAs_{item.name}")
        action.triggered.connect(lambda _checked=False, name=item.name: copy_cells(grid, name))


def copy_cells(grid: Grid, name: str) -> None:
    """Copy what is selected in ``grid`` in the format ``name``; say through ``refused`` what became of it."""
    values = _chosen_cells(grid)
    if values is not None:
        copy_values(values, name, grid.refused.emit)


def _chosen_cells(grid: Grid) -> np.ndarray | None:
    source = grid.source
    whole = grid.ranges.single
    boxes = ((0, source.rows, 0, source.columns),) if whole else table_boxes(grid)
    if cells_in(boxes) > CELLS_AT_MOST:
        grid.refused.emit(tr("More than two million cells: select fewer, or export the array."))
        return None
    block = read_table(grid, boxes) if boxes else None
    if block is not None and whole and block.size == source.rows * source.columns:
        return block.reshape(source.shape)
    return block


def copy_values(values: np.ndarray, name: str, say: Callable[[str], object]) -> None:
    """Put ``values`` on the clipboard in the format ``name``; a large array is written in a thread."""
    chosen = next(item for item in formats() if item.name == name)
    if values.size <= _AT_ONCE:
        _finish(chosen, partial(chosen.write, values), say)
        return
    say(tr("Writing {count} cells as {format}…", count=f"{values.size:,}", format=chosen.title))
    writer = _Writer(chosen, values)
    at_the_end(stop_copying)
    _writers.add(writer)
    writer.finished.connect(lambda: _written(writer, say))
    writer.start()


def _finish(chosen: Format, text: Callable[[], str], say: Callable[[str], object]) -> None:
    try:
        put_text(text())
    except UnwritableError as error:
        say(str(error))
    else:
        say(tr("Copied as {format}.", format=chosen.title))


def _written(writer: _Writer, say: Callable[[str], object]) -> None:
    if writer in _writers:
        _writers.discard(writer)
        _finish(writer.format, writer.result, say)
    writer.deleteLater()


def stop_copying() -> None:
    """Wait for what is being written: the program ends."""
    while _writers:
        _writers.pop().wait()


class _Writer(QThread):
    """Writes a large array in one format."""

    def __init__(self, chosen: Format, values: np.ndarray) -> None:
        super().__init__()
        self.format, self._values = chosen, values
        self._text = ""
        self._error: UnwritableError | None = None

    def run(self) -> None:
        """Write; the reason why not is kept for the one who asks."""
        try:
            self._text = self.format.write(self._values)
        except UnwritableError as error:
            self._error = error

    def result(self) -> str:
        """Give the text, or raise what writing raised."""
        if self._error is not None:
            raise self._error
        return self._text


_writers: set[_Writer] = set()
