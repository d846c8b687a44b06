"""The canvas of vectors: arrows that stand in the plane, the pair that is compared, and what hands do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Signal

from playground.record import replace
from playground.translation import tr
from playground.views.canvas.gestures import KeyMove, TailDrag, TipDrag
from playground.views.canvas.handled import HandledPlane
from playground.views.canvas.painting import ScenePainter
from playground.views.canvas.scene import Scene, nearest, place
from playground.views.canvas.speech import hold_note, state_sentence, vector_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from playground.views.canvas.gestures import Gesture, KeyGesture
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.vector import Vector
    from playground.views.canvas.viewport import Point

_PALETTE_CHANGE = QEvent.Type.PaletteChange


class VectorCanvas(HandledPlane):
    """Arrows that can be taken hold of: the tip reshapes, the tail moves the picture, Shift keeps the angle.

    Signals: ``vectorMoved(name, (x, y))`` on every frame of a move, ``vectorMoveFinished(name)`` once at its end,
    ``vectorMoveCancelled(name)`` where Esc ended it (the old value is shown again).
    """

    vectorMoved = Signal(object, object)
    vectorMoveFinished = Signal(object)
    vectorMoveCancelled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vectorCanvas")
        self.setAccessibleName(tr("Vector canvas"))
        self._vectors: dict[str, Vector] = {}
        self._tails: dict[str, Point] = {}
        self._pair: tuple[str, str] | None = None
        self._scene: Scene | None = None
        self._painter = ScenePainter()
        self._speak()

    # -- what is shown

    def set_vectors(self, vectors: tuple[Vector, ...]) -> None:
        """Show these vectors. One in a hand keeps the hand's value; if it is gone, so is the hand's hold.

        The view follows only when no hand is on it.
        """
        if self._held and all(vector.name != self._held for vector in vectors):
            self._let_go()
        held = self._held
        placed = {
            vector.name: self._as_held(vector) if vector.name == held else self._with_tail(vector) for vector in vectors
        }
        same, self._vectors = placed == self._vectors, placed
        self.keep_in_view()
        if same:
            return
        if self._selected not in self._vectors:
            self._selected = ""
        self._tails = {name: tail for name, tail in self._tails.items() if name in self._vectors}
        self.changed()
        self._speech.start()

    def set_pair(self, first: str, second: str) -> None:
        """Choose the two vectors that are compared, by name; empty names for none."""
        pair = (first, second) if first and second else None
        if pair == self._pair:
            return
        self._pair = pair
        self.changed()
        self._speech.start()

    def fit(self) -> None:
        """Bring everything into view and draw every vector from the origin; the view follows the vectors again."""
        self._tails.clear()
        self._vectors = {name: replace(vector, tail=(0.0, 0.0)) for name, vector in self._vectors.items()}
        super().fit()

    def handle_position(self, name: str, part: str) -> QPoint:
        """Where the ``"tip"`` or the ``"tail"`` of a vector is, in this widget's pixels. KeyError: no such vector."""
        vector = self._vectors[name]
        return QPointF(*self._view.to_pixels(vector.tip if part == "tip" else vector.tail)).toPoint()

    def points(self) -> Sequence[Point]:
        """Both ends of every vector."""
        return [point for vector in self._vectors.values() for point in (vector.tail, vector.tip)]

    def sentence(self) -> str:
        """Say the pair and its state, or the first few vectors."""
        pair = None
        if self._pair is not None and all(name in self._vectors for name in self._pair):
            pair = self._vectors[self._pair[0]], self._vectors[self._pair[1]]
        return state_sentence(tuple(self._vectors.values()), pair, self._selected, self._stale)

    def note(self) -> str:
        """Say why a tip jumps or can't be dragged."""
        vector = self._vectors.get(self._held or self._hovered or (self._selected if self.hasFocus() else ""))
        return "" if vector is None else hold_note(vector, self._snap)

    def paint_shown(self, painter: QPainter) -> None:
        """Paint the arrows, the angle and the projection."""
        scene = self._placed()
        scene.names.clear()
        chosen = self._selected if self.hasFocus() else ""
        area = self.area().adjusted(2, 2, -2, 0)
        self._painter.paint(painter, scene, area, self._background.labels, chosen, self._hovered)

    def changed(self) -> None:
        """Place everything anew."""
        self._scene = None
        super().changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._painter = ScenePainter()
        super().changeEvent(event)

    # -- hands

    def names(self) -> Sequence[str]:
        """Names of the vectors."""
        return tuple(self._vectors)

    def nearest(self, point: Point) -> tuple[str, str] | None:
        """Tips before tails, then the nearest."""
        return nearest(self._placed(), point, self._selected)

    def take_hold(self, name: str, part: str, x: float, y: float) -> Gesture | None:
        """Reshape by the tip, move the picture by the tail."""
        if part == "tail":
            return TailDrag(self, name, x, y)
        return TipDrag(self, name, x, y) if self._vectors[name].editable else None

    def key_gesture(self, name: str) -> KeyGesture | None:
        """Move the tip by steps."""
        vector = self._vectors[name]
        return KeyMove(self, name, (vector.x, vector.y)) if vector.editable and vector.is_finite else None

    def tip_of(self, name: str) -> str:
        """Say what a vector is, and why it can't be dragged where it can't."""
        return vector_sentence(self._vectors[name])

    def is_movable(self, name: str) -> bool:
        """Whether its tip can be dragged."""
        return self._vectors[name].editable

    # -- what gestures ask for (see gestures.Board)

    def vector(self, name: str) -> Vector:
        """Return the vector of that name as it is shown now."""
        return self._vectors[name]

    def other_of_pair(self, name: str) -> Vector | None:
        """Return the vector that ``name`` is compared with in what is seen, None where it isn't of the pair."""
        if self._pair is None or name not in self._pair or self._vectors[name].shadow:
            return None
        return self._vectors.get(self._pair[1] if name == self._pair[0] else self._pair[0])

    def snap_of(self, name: str) -> Snap:
        """Return the mode for one vector: whole numbers where it is bound to integers."""
        return "integer" if self._vectors[name].integer else self._snap

    def key_step(self, name: str) -> float:
        """Units that one press of an arrow key moves: 1 where it is bound to integers."""
        return 1.0 if self._vectors[name].integer else self.arrow_step()

    def reshape(self, name: str, value: Point) -> None:
        """Give a vector a new value, live."""
        vector = self._vectors[name]
        if (vector.x, vector.y) != value:
            self._vectors[name] = replace(vector, x=value[0], y=value[1])
            self.changed()
            self.vectorMoved.emit(name, value)

    def move_tail(self, name: str, tail: Point) -> None:
        """Draw a vector from another place."""
        self._tails[name] = tail
        self._vectors[name] = replace(self._vectors[name], tail=tail)
        self.changed()

    def reshaped(self, name: str) -> None:
        """End a move."""
        self.keep_in_view()
        self._speak()
        self.vectorMoveFinished.emit(name)

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""
        self._vectors[name] = replace(self._vectors[name], x=value[0], y=value[1])
        self.changed()
        self._speak()
        self.vectorMoveCancelled.emit(name)

    # -- kept up to date

    def _with_tail(self, vector: Vector) -> Vector:
        """Draw a vector from where it was moved to, as long as it stands for the same cells."""
        before = self._vectors.get(vector.name)
        if before is None or before.source != vector.source:
            self._tails.pop(vector.name, None)
        tail = self._tails.get(vector.name)
        return vector if tail is None else replace(vector, tail=tail)

    def _as_held(self, vector: Vector) -> Vector:
        hand = self._vectors[vector.name]
        return replace(vector, x=hand.x, y=hand.y, tail=hand.tail)

    def _placed(self) -> Scene:
        if self._scene is None:
            self._scene = place(self._vectors.values(), self._pair, self._view)
        return self._scene
