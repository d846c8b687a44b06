"""What a legend says of a grid's colours, in a few words and as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record, replace
from playground.translation import tr
from playground.views.grid.heat_marks import kinds_of
from playground.workspace.number_formats import suits
from playground.workspace.number_texts import written
from playground.workspace.numbers import display_text
from playground.workspace.pyramid import MINUS, NAN, PLUS

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid
    from playground.views.grid.heat import Direction
    from playground.views.grid.source import BlockSource
    from playground.workspace.number_formats import NumberFormat

_DIGITS = 4
_LOOKED_AT = 1 << 18
"""Cells that are looked through for what isn't finite; of larger arrays only those in sight are."""
_EXACT = 2.0**53
"""Integers beyond may differ though their limits, which are floats, don't."""
_KINDS = ("nan", "plus", "minus")


class LegendWords(Record):
    """What a legend says.

    Attributes
    ----------
    line
        The row or column whose limits are meant, empty where they are the whole array's.
    limits
        Which numbers have the colours at the ends of the bar; None where there is no bar.
    low, high
        These as texts; without a bar, why there is none.
    direction
        As of `heat`.
    two_colours
        Whether there are no numbers between the two.
    marks
        ``"nan"``, ``"plus"`` and ``"minus"``, each with its text, as far as there are such cells.
    sentence
        All of that, for tooltips and for who listens.
    far
        Whether the colours stand for numbers that are too small to be seen, and are stronger.
    source
        Of the numbers that it is said of.
    """

    line: str = ""
    limits: tuple[float, float] | None = None
    low: str = ""
    high: str = ""
    direction: Direction = "rising"
    two_colours: bool = False
    marks: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    far: bool = False
    source: BlockSource | None = None


def words_of(grid: Grid, before: LegendWords) -> LegendWords:
    """What a legend says of ``grid`` now; ``before`` tells which marks were seen already."""
    source = grid.source
    line, limits, unknown = _line_and_limits(grid)
    two_colours = source.dtype.kind == "b"
    if two_colours and not unknown:
        limits = 0.0, 1.0
    low, high = "", unknown
    if limits is not None:
        low, high = _texts(limits, source.dtype, grid.number_format)
        if limits[0] == limits[1]:
            rounded = source.dtype.kind in "iu" and abs(limits[0]) >= _EXACT
            high = tr("all about {number}", number=low) if rounded else tr("all {number}", number=low)
            low, limits = "", None
        elif source.dtype.kind == "c":
            low = tr("magnitude {number}", number=low)
    texts = {"nan": "NaN", "plus": "+∞", "minus": "−∞"}
    marks = tuple((kind, texts[kind]) for kind in _kinds(grid, before))
    words = LegendWords(line, limits, low, high, grid.colour_direction, two_colours, marks, "", grid.is_far, source)
    return replace(words, sentence=_sentence(grid, words))


def _line_and_limits(grid: Grid) -> tuple[str, tuple[float, float] | None, str]:
    """Whose limits are meant, the limits, and why there are none."""
    lines, source = grid.line_limits, grid.source
    if grid.colouring is not None and grid.colouring.scheme == "off":
        return "", None, tr("no colours")
    few = source.rows * source.columns <= _LOOKED_AT
    if lines is None:
        limits = grid.colour_limits
        return "", limits, "" if limits else tr("no finite numbers") if few else tr("limits not known yet")
    if grid.layout_now().empty:
        return "", None, tr("no finite numbers")
    if lines.axis == "row":
        number = grid.selection.row
        line = tr("row {row}:", row=grid.row_label(number))
    else:
        number = grid.selection.column
        line = tr("column {column}:", column=getattr(source, "column_label", str)(number))
    if not lines.is_busy:  # what is in sight comes first
        lines.between(number, number + 1)
    limits = lines.known(number)
    if limits is not None:
        return line, limits, ""
    if not lines.is_readable:
        return line, None, tr("its numbers can't be read")
    return line, None, tr("no finite numbers") if lines.is_known(number) else tr("limits not known yet")


def _texts(limits: tuple[float, float], dtype: np.dtype, number: NumberFormat | None) -> list[str]:
    """Limits as their cells are written; in the general format with fewer digits."""
    if dtype.kind == "b":
        return [str(bool(end)) for end in limits]
    if number is None or dtype.kind not in "fiu" or not suits(number, dtype):
        return [display_text(end + 0.0, np.dtype(np.float64), _DIGITS) for end in limits]
    if dtype.kind == "f":
        return [written(end, dtype, number) for end in limits]
    ends = np.iinfo(dtype)  # limits are floats, and that next to the largest integer is beyond it
    whole = [max(ends.min, min(ends.max, int(end))) for end in limits]
    return [written(end, dtype, number, (whole[0], whole[1])) for end in whole]


def _kinds(grid: Grid, before: LegendWords) -> tuple[str, ...]:
    """Which kinds of what isn't finite the array has, or has shown so far where it is large."""
    source, old = grid.source, before.source
    if source.dtype.kind not in "fc":
        return ()
    seen = {kind for kind, _ in before.marks}
    if source.rows * source.columns <= _LOOKED_AT:
        if source is not old:
            seen = _kinds_in(source, (0, source.rows, 0, source.columns))
    else:
        known = seen if old is not None and old.shape == source.shape else set()
        seen = known | (_kinds_pictured(grid) if grid.is_far else _kinds_in(source, grid.layout_now().visible))
    return tuple(kind for kind in _KINDS if kind in seen)


def _kinds_in(source: BlockSource, box: tuple[int, int, int, int]) -> set[str]:
    cells = source.block(*box)
    if cells is None:  # on their way
        return set()
    return {kind for kind, found in zip(_KINDS, kinds_of(cells), strict=True) if found.any()}


def _kinds_pictured(grid: Grid) -> set[str]:
    """What the picture of the whole array holds, as far as there is one."""
    pyramid = grid.pictures.pyramid
    flags = 0 if pyramid is None else int(np.bitwise_or.reduce(pyramid.levels[-1].flags, axis=None))
    return {kind for kind, bit in zip(_KINDS, (NAN, PLUS, MINUS), strict=True) if flags & bit}


def _sentence(grid: Grid, words: LegendWords) -> str:
    parts = []
    if words.limits is None:
        parts.append(tr("{line} {reason}.", line=words.line or f"{grid.name}:", reason=words.high))
    else:
        text = tr("Colours from {low} to {high}", low=words.low, high=words.high)
        if words.direction == "diverging" and not words.two_colours:
            text += tr(", centred on 0")
        if words.line and _by_row(grid):
            text += tr(" in {line}, each row for itself", line=words.line.rstrip(":"))
        elif words.line:
            text += tr(" in {line}, each column for itself", line=words.line.rstrip(":"))
        parts.append(text + ".")
    how = {"nan": tr("NaN is hatched"), "plus": tr("+∞ has a bar above"), "minus": tr("−∞ has a bar below")}
    if words.marks:
        parts.append("; ".join(how[kind] for kind, _ in words.marks) + ".")
    return " ".join(parts)


def _by_row(grid: Grid) -> bool:
    return grid.line_limits is not None and grid.line_limits.axis == "row"
