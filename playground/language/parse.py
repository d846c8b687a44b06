"""Text to tree: any text gives a ``Parsed``, never an exception; nothing of the text is ever run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.convert import Converter
from playground.language.foreign.clue import numpy_words
from playground.language.memory import Remembered
from playground.language.mistake import Mistake
from playground.language.problems import Problem, Span
from playground.language.python_syntax import LINE_BREAKS, SYNTAX_ERRORS, expression
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence as SequenceOf

    from playground.language.nodes import Node

_TARGET = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)")
_NOT_NUMBERS = re.compile(r"[^0-9.,+\-eEjJ_\[\]() \t\r\n]")


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


@Remembered
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


def _read(source: str, offset: int) -> Node:
    body = source[offset:].translate(LINE_BREAKS)
    offset += len(body) - len(body.lstrip(" "))
    body = body.strip(" ")
    if not body:
        raise Mistake("unfinished", tr("Write a formula, such as A @ B."), span=Span(len(source), len(source)))
    _check_length(body)
    if not body.isascii():
        _check_letters(body, offset)
    try:
        tree = expression(body)
    except SYNTAX_ERRORS as error:
        from playground.language.unreadable import explained  # a text that can be read needs none of it

        raise explained(body, offset, error) from None
    return converter(source, body, offset).convert(tree)


def _check_letters(body: str, offset: int) -> None:
    """Raise ``Mistake`` for signs of print that Python would read as letters of a name: ``Aᵀ``."""
    from playground.language.typography import INSIDE_NAMES

    found = INSIDE_NAMES.search(body)
    if found:
        from playground.language.unreadable import printed_sign

        raise printed_sign(found[0], Span(offset + found.start(), offset + found.end()))


def converter(source: str, body: str, offset: int) -> Converter:
    """Make what turns the syntax tree of ``body``, which begins at ``offset`` of ``source``, into nodes."""
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
