"""Keys and mouse that are sent to the grid itself, past its viewport and its editor, as assistive tools do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground import app
from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid
    from playground.views.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    numbers = np.array([[2.0, 1.0], [0.0, 3.0]])
    workspace = Workspace((ArrayEntry("A", Array.of(numbers)), FormulaEntry("C", "A @ A"), FormulaEntry("D", "C + C")))
    made = app.build_window(workspace, inline=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def grids(window: MainWindow, name: str) -> list[Grid]:
    from playground.views.grid.grid import Grid

    return [grid for grid in window.findChildren(Grid) if grid.property("entryName") == name and grid.isVisible()]


def test_a_number_sent_to_the_grid_is_typed_and_entered(window: MainWindow) -> None:
    window.session.select("C")
    grid = grids(window, "A")[0]
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_position(1, 0))
    QTest.keyClicks(grid, "4.75")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert window.session.snapshot.workspace.arrays["A"].item((1, 0)) == 4.75


def test_a_double_click_on_the_grid_edits(window: MainWindow) -> None:
    window.session.select("C")
    grid = grids(window, "A")[0]
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_position(0, 1))
    QTest.keyClicks(grid, "9")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert window.session.snapshot.workspace.arrays["A"].to_numpy().tolist() == [[2, 19], [0, 3]]  # typed behind the 1


@pytest.mark.parametrize("place", [0, 1])
def test_an_operand_that_is_a_formula_can_be_clicked(window: MainWindow, place: int) -> None:
    grid = grids(window, "C")[place]
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_position(1, 1))
    assert window.session.snapshot.shown == "D"
    assert window.session.snapshot.selected == "D"


def test_typing_into_an_operand_leaves_the_formula_in_its_bar(window: MainWindow) -> None:
    window.session.select("C")
    grid = grids(window, "A")[0]
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_position(0, 0))
    QTest.keyClicks(grid, "7")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    edit = window.formula_bar.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "A @ A.T")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert window.session.snapshot.workspace.formulas["C"] == "A @ A.T"
