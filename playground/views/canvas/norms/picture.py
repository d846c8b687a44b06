"""How unit balls and the limits of clipping are painted: outlines in the colour of their norm, with their names."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from playground.explain.geometry.balls import ball
from playground.explain.text import number_text
from playground.views import theme
from playground.views.canvas.map.shapes import polygon
from playground.views.canvas.painting import mixed

if TYPE_CHECKING:
    from playground.views.canvas.viewport import Point, Viewport

_ANTIALIASING = QPainter.RenderHint.Antialiasing
_NO_BRUSH = Qt.BrushStyle.NoBrush
_NO_PEN = Qt.PenStyle.NoPen
_TRANSPARENT = Qt.GlobalColor.transparent
_CENTRE = Qt.AlignmentFlag.AlignCenter
_L1, _L2, _LINF, _LP = 4, 1, 3, 2
"""Places of the norms' colours among the theme's vector colours."""
_CORNERED = {1.0: ((1, 0), (0, 1), (-1, 0), (0, -1)), math.inf: ((1, 1), (-1, 1), (-1, -1), (1, -1))}
"""Balls with straight edges, by their corners."""
_FAR = 5000.0
"""Pixels of a radius from which on a circle is painted by those of its points that are near."""
_NAMED = 46
"""Pixels a unit from which on there is room for the balls' names."""


def norm_colours() -> tuple[QColor, QColor, QColor, QColor]:
    """Colours of L1, L2, L∞ and of the chosen p."""
    colours = theme.current().vectors
    return colours[_L1], colours[_L2], colours[_LINF], colours[_LP]


def outline(p: float, radius: float, view: Viewport) -> QPolygonF:
    """Return the edge of a ball in pixels; empty where its radius is no number that can be drawn."""
    if not math.isfinite(radius):
        return QPolygonF()
    if p in _CORNERED:
        with np.errstate(all="ignore"):
            return polygon(radius * np.array(_CORNERED[p]), view)
    with np.errstate(all="ignore"):
        return polygon(radius * _unit_ball(p), view)


@lru_cache(maxsize=8)
def _unit_ball(p: float) -> np.ndarray:
    return ball(p)


