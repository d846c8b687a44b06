"""An operand that isn't full size: a thumbnail with name and shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.language.signature import shape_text
from playground.translation import tr
from playground.views import theme, thumbnail
from playground.views.shape_caption import Run, draw_runs, runs_width, shape_runs

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from playground.language.signature import Shape

_KEYS_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ThumbnailBox(QAbstractButton):
    """An operand that isn't full size: its true data in small, name and shape. A click makes it full size.

    Signals
    -------
    sizeWanted
        The box would like another size: the shape that it names is longer or shorter.
    """

    sizeWanted = Signal()

    def __init__(self, entry: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setObjectName("operandThumbnail")
        self.setProperty("entryName", entry)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._cells: np.ndarray | None = None
        self._shape: Shape = ()
        self._runs: list[Run] = []

    def show_cells(
        self, cells: np.ndarray | None, shape: Shape, axes: tuple[int, ...], clashing: frozenset[int] = frozenset()
    ) -> None:
        """Show ``cells`` (at most 8×8; None for no numbers) of an array of ``shape``, its ``clashing`` axes red."""
        before = self.sizeHint()
        self._cells, self._shape, self._runs = cells, shape, shape_runs(shape, axes, clashing)
        name = tr("{name}, shape {shape}: show full size", name=self.entry, shape=shape_text(shape))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()
        if self.sizeHint() != before:
            self.sizeWanted.emit()

    def sizeHint(self) -> QSize:
        """A small square over two short lines."""
        name = QFontMetrics(theme.mono(13, bold=True)).horizontalAdvance(self.entry)
        sizes = runs_width(self._runs, theme.mono(12), theme.mono(12, bold=True))
        return QSize(max(theme.px(64), name, sizes) + theme.px(16), theme.px(112))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, picture, shape, one under the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        lit = bool(self.property("lit"))
        if lit or self.hasFocus() or self.underMouse():
            painter.setPen(colours.accent if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft if lit else colours.raised)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
        width, height = self._picture_size()
        line = theme.px(22)
        top = (self.height() - height - 2 * line) // 2
        painter.setFont(theme.mono(13, bold=True))
        painter.setPen(colours.ink)
        painter.drawText(QRect(0, top, self.width(), line), Qt.AlignmentFlag.AlignCenter, self.entry)
        cells = self._cells
        picture = thumbnail.paint_ghost(width, height) if cells is None else thumbnail.paint(cells, width, height)
        painter.drawPixmap((self.width() - width) // 2, top + line, picture)
        font, bold = theme.mono(12), theme.mono(12, bold=True)
        x = (self.width() - runs_width(self._runs, font, bold)) // 2
        draw_runs(painter, self._runs, x, top + line + height + theme.px(16), font, bold)
        painter.end()

    def _picture_size(self) -> tuple[int, int]:
        """As the array is wide and high, in a square of 56 pixels."""
        side, least = theme.px(56), theme.px(8)
        rows, columns = self._cells.shape if self._cells is not None else thumbnail.proportions(self._shape)
        share = max(1, columns) / max(1, rows)
        return max(least, round(side * min(1.0, share))), max(least, round(side * min(1.0, 1 / share)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if event.key() in _KEYS_ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """Light up under the pointer."""
        self.update()
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        """Go quiet again."""
        self.update()
        super().leaveEvent(event)
