"""The canvas of norms: a vector in the hand among unit balls, or what clipping to a limit makes of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Signal
from PySide6.QtWidgets import QToolButton

from playground.explain.geometry.balls import clipped_by_norm, clipped_by_value, on_ball, read_norms
from playground.explain.text import number_text
from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.gestures import KeyMove, TipDrag
from playground.views.canvas.handled import HandledPlane
from playground.views.canvas.norms.limit import LIMIT, LimitDrag, LimitKeys, size_at
from playground.views.canvas.norms.picture import Balls, paint_cut, paint_handle, paint_limits, paint_reach
from playground.views.canvas.norms.words import norms_sentence
from playground.views.canvas.painting import ScenePainter
from playground.views.canvas.scene import Scene, nearest, place
from playground.views.canvas.speech import hold_note, vector_sentence
from playground.views.canvas.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from playground.explain.geometry.balls import Clipped, NormReading
    from playground.views.canvas.gestures import Gesture, KeyGesture
    from playground.views.canvas.norms.sources import Source
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.viewport import Point

_PALETTE_CHANGE = QEvent.Type.PaletteChange
POINT = "x"
_SEEN = 5
"""Pixels below which what has a size isn't told apart from a point."""
_CORNERS = ((1.0, 1.0), (-1.0, -1.0))


