"""A list of choices that folds out, with an arrow that follows the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox

from playground.views import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Choice(QComboBox):
    """A combo box whose arrow is a sign of the font: where a style sheet draws the frame, Qt draws a bevelled one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign over the frame and the text."""
        super().paintEvent(event)
        colours = theme.current()
        painter = QPainter(self)
        painter.setPen(colours.soft if self.isEnabled() else colours.faint)
        painter.drawText(self.rect().adjusted(0, 0, -theme.px(9), 0), _RIGHT, "▾")
        painter.end()
