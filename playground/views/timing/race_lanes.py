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

_LANE, _BAR, _GAP = 66, 12, 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Row(Record):
    """What one lane shows: its device, the parts of its bar in seconds, its figures, and a line below them."""

    label: str
    compute_s: float
    moving_s: float
    figures: str
    below: str


def rows_of(race: Race) -> tuple[Row, ...]:
    """The lanes of ``race`` in words and figures."""
    return tuple(_row(lane, race.lanes[0]) for lane in race.lanes)


def _row(lane: Lane, base: Lane) -> Row:
    if lane.compute is None or lane.whole is None or lane.first_call_s is None:
        why = f"{lane.failure.message} {lane.failure.hint}".strip() if lane.failure is not None else ""
        return Row(lane.label, 0.0, 0.0, tr("no time"), why)
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
    if difference := difference_text(lane):
        below.append(tr("result {difference}", difference=difference))
    moving_s = max(0.0, lane.whole.median_s - lane.compute.median_s) if lane.moved_bytes else 0.0
    return Row(lane.label, lane.compute.median_s, moving_s, "   ".join(figures), " · ".join(below))


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
        self.setAccessibleDescription(". ".join(f"{row.label}: {row.figures}, {row.below}" for row in self._rows))
        self.setVisible(bool(self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        count = len(self._rows)
        return QSize(theme.px(600), theme.px(_LANE * count + _GAP * max(0, count - 1)))

    def minimumSizeHint(self) -> QSize:
        """The same height; the bars may be shorter."""
        return QSize(theme.px(400), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every lane."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((row.compute_s + row.moving_s for row in self._rows), default=0.0)
        for place, row in enumerate(self._rows):
            self._paint_lane(painter, row, place * theme.px(_LANE + _GAP), longest)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _paint_lane(self, painter: QPainter, row: Row, top: int, longest: float) -> None:
        colours, width = theme.current(), self.width()
        line = QRectF(0, top, width, theme.px(22))
        painter.setFont(theme.sans(13, bold=True))
        painter.setPen(colours.ink)
        painter.drawText(line, _LEFT, row.label)
        painter.setFont(theme.mono(13))
        painter.drawText(line, _RIGHT, row.figures)
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
        below = QRectF(0, bar.bottom() + theme.px(4), width, theme.px(20))
        text = QFontMetrics(painter.font()).elidedText(row.below, Qt.TextElideMode.ElideRight, width)
        painter.drawText(below, _LEFT, text)
