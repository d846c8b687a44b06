"""A window with a text to copy, as a browser or an editor has one: the clipboard then belongs to another program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main(arguments: list[str]) -> int:
    """Show the text in ``arguments[0]`` at the lower right, where no other window stands, until it is closed."""
    application = QApplication([])
    page = QPlainTextEdit(arguments[0])
    page.setObjectName("page")
    page.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    page.setGeometry(2100, 1140, 400, 280)
    page.show()
    return application.exec()
