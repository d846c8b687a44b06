"""The last evaluations as bars: pointing at one says what it was, choosing one brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.timing.log_scale import LogScale, around
from playground.views.timing.texts import seconds_text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from playground.views.timing.history import Evaluated, History

_BAR, _GAP = 9.0, 3.0
_CAPTION_HEIGHT = 18
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class HistoryChart(QWidget):
    """One bar for each evaluation, the newest on the right; higher is slower, on a logarithmic scale.

    Signals
    -------
    chosen
        The ``Evaluated`` that a person wants back.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timingHistory")
        self.setAccessibleName(tr("Last evaluations"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._history: History | None = None
        self._key = ""
        self._at: int | None = None

    def show_history(self, history: History, key: str) -> None:
        """Show ``history``; the bar of the result ``key``, which is the one that is shown, is coloured."""
        self._history, self._key, self._at = history, key, None
        self.update()

    def sentence(self, place: int) -> str:
        """What the evaluation at ``place`` was."""
        found = self._evaluated[place]
        return tr(
            "{formula}: {time} on {device}",
            formula=f"{found.name} = {found.source}", time=seconds_text(found.seconds), device=found.device,
        )  # fmt: skip

    def bar(self, place: int) -> QRectF:
        """Where the bar at ``place`` stands, in the widget's coordinates."""
        room = self._room()
        across = room.right() - (len(self._evaluated) - place) * (self._bar + self._gap) + self._gap
        top = self._scale(room).at(self._seconds(place))
        return QRectF(across, top, self._bar, room.bottom() - top)

    def bar_position(self, place: int) -> QPoint:
        """The middle of the bar at ``place``, for tests and assistive tools."""
        return self.bar(place).center().toPoint()

    # -- hands ---------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the bar under the pointer, and say in the caption what it is."""
        self._go_to(self._place_at(event.position().x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        self._go_to(self._place_at(event.position().x()))
        self._choose()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._go_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from bar to bar and say it; Enter chooses."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._evaluated:
            last = len(self._evaluated) - 1
            start = last + 1 if self._at is None and _STEPS[key] < 0 else self._at if self._at is not None else last
            self._go_to(min(last, max(0, start + _STEPS[key])))
            announce(self, self.accessibleDescription())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard the newest bar is where one begins."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self._evaluated:
            self._go_to(len(self._evaluated) - 1)

    def event(self, event: QEvent) -> bool:
        """The whole sentence as a tip, where the caption has no room for it."""
        if event.type() == QEvent.Type.ToolTip:
            tip: QHelpEvent = event  # type: ignore[assignment]
            place = self._place_at(tip.pos().x())
            if place is not None:
                QToolTip.showText(tip.globalPos(), self.sentence(place), self)
            return True
        return super().event(event)

    def _go_to(self, place: int | None) -> None:
        if place == self._at:
            return
        self._at = place
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription("" if place is None else self.sentence(place))
        self.update()

    def _choose(self) -> None:
        if self._at is not None:
            self.chosen.emit(self._evaluated[self._at])

    def _place_at(self, x: float) -> int | None:
        room, count = self._room(), len(self._evaluated)
        place = count - 1 - int((room.right() + self._gap / 2 - x) // (self._bar + self._gap))
        return place if 0 <= place < count and x <= room.right() + self._gap else None

    # -- the picture ---------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for all bars that are kept."""
        return QSize(theme.px(330), theme.px(104))

    def minimumSizeHint(self) -> QSize:
        """Room for a dozen."""
        return QSize(theme.px(200), theme.px(92))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A caption with what is pointed at, the bars, the slowest and the fastest time."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sans(12))
        painter.setPen(colours.soft)
        caption = self.sentence(self._at) if self._at is not None else self._caption()
        line = QRectF(0, 0, self.width(), theme.px(_CAPTION_HEIGHT))
        elided = QFontMetrics(painter.font()).elidedText(caption, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(line, _LEFT, elided)
        if self._evaluated:
            self._paint_axis(painter)
            self._paint_bars(painter)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        colours, room = theme.current(), self._room()
        scale = self._scale(room)
        painter.setFont(theme.sans(12))
        shown = {max(self._all_seconds()): None, min(self._all_seconds()): None}
        for seconds in shown:
            y = scale.at(seconds)
            painter.setPen(QPen(colours.line, 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(colours.soft)
            text = QRectF(0, y - theme.px(8), room.left() - theme.px(8), theme.px(16))
            painter.drawText(text, _RIGHT, seconds_text(seconds))

    def _paint_bars(self, painter: QPainter) -> None:
        colours, room = theme.current(), self._room()
        for place, found in enumerate(self._evaluated):
            bar = self.bar(place)
            if bar.left() < room.left():
                continue
            lit = place == self._at
            colour = colours.ink if lit else colours.accent if found.key == self._key else colours.faint
            if found.on_cpu:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(bar, 2, 2)
            else:
                painter.setPen(QPen(colour, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(bar.adjusted(0.75, 0.75, -0.75, -0.75), 2, 2)

    def _caption(self) -> str:
        if all(found.on_cpu for found in self._evaluated):
            return tr("Last evaluations")
        return tr("Last evaluations: filled on the CPU, hollow on a GPU")

    @property
    def _evaluated(self) -> list[Evaluated]:
        return list(self._history) if self._history is not None else []

    @property
    def _bar(self) -> float:
        return _BAR * theme.scale()

    @property
    def _gap(self) -> float:
        return _GAP * theme.scale()

    def _room(self) -> QRectF:
        """Where the bars are."""
        metrics = QFontMetrics(theme.sans(12))
        widest = max((metrics.horizontalAdvance(seconds_text(seconds)) for seconds in self._all_seconds()), default=0)
        left = widest + theme.px(10)
        top = theme.px(_CAPTION_HEIGHT + 8)
        return QRectF(left, top, max(1, self.width() - left - theme.px(4)), max(1, self.height() - top - theme.px(4)))

    def _all_seconds(self) -> list[float]:
        return [self._seconds(place) for place in range(len(self._evaluated))]

    def _seconds(self, place: int) -> float:
        return max(self._evaluated[place].seconds, 1e-9)

    def _scale(self, room: QRectF) -> LogScale:
        seconds = self._all_seconds()
        low, high = around(min(seconds), max(seconds))
        return LogScale(low / 2, high, room.bottom(), room.top())
