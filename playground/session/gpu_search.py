"""Looks for a GPU in a process of its own, without making the window wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

from playground.compute.device_names import CPU, GPU, gpu_name
from playground.compute.devices import PROBE_COMMAND, TIMEOUT_S, interpret, probe_environment

if TYPE_CHECKING:
    from playground.session.session import Session


class GpuSearch(QObject):
    """Answers the wish to compute on a GPU: looks whether there is one, then switches or says why not.

    Every wish looks again, so that a cure works without a restart.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._process: QProcess | None = None
        self._wish = GPU
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(int(TIMEOUT_S * 1000))
        self._limit.timeout.connect(self._on_too_late)

    def request(self, device: str) -> None:
        """Compute on ``device`` from now on, where that can be done; the last wish counts."""
        self._wish = device
        if device == CPU:
            self.stop()  # a GPU that is found later is no longer wished for
            self._session.update(looking_for_gpu=False)
            self._session.show_device(CPU)
        elif self._process is None:
            self._start()

    def stop(self) -> None:
        """Give up looking."""
        process, self._process = self._process, None
        self._limit.stop()
        if process is not None:
            process.finished.disconnect()
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _start(self) -> None:
        self._session.update(looking_for_gpu=True)
        process = QProcess(self)
        self._process = process
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        environment = QProcessEnvironment()
        for name, value in probe_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        self._limit.start()
        process.start(PROBE_COMMAND[0], list(PROBE_COMMAND[1:]))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._conclude("", -1)

    def _on_too_late(self) -> None:
        self.stop()
        self._session.update(looking_for_gpu=False, gpu=interpret("", None))

    def _on_finished(self, returncode: int) -> None:
        if self._process is not None:
            output = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
            self._conclude(output, returncode)

    def _conclude(self, output: str, returncode: int) -> None:
        report = interpret(output, returncode)
        process, self._process = self._process, None
        self._limit.stop()
        if process is not None:
            process.deleteLater()
        self._session.update(looking_for_gpu=False, gpu=report)
        first = gpu_name(report.devices[0].index) if report.devices else CPU
        wish = first if self._wish == GPU and report.ok else self._wish  # whichever GPU can be used
        trouble = report.trouble(wish)
        self._session.show_device(wish if trouble is None else first)
        if trouble is not None:
            self._session.notify("gpu", trouble.hint if not report.ok else f"{trouble.message} {trouble.hint}")
