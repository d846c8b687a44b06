"""How points are painted: a few as discs, many as one image by NumPy; over them what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from playground.explain.geometry.cloud import covariance_ellipse
from playground.views import theme
from playground.views.canvas.map.shapes import pixels, polygon
from playground.views.canvas.painting import mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from playground.explain.geometry.cloud import Cloud, Regression
    from playground.views.canvas.points.reading import Reading
    from playground.views.canvas.viewport import Viewport

_ANTIALIASING = QPainter.RenderHint.Antialiasing
_NO_BRUSH = Qt.BrushStyle.NoBrush
_NO_PEN = Qt.PenStyle.NoPen
_ROUND = Qt.PenCapStyle.RoundCap
_DASHED = Qt.PenStyle.DashLine
_PREMULTIPLIED = QImage.Format.Format_ARGB32_Premultiplied

LAYERS = ("mean", "ellipse", "axes", "line", "residuals")
"""What can be shown, in the order of the menu."""
FEW = 300
"""Up to so many points are discs, and residuals are drawn."""
_FULL = 48
"""So many points on one pixel are as strong as any more."""
_STRENGTH = 0.3
"""Strength of one point alone."""


def placed(points: np.ndarray, view: Viewport) -> np.ndarray:
    """Pixels of points, shape ``(n, 2)``; infinite ones where they are too far away."""
    with np.errstate(all="ignore"):
        out = np.empty(points.shape)
        np.subtract(points[:, 0], view.x, out=out[:, 0])
        np.subtract(view.y, points[:, 1], out=out[:, 1])
        out *= view.scale
        out += (view.width / 2, view.height / 2)
    return out


def cloud_image(places: np.ndarray, view: Viewport, ratio: float, colour: QColor) -> QImage:
    """Many points in pixels as one image: the more on one pixel, the stronger."""
    width, height = max(1, round(view.width * ratio)), max(1, round(view.height * ratio))
    with np.errstate(all="ignore"):
        across, down = places[:, 0] * ratio, places[:, 1] * ratio
        seen = (across >= 1) & (across < width - 1) & (down >= 1) & (down < height - 1)
        flat = down[seen].astype(np.intp) * width + across[seen].astype(np.intp)
    counts = np.minimum(np.bincount(flat, minlength=width * height), _FULL).astype(np.uint8).reshape(height, width)
    for _ in range(max(1, round(ratio))):
        counts = _spread(counts)
    image = QImage(np.take(_shades(colour), counts).data, width, height, 4 * width, _PREMULTIPLIED).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _spread(counts: np.ndarray) -> np.ndarray:
    """Let each point reach the pixels beside it."""
    wide = counts.copy()
    wide[1:] += counts[:-1]
    wide[:-1] += counts[1:]
    wide[:, 1:] += counts[:, :-1]
    wide[:, :-1] += counts[:, 1:]
    spread: np.ndarray = np.minimum(wide, _FULL)
    return spread


def _shades(colour: QColor) -> np.ndarray:
    """Premultiplied colours of 0 to ``_FULL`` points on a pixel: twice as many are a step stronger."""
    more = np.log(np.maximum(np.arange(_FULL + 1), 1)) / np.log(_FULL)
    alpha = _STRENGTH + (1 - _STRENGTH) * more
    alpha[0] = 0
    opaque = np.array((1.0, colour.redF(), colour.greenF(), colour.blueF()))
    parts = np.rint(255 * np.outer(opaque, alpha)).astype(np.uint32)
    shades: np.ndarray = (parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3]
    return shades


def paint_discs(painter: QPainter, places: np.ndarray, *, movable: bool) -> None:
    """A few points in pixels; open ones where they can't be dragged."""
    colours = theme.current()
    shape = QPolygonF([QPointF(x, y) for x, y in np.clip(places, -1e6, 1e6).tolist()])
    painter.setRenderHint(_ANTIALIASING)
    for colour, size in ((colours.panel, 11.0), (colours.vectors[1], 9.0), (colours.panel, 0.0 if movable else 5.0)):
        if size:
            pen = QPen(colour, size * theme.scale())
            pen.setCapStyle(_ROUND)
            painter.setPen(pen)
            painter.drawPoints(shape)


