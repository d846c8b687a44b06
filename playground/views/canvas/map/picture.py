"""How a map of the plane is painted: images over the plane as it was, then lines that it keeps or flattens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from playground.record import Record
from playground.views import theme
from playground.views.canvas.map.shapes import (
    LETTER,
    SQUARE,
    circle,
    grid_lines,
    mapped,
    pixels,
    polygon,
    through_origin,
)
from playground.views.canvas.painting import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPolygonF

    from playground.explain.geometry.eigen import EigenReading, Ellipse
    from playground.explain.geometry.maps import MapReading
    from playground.views.canvas.viewport import Viewport

_ANTIALIASING = QPainter.RenderHint.Antialiasing
_NO_BRUSH = Qt.BrushStyle.NoBrush
_NO_PEN = Qt.PenStyle.NoPen
_HATCH = Qt.BrushStyle.FDiagPattern
_DASHED = Qt.PenStyle.DashLine
_DOTTED = Qt.PenStyle.DotLine

LAYERS = ("grid", "square", "circle", "letter", "probe", "eigen", "singular", "spaces")
"""What can be shown, in the order of the menu."""


class MapView(Record, eq=False):
    """What is painted: the map as it acts ``now`` (on its way from the identity) and what was read of the whole one.

    ``orders`` are the two products of a composition, None without one.
    """

    now: np.ndarray
    layers: frozenset[str]
    reading: MapReading
    eigen: EigenReading
    ellipse: Ellipse
    orders: tuple[np.ndarray, np.ndarray] | None = None


def paint_map(painter: QPainter, shown: MapView, view: Viewport) -> None:
    """Paint all layers but the arrows, which have handles."""
    colours, layers, now = theme.current(), shown.layers, shown.now
    if "grid" in layers:
        painter.setRenderHint(_ANTIALIASING)
        painter.setPen(QPen(mixed(colours.accent, 0.38), 1))
        painter.drawLines(grid_lines(now, view, view.tick_step(theme.px(34))))
    painter.setRenderHint(_ANTIALIASING)
    if shown.orders is not None:
        _outline(painter, polygon(mapped(SQUARE, shown.orders[0]), view), colours.vectors[2])
        _outline(painter, polygon(mapped(SQUARE, shown.orders[1]), view), colours.vectors[3], dashed=True)
    elif "square" in layers:
        _ghost(painter, polygon(SQUARE, view))
        _area(painter, polygon(mapped(SQUARE, now), view), turned_over=float(np.linalg.det(now)) < 0)
    if "letter" in layers:
        _ghost(painter, polygon(LETTER, view))
        _filled(painter, polygon(mapped(LETTER, now), view), mixed(colours.vectors[2], 0.45))
    if "circle" in layers or "singular" in layers:
        _ghost(painter, polygon(circle(), view))
        _outline(painter, polygon(mapped(circle(), now), view), colours.vectors[5])
    _paint_directions(painter, shown, view)


def _paint_directions(painter: QPainter, shown: MapView, view: Viewport) -> None:
    colours, layers = theme.current(), shown.layers
    if "eigen" in layers:
        _lines(painter, shown.eigen.vectors.T, view, QPen(colours.vectors[4], _wide(1.8)))
    if "singular" in layers:
        pen = QPen(colours.vectors[5], _wide(2))
        for length, image in zip(shown.ellipse.lengths, shown.ellipse.images.T, strict=True):
            painter.setPen(pen)
            start, end = pixels(np.array([np.zeros(2), length * image]), view)
            painter.drawLine(start, end)
    if "spaces" in layers:
        _lines(painter, shown.reading.null_space.T, view, _dashed(colours.bad, _DOTTED))
        if shown.reading.rank == 1:
            _lines(painter, shown.reading.column_space.T, view, _dashed(colours.good, _DASHED))


def _lines(painter: QPainter, directions: Sequence[np.ndarray] | np.ndarray, view: Viewport, pen: QPen) -> None:
    painter.setPen(pen)
    for direction in directions:
        painter.drawLine(through_origin(direction, view))


def _area(painter: QPainter, square: QPolygonF, *, turned_over: bool) -> None:
    """The image of the unit square; hatched where it lies on its back."""
    colours = theme.current()
    _filled(painter, square, mixed(colours.positive, 0.22))
    if turned_over:
        painter.setBrush(QBrush(mixed(colours.negative, 0.7), _HATCH))
        painter.drawPolygon(square)
    _outline(painter, square, colours.negative if turned_over else colours.positive)


def _filled(painter: QPainter, shape: QPolygonF, colour: QColor) -> None:
    painter.setPen(_NO_PEN)
    painter.setBrush(colour)
    painter.drawPolygon(shape)


def _outline(painter: QPainter, shape: QPolygonF, colour: QColor, *, dashed: bool = False) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.setPen(_dashed(colour, _DASHED) if dashed else QPen(colour, _wide(1.8)))
    painter.drawPolygon(shape)


def _ghost(painter: QPainter, shape: QPolygonF) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.setPen(_dashed(theme.current().faint, _DASHED))
    painter.drawPolygon(shape)


def _dashed(colour: QColor, style: Qt.PenStyle) -> QPen:
    pen = QPen(colour, _wide(1.4))
    pen.setStyle(style)
    return pen


def _wide(size: float) -> float:
    return size * theme.scale()
