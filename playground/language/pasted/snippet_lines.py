"""Cuts pasted code into its statements, whatever surrounds them: prompts and outputs, fences, notebooks' commands."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import textwrap
import tokenize
import warnings
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from playground.language.python_syntax import SYNTAX_ERRORS
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE: Final = re.compile(r"\s*(?:```|~~~)")
_PROMPT: Final = re.compile(r"\s*(?:>>>|\.\.\.)(?: |$)")
_FIRST_PROMPT: Final = re.compile(r"\s*>>>(?: |$)")
_STATEMENT: Final = re.compile(
    r"\s*(?:[^\W\d][\w.,\s]*(?:\[[^\]]*\])?\s*(?:[-+*/@%]|//|\*\*)?=(?!=)"
    r"|(?:import|from|def|for|while|if|with|return)\b|print\(|[@#])"
)
"""What is plainly no output."""
_IN: Final = re.compile(r"\s*In \[\d*\]: ?")
_MORE: Final = re.compile(r"\s*\.\.\.: ?")
_OUT: Final = re.compile(r"\s*Out\[\d*\]:")
_PIECES: Final = re.compile(r"\"\"\"|'''|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#.*|[()\[\]{}]")
_BLOCK: Final = re.compile(r"(?:async\s+)?(for|while|if|elif|else|try|except|finally|def|class|with|match)\b")
_FUNCTION: Final = re.compile(r"def\s+\w+\s*\(")
_DECORATOR: Final = re.compile(r"@\s*[^\W\d][\w.]*(?:\(.*\))?\s*(?:#.*)?$")
_OPENING, _CLOSING = "([{", ")]}"
_LONG_QUOTES: Final = ('"""', "'''")
MOST_CHARACTERS: Final = 500_000
_LONGEST_STATEMENT: Final = 10_000
"""Lines that a bracket may stay open."""


class Statement(Record):
    """One statement, or several of one line.

    Attributes
    ----------
    line
        Number of its first line in what was pasted, from 1.
    text
        Its lines, moved to the left.
    kind
        ``"code"``; ``"block"`` for a line that others are indented under, which follow as ``"inside"``;
        ``"function"`` for one whose definition can be read, which is then the tree;
        ``"command"`` for one of a notebook's; ``"broken"`` for what Python can't read.
    tree
        What Python reads in it; None for all but code and functions.
    block
        All lines of a block.
    """

    line: int
    text: str
    kind: str
    tree: ast.Module | None = None
    block: str = ""

    def segment(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Find where ``node`` stands in ``text``, in characters."""
        lines = self.text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)

        def place(line: int, column: int) -> int:
            return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

        end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return place(node.lineno, node.col_offset), place(*end)


def statements(text: str) -> Iterator[Statement]:
    """Cut ``text`` into statements; comments and empty lines are none. Never raises."""
    lines = _code_lines(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))
    index, patience = 0, _LONGEST_STATEMENT
    while index < len(lines):
        number, line = lines[index]
        bare = line.strip()
        if not bare or bare.startswith("#"):
            index += 1
        elif bare[0] in "%!?":
            yield Statement(number, bare, "command")
            index += 1
        else:
            end, patience = _end(lines, index, patience)
            whole = textwrap.dedent("\n".join(part for _, part in lines[index:end]))
            statement = _read(number, whole)
            if statement.tree is None and _opens_block(bare):
                start, index = index, _end_of_block(lines, end, line)
                yield _block(whole.strip(), lines[start:index])
                for inner_number, inner in lines[end:index]:
                    if inner.strip() and not inner.lstrip().startswith("#"):
                        yield Statement(inner_number, inner.strip(), "inside")
                continue
            if statement.tree is None and end > index + 1:
                statement, end = _read(number, bare), index + 1
            yield statement
            index = end


def is_code(text: str) -> bool:
    """Tell whether ``text`` is code to paste, rather than one formula or a table of numbers."""
    found = []
    for statement in statements(text[:MOST_CHARACTERS]):
        if statement.kind == "code" and statement.tree is not None:
            found += [node for node in statement.tree.body if not _is_number(node)]
        elif statement.kind in ("block", "function"):
            return True
    plain = [node for node in found if isinstance(node, ast.Expr)]
    return len(found) > 1 or len(found) > len(plain) or any(is_print(node.value) for node in plain)


def _is_number(node: ast.stmt) -> bool:
    """A line of a table, ``1, 2, 3``."""
    return isinstance(node, ast.Expr) and not any(isinstance(part, (ast.Name, ast.Call)) for part in ast.walk(node))


def is_print(node: ast.expr) -> bool:
    """Tell whether ``node`` shows something."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "display")


def printed(call: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    """What ``print("Sum:", x.sum())`` shows, each with the text before it."""
    label = ""
    for argument in call.args:
        for part in argument.values if isinstance(argument, ast.JoinedStr) else [argument]:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                label = part.value
                continue
            yield part.value if isinstance(part, ast.FormattedValue) else part, label
            label = ""


def one_line(text: str) -> str:
    """Write an expression that may go over several lines, with comments, as one line."""
    if "\n" not in text and "#" not in text:
        return text.strip()
    pieces: list[str] = []
    row = column = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(f"({text}\n)").readline):
            if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER):
                continue
            gap = "" if pieces and token.start[0] == row else " "
            if pieces and token.start[0] == row:
                gap = " " * (token.start[1] - column)
            tight = pieces and (pieces[-1][-1:] in _OPENING or token.string in _CLOSING)
            pieces.append(token.string if tight or not pieces else gap + token.string)
            row, column = token.end
    except (tokenize.TokenError, SyntaxError):
        return " ".join(text.split())
    return "".join(pieces)[1:-1].strip()


