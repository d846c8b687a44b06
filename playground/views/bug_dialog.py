"""The dialog that shows a mistake of the program itself, with a report to copy."""

from __future__ import annotations

import platform

import numpy as np
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from playground.translation import tr


class BugDialog(QDialog):
    """One sentence, the report, and a button that copies it. Doesn't block the window's own work."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong in the program"))
        self._report = f"{versions()}\n\n{text}"
        sentence = QLabel(tr("The program made a mistake. Your work is safe; you can go on."))
        sentence.setWordWrap(True)
        report = QPlainTextEdit(self._report)
        report.setReadOnly(True)
        report.setObjectName("bugReport")
        report.setAccessibleName(tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copyReportButton")
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("closeReportButton")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(sentence)
        column.addWidget(report)
        column.addWidget(buttons)
        self.resize(640, 400)


def versions() -> str:
    """What the report says of the machine; nothing of the person."""
    return f"Python {platform.python_version()}, Qt {qVersion()}, NumPy {np.__version__}, {platform.platform()}"
