"""Light on cells that hang together: a tint and an outline in the colours of their axes, and bars along the headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.record import Record
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.views.grid.geometry import Geometry
    from playground.views.grid.paint import Scene

_NO_BRUSH = Qt.BrushStyle.NoBrush
_ANTIALIASING = QPainter.RenderHint.Antialiasing
_TINT, _HEADER_TINT = 0.13, 0.12
_LINE, _BAR = 1.5, 3
_LEAST_OUTLINED, _LEAST_SEEN = 6, 2
"""Bands of fewer pixels across are a line in their colour, which is at least so many pixels thick."""


class Band(Record):
    """Cells that are lit: all of ``rows`` × ``columns`` of the grid's picture, ascending. ``own`` is pointed at."""

    rows: range
    columns: range
    own: bool = False

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is lit."""
        return row in self.rows and column in self.columns


def _shown(lines: range, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring lines among those from ``first`` to ``stop``."""
    if lines.step == 1:
        low, high = max(first, lines.start), min(stop, lines.stop)
        if low < high:
            yield low, high
        return
    begin = lines.start + max(0, -(-(first - lines.start) // lines.step)) * lines.step
    for line in range(begin, min(stop, lines.stop), lines.step):
        yield line, line + 1


def _pieces(band: Band, geometry: Geometry) -> Iterator[tuple[int, int, int, int]]:
    r0, r1, c0, c1 = geometry.visible
    columns = list(_shown(band.columns, c0, c1))
    for top, bottom in _shown(band.rows, r0, r1):
        for first, last in columns:
            yield top, bottom, first, last


def region(bands: tuple[Band, ...], geometry: Geometry) -> list[QRect]:
    """What is to be painted anew where ``bands`` come or go."""
    rects = [QRect(*geometry.box(*piece)).adjusted(-1, -1, 2, 2) for band in bands for piece in _pieces(band, geometry)]
    if rects:
        rects += [QRect(0, 0, geometry.width, geometry.top), QRect(0, 0, geometry.left, geometry.height)]
    return rects


def paint_bands(painter: QPainter, scene: Scene) -> None:
    """Tint and outline what is lit, and mark its rows and columns at the headers."""
    geometry = scene.geometry
    painter.setBrush(_NO_BRUSH)
    painter.setRenderHint(_ANTIALIASING, True)
    for band in scene.bands:
        colour = _colour(band, scene)
        tint = QColor(colour)
        tint.setAlphaF(_TINT)
        painter.setPen(QPen(colour, _LINE))
        for piece in _pieces(band, geometry):
            x, y, width, height = geometry.box(*piece)
            if min(width, height) < _LEAST_OUTLINED:
                painter.fillRect(x, y, max(width, _LEAST_SEEN), max(height, _LEAST_SEEN), colour)
                continue
            if not band.own:
                painter.fillRect(x, y, width, height, tint)
            inset = 1 + _LINE / 2
            painter.drawRect(QRectF(x, y, width, height).adjusted(inset, inset, 1 - inset, 1 - inset))
    painter.setRenderHint(_ANTIALIASING, False)
    _paint_at_headers(painter, scene)


def _colour(band: Band, scene: Scene) -> QColor:
    """A line has the colour of the axis that it is a place of; a cell and a block have that of the rows."""
    row, column = scene.row_colour, scene.column_colour
    is_column = len(band.columns) == 1 and len(band.rows) > 1
    first, second = (column, row) if is_column or scene.source.ndim < 2 else (row, column)
    return first or second or scene.palette.accent


def _paint_at_headers(painter: QPainter, scene: Scene) -> None:
    """Bars beside the lit rows and over the lit columns: those of an axis that is summed over run along all of it."""
    geometry, bar = scene.geometry, theme.px(_BAR)
    r0, r1, c0, c1 = geometry.visible
    if scene.source.ndim > 0:
        colour = scene.column_colour or scene.palette.accent
        for band in scene.bands:
            for first, stop in _shown(band.columns, c0, c1):
                x, width = geometry.x(first) + 1, geometry.x(stop) - geometry.x(first) - 1
                _mark(painter, colour, QRect(x, 0, width, geometry.top), QRect(x, geometry.top - bar, width, bar))
    if scene.source.ndim > 1:
        colour = scene.row_colour or scene.palette.accent
        for band in scene.bands:
            for first, stop in _shown(band.rows, r0, r1):
                y, height = geometry.y(first) + 1, geometry.y(stop) - geometry.y(first) - 1
                _mark(painter, colour, QRect(0, y, geometry.left, height), QRect(geometry.left - bar, y, bar, height))


def _mark(painter: QPainter, colour: QColor, header: QRect, bar: QRect) -> None:
    tint = QColor(colour)
    tint.setAlphaF(_HEADER_TINT)
    painter.fillRect(header, tint)
    painter.fillRect(bar, colour)
