"""The one thread that speaks to the engine, and its twin that answers at once for tests."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from playground.session.evaluator import Evaluator
from playground.session.job import Job, Raced, cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.held import Engine
    from playground.session.job import Window
    from playground.session.measuring import Again, Wish


_IDLE_CHECK_S = 0.5
"""How often an idle thread looks whether the engine is still there."""

_FIRST_PAINTED_S = 0.8
"""How long the first answer is left alone, so that it is painted before a process that starts takes the processor."""


class Mailbox(QObject):
    """What both workers have in common: the signals, and the evaluator behind them.

    Signals
    -------
    answered
        One of ``Said``: an ``Answer``, a ``Restart``...
    windowArrived
        The ``Window`` that was asked for, and its cells or None.
    jobFinished
        Generation of a job that is done, superseded or not.
    """

    answered = Signal(object)
    windowArrived = Signal(object, object)
    jobFinished = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evaluator = Evaluator(engine)
        self._latest = 0

    @cached_property
    def _again(self) -> Again:
        from playground.session.measuring import Again  # nothing is measured before the first picture

        return Again(self._evaluator)


class InlineWorker(Mailbox):
    """Answers before ``submit`` returns, in the caller's thread: the same path without a process or a thread."""

    def submit(self, job: Job) -> None:
        """Evaluate ``job`` now; what its answers set off may submit a newer one meanwhile."""
        self._latest = job.generation
        self._evaluator.evaluate(job, self.answered.emit, lambda: self._latest != job.generation)
        self.jobFinished.emit(job.generation)

    def request_window(self, window: Window, instead_of: tuple[Window, ...] = ()) -> None:
        """Read ``window`` now; nothing waits that could be dropped."""
        self.windowArrived.emit(window, self._evaluator.window(window, self.answered.emit))

    def request(self, wish: Wish) -> None:
        """Do it now."""
        self._again.grant(wish, self.answered.emit)

    def cancel(self) -> None:
        """Nothing runs between two calls, so there is nothing to cancel."""

    def cancel_race(self) -> None:
        """No race runs between two calls."""

    def start(self) -> None:
        """There is nothing to start ahead."""

    def stop(self) -> None:
        """Release the engine."""
        self._evaluator.close()


class Worker(Mailbox):
    """Evaluates in a thread of its own. One slot for jobs: the latest wins, so dragging can't build a queue.

    Parameters
    ----------
    engine
        What computes.
    then
        Makes the engine that takes over after the first job, for an ``engine`` that only shortens the wait for it.
        That first job has to be small: ``submit`` computes it before it returns, so that a window's first picture
        shows its result.
    """

    def __init__(self, engine: Engine, parent: QObject | None = None, then: Callable[[], Engine] | None = None) -> None:
        super().__init__(engine, parent)
        self._then = then
        self._wake = threading.Condition()
        self._job: Job | None = None
        self._last: Job | None = None
        self._windows: dict[Window, None] = {}
        self._wish: Wish | None = None
        self._stopping = False
        self._thread = _Thread(self)

    def start(self) -> None:
        """Start the thread, which starts the engine; where another takes over, the first job does."""
        if self._then is None:
            self._thread.start()

    def submit(self, job: Job) -> None:
        """Put ``job`` into the slot; an older one that still waits there is dropped."""
        if self._then is not None and not self._thread.isRunning():
            self._latest = job.generation
            try:
                self._serve(job, {})
            finally:
                self._thread.start()
            return
        with self._wake:
            self._job = job
            self._latest = job.generation
            self._wake.notify()
        self._evaluator.abandon(job.generation)

    def request_window(self, window: Window, instead_of: tuple[Window, ...] = ()) -> None:
        """Ask for cells of a large result, which ``windowArrived`` brings; nobody waits for others any more."""
        with self._wake:
            for other in instead_of:
                self._windows.pop(other, None)
            self._windows[window] = None
            self._wake.notify()
        self._evaluator.make_way()

    def request(self, wish: Wish) -> None:
        """Do more with the shown formula, after what it waits for; ``answered`` brings a ``Raced`` or ``Compared``."""
        with self._wake:
            self._wish = wish
            self._wake.notify()
        self._evaluator.make_way()

    def cancel_race(self) -> None:
        """End the race, or withdraw it where it waits; what the window computes for itself goes on."""
        with self._wake:
            waited = self._wish == "race"
            self._wish = None if waited else self._wish
        if waited:
            self.answered.emit(Raced(self._last.shown or "" if self._last is not None else "", cancelled()))
        else:
            self.cancel()

    def cancel(self) -> None:
        """End what runs and what waits, within half a second, whatever it is."""
        self._evaluator.cancel(self._latest)

    def stop(self) -> None:
        """End the thread and the engine, and wait for both."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.isRunning():
            self._evaluator.close()
            self._thread.wait()

    def loop(self) -> None:
        """The thread's life: start the engine with an empty job, then serve whatever lies in the slot."""
        if self._last is None:
            self._warm()
        while True:
            taking_over = self._then if self._last is not None else None
            with self._wake:
                if not (self._job or self._windows or self._wish or self._stopping):
                    self._wake.wait(_IDLE_CHECK_S if taking_over is None else _FIRST_PAINTED_S)
                job, self._job = self._job, None
                windows, self._windows = self._windows, {}
                wish = self._wish if job is None else None  # what is shown comes before what is said of it
                self._wish = None if wish else self._wish
                if self._stopping:
                    break
            try:
                if taking_over is not None:
                    self._then = None
                    self._evaluator.move_to(taking_over())
                    self._warm()
                if job or windows or not wish:
                    self._serve(job, windows)
                if wish:
                    self._again.grant(wish, self.answered.emit)
            except Exception:  # a bug must not end the only thread that computes
                import logging  # here, so that the first window needn't wait for it

                logging.getLogger(__name__).exception("The worker met an error that nobody foresaw.")
        self._evaluator.close()

    def _warm(self) -> None:
        """Start the engine, and send it what it hasn't got."""
        self._evaluator.evaluate(self._last or Job(0, {}, (), "cpu"), self.answered.emit, lambda: False)

    def _serve(self, job: Job | None, windows: dict[Window, None]) -> None:
        if job is None and not windows:
            if self._evaluator.check(self.answered.emit):
                job = self._last
            else:
                self._again.measure(self.answered.emit)
        if job is not None:
            self._last = job
            self._evaluator.evaluate(job, self.answered.emit, lambda: self._job is not None or self._stopping)
            self.jobFinished.emit(job.generation)
            self._evaluator.stand_ready(self.answered.emit)
        for window in windows:
            cells = self._evaluator.window(window, self.answered.emit)
            if cells is None and self._job is not None:
                self.request_window(window)  # it may only have given way to the job
            else:
                self.windowArrived.emit(window, cells)


class _Thread(QThread):
    """Runs a worker's loop."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker

    def run(self) -> None:
        self._worker.loop()
