"""The texts in the cells: as many digits as fit, decimal points under each other, never a cut-off number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.record import Record
from playground.workspace.numbers import display_text, readable

if TYPE_CHECKING:
    from playground.workspace.number_formats import NumberFormat

DIGITS = 6
TOO_NARROW = "⋯"
SAMPLE = 12  # rows and columns that are looked at to choose widths: all of what is edited by hand
_ALWAYS_ALIGNED = 2  # places after the point
_MOST_CHARACTERS = 13  # a column of six-digit numbers with sign, point and exponent


class CellFormat(Record):
    """How wide texts may be (``characters``) and to how many places after the point they are filled up.

    Both hold for the whole array, so that nothing shifts while scrolling or repainting a part. In a chosen ``number``
    format ``decimals`` counts characters from the point, exponent or stroke on; ``limits`` are those to which
    hexadecimal digits and bits are filled up, None for all that the dtype has.
    """

    characters: int
    decimals: int = 0
    number: NumberFormat | None = None
    limits: tuple[float, float] | None = None


def cell_texts(block: np.ndarray, cell_format: CellFormat) -> list[list[str]]:
    """Return the texts of a 2-D block, each at most ``characters`` long, spaces behind included."""
    if cell_format.number is not None:
        from playground.views.grid.number_cells import number_texts  # the first picture has the general format

        return number_texts(block, cell_format)
    dtype, characters, decimals = block.dtype, cell_format.characters, cell_format.decimals
    rows = _written(block)
    if decimals:
        rows = [[text + " " * _filling(text, decimals) for text in row] for row in rows]
    for texts, values in zip(rows, block, strict=True):
        if len(max(texts, key=len, default="")) > characters:
            for column, text in enumerate(texts):
                if len(text) > characters:
                    texts[column] = fitted_text(values[column].item(), dtype, characters)
    return rows


def _written(block: np.ndarray) -> list[list[str]]:
    """Write every number with up to `DIGITS` digits: a screen has a thousand of them, and a row is one operation."""
    kind = block.dtype.kind
    if kind == "f":
        template = " ".join([f"%.{DIGITS}g"] * block.shape[1])
        return [_split(template % tuple(values)) for values in block.tolist()]
    if kind in "iu":
        return [" ".join(map(str, values)).replace("-", "−").split() for values in block.tolist()]
    return [[display_text(value, block.dtype, DIGITS) for value in row] for row in block.tolist()]


def _split(line: str) -> list[str]:
    if "e" in line or "n" in line:
        return [readable(text) for text in line.split()]
    return line.replace("-", "−").split()


def fitted_text(value: Any, dtype: np.dtype[np.generic], characters: int) -> str:  # noqa: ANN401 - as `tolist` gives it
    """Return the text with the most digits that fits; an ellipsis where not even one digit does."""
    digits = DIGITS
    while digits > 0:
        text = readable(f"{value:.{digits}g}") if dtype.kind == "f" else display_text(value, dtype, digits)
        if len(text) <= characters:
            return text
        # A digit less is a character less, and the point goes with the last one; complex numbers have two of each.
        fewer = len(text) - characters - 1 if dtype.kind == "f" else 1
        digits = min(digits - 1, max(1, digits - fewer))
    if dtype.kind in "iu":
        return fitted_text(float(value), np.dtype(np.float64), characters)
    return TOO_NARROW


def measure(sample: np.ndarray, limits: tuple[float, float] | None = None) -> CellFormat:
    """Choose a format in which the sampled corner of an array, and its limits, show all their digits."""
    corner = sample[:SAMPLE, :SAMPLE]
    texts = {text for row in _written(corner) for text in row}
    whole = max((len(text.partition(".")[0]) for text in texts), default=1)
    decimals = max((_places(text) for text in texts), default=0)
    longest = max((len(text) for text in texts), default=1)
    if limits is not None and corner.dtype.kind not in "cb":
        # Limits are floats, and 2**63 is the one nearest to the largest int64, which it isn't.
        whole_numbers = corner.dtype.kind in "iu"
        ends = [
            str(int(end)).replace("-", "−") if whole_numbers else display_text(end, corner.dtype, DIGITS)
            for end in limits
        ]
        longest = max(longest, *(len(text) for text in ends))
        whole = max(whole, *(len(text.partition(".")[0]) for text in ends))
    if decimals > _ALWAYS_ALIGNED and 2 * sum("." in text for text in texts) < len(texts):
        decimals = 0  # mostly whole numbers: holes behind them would read worse than points out of line
    aligned = whole + (decimals + 1 if decimals else 0)
    if aligned <= _MOST_CHARACTERS:
        return CellFormat(max(longest, aligned), decimals)
    return CellFormat(min(longest, _MOST_CHARACTERS))


def _places(text: str) -> int:
    """Count the digits after the point; 0 where there is no point to align (whole, exponents, complex)."""
    _, point, tail = text.partition(".")
    return len(tail) if point and tail.isdigit() else 0


def _filling(text: str, decimals: int) -> int:
    """Count the spaces behind ``text`` that bring its point above the others'."""
    point = text.find(".")
    if point >= 0:
        return max(0, decimals - (len(text) - point - 1)) if text[point + 1 :].isdigit() else 0
    return decimals + 1 if text.lstrip("−").isdigit() else 0
