"""A window in which a file was opened that is large enough to stay in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.workspace.workspace import Workspace
from tests.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

SHAPE = (700, 600)


def numbers() -> np.ndarray:
    """Cells of ``SHAPE`` with a NaN, an infinity and an outlier."""
    cells = np.random.default_rng(5).standard_normal(SHAPE)
    cells[3, 4], cells[-1, -2], cells[400, 300] = np.nan, np.inf, -9
    return cells


class Opener:
    """Opens ``big.npy`` with the cells that it is given."""

    def __init__(self, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("playground.files.load.STORED_FROM", 1000)
        self._qtbot, self._folder = qtbot, folder

    def __call__(self, cells: np.ndarray) -> Person:
        np.save(self._folder / "big.npy", cells)
        person = Person(self._qtbot, Workspace())
        with self._qtbot.waitSignal(person.window.dialogs.allRead):
            person.window.dialogs.open_paths([self._folder / "big.npy"])
        person.settle()
        person.operand("big").setFocus()
        return person


def shown(qtbot: QtBot, grid: Grid) -> np.ndarray:
    """The cells on the screen, when they are there."""
    box = grid.layout_now().visible
    qtbot.waitUntil(lambda: grid.source.block(*box) is not None)
    block = grid.source.block(*box)
    assert block is not None
    return block


def visible(grid: Grid, cells: np.ndarray) -> np.ndarray:
    """What of ``cells`` is on the screen."""
    r0, r1, c0, c1 = grid.layout_now().visible
    return cells[r0:r1, c0:c1]
