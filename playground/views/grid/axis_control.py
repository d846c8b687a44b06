"""The controls of one axis of a large array: what it is for, where it stands, and a button that steps through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolButton, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.shape_caption import Run, draw_runs, runs_width
from playground.workspace.slicing import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent

    from playground.workspace.slicing import Slicing

_HEIGHT, _SLIDER, _PLAY, _PADDING = 22, 54, 22, 5
_LEFT = Qt.MouseButton.LeftButton
_HORIZONTAL = Qt.Orientation.Horizontal
_NO_PEN = Qt.PenStyle.NoPen
_ANTIALIASING = QPainter.RenderHint.Antialiasing
_NO_FOCUS, _STRONG = Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.StrongFocus


def _focus_frame(painter: QPainter, widget: QWidget) -> None:
    painter.setPen(QPen(theme.current().accent, 1))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))


class RoleButton(QToolButton):
    """``1 (3) rows``: name and size of an axis, and what it is for; opens the menu of roles."""

    def __init__(self, axis: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.axis = axis
        self.setObjectName(f"axisRole{axis}")
        self.setProperty("kind", "axis")
        self.setFocusPolicy(_STRONG)
        self._runs: list[Run] = []
        self._width = 0

    def show_axis(self, slicing: Slicing, name: str, colour: QColor) -> None:
        """Show how the axis stands in ``slicing``; as wide for every place."""
        axis, colours = self.axis, theme.current()
        size, role = slicing.shape[axis], slicing.role(axis)
        words = {Role.ROWS: tr("rows"), Role.COLUMNS: tr("columns")}
        short = {Role.ROWS: tr("rows"), Role.COLUMNS: tr("cols")}  # three grids stand side by side
        shown = short.get(role, f"= {slicing.index[axis]}")
        if role is not Role.SLIDER and axis in slicing.backwards:
            shown += " ⇄"
        self._runs = [(name, colour, True), (f" ({size}) ", colours.soft, False), (shown, colours.ink, False)]
        widest = shown if role is not Role.SLIDER else f"= {max(0, size - 1)}"
        runs = [*self._runs[:2], (widest, colours.ink, False)]
        self._width = runs_width(runs, theme.mono(12), theme.mono(12, bold=True)) + 2 * theme.px(_PADDING)
        said = words.get(role, tr("standing at {place}", place=slicing.index[axis]))
        self.setAccessibleName(tr("Axis {name}, size {size}: {role}", name=name, size=size, role=said))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its texts."""
        return QSize(self._width, theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Texts; a ground where pointed at, a frame with the focus."""
        with QPainter(self) as painter:
            painter.setRenderHint(_ANTIALIASING)
            if self.underMouse() or self.isDown():
                painter.setPen(_NO_PEN)
                painter.setBrush(theme.current().accent_soft)
                painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            if self.hasFocus():
                _focus_frame(painter, self)
            metrics = QFontMetrics(theme.mono(12))
            baseline = (self.height() + metrics.ascent() - metrics.descent()) // 2
            draw_runs(painter, self._runs, theme.px(_PADDING), baseline, theme.mono(12), theme.mono(12, bold=True))


class AxisSlider(QAbstractSlider):
    """Where an axis stands. Arrows step, Home and End go to the ends; a click goes there, a drag follows."""

    playWanted = Signal()

    def __init__(self, axis: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.axis = axis
        self.setObjectName(f"axisSlider{axis}")
        self.setOrientation(_HORIZONTAL)
        self.setFocusPolicy(_STRONG)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As short as can be taken hold of; the strip makes it longer where there is room."""
        return QSize(theme.px(_SLIDER), theme.px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == _LEFT:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, as the button beside it; up is on, as numbers grow."""
        if event.key() == Qt.Key.Key_Space:
            self.playWanted.emit()
            return
        super().keyPressEvent(event)

    def x_of(self, value: int) -> int:
        """Pixel where the handle stands at ``value``."""
        left, room = theme.px(6), self.width() - 2 * theme.px(6)
        return left + round(room * value / max(1, self.maximum()))

    def _follow(self, event: QMouseEvent) -> None:
        left, room = theme.px(6), max(1, self.width() - 2 * theme.px(6))
        self.setValue(round((event.position().x() - left) / room * self.maximum()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line and a handle on it."""
        colours = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(_ANTIALIASING)
            middle = self.height() / 2
            painter.setPen(QPen(colours.faint, 2))
            painter.drawLine(QPointF(self.x_of(0), middle), QPointF(self.x_of(self.maximum()), middle))
            painter.setPen(_NO_PEN)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QPointF(self.x_of(self.value()), middle), theme.px(5), theme.px(5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if self.hasFocus():
                _focus_frame(painter, self)


class PlayButton(QToolButton):
    """Steps through an axis until it is pressed again."""

    def __init__(self, axis: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.axis = axis
        self.setObjectName(f"axisPlay{axis}")
        self.setProperty("kind", "axis")
        self.setCheckable(True)
        self.setFocusPolicy(_NO_FOCUS)  # Space on the slider does the same

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.px(_PLAY), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A triangle, or two bars while it plays."""
        colours, middle, half = theme.current(), QRectF(self.rect()).center(), theme.px(4)
        with QPainter(self) as painter:
            painter.setRenderHint(_ANTIALIASING)
            painter.setPen(_NO_PEN)
            painter.setBrush(colours.accent if self.isChecked() or self.underMouse() else colours.soft)
            if self.isChecked():
                for x in (-half, half / 3):
                    painter.drawRect(QRectF(middle.x() + x, middle.y() - half, half * 2 / 3, 2 * half))
            else:
                points = [QPointF(-half * 0.7, -half), QPointF(half, 0), QPointF(-half * 0.7, half)]
                painter.drawPolygon(QPolygonF([middle + point for point in points]))
