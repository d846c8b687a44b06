"""The page of norms: unit balls for any p, or clipping to a limit, with a vector of the document or a free one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.mode import CanvasMode
from playground.views.canvas.norms.norms_canvas import NormsCanvas
from playground.views.canvas.norms.number_field import NumberField
from playground.views.canvas.norms.readout import NormsReadout
from playground.views.canvas.norms.sources import Source, moved, sources_of
from playground.views.choice import Choice

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot

_HORIZONTAL = Qt.Orientation.Horizontal
_LEAST_P = 0.3
_STOPS = (0.3, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, math.inf)
"""What arrow keys step p through."""
_ROUND = (0.5, 1.0, 2.0, 3.0, 4.0)
"""Where the slider holds gently."""
_SLIDER = 200


class NormsPage(CanvasMode):
    """Shows how long a vector is for different norms, or what clipping does to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = Source(tr("free"), (1.6, 1.2))
        self._sources: tuple[Source, ...] = (self._free,)
        self._followed: str | None = None
        self.canvas = NormsCanvas(self._free, self)
        self.readout = NormsReadout(self.canvas, self)
        self._choice = Choice(self)
        self._choice.addItem(self._free.label)
        self._slider = QSlider(_HORIZONTAL, self)
        self._p = NumberField(lambda p: p >= _LEAST_P, _stepped_p, self)
        self._limit = NumberField(lambda c: 0 <= c < math.inf, self._stepped_limit, self)
        self._balls_row, self._clipping_row = QWidget(self), QWidget(self)
        self._build()
        self._connect()
        self._on_p(self.canvas.p)
        self._limit.set_value(self.canvas.limit)
        self._clipping_row.hide()

    # -- what is shown

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the vectors of the document; the chosen entry's first one where it has one."""
        self._sources = (self._free, *sources_of(snapshot))
        labels = [source.label for source in self._sources]
        if [self._choice.itemText(k) for k in range(self._choice.count())] != labels:
            before = self._choice.currentText()
            self._choice.clear()
            self._choice.addItems(labels)
            self._choice.setCurrentIndex(labels.index(before) if before in labels else 0)
        selected = snapshot.selected
        first = next((k for k, source in enumerate(self._sources) if source.name and source.name == selected), None)
        if first is not None and selected != self._followed:
            self._followed = selected
            self._choice.setCurrentIndex(first)
        self._show()

    def caption(self) -> str:
        """Say which vector is measured."""
        source = self._source()
        return f"x = {source.label}" if source.name else tr("x stands free")

    def target(self) -> QWidget:
        """Keys go to the canvas."""
        return self.canvas

    def _source(self) -> Source:
        return self._sources[max(0, self._choice.currentIndex())]

    def _show(self) -> None:
        self.canvas.set_source(self._source())
        self.readout.refresh()
        self.captionChanged.emit()

    # -- hands

    def _on_point(self, value: tuple[float, float]) -> None:
        source = self._source()
        if source.name:
            self.cellsMoved.emit((moved(source, value),))
        else:
            self._free = replace(self._free, value=value)
            self._sources = (self._free, *self._sources[1:])
        self.readout.refresh()

    def _on_finished(self) -> None:
        if self._source().name:
            self.moveFinished.emit(tr("Move {source}", source=self._source().label))
        self._show()

    def _on_cancelled(self) -> None:
        if self._source().name:
            self.moveCancelled.emit()
        self._show()

    def _on_p(self, p: float) -> None:
        self._p.set_value(p)
        self._slider.blockSignals(True)
        self._slider.setValue(round(_SLIDER * _place(p)))
        self._slider.blockSignals(False)
        self.canvas.set_p(p)
        self.readout.refresh()

    def _on_slider(self, place: int) -> None:
        p = _p_at(place / _SLIDER)
        self._p.set_value(p)
        self.canvas.set_p(p)
        self.readout.refresh()

    def _on_limit(self) -> None:
        self._limit.set_value(self.canvas.limit)
        self.readout.refresh()

    def _stepped_limit(self, limit: float, by: int) -> float:
        step = self.canvas.arrow_step()
        return max(0.0, round(limit + by * step, max(0, -math.floor(math.log10(step)))))

    def _set_clipping(self, clipping: bool) -> None:
        self._balls_row.setVisible(not clipping)
        self._clipping_row.setVisible(clipping)
        self.canvas.set_clipping(clipping)
        self.readout.refresh()

    # -- the parts of the page

    def _connect(self) -> None:
        self._choice.activated.connect(self._show)
        self._slider.valueChanged.connect(self._on_slider)
        self._p.numberChosen.connect(self._on_p)
        self._p.numberRefused.connect(
            lambda text: self.canvas.complain(tr("p is a number from 0.3 to ∞, not “{text}”.", text=text))
        )
        self._limit.numberChosen.connect(self.canvas.set_limit)
        self._limit.numberRefused.connect(
            lambda text: self.canvas.complain(tr("The limit is a number of 0 or more, not “{text}”.", text=text))
        )
        self.canvas.limitChanged.connect(self._on_limit)
        self.canvas.pointMoved.connect(self._on_point)
        self.canvas.pointMoveFinished.connect(self._on_finished)
        self.canvas.pointMoveCancelled.connect(self._on_cancelled)

    def _build(self) -> None:
        self._choice.setObjectName("normsVector")
        self._choice.setAccessibleName(tr("Vector that is measured"))
        self._choice.setMinimumContentsLength(6)
        self._slider.setObjectName("normsSlider")
        self._slider.setAccessibleName(tr("p, from 0.3 to infinity"))
        self._slider.setRange(round(_SLIDER * _place(_LEAST_P)), _SLIDER)
        self._p.setObjectName("normsP")
        self._p.setAccessibleName(tr("p, a number from 0.3 to ∞"))
        self._limit.setObjectName("normsLimit")
        self._limit.setAccessibleName(tr("Limit c of clipping"))
        group = QButtonGroup(self)
        balls = _segment("normsBalls", tr("Unit balls"), tr("All vectors that are no longer than 1, by each norm"))
        clipping = _segment("normsClipping", tr("Clipping"), tr("Vectors made no longer than a limit"))
        for button, on in ((balls, False), (clipping, True)):
            group.addButton(button)
            button.clicked.connect(lambda _checked, on=on: self._set_clipping(on))
        balls.setChecked(True)
        self._fill(self._balls_row, _soft("p"), self._slider, self._p)
        hint = _soft(tr("or drag the circle or square"))
        self._fill(self._clipping_row, _soft(tr("limit c")), self._limit, hint)
        head = QWidget(self)
        self._fill(head, balls, clipping, self._choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._balls_row)
        column.addWidget(self._clipping_row)
        column.addWidget(self.readout)

    def _fill(self, row: QWidget, *widgets: QWidget) -> None:
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        line.setSpacing(theme.px(8))
        for widget in widgets:
            line.addWidget(widget, 1 if widget in (self._slider, self._choice) or isinstance(widget, QLabel) else 0)
        if isinstance(widgets[0], QLabel):
            line.setStretch(0, 0)


def _place(p: float) -> float:
    """Where p is on its slider, 0 to 1: half way is p = 1, the end infinity."""
    return 1.0 if math.isinf(p) else p / (1 + p)


def _p_at(place: float) -> float:
    """Return the p at a place of the slider, with two digits; round ones hold gently."""
    if place >= 1:
        return math.inf
    near = next((p for p in _ROUND if abs(_place(p) - place) < 1.2 / _SLIDER), None)
    return float(f"{place / (1 - place):.2g}") if near is None else near


def _stepped_p(p: float, by: int) -> float:
    """Return the next stop above or below."""
    if by > 0:
        return next((stop for stop in _STOPS if stop > p), math.inf)
    return next((stop for stop in reversed(_STOPS) if stop < p), _LEAST_P)


def _segment(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setProperty("kind", "segment")
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setCheckable(True)
    return button


def _soft(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "soft")
    return label
