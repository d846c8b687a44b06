"""The lanes of a race: for each device its time as a bar, computing apart from moving data, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.compute.measuring.race_words import difference_text, pace_text, speed_up
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.timing.texts import seconds_text, spread_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from playground.compute.outcome import Lane, Race

_BAR, _LINE, _GAP = 12, 20, 14
_HEAD = 25 + _BAR + 4
"""Pixels of a lane above its lines of small text: label and figures, and the bar."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Row(Record):
    """What one lane shows: its device, the parts of its bar in seconds, its figures, and lines below them."""

    label: str
    compute_s: float
    moving_s: float
    figures: str
    below: tuple[str, ...]


def rows_of(race: Race) -> tuple[Row, ...]:
    """The lanes of ``race`` in words and figures."""
    return tuple(_row(lane, race.lanes[0]) for lane in race.lanes)


def _row(lane: Lane, base: Lane) -> Row:
    if lane.compute is None or lane.whole is None or lane.first_call_s is None:
        why = (lane.failure.message, lane.failure.hint) if lane.failure is not None else ()
        return Row(lane.label, 0.0, 0.0, tr("no time"), tuple(filter(None, why)))
    figures = [seconds_text(lane.whole.median_s)]
    if lane is not base:
        computing, whole = speed_up(lane, base, whole=False), speed_up(lane, base, whole=True)
        if computing is not None and whole is not None:
            paces = {"computing": pace_text(computing), "whole": pace_text(whole)}
            if lane.moved_bytes:
                figures.append(tr("computing {computing}, with transfers {whole}", **paces))
            else:
                figures.append(pace_text(computing))
    below = [tr("first call {time}", time=seconds_text(lane.first_call_s))]
    if lane.compute.spread_s is not None:
        below.append(spread_text(lane.compute.runs, lane.compute.median_s, lane.compute.spread_s))
    else:
        below.append(tr("one run after it"))
    difference = difference_text(lane)
    lines = (" · ".join(below), tr("result {difference}", difference=difference) if difference else "")
    moving_s = max(0.0, lane.whole.median_s - lane.compute.median_s) if lane.moved_bytes else 0.0
    return Row(lane.label, lane.compute.median_s, moving_s, "   ".join(figures), tuple(filter(None, lines)))


class RaceLanes(QWidget):
    """One lane under the other; all bars on one scale, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raceLanes")
        self.setAccessibleName(tr("Lanes of the race"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # to be read by who can't see it
        self._rows: tuple[Row, ...] = ()

    def show_race(self, race: Race | None) -> None:
        """Show the lanes of ``race``; nothing while there is none."""
        self._rows = rows_of(race) if race is not None else ()
        self.setAccessibleDescription(
            ". ".join(f"{row.label}: {row.figures}, {' · '.join(row.below)}" for row in self._rows)
        )
        self.setVisible(bool(self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        heights = [_height(row) for row in self._rows]
        return QSize(theme.px(600), theme.px(sum(heights) + _GAP * max(0, len(heights) - 1)))

    def minimumSizeHint(self) -> QSize:
        """The same height; the bars may be shorter."""
        return QSize(theme.px(400), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every lane."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((row.compute_s + row.moving_s for row in self._rows), default=0.0)
        top = 0
        for row in self._rows:
            self._paint_lane(painter, row, theme.px(top), longest)
            top += _height(row) + _GAP
        if self.hasFocus():
            painter.setPen(QPen(theme.current().accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _paint_lane(self, painter: QPainter, row: Row, top: int, longest: float) -> None:
        colours, width = theme.current(), self.width()
        line = QRectF(0, top, width, theme.px(22))
        painter.setPen(colours.ink)
        painter.setFont(theme.mono(13))
        painter.drawText(line, _RIGHT, row.figures)
        left = width - painter.fontMetrics().horizontalAdvance(row.figures) - theme.px(16)
        painter.setFont(theme.sans(13, bold=True))
        painter.drawText(line, _LEFT, _elided(painter, row.label, Qt.TextElideMode.ElideMiddle, left))
        bar = QRectF(0, top + theme.px(25), width, theme.px(_BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line)
        painter.drawRoundedRect(bar, 4, 4)
        if row.compute_s:
            whole = max(3.0, width * (row.compute_s + row.moving_s) / longest)
            computing = whole * row.compute_s / (row.compute_s + row.moving_s)
            painter.setBrush(colours.faint)
            painter.drawRoundedRect(QRectF(0, bar.top(), whole, bar.height()), 4, 4)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(QRectF(0, bar.top(), computing, bar.height()), 4, 4)
        painter.setFont(theme.sans(12))
        painter.setPen(colours.soft)
        below = QRectF(0, top + theme.px(_HEAD), width, theme.px(_LINE))
        for text in row.below:
            painter.drawText(below, _LEFT, _elided(painter, text, Qt.TextElideMode.ElideRight, width))
            below.translate(0, theme.px(_LINE))


def _height(row: Row) -> int:
    return _HEAD + _LINE * len(row.below)


def _elided(painter: QPainter, text: str, mode: Qt.TextElideMode, width: int) -> str:
    return QFontMetrics(painter.font()).elidedText(text, mode, width)
