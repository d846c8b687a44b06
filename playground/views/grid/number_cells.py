"""The texts of cells in a chosen format, and how wide they may be; the general one's are in `cells`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.views.grid.cells import SAMPLE, TOO_NARROW, CellFormat
from playground.workspace.number_texts import MOST_CHARACTERS, bits_shown, fitted, room_for, tail_of, writer

if TYPE_CHECKING:
    import numpy as np

    from playground.workspace.number_formats import NumberFormat
    from playground.workspace.number_texts import Limits

_ALIGNED: Final = frozenset(("general", "full", "scientific", "engineering", "fraction"))
"""Kinds whose texts end in different places; all others' points stand under each other as they are."""
_SIGN_POINT_EXPONENT = 7
_ALWAYS_ALIGNED = 3  # characters from the point on


def number_texts(block: np.ndarray, cell_format: CellFormat) -> list[list[str]]:
    """Return the texts of a 2-D block, each at most ``characters`` long, spaces behind included."""
    number, dtype, tail, characters = cell_format.number, block.dtype, cell_format.decimals, cell_format.characters
    assert number is not None
    write = writer(number, dtype, cell_format.limits)
    rows = []
    for values in block.tolist():
        row = []
        for value in values:
            text = write(value)
            if tail and (own := tail_of(text)) is not None:
                text += " " * (tail - own)
            if len(text) > characters:
                text = fitted(value, dtype, number, characters) or TOO_NARROW
            row.append(text)
        rows.append(row)
    return rows


def measure_numbers(sample: np.ndarray, number: NumberFormat, limits: Limits, *, is_whole: bool) -> CellFormat:
    """Choose a width that holds all numbers between ``limits`` and what is aligned in the sampled corner.

    ``is_whole`` says that the sample is the whole array, so that nothing can come into sight that is longer.
    """
    corner, kind = sample[:SAMPLE, :SAMPLE], number.kind
    if kind in ("hexadecimal", "bits"):
        limits = _rounded_up(limits, corner.dtype)
    write = writer(number, corner.dtype, limits)
    texts = [write(value) for row in corner.tolist() for value in row]
    tails = [tail for text in texts if (tail := tail_of(text)) is not None] if kind in _ALIGNED else []
    longest, tail = max(map(len, texts), default=1), max(tails, default=0)
    if kind in ("general", "full"):
        if tail > _ALWAYS_ALIGNED and 2 * sum(map(bool, tails)) < len(texts):
            tail = 0  # mostly whole numbers, as in `cells.measure`
        most = 2 * MOST_CHARACTERS + 1 if corner.dtype.kind == "c" else MOST_CHARACTERS
        if kind == "general":
            most = max(longest if corner.dtype.kind in "ciu" else 0, number.digits + _SIGN_POINT_EXPONENT)
        elif not is_whole and any(tails):
            longest = room_for(number, corner.dtype, limits)
        aligned = max((len(text) - (tail_of(text) or 0) for text in texts), default=0) + tail
        return CellFormat(max(longest, aligned), tail, number) if aligned <= most else CellFormat(longest, 0, number)
    room = room_for(number, corner.dtype, limits)
    if limits is None:
        room = max(room, min(longest, MOST_CHARACTERS))
    return CellFormat(room, tail, number, limits if kind in ("hexadecimal", "bits") else None)


def _rounded_up(limits: Limits, dtype: np.dtype) -> Limits:
    """Limits that need as many digits, so that a format isn't another one with every number; None for all bits."""
    bits = bits_shown(dtype, limits)
    return (0, (1 << bits) - 1) if limits is not None and limits[0] >= 0 else None