class NormsCanvas(HandledPlane):
    """Shows a vector ``x`` among unit balls, or (``clipping``) with what clipping to a limit makes of it.

    Signals: ``pointMoved((x, y))`` on every frame of a drag, ``pointMoveFinished()``, ``pointMoveCancelled()``;
    ``limitChanged()`` when the limit is another one.
    """

    pointMoved = Signal(object)
    pointMoveFinished = Signal()
    pointMoveCancelled = Signal()
    limitChanged = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("normsCanvas")
        self.setAccessibleName(tr("The plane with unit balls, or limits of clipping"))
        self._source, self._value = source, source.value
        self._p, self._limit = 3.0, 1.0
        self._clipping = False
        self._complaint = self._part = ""
        self._scene: Scene | None = None
        self._painter, self._balls = ScenePainter(), Balls()
        free = self._controls.findChild(QToolButton, "snapFree")
        if free is not None:
            free.setToolTip(tr("Tips stop anywhere, and hold gently on the unit ball"))

    # -- what is shown

    def set_source(self, source: Source) -> None:
        """Show another vector, or its new numbers; in a hand it keeps the hand's value."""
        self._source = source
        if self._held != POINT:
            self._value = source.value
        self._renew()
        self.keep_in_view()

    def set_clipping(self, clipping: bool) -> None:
        """Show clipping instead of unit balls, or the other way round."""
        self._clipping = clipping
        self._selected = ""
        self._renew()
        self.keep_in_view()

    def set_p(self, p: float) -> None:
        """Show the ball of another p."""
        self._p = p
        self._renew()

    def set_limit(self, limit: float) -> None:
        """Clip to another limit, 0 or above."""
        if limit != self._limit:
            self._limit = limit
            self._renew()
            self.keep_in_view()
            self.limitChanged.emit()

    def complain(self, text: str) -> None:
        """Say what was wrong with a number, until something is changed."""
        self._complaint = text
        self.update()

    @property
    def p(self) -> float:
        """Which norm the ball in front has."""
        return self._p

    @property
    def limit(self) -> float:
        """What lengths, or coordinates, are clipped to."""
        return self._limit

    @property
    def clipping(self) -> bool:
        """Whether clipping is shown rather than unit balls."""
        return self._clipping

    @property
    def value(self) -> Point:
        """The vector as it is shown."""
        return self._value

    @property
    def is_drawn(self) -> bool:
        """Whether both numbers of the vector are finite."""
        return all(map(math.isfinite, self._value))

    @property
    def reading(self) -> NormReading:
        """The norms of the vector."""
        return read_norms(self._value, self._p)

    @property
    def clipped(self) -> tuple[Clipped, Clipped] | None:
        """What clipping by norm and by value make of it; None where its numbers aren't finite."""
        if not self.is_drawn:
            return None
        return clipped_by_norm(self._value, self._limit), clipped_by_value(self._value, self._limit)

    def handle_position(self, name: str) -> QPoint:
        """Where the tip of ``x``, or the handle of the limit, is in this widget's pixels."""
        place = (self._limit, 0.0) if name == LIMIT else self.vector(name).tip
        return QPointF(*self._view.to_pixels(place)).toPoint()

    def points(self) -> Sequence[Point]:
        """The vector, and the corners of what it is measured by."""
        size = max(self._limit, 1e-300) if self._clipping else 1.0
        corners = [(x * size, y * size) for x, y in _CORNERS]
        return [*corners, self._value] if self.is_drawn else corners

    def sentence(self) -> str:
        """Say the vector, its norms or what clipping makes of it, and what is selected."""
        said = norms_sentence(self.vector(POINT), self._p, self._limit if self._clipping else None)
        return f"{said} {tr('{name} is selected.', name=self._selected)}" if self._selected else said

    def note(self) -> str:
        """Say what was wrong with a number, why nothing is drawn, or why a tip can't be dragged or jumps."""
        if self._complaint:
            return self._complaint
        if not self.is_drawn:
            return tr("x has a coordinate that isn't finite: it can't be drawn.")
        name = self._held or self._hovered or (self._selected if self.hasFocus() else "")
        if name in ("", LIMIT):
            return self._too_small()
        found = next((v for v in self._vectors() if v.name == name), None)
        return "" if found is None else hold_note(found, self._snap)

    def _too_small(self) -> str:
        size = self._limit if self._clipping else 1.0
        if not 0 < size * self._view.scale < theme.px(_SEEN):
            return ""
        if self._clipping:
            return tr("The limit is too small to be seen beside x.")
        return tr("The unit balls are too small to be seen beside x.")

    def paint_shown(self, painter: QPainter) -> None:
        """Paint balls or limits, then the arrows over them."""
        chosen = self._selected if self.hasFocus() else ""
        if not self._clipping:
            self._balls.paint(painter, self._p, self._value, self._view)
            if self.is_drawn:
                paint_reach(painter, self._p, self.reading.lp, self._view)
        else:
            paint_limits(painter, self._limit, self._view, self._part if self._hovered == LIMIT else "")
        scene = self._placed()
        scene.names.clear()
        tips = {arrow.vector.name: arrow.tip for arrow in scene.arrows}
        if _by_value() in tips:
            paint_cut(painter, tips[POINT], tips[_by_value()])
        area = self.area().adjusted(2, 2, -2, 0)
        self._painter.paint(painter, scene, area, self._background.labels, chosen, self._hovered)
        if self._clipping:
            knob = QPointF(*self._view.to_pixels((self._limit, 0.0)))
            paint_handle(painter, knob, LIMIT, hovered=self._hovered == LIMIT, selected=chosen == LIMIT)

    def changed(self) -> None:
        """Place the arrows anew."""
        self._scene = None
        super().changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._painter = ScenePainter()
            self._scene = None
        super().changeEvent(event)

    # -- hands

    def names(self) -> Sequence[str]:
        """The vector where it can be drawn, and the limit where there is one."""
        return ((POINT,) if self.is_drawn else ()) + ((LIMIT,) if self._clipping else ())

    def nearest(self, point: Point) -> tuple[str, str] | None:
        """The vector's tip, the limit's handle, what clipping made of the vector, then the edges of the limits."""
        found = nearest(self._placed(), point, self._selected)
        tip = found if found is not None and found[1] == "tip" else None
        if not self._clipping:
            return tip
        knob = math.dist(point, self._view.to_pixels((self._limit, 0.0)))
        own = tip is not None and tip[0] == POINT
        if knob <= theme.px(14) and not (own and self._selected != LIMIT and self._is_nearer(point, knob)):
            self._part = "tip"
            return LIMIT, "tip"
        if tip is not None:
            return tip
        for part in ("circle", "square"):
            size = size_at(self._view.to_plane(*point), part)
            if abs(size - self._limit) * self._view.scale <= theme.px(6):
                self._part = part
                return LIMIT, part
        return None

    def _is_nearer(self, point: Point, distance: float) -> bool:
        return math.dist(point, self._view.to_pixels(self._value)) <= distance

    def take_hold(self, name: str, part: str, x: float, y: float) -> Gesture | None:
        """Drag the vector, or the limit."""
        if name == LIMIT:
            return LimitDrag(self, part, x, y)
        return TipDrag(self, name, x, y) if self.is_movable(name) else None

    def key_gesture(self, name: str) -> KeyGesture | None:
        """Move the vector, or the limit, by steps."""
        if name == LIMIT:
            return LimitKeys(self, self._limit)
        return KeyMove(self, name, self._value) if self.is_movable(name) else None

    def is_movable(self, name: str) -> bool:
        """The limit always, the vector where a person edits it; not what follows from the two."""
        return name == LIMIT or (name == POINT and not self._source.fixed_because)

    def tip_of(self, name: str) -> str:
        """Say what is under the pointer."""
        if name == LIMIT:
            return tr("The limit c is {limit}.", limit=number_text(self._limit))
        return vector_sentence(self.vector(name))

    # -- what gestures ask for (see gestures.Board)

    def vector(self, name: str) -> Vector:
        """Return an arrow as it is shown now."""
        return next(vector for vector in self._vectors() if vector.name == name)

    def other_of_pair(self, name: str) -> Vector | None:
        """Nothing is compared with the vector."""
        return None

    def snap_of(self, name: str) -> Snap:
        """Return the mode: whole numbers where its cells hold integers."""
        return "integer" if self._source.integer else self._snap

    def key_step(self, name: str) -> float:
        """Units that one press of an arrow key moves."""
        return 1.0 if self._source.integer else self.arrow_step()

    def reshape(self, name: str, value: Point) -> None:
        """Give the vector a new value, live; a hand holds gently on the unit ball, keys don't."""
        if self._gesture is not None and not self._clipping and self.snap_of(name) == "free":
            length = read_norms(value, self._p).lp
            if length > 0 and abs(length - 1) * self._view.scale < theme.px(5):
                x, y = on_ball(value, self._p).tolist()
                value = (x, y)
        self._value = value
        self._renew()
        self.pointMoved.emit(value)

    def move_tail(self, name: str, tail: Point) -> None:
        """Do nothing: lengths are measured from the origin."""

    def reshaped(self, name: str) -> None:
        """End a move."""
        self.pointMoveFinished.emit()
        self.keep_in_view()
        self._speak()

    def limit_set(self) -> None:
        """End a move of the limit."""
        self.keep_in_view()
        self._speak()

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""
        self._value = value
        self._renew()
        self.pointMoved.emit(value)
        self.pointMoveCancelled.emit()
        self._speak()

    # -- kept up to date

    def _vectors(self) -> list[Vector]:
        source, (x, y) = self._source, self._value
        fixed, integer = source.fixed_because, source.integer
        vectors = [Vector(POINT, source.label, x, y, role="u", editable=not fixed, integer=integer, reason=fixed)]
        if self._clipping and (clipped := self.clipped) is not None:
            for name, role, after in zip((_by_norm(), _by_value()), ("v", "1"), clipped, strict=True):
                if after.after != self._value:  # what stays as it is, is the vector itself
                    cut = (after.after[0], after.after[1])
                    why = tr("This arrow follows from x and c: drag those")
                    vectors.append(Vector(name, "", *cut, role=role, editable=False, reason=why))
        return vectors

    def _placed(self) -> Scene:
        if self._scene is None:
            placed = [
                arrow
                for arrow in place(self._vectors(), None, self._view).arrows
                if arrow.vector.name == POINT or arrow.reach >= theme.px(_SEEN)
            ]
            self._scene = Scene(tuple(replace(arrow, main=True) for arrow in placed))
        return self._scene

    def _renew(self) -> None:
        self._complaint = ""
        self.changed()
        self._speech.start()


def _by_norm() -> str:
    return tr("norm")


def _by_value() -> str:
    return tr("value")
