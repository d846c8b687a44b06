"""A ghost grid: the outline of an array that has a shape and no numbers, and the button that gives it some."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from playground.language.signature import Signature, shape_text
from playground.session.commands import filling_titles
from playground.translation import tr
from playground.views import theme
from playground.views.thumbnail import hatch
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent

    from playground.views.expression.equation_parts import Scale

_KEYS_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST, _PER_DIGIT, _MOST = 34, 52, 210
"""Pixels of an axis of size 1, what ten times the size adds, and of the longest axis there is."""
_SHEET, _MOST_SHEETS = 6, 2
"""How far the sheets behind a stack of matrices stand out, and how many are drawn."""
_GAP, _LINE, _BUTTON = 6, 20, 28


class GhostGrid(QWidget):
    """Equal sizes are equally long, so that what fits together looks so. The sizes stand in the caption above it.

    Signals
    -------
    fillRequested
        What to fill the array with, one of ``shape_edits.CONTENTS``.
    """

    fillRequested = Signal(str)

    def __init__(self, entry: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ghostGrid")
        self.setProperty("entryName", entry)
        self.entry = entry
        self.button = FillButton(entry, self)
        self.button.contentChosen.connect(self.fillRequested)
        self._signature: Signature | None = None
        self._axes: tuple[int, ...] = ()
        self._clashing: frozenset[int] = frozenset()
        self._scale: Scale | None = None

    def show_shape(
        self, signature: Signature, axes: tuple[int, ...], clashing: frozenset[int], *, fillable: bool
    ) -> bool:
        """Show ``signature``, its edges in the colours of ``axes``; a ``fillable`` one has the button.

        Returns whether that is something else than before.
        """
        shown = (signature, axes, clashing)
        if (*shown, fillable) == (self._signature, self._axes, self._clashing, not self.button.isHidden()):
            return False
        self.button.setVisible(fillable)
        self._signature, self._axes, self._clashing = shown
        shape = f"{shape_text(signature.shape, signature.axis_names)} {signature.dtype}"
        self.setAccessibleName(tr("{name}, {shape}, without numbers", name=self.entry, shape=shape))
        self.update()
        return True

    def size_at(self, scale: Scale) -> QSize:
        """Pixels that the outline, its labels and the button need."""
        frame, button = self._frame(scale), self._button_place(scale)
        facts = self.indent + QFontMetrics(theme.mono(12)).horizontalAdvance(self._facts(scale)) + theme.px(4)
        width, height = max(frame.right() + self._depth() + 2, facts), self._below(scale)
        return (
            QSize(width, height)
            if button is None
            else QSize(max(width, button.right() + 2), max(height, button.bottom() + 2))
        )

    def set_scale(self, scale: Scale) -> None:
        """Draw the outline as large as ``scale`` says."""
        self._scale = scale
        place = self._button_place(scale)
        if place is not None:
            self.button.setGeometry(place)
        self.update()

    @property
    def indent(self) -> int:
        """Where the outline begins, so that the caption can stand over it."""
        name = self._name(-2)
        return QFontMetrics(theme.mono(12)).horizontalAdvance(name) + theme.px(_GAP) if name else 1

    # -- measures ------------------------------------------------------------------------------------------------

    def _below(self, scale: Scale) -> int:
        """Where the outline and what is said under it end."""
        return self._frame(scale).bottom() + (theme.px(_GAP + _LINE) if self._facts(scale) else 2)

    def _button_place(self, scale: Scale) -> QRect | None:
        """In the middle of the outline where that is large enough, else under it."""
        if self.button.isHidden():
            return None
        frame = self._frame(scale)
        place = QRect(0, 0, self.button.sizeHint().width(), theme.px(_BUTTON))
        around = theme.px(2 * _GAP)
        if frame.width() >= place.width() + around and frame.height() >= place.height() + around:
            place.moveCenter(frame.center())
        else:
            place.moveTopLeft(QPoint(frame.left(), self._below(scale) + theme.px(_GAP)))
        return place

    def _frame(self, scale: Scale) -> QRect:
        """The outline of the last two axes."""
        factor = scale.ghost_factor
        sizes = [] if self._signature is None else list(self._signature.shape)
        height = _length(sizes[-2]) if len(sizes) > 1 else _LEAST
        width = _length(sizes[-1]) if sizes else _LEAST
        top = (theme.px(_LINE) if self._name(-1) else 1) + self._depth()
        return QRect(self.indent, top, theme.px(width * factor), theme.px(height * factor))

    def _depth(self) -> int:
        ndim = 0 if self._signature is None else self._signature.ndim
        return theme.px(_SHEET) * min(_MOST_SHEETS, max(0, ndim - 2))

    def _name(self, axis: int) -> str:
        """What an axis is called, empty where it has no name."""
        names = () if self._signature is None else self._signature.axis_names
        return (names[axis] or "") if len(names) >= -axis else ""

    def _colour(self, place: int) -> QColor:
        colours = theme.current()
        if place in self._clashing:
            return colours.bad
        return colours.axis(self._axes[place] if place < len(self._axes) else None)

    def _facts(self, scale: Scale) -> str:
        """Dtype and bytes, where there is room for them."""
        signature = self._signature
        if signature is None or scale.is_cut:
            return ""
        count = signature.nbytes
        return str(signature.dtype) if count is None else f"{signature.dtype} · {bytes_text(count)}"

    # -- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, coloured edges, their labels, dtype and bytes below."""
        signature, scale = self._signature, self._scale
        if signature is None or scale is None:
            return
        painter = QPainter(self)
        frame = self._frame(scale)
        for sheet in range(min(_MOST_SHEETS, max(0, signature.ndim - 2)), -1, -1):
            offset = theme.px(_SHEET) * sheet
            hatch(painter, frame.translated(offset, -offset), theme.px(9))
        self._draw_edges(painter, frame, signature.ndim)
        self._draw_names(painter, frame, signature.ndim)
        painter.setPen(theme.current().soft)
        painter.drawText(
            frame.left(), frame.bottom() + theme.px(_GAP) + painter.fontMetrics().ascent(), self._facts(scale)
        )
        painter.end()

    def _draw_edges(self, painter: QPainter, frame: QRect, ndim: int) -> None:
        width = theme.px(2)
        if ndim:
            painter.setPen(QPen(self._colour(ndim - 1), width))
            painter.drawLine(frame.left(), frame.top(), frame.right(), frame.top())
        if ndim > 1:
            painter.setPen(QPen(self._colour(ndim - 2), width))
            painter.drawLine(frame.left(), frame.top(), frame.left(), frame.bottom())

    def _draw_names(self, painter: QPainter, frame: QRect, ndim: int) -> None:
        """The last axis is called over its edge, the one before beside it."""
        painter.setFont(theme.mono(12))
        metrics = painter.fontMetrics()
        for axis in (-1, -2):
            name = self._name(axis)
            if not name:
                continue
            painter.setPen(self._colour(ndim + axis))
            x = frame.center().x() - metrics.horizontalAdvance(name) // 2 if axis == -1 else 0
            y = metrics.ascent() if axis == -1 else frame.center().y() + metrics.ascent() // 2 - 1
            painter.drawText(max(0, x), y, name)


class FillButton(QPushButton):
    """Opens the choices of what an array is filled with."""

    contentChosen = Signal(str)

    def __init__(self, entry: str, parent: QWidget) -> None:
        super().__init__(tr("Fill ▾"), parent)
        self.setObjectName("fillButton")
        self.setAccessibleName(tr("Fill {name} with numbers", name=entry))
        self.setToolTip(tr("Make {name} an array of numbers.", name=entry))
        self.clicked.connect(self._open)
        self.choices = QMenu(self)
        for content, title in filling_titles():
            self.choices.addAction(title).triggered.connect(partial(self.contentChosen.emit, content))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the choices as Space does."""
        if event.key() in _KEYS_ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.choices.setActiveAction(self.choices.actions()[0])


def _length(size: int | None) -> float:
    """Pixels of an axis at scale 1: ten times the size is always as much longer."""
    return min(_MOST, _LEAST + _PER_DIGIT * math.log10(max(1, size or 10)))