class Balls:
    """Paints the unit balls and keeps the picture: under a hand that drags a vector they stay as they are."""

    def __init__(self) -> None:
        self._key: object = None
        self._pixmap = QPixmap()

    def paint(self, painter: QPainter, p: float, point: Point, view: Viewport) -> None:
        """Paint the three usual unit balls and that of ``p``, with names where there is room, clear of the vector."""
        side = -1.0 if point[0] < 0 < point[1] else 1.0
        ratio = painter.device().devicePixelRatioF()
        key = (p, side, view, ratio, id(theme.current()), theme.scale())
        if key != self._key:
            self._key = key
            self._pixmap = QPixmap(round(view.width * ratio), round(view.height * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(_TRANSPARENT)
            with QPainter(self._pixmap) as kept:
                _paint_balls(kept, p, side, view)
        painter.drawPixmap(0, 0, self._pixmap)


def paint_reach(painter: QPainter, p: float, length: float, view: Viewport) -> None:
    """Paint the ball of ``p`` that reaches ``length``, dashed: all vectors that are as long."""
    if length and abs(length - 1) > 1e-9:
        painter.setRenderHint(_ANTIALIASING)
        _stroke(painter, outline(p, length, view), _dashed(mixed(norm_colours()[3], 0.8)))


def _paint_balls(painter: QPainter, p: float, side: float, view: Viewport) -> None:
    painter.setRenderHint(_ANTIALIASING)
    *usual, colour = norm_colours()
    chosen = outline(p, 1.0, view)
    _fill(painter, chosen, colour, 0.16)
    for order, shade in zip((1.0, 2.0, math.inf), usual, strict=True):
        _stroke(painter, outline(order, 1.0, view), QPen(shade, _wide(1.6)))
    _stroke(painter, chosen, QPen(colour, _wide(2.4)))
    if view.scale >= theme.px(_NAMED):
        _name_balls(painter, p, side, view)


def paint_limits(painter: QPainter, limit: float, view: Viewport, lit: str) -> None:
    """Paint circle and square that clipping keeps vectors within; ``lit`` is the one that is pointed at."""
    painter.setRenderHint(_ANTIALIASING)
    _, round_colour, square_colour, _ = norm_colours()
    square = outline(math.inf, limit, view)
    _fill(painter, square, square_colour, 0.1)
    _stroke(painter, square, QPen(square_colour, _wide(3 if lit == "square" else 1.8)))
    radius, pen = limit * view.scale, QPen(round_colour, _wide(3 if lit == "circle" else 1.8))
    if radius > _FAR:
        _stroke(painter, outline(2.0, limit, view), pen)
        return
    painter.setPen(pen)  # an ellipse is painted ten times faster than its outline
    painter.setBrush(_see_through(round_colour, 0.14))
    painter.drawEllipse(QPointF(*view.to_pixels((0.0, 0.0))), radius, radius)


def paint_cut(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Paint how the tip of a vector came to where clipping by value put it."""
    painter.setPen(_dashed(theme.current().faint))
    painter.drawLine(start, end)


def paint_handle(painter: QPainter, place: QPointF, name: str, *, hovered: bool, selected: bool) -> None:
    """Paint the handle of the limit and its name."""
    colours = theme.current()
    radius = theme.px(8 if hovered else 7)
    painter.setPen(QPen(colours.ink, _wide(2)))
    painter.setBrush(colours.panel)
    painter.drawEllipse(place, radius, radius)
    if selected:
        painter.setPen(QPen(colours.accent, _wide(2)))
        painter.setBrush(_NO_BRUSH)
        painter.drawEllipse(place, radius + theme.px(4), radius + theme.px(4))
    painter.setFont(theme.sans(14, bold=True))
    painter.setPen(colours.ink)
    painter.drawText(place + QPointF(theme.px(10), -theme.px(9)), name)


def _stroke(painter: QPainter, shape: QPolygonF, pen: QPen) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.setPen(pen)
    painter.drawPolygon(shape)


def _name_balls(painter: QPainter, p: float, side: float, view: Viewport) -> None:
    """Write the names on the diagonal up left, or down right for ``side`` -1; that of p down left."""
    *usual, colour = norm_colours()
    painter.setFont(theme.sans(12, bold=True))
    gaps = ((0.854, "L1"), (1.207, "L2"), (math.sqrt(2) + 12 * theme.scale() / view.scale, "L∞"))
    for (radius, text), shade in zip(gaps, usual, strict=True):
        _write(painter, (-side * radius, side * radius), text, shade, view)
    inside = 0.0 if math.isinf(p) else 1 / p
    _write(painter, (-(2**-inside) * 0.62, -(2**-inside) * 0.62), f"p = {number_text(p, 3)}", colour, view)


def _write(painter: QPainter, direction: Point, text: str, colour: QColor, view: Viewport) -> None:
    r = math.sqrt(0.5)
    size = (theme.px(64), theme.px(18))
    along = direction if text.startswith("p") else (direction[0] * r, direction[1] * r)
    x, y = view.to_pixels(along)
    painter.setPen(colour)
    painter.drawText(QRectF(x - size[0] / 2, y - size[1] / 2, *size), _CENTRE, text)


def _fill(painter: QPainter, shape: QPolygonF, colour: QColor, share: float) -> None:
    """See-through, so that the plane's numbers can be read; its edge is stroked over, so it needn't be smooth."""
    painter.setRenderHint(_ANTIALIASING, False)
    painter.setPen(_NO_PEN)
    painter.setBrush(_see_through(colour, share))
    painter.drawPolygon(shape)
    painter.setRenderHint(_ANTIALIASING)


def _see_through(colour: QColor, share: float) -> QColor:
    shade = QColor(colour)
    shade.setAlphaF(share)
    return shade


def _dashed(colour: QColor) -> QPen:
    pen = QPen(colour, _wide(1.4))
    pen.setDashPattern([4, 3])
    return pen


def _wide(size: float) -> float:
    return size * theme.scale()
