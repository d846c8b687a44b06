"""The page of points: which matrix's rows are seen, what is shown of them, and what they say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.language.names import free_name
from playground.session.clouds import cloud_names, cloud_of
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.mode import CanvasMode
from playground.views.canvas.points.picture import LAYERS
from playground.views.canvas.points.points_canvas import PointsCanvas
from playground.views.canvas.points.readout import PointsReadout
from playground.views.choice import Choice
from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, SetBlock

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot

_EXAMPLE = ((-2, -1), (-1.5, 0), (-1, -0.8), (-0.5, 0.4), (0, 0.2), (0.5, -0.3), (1, 1), (1.5, 0.6), (2, 1.6), (3, 1.4))


class PointsPage(CanvasMode):
    """Shows the rows of one of the document's n×2 matrices as points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas, self.readout = PointsCanvas(self), PointsReadout(self)
        self._choice = Choice(self)
        self._snapshot: Snapshot | None = None
        self._followed: str | None = None
        self._build()
        self.canvas.pointMoved.connect(self._on_moved)
        self.canvas.pointMoveFinished.connect(
            lambda row: self.moveFinished.emit(tr("Move {source}", source=f"{self._choice.currentText()}[{row}]"))
        )
        self.canvas.pointMoveCancelled.connect(self.moveCancelled)
        self.canvas.readingChanged.connect(lambda: self.readout.show_points(self.canvas))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the points of the document; those of the chosen entry where it has some."""
        self._snapshot = snapshot
        names = list(cloud_names(snapshot))
        if [self._choice.itemText(k) for k in range(self._choice.count())] != names:
            before = self._choice.currentText()
            self._choice.clear()
            self._choice.addItems(names)
            self._choice.setCurrentIndex(names.index(before) if before in names else min(0, len(names) - 1))
        if snapshot.selected in names and snapshot.selected != self._followed:
            self._choice.setCurrentText(snapshot.selected)
        # What is chosen but isn't computed yet is followed as soon as it is.
        self._followed = snapshot.selected if snapshot.selected in names else None
        self._show_points()

    def caption(self) -> str:
        """Say whose rows are seen."""
        shown = self.canvas.shown
        return "" if shown is None else tr("rows of {name}", name=shown.name)

    def target(self) -> QWidget:
        """Keys go to the canvas."""
        return self.canvas

    def _show_points(self) -> None:
        if self._snapshot is not None:
            self.canvas.set_points(cloud_of(self._snapshot, self._choice.currentText(), self.canvas.shown))
            self.readout.show_points(self.canvas)
            self.captionChanged.emit()

    def _on_moved(self, row: int, value: tuple[float, float]) -> None:
        self.cellsMoved.emit((SetBlock(self._choice.currentText(), row, 0, np.array([value])),))

    def _toggle(self, layer: str, *, shown: bool) -> None:
        layers = self.canvas.layers
        self.canvas.set_layers(layers | {layer} if shown else layers - {layer})
        self.readout.show_points(self.canvas)

    def _make(self) -> None:
        if self._snapshot is not None:
            name = free_name(self._snapshot.workspace.names)
            self.editRequested.emit(AddArray(name, Array.of(np.array(_EXAMPLE))), name)

    # -- the parts of the page

    def _build(self) -> None:
        self._choice.setObjectName("pointsOf")
        self._choice.setAccessibleName(tr("Matrix whose rows are the points"))
        self._choice.activated.connect(self._show_points)
        title = tr("Show") + " \N{BLACK DOWN-POINTING SMALL TRIANGLE}"
        show = self._show = _button("pointsShow", title, tr("Choose what is shown"))
        show.clicked.connect(self._open)
        make = _button("pointsMake", tr("New points"), tr("Add a matrix of ten points to play with"))
        make.clicked.connect(self._make)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self._choice, 1)
        row.addWidget(show)
        row.addWidget(make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.readout)

    def _open(self) -> None:
        menu = QMenu(self)
        for layer, title in zip(LAYERS, _layer_titles(), strict=True):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(layer in self.canvas.layers)
            action.toggled.connect(lambda on, layer=layer: self._toggle(layer, shown=on))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._show.mapToGlobal(QPoint(0, self._show.height())))


def _button(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def _layer_titles() -> tuple[str, ...]:
    """Titles of `picture.LAYERS`, in their order."""
    return (
        tr("Mean"), tr("Covariance ellipse (2σ)"), tr("Principal axes"), tr("Regression line"), tr("Residuals"),
    )  # fmt: skip
