"""The smallest window that can be typed into and dragged on: it shows whether hand and eye work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class _Pad(QLabel):
    """Tells how far it was dragged."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = event.position() - self._start
        self.setText(f"{way.x():.0f} {way.y():.0f}")


def main(arguments: list[str]) -> int:
    """Show the window until it is closed."""
    application = QApplication(arguments)
    window = QWidget()
    window.setWindowTitle("plain")
    layout = QVBoxLayout(window)
    for name, widget in (("edit", QLineEdit()), ("pad", _Pad("drag here"))):
        widget.setObjectName(name)
        layout.addWidget(widget)
    window.setStyleSheet("background: rgb(200, 30, 30)")
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(100, 100, 400, 300)
    window.show()
    return application.exec()
