"""The lines of code in a traceback, the innermost first: as a terminal, a notebook or a coloured console shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE: Final = re.compile(r"\s*File [\"“](?P<path>[^\"”]*)[\"”], line \d+")
_ARROW: Final = re.compile(r"\s*-+>\s*(?:\[?\d+\]?(?:\([^)]*\))?)\s(?P<code>.*)")
_BOXED: Final = re.compile(r"\s*│?\s*❱\s*\d+\s*│(?P<code>[^│]*(?:│[^│]*)*?)│?\s*$")
_MARKERS: Final = re.compile(r"\s*[~^]+\s*$|\s*~*\^+~*\s*$")
_LIBRARY: Final = re.compile(r"site-packages|dist-packages|[/\\]lib[/\\]python|<__array_function__")
_MOST_LINES: Final = 200
_LONGEST: Final = 400


class Line(Record):
    """One line of code; ``caret`` is the character that the traceback marks, None where it marks none."""

    code: str
    caret: int | None = None


def code_lines(text: str) -> list[Line]:
    """The lines of code that may hold the failing operation: the last one, then those of a person's own files."""
    lines = text.splitlines()
    found = [*_of_terminal(lines), *_of_notebook(lines)]
    own = [line for line, is_own in found[:-1] if is_own]
    last = [line for line, _ in found[-1:]]
    return [*last, *reversed(own)][:_MOST_LINES]


def _of_terminal(lines: list[str]) -> Iterator[tuple[Line, bool]]:
    for number, line in enumerate(lines[:-1]):
        found = _FILE.match(line)
        code = lines[number + 1]
        if found is None or _FILE.match(code) or not code.strip() or len(code) > _LONGEST:
            continue
        if not code[:1].isspace():
            continue
        marked = lines[number + 2] if number + 2 < len(lines) else ""
        caret = marked.find("^") if _MARKERS.match(marked) else -1
        indent = len(code) - len(code.lstrip())
        bare = _bare(code)
        lost = len(code.strip()) - len(bare)
        yield Line(bare, caret - indent - lost if caret >= 0 else None), not _LIBRARY.search(found["path"])


def _of_notebook(lines: list[str]) -> Iterator[tuple[Line, bool]]:
    is_own = True
    for line in lines:
        if "site-packages" in line or "dist-packages" in line:
            is_own = False
        elif "ipython-input" in line or "Cell In" in line or "Input In" in line:
            is_own = True
        found = _ARROW.match(line) or _BOXED.match(line)
        if found is not None and len(line) <= _LONGEST:
            yield Line(_bare(found["code"].replace("│", " "))), is_own


def _bare(code: str) -> str:
    """A line without what only says what becomes of its value, and without its comment."""
    code = re.sub(r"\s+#[^'\"]*$", "", code.strip())
    return re.sub(r"^(?:return|yield|await)\s+", "", code)
