"""The canvas of points: each can be taken hold of; what is read of them moves along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPixmap

from playground.explain.text import vector_text
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.gestures import KeyMove, TipDrag
from playground.views.canvas.handled import HandledPlane
from playground.views.canvas.plane import STRIP
from playground.views.canvas.points.picture import (
    FEW,
    cloud_image,
    paint_chosen,
    paint_discs,
    paint_over,
    paint_under,
    placed,
)
from playground.views.canvas.points.reading import Reading, fitted_to, holds, read_points
from playground.views.canvas.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from playground.session.clouds import PointSet
    from playground.views.canvas.gestures import Gesture, KeyGesture
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.viewport import Point

FIRST_LAYERS = frozenset(("mean", "ellipse"))
_TABBED = 24
"""Tab goes through so many points at most; through more of them Space goes, and Tab leaves."""
_SPACE, _SHIFT = Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier
_NOWHERE = np.zeros((0, 2))


class PointsCanvas(HandledPlane):
    """Shows points and what is read of them. A point's name is the number of its row.

    Signals: ``pointMoved(row, (x, y))`` on every frame of a drag, ``pointMoveFinished(row)`` once at its end,
    ``pointMoveCancelled()``; ``readingChanged()`` when the points stand elsewhere.
    """

    pointMoved = Signal(object, object)
    pointMoveFinished = Signal(object)
    pointMoveCancelled = Signal()
    readingChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pointsCanvas")
        self.setAccessibleName(tr("The plane in which the points stand"))
        self._set: PointSet | None = None
        self._points = _NOWHERE
        self._reading: Reading | None = None
        self._names: tuple[str, ...] | None = None
        self._layers = FIRST_LAYERS
        self._places: np.ndarray | None = None
        self._image: tuple[object, QPixmap] | None = None

    # -- what is shown

    def set_points(self, shown: PointSet | None) -> None:
        """Show these points, None for none. One in a hand keeps the hand's value; if it is gone, so is the hold."""
        before, self._set = self._set, shown
        points = _NOWHERE if shown is None else shown.points
        same = before is not None and shown is not None and before.name == shown.name
        if self._held and same and len(points) == len(self._points):
            return
        if self._held:
            self._let_go()
        if points is self._points and same:
            return
        if not same:
            self._automatic, self._selected = True, ""
        self._put(points)
        if self._selected and int(self._selected) not in self.reading.finite:
            self._selected = ""
        self._hovered = ""
        if same:
            self.keep_in_view()
        else:
            self.fit()

    def set_layers(self, layers: frozenset[str]) -> None:
        """Show these of `picture.LAYERS`."""
        self._layers = layers
        self.update()

    @property
    def layers(self) -> frozenset[str]:
        """What is shown beside the points."""
        return self._layers

    @property
    def reading(self) -> Reading:
        """What is read of the points as they are now."""
        if self._reading is None:
            self._reading = read_points(self._points)
        return self._reading

    @property
    def shown(self) -> PointSet | None:
        """The entry that is seen."""
        return self._set

    def handle_position(self, name: str, part: str = "tip") -> QPoint:
        """Where a point is, in this widget's pixels."""
        return QPointF(*self._view.to_pixels(self.vector(name).tip)).toPoint()

    def points(self) -> Sequence[Point]:
        """Corners of the box around them."""
        low, high = self.reading.low, self.reading.high
        return () if low is None or high is None else (low, high)

    def sentence(self) -> str:
        """Say what the points are, and which one is selected."""
        if self._set is None:
            return tr("No points here yet. The rows of any matrix with two columns are points.")
        said = [f"{self._set.name}: {self.reading.sentence}"]
        if self._selected:
            said += [self.tip_of(self._selected), tr("It is selected.")]
        return " ".join(said)

    def note(self) -> str:
        """Say why a point can't be dragged, or jumps."""
        if self._set is None or not (self._held or self._hovered or (self._selected if self.hasFocus() else "")):
            return ""
        if self._set.fixed_because:
            return self._set.fixed_because
        if self._set.integer and self._snap != "integer":
            return tr("{name} holds integers, so its points snap to them", name=self._set.name)
        return ""

    # -- the view: around the points, not around the origin

    def fit(self) -> None:
        """Bring all points into view; the view follows them again."""
        self._automatic = True
        self._view = fitted_to(self._view, self.reading, theme.px(STRIP))
        self.changed()

    def keep_in_view(self) -> None:
        """Fit again where points have left the view, or have come close together in it."""
        if not self._automatic or self._held:
            return
        fitted = fitted_to(self._view, self.reading, theme.px(STRIP))
        if fitted.scale > 2 * self._view.scale or not holds(self._view, self.reading, theme.px(STRIP)):
            self._view = fitted
            self.changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the points in view."""
        super().resizeEvent(event)
        if self._automatic and not self._held:
            self.fit()

    def changed(self) -> None:
        """Place the points anew."""
        self._places = None
        super().changed()

    def paint_shown(self, painter: QPainter) -> None:
        """Paint the residuals, the points, and what is read of them over these."""
        if not len(self.reading.finite):
            return
        painter.setClipRect(self.area())
        places = self._placed()
        if len(places) <= FEW:
            paint_under(painter, self.reading, self._points[self.reading.finite], self._layers, self._view)
            paint_discs(painter, places, movable=self._set is not None and not self._set.fixed_because)
        else:
            painter.drawPixmap(0, 0, self._pixmap(places))
        paint_over(painter, self.reading, self._layers, self._view)
        chosen = self._selected if self.hasFocus() or self._held else ""
        for name in {self._hovered, chosen} - {""}:
            paint_chosen(painter, QPointF(self.handle_position(name)), selected=name == chosen)
        painter.setClipping(False)

    # -- hands

    def names(self) -> Sequence[str]:
        """Numbers of the rows that are drawn."""
        if self._names is None:
            self._names = tuple(map(str, self.reading.finite.tolist()))
        return self._names

    def nearest(self, point: Point) -> tuple[str, str] | None:
        """The nearest point within a hand's reach."""
        places = self._placed()
        if not len(places):
            return None
        with np.errstate(all="ignore"):
            across, down = places[:, 0] - point[0], places[:, 1] - point[1]
            far = across * across + down * down
        at = int(far.argmin())
        if far[at] > theme.px(12) ** 2:
            return None
        return str(int(self.reading.finite[at])), "tip"

    def take_hold(self, name: str, part: str, x: float, y: float) -> Gesture | None:
        """Drag a point."""
        return TipDrag(self, name, x, y) if self.is_movable(name) else None

    def key_gesture(self, name: str) -> KeyGesture | None:
        """Move a point by steps."""
        return KeyMove(self, name, self.vector(name).tip) if self.is_movable(name) else None

    def is_movable(self, name: str) -> bool:
        """Whether the entry's cells can be edited."""
        return self._set is not None and not self._set.fixed_because

    def tip_of(self, name: str) -> str:
        """Say which row a point is, and its coordinates."""
        vector = self.vector(name)
        told = tr("{source} is the point {value}.", source=vector.source, value=vector_text(vector.tip))
        return f"{told} {vector.reason}" if vector.reason else told

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift and Space go to the point before."""
        if event.key() == _SPACE and event.modifiers() & _SHIFT and self._gesture is None and self.names():
            self._select_next(-1, wrap=True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through a few points, and past many."""
        if len(self._points) > _TABBED:
            return super(HandledPlane, self).focusNextPrevChild(forward)
        return super().focusNextPrevChild(forward)

    # -- what gestures ask for (see gestures.Board)

    def vector(self, name: str) -> Vector:
        """Return a point as it stands now."""
        x, y = self._points[int(name)].tolist()
        entry = self._set
        fixed = entry.fixed_because if entry is not None else ""
        source = f"{entry.name if entry is not None else ''}[{name}]"
        integer = entry is not None and entry.integer
        return Vector(name, source, x, y, editable=not fixed, integer=integer, reason=fixed)

    def other_of_pair(self, name: str) -> Vector | None:
        """A point is compared with none."""
        return None

    def snap_of(self, name: str) -> Snap:
        """Return the mode: whole numbers where the cells hold integers."""
        return "integer" if self._set is not None and self._set.integer else self._snap

    def key_step(self, name: str) -> float:
        """Units that one press of an arrow key moves."""
        return 1.0 if self._set is not None and self._set.integer else self.arrow_step()

    def reshape(self, name: str, value: Point) -> None:
        """Put a point elsewhere, live."""
        self._put(_with_row(self._points, int(name), value))
        self.pointMoved.emit(int(name), value)

    def move_tail(self, name: str, tail: Point) -> None:
        """Do nothing: a point has no tail."""

    def reshaped(self, name: str) -> None:
        """End a move."""
        self.keep_in_view()
        self._speak()
        self.pointMoveFinished.emit(int(name))

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""
        self._put(_with_row(self._points, int(name), value))
        self.pointMoveCancelled.emit()
        self._speak()

    # -- kept up to date

    def _put(self, points: np.ndarray) -> None:
        self._points = points
        self._reading = self._names = self._image = None
        self.changed()
        self._speech.start()
        self.readingChanged.emit()

    def _placed(self) -> np.ndarray:
        """Pixels of the finite points."""
        if self._places is None:
            finite = self.reading.finite
            drawn = self._points if len(finite) == len(self._points) else self._points[finite]
            self._places = placed(drawn, self._view)
        return self._places

    def _pixmap(self, places: np.ndarray) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (self._view, ratio, id(theme.current()))
        if self._image is None or self._image[0] != key:
            image = cloud_image(places, self._view, ratio, theme.current().vectors[1])
            self._image = key, QPixmap.fromImage(image)
        return self._image[1]


def _with_row(points: np.ndarray, row: int, value: Point) -> np.ndarray:
    changed = points.copy()
    changed[row] = value
    return changed
