from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.source import ArraySource

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from playground.views.grid.source import GridEdit


class Bench:
    """A grid whose owner does what the grid wishes, over one NumPy array; all signals are kept."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array.copy()
        self.grid = Grid()
        self.grid.set_name("A")
        self.edits: list[GridEdit] = []
        self.refusals: list[str] = []
        self.grid.blockEdited.connect(self.write)
        self.grid.refused.connect(self.refusals.append)
        self.show()

    def show(self) -> None:
        self.grid.set_source(ArraySource(self.array.copy()))  # what is shown never changes in place

    def write(self, edit: GridEdit) -> None:
        self.edits.append(edit)
        view = self.array.reshape(self.grid.source.rows, self.grid.source.columns)
        for one in (edit, *edit.beside):
            height, width = one.values.shape
            view[one.row : one.row + height, one.column : one.column + width] = one.values
        self.show()

    @property
    def active(self) -> tuple[int, int]:
        return self.grid.selection.row, self.grid.selection.column


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Callable[..., Bench]:
    theme.apply(qapp, "light")

    def make(array: object, *, size: tuple[int, int] | None = None) -> Bench:
        made = Bench(np.asarray(array))
        qtbot.addWidget(made.grid)
        made.grid.resize(*(size or made.grid.preferred_size().toTuple()))
        made.grid.show()
        made.grid.activateWindow()
        made.grid.setFocus()
        qtbot.waitUntil(made.grid.hasFocus)
        return made

    return make
