"""What computes, in the real window: threads that are changed while it runs, and another dtype to compute as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground import settings
from tests.gui.looking import shows, write_formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def reads(program: Program, widget: str, expected: str) -> None:
    """Wait until a label shows this text."""
    program.wait_until(
        lambda: program.is_shown(widget) and program.read(widget, "text") == expected, f"{widget} to read {expected}"
    )


def test_threads_are_changed_while_the_program_runs_and_remembered(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.choose("Compute", "Threads and memory…")
    program.wait_until(lambda: program.is_shown("engineDialog"), "the dialog of the threads")
    assert program.read("threadsChoice", "currentText") == "as they are"
    program.wait_until(lambda: "thread" in program.read("engine_blas", "text"), "the engine to say its threads")
    x, y = program.centre("threadsChoice")
    program.click((x, y))
    program.keys("Down", "Return")
    reads(program, "engine_chains", "1 thread")
    program.wait_until(lambda: settings.load().threads == 1, "the choice to be remembered")
    program.click(program.centre("closeEngineButton"))
    program.wait_until(lambda: not program.is_shown("engineDialog"), "the dialog to go")
    shows(program, "resultGrid", A @ B)
    assert program.close() == 0

    again = start()
    again.choose("Compute", "Threads and memory…")
    reads(again, "engine_chains", "1 thread")
    assert again.close() == 0


def test_another_dtype_is_computed_from_the_menu_and_given_up_beside_the_device(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "A / 3")
    shows(program, "resultGrid", A / 3)
    program.choose("Compute", "Compute as", "float16")
    shows(program, "resultGrid", (A.astype(np.float16) / np.float16(3)).astype(np.float64))
    reads(program, "precisionButton", "float16 ▾")
    program.wait_until(lambda: program.is_shown("comparedLine"), "the difference from float64")
    difference = np.abs(A.astype(np.float16) / np.float16(3) - A / 3).max()
    said = program.read("comparedLine", "text")
    assert said.startswith(f"at most {difference:.2g}".replace("e-0", "e−")), said
    assert "float16" in program.read("inspectorLine", "text")

    program.click(program.centre("precisionButton"))
    program.choose("As written")
    shows(program, "resultGrid", A / 3)
    program.wait_until(lambda: not program.is_shown("precisionButton"), "the button to go")
    assert not program.is_shown("comparedLine")
    assert program.close() == 0


def test_an_entry_is_given_another_dtype_from_its_menu(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.click(program.centre("entryList"))
    program.choose("Edit", "Dtype of the chosen entry…")
    program.choose("float32")
    program.wait_until(lambda: any("float32" in line for line in program.lines("entryList")), "an entry of float32")
    program.keys("ctrl+z")
    program.wait_until(lambda: not any("float32" in line for line in program.lines("entryList")), "one step of undo")
    assert program.close() == 0
