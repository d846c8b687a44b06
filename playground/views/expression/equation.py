"""The equation: the shown formula as it is written, with grids in place of the names, and its result."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from playground.session.commands import add_array
from playground.views import theme
from playground.views.editing import connect_looks, connect_operand
from playground.views.expression.boxes import EmptyPlace, GridBox
from playground.views.expression.equation_filling import Filling
from playground.views.expression.equation_parts import (
    Kind,
    Part,
    Size,
    best_scale,
    break_lines,
    equation_parts,
    focus_of,
    full_parts,
    heightened,
    is_true,
    line_width,
    place,
    total_height,
    widened,
)
from playground.views.expression.pointing import Pointing
from playground.views.expression.slices import show_slice
from playground.views.expression.thumbnail_box import ThumbnailBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from playground.language.infer import Inference
    from playground.language.problems import Span
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.expression.equation_parts import Scale

_STALE_AFTER_MS = 300
"""How long an answer may take before the last one is greyed."""
_BOXES = (Kind.OPERAND, Kind.STEP, Kind.RESULT)

Structure = tuple[tuple[Part, ...], frozenset[int]]
"""The parts of the equation, and which of them are full grids."""


class EquationView(QScrollArea):
    """Builds its boxes anew only when the formula's structure changes; numbers and shapes are set into them."""

    shown = Signal(object, object)  # the parts of the equation and their widgets, set or arranged anew

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("equation")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._session = session
        self._sheet = QWidget()
        self._sheet.setObjectName("equationSheet")
        self.setWidget(self._sheet)
        self._empty = EmptyPlace(self._sheet)
        self._empty.matrixWanted.connect(lambda: add_array(session, np.zeros((3, 3))))
        self.before: tuple[QWidget, ...] = ()  # what Tab comes from, and
        self.behind: tuple[QWidget, ...] = ()  # what it goes on to
        self._structure: Structure = ((), frozenset())
        self._good: Structure = ((), frozenset())  # of the last formula without a problem
        self._last_parts: tuple[str, Inference | None, str | None, tuple[Part, ...]] = ("", None, None, ())
        self._widgets: list[QWidget] = []
        self._targets: list[QWidget] = []
        self._wanted: int | None = None
        self._filling = Filling(session)
        self._pointing = Pointing(self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_STALE_AFTER_MS)
        self._late.timeout.connect(self._on_late)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._arrange)
        session.windowArrived.connect(self._filling.on_window_arrived)
        session.hand = self._hand
        session.handReturned.connect(self._on_hand_returned)

    @property
    def filling(self) -> Filling:
        """What sets numbers into the boxes, and has those of large arrays read beside the window."""
        return self._filling

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the equation of the shown entry, or the array alone."""
        structure = self._structure_of(snapshot)
        if structure != self._structure:
            if structure[0] != self._structure[0]:
                self._wanted = None
                structure = self._structure_of(snapshot)
            self._build(structure)
        self._filling.fill(self._boxes(), snapshot)
        self._pointing.show(self._boxes(), snapshot)
        if is_true(snapshot):
            self._good = self._structure
        self._order_tabs()
        self.watch(snapshot)
        if self._settle.isActive() and self.isVisible():  # before, it has no room yet, and is arranged when it has
            self._arrange()
        self.tell()

    def tell(self) -> None:
        """Say what stands here, to who adds something to it."""
        self.shown.emit(self._structure[0], self._widgets)

    def _structure_of(self, snapshot: Snapshot) -> Structure:
        name = snapshot.shown
        if name is None:
            return (), frozenset()
        meaning = snapshot.analysis.meanings.get(name)
        if meaning is None:
            return (Part(Kind.OPERAND, name),), frozenset((0,))
        inference = meaning.inference
        parts = self._parts_of(name, inference, snapshot.unfolded)
        if not parts or inference.tree is None:
            # Text that can't be read keeps the last good picture; one that was wrong already is none.
            is_its = bool(self._good[0]) and self._good[0][-1].text == name
            return self._good if is_its else ((Part(Kind.RESULT, name),), frozenset((0,)))
        return parts, full_parts(parts, inference.tree, focus_of(snapshot), self._wanted)

    def _parts_of(self, name: str, inference: Inference, unfolded: str | None) -> tuple[Part, ...]:
        """As `equation_parts`, which costs too much for every frame of a drag."""
        last_name, last_inference, last_unfolded, parts = self._last_parts
        if (name, unfolded) != (last_name, last_unfolded) or inference is not last_inference:
            parts = equation_parts(name, inference, unfolded)
            self._last_parts = (name, inference, unfolded, parts)
        return parts

    def _build(self, structure: Structure) -> None:
        """Make the widgets of ``structure``, keeping the boxes whose part is still there."""
        old = list(zip(self._structure[0], self._widgets, strict=True))
        self._structure = structure
        self._widgets = [
            self._reused(part, index in structure[1], old) or self._made(part, index in structure[1])
            for index, part in enumerate(structure[0])
        ]
        for _, widget in old:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        for widget in self._widgets:
            widget.show()
        self._empty.setVisible(not self._widgets)
        self._want_arranging()

    def _order_tabs(self) -> None:
        """Let Tab go from part to part as the formula is read."""
        targets: list[QWidget] = []
        for widget in self._widgets:
            targets += [*widget.stops, widget.target] if isinstance(widget, GridBox) else [widget]
        if targets == self._targets:
            return
        self._targets = targets
        order = [target for target in targets if target.focusPolicy() != Qt.FocusPolicy.NoFocus]
        for first, second in itertools.pairwise((*self.before, *order, *self.behind)):
            QWidget.setTabOrder(first, second)

    def _reused(self, part: Part, full: bool, old: list[tuple[Part, QWidget]]) -> QWidget | None:
        kind = GridBox if full else ThumbnailBox
        if part.kind not in _BOXES:
            return None
        for index, (old_part, widget) in enumerate(old):
            if old_part.kind is part.kind and old_part.text == part.text and isinstance(widget, kind):
                del old[index]
                return widget
        return None

    def _made(self, part: Part, full: bool) -> QWidget:
        if part.kind not in _BOXES:
            label = QLabel(part.text, self._sheet)
            label.setProperty("kind", "soft")
            label.setFont(theme.mono(24 if part.kind is Kind.OPERATOR else 20))
            return label
        if not full:
            thumbnail = ThumbnailBox(part.text, self._sheet)
            thumbnail.clicked.connect(self._on_thumbnail_clicked)
            thumbnail.sizeWanted.connect(self._want_arranging)
            return thumbnail
        is_operand = part.kind is Kind.OPERAND
        name = "operandGrid" if is_operand else "resultGrid" if part.kind is Kind.RESULT else "stepGrid"
        box = GridBox(part.text, name, self._sheet)
        box.sizeWanted.connect(self._want_arranging)
        box.sliceWanted.connect(partial(show_slice, self._session, box, is_result=part.kind is Kind.RESULT))
        connect_looks(box.grid, part.text, self._session)
        self._pointing.watch(box.grid)
        if is_operand:
            connect_operand(box.grid, part.text, self._session)
        else:
            box.grid.refused.connect(lambda text: self._session.notify("grid", text))
        if part.kind is Kind.RESULT:
            box.grid.set_active_shown(True)
            box.grid.cellChosen.connect(self._filling.choose_cell)
        return box

    @property
    def parts(self) -> Sequence[QWidget]:
        """What stands in the equation, as it is read."""
        return self._widgets

    def open_part(self, place: int) -> GridBox | None:
        """Show part number ``place`` as a grid in full size; None where there is none."""
        if isinstance(self._widgets[place], ThumbnailBox):
            self._wanted = place
            self.show_snapshot(self._session.snapshot)
        made = self._widgets[place] if place < len(self._widgets) else None
        return made if isinstance(made, GridBox) else None

    def _boxes(self) -> list[tuple[Part, QWidget]]:
        return [pair for pair in zip(self._structure[0], self._widgets, strict=True) if pair[0].kind in _BOXES]

    def watch(self, snapshot: Snapshot) -> None:
        """Grey a result that is long in coming; all that a change of ``computing`` means here."""
        state = snapshot.results.get(snapshot.shown or "")
        waits = snapshot.computing and state is not None and not state.current
        if not waits:
            self._late.stop()
        elif not self._late.isActive():
            self._late.start()

    def _on_late(self) -> None:
        self._filling.grey_results(self._boxes())

    def _hand(self) -> object:
        from playground.views.expression.hand import hand_in  # nothing is edited before the first picture

        return hand_in(self)

    def _on_hand_returned(self, hand: object, before: object) -> None:
        from playground.views.expression.hand import bring_back

        bring_back(self, hand, before)

    def light(self, span: Span | None) -> None:
        """Light the grids that stand inside ``span`` of the formula, or are what it gives; None for none."""
        inference = self._last_parts[1]
        tree = None if inference is None else inference.tree
        source = "" if span is None or inference is None else inference.source[span.start : span.end]
        whole = span is not None and tree is not None and span == tree.span
        for part, widget in zip(self._structure[0], self._widgets, strict=True):
            inside = span is not None and part.span is not None and span.start <= part.span.start < span.end
            inside = inside or (whole and part.kind is Kind.RESULT) or (part.kind is Kind.STEP and part.text == source)
            if bool(widget.property("lit")) == inside:
                continue
            if isinstance(widget, GridBox):
                widget.light(inside)
            else:
                widget.setProperty("lit", inside)
                theme.polish(widget)

    # -- where it stands -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room: find the largest scale that fits it."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Fonts or colours may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._rebuild()
        elif event.type() == QEvent.Type.PaletteChange:
            self._filling.fill(self._boxes(), self._session.snapshot)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Takes what is left."""
        return QSize(theme.px(640), theme.px(320))

    def _want_arranging(self) -> None:
        self._settle.start()

    def _arrange(self) -> None:
        self._settle.stop()
        # Not the viewport's size: a scroll bar that stands there may be needless at once.
        room: Size = self.maximumViewportSize().toTuple()
        margin = theme.px(3)
        if not self._widgets:
            self._sheet.setGeometry(0, 0, *room)
            self._empty.setGeometry(0, 0, *room)
            return
        inner = (room[0] - 2 * margin, room[1] - 2 * margin)
        breaks = [part.kind is Kind.OPERATOR for part in self._structure[0]]
        scale = best_scale(self._sizes, breaks, inner, theme.scale())
        gap = theme.px(scale.gap)
        sizes = self._sizes(scale)
        lines = break_lines(sizes, breaks, inner[0], gap)
        if total_height(lines, sizes, gap) > inner[1]:  # too high even so: the scroll bar takes its share of the width
            inner = (inner[0] - self.verticalScrollBar().sizeHint().width(), inner[1])
            lines = break_lines(sizes, breaks, inner[0], gap)
        wider = widened(self._size, scale, lines, sizes, inner[0], gap)
        scales = [wider.get(index, scale) for index in range(len(sizes))]
        scales = heightened(self._size, scales, lines, sizes, inner[1], gap)
        needed = (
            max(inner[0], *(line_width(line, sizes, gap) for line in lines)),
            max(inner[1], total_height(lines, sizes, gap)),
        )
        self._sheet.setGeometry(0, 0, needed[0] + 2 * margin, needed[1] + 2 * margin)
        for index, spot in place(lines, sizes, needed, gap).items():
            widget = self._widgets[index]
            rect = QRect(spot.x + margin, spot.y + margin, spot.width, spot.height)
            if isinstance(widget, GridBox):
                widget.set_scale(scales[index])
                widget.place(rect)
            else:
                widget.setGeometry(rect)
            widget.show()
        self.tell()

    def _sizes(self, scale: Scale) -> list[Size]:
        return [self._size(index, scale) for index in range(len(self._widgets))]

    def _size(self, index: int, scale: Scale) -> Size:
        widget = self._widgets[index]
        return widget.size_at(scale) if isinstance(widget, GridBox) else widget.sizeHint().toTuple()

    def _rebuild(self) -> None:
        """Make all widgets anew: labels keep the font that they were made with."""
        for widget in self._widgets:
            widget.setParent(None)
            widget.deleteLater()
        self._structure, self._widgets = ((), frozenset()), []
        self.show_snapshot(self._session.snapshot)

    def _on_thumbnail_clicked(self) -> None:
        box = self.sender()
        if not isinstance(box, ThumbnailBox):
            return
        made = self.open_part(self._widgets.index(box))
        if made is not None:
            made.grid.setFocus()
