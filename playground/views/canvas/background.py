"""The plane behind the arrows: grid lines, axes and ticks, painted once per view and kept as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from playground.record import Record
from playground.views import theme
from playground.workspace.numbers import display_text

if TYPE_CHECKING:
    from playground.views.canvas.viewport import Viewport

_FLOAT = np.dtype(np.float64)


class Tick(Record):
    """One number at an axis: its text, and the box that it stands in."""

    text: str
    box: QRectF


class Background:
    """Paints the plane of a viewport and keeps the picture until the viewport, the theme or the screen changes.

    ``labels`` are the boxes of the tick numbers, for others to keep clear of.
    """

    def __init__(self) -> None:
        self.labels: tuple[QRectF, ...] = ()
        self._key: object = None
        self._pixmap = QPixmap()

    def picture(self, view: Viewport, ratio: float, inset: float = 0.0) -> QPixmap:
        """Return the picture for ``view`` on a screen with ``ratio`` device pixels a pixel.

        No number stands in the lowest ``inset`` pixels, where something else does.
        """
        key = (view, ratio, inset, id(theme.current()), theme.scale())
        if key != self._key:
            self._key = key
            self._pixmap = self._painted(view, ratio, inset)
        return self._pixmap

    def _painted(self, view: Viewport, ratio: float, inset: float) -> QPixmap:
        pixmap = QPixmap(round(view.width * ratio), round(view.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        colours = theme.current()
        pixmap.fill(colours.panel)
        painter = QPainter(pixmap)
        font = theme.sans(12)
        step = _step(view, QFontMetricsF(font))
        painter.setPen(QPen(colours.line, 1))
        painter.drawLines(_lines(view, step, ratio))
        painter.setPen(QPen(colours.line.darker(112) if not colours.dark else colours.line.lighter(125), 2))
        painter.drawLines(_axes(view))
        painter.setFont(font)
        painter.setPen(colours.faint)
        ticks = _ticks(view, step, QFontMetricsF(font), view.height - inset)
        for tick in ticks:
            painter.fillRect(tick.box, colours.panel)
            painter.drawText(tick.box.bottomLeft() - QPointF(0, QFontMetricsF(font).descent()), tick.text)
        painter.end()
        self.labels = tuple(tick.box for tick in ticks)
        return pixmap


def _step(view: Viewport, metrics: QFontMetricsF) -> float:
    """Return the distance of grid lines that leaves room for the widest number between two of them."""
    step = view.tick_step(theme.px(34))
    seen = view.ticks(0, step)
    widest = max((metrics.horizontalAdvance(display_text(k * step, _FLOAT)) for k in (seen[:1] + seen[-1:])), default=0)
    return view.tick_step(max(theme.px(34), widest + theme.px(8)))


def _crisp(pixel: float, ratio: float) -> float:
    """Middle of the device pixel nearest, so that a thin line is one pixel and not two grey ones."""
    return (round(pixel * ratio - 0.5) + 0.5) / ratio


def _lines(view: Viewport, step: float, ratio: float) -> list[QLineF]:
    across = [_crisp(view.to_pixels((k * step, 0.0))[0], ratio) for k in view.ticks(0, step)]
    up = [_crisp(view.to_pixels((0.0, k * step))[1], ratio) for k in view.ticks(1, step)]
    return [QLineF(x, 0, x, view.height) for x in across] + [QLineF(0, y, view.width, y) for y in up]


def _axes(view: Viewport) -> list[QLineF]:
    x, y = (round(c) for c in view.to_pixels((0.0, 0.0)))
    return [QLineF(x, 0, x, view.height), QLineF(0, y, view.width, y)]


def _ticks(view: Viewport, step: float, metrics: QFontMetricsF, lowest: float) -> list[Tick]:
    """Return the numbers below the horizontal and left of the vertical axis, kept on screen where an axis is off it."""
    origin_x, origin_y = view.to_pixels((0.0, 0.0))
    height, gap = metrics.height(), theme.px(5)
    below = min(max(origin_y + theme.px(3), 0.0), lowest - height)
    ticks = []
    for k in view.ticks(0, step):
        text = display_text(k * step, _FLOAT)
        width = metrics.horizontalAdvance(text)
        left = view.to_pixels((k * step, 0.0))[0] - width / 2
        if k and 0 <= left <= view.width - width:
            ticks.append(Tick(text, QRectF(left, below, width, height)))
    for k in view.ticks(1, step):
        text = display_text(k * step, _FLOAT)
        width = metrics.horizontalAdvance(text)
        left = min(max(origin_x - gap - width, gap), view.width - width - gap)
        top = view.to_pixels((0.0, k * step))[1] - height / 2
        if k and 0 <= top <= lowest - height:
            ticks.append(Tick(text, QRectF(left, top, width, height)))
    return ticks
