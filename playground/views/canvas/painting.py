"""How a scene is painted: arrows with their handles, the angle, the projection, names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from playground.views import theme
from playground.views.canvas.scene import HANDLE, Angle, Arrow, Scene, spread_names

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANTIALIASING = QPainter.RenderHint.Antialiasing
_FLAT = Qt.PenCapStyle.FlatCap
_TRANSPARENT = Qt.GlobalColor.transparent
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush
_CENTRE = Qt.AlignmentFlag.AlignCenter
_HEAD_ALONG, _HEAD_SIDE = math.cos(0.42), math.sin(0.42)
"""An arrow head opens by 0.42 radians to each side."""
_BAND = 0.28
"""Strength of the projection."""
_QUIET = 0.6
"""Strength of what is not of the pair."""
_MAX_NAMED = 8
"""With more arrows than this only the pair and what is pointed at are named."""


def role_colour(role: str) -> QColor:
    """Colour of a vector's role: ``u``, ``v``, or the number of another arrow."""
    colours = theme.current().vectors
    if role in ("u", "v"):
        return colours[0 if role == "u" else 1]
    return colours[2 + int(role) % (len(colours) - 2)]


class ScenePainter:
    """Paints scenes with pens made once for a theme."""

    def __init__(self) -> None:
        self.ink = theme.current().ink
        self.accent = theme.current().accent
        self.name_font = theme.sans(14, bold=True)
        self.small_font = theme.sans(12)
        self.theta_font = theme.sans(13)
        self._discs: dict[object, QPixmap] = {}
        self._quiet: dict[str, QColor] = {}
        self._names = QFontMetricsF(self.name_font)
        self._small = QFontMetricsF(self.small_font)

    def paint(
        self, painter: QPainter, scene: Scene, area: QRectF, taken: Iterable[QRectF], selected: str, hovered: str
    ) -> None:
        """Paint ``scene``; names stay inside ``area`` and off the boxes ``taken``.

        ``selected`` is the arrow that keys move (empty where the canvas has no focus), ``hovered`` the one pointed at.
        """
        painter.setRenderHint(_ANTIALIASING)
        theta = None
        if scene.angle is not None:
            self._projection(painter, scene.angle)
            theta = self._angle(painter, scene.angle, taken)
        for arrow in scene.arrows:
            self._arrow(painter, arrow, arrow.vector.name == hovered, arrow.vector.name == selected)
        self._write_names(painter, scene, area, [*taken, theta] if theta else taken, {selected, hovered})

    def _arrow(self, painter: QPainter, arrow: Arrow, hovered: bool, selected: bool) -> None:
        quiet = not (arrow.main or hovered or selected)
        colour = self._quiet_colour(arrow.vector.role) if quiet else role_colour(arrow.vector.role)
        width, head = (_wide(3.4), _wide(15)) if arrow.main else (_wide(2), _wide(11))
        if arrow.reach > 0:
            self._shaft(painter, arrow, colour, width, min(head, arrow.reach))
        radius = arrow.ring if not arrow.reach else theme.px(HANDLE if arrow.main or hovered or selected else 5)
        self._handle(painter, arrow, colour, radius, hovered)
        if selected:
            painter.setPen(QPen(self.accent, _wide(2)))
            painter.setBrush(_NO_BRUSH)
            painter.drawEllipse(arrow.tip, radius + theme.px(4), radius + theme.px(4))

    def _quiet_colour(self, role: str) -> QColor:
        found = self._quiet.get(role)
        if found is None:
            found = self._quiet[role] = mixed(role_colour(role), _QUIET)
        return found

    def _shaft(self, painter: QPainter, arrow: Arrow, colour: QColor, width: float, head: float) -> None:
        tail, tip = arrow.tail, arrow.tip
        dx, dy = (tip.x() - tail.x()) / arrow.reach, (tip.y() - tail.y()) / arrow.reach
        wing = head * _HEAD_SIDE
        neck_x, neck_y = tip.x() - dx * head * _HEAD_ALONG, tip.y() - dy * head * _HEAD_ALONG
        painter.setPen(_flat_pen(colour, width))
        painter.drawLine(QLineF(tail, QPointF(neck_x, neck_y)))
        painter.setPen(_NO_PEN)
        painter.setBrush(colour)
        left, right = QPointF(neck_x - dy * wing, neck_y + dx * wing), QPointF(neck_x + dy * wing, neck_y - dx * wing)
        painter.drawConvexPolygon(QPolygonF([left, tip, right]))

    def _handle(self, painter: QPainter, arrow: Arrow, colour: QColor, radius: float, hovered: bool) -> None:
        """Paint the disc that a hand takes hold of: open where it can't be, a ring around a zero vector.

        It is see-through, which Qt paints slowly and in several threads; so each kind is painted once and kept.
        """
        ratio = painter.device().devicePixelRatioF()
        key = (colour.rgba(), radius, hovered, arrow.vector.editable, arrow.reach == 0, ratio)
        disc = self._discs.get(key)
        if disc is None:
            disc = self._discs[key] = _disc(colour, radius, hovered, arrow.vector.editable, arrow.reach == 0, ratio)
        half = disc.deviceIndependentSize().width() / 2
        painter.drawPixmap(arrow.tip - QPointF(half, half), disc)

    def _projection(self, painter: QPainter, angle: Angle) -> None:
        along = QLineF(angle.apex, angle.foot)
        across = QLineF(angle.first.tip, angle.foot)
        if min(along.length(), across.length()) < theme.px(8):
            return
        painter.setPen(_flat_pen(mixed(role_colour(angle.first.vector.role), _BAND), _wide(8)))
        painter.drawLine(along)
        pen = QPen(theme.current().soft, _wide(1.4))
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(across)
        if along.length() > theme.px(34) and across.length() > theme.px(12):
            toward = _unit(angle.foot, angle.apex), _unit(angle.foot, angle.first.tip)
            self._corner(painter, angle.foot, *toward, theme.px(8), QPen(theme.current().soft, _wide(1.2)))

    def _angle(self, painter: QPainter, angle: Angle, taken: Iterable[QRectF]) -> QRectF | None:
        """Paint the arc, or the corner of a right angle, and its letter; return the letter's box."""
        reach = min(angle.first.reach, angle.second.reach)
        radius = min(theme.px(26), 0.55 * reach)
        if reach < theme.px(24) or angle.pair.state == "parallel":
            return None
        u, v = angle.first.vector, angle.second.vector
        start, end = (math.degrees(math.atan2(w.y, w.x)) for w in (u, v))
        turn = (end - start + 180) % 360 - 180
        if angle.pair.state == "orthogonal":
            toward_u, toward_v = (_unit(angle.apex, arrow.tip) for arrow in (angle.first, angle.second))
            radius = min(theme.px(17), 0.4 * reach)
            self._corner(painter, angle.apex, toward_u, toward_v, radius, QPen(self.ink, _wide(1.6)))
            radius *= 1.42
        else:
            painter.setPen(QPen(self.ink, _wide(1.6)))
            painter.setBrush(_NO_BRUSH)
            box = QRectF(angle.apex.x() - radius, angle.apex.y() - radius, 2 * radius, 2 * radius)
            painter.drawArc(box, round(start * 16), round(turn * 16))
        return self._theta(painter, angle.apex, math.radians(start + turn / 2), radius, taken)

    def _theta(self, painter: QPainter, apex: QPointF, middle: float, radius: float, taken: Iterable[QRectF]) -> QRectF:
        size = theme.px(8)
        outward = QPointF(math.cos(middle), -math.sin(middle))
        boxes = []
        for further in (10, 18, 26, 10):
            point = apex + outward * (radius + theme.px(further))
            boxes.append(QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size))
            if not any(map(boxes[-1].intersects, taken)):
                break
        painter.setFont(self.theta_font)
        painter.setPen(self.ink)
        painter.drawText(boxes[-1], _CENTRE, "θ")
        return boxes[-1]

    def _corner(
        self, painter: QPainter, apex: QPointF, first: QPointF, second: QPointF, size: float, pen: QPen
    ) -> None:
        painter.setPen(pen)
        painter.setBrush(_NO_BRUSH)
        painter.drawPolyline(QPolygonF([apex + first * size, apex + (first + second) * size, apex + second * size]))

    def _write_names(
        self, painter: QPainter, scene: Scene, area: QRectF, taken: Iterable[QRectF], wanted: set[str]
    ) -> None:
        few = len(scene.arrows) <= _MAX_NAMED
        sizes = {}
        for arrow in scene.arrows:
            name = arrow.vector.name
            if few or arrow.main or name in wanted:
                metrics = self._names if arrow.main else self._small
                sizes[name] = metrics.horizontalAdvance(name), metrics.ascent() * 0.95
        spread_names(scene, sizes, taken, area)
        for arrow, box in scene.names:
            painter.setFont(self.name_font if arrow.main else self.small_font)
            painter.setPen(role_colour(arrow.vector.role))
            painter.drawText(QPointF(box.left(), box.bottom() - box.height() * 0.12), arrow.vector.name)


