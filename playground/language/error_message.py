"""Whether a text that can't be read as a formula is an error message, which is then answered as one."""

from __future__ import annotations

import re
from typing import Final

from playground.language.problems import Problem, Span
from playground.translation import tr

_ERROR: Final = re.compile(
    r"\bTraceback \(most recent call last\):|(?<![\w.])(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning)\s*:(?!\s*\()"
)


def is_error_message(text: str) -> bool:
    """Tell whether ``text`` is what a library says of a mistake: ``IndexError: index 3 is out of bounds``."""
    return ":" in text and _ERROR.search(text) is not None


def error_problem(text: str) -> Problem:
    """Say of an error message that no shapes can be loaded from it."""
    return Problem(
        "error-message",
        tr("This is an error message, and no shapes that clash can be read from it."),
        Span(0, len(text)),
        tr("Enter the line of code that failed, and for each array its shape: x: (32, 784)."),
    )
