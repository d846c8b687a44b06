"""The language in the real window: code and errors that are pasted, shapes without numbers, gradients, traps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.gui.looking import cells, shows, write_formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.hand import Program

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])
CODE = """import numpy as np
x = np.array([[1., 2.], [3., 4.]])
W = np.eye(2)   # weights
h = x @ W + 1
for i in range(3): h = h @ W
"""
ERROR = """Traceback (most recent call last):
  File "train.py", line 12, in <module>
    h = x @ W
ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature\
 (n?,k),(k,m?)->(n?,m?) (size 200 is different from 784)
"""


def copy_elsewhere(start: Callable[..., Program], program: Program, text: str) -> None:
    """Copy ``text`` in the window of another program, and come back."""
    other = start(text, module="tests.gui.copying_window")
    other.click(other.centre("page"))
    other.keys("ctrl+a", "ctrl+c")
    program.appear()


def says(program: Program, words: str) -> None:
    """Wait until the problem bar says these words."""
    program.wait_until(
        lambda: words in program.read("problemBar", "accessibleDescription"), f"the problem bar to say {words!r}"
    )


def gives(program: Program, widget: str, attribute: str, expected: object) -> None:
    """Wait until a widget's attribute is what is expected."""
    program.wait_until(lambda: program.read(widget, attribute) == expected, f"{widget}.{attribute} to be {expected!r}")


@pytest.mark.parametrize("place", ["formulaEdit", "entryList"])
def test_code_that_is_pasted_becomes_entries(start: Callable[..., Program], place: str) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    copy_elsewhere(start, program, CODE)
    program.click(program.centre(place))
    program.keys("ctrl+v")
    shows(program, "resultGrid", [[2, 3], [4, 5]])
    gives(program, "formulaEdit", "text", "x @ W + 1")
    says(program, "3 entries added, 1 line passed over.")
    names = [line.split()[0] for line in program.lines("entryList")]
    assert names == ["A", "B", "C", "x", "W", "h"]
    (line,) = program.lines("pasteReportList")
    assert line.startswith("5  for i in range(3)"), "what can't be read is said line by line"

    program.keys("Escape")
    program.wait_until(lambda: not program.is_shown("pasteReport"), "the report to go")
    program.keys("ctrl+z")
    program.wait_until(lambda: len(program.lines("entryList")) == 3, "one undo to take all of it back")
    assert program.close() == 0


def test_one_formula_that_is_pasted_goes_into_the_bar(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    copy_elsewhere(start, program, "A[:2] @ B")
    program.click(program.centre("formulaEdit"))
    program.keys("ctrl+a", "ctrl+v")
    gives(program, "formulaEdit", "text", "A[:2] @ B")
    program.keys("Return")
    shows(program, "resultGrid", A[:2] @ B)


def test_an_error_that_is_pasted_loads_its_shapes_and_is_mended_by_a_key(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    copy_elsewhere(start, program, ERROR)
    program.click(program.centre("formulaEdit"))
    program.keys("ctrl+v")
    gives(program, "formulaEdit", "text", "x @ W")
    says(program, "784")
    program.wait_until(lambda: program.is_shown("ghostGrid", entryName="x"), "the outline of x")
    program.wait_until(lambda: program.is_shown("repairButton1"), "a repair")
    mended = program.read("repairButton1", "source")
    program.keys("alt+1")
    gives(program, "formulaEdit", "text", mended)
    program.wait_until(lambda: not program.is_shown("repairButton1"), "nothing to mend any more")


def test_a_shape_is_an_entry_that_is_filled_from_its_menu(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "x: (3, 5) float16")
    program.wait_until(lambda: program.is_shown("ghostGrid", entryName="x"), "the outline of x")
    assert program.read("ghostGrid", "accessibleName") == "x, (3, 5) float16, without numbers"
    assert any(line.startswith("x") and "float16" in line for line in program.lines("entryList"))

    program.click(program.centre("fillButton"))
    program.choose("ones")
    shows(program, "operandGrid", np.ones((3, 5)), entryName="x")
    program.keys("ctrl+z")
    program.wait_until(lambda: program.is_shown("ghostGrid", entryName="x"), "the outline again")
    program.choose("Edit", "Fill shape", "Fill with random numbers")
    program.wait_until(lambda: cells(program, "operandGrid", {"entryName": "x"}), "numbers in x")
    found = np.array(cells(program, "operandGrid", {"entryName": "x"}))
    assert found.shape == (3, 5)
    assert len(np.unique(found)) > 1


def test_a_large_shape_costs_nothing_and_its_product_says_what_it_would(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "(70000, 50000) @ (50000, 70000)")
    program.wait_until(lambda: program.is_shown("ghostGrid"), "outlines")
    program.wait_until(lambda: "TFLOP" in program.read("whyStrip", "accessibleDescription"), "what it would cost")
    assert program.close() == 0


def test_shapes_with_their_dtypes_are_multiplied_as_they_stand(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "(32, 784) float16 @ (784, 10)")
    program.wait_until(lambda: program.is_shown("ghostGrid", entryName="D"), "the outline of D")
    gives(program, "formulaEdit", "text", "D @ E")
    assert program.lines("entryList")[2:4] == ["D  (32, 784) float16", "E  (784, 10) float64"]


def test_a_tuple_beside_an_entry_becomes_a_shape_by_a_click(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "A @ (2, 5)")
    says(program, "(2, 5) is read as numbers here, not as a shape.")
    program.click(program.centre("repairButton1"))
    gives(program, "formulaEdit", "text", "A @ zeros((2, 5))")
    shows(program, "resultGrid", np.zeros((3, 5)))


def test_an_assignment_to_its_own_name_is_a_new_entry_by_a_key(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "C = C * 2")
    says(program, "C uses itself.")
    program.keys("alt+1")
    shows(program, "resultGrid", A @ B * 2)
    assert program.lines("entryList")[-1].startswith("C2  C * 2")


def test_a_gradient_is_inserted_from_its_menu(start: Callable[..., Program]) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    program.choose("Insert", "Gradient…")
    program.wait_until(lambda: program.is_shown("commandPalette"), "the question with respect to what")
    program.keys("Down", "Return")
    gives(program, "formulaEdit", "text", "A.T @ dC")
    shows(program, "resultGrid", A.T @ np.ones((3, 4)))
    says(program, "dB = A.T @ dC is the gradient of C")
    program.keys("ctrl+z")
    program.wait_until(lambda: len(program.lines("entryList")) == 3, "one undo to take dB and dC back")


@pytest.mark.parametrize("by_key", [True, False])
def test_a_trap_is_said_and_mended_by_mouse_or_key(start: Callable[..., Program], by_key: bool) -> None:
    program = start()
    shows(program, "resultGrid", A @ B)
    write_formula(program, "A[:, 0].T")
    shows(program, "resultGrid", A[:, 0].reshape(1, 3))
    says(program, "A[:, 0].T is the same vector")
    program.wait_until(lambda: program.is_shown("repairButton1"), "what may be meant")
    if by_key:
        program.keys("alt+1")
    else:
        program.click(program.centre("repairButton1"))
    gives(program, "formulaEdit", "text", "A[:, 0][:, None]")
    shows(program, "resultGrid", A[:, :1])
