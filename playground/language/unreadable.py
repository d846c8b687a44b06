"""Why a text can't be read as a formula, in a sentence; and whether it merely isn't finished."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Final

from playground.language import typography
from playground.language.functions import FUNCTIONS
from playground.language.mistake import Mistake
from playground.language.parse import converter
from playground.language.problems import Span
from playground.language.python_syntax import SYNTAX_ERRORS, expression
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_CLOSING: Final = {opening: closing for closing, opening in _BRACKETS.items()}
_STATEMENTS: Final = frozenset(keyword.kwlist) - {
    "None", "True", "False", "and", "or", "not", "if", "else", "in", "is", "lambda", "await", "yield",
}  # fmt: skip
_FILLERS: Final = ("", " x", "0", "x", "= x", " x=x", ": x")
"""What may be missing at the end of a text that is still being typed."""

LONGEST: Final = 1000
"""Characters up to which a text is searched for what may be meant: it is read while it is typed."""

_GLUED: Final = re.compile(r"(?<![\w.])(\d+)(?!(?:if|else|and|or|in|is|for|not)\b)([^\W\d]\w*)")
AUGMENTED: Final = re.compile(r"^\s*([^\W\d][\w.\[\], :]*?)\s*(\*\*|//|<<|>>|[-+*/@%&|^])=(?!=)\s*")
"""``A += 1``: what is changed, and how."""
ASSIGNED_CELLS: Final = re.compile(r"\s*([^\W\d]\w*)\s*\[(.*)\]\s*(\*\*|//|<<|>>|[-+*/@%&|^]|)=(?!=)\s*([^=\s].*)")
"""``A[A < 0] = 0``: an array, the cells that are to change, how, and what they become."""
TWO_SIGNS: Final = re.compile(r"(\*\*|//|<<|>>|[-+@%&|^]|\*(?!\*)|/(?!/)|<(?!<)|>(?!>))(\s*)(\*\*|//|[*/@%&|^])(?!=)")
"""Two operators of which the second can't be a sign before an operand."""
SIDE_BY_SIDE: Final = re.compile(
    r"(?<=[\w)\]'\"])(?<!\band)(?<!\bor)(?<!\bnot)(?<!\bin)(?<!\bis)(?<!\bif)(?<!\belse)"
    r"(\s+|(?<=[)\]]))(?!(?:and|or|not|in|is|if|else|for)\b)(?=[^\W_]|\(|\[|['\"])"
)
"""The gap between two values that stand beside each other."""
NAMED_FIRST: Final = re.compile(r"\b([^\W\d]\w*)\s*=\s*([\w.]+)\s*,\s*([\w.]+)\s*(?=[,)])")
"""An argument with a name, and one without behind it."""
NUMBER_CALLED: Final = re.compile(r"(?<![\w.])(\d+)\.([^\W\d]\w*)(?=\()")
"""``2.sum()``: a method of a number, which is written with one point."""
SEVERAL_NAMES: Final = re.compile(r"\s*\(?\s*[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)+\s*\)?\s*=(?!=)\s*")
"""``U, S, V = ``: names for several results."""
BARE_TERMS: Final = re.compile(r"(?<=einsum\()\s*([A-Za-z.]+(?:\s*,\s*[A-Za-z.]+)*\s*->\s*[A-Za-z.]*)\s*(?=,)")
"""The letters of an einsum without their quotes."""
ANGLES: Final = re.compile(r"^<\s*([^<>,|]+?)\s*[,|]\s*([^<>,|]+?)\s*>$")
"""``<v, w>``, as books write an inner product."""
BARS: Final = re.compile(r"\|\|([^|]+)\|\|")
"""``||v||``, as books write a norm."""
_BEHIND_VALUE: Final = re.compile(r"(?<=[\w)\]])'")
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


