"""The marks of what isn't finite, which say without colours what the colours say: NaN is hatched, ±inf has a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor

from playground.views import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from playground.views.grid.paint import Scene
    from playground.views.theme import Palette

_HATCH = Qt.BrushStyle.BDiagPattern
_NO_PEN = Qt.PenStyle.NoPen
_HATCH_OPACITY = 0.3
_BAR = 3


def hatch_brush(palette: Palette) -> QBrush:
    """The hatching behind NaN, quiet enough for the text before it."""
    colour = QColor(palette.faint)
    colour.setAlphaF(_HATCH_OPACITY)
    return QBrush(colour, _HATCH)


def paint_marks(painter: QPainter, scene: Scene, shown: tuple[int, int, int, int], block: np.ndarray) -> None:
    """Hatch NaN; draw a bar along the upper line of +inf and along the lower one of −inf."""
    geometry, palette = scene.geometry, scene.palette
    bar = theme.px(_BAR)
    not_numbers, plus, minus = kinds_of(block)
    painter.setPen(_NO_PEN)
    for cells, brush, top, height in (
        (not_numbers, hatch_brush(palette), 0, geometry.cell_height),
        (plus, QBrush(palette.plus_infinite), 1, bar),
        (minus, QBrush(palette.minus_infinite), geometry.cell_height - bar, bar),
    ):
        painter.setBrush(brush)
        painter.drawRects(
            [
                QRect(x + 1, y + top, width - 1, height)
                for x, y, width, _ in (
                    geometry.box(shown[0] + row, shown[0] + row + 1, shown[2] + first, shown[2] + stop)
                    for row, first, stop in _runs(cells)
                )
            ]
        )


def kinds_of(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which cells are NaN, +inf and −inf; an infinite complex number has no sign and counts as +inf."""
    not_numbers = np.isnan(values)
    infinite = np.isinf(values) & ~not_numbers
    minus = infinite & (values < 0) if values.dtype.kind == "f" else np.zeros_like(infinite)
    return not_numbers, infinite & ~minus, minus


def _runs(cells: np.ndarray) -> list[tuple[int, int, int]]:
    """Row, first and stop column of each run of true cells: few for many cells, which have one mark then."""
    edges = np.diff(np.pad(cells.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    return list(zip(rows.tolist(), firsts.tolist(), np.nonzero(edges == -1)[1].tolist(), strict=True))
