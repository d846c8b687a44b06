"""The busy mark and the cancel button: nothing before half a second, a bar with a button after two."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from playground.translation import tr
from playground.views import theme

MARK_AFTER_MS = 500
BAR_AFTER_MS = 2000


class Busy(QWidget):
    """Shows that something is being computed.

    Signals
    -------
    cancelRequested
        The button was pressed.
    """

    cancelRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel(tr("computing…"))
        self._mark.setProperty("kind", "soft")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(theme.px(120), theme.px(8))
        self._bar.setAccessibleName(tr("Computing"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAccessibleName(tr("Cancel the computation"))
        self._cancel.setToolTip(tr("End the computation (Esc)"))
        self._cancel.clicked.connect(self.cancelRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self._mark, self._bar, self._cancel):
            row.addWidget(widget)
        self._timers = [self._timer(MARK_AFTER_MS, self._show_mark), self._timer(BAR_AFTER_MS, self._show_bar)]
        self._busy = False
        self._hide_all()

    def show_busy(self, busy: bool) -> None:
        """Start or end the wait."""
        if busy == self._busy:
            return
        self._busy = busy
        for timer in self._timers:
            timer.start() if busy else timer.stop()
        if not busy:
            self._hide_all()

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _show_mark(self) -> None:
        self._mark.show()
        self._cancel.show()

    def _show_bar(self) -> None:
        self._bar.show()

    def _hide_all(self) -> None:
        for widget in (self._mark, self._bar, self._cancel):
            widget.hide()