def explained(body: str, offset: int, error: BaseException) -> Mistake:
    """Say in a sentence why ``body``, which begins at ``offset`` of the text, can't be read."""
    found = None if body.isascii() else typography.ANY.search(body)
    if found:
        return printed_sign(found[0], Span(offset + found.start(), offset + found.end()))
    if isinstance(error, (RecursionError, MemoryError)) or "too many nested" in str(error):
        return Mistake("too-deep", tr("This formula nests too deeply."), tr("Give an inner part an entry of its own."))
    if "integer string conversion" in str(error):
        return Mistake("integer-size", tr("This integer is too long."), tr("Write it with a point, as a float."))
    stray, missing = bracket_state(body)
    if stray is not None:
        return _stray_bracket(body, stray, offset)
    word = re.match(r"[a-z]+\b", body)
    if word and (word[0] in _STATEMENTS or word[0] == "if"):
        return Mistake(
            "statement",
            tr("{word} begins a statement; a formula is one expression.", word=word[0]),
            tr("Write only what is to be computed."),
            span=Span(offset, offset + word.end()),
        )
    return _unfinished(body, offset, missing) or _syntax(body, offset, error)


def printed_sign(char: str, span: Span) -> Mistake:
    """Say how a sign of print is typed."""
    replacement = typography.SIGNS[char]
    if not replacement.strip():
        message = tr("Here stands a blank that NumPy doesn't know.")
        return Mistake("typographic", message, tr("Type an ordinary space."), span=span)
    if char in typography.PRODUCTS:
        message = tr("{char} is for print, and stands for two products.", char=char)
        return Mistake("typographic", message, tr("Write @ between matrices, * cell by cell."), span=span)
    return Mistake(
        "typographic",
        tr("{char} is for print; in a formula it is written {plain}.", char=char, plain=replacement),
        tr("Replace it by {plain}.", plain=replacement),
        span=span,
    )


def bracket_state(body: str) -> tuple[int | None, str]:
    """Give the place of a bracket that closes nothing (None where none does), and what is missing at the end.

    Where a bracket closes another kind than is open, what is missing is what would close all that is open before it.
    """
    open_brackets: list[str] = []
    quote = ""
    for index, char in enumerate(body):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _CLOSING:
            open_brackets.append(char)
        elif char in _BRACKETS:
            if not open_brackets or open_brackets[-1] != _BRACKETS[char]:
                return index, _closing(open_brackets)
            open_brackets.pop()
    return None, quote + _closing(open_brackets)


def is_inside(body: str, place: int) -> bool:
    """Tell whether a bracket is open at ``place``."""
    return bool(bracket_state(body[:place])[1])


def _closing(open_brackets: list[str]) -> str:
    return "".join(_CLOSING[bracket] for bracket in reversed(open_brackets))


def _stray_bracket(body: str, stray: int, offset: int) -> Mistake:
    span = Span(offset + stray, offset + stray + 1)
    _, missing = bracket_state(body)
    if missing:
        return Mistake(
            "bracket",
            tr("This {bracket} stands where {wanted} has to come first.", bracket=body[stray], wanted=missing[0]),
            tr("Write {wanted} before it, or in its place.", wanted=missing[0]),
            span=span,
        )
    return Mistake(
        "bracket",
        tr("This {bracket} closes nothing that is open.", bracket=body[stray]),
        tr("Remove it, or open its partner before."),
        span=span,
    )


def _unfinished(body: str, offset: int, missing: str) -> Mistake | None:
    """Tell whether more typing can make ``body`` a formula, by trying what is likely to follow."""
    for filler in _FILLERS:
        completed = body + (missing + filler if missing[:1] in ("'", '"') else filler + missing)
        try:
            tree = expression(completed)
        except SYNTAX_ERRORS:
            continue
        try:
            converter(completed, completed, 0).convert(tree)
        except Mistake as mistake:
            if mistake.span is not None and mistake.span.end < len(body) - 1:
                span = Span(mistake.span.start + offset, mistake.span.end + offset)
                return Mistake(mistake.kind, mistake.message, mistake.hint, span=span)
        end = offset + len(body)
        return Mistake("unfinished", tr("The formula isn't complete yet."), span=Span(end, end))
    return None


