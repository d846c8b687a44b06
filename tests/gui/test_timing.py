"""The timing in the real window: measured while nobody touches it, unfolded, raced, ended by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.gui.looking import shows, write_formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def test_a_formula_is_measured_while_nobody_touches_it_and_comes_back(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.click(program.centre("timingDetails"))
    program.wait_until(lambda: "median of 5 runs" in program.read("timing_compute", "text"), "the steady time")
    write_formula(program, "A @ B + 1")
    shows(program, "resultGrid", A @ B + 1)
    program.click(program.point("timingHistory", "bar_position", 0))
    program.wait_until(lambda: program.read("formulaEdit", "text") == "A @ B", "the formula of before")
    program.keys("Return")
    shows(program, "resultGrid", A @ B)
    assert program.close() == 0


def test_devices_race_from_the_keyboard(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.keys("ctrl+r")
    program.wait_until(lambda: program.is_shown("raceLanes"), "the lanes")
    assert program.read("raceLanes", "accessibleDescription").startswith("CPU")
    assert program.read("raceVerdict", "text")
    program.keys("Escape")
    program.wait_until(lambda: not program.is_shown("raceDialog"), "the dialog to close")
    shows(program, "resultGrid", A @ B)
    assert program.close() == 0
