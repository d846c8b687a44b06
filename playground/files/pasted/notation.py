"""How a number is written: with a decimal point or a decimal comma, and with what between its thousands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Notation = Literal["point", "comma", "cell"]
"""Decimal points (commas part thousands), decimal commas (points part thousands), or each cell as if it was typed."""

_EVIDENCE = 2000
_LONGEST = 400  # characters of a number; patterns would take the square of longer ones
_SIGNS = str.maketrans({"−": "-", "＋": "+", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_TAIL = r"(?:[eE][+-]?\d+)?"
_POINT = re.compile(rf"[+-]?(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|\d+|(?=\.\d))(?:\.\d*)?{_TAIL}")
_COMMA = re.compile(rf"[+-]?(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d+|(?=,\d))(?:,\d*)?{_TAIL}")
_SPACED = re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:[ ']\d{{3}})+(?:[.,]\d*)?{_TAIL}")
_NUMERAL = re.compile(r"[+-]?[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?")
_HUNDREDTHS = re.compile(r"([^%]*?)\s*%")
_SHIFTABLE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_BRACKETED = re.compile(r"\(\s*([^()+-][^()+]*)\)")
_UNSIGNED = re.compile(rf"(?:\d+\.?\d*|\.\d+){_TAIL}")
_SIMPLE_BRACKETS = re.compile(r"(?<![^\s,;])\((\d[\d.]*(?:e-2)?)\)(?![^\s,;])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
MISSING = frozenset({"", "null", "None"})
"""Cells that hold nothing: Excel writes nothing, JSON null."""


def plain(text: str, notation: Notation, *, minus: bool = False) -> str | None:
    """Give ``text`` as ``parse_cell`` reads it, None for a number that isn't written in ``notation``.

    ``minus``: a number in brackets is below zero, as in accounts.

    >>> plain("1.234,5", "comma"), plain("1 234.5", "point"), plain("0,5", "point")
    ('1234.5', '1234.5', None)
    >>> plain("12 %", "point"), plain("(1,234.50)", "point", minus=True)
    ('12e-2', '-1234.50')
    """
    if len(text) > _LONGEST:
        return text
    if notation != "cell" and ("%" in text or (minus and "(" in text)):
        return _signed(text, notation, minus=minus)
    text = _without_gaps(text)
    if notation == "cell" or ("," not in text and (notation == "point" or "." not in text)):
        return text
    if notation == "point":
        if _POINT.fullmatch(text):
            return text.replace(",", "")
    elif _COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _NUMERAL.fullmatch(text):
        return None
    # Something else with numbers in it, such as 1,5+2j or 1/2,5.
    return text if notation == "point" or "(" in text else _BETWEEN_DIGITS.sub(".", text)


def _signed(text: str, notation: Notation, *, minus: bool) -> str | None:
    """Read what ends in a percent sign, or stands in brackets where they mean ``minus``; as ``plain``."""
    inside = _BRACKETED.fullmatch(text.strip()) if minus else None
    if inside:
        number = plain(inside[1], notation)
        return f"-{number}" if number is not None and _UNSIGNED.fullmatch(number) else text
    inside = _HUNDREDTHS.fullmatch(text.strip())
    if inside is None or (number := plain(inside[1], notation)) is None:
        return None if inside else text
    return f"{number}e-2" if _SHIFTABLE.fullmatch(number) else text


def notations(cells: Iterable[str]) -> tuple[Notation, ...]:
    """Tell in which notations all of ``cells`` can be written; more than one where nothing decides between them."""
    point = comma = True
    seen = commas = 0
    for cell in cells:
        if ("," not in cell and "." not in cell) or len(cell) > _LONGEST:
            continue
        text = _without_gaps(_bare(cell))
        if not _NUMERAL.fullmatch(text):
            continue
        seen += 1
        commas += "," in text
        point = point and _POINT.fullmatch(text) is not None
        comma = comma and _COMMA.fullmatch(text) is not None
        if not (point or comma) or commas > _EVIDENCE or seen > 10 * _EVIDENCE:
            break
    if point and comma and commas:
        return "point", "comma"
    if point:
        return ("point",)
    return ("comma",) if comma else ("cell",)


def simpler(line: str, *, minus: bool) -> str:
    """Give a line of a table with percent signs and brackets as Python's floats have them.

    What is no number then wasn't one before: nothing is read otherwise than ``plain`` lets it be read.
    """
    if "%" in line:
        line = line.replace(" %", "%").replace("%", "e-2")
    return _SIMPLE_BRACKETS.sub(r"-\1" if minus else r"\1", line) if "(" in line else line


def in_brackets(cells: Iterable[str]) -> bool:
    """Whether one of ``cells`` is a number in brackets."""
    for cell in cells:
        if "(" in cell and len(cell) <= _LONGEST and _BRACKETED.fullmatch(cell.strip()):
            text = _without_gaps(_bare(cell))
            if _NUMERAL.fullmatch(text) or _UNSIGNED.fullmatch(text):
                return True
    return False


def _bare(cell: str) -> str:
    """The number of a cell, without brackets and percent sign."""
    return cell.strip(" ()%\u00a0\u202f") if "(" in cell or "%" in cell else cell


def _without_gaps(text: str) -> str:
    """Write the signs of a keyboard, and no blanks or apostrophes between thousands."""
    text = text.strip()
    if not text.isascii():
        text = text.translate(_SIGNS).strip()
    if (" " in text or "'" in text) and _SPACED.fullmatch(text):
        return text.replace(" ", "").replace("'", "")
    return text
