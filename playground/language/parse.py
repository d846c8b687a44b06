"""Text to tree: any text gives a ``Parsed``, never an exception; nothing of the text is ever run."""

from __future__ import annotations

import keyword
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.convert import Converter
from playground.language.foreign.clue import numpy_words
from playground.language.mistake import Mistake
from playground.language.problems import Problem, Span
from playground.language.python_syntax import LINE_BREAKS, SYNTAX_ERRORS, expression
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence as SequenceOf

    from playground.language.nodes import Node

TYPOGRAPHY: Final = {
    "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "÷": "/", "∕": "/",
    "≤": "<=", "≥": ">=", "≠": "!=", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "²": "**2", "³": "**3",
    "ᵀ": ".T", "⊤": ".T", "√": "sqrt", "∞": "inf", "…": "...", "（": "(", "）": ")", "，": ",", "［": "[", "］": "]",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": "",
}  # fmt: skip
"""Characters that word processors, books and phones put where NumPy wants plain ones."""

_TYPOGRAPHIC = re.compile("|".join(map(re.escape, TYPOGRAPHY)))
_TARGET = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)")
_NOT_NUMBERS = re.compile(r"[^0-9.,+\-eEjJ_\[\]() \t\r\n]")
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_CLOSING: Final = {opening: closing for closing, opening in _BRACKETS.items()}
_STATEMENTS: Final = frozenset(keyword.kwlist) - {
    "None", "True", "False", "and", "or", "not", "if", "else", "in", "is", "lambda", "for", "await", "yield",
}  # fmt: skip
# What may be missing at the end of a text that is still being typed.
_FILLERS: Final = ("", " x", "0", "x", "= x", " x=x", ": x")


class Parsed(Record):
    """What a text says.

    Attributes
    ----------
    source
        The text as it was given; all spans count its characters.
    target
        The name before ``=``, or None.
    tree
        The expression, None where ``problems`` says why there is none.
    problems
        At most one: a text is read up to its first mistake.
    """

    source: str
    target: str | None
    tree: Node | None
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1024)
def parse(source: str) -> Parsed:
    """Read ``source`` as one expression with an optional ``name =`` before it. Never raises.

    Words of PyTorch, JAX and TensorFlow are read as NumPy's; the places are those of the text all the same.
    """
    foreign = numpy_words(source)
    if foreign is not None:
        from playground.language.placing import Placing  # most formulas have none of these words

        found = parse(foreign.numpy)
        placing = Placing(foreign.place)
        return Parsed(source, found.target, placing.moved(found.tree), placing.moved(found.problems))
    named = _TARGET.match(source)
    target, offset = (named[1], named.end()) if named else (None, 0)
    try:
        return Parsed(source, target, _read(source, offset))
    except Mistake as mistake:
        span = mistake.span or Span(offset, len(source))
        unfinished = mistake.kind == "unfinished"
        problem = Problem(mistake.kind, mistake.message, span, mistake.hint, unfinished=unfinished)
        return Parsed(source, target, None, (problem,))


def plain(source: str) -> str:
    """Write ``source`` with NumPy's plain characters for the typographic ones."""
    return _TYPOGRAPHIC.sub(lambda found: TYPOGRAPHY[found[0]], source)


def _read(source: str, offset: int) -> Node:
    body = source[offset:].translate(LINE_BREAKS)
    offset += len(body) - len(body.lstrip(" "))
    body = body.strip(" ")
    if not body:
        raise Mistake("unfinished", tr("Write a formula, such as A @ B."), span=Span(len(source), len(source)))
    _check_length(body)
    try:
        tree = expression(body)
    except SYNTAX_ERRORS as error:
        raise _explain(body, offset, error) from None
    return _converter(source, body, offset).convert(tree)


def _converter(source: str, body: str, offset: int) -> Converter:
    columns: SequenceOf[int]
    if body.isascii():
        columns = range(offset, offset + len(body) + 1)
    else:
        columns = [offset + index for index, char in enumerate(body) for _ in char.encode("utf-8", "replace")]
        columns.append(offset + len(body))
    return Converter(source, columns)


