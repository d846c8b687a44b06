"""The busy mark and the cancel button: nothing before half a second, a bar with a button after two.

The bar fills where it is known how much is done; beside it stands how long it has taken, and how long it may take.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.timing.texts import elapsed_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.estimates import Expected

MARK_AFTER_MS = 500
BAR_AFTER_MS = 2000
_TICK_MS = 1000
_BAR_STEPS = 1000
_TELLING = 0.05
"""Before this part is done, the time that it took says nothing of the rest."""

_LATE = 1.1


class Busy(QWidget):
    """Shows that something is being computed.

    Signals
    -------
    cancelRequested
        The button was pressed.

    Parameters
    ----------
    clock
        Seconds from any beginning.
    """

    cancelRequested = Signal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._mark = QLabel()
        self._mark.setObjectName("busyMark")
        self._mark.setProperty("kind", "soft")
        self._bar = QProgressBar()
        self._bar.setObjectName("busyBar")
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
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._say)
        self._busy = False
        self._began = 0.0
        self._part: float | None = None
        self._estimate: Callable[[], Expected | None] = lambda: None
        self._expected: Expected | None = None
        self._hide_all()

    @property
    def elapsed_s(self) -> float:
        """How long it has been busy, 0 where it isn't."""
        return self._clock() - self._began if self._busy else 0.0

    def show_busy(self, busy: bool, estimate: Callable[[], Expected | None] = lambda: None) -> None:
        """Start or end the wait; ``estimate`` is asked for its length where it lasts."""
        if busy == self._busy:
            return
        self._busy, self._estimate = busy, estimate
        self._began, self._part, self._expected = self._clock(), None, None
        for timer in self._timers:
            timer.start() if busy else timer.stop()
        if not busy:
            self._hide_all()

    def show_progress(self, part: float | None) -> None:
        """Show which part is done, None where that isn't known."""
        if part != self._part:
            if part is None:
                self._expected = None  # what was expected is done
            self._part = part
            self._fill()

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _show_mark(self) -> None:
        self._mark.setText(tr("computing…"))
        self._mark.show()
        self._cancel.show()

    def _show_bar(self) -> None:
        self._expected = self._estimate()
        self._fill()
        self._bar.show()
        self._say()
        self._tick.start()

    def _fill(self) -> None:
        self._bar.setRange(0, 0 if self._part is None else _BAR_STEPS)
        if self._part is not None:
            self._bar.setValue(round(self._part * _BAR_STEPS))

    def _say(self) -> None:
        elapsed_s = self.elapsed_s
        text = self._waiting_text(elapsed_s)
        self._mark.setText(text)
        self._bar.setAccessibleDescription(text)

    def _waiting_text(self, elapsed_s: float) -> str:
        """Say how long it may take altogether: what is done tells most, then what was expected."""
        if self._part is not None and self._part >= _TELLING:
            return waiting_text(elapsed_s, elapsed_s / self._part)
        if self._expected is None:
            return waiting_text(elapsed_s, None)
        return waiting_text(elapsed_s, self._expected.seconds, at_least=self._expected.at_least)

    def _hide_all(self) -> None:
        self._tick.stop()
        for widget in (self._mark, self._bar, self._cancel):
            widget.hide()


def waiting_text(elapsed_s: float, whole_s: float | None, *, at_least: bool = False) -> str:
    """``12 s of about 30 s``, ``12 s of at least 30 s``; a promise that wasn't kept is said."""
    elapsed = elapsed_text(elapsed_s)
    if whole_s is None or whole_s < 1 or (at_least and elapsed_s > whole_s):
        return tr("computing for {elapsed}", elapsed=elapsed)
    if at_least:
        return tr("{elapsed} of at least {whole}", elapsed=elapsed, whole=elapsed_text(whole_s))
    if elapsed_s > whole_s * _LATE:
        return tr("{elapsed}, longer than the {whole} expected", elapsed=elapsed, whole=elapsed_text(whole_s))
    return tr("{elapsed} of about {whole}", elapsed=elapsed, whole=elapsed_text(whole_s))
