"""What the canvas shows and paints: the plane, its arrows, the pair, the view. Hands and keys are in ``canvas``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.background import Background
from playground.views.canvas.controls import CanvasControls
from playground.views.canvas.painting import ScenePainter
from playground.views.canvas.scene import Scene, place
from playground.views.canvas.speech import hold_note, state_sentence
from playground.views.canvas.viewport import Point, Viewport

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.vector import Vector

_NO_BRUSH = Qt.BrushStyle.NoBrush
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
_WRAPPED_TOP = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_PALETTE_CHANGE = QEvent.Type.PaletteChange
_STALE_OPACITY = 0.45
_SPEECH_PAUSE_MS = 400
_SMALL = 2.0
"""How many times larger arrows could be before the view closes in on them."""
_STRIP = 40
"""Pixels at the bottom that belong to the controls."""


class VectorBoard(QWidget):
    """The plane with its arrows, which gestures move.

    Signals: ``vectorMoved(name, (x, y))`` on every frame of a move, ``vectorMoveFinished(name)`` once at its end,
    ``vectorMoveCancelled(name)`` where Esc ended it (the old value is shown again), ``snapChanged(snap)`` when a
    person chose another mode.
    """

    vectorMoved = Signal(object, object)
    vectorMoveFinished = Signal(object)
    vectorMoveCancelled = Signal(object)
    snapChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vectorCanvas")
        self.setAccessibleName(tr("Vector canvas"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._vectors: dict[str, Vector] = {}
        self._tails: dict[str, Point] = {}
        self._pair: tuple[str, str] | None = None
        self._snap: Snap = "free"
        self._stale = False
        self._selected = self._hovered = self._held = ""
        self._view = Viewport()
        self._automatic = True
        self._scene: Scene | None = None
        self._background = Background()
        self._painter = ScenePainter()
        self._speech = QTimer(self, interval=_SPEECH_PAUSE_MS, singleShot=True)
        self._speech.timeout.connect(self._speak)
        self._controls = CanvasControls(self)
        self._controls.set_snap(self._snap)
        self._controls.snapChosen.connect(self._choose_snap)
        self._controls.fitRequested.connect(self.fit)
        self._speak()

    # -- what is shown

    def set_vectors(self, vectors: tuple[Vector, ...]) -> None:
        """Show these vectors. One in a hand keeps the hand's value; the view follows only when no hand is on it."""
        held = self._held
        placed = {
            vector.name: self._vectors[held] if vector.name == held else self._with_tail(vector) for vector in vectors
        }
        same, self._vectors = placed == self._vectors, placed
        self.keep_in_view()
        if same:
            return
        if self._selected not in self._vectors:
            self._selected = ""
        self._tails = {name: tail for name, tail in self._tails.items() if name in self._vectors}
        self._changed()
        self._speech.start()

    def set_pair(self, first: str, second: str) -> None:
        """Choose the two vectors that are compared, by name; empty names for none."""
        pair = (first, second) if first and second else None
        if pair == self._pair:
            return
        self._pair = pair
        self._changed()
        self._speech.start()

    def set_stale(self, stale: bool) -> None:
        """Grey the arrows: they are the last good values."""
        if stale == self._stale:
            return
        self._stale = stale
        self.update()
        self._speech.start()

    @property
    def snap(self) -> Snap:
        """Where tips come to rest: ``"free"``, ``"integer"``, ``"polar"``."""
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
        self._changed()

    @property
    def selected(self) -> str:
        """Name of the vector that the arrow keys move, empty for none."""
        return self._selected

    def fit(self) -> None:
        """Bring everything into view and draw every vector from the origin; the view follows the vectors again."""
        self._automatic = True
        self._tails.clear()
        self._vectors = {name: replace(vector, tail=(0.0, 0.0)) for name, vector in self._vectors.items()}
        self._view = self._view.fitted(self._points(), theme.px(_STRIP))
        self._changed()

    def handle_position(self, name: str, part: str) -> QPoint:
        """Where the ``"tip"`` or the ``"tail"`` of a vector is, in this widget's pixels. KeyError: no such vector."""
        vector = self._vectors[name]
        return QPointF(*self._view.to_pixels(vector.tip if part == "tip" else vector.tail)).toPoint()

    def sizeHint(self) -> QSize:
        """As the drawing has it: square, with room for the controls."""
        return QSize(theme.px(336), theme.px(336 + _STRIP))

    def minimumSizeHint(self) -> QSize:
        """Small enough for a narrow window, large enough to take hold of an arrow."""
        return QSize(theme.px(220), theme.px(220))

    # -- what gestures ask for (see gestures.Board)

    def vector(self, name: str) -> Vector:
        """Return the vector of that name as it is shown now."""
        return self._vectors[name]

    def other_of_pair(self, name: str) -> Vector | None:
        """Return the vector that ``name`` is compared with, None where it isn't of the pair."""
        if self._pair is None or name not in self._pair:
            return None
        return self._vectors.get(self._pair[1] if name == self._pair[0] else self._pair[0])

    def snap_of(self, name: str) -> Snap:
        """Return the mode for one vector: whole numbers where it is bound to integers."""
        return "integer" if self._vectors[name].integer else self._snap

    def key_step(self, name: str) -> float:
        """Units that one press of an arrow key moves: a tenth between two grid lines in free mode, otherwise 1."""
        return self._view.tick_step(theme.px(34)) / 10 if self.snap_of(name) == "free" else 1.0

    def reshape(self, name: str, value: Point) -> None:
        """Give a vector a new value, live."""
        vector = self._vectors[name]
        if (vector.x, vector.y) != value:
            self._vectors[name] = replace(vector, x=value[0], y=value[1])
            self._changed()
            self.vectorMoved.emit(name, value)

    def move_tail(self, name: str, tail: Point) -> None:
        """Draw a vector from another place."""
        self._tails[name] = tail
        self._vectors[name] = replace(self._vectors[name], tail=tail)
        self._changed()

    def reshaped(self, name: str) -> None:
        """End a move."""
        self.keep_in_view()
        self._speak()
        self.vectorMoveFinished.emit(name)

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""
        self._vectors[name] = replace(self._vectors[name], x=value[0], y=value[1])
        self._changed()
        self._speak()
        self.vectorMoveCancelled.emit(name)

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kept plane, then the arrows."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._background.picture(self._view, self.devicePixelRatioF(), theme.px(_STRIP)))
        if not self._vectors:
            self._paint_hint(painter)
        painter.setOpacity(_STALE_OPACITY if self._stale else 1.0)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -theme.px(_STRIP))
        scene = self._placed()
        scene.names.clear()
        chosen = self._selected if self.hasFocus() else ""
        self._painter.paint(painter, scene, area, self._background.labels, chosen, self._hovered)
        painter.setOpacity(1.0)
        self._paint_note(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().accent, 1.5))
            painter.setBrush(_NO_BRUSH)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle of the view, and the controls in their corner."""
        self._view = self._view.resized(float(self.width()), float(self.height()))
        if self._automatic and not self._held:
            self._view = self._view.fitted(self._points(), theme.px(_STRIP))
        margin, height = theme.px(8), self._controls.sizeHint().height()
        self._controls.setGeometry(margin, self.height() - height - margin, self.width() - 2 * margin, height)
        self._changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._painter = ScenePainter()
            self._controls.refresh_fonts()
            self.update()
        super().changeEvent(event)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setFont(theme.sans(13))
        painter.setPen(theme.current().soft)
        inner = self.rect().adjusted(theme.px(40), 0, -theme.px(40), -self.height() // 2)
        box = painter.boundingRect(inner, _WRAPPED, self._sentence())
        ground = QRectF(box.adjusted(-8, -6, 8, 6))
        for label in self._background.labels:  # a number is covered whole or not at all
            ground = ground.united(label) if ground.intersects(label) else ground
        painter.fillRect(ground, theme.current().panel)
        painter.drawText(inner, _WRAPPED, self._sentence())

    def _paint_note(self, painter: QPainter) -> None:
        """Say why a tip jumps or can't be dragged."""
        vector = self._vectors.get(self._held or self._hovered or (self._selected if self.hasFocus() else ""))
        text = "" if vector is None else hold_note(vector, self._snap)
        if not text:
            return
        painter.setFont(theme.sans(12))
        inner = self.rect().adjusted(theme.px(12), theme.px(8), -theme.px(12), -self.height() // 2)
        box = painter.boundingRect(inner, _WRAPPED_TOP, text)
        painter.fillRect(box.adjusted(-6, -3, 6, 3), theme.current().panel)
        painter.setPen(theme.current().soft)
        painter.drawText(box, _WRAPPED_TOP, text)

    # -- kept up to date

    def _with_tail(self, vector: Vector) -> Vector:
        """Draw a vector from where it was moved to, as long as it stands for the same cells."""
        before = self._vectors.get(vector.name)
        if before is None or before.source != vector.source:
            self._tails.pop(vector.name, None)
        tail = self._tails.get(vector.name)
        return vector if tail is None else replace(vector, tail=tail)

    def _points(self) -> list[Point]:
        return [point for vector in self._vectors.values() for point in (vector.tail, vector.tip)]

    def keep_in_view(self) -> None:
        """Fit again where an arrow has left the view, or all have become small in it.

        Never under a hand, never against a view chosen by hand.
        """
        if not self._automatic or self._held:
            return
        fitted = self._view.fitted(self._points(), theme.px(_STRIP))
        if fitted.scale > _SMALL * self._view.scale or not self._view.holds(
            self._points(), theme.px(16), theme.px(_STRIP)
        ):
            self._view = fitted
            self._changed()

    def _placed(self) -> Scene:
        if self._scene is None:
            self._scene = place(self._vectors.values(), self._pair, self._view)
        return self._scene

    def _changed(self) -> None:
        self._scene = None
        self.update()

    def _choose_snap(self, snap: Snap) -> None:
        self.snap = snap
        self.snapChanged.emit(snap)

    def _sentence(self) -> str:
        pair = None
        if self._pair is not None and all(name in self._vectors for name in self._pair):
            pair = self._vectors[self._pair[0]], self._vectors[self._pair[1]]
        return state_sentence(tuple(self._vectors.values()), pair, self._selected, self._stale)

    def _speak(self) -> None:
        """Tell assistive tools the state, once the hands rest."""
        self._speech.stop()
        self.setAccessibleDescription(self._sentence())
