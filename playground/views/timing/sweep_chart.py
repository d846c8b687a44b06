"""The chart of a sweep in the window: live, and each point told by pointing at it or with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.compute.measuring.crossover import sentence
from playground.language.rules.flops import flops_text
from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.timing.sweep_plot import Curve, SweepPlot, curves_of
from playground.views.timing.texts import seconds_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from playground.compute.measuring.recorded import Recording
    from playground.compute.measuring.sweep import Point

_MARGIN = 18
_NEAR = 40
"""How close, in pixels at scale 1, the pointer has to come to a point."""


class SweepChart(QWidget):
    """Shows points as they come; Left and Right go along a curve, Up and Down to another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepChart")
        self.setAccessibleName(tr("Times over n"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._points: tuple[Point, ...] = ()
        self._sizes: tuple[int, ...] = ()
        self._recording: Recording | None = None
        self._chosen: tuple[tuple[str, str, bool], int] | None = None
        self.show_points((), ())

    def show_points(self, points: Sequence[Point], sizes: Sequence[int], recording: Recording | None = None) -> None:
        """Show what has been measured of ``sizes``, and beside it a ``recording``."""
        self._points, self._sizes, self._recording = tuple(points), tuple(sizes), recording
        if self._found() is None:
            self._chosen = None
        self.setAccessibleDescription(in_words(points, recording))
        self.update()

    @property
    def chosen_text(self) -> str:
        """What the chosen point tells, empty where none is chosen."""
        found = self._found()
        return "" if found is None else point_text(*found)

    def sizeHint(self) -> QSize:
        """As large as reads well."""
        return QSize(theme.px(820), theme.px(380))

    def minimumSizeHint(self) -> QSize:
        """Smaller than that the names of the curves would cover them."""
        return QSize(theme.px(420), theme.px(220))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plot on the ground of a panel, the chosen point's figures above it."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent if self.hasFocus() else colours.line, 1))
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(9), theme.px(9))
        plot = self._plot()
        if plot.curves:
            plot.paint(painter, self._found())
            self._paint_figures(painter, plot)
        else:
            painter.setPen(colours.soft)
            painter.setFont(theme.sans(13))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _what_to_do(waiting=bool(self._sizes)))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The point next to the pointer is chosen."""
        plot = self._plot()
        found = plot.nearest(event.position())
        if found is not None:
            away = plot.place(*found) - event.position()
            self._choose(found if away.manhattanLength() <= theme.px(_NEAR) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another point."""
        step = _STEPS.get(Qt.Key(event.key()))
        curves = self._plot().curves
        if step is None or not curves:
            super().keyPressEvent(event)
            return
        found = self._found()
        if found is None:
            self._choose((curves[0], curves[0].points[0]))
        else:
            self._choose(_next(curves, found, step))
        announce(self, self.chosen_text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame shows it."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Colours or sizes may have changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def _plot(self) -> SweepPlot:
        margin = theme.px(_MARGIN)
        area = QRectF(self.rect()).adjusted(margin, margin * 0.6, -margin * 0.6, -margin * 0.4)
        return SweepPlot(self._points, self._sizes, area, self._recording)

    def _found(self) -> tuple[Curve, Point] | None:
        """The chosen point as it is now."""
        for curve in self._plot().curves:
            for point in curve.points:
                if (curve.key, point.size) == self._chosen:
                    return curve, point
        return None

    def _choose(self, found: tuple[Curve, Point] | None) -> None:
        chosen = None if found is None else (found[0].key, found[1].size)
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def _paint_figures(self, painter: QPainter, plot: SweepPlot) -> None:
        font = theme.sans(12)
        painter.setFont(font)
        painter.setPen(theme.current().ink)
        metrics = QFontMetricsF(font)
        room = self.width() - theme.px(2 * _MARGIN) - plot.title_end
        text = metrics.elidedText(self.chosen_text, Qt.TextElideMode.ElideRight, room)
        left = self.width() - theme.px(_MARGIN) - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(left, plot.frame.top() - theme.px(12)), text)


def point_text(curve: Curve, point: Point) -> str:
    """All that was measured at one point, in a line: ``n = 512 · CPU 2.7 ms · …``."""
    parts = [f"n = {point.size}", f"{curve.label} {seconds_text(point.seconds(transfers=curve.transfers))}"]
    if curve.transfers:
        parts.append(tr("up {up}, down {down}", up=seconds_text(point.upload_s), down=seconds_text(point.download_s)))
    elif point.runs > 1:
        low, high = seconds_text(point.low_s), seconds_text(point.high_s)
        parts.append(tr("half of {runs} runs within {low} to {high}", runs=point.runs, low=low, high=high))
    else:
        parts.append(tr("one run"))
    if point.gflops is not None and not curve.transfers:
        parts.append(f"{flops_text(point.gflops * 1e9)}/s")
    return " · ".join(parts)


def in_words(points: Sequence[Point], recording: Recording | None = None) -> str:
    """The whole plot as sentences, for who can't see it."""
    said = [
        tr(
            "{curve}: {first} at n = {low} to {last} at n = {high}.",
            curve=curve.label,
            first=seconds_text(curve.points[0].seconds(transfers=curve.transfers)),
            low=curve.points[0].size,
            last=seconds_text(curve.points[-1].seconds(transfers=curve.transfers)),
            high=curve.points[-1].size,
        )
        for curve in curves_of(points, recording)
    ]
    return " ".join([*said, sentence(points)]).strip() or tr("No times yet.")


def _what_to_do(*, waiting: bool) -> str:
    return tr("The first times are on their way…") if waiting else tr("Press Run to measure the formula over n.")


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def _next(curves: Sequence[Curve], found: tuple[Curve, Point], step: tuple[int, int]) -> tuple[Curve, Point]:
    """Go along the curve, or to the point next to it on another one; the ends hold."""
    curve, point = found
    along, across = step
    if across:
        curve = curves[min(max(_place(curves, curve) + across, 0), len(curves) - 1)]
        return curve, min(curve.points, key=lambda other: abs(other.size - point.size))
    sizes = [other.size for other in curve.points]
    return curve, curve.points[min(max(sizes.index(point.size) + along, 0), len(sizes) - 1)]


def _place(curves: Sequence[Curve], curve: Curve) -> int:
    return next(place for place, other in enumerate(curves) if other.key == curve.key)
