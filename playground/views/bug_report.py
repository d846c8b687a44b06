"""What happens when the program itself is wrong: a log, one dialog with a report to copy, and the work goes on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QWidget


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
        import logging  # seldom needed, and the first window needn't wait for them
        import traceback

        text = "".join(traceback.format_exception(kind, error, trace))
        logging.getLogger("playground").error("Uncaught exception\n%s", text)
        place = traceback.extract_tb(trace)[-1] if trace is not None else None
        identity = f"{kind.__name__} {place.filename if place else ''}:{place.lineno if place else ''}"
        if identity not in self._seen:
            self._seen.add(identity)
            self.caught.emit(text)

    def _show(self, text: str) -> None:
        from playground.views.bug_dialog import BugDialog  # seldom needed, and the first window needn't wait for it

        BugDialog(text, self._window).open()
