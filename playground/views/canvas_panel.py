"""The right side: the canvas of vectors with its readout and pin, and the other ways of using the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.canvas.canvas import VectorCanvas
from playground.views.canvas.mode import VECTORS, CanvasMode, mode_rows, vectors_title
from playground.views.canvas.readout import CanvasReadout
from playground.views.canvas.vector import Vector
from playground.views.elided import ElidedLabel

if TYPE_CHECKING:
    from playground.session.arrows import Arrow, Arrows
    from playground.session.snapshot import Snapshot


_SHOWN = ("analysis", "arrows", "shown")
"""Fields of a snapshot that vectors are drawn from; a page may look at others too."""


class CanvasPanel(QFrame):
    """Shows the arrows of a snapshot, or what another way of using the canvas shows of it.

    Signals
    -------
    vectorMoved
        Name of the vector and its new tip, on every frame of a drag.
    vectorMoveFinished, vectorMoveCancelled
        Name of the vector.
    pinRequested
        True to keep the vectors that are there.
    cellsMoved, moveFinished, moveCancelled, editRequested
        As `CanvasMode`'s, of the page that is seen.
    """

    vectorMoved = Signal(object, object)
    vectorMoveFinished = Signal(object)
    vectorMoveCancelled = Signal(object)
    pinRequested = Signal(bool)
    cellsMoved = Signal(object)
    moveFinished = Signal(object)
    moveCancelled = Signal()
    editRequested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.canvas = VectorCanvas(self)
        self.readout = CanvasReadout(self)
        self._snapshot: Snapshot | None = None
        self._pages: dict[str, CanvasMode] = {}
        self._mode = VECTORS
        self._title = QToolButton()
        self._title.setObjectName("canvasMode")
        self._title.setProperty("kind", "heading")
        self._title.setText(_with_arrow(vectors_title()))
        self._title.setAccessibleName(tr("What the canvas shows"))
        self._title.clicked.connect(self._open_menu)
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
        head.setContentsMargins(8, 6, 10, 2)
        head.addWidget(self._title)
        head.addSpacing(8)
        head.addWidget(self._caption, 1)
        head.addWidget(self._pin)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.readout)
        self.canvas.vectorMoved.connect(self.vectorMoved)
        self.canvas.vectorMoveFinished.connect(self.vectorMoveFinished)
        self.canvas.vectorMoveCancelled.connect(self.vectorMoveCancelled)

    @property
    def mode(self) -> str:
        """Key of the way that is seen."""
        return self._mode

    def target(self) -> QWidget:
        """Return what the keys go to when the panel is gone to."""
        page = self._pages.get(self._mode)
        return self.canvas if page is None else page.target()

    def show_mode(self, key: str) -> None:
        """Use the canvas in another way; its page is built when it is first wanted."""
        if key == self._mode:
            return
        row = next((row for row in mode_rows() if row.key == key), None)
        self._mode = VECTORS if row is None else key
        if row is not None and key not in self._pages:
            self._add_page(key, row.build(self))
        self._title.setText(_with_arrow(vectors_title() if row is None else row.title))
        for widget in (self.canvas, self.readout, self._pin):
            widget.setVisible(row is None)
        for name, page in self._pages.items():
            page.setVisible(name == self._mode)
        snapshot, self._snapshot = self._snapshot, None
        if snapshot is not None:
            self.show_snapshot(snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the vectors, the pair, and whether they belong to a result that is no longer true; or the page."""
        before, self._snapshot = self._snapshot, snapshot
        page = self._pages.get(self._mode)
        if page is not None:
            page.show_snapshot(snapshot)
            self._caption.setText(page.caption())
            return
        if before is not None and all(getattr(before, name) is getattr(snapshot, name) for name in _SHOWN):
            return
        arrows = snapshot.arrows
        self._caption.setText(_caption(arrows))
        self.canvas.set_vectors(vectors_of(arrows))
        pair = arrows.pair if arrows is not None else None
        self.canvas.set_pair(*(pair or ("", "")))
        meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
        self.canvas.set_stale(meaning is not None and meaning.problem is not None)
        self.readout.set_pair(arrows.geometry if arrows is not None else None, pair or ("u", "v"))

    def _add_page(self, key: str, page: CanvasMode) -> None:
        self._pages[key] = page
        self._column.addWidget(page, 1)
        page.cellsMoved.connect(self.cellsMoved)
        page.moveFinished.connect(self.moveFinished)
        page.moveCancelled.connect(self.moveCancelled)
        page.editRequested.connect(self.editRequested)
        page.captionChanged.connect(lambda: self._caption.setText(page.caption()))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for key, title, tip in [(VECTORS, vectors_title(), ""), *((r.key, r.title, r.tip) for r in mode_rows())]:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(key == self._mode)
            action.setToolTip(tip)
            action.triggered.connect(lambda _checked, key=key: self.show_mode(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._title.mapToGlobal(self._title.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        size = super().sizeHint()
        size.setWidth(theme.px(336))
        return size


def _with_arrow(title: str) -> str:
    return f"{title} \N{BLACK DOWN-POINTING SMALL TRIANGLE}"


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
        note=arrow.note,
        values=() if arrow.plane is None else arrow.values,
        shadow=arrow.plane is not None and arrow.plane.lost > 0,
    )


def _caption(arrows: Arrows | None) -> str:
    if arrows is None:
        return ""
    if arrows.caption:
        return arrows.caption
    return " · ".join(f"{arrow.name} = {arrow.source}" for arrow in arrows.arrows[:2])
