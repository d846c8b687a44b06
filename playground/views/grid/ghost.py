"""The outline that shows how large an array will be while its corner is dragged."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.views import theme

_DASHED = Qt.PenStyle.DashLine
_CENTRE = Qt.AlignmentFlag.AlignCenter
_NO_PEN = Qt.PenStyle.NoPen
_MOUSE_TRANSPARENT = Qt.WidgetAttribute.WA_TransparentForMouseEvents
_ANTIALIASING = QPainter.RenderHint.Antialiasing


class Ghost(QWidget):
    """A frame over the whole window, so that an array can grow past its own widget. Takes no clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("resizeGhost")
        self.setAttribute(_MOUSE_TRANSPARENT)
        self.setGeometry(window.rect())
        self._frame, self._label = QRect(), ""
        self.show()
        self.raise_()

    @property
    def label(self) -> str:
        """The size that is shown, ``4×3``."""
        return self._label

    def outline(self, frame: QRect, label: str) -> None:
        """Show a frame in the window's coordinates, with a label at its lower right corner."""
        self._frame, self._label = frame, label
        self.update()

    def paintEvent(self, event: object) -> None:
        """Paint the outline and the new size."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(_ANTIALIASING)
        tint = QColor(colours.accent)
        tint.setAlphaF(0.10)
        painter.fillRect(self._frame, tint)
        painter.setPen(QPen(colours.accent, 1.5, _DASHED))
        painter.drawRect(QRectF(self._frame))
        painter.setFont(theme.mono(13, bold=True))
        width = painter.fontMetrics().horizontalAdvance(self._label) + theme.px(14)
        height = theme.px(22)
        x = min(self._frame.right() + theme.px(10), self.width() - width)
        y = min(self._frame.bottom() + theme.px(10), self.height() - height)
        pill = QRectF(x, y, width, height)
        painter.setPen(_NO_PEN)
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colours.background if colours.dark else colours.panel)
        painter.drawText(pill, _CENTRE, self._label)
