"""Turns a source and the owner's wishes of size into a `Geometry`, by what texts need in today's fonts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from playground.record import replace
from playground.views import theme
from playground.views.grid.geometry import Geometry

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QFont

    from playground.views.grid.cells import CellFormat
    from playground.views.grid.source import BlockSource

_LEFT_MARGIN = 6  # pixels kept free before the longest number
_EMPTY_PLACE = (190, 64)


def text_font(cell_height: int) -> QFont:
    """Return the font of numbers in cells of that height: 16 px at 48, never under 12 px."""
    return theme.mono(max(12, min(28, round(cell_height / theme.scale() / 3))))


def text_padding(cell_width: int) -> int:
    """Pixels between a number and the right line of its cell."""
    return max(3, min(theme.px(12), round(cell_width * 0.18)))


def room(geometry: Geometry) -> int:
    """Return how many characters fit into a cell, at least 1."""
    free = geometry.cell_width - text_padding(geometry.cell_width) - theme.px(_LEFT_MARGIN) // 2
    return max(1, int(free / _advance(text_font(geometry.cell_height))))


def lay_out(
    source: BlockSource,
    cell_size: tuple[int, int],
    grow_to: CellFormat | None,
    viewport: QSize,
    first: tuple[int, int],
    last_label: str,
) -> Geometry:
    """Return the layout of ``source`` in a viewport, scrolled to ``first`` as far as there is something to scroll.

    ``cell_size`` is at scale 1; cells widen to the texts of ``grow_to``. ``last_label`` is the widest row label.
    """
    cell_width, cell_height = (theme.px(size) for size in cell_size)
    if grow_to is not None:
        needed = grow_to.characters * _advance(text_font(cell_height)) + theme.px(12 + _LEFT_MARGIN)
        cell_width = max(cell_width, round(needed))
    left, top = theme.px(9), theme.px(20) if source.ndim else theme.px(4)
    if source.ndim > 1:
        left = round(len(last_label) * _advance(theme.mono(12))) + theme.px(8)
    geometry = Geometry(
        rows=source.rows,
        columns=source.columns,
        cell_width=cell_width,
        cell_height=cell_height,
        left=left,
        top=top,
        end=theme.px(14 if source.ndim == 1 else 9),
        width=viewport.width(),
        height=viewport.height(),
        empty_width=theme.px(_EMPTY_PLACE[0]),
        empty_height=theme.px(_EMPTY_PLACE[1]),
    )
    row, column = min(first[0], geometry.last_first_row), min(first[1], geometry.last_first_column)
    return replace(geometry, first_row=row, first_column=column) if row or column else geometry


def _advance(font: QFont) -> float:
    return _advance_at(font.pixelSize())


@cache
def _advance_at(pixels: int) -> float:
    font = theme.mono(12)
    font.setPixelSize(pixels)
    return QFontMetricsF(font).horizontalAdvance("0")
