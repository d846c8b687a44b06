"""The texts in the cells: as many digits as fit, decimal points under each other, never a cut-off number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.workspace.numbers import display_text

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
    write = _float_text if dtype.kind == "f" else display_text
    rows = []
    for values in block.tolist():
        row = []
        for value in values:
            text = write(value, dtype, DIGITS)
            if decimals:
                text += " " * _filling(text, decimals)
            if len(text) > characters:
                text = fitted_text(value, dtype, characters)
            row.append(text)
        rows.append(row)
    return rows


def _float_text(value: float, dtype: np.dtype[np.generic], digits: int) -> str:
    """``display_text`` for numbers without exponent, a sixth of its price: a screen has a thousand of them."""
    text = f"{value:.{digits}g}"
    if "e" in text or "n" in text:
        return display_text(value, dtype, digits)
    return text.replace("-", "−")


def fitted_text(value: object, dtype: np.dtype[np.generic], characters: int) -> str:
    """Return the text with the most digits that fits; an ellipsis where not even one digit does."""
    for digits in range(DIGITS, 0, -1):
        text = display_text(value, dtype, digits)
        if len(text) <= characters:
            return text
    if dtype.kind in "iu":
        return fitted_text(float(value), np.dtype(np.float64), characters)  # type: ignore[arg-type]
    return TOO_NARROW


def measure(sample: np.ndarray, limits: tuple[float, float] | None = None) -> CellFormat:
    """Choose a format in which the sampled corner of an array, and its limits, show all their digits."""
    corner = sample[:SAMPLE, :SAMPLE]
    write = _float_text if corner.dtype.kind == "f" else display_text
    texts = {write(value, corner.dtype, DIGITS) for row in corner.tolist() for value in row}
    whole = max((len(text.partition(".")[0]) for text in texts), default=1)
    decimals = max((_places(text) for text in texts), default=0)
    longest = max((len(text) for text in texts), default=1)
    if limits is not None and corner.dtype.kind not in "cb":
        # Limits are floats, and 2**63 is the one nearest to the largest int64, which it isn't.
        whole_numbers = corner.dtype.kind in "iu"
        ends = [
            str(int(end)).replace("-", "−") if whole_numbers else write(end, corner.dtype, DIGITS) for end in limits
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
