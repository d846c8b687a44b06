"""Small chains between the grids of an equation: axes that must have one size are linked there, or let go."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.record import Record
from playground.session.linked_axes import is_whole, shared
from playground.translation import tr
from playground.views import theme
from playground.views.expression.equation_parts import Kind
from playground.views.linking import group_texts, toggle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QPaintEvent

    from playground.session.linked_axes import Axis
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.expression.equation import EquationView
    from playground.views.expression.equation_parts import Part

_SIZE, _GAP = 24, 2
_NO_FOCUS = Qt.FocusPolicy.NoFocus
_POINTING = Qt.CursorShape.PointingHandCursor
_NO_BRUSH = Qt.BrushStyle.NoBrush
_ANTIALIASING = QPainter.RenderHint.Antialiasing


class _Wanted(Record, eq=False):
    """A chain: the widget that it stands under, what it links, whether that is linked, its colour, its text."""

    under: QWidget
    axes: tuple[Axis, ...]
    linked: bool
    number: int | None
    text: str


class Chains(QObject):
    """The chains of one equation. The keyboard reaches the same in the grids' menu and the palette."""

    def __init__(self, equation: EquationView, session: Session) -> None:
        super().__init__(equation)
        self._session = session
        self._chains: list[Chain] = []
        self._known: tuple[object, ...] = ()
        equation.shown.connect(self._show)
        equation.tell()

    @classmethod
    def on(cls, equation: EquationView, session: Session) -> Chains:
        """Those of ``equation``, made where they aren't there yet."""
        return equation.findChild(cls) or cls(equation, session)

    def _show(self, parts: Sequence[Part], widgets: Sequence[QWidget]) -> None:
        """A chain wherever neighbours have an axis in common, under the sign between them."""
        snapshot = self._session.snapshot
        known = (parts, tuple(widgets), snapshot.analysis, snapshot.links, snapshot.shown)
        if known != self._known:
            self._known = known
            self._become(_wanted(parts, widgets, snapshot))
        for chain in self._chains:
            chain.stand()

    def _become(self, wanted: Sequence[_Wanted]) -> None:
        while len(self._chains) > len(wanted):
            gone = self._chains.pop()
            gone.hide()
            gone.deleteLater()
        for one in wanted[len(self._chains) :]:
            chain = Chain(one.under.parentWidget())
            chain.clicked.connect(partial(self._toggle, chain))
            self._chains.append(chain)
        for chain, one in zip(self._chains, wanted, strict=True):
            chain.become(one)

    def _toggle(self, chain: Chain, _checked: bool = False) -> None:
        toggle(self._session, chain.axes)


class Chain(QAbstractButton):
    """Two links of a chain: apart and quiet, or closed in the colour of their axis."""

    def __init__(self, sheet: QWidget | None) -> None:
        super().__init__(sheet)
        self.setObjectName("linkChain")
        self.setFocusPolicy(_NO_FOCUS)
        self.setCursor(_POINTING)
        self.setCheckable(True)
        self._under: QWidget | None = None
        self._number: int | None = None
        self.axes: tuple[Axis, ...] = ()

    def become(self, wanted: _Wanted) -> None:
        """Be the chain that is wanted."""
        self._under, self._number, self.axes = wanted.under, wanted.number, wanted.axes
        self.setChecked(wanted.linked)
        self.setAccessibleName(tr("Link sizes: {axes}", axes=wanted.text))
        if wanted.linked:
            said = tr("Linked: {axes}. Inserting, deleting or resizing in one does the same in the others.")
            then = tr("Click to size each for itself.")
        else:
            said = tr("These sizes must be equal: {axes}.")
            then = tr("Click to link them: inserting, deleting or resizing in one then does the same in the others.")
        self.setToolTip(f"{said.format(axes=wanted.text)} {then}")
        self.update()

    def nextCheckState(self) -> None:
        """Whether it is closed follows from the links, not from the click."""

    def stand(self) -> None:
        """Stand under the sign."""
        if self._under is not None:
            size, place = theme.px(_SIZE), self._under.geometry()
            rect = QRect(place.center().x() - size // 2, place.bottom() + theme.px(_GAP), size, size)
            if rect != self.geometry() or self.isHidden() != self._under.isHidden():
                self.setGeometry(rect)
                self.setVisible(not self._under.isHidden())
                self.raise_()

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(theme.px(_SIZE), theme.px(_SIZE))

    def enterEvent(self, event: QEnterEvent) -> None:
        """What is pointed at is drawn firmer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the two links."""
        colours, pointed = theme.current(), self.underMouse()
        linked = self.isChecked()
        colour = QColor(colours.axis(self._number) if self._number is not None else colours.accent)
        if not linked:
            colour = QColor(colours.soft if pointed else colours.faint)
        with QPainter(self) as painter:
            painter.setRenderHint(_ANTIALIASING)
            if pointed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.raised)
                painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
            painter.setBrush(_NO_BRUSH)
            painter.setPen(QPen(colour, (2.4 if linked else 1.6) * theme.scale()))
            painter.translate(self.rect().center())
            painter.rotate(-45)
            unit = theme.scale()
            for side in (-1, 1):
                middle = side * (3.4 if linked else 5.2) * unit
                painter.drawRoundedRect(
                    QRectF(middle - 4.6 * unit, -2.9 * unit, 9.2 * unit, 5.8 * unit), 2.9 * unit, 2.9 * unit
                )


def _wanted(parts: Sequence[Part], widgets: Sequence[QWidget], snapshot: Snapshot) -> list[_Wanted]:
    """The chains of an equation: under each sign between two operands that have axes in common."""
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    found: list[_Wanted] = []
    if meaning is None:
        return found
    operands = [k for k, part in enumerate(parts) if part.kind is Kind.OPERAND]
    for left, right in itertools.pairwise(operands):
        axes = shared(snapshot, parts[left].text, parts[right].text)
        between = range(left + 1, right)
        signs = [k for k in between if parts[k].kind is Kind.OPERATOR] or [k for k in between if "," in parts[k].text]
        if not axes or not signs:
            continue
        numbers = meaning.inference.operand_axes.get(parts[left].text, ())
        number = numbers[axes[0][1]] if len(axes) == 1 and axes[0][1] < len(numbers) else None
        linked = all(is_whole(snapshot, axis) for axis in axes)
        text = "; ".join(group_texts(snapshot, axes))
        found.append(_Wanted(widgets[signs[0]], axes, linked, number, text))
    return found