def _code_lines(text: str) -> list[tuple[int, str]]:
    """The lines that are code, with their numbers, without prompts, fences and what was printed."""
    lines = list(enumerate(text.split("\n"), 1))
    fences = [place for place, (_, line) in enumerate(lines) if _FENCE.match(line)]
    if fences:
        bounds = [*fences, len(lines)]
        inside = [lines[start + 1 : end] for start, end in zip(bounds[0::2], bounds[1::2], strict=False)]
        lines = [line for block in inside for line in block]
    if any(_FIRST_PROMPT.match(line) for _, line in lines):
        has_plain = any(_STATEMENT.match(line) for _, line in _before_prompt(lines))
        prompted = _without_outputs(lines) if has_plain else (line for line in lines if _PROMPT.match(line[1]))
        return [(number, _PROMPT.sub("", line, count=1)) for number, line in prompted]
    if any(_IN.match(line) for _, line in lines):
        return list(_of_notebook(lines))
    return lines


def _before_prompt(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines before the first one with a prompt: no outputs stand there."""
    return takewhile(lambda line: _FIRST_PROMPT.match(line[1]) is None, lines)


def _without_outputs(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines of which some have prompts: behind those come outputs, up to an empty line or the next statement."""
    is_output = False
    for number, line in lines:
        is_output = is_output and bool(line.strip()) and not _STATEMENT.match(line) and not _PROMPT.match(line)
        if not is_output:
            yield number, line
        is_output = is_output or _PROMPT.match(line) is not None


def _of_notebook(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    is_output = False
    for number, line in lines:
        if _IN.match(line):
            is_output = False
        elif _OUT.match(line):
            is_output = True
        if not is_output:
            yield number, _MORE.sub("", _IN.sub("", line, count=1), count=1)


def _end(lines: list[tuple[int, str]], index: int, patience: int) -> tuple[int, int]:
    """Where the statement that begins at ``index`` ends; after its first line where its brackets never close.

    Looks through ``patience`` lines, and tells how many to look through next time: fewer where nothing was closed, so
    that a text full of open brackets is read in no time.
    """
    scan = _Scan()
    for end in range(index, min(len(lines), index + patience)):
        scan.feed(lines[end][1])
        if not scan.is_open:
            return end + 1, patience
    return index + 1, patience // 4


class _Scan:
    """Tells, line by line, whether a bracket, a long text or a backslash asks for another line."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self.is_open = False

    def feed(self, line: str) -> None:
        """Take the next line."""
        place = 0
        while place < len(line):
            if self._quote:
                end = line.find(self._quote, place)
                place = len(line) if end < 0 else end + 3
                self._quote = self._quote if end < 0 else ""
            elif (found := _PIECES.search(line, place)) is not None:
                self._quote = found[0] if found[0] in _LONG_QUOTES else ""
                self._depth += (found[0] in _OPENING) - (found[0] in _CLOSING)
                place = found.end()
            else:
                break
        self.is_open = self._depth > 0 or bool(self._quote) or line.endswith("\\")


def _opens_block(line: str) -> bool:
    return bool(_BLOCK.match(line) or _DECORATOR.match(line))


def _end_of_block(lines: list[tuple[int, str]], index: int, header: str) -> int:
    """Where the lines end that are indented under ``header``; those under ``with`` run as they would without it."""
    indent = len(header) - len(header.lstrip())
    if header.lstrip().startswith("with"):
        return index
    for end in range(index, len(lines)):
        line = lines[end][1]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return end
    return len(lines)


def _block(header: str, lines: list[tuple[int, str]]) -> Statement:
    """A block, which is the definition of a function where Python reads it as one."""
    block = textwrap.dedent("\n".join(line for _, line in lines))
    if _FUNCTION.match(header):
        with contextlib.suppress(*SYNTAX_ERRORS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Statement(lines[0][0], header, "function", ast.parse(block))
    return Statement(lines[0][0], header, "block", block=block)


def _read(number: int, text: str) -> Statement:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python's about odd spellings: the formula's own reader says more
            tree = ast.parse(text.strip())
    except SYNTAX_ERRORS:
        return Statement(number, text.strip(), "broken")
    if any(isinstance(node, _COMPOUND) for node in tree.body):
        return Statement(number, text.strip(), "block", block=text.strip())
    return Statement(number, text.strip(), "code", tree)


_COMPOUND: Final = (
    ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Match,
    ast.AsyncFor, ast.AsyncWith,
)  # fmt: skip
