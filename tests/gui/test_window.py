"""The program as a person meets it: a real window on a real X server, keys and mouse from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.gui.looking import cells, shows, write_formula

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def test_it_opens_alive_and_every_touch_answers(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)

    program.click(program.point("operandGrid", "cell_position", 1, 0, entryName="A"))
    program.type("5")
    program.keys("Return")
    edited = A.copy()
    edited[1, 0] = 5
    shows(program, "operandGrid", edited, entryName="A")
    shows(program, "resultGrid", edited @ B)

    program.keys("ctrl+z")
    shows(program, "operandGrid", A, entryName="A")
    shows(program, "resultGrid", A @ B)
    program.keys("ctrl+y")
    shows(program, "resultGrid", edited @ B)
    assert program.close() == 0


def test_a_dragged_arrow_edits_its_cells_and_one_undo_takes_it_back(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.click(program.point("resultGrid", "cell_position", 1, 1))
    tip = program.point("vectorCanvas", "handle_position", "u", "tip")
    program.drag(tip, (tip[0] - 40, tip[1] - 30))

    def moved() -> bool:
        found = cells(program, "operandGrid", {"entryName": "A"})
        follows = bool(found) and found[1] != A[1].tolist()
        return follows and (np.array(found) @ B).tolist() == program.cells("resultGrid")

    program.wait_until(moved, "row 1 of A to follow the arrow, and the product with it")
    program.keys("ctrl+z")
    shows(program, "operandGrid", A, entryName="A")
    shows(program, "resultGrid", A @ B)


def test_a_broken_shape_is_mended_by_the_offered_button(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "A @ B.T")
    program.wait_until(lambda: program.is_shown("repairButton1"), "a repair to be offered")
    assert program.cells("resultGrid") == (A @ B).tolist(), "the last good picture stays"
    program.click(program.centre("repairButton1"))
    program.wait_until(lambda: program.read("formulaEdit", "text") != "A @ B.T", "the formula to be mended")
    program.wait_until(lambda: program.cells("resultGrid") is not None, "the mended result")


def test_the_gpu_switch_tells_why_not_or_computes(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.click(program.centre("gpuButton"))
    program.wait_until(lambda: program.read("deviceChip", "text"), "the reason, or the GPU's name")
    shows(program, "resultGrid", A @ B)


def test_a_file_named_on_the_command_line_is_open(start: Callable[..., Program], tmp_path: Path) -> None:
    numbers = np.arange(12.0).reshape(3, 4)
    np.save(tmp_path / "numbers.npy", numbers)
    program = start(str(tmp_path / "numbers.npy"), "--formula", "numbers @ numbers.T")
    shows(program, "resultGrid", numbers @ numbers.T)


def test_a_wide_operand_shows_its_first_corner(start: Callable[..., Program], tmp_path: Path) -> None:
    np.save(tmp_path / "W.npy", np.ones((784, 10)))
    program = start(str(tmp_path / "W.npy"), "--formula", "W.T @ W")
    shows(program, "resultGrid", np.full((10, 10), 784.0))


@pytest.mark.parametrize("text", ["A @", "A @ nothing", "import os", "0 / 0", "A ** 10000", "linalg.inv(B @ B.T * 0)"])
def test_any_formula_leaves_the_window_alive(start: Callable[..., Program], text: str) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, text)
    program.keys("Escape")
    write_formula(program, "B.T")
    shows(program, "resultGrid", B.T)
    assert program.close() == 0


def test_the_engine_is_started_again_when_it_dies(start: Callable[..., Program]) -> None:
    psutil = pytest.importorskip("psutil")
    program = start()
    shows(program, "resultGrid", A @ B)

    def engines() -> list[Any]:
        return [child for child in psutil.Process(program.pid).children(recursive=True) if _is_engine(child)]

    program.wait_until(engines, "an engine")  # it starts when the first result is painted
    (engine,) = engines()
    engine.kill()
    program.click(program.point("operandGrid", "cell_position", 0, 0, entryName="A"))
    program.type("7")
    program.keys("Return")
    edited = A.copy()
    edited[0, 0] = 7
    shows(program, "resultGrid", edited @ B)


def _is_engine(child: Any) -> bool:
    return "playground.engine" in child.cmdline()
