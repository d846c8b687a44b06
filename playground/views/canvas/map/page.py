"""The page of maps: which matrix acts, how far, what is shown of it, ready ones, and what it does in words."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from playground.explain.geometry.composing import compose
from playground.explain.geometry.eigen import power_iteration
from playground.language.names import free_name
from playground.session.maps import maps_of
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.map.map_canvas import FIRST_LAYERS, MapCanvas
from playground.views.canvas.map.picture import LAYERS
from playground.views.canvas.map.presets import changes, classics, plain_kinds
from playground.views.canvas.map.readout import MapReadout
from playground.views.canvas.mode import CanvasMode
from playground.views.choice import Choice
from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, SetBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playground.session.maps import Map
    from playground.session.snapshot import Snapshot
    from playground.views.canvas.map.presets import Preset

_HORIZONTAL = Qt.Orientation.Horizontal
_STEPS = 100
_FRAME_MS = 16
_PLAY_FRAMES = 75
"""A whole way from the identity takes 1.2 seconds."""


class MapPage(CanvasMode):
    """Shows what one of the document's 2×2 matrices does to the plane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas, self.readout = MapCanvas(self), MapReadout(self)
        self._maps: tuple[Map, ...] = ()
        self._taken: tuple[str, ...] = ()
        self._layers = FIRST_LAYERS
        self._first, self._then = Choice(self), Choice(self)
        self._slider, self._end, self._play = QSlider(_HORIZONTAL, self), _soft(""), QToolButton(self)
        self._followed: str | None = None
        self._frame = 0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._next_frame)
        self._build()
        self.canvas.columnMoved.connect(self._on_column_moved)
        self.canvas.columnMoveFinished.connect(
            lambda j: self.moveFinished.emit(tr("Move {source}", source=f"{self._first.currentText()}[:, {j}]"))
        )
        self.canvas.columnMoveCancelled.connect(self.moveCancelled)
        self.canvas.probeMoved.connect(self._say)

    # -- what is shown

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the maps of the document; the chosen entry acts where it is one."""
        self._taken = snapshot.workspace.names
        self._maps = tuple(found for found in maps_of(snapshot) if found.matrix.shape == (2, 2))
        names = [found.name for found in self._maps]
        _fill(self._first, names)
        _fill(self._then, [tr("nothing"), *names])
        if snapshot.selected in names and snapshot.selected != self._followed:
            self._followed = snapshot.selected
            self._first.setCurrentText(snapshot.selected)
        self._show_map()

    def caption(self) -> str:
        """Say which matrix acts."""
        shown = self._map()
        return "" if shown is None else tr("{name} acts on the plane", name=shown.name)

    def target(self) -> QWidget:
        """Keys go to the canvas."""
        return self.canvas

    def _map(self) -> Map | None:
        return next((found for found in self._maps if found.name == self._first.currentText()), None)

    def _show_map(self) -> None:
        shown = self._map()
        self.canvas.set_map(shown)
        self._end.setText(self.canvas.name)
        self._slider.setEnabled(shown is not None)
        self._play.setEnabled(shown is not None)
        self._say()
        self.captionChanged.emit()

    def _say(self) -> None:
        second = next((found for found in self._maps if found.name == self._then.currentText()), None)
        composition = None
        if second is not None and self.canvas.is_drawn and np.isfinite(second.matrix).all():
            composition = compose(self.canvas.matrix, second.matrix)
        orders = None if composition is None else (composition.a_then_b, composition.b_then_a)
        self.canvas.set_orders(orders)
        self.readout.show_map(self.canvas, composition)

    # -- hands

    def _on_column_moved(self, column: int, value: tuple[float, float]) -> None:
        shown = self._map()
        if shown is not None:
            self.cellsMoved.emit((SetBlock(shown.name, 0, column, np.array(value).reshape(2, 1)),))

    def _make(self, preset: Preset) -> None:
        """Write a ready matrix into the cells, or into a new entry where none can be written into."""
        shown = self._map()
        matrix = preset.make(np.eye(2) if shown is None else shown.matrix)
        if shown is None or shown.fixed_because or (shown.integer and (matrix != np.rint(matrix)).any()):
            name = free_name(self._taken)
            self.editRequested.emit(AddArray(name, Array.of(matrix)), name)
        else:
            self.editRequested.emit(SetBlock(shown.name, 0, 0, matrix), None)

    def _step(self) -> None:
        """One step of power iteration: x becomes its image, made as long as x was."""
        if "probe" not in self._layers:
            self._toggle("probe", shown=True)
        x = self.canvas.hunted.x
        taken = power_iteration(self.canvas.matrix, x, 2)
        if len(taken) == 2:
            length = math.hypot(*x)
            self.canvas.set_probe((taken[1].vector[0] * length, taken[1].vector[1] * length))
        self._say()

    def _toggle(self, layer: str, *, shown: bool) -> None:
        self._layers = self._layers | {layer} if shown else self._layers - {layer}
        self.canvas.set_layers(self._layers)
        self._say()

    # -- on its way from the identity

    def _on_part(self, value: int) -> None:
        self.canvas.set_part(value / _STEPS)

    def _start(self) -> None:
        self._slider.setValue(0)
        self._frame = 0
        self._timer.start()

    def _next_frame(self) -> None:
        self._frame += 1
        if self._frame >= _PLAY_FRAMES or not self.isVisible():
            self._timer.stop()
        self._slider.setValue(round(_STEPS * min(1.0, self._frame / _PLAY_FRAMES)))

    # -- the parts of the page

    def _build(self) -> None:
        self._first.setObjectName("mapFirst")
        self._first.setAccessibleName(tr("Matrix that acts"))
        self._then.setObjectName("mapThen")
        self._then.setAccessibleName(tr("Matrix that acts after it"))
        for choice in (self._first, self._then):
            choice.activated.connect(self._show_map)
        self._slider.setObjectName("mapPart")
        self._slider.setAccessibleName(tr("How far the matrix acts, from not at all to whole"))
        self._slider.setRange(0, _STEPS)
        self._slider.setValue(_STEPS)
        self._slider.valueChanged.connect(self._on_part)
        self._play.setObjectName("mapPlay")
        self._play.setText("▶")
        self._play.setAccessibleName(tr("Play the way from the identity"))
        self._play.setToolTip(tr("Play the way from the identity"))
        self._play.clicked.connect(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row(self._first, _soft(tr("then")), self._then))
        column.addWidget(self.canvas, 1)
        column.addLayout(self._row(_soft("I"), self._slider, self._end, self._play))
        column.addLayout(self._row(*self._buttons()))
        column.addWidget(self.readout)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        row.setSpacing(theme.px(8))
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, QSlider | Choice) else 0)
        return row

    def _buttons(self) -> tuple[QWidget, ...]:
        show = _menu_button("mapShow", tr("Show"), tr("Choose what is shown"))
        show.clicked.connect(partial(self._open, show, self._fill_layers))
        make = _menu_button("mapMake", tr("Make"), tr("Ready matrices, written into the cells"))
        make.clicked.connect(partial(self._open, make, self._fill_presets))
        step = QToolButton(self)
        step.setObjectName("mapStep")
        step.setText(tr("Step"))
        step.setToolTip(tr("One step of power iteration: x becomes its image, as long as before"))
        step.setAccessibleName(tr("One step of power iteration"))
        step.clicked.connect(self._step)
        return show, make, step

    def _open(self, button: QToolButton, fill: Callable[[QMenu], None]) -> None:
        menu = QMenu(self)
        fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _fill_layers(self, menu: QMenu) -> None:
        for layer, title in zip(LAYERS, _layer_titles(), strict=True):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(layer in self._layers)
            action.toggled.connect(lambda on, layer=layer: self._toggle(layer, shown=on))

    def _fill_presets(self, menu: QMenu) -> None:
        self._add_presets(menu, plain_kinds())
        if self.canvas.is_drawn:
            menu.addSeparator()
            self._add_presets(menu, changes(self.canvas.view_of_map.reading))
        menu.addSeparator()
        self._add_presets(menu.addMenu(tr("Classic dozen (eigshow)")), classics())

    def _add_presets(self, menu: QMenu, presets: Iterable[Preset]) -> None:
        for preset in presets:
            menu.addAction(preset.title).triggered.connect(lambda _checked, preset=preset: self._make(preset))


def _fill(choice: Choice, names: list[str]) -> None:
    """Give a choice other entries and keep what was chosen where it is still there."""
    if [choice.itemText(k) for k in range(choice.count())] == names:
        return
    before = choice.currentText()
    choice.clear()
    choice.addItems(names)
    choice.setCurrentIndex(max(0, names.index(before) if before in names else 0))


def _soft(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "soft")
    return label


def _menu_button(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(f"{text} \N{BLACK DOWN-POINTING SMALL TRIANGLE}")
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def _layer_titles() -> tuple[str, ...]:
    """Titles of `picture.LAYERS`, in their order."""
    return (
        tr("Grid"), tr("Unit square and its area"), tr("Unit circle"), tr("A letter"), tr("A vector x and its image"),
        tr("Eigenvectors: directions that are kept"), tr("Singular vectors: axes of the ellipse"),
        tr("Null space and column space"),
    )  # fmt: skip
