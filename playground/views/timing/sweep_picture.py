"""A sweep as a picture in a file: the formula, the plot, and what it means in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from playground.compute.measuring.crossover import sentence
from playground.translation import tr
from playground.views import theme
from playground.views.timing.sweep_plot import SweepPlot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playground.compute.measuring.recorded import Recording
    from playground.compute.measuring.sweep import Point

_WIDTH, _HEIGHT = 840, 540
_SHARP = 2
"""Pixels of the file for each pixel of a screen: a picture is enlarged in slides and papers."""
_MARGIN = 26


def save_picture(
    path: Path, points: Sequence[Point], title: str, subtitle: str, recording: Recording | None = None
) -> None:
    """Write a PNG in the colours of now; raises OSError where the file can't be written."""
    application = QApplication.instance() or QApplication(["matrix-playground"])  # fonts need one
    image = QImage(theme.px(_WIDTH) * _SHARP, theme.px(_HEIGHT) * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(theme.current().panel)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _paint(painter, QRectF(0, 0, theme.px(_WIDTH), theme.px(_HEIGHT)), points, title, subtitle, recording)
    painter.end()
    if not image.save(str(path)):
        raise OSError(tr("{file} can't be written.", file=path))
    del application


def _paint(
    painter: QPainter,
    area: QRectF,
    points: Sequence[Point],
    title: str,
    subtitle: str,
    recording: Recording | None,
) -> None:
    colours, margin = theme.current(), theme.px(_MARGIN)
    area = area.adjusted(margin, margin, -margin, -margin)
    for text, font, colour in (
        (title, theme.mono(17, bold=True), colours.ink),
        (subtitle, theme.sans(13), colours.soft),
    ):
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, metrics.elidedText(text, _ELIDE, area.width()))
        area.setTop(area.top() + metrics.lineSpacing() + theme.px(3))
    said = " ".join(filter(None, (sentence(points), recording.sentence if recording else "")))
    painter.setFont(theme.sans(13))
    painter.setPen(colours.ink)
    box = QFontMetricsF(theme.sans(13)).boundingRect(area, Qt.TextFlag.TextWordWrap, said)
    if said:
        low = QRectF(area.left(), area.bottom() - box.height(), area.width(), box.height())
        painter.drawText(low, Qt.TextFlag.TextWordWrap, said)
        area.setBottom(low.top() - theme.px(8))
    SweepPlot(points, (), area.adjusted(0, theme.px(10), 0, 0), recording).paint(painter)


_ELIDE = Qt.TextElideMode.ElideRight
