"""The plot of a sweep, painted: a curve for each device over n, how far its runs spread, and where curves cross."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.compute.measuring.crossover import crossover, pairs, rounded
from playground.compute.measuring.recorded import recorded_name
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.timing.log_scale import LogScale, around, ticks
from playground.views.timing.texts import seconds_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playground.compute.measuring.recorded import Recording
    from playground.compute.measuring.sweep import Point

_BAND_ALPHA = 46
_AXIS_POINTS = 12
_NAMES_SHARE = 0.4
"""The part of the width that the names of the curves may take."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class Curve(Record, eq=False):
    """The points of one device, smallest n first; with ``transfers`` their times count too.

    ``recorded`` is the name of a device that isn't here; it is empty where the points were measured here.
    """

    device: str
    points: tuple[Point, ...]
    transfers: bool = False
    recorded: str = ""

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells it from the other curves, however many points it has by now; they are sorted by it."""
        return self.recorded, self.device, self.transfers

    @property
    def label(self) -> str:
        """What it is called."""
        name = self.recorded or self.device.upper()
        name = tr("{device} with transfers", device=name) if self.transfers else name
        return recorded_name(name) if self.recorded else name

    @property
    def end_label(self) -> str:
        """What stands at its end: names of real GPUs are long, and the curve with transfers needn't repeat one."""
        return recorded_name(tr("with transfers")) if self.recorded and self.transfers else self.label

    @property
    def colour(self) -> QColor:
        """Blue for the CPU, orange for a GPU: safe for colour-blind eyes; further GPUs have those of arrows."""
        colours = theme.current()
        further = self.device.partition(":")[2]
        if further:
            return colours.vectors[(1 + int(further)) % len(colours.vectors)]
        return colours.positive if self.device == "cpu" else colours.negative


def curves_of(points: Iterable[Point], recording: Recording | None = None) -> list[Curve]:
    """Sort points into curves; a device that copies has a second one with its transfers. A ``recording`` comes last."""
    there = [] if recording is None else _curves(recording.points, recording.device)
    return sorted([*_curves(points), *there], key=lambda curve: curve.key)


def _curves(points: Iterable[Point], recorded_on: str = "") -> list[Curve]:
    curves = []
    ordered = sorted(points, key=lambda point: point.size)
    for device in dict.fromkeys(point.device for point in ordered):
        own = tuple(point for point in ordered if point.device == device)
        curves.append(Curve(device, own, recorded=recorded_on))
        if any(point.upload_s or point.download_s for point in own):
            curves.append(Curve(device, own, transfers=True, recorded=recorded_on))
    return curves