def paint_under(
    painter: QPainter, reading: Reading, points: np.ndarray, layers: frozenset[str], view: Viewport
) -> None:
    """What lies under the points: the residuals."""
    line = reading.line
    if "residuals" in layers and line is not None and line.slope is not None and len(points) <= FEW:
        painter.setRenderHint(_ANTIALIASING)
        painter.setPen(QPen(mixed(theme.current().vectors[0], 0.55), _wide(1.4)))
        feet = np.column_stack((points[:, 0], line.slope * points[:, 0] + line.offset))
        for start, end in zip(pixels(points, view), pixels(feet, view), strict=True):
            painter.drawLine(start, end)


def paint_over(painter: QPainter, reading: Reading, layers: frozenset[str], view: Viewport) -> None:
    """What lies over the points: the line, the ellipse, the axes, the mean."""
    painter.setRenderHint(_ANTIALIASING)
    painter.setBrush(_NO_BRUSH)
    if "line" in layers and reading.line is not None:
        _paint_line(painter, reading.line, view)
    if reading.cloud is not None:
        _paint_cloud(painter, reading.cloud, layers, view)


def _paint_line(painter: QPainter, line: Regression, view: Viewport) -> None:
    (left, bottom), (right, top) = view.to_plane(0, view.height), view.to_plane(view.width, 0)
    if line.slope is None:  # the points stand above each other: that is where
        ends, style = np.array([(line.offset, bottom), (line.offset, top)]), _DASHED
    else:
        ends, style = np.array([(x, line.slope * x + line.offset) for x in (left, right)]), Qt.PenStyle.SolidLine
    start, end = pixels(ends, view)
    for pen in _over(theme.current().vectors[0], 2):
        pen.setStyle(style)
        painter.setPen(pen)
        painter.drawLine(start, end)


def _paint_cloud(painter: QPainter, cloud: Cloud, layers: frozenset[str], view: Viewport) -> None:
    colours = theme.current()
    if "ellipse" in layers and cloud.deviations[0] > 0:
        outline = polygon(covariance_ellipse(cloud), view)
        for pen in _over(colours.vectors[2], 2):
            painter.setPen(pen)
            painter.drawPolygon(outline)
    if "axes" in layers:
        for deviation, axis, width in zip(cloud.deviations, cloud.axes.T, (3.0, 2.0), strict=True):
            start, end = pixels(np.array([cloud.mean - deviation * axis, cloud.mean + deviation * axis]), view)
            for pen in _over(colours.vectors[4], width):
                painter.setPen(pen)
                painter.drawLine(start, end)
    if "mean" in layers:
        (middle,) = pixels(cloud.mean[None], view)
        arm = theme.px(7)
        for pen in _over(colours.ink, 2.2):
            painter.setPen(pen)
            painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
            painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def paint_chosen(painter: QPainter, place: QPointF, *, selected: bool) -> None:
    """A point that is pointed at, or that keys move."""
    colours = theme.current()
    painter.setRenderHint(_ANTIALIASING)
    painter.setPen(_NO_PEN)
    painter.setBrush(colours.vectors[1])
    painter.drawEllipse(place, _wide(6), _wide(6))
    painter.setBrush(_NO_BRUSH)
    painter.setPen(QPen(colours.accent if selected else colours.vectors[1], _wide(2)))
    painter.drawEllipse(place, _wide(10), _wide(10))


def _over(colour: QColor, width: float) -> tuple[QPen, QPen]:
    """Pens of the ground and of a line over it, so that the line stands out from the points."""
    return QPen(theme.current().panel, _wide(width + 2.6)), QPen(colour, _wide(width))


def _wide(size: float) -> float:
    return size * theme.scale()