def _syntax(body: str, offset: int, error: BaseException) -> Mistake:
    column = getattr(error, "offset", None) or 1
    start = min(max(column - 1, 0), len(body) - 1)
    for reason in _REASONS if len(body) <= LONGEST else ():
        found = reason(body, start)
        if found is not None:
            message, hint, first, last = found
            return Mistake("syntax", message, hint, span=Span(offset + first, offset + last))
    message = tr("From here on this can't be read as a formula: {text}", text=body[start : start + 12])
    return Mistake("syntax", message.rstrip() + ".", tr("The mistake is here or just before."),
                   span=Span(offset + start, offset + start + 1))  # fmt: skip


_Reason = tuple[str, str, int, int]
"""A sentence, what to do, and the place from where to where."""


def _glued(body: str, start: int) -> _Reason | None:
    glued = _GLUED.search(body)
    if not glued:
        return None
    hint = tr("Write {number} * {name}.", number=glued[1], name=glued[2])
    return tr("A number and a name stand together: {text}.", text=glued[0]), hint, glued.start(), glued.end()


def _number_called(body: str, start: int) -> _Reason | None:
    """``v**2.sum()``: the point belongs to the number."""
    found = NUMBER_CALLED.search(body)
    if found is None:
        return None
    message = tr("In {text} the point belongs to the number {number}.", text=found[0], number=found[1])
    hint = tr("Write parentheses around what {name} works on, for example (v**2).{name}().", name=found[2])
    return message, hint, found.start(), found.end()


def _of_books(body: str, start: int) -> _Reason | None:
    """``||v||``, ``<v, w>``, an einsum's letters without quotes, several names before ``=``."""
    found = BARS.search(body)
    if found:
        message = tr("{text} is a norm in books.", text=found[0])
        return message, tr("Write linalg.norm({text}).", text=found[1].strip()), found.start(), found.end()
    found = ANGLES.search(body)
    if found:
        message = tr("{text} is an inner product in books.", text=found[0])
        hint = tr("Write vdot({first}, {second}), or @ between them.", first=found[1], second=found[2])
        return message, hint, found.start(), found.end()
    found = BARE_TERMS.search(body)
    if found:
        hint = tr("Write '{text}'.", text=found[1])
        return tr("The letters of einsum are a text."), hint, found.start(1), found.end(1)
    found = SEVERAL_NAMES.match(body)
    if found:
        message = tr("A formula gives one result a name, not several.")
        return message, tr("Take one of them: U = linalg.svd(A)[0]."), found.start(), found.end()
    return None


def _unnamed(body: str, start: int) -> _Reason | None:
    """``size=3, 2``: a value without a name behind one with a name."""
    found = NAMED_FIRST.search(body)
    if found is None:
        return None
    message = tr("Behind {name}= every argument needs its name.", name=found[1])
    if found[3] == "keepdims":
        return message, tr("Write keepdims=True."), found.start(3), found.end(3)
    hint = tr("Numbers that belong together are one tuple: {name}=({first}, {second}).",
              name=found[1], first=found[2], second=found[3])  # fmt: skip
    return message, hint, found.start(3), found.end(3)


def _several(body: str, start: int) -> _Reason | None:
    place = body.find(";")
    if place < 0:
        return None
    if place == len(body) - 1:
        return tr("A formula ends without a semicolon."), tr("Remove it."), place, place + 1
    if body.rfind("[", 0, place) > body.rfind("]", 0, place):
        return tr("; between rows is MATLAB's."), tr("Write a list for each row: [[1, 2], [3, 4]]."), place, place + 1
    return tr("A formula is one expression."), tr("Make an entry for each."), place, place + 1


def _assigned(body: str, start: int) -> _Reason | None:
    cells = ASSIGNED_CELLS.fullmatch(body)
    if cells:
        place = cells.end(2) + body[cells.end(2) :].index("=")
        message = tr("A formula computes something new; it can't change cells of {name}.", name=cells[1])
        return message, tr("Choose for each cell: where(A < 0, 0, A)."), place, place + 1
    changed = AUGMENTED.match(body)
    if changed:
        place = changed.start(2)
        message = tr("A formula computes something new; it can't change {name} in place.", name=changed[1])
        hint = tr("Write {name} {sign} ..., without the =.", name=changed[1], sign=changed[2])
        return message, hint, place, place + len(changed[2]) + 1
    found = re.search(r"(?<![=!<>])=(?![=])", body)
    if found is None or body.count("(", 0, found.start()) > body.count(")", 0, found.start()):
        return None
    message = tr("A formula computes a value; it can't assign one here.")
    return message, tr("To compare, write ==."), found.start(), found.end()