def _disc(colour: QColor, radius: float, hovered: bool, editable: bool, zero: bool, ratio: float) -> QPixmap:
    size = math.ceil(radius) * 2 + 4
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(_TRANSPARENT)
    strong, fill = QColor(colour), QColor(colour)
    strong.setAlphaF(0.85 if hovered or not editable or zero else 0.35)
    fill.setAlphaF(0.34 if hovered else 0.22)
    painter = QPainter(pixmap)
    painter.setRenderHint(_ANTIALIASING)
    painter.setPen(QPen(strong, _wide(2 if zero else 1.2)))
    painter.setBrush(QBrush(fill) if editable else _NO_BRUSH)
    painter.drawEllipse(QPointF(size / 2, size / 2), radius, radius)
    painter.end()
    return pixmap


def mixed(colour: QColor, share: float) -> QColor:
    """Mix a colour with the ground: opaque, since Qt paints see-through shapes several times slower."""
    ground, rest = theme.current().panel, 1 - share
    return QColor.fromRgbF(
        colour.redF() * share + ground.redF() * rest,
        colour.greenF() * share + ground.greenF() * rest,
        colour.blueF() * share + ground.blueF() * rest,
    )


def _flat_pen(colour: QColor, width: float) -> QPen:
    """Return a pen with flat ends, which Qt draws three times faster than round ones."""
    pen = QPen(colour, width)
    pen.setCapStyle(_FLAT)
    return pen


def _wide(size: float) -> float:
    """Width of a stroke, in fractions of a pixel."""
    return size * theme.scale()


def _unit(start: QPointF, end: QPointF) -> QPointF:
    length = math.hypot(end.x() - start.x(), end.y() - start.y()) or 1.0
    return (end - start) / length
