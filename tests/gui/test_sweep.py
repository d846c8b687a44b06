"""A sweep in the real window: the menu opens it, points arrive, edits go on meanwhile, Esc ends it at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import psutil

from tests.gui.looking import cells, shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])
CANCELLED_WITHIN_S = 0.5


def sweeps(program: Program) -> list[psutil.Process]:
    children = psutil.Process(program.pid).children(recursive=True)
    return [child for child in children if "playground.engine.sweeping" in child.cmdline()]


def open_with(program: Program, sizes: str) -> None:
    shows(program, "resultGrid", A @ B)
    program.choose("Compute", "Sweep…")
    program.wait_until(lambda: program.is_shown("sweepDialog"), "the dialog")
    program.click(program.centre("sweepSizes"))
    program.keys("ctrl+a")
    program.type(sizes)
    program.keys("Return")


def test_a_sweep_is_measured_to_its_end(start: Callable[..., Program]) -> None:
    program = start()
    open_with(program, "8, 16, 32")
    program.wait_until(lambda: "Measured in" in program.read("sweepStatus", "text"), "the end")
    assert "n = 8 to" in program.read("sweepChart", "accessibleDescription")
    assert not sweeps(program)
    assert program.close() == 0


def test_the_window_goes_on_meanwhile_and_esc_ends_it_at_once(start: Callable[..., Program]) -> None:
    program = start()
    open_with(program, "3000, 6000")
    program.wait_until(lambda: sweeps(program), "the process that measures")
    tip = program.point("vectorCanvas", "handle_position", "u", "tip")
    program.drag(tip, (tip[0] - 40, tip[1] - 30))

    def moved() -> bool:
        found = cells(program, "operandGrid", {"entryName": "A"})
        return bool(found) and found != A.tolist() and (np.array(found) @ B).tolist() == program.cells("resultGrid")

    program.wait_until(moved, "the product to follow the arrow")
    assert sweeps(program), "an edit doesn't end it"
    program.click(program.centre("sweepChart"))
    began = time.monotonic()
    program.keys("Escape")
    program.wait_until(lambda: "Cancelled" in program.read("sweepStatus", "text"), "the cancel to be said")
    assert time.monotonic() - began < CANCELLED_WITHIN_S + 0.5, "with the time that looking takes"
    assert not sweeps(program)
    assert program.close() == 0
