"""The right side: the canvas of vectors, its readout, and the pin that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.canvas.canvas import VectorCanvas
from playground.views.canvas.readout import CanvasReadout
from playground.views.canvas.vector import Vector
from playground.views.elided import ElidedLabel

if TYPE_CHECKING:
    from playground.session.arrows import Arrow, Arrows
    from playground.session.snapshot import Snapshot


class CanvasPanel(QFrame):
    """Shows the arrows of a snapshot.

    Signals
    -------
    vectorMoved
        Name of the vector and its new tip, on every frame of a drag.
    vectorMoveFinished, vectorMoveCancelled
        Name of the vector.
    pinRequested
        True to keep the vectors that are there.
    """

    vectorMoved = Signal(object, object)
    vectorMoveFinished = Signal(object)
    vectorMoveCancelled = Signal(object)
    pinRequested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.canvas = VectorCanvas(self)
        self.readout = CanvasReadout(self)
        self._title = QLabel(tr("Vectors"))
        self._title.setProperty("kind", "heading")
        self._caption = ElidedLabel()
        self._caption.setProperty("kind", "soft")
        self._pin = QToolButton()
        self._pin.setObjectName("pinButton")
        self._pin.setText(tr("Pin"))
        self._pin.setCheckable(True)
        self._pin.setProperty("kind", "quiet")
        self._pin.setAccessibleName(tr("Keep these vectors on the canvas"))
        self._pin.setToolTip(tr("Keep these vectors, whatever cell is chosen"))
        self._pin.toggled.connect(self.pinRequested)
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 10, 2)
        head.addWidget(self._title)
        head.addSpacing(8)
        head.addWidget(self._caption, 1)
        head.addWidget(self._pin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.readout)
        self.canvas.vectorMoved.connect(self.vectorMoved)
        self.canvas.vectorMoveFinished.connect(self.vectorMoveFinished)
        self.canvas.vectorMoveCancelled.connect(self.vectorMoveCancelled)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the vectors, the pair, and whether they belong to a result that is no longer true."""
        arrows = snapshot.arrows
        self._caption.setText(_caption(arrows))
        self.canvas.set_vectors(vectors_of(arrows))
        pair = arrows.pair if arrows is not None else None
        self.canvas.set_pair(*(pair or ("", "")))
        meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
        self.canvas.set_stale(meaning is not None and meaning.problem is not None)
        self.readout.set_pair(arrows.geometry if arrows is not None else None, pair or ("u", "v"))

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        size = super().sizeHint()
        size.setWidth(theme.px(336))
        return size


def vectors_of(arrows: Arrows | None) -> tuple[Vector, ...]:
    """The arrows as the canvas draws them; the pair in the two vector colours."""
    if arrows is None:
        return ()
    return tuple(_vector(arrow, position, arrows) for position, arrow in enumerate(arrows.arrows))


def _vector(arrow: Arrow, position: int, arrows: Arrows) -> Vector:
    pair = arrows.pair or (arrow.name, "")
    role = "u" if arrow.name == pair[0] else "v" if arrow.name == pair[1] else str(position)
    return Vector(
        name=arrow.name,
        source=arrow.source,
        x=arrow.tip[0],
        y=arrow.tip[1],
        role=role,
        editable=bool(arrow.cells) and not arrow.fixed_because,
        integer=arrow.integer,
        reason=arrow.fixed_because,
    )


def _caption(arrows: Arrows | None) -> str:
    if arrows is None:
        return ""
    if arrows.caption:
        return arrows.caption
    return " · ".join(f"{arrow.name} = {arrow.source}" for arrow in arrows.arrows[:2])
