"""Python's own parser, kept quiet: it is asked for a tree and never runs anything."""

from __future__ import annotations

import ast
import re
from typing import Final

SYNTAX_ERRORS: Final = (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError)
"""All that the parser raises for a text that it can't read."""

LINE_BREAKS: Final = str.maketrans("\r\n\t\f", "    ")
"""Every character that would end a line, as a blank: a formula is one line."""

_STUCK_KEYWORD: Final = re.compile(r"(?:(?<![\w.])\d|\.\d)[\w.]*?(?:and|else|for|if|in|is|not|or)")


def expression(body: str) -> ast.expr:
    """Parse one line; raises any of ``SYNTAX_ERRORS``."""
    if "\\" in body or _STUCK_KEYWORD.search(body):
        # Both make the parser warn, and neither can be part of a formula.
        raise SyntaxError("stray character")
    return ast.parse(body, mode="eval").body