def _check_length(body: str) -> None:
    if len(body) > words.MAX_LITERAL_CHARACTERS or body.count(",") + body.count("[") > words.MAX_NUMBERS:
        raise Mistake(
            "too-long",
            tr("A formula holds at most {limit} numbers.", limit=words.MAX_NUMBERS),
            tr("Paste them into an array instead."),
        )
    if len(body) > words.MAX_CHARACTERS and len(_NOT_NUMBERS.findall(body)) > words.MAX_CHARACTERS // 4:
        raise Mistake(
            "too-long",
            tr("A formula is at most {limit} characters long.", limit=words.MAX_CHARACTERS),
            tr("Give some parts an entry of their own."),
        )


def _explain(body: str, offset: int, error: BaseException) -> Mistake:
    """Say in a sentence why ``body`` can't be read."""
    found = _TYPOGRAPHIC.search(body)
    if found:
        return _typographic(found[0], Span(offset + found.start(), offset + found.end()))
    if isinstance(error, (RecursionError, MemoryError)) or "too many nested" in str(error):
        return Mistake("too-deep", tr("This formula nests too deeply."), tr("Give an inner part an entry of its own."))
    if "integer string conversion" in str(error):
        return Mistake("integer-size", tr("This integer is too long."), tr("Write it with a point, as a float."))
    stray, missing = bracket_state(body)
    if stray is not None:
        return Mistake(
            "bracket",
            tr("This {bracket} closes nothing that is open.", bracket=body[stray]),
            tr("Remove it, or open its partner before."),
            span=Span(offset + stray, offset + stray + 1),
        )
    word = re.match(r"[a-z]+\b", body)
    if word and word[0] in _STATEMENTS:
        return Mistake(
            "statement",
            tr("{word} begins a statement; a formula is one expression.", word=word[0]),
            span=Span(offset, offset + word.end()),
        )
    return _unfinished(body, offset, missing) or _syntax(body, offset, error)


def _typographic(char: str, span: Span) -> Mistake:
    replacement = TYPOGRAPHY[char]
    if not replacement.strip():
        message = tr("Here stands a blank that NumPy doesn't know.")
        return Mistake("typographic", message, tr("Type an ordinary space."), span=span)
    return Mistake(
        "typographic",
        tr("{char} is for print; in a formula it is written {plain}.", char=char, plain=replacement),
        tr("Replace it by {plain}.", plain=replacement),
        span=span,
    )


def bracket_state(body: str) -> tuple[int | None, str]:
    """Give the place of a bracket that closes nothing (None where none does), and what is missing at the end."""
    open_brackets: list[str] = []
    quote = ""
    for index, char in enumerate(body):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _CLOSING:
            open_brackets.append(char)
        elif char in _BRACKETS and (not open_brackets or open_brackets.pop() != _BRACKETS[char]):
            return index, ""
    return None, quote + "".join(_CLOSING[bracket] for bracket in reversed(open_brackets))


def _unfinished(body: str, offset: int, missing: str) -> Mistake | None:
    """Tell whether more typing can make ``body`` a formula, by trying what is likely to follow."""
    for filler in _FILLERS:
        completed = body + (missing + filler if missing[:1] in ("'", '"') else filler + missing)
        try:
            tree = expression(completed)
        except SYNTAX_ERRORS:
            continue
        try:
            _converter(completed, completed, 0).convert(tree)
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
    span = Span(offset + start, offset + start + 1)
    glued = re.search(r"(?<![\w.])(\d+)([^\W\d]\w*)", body)
    if glued:
        return Mistake(
            "syntax",
            tr("A number and a name stand together: {text}.", text=glued[0]),
            tr("Write {number} * {name}.", number=glued[1], name=glued[2]),
            span=Span(offset + glued.start(), offset + glued.end()),
        )
    if ";" in body:
        return Mistake("syntax", tr("A formula is one expression."), tr("Make an entry for each."), span=span)
    if "=" in str(getattr(error, "msg", "")):
        return Mistake("syntax", tr("A formula computes a value; it can't assign one here."),
                       tr("To compare, write ==."), span=span)  # fmt: skip
    return Mistake("syntax", tr("This can't be read as an expression."), tr("Is a sign missing here?"), span=span)
