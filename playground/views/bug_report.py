"""What happens when the program itself is wrong: a log, one dialog with a report to copy, and the work goes on."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from playground.translation import tr

if TYPE_CHECKING:
    from types import TracebackType

_log = logging.getLogger("playground")


class BugReporter(QObject):
    """Takes exceptions that nobody caught. The same one is shown once, however often it happens."""

    caught = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._seen: set[str] = set()
        self._previous = sys.excepthook
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the exceptions that reach the top."""
        sys.excepthook = self.report
        self._window.destroyed.connect(self.uninstall)

    def uninstall(self) -> None:
        """Give them back."""
        sys.excepthook = self._previous

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the exception, and show it the first time. May be called in any thread."""
        if not issubclass(kind, Exception):
            self._previous(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("Uncaught exception\n%s", text)
        place = traceback.extract_tb(trace)[-1] if trace is not None else None
        identity = f"{kind.__name__} {place.filename if place else ''}:{place.lineno if place else ''}"
        if identity not in self._seen:
            self._seen.add(identity)
            self.caught.emit(text)

    def _show(self, text: str) -> None:
        assert QThread.currentThread() is self.thread()
        dialog = BugDialog(text, self._window)
        dialog.open()


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
        report.setAccessibleName(tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(sentence)
        column.addWidget(report)
        column.addWidget(buttons)
        self.resize(640, 400)


def versions() -> str:
    """What the report says of the machine; nothing of the person."""
    import numpy as np

    return f"Python {platform.python_version()}, Qt {qVersion()}, NumPy {np.__version__}, {platform.platform()}"
