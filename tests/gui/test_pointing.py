"""Pointing, the active cell's line and refused files in a real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.gui.looking import shows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def lit(program: Program, name: str) -> list[str]:
    return program.read("operandGrid", "bands", entryName=name)


def test_a_result_cell_lights_its_row_and_column_while_it_is_pointed_at(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.move(program.point("resultGrid", "cell_position", 2, 3))
    program.wait_until(lambda: lit(program, "A"), "a row of A to be lit")
    assert lit(program, "A") == ["Band(rows=range(2, 3), columns=range(0, 2), own=False)"]
    assert lit(program, "B") == ["Band(rows=range(0, 2), columns=range(3, 4), own=False)"]
    program.move(program.centre("formulaEdit"))
    program.wait_until(lambda: not lit(program, "A") and not lit(program, "B"), "the light to go out")


def test_the_line_of_the_active_cell_follows_the_keys(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.wait_until(lambda: program.is_shown("cellLine"), "the line of the active cell")
    program.click(program.point("operandGrid", "cell_position", 0, 0, entryName="A"))
    program.type("1/3")
    program.keys("Return", "Up")
    program.wait_until(lambda: program.read("cellLine", "text") == "A[0, 0] = 0.3333333333333333", "all digits of 1/3")


def test_a_file_without_numbers_is_a_sentence_and_the_window_lives(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("1,2,3\n4,5\n")
    program = start(str(path))
    said = "ragged.csv: row 2 has 2 cells, row 1 has 3."
    program.wait_until(lambda: said in (program.read("problemBar", "accessibleDescription") or ""), said)
    program.click(program.centre("formulaEdit"))
    assert program.close() == 0
