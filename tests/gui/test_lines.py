"""Rows and columns in a real window: dragged by their header, moved with Alt and arrows, linked with a neighbour's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.gui.looking import shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def row_header(program: Program, row: int) -> tuple[int, int]:
    """A point left of the cells, in the middle of a row."""
    x, y = program.point("operandGrid", "cell_position", row, 0, entryName="A")
    right, _ = program.point("operandGrid", "cell_position", row, 1, entryName="A")
    return x - (right - x) // 2 - 6, y


def test_a_row_is_dragged_by_its_header_and_comes_back_with_undo(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.click(row_header(program, 2))
    x, y = row_header(program, 0)
    program.drag(row_header(program, 2), (x, y - 8))
    moved = A[[2, 0, 1]]
    shows(program, "operandGrid", moved, entryName="A")
    shows(program, "resultGrid", moved @ B)
    program.keys("alt+Down")
    shows(program, "operandGrid", A[[0, 2, 1]], entryName="A")
    program.keys("ctrl+z", "ctrl+z")
    shows(program, "resultGrid", A @ B)
    assert program.close() == 0


def test_a_linked_size_goes_along(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.wait_until(lambda: program.is_shown("linkChain"), "the chain between A and B")
    program.click(program.centre("linkChain"))
    program.wait_until(lambda: program.read("linkChain", "isChecked"), "the chain to be closed")
    program.click(program.point("operandGrid", "cell_position", 0, 1, entryName="A"))
    program.keys("ctrl+space", "ctrl+plus")
    shows(program, "operandGrid", np.insert(A, 1, 0, axis=1), entryName="A")
    shows(program, "operandGrid", np.insert(B, 1, 0, axis=0), entryName="B")
    shows(program, "resultGrid", A @ B)
    program.keys("ctrl+z")
    shows(program, "operandGrid", B, entryName="B")
    assert program.close() == 0