def _elsewhere(body: str, start: int) -> _Reason | None:
    """Signs of other languages, and signs that mean nothing anywhere."""
    if body[0] in "<>" and len(body) > 1:  # the = before it was read as that of a name
        return tr("In a comparison = comes last."), tr("Write {sign}=.", sign=body[0]), 0, 1
    for sign, meaning in _OTHER_SIGNS.items():
        place = body.find(sign)
        if place >= 0:
            message = tr("{sign} isn't a sign of NumPy's.", sign=sign)
            return message, tr("Write {meaning}.", meaning=tr(meaning)), place, place + len(sign)
    strange = re.search(r"[^\x00-\x7f]|[?$`#]", _QUOTED.sub("", body))
    if strange and not strange[0].isalnum():
        place = body.find(strange[0])
        return tr("{sign} has no meaning in a formula.", sign=strange[0]), tr("Remove it."), place, place + 1
    return None


_OTHER_SIGNS: Final = {
    "%*%": "@", "%o%": "outer(a, b)", "%%": "%", "&&": "&", "||": "|", ".*": "*", "./": "/", ".^": "**", ".'": ".T",
    "<>": "!=", "=<": "<=", "=>": ">=", "===": "==", "!==": "!=", "\\": "linalg.solve(A, b) for A \\ b",
    "?": "where(condition, a, b)", "->": "the value alone", "{": "( ) for a call and [ ] for an index or a list",
    "!": "~ for not and != for unequal",
}  # fmt: skip
"""Signs of MATLAB, R and C, and what is written for them; longer ones before those that they begin with."""


def _doubled(body: str, start: int) -> _Reason | None:
    two = TWO_SIGNS.search(body)
    if not two:
        return None
    message = tr("Two signs follow each other: {text}.", text=two[0])
    return message, tr("Leave one of them out."), two.start(), two.end()


def _ranged(body: str, start: int) -> _Reason | None:
    """``A(:, 1)`` and ``0:5``, as MATLAB has them."""
    place = body.find(":")
    if place < 0:
        return None
    if is_inside(body, place):
        message = tr("A slice stands in the square brackets of an index.")
        return message, tr("For example A[:, 0]."), place, place + 1
    return tr("A range of numbers is a call here."), tr("For example arange(0, 5)."), place, place + 1


def _quote(body: str, start: int) -> _Reason | None:
    behind = _BEHIND_VALUE.search(body)
    place = behind.start() if behind else body.find("'")
    if place < 1 or (behind is None and body.count("'") % 2 == 0):
        return None
    return tr("' is no transpose here: it opens a text."), tr("A transpose is written .T."), place, place + 1


def _beside(body: str, start: int) -> _Reason | None:
    for gap in SIDE_BY_SIDE.finditer(body):
        if gap.end() < start - 1 and gap.end() < len(body) // 2:
            continue
        first = re.search(r"[\w.]+$|\S$", body[: gap.start()])
        second = re.match(r"[\w.]+|\S", body[gap.end() :])
        if first is None or second is None:
            continue
        one, other = first[0], second[0]
        message = tr("Between {one} and {other} a sign is missing.", one=one, other=other)
        if one in FUNCTIONS:
            hint = tr("Call it: {name}({operand}).", name=one, operand=other)
        elif is_inside(body, gap.start()):
            hint = tr("Write a comma between the parts.")
        else:
            hint = tr("Write @ or * for a product.")
        return message, hint, gap.start(), max(gap.end(), gap.start() + 1)
    return None


_REASONS: Final[tuple[Callable[[str, int], _Reason | None], ...]] = (
    _number_called, _of_books, _glued, _unnamed, _several, _assigned, _quote, _elsewhere, _ranged, _doubled, _beside,
)  # fmt: skip
