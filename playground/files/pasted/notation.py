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
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
MISSING = frozenset({"", "null", "None"})
"""Cells that hold nothing: Excel writes nothing, JSON null."""


def plain(text: str, notation: Notation) -> str | None:
    """Give ``text`` as ``parse_cell`` reads it, None for a number that isn't written in ``notation``.

    >>> plain("1.234,5", "comma"), plain("1 234.5", "point"), plain("0,5", "point")
    ('1234.5', '1234.5', None)
    """
    if len(text) > _LONGEST:
        return text
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


def notations(cells: Iterable[str]) -> tuple[Notation, ...]:
    """Tell in which notations all of ``cells`` can be written; more than one where nothing decides between them."""
    point = comma = True
    seen = commas = 0
    for cell in cells:
        if ("," not in cell and "." not in cell) or len(cell) > _LONGEST:
            continue
        text = _without_gaps(cell)
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


def _without_gaps(text: str) -> str:
    """Write the signs of a keyboard, and no blanks or apostrophes between thousands."""
    text = text.strip()
    if not text.isascii():
        text = text.translate(_SIGNS).strip()
    if (" " in text or "'" in text) and _SPACED.fullmatch(text):
        return text.replace(" ", "").replace("'", "")
    return text
