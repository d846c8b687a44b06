"""What tests of the real window ask again and again: whether grids show these numbers, and another formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tests.gui.hand import Program


def shows(program: Program, widget: str, expected: Any, **properties: Any) -> None:
    """Wait until a grid holds these numbers."""
    wanted = np.asarray(expected).tolist()
    program.wait_until(lambda: cells(program, widget, properties) == wanted, f"{widget} {properties} to show {wanted}")


def cells(program: Program, widget: str, properties: dict[str, Any]) -> Any:
    """Numbers of a grid, None while it isn't there or hasn't got them."""
    try:
        return program.cells(widget, **properties)
    except LookupError:  # not shown yet
        return None


def write_formula(program: Program, text: str) -> None:
    """Replace the formula that is shown."""
    program.click(program.centre("formulaEdit"))
    program.keys("ctrl+a")
    program.type(text)
    program.keys("Return")