class SweepPlot:
    """Lays the plot of ``points`` out in ``area``; the axis of n reaches over all ``sizes`` that are asked for.

    A ``recording`` has curves beside them, and no part in where curves cross.
    """

    def __init__(
        self, points: Sequence[Point], sizes: Sequence[int], area: QRectF, recording: Recording | None = None
    ) -> None:
        self.curves = curves_of(points, recording)
        self._points = points
        self._right = area.right()
        self._sizes = sorted({*sizes, *(point.size for curve in self.curves for point in curve.points)}) or [64, 1024]
        self._small = QFontMetricsF(theme.sans(_AXIS_POINTS))
        times = [time for curve in self.curves for point in curve.points for time in _times(curve, point)]
        low, high = around(min(times, default=1e-5), max(times, default=1e-2))
        self._time_ticks = ticks(low, high)
        self.frame = self._frame(area)
        pad = min(theme.px(22), self.frame.width() / 8)
        first, last = float(self._sizes[0]), float(self._sizes[-1])
        first, last = (first, last) if last > first else (first / 2, first * 2)
        self.across = LogScale(first, last, self.frame.left() + pad, self.frame.right() - pad)
        self.up = LogScale(low, high, self.frame.bottom(), self.frame.top())

    def _frame(self, area: QRectF) -> QRectF:
        """Where curves are: room is left for times on the left, n below, and names on the right."""
        line = self._small.height()
        left = max(self._small.horizontalAdvance(seconds_text(tick)) for tick in self._time_ticks) + theme.px(14)
        names = QFontMetricsF(theme.sans(13, bold=True))
        right = max((names.horizontalAdvance(curve.end_label) for curve in self.curves), default=0.0) + theme.px(14)
        right = min(right, area.width() * _NAMES_SHARE)
        return area.adjusted(left, line + theme.px(12), -right, -2 * line - theme.px(12))

    @property
    def title_end(self) -> float:
        """Where the words above the frame end: there is room to their right."""
        return self.frame.left() + self._small.horizontalAdvance(_title())

    def place(self, curve: Curve, point: Point) -> QPointF:
        """Where a point of ``curve`` stands."""
        return QPointF(self.across.at(point.size), self.up.at(point.seconds(transfers=curve.transfers)))

    def nearest(self, position: QPointF) -> tuple[Curve, Point] | None:
        """The point next to ``position``, None where there are none."""
        pairs = [(curve, point) for curve in self.curves for point in curve.points]
        return min(pairs, key=lambda pair: _distance(self.place(*pair), position), default=None)

    def paint(self, painter: QPainter, chosen: tuple[Curve, Point] | None = None) -> None:
        """Paint everything; a ring marks the ``chosen`` point."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        self._paint_crossings(painter)
        for curve in self.curves:
            self._paint_spread(painter, curve)
        for curve in self.curves:
            self._paint_curve(painter, curve)
        self._paint_names(painter)
        if chosen is not None:
            painter.setPen(QPen(theme.current().ink, theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.place(*chosen), theme.px(9), theme.px(9))

    def _paint_axes(self, painter: QPainter) -> None:
        colours, frame, line = theme.current(), self.frame, self._small.height()
        painter.setFont(theme.sans(_AXIS_POINTS))
        for tick in self._time_ticks:
            y = round(self.up.at(tick)) + 0.5
            painter.setPen(QPen(colours.line, 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(colours.soft)
            room = QRectF(frame.left() - theme.px(108), y - line / 2, theme.px(100), line)
            painter.drawText(room, _RIGHT, seconds_text(tick))
        painter.setPen(QPen(colours.faint, 1))
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        free = -1e9
        for size in self._sizes:
            x, text = self.across.at(size), str(size)
            half = self._small.horizontalAdvance(text) / 2
            painter.setPen(QPen(colours.faint, 1))
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, frame.bottom() + theme.px(4)))
            if x - half < free:
                continue
            free = x + half + theme.px(8)
            painter.setPen(colours.soft)
            room = QRectF(x - theme.px(60), frame.bottom() + theme.px(6), theme.px(120), line)
            painter.drawText(room, _CENTRE, text)
        painter.setPen(colours.soft)
        painter.drawText(QPointF(frame.left(), frame.top() - theme.px(12)), _title())
        below = QRectF(frame.left(), frame.bottom() + theme.px(8) + line, frame.width(), line)
        painter.drawText(below, _CENTRE, "n")

    def _paint_spread(self, painter: QPainter, curve: Curve) -> None:
        """A band from quartile to quartile, and a thin bar at each point, which is seen where the band is thin."""
        if curve.transfers:
            return
        band = QColor(curve.colour)
        band.setAlpha(_BAND_ALPHA)
        path = QPainterPath()
        edge = [QPointF(self.across.at(point.size), self.up.at(point.high_s)) for point in curve.points]
        edge += [QPointF(self.across.at(point.size), self.up.at(point.low_s)) for point in curve.points[::-1]]
        path.addPolygon(edge)
        path.closeSubpath()
        painter.fillPath(path, band)
        painter.setPen(QPen(curve.colour, theme.px(1)))
        for point in curve.points:
            x = self.across.at(point.size)
            painter.drawLine(QPointF(x, self.up.at(point.low_s)), QPointF(x, self.up.at(point.high_s)))

    def _paint_curve(self, painter: QPainter, curve: Curve) -> None:
        """Round marks for the CPU, square ones for a GPU, hollow ones and dashes with transfers.

        What is recorded has diamonds and dashes, and dots with transfers.
        """
        painter.setPen(QPen(curve.colour, theme.px(2), _STYLES[bool(curve.recorded), curve.transfers]))
        places = [self.place(curve, point) for point in curve.points]
        for here, there in pairwise(places):
            painter.drawLine(here, there)
        painter.setPen(QPen(curve.colour, theme.px(2)))
        painter.setBrush(theme.current().panel if curve.transfers else curve.colour)
        half = theme.px(3)
        for here in places:
            if curve.device == "cpu":
                painter.drawEllipse(here, half, half)
            elif curve.recorded:
                painter.drawPolygon([here + QPointF(x, y) * 1.5 * half for x, y in _DIAMOND])
            else:
                painter.drawRect(QRectF(here.x() - half, here.y() - half, 2 * half, 2 * half))

    def _paint_names(self, painter: QPainter) -> None:
        """Each curve's name at its end, moved apart where two ends meet; the ends of a long one are kept."""
        font = theme.sans(13, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = metrics.height()
        ends = sorted((self.place(curve, curve.points[-1]).y(), place) for place, curve in enumerate(self.curves))
        free = self.frame.top() - line
        for y, place in ends:
            curve = self.curves[place]
            y = max(y, free + line / 2)
            free = y + line / 2
            x = self.place(curve, curve.points[-1]).x() + theme.px(12)
            painter.setPen(curve.colour)
            name = metrics.elidedText(curve.end_label, Qt.TextElideMode.ElideMiddle, self._right - x)
            painter.drawText(QPointF(x, y + line / 3), name)

    def _paint_crossings(self, painter: QPainter) -> None:
        """A dashed line down to n where the fastest device changes, with its n; the last crossing only."""
        colours = theme.current()
        taken: list[QRectF] = []
        for (first, second), transfers in product(pairs(self._points), (False, True)):
            found = crossover(self._points, first, second, transfers=transfers)
            if found is None or not found.sizes:
                continue
            here = QPointF(self.across.at(found.sizes[-1]), self.up.at(found.seconds[-1]))
            painter.setPen(QPen(colours.faint, 1, Qt.PenStyle.DashLine))
            painter.drawLine(here, QPointF(here.x(), self.frame.bottom()))
            painter.setPen(QPen(colours.ink, theme.px(1)))
            painter.setBrush(colours.panel)
            painter.drawEllipse(here, theme.px(5), theme.px(5))
            room = self._room_for(f"n ≈ {rounded(found.sizes[-1])}", here.x(), taken)
            painter.setFont(theme.sans(_AXIS_POINTS))
            painter.fillRect(room, colours.panel)  # a line of the axis would run through it
            painter.drawText(room, f"n ≈ {rounded(found.sizes[-1])}")
            taken.append(room)

    def _room_for(self, text: str, x: float, taken: Sequence[QRectF]) -> QRectF:
        """A place beside ``x`` low in the plot, above what is ``taken``."""
        line = self._small.height()
        room = QRectF(x + theme.px(4), self.frame.bottom() - line - theme.px(5), 0, line)
        room.setWidth(self._small.horizontalAdvance(text))
        while any(room.intersects(other) for other in taken):
            room.translate(0, -line)
        return room


_STYLES = {
    (False, False): Qt.PenStyle.SolidLine,
    (False, True): Qt.PenStyle.DashLine,
    (True, False): Qt.PenStyle.DashLine,
    (True, True): Qt.PenStyle.DotLine,
}
"""How a curve is drawn that is recorded or not, with transfers or without."""

_DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))


def _title() -> str:
    return tr("Time of one run")


def _times(curve: Curve, point: Point) -> tuple[float, ...]:
    return point.low_s, point.high_s, point.seconds(transfers=curve.transfers)


def _distance(first: QPointF, second: QPointF) -> float:
    return (first - second).manhattanLength()
