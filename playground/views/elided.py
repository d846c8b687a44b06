"""A label that never asks for more room than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent, QPaintEvent

_ELIDE_RIGHT, _TOOL_TIP = Qt.TextElideMode.ElideRight, QEvent.Type.ToolTip


class ElidedLabel(QLabel):
    """Plain text that ends in an ellipsis where it doesn't fit; the tooltip then has it whole.

    An ordinary label would widen the window for a long name instead.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tooltip where it is cut and there is no other."""
        if event.type() == _TOOL_TIP and not self.toolTip() and self._shown_text() != self.text():
            from PySide6.QtWidgets import QToolTip

            help_event: QHelpEvent = event  # type: ignore[assignment]
            QToolTip.showText(help_event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as every label does, but for the ellipsis."""
        text = self._shown_text()
        if text == self.text():
            super().paintEvent(event)
            return
        QFrame.paintEvent(self, event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _shown_text(self) -> str:
        return self.fontMetrics().elidedText(self.text(), _ELIDE_RIGHT, self.contentsRect().width())
