"""The canvas on which a 2×2 matrix acts: its columns and a vector to try are in the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Signal

from playground.explain.geometry.eigen import ellipse, hunt, read_eigen, snapped
from playground.explain.geometry.maps import between, read_map
from playground.explain.text import vector_text
from playground.translation import tr
from playground.views.canvas.gestures import KeyMove, TipDrag
from playground.views.canvas.handled import HandledPlane
from playground.views.canvas.map.picture import MapView, paint_map
from playground.views.canvas.map.shapes import SQUARE, mapped
from playground.views.canvas.painting import ScenePainter
from playground.views.canvas.scene import Scene, nearest, place
from playground.views.canvas.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from playground.explain.geometry.eigen import Hunt
    from playground.session.maps import Map
    from playground.views.canvas.gestures import Gesture, KeyGesture
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.viewport import Point

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_COLUMNS = ("î", "ĵ")
_PROBE = "x"
FIRST_LAYERS = frozenset(("grid", "square", "letter"))


class MapCanvas(HandledPlane):
    """Shows what a matrix does, ``part`` of the way from the identity.

    Signals: ``columnMoved(j, (x, y))`` on every frame of a drag of column j, ``columnMoveFinished()`` once at its
    end, ``columnMoveCancelled()``; ``probeMoved()`` when the vector to try stands elsewhere.
    """

    columnMoved = Signal(object, object)
    columnMoveFinished = Signal(object)
    columnMoveCancelled = Signal()
    probeMoved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapCanvas")
        self.setAccessibleName(tr("The plane on which the matrix acts"))
        self._map: Map | None = None
        self._matrix = np.eye(2)
        self._part = 1.0
        self._layers = FIRST_LAYERS
        self._orders: tuple[np.ndarray, np.ndarray] | None = None
        self._x: Point = (1.0, 0.5)
        self._shown: MapView | None = None
        self._scene: Scene | None = None
        self._painter = ScenePainter()

    # -- what is shown

    def set_map(self, shown: Map | None) -> None:
        """Show a 2×2 matrix; None for none. Columns in a hand keep the hand's value."""
        self._map = shown
        if shown is not None and not self._held:
            self._matrix = shown.matrix
        self.keep_in_view()
        self._renew()

    def set_part(self, part: float) -> None:
        """Let it act ``part`` of the way, 0 to 1."""
        self._part = part
        self._renew()

    def set_layers(self, layers: frozenset[str]) -> None:
        """Show these of `picture.LAYERS`."""
        self._layers = layers
        self._renew()

    def set_orders(self, orders: tuple[np.ndarray, np.ndarray] | None) -> None:
        """Show what two maps do to the unit square in both orders."""
        self._orders = orders
        self.keep_in_view()
        self._renew()

    @property
    def view_of_map(self) -> MapView:
        """All that was read of the matrix as it is shown now."""
        if self._shown is None:
            matrix = self._matrix
            self._shown = MapView(
                now=between(matrix, self._part),
                layers=self._layers,
                reading=read_map(matrix),
                eigen=read_eigen(matrix),
                ellipse=ellipse(matrix),
                orders=self._orders,
            )
        return self._shown

    @property
    def is_drawn(self) -> bool:
        """Whether there is a matrix, and all its numbers are finite."""
        return self._map is not None and bool(np.isfinite(self._matrix).all())

    @property
    def matrix(self) -> np.ndarray:
        """The matrix as it is shown, shape ``(2, 2)``."""
        return self._matrix

    @property
    def hunted(self) -> Hunt:
        """What became of the vector to try."""
        return hunt(self._matrix, self._x, self.name)

    @property
    def name(self) -> str:
        """What the matrix is called."""
        return "A" if self._map is None else self._map.name

    def set_probe(self, x: Point) -> None:
        """Put the vector to try elsewhere."""
        self._x = x
        self.keep_in_view()
        self._renew()
        self.probeMoved.emit()

    def handle_position(self, name: str, part: str = "tip") -> QPoint:
        """Where the tip of ``î``, ``ĵ`` or ``x`` is, in this widget's pixels."""
        return QPointF(*self._view.to_pixels(self.vector(name).tip)).toPoint()

    def points(self) -> Sequence[Point]:
        """Corners of the unit square's images, and the vector to try with its own."""
        if not self.is_drawn:
            return ()
        corners = [mapped(SQUARE, self._matrix), *(mapped(SQUARE, order) for order in self._orders or ())]
        points = [(x, y) for shape in corners for x, y in shape.tolist()] + [(1.0, 0.0), (0.0, 1.0)]
        if "probe" in self._layers:
            points += [self._x, tuple(mapped(np.array([self._x]), self._matrix)[0].tolist())]
        return points

    def sentence(self) -> str:
        """Say what the matrix does."""
        if self._map is None:
            return tr("No 2×2 matrix here yet. Make one to see what it does to the plane.")
        if not self.is_drawn:
            return tr("A number of {name} isn't finite, so it has no picture.", name=self._map.name)
        shown = self.view_of_map
        columns = ", ".join(f"{name} → {vector_text(self._matrix[:, j])}" for j, name in enumerate(_COLUMNS))
        said = [f"{self._map.name}: {columns}.", shown.reading.sentence + ".", shown.eigen.sentence]
        if "probe" in self._layers:
            said.append(self.hunted.sentence + ".")
        if self._selected:
            said.append(tr("{name} is selected.", name=self._selected))
        return " ".join(said)

    def note(self) -> str:
        """Say why a column can't be dragged, or jumps."""
        name = self._held or self._hovered or (self._selected if self.hasFocus() else "")
        if self._map is None or name not in _COLUMNS:
            return ""
        if self._map.fixed_because:
            return self._map.fixed_because
        if self._map.integer and self._snap != "integer":
            return tr("{name} holds integers, so its columns snap to them", name=self._map.name)
        return ""

    def paint_shown(self, painter: QPainter) -> None:
        """Paint the images, then the arrows over them."""
        if not self.is_drawn:
            return
        paint_map(painter, self.view_of_map, self._view)
        scene = self._placed()
        scene.names.clear()
        chosen = self._selected if self.hasFocus() else ""
        area = self.area().adjusted(2, 2, -2, 0)
        self._painter.paint(painter, scene, area, self._background.labels, chosen, self._hovered)

    def changed(self) -> None:
        """Place the arrows anew."""
        self._scene = None
        super().changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._painter = ScenePainter()
        super().changeEvent(event)

    # -- hands

    def names(self) -> Sequence[str]:
        """The two columns, and the vector to try where it is shown."""
        if not self.is_drawn:
            return ()
        return (*_COLUMNS, _PROBE) if "probe" in self._layers else _COLUMNS

    def nearest(self, point: Point) -> tuple[str, str] | None:
        """Tips only: everything starts at the origin."""
        found = nearest(self._placed(), point, self._selected) if self.is_drawn else None
        return found if found is not None and found[1] == "tip" and found[0] in self.names() else None

    def take_hold(self, name: str, part: str, x: float, y: float) -> Gesture | None:
        """Drag a column of the matrix, all of it in effect, or the vector to try."""
        if not self.is_movable(name):
            return None
        self.set_part(1.0)
        return TipDrag(self, name, x, y)

    def key_gesture(self, name: str) -> KeyGesture | None:
        """Move a tip by steps."""
        if not self.is_movable(name):
            return None
        self.set_part(1.0)
        vector = self.vector(name)
        return KeyMove(self, name, (vector.x, vector.y))

    def is_movable(self, name: str) -> bool:
        """Whether its tip can be dragged: the vector to try always, columns of what a person edits."""
        return name == _PROBE or (self._map is not None and not self._map.fixed_because)

    def tip_of(self, name: str) -> str:
        """Say which column it is, and its coordinates."""
        vector = self.vector(name)
        value = vector_text((vector.x, vector.y))
        return tr("{name} is {source}, {value}.", name=name, source=vector.source, value=value)

    # -- what gestures ask for (see gestures.Board)

    def vector(self, name: str) -> Vector:
        """Return an arrow as it is shown now."""
        return next(vector for vector in self._vectors() if vector.name == name)

    def other_of_pair(self, name: str) -> Vector | None:
        """A column holds at a right angle to the other one."""
        return self.vector(_COLUMNS[1 - _COLUMNS.index(name)]) if name in _COLUMNS else None

    def snap_of(self, name: str) -> Snap:
        """Return the mode: whole numbers where the matrix holds integers."""
        return "integer" if self.vector(name).integer else self._snap

    def key_step(self, name: str) -> float:
        """Units that one press of an arrow key moves."""
        return 1.0 if self.vector(name).integer else self.arrow_step()

    def reshape(self, name: str, value: Point) -> None:
        """Give a column, or the vector to try, a new value, live."""
        if name == _PROBE:
            self._x = tuple(snapped(self.view_of_map.eigen, value).tolist()) if self._snap == "free" else value
            self._renew()
            self.probeMoved.emit()
            return
        column = _COLUMNS.index(name)
        self._matrix = self._matrix.copy()
        self._matrix[:, column] = value
        self._renew()
        self.columnMoved.emit(column, value)

    def move_tail(self, name: str, tail: Point) -> None:
        """Do nothing: a map keeps the origin where it is."""

    def reshaped(self, name: str) -> None:
        """End a move."""
        self.keep_in_view()
        self._speak()
        if name in _COLUMNS:
            self.columnMoveFinished.emit(_COLUMNS.index(name))

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""
        if name == _PROBE:
            self.set_probe(value)
        else:
            self._matrix = self._matrix.copy()
            self._matrix[:, _COLUMNS.index(name)] = value
            self.columnMoveCancelled.emit()
            self._renew()
        self._speak()

    # -- kept up to date

    def _vectors(self) -> list[Vector]:
        now = self.view_of_map.now
        name, integer = (self._map.name, self._map.integer) if self._map is not None else ("", False)
        fixed = self._map.fixed_because if self._map is not None else ""
        vectors = []
        for j, role in enumerate("uv"):
            x, y = now[:, j].tolist()
            source = f"{name}[:, {j}]"
            vectors.append(
                Vector(_COLUMNS[j], source, x, y, role=role, editable=not fixed, integer=integer, reason=fixed)
            )
        if "probe" in self._layers:
            x, y = mapped(np.array([self._x]), now)[0].tolist()
            why = tr("{name} x follows from x: drag x", name=name)
            vectors.append(Vector(f"{name} x", f"{name} @ x", x, y, role="1", editable=False, reason=why))
            vectors.append(Vector(_PROBE, "x", self._x[0], self._x[1], role="0"))
        return vectors

    def _placed(self) -> Scene:
        if self._scene is None:
            # The columns are the pair in front; their angle isn't what this picture is about.
            self._scene = Scene(place(self._vectors(), _COLUMNS, self._view).arrows)
        return self._scene

    def _renew(self) -> None:
        self._shown = None
        self.changed()
        self._speech.start()
