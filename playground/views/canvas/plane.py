"""A view of the plane: its cached grid, fitting and zooming, the controls in its corner, what it says of itself.

What stands in the plane is for whoever derives from it; hands and keys are in ``handled``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.views import theme
from playground.views.canvas.background import Background
from playground.views.canvas.controls import CanvasControls
from playground.views.canvas.viewport import Point, Viewport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from playground.views.canvas.snapping import Snap

_NO_BRUSH = Qt.BrushStyle.NoBrush
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
_WRAPPED_TOP = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_PALETTE_CHANGE = QEvent.Type.PaletteChange
_STALE_OPACITY = 0.45
_SPEECH_PAUSE_MS = 400
_SMALL = 2.0
"""How many times larger everything could be before the view closes in on it."""
STRIP = 40
"""Pixels at the bottom that belong to the controls."""


class Plane(QWidget):
    """Shows the plane and follows what stands in it until a person moves the view.

    A derived class says what that is: `points` (to be kept in view), `paint_shown`, `sentence` (all of it, in words),
    and may give a `note` for a hand. ``snapChanged(snap)`` comes when a person chose another mode of snapping.
    """

    snapChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._snap: Snap = "free"
        self._stale = False
        self._view = Viewport()
        self._automatic = True
        self._held = ""
        self._background = Background()
        self._speech = QTimer(self, interval=_SPEECH_PAUSE_MS, singleShot=True)
        self._speech.timeout.connect(self._speak)
        self._controls = CanvasControls(self)
        self._controls.set_snap(self._snap)
        self._controls.snapChosen.connect(self._choose_snap)
        self._controls.fitRequested.connect(self.fit)

    # -- what stands in it

    def points(self) -> Sequence[Point]:
        """Points of the plane that are kept in view."""
        return ()

    def paint_shown(self, painter: QPainter) -> None:
        """Paint over the grid."""

    def sentence(self) -> str:
        """Say all that is shown; it is painted too where nothing else is."""
        return ""

    def note(self) -> str:
        """Say what a hand must know that nobody chose."""
        return ""

    def changed(self) -> None:
        """Paint anew: something stands elsewhere."""
        self.update()

    # -- the view

    @property
    def snap(self) -> Snap:
        """Where handles come to rest: ``"free"``, ``"integer"``, ``"polar"``."""
        return self._snap

    @snap.setter
    def snap(self, snap: Snap) -> None:
        self._snap = snap
        self._controls.set_snap(snap)
        self.update()

    @property
    def view(self) -> Viewport:
        """The part of the plane on screen."""
        return self._view

    @view.setter
    def view(self, view: Viewport) -> None:
        self._view = view
        self._automatic = False
        self.changed()

    def set_stale(self, stale: bool) -> None:
        """Grey what is shown: these are the last good values."""
        if stale == self._stale:
            return
        self._stale = stale
        self.update()
        self._speech.start()

    def fit(self) -> None:
        """Bring everything into view; the view follows it again."""
        self._automatic = True
        self._view = self._view.fitted(self.points(), theme.px(STRIP))
        self.changed()

    def keep_in_view(self) -> None:
        """Fit again where something has left the view, or all has become small in it.

        Never under a hand, never against a view chosen by hand.
        """
        if not self._automatic or self._held:
            return
        fitted = self._view.fitted(self.points(), theme.px(STRIP))
        if fitted.scale > _SMALL * self._view.scale or not self._view.holds(
            self.points(), theme.px(16), theme.px(STRIP)
        ):
            self._view = fitted
            self.changed()

    def arrow_step(self) -> float:
        """Units that one press of an arrow key moves: a tenth between two grid lines in free mode, otherwise 1."""
        return self._view.tick_step(theme.px(34)) / 10 if self._snap == "free" else 1.0

    def sizeHint(self) -> QSize:
        """As the drawing has it: square, with room for the controls."""
        return QSize(theme.px(336), theme.px(336 + STRIP))

    def minimumSizeHint(self) -> QSize:
        """Small enough for a narrow window, large enough to take hold of an arrow."""
        return QSize(theme.px(220), theme.px(220))

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kept plane, then what stands in it."""
        with QPainter(self) as painter:  # ended whatever happens: Qt doesn't outlive a painter left behind
            painter.drawPixmap(0, 0, self._background.picture(self._view, self.devicePixelRatioF(), theme.px(STRIP)))
            if not self.points():
                self._paint_hint(painter)
            painter.setOpacity(_STALE_OPACITY if self._stale else 1.0)
            self.paint_shown(painter)
            painter.setOpacity(1.0)
            self._paint_note(painter)
            if self.hasFocus():
                painter.setPen(QPen(theme.current().accent, 1.5))
                painter.setBrush(_NO_BRUSH)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def area(self) -> QRectF:
        """Return the part of the widget that no control covers."""
        return QRectF(0, 0, self.width(), self.height() - theme.px(STRIP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle of the view, and the controls in their corner."""
        self._view = self._view.resized(float(self.width()), float(self.height()))
        if self._automatic and not self._held:
            self._view = self._view.fitted(self.points(), theme.px(STRIP))
        margin, height = theme.px(8), self._controls.sizeHint().height()
        self._controls.setGeometry(margin, self.height() - height - margin, self.width() - 2 * margin, height)
        self.changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._controls.refresh_fonts()
            self.update()
        super().changeEvent(event)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setFont(theme.sans(13))
        painter.setPen(theme.current().soft)
        inner = self.rect().adjusted(theme.px(40), 0, -theme.px(40), -self.height() // 2)
        text = self.sentence()
        ground = QRectF(painter.boundingRect(inner, _WRAPPED, text).adjusted(-8, -6, 8, 6))
        for label in self._background.labels:  # a number is covered whole or not at all
            ground = ground.united(label) if ground.intersects(label) else ground
        painter.fillRect(ground, theme.current().panel)
        painter.drawText(inner, _WRAPPED, text)

    def _paint_note(self, painter: QPainter) -> None:
        text = self.note()
        if not text:
            return
        painter.setFont(theme.sans(12))
        inner = self.rect().adjusted(theme.px(12), theme.px(8), -theme.px(12), -self.height() // 2)
        box = painter.boundingRect(inner, _WRAPPED_TOP, text)
        painter.fillRect(box.adjusted(-6, -3, 6, 3), theme.current().panel)
        painter.setPen(theme.current().soft)
        painter.drawText(box, _WRAPPED_TOP, text)

    def _choose_snap(self, snap: Snap) -> None:
        self.snap = snap
        self.snapChanged.emit(snap)

    def _speak(self) -> None:
        """Tell assistive tools the state, once the hands rest."""
        self._speech.stop()
        self.setAccessibleDescription(self.sentence())
