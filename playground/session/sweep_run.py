"""One sweep at a time in a process of its own: the window goes on, and an edit meanwhile meets a free engine."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from playground.compute.devices import probe_environment
from playground.compute.measuring.sweep_table import point_of, skipped_of
from playground.compute.outcome import Failure
from playground.engine.death import sentence_for
from playground.engine.protocol import EXIT_MEMORY
from playground.engine.sweeping import COMMAND, question
from playground.workspace.memory import SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.compute.measuring.sweep import Sweep


def as_command(sweep: Sweep, devices: Sequence[str]) -> str:
    """Write the line for a terminal that measures the same."""
    operands = (f"{name}={shape}" for name, shape in sweep.shapes.items())
    sizes = ",".join(map(str, sweep.sizes))
    words = ("matrix-playground", "bench", sweep.expression, *operands, "--sizes", sizes)
    return shlex.join((*words, "--devices", ",".join(devices), "--dtype", sweep.dtype))


class SweepRun(QObject):
    """Starts the process, passes on what it tells, and ends it at once when asked to.

    Signals
    -------
    pointArrived
        A ``Point``.
    sizeSkipped
        A ``Skipped``.
    deviceMissing
        The ``Failure`` that says why a device has no curve.
    remainingEstimated
        Seconds until all is measured.
    ended
        Empty where all was measured, else a sentence that says why not; emitted once for each `start`, but not after
        `stop`.
    """

    pointArrived = Signal(object)
    sizeSkipped = Signal(object)
    deviceMissing = Signal(object)
    remainingEstimated = Signal(float)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._outcome: str | None = None

    @property
    def running(self) -> bool:
        """Whether a sweep is being measured."""
        return self._process is not None

    def start(self, sweep: Sweep, devices: Sequence[str], threads: int = 0, memory_share: float = SHARE) -> None:
        """Measure ``sweep`` on ``devices``, the CPU with so many threads (0 for as many as there are).

        It may take the part ``memory_share`` of the free memory. One that runs is ended.
        """
        self.stop()
        self._outcome = None
        process = self._process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in probe_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(COMMAND[0], list(COMMAND[1:]))
        process.write(f"{question(sweep, devices, threads, memory_share)}\n".encode())

    def stop(self) -> None:
        """End the process now, whatever it computes."""
        process, self._process = self._process, None
        if process is not None:
            for signal in (process.readyReadStandardOutput, process.finished, process.errorOccurred):
                signal.disconnect()
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                said = json.loads(bytes(self._process.readLine().data()))
                self._take(said["said"], said)
            except (ValueError, KeyError, TypeError):
                self._outcome = sentence_for("protocol")
                self._conclude()

    def _take(self, keyword: str, said: Mapping[str, Any]) -> None:
        match keyword:
            case "point":
                self.pointArrived.emit(point_of(said))
            case "skipped":
                self.sizeSkipped.emit(skipped_of(said))
            case "missing":
                self.deviceMissing.emit(Failure("device", said["message"], said["hint"]))
            case "mistake":
                self._outcome = f"{said['message']} {said['hint']}".strip()
            case "done":
                self._outcome = ""
        if "remaining_s" in said:
            self.remainingEstimated.emit(float(said["remaining_s"]))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._outcome = sentence_for("start")
            self._conclude()

    def _on_finished(self, code: int) -> None:
        self._read()
        if self._outcome is None:
            self._outcome = sentence_for("memory" if code == EXIT_MEMORY else "crashed")
        self._conclude()

    def _conclude(self) -> None:
        outcome = self._outcome or ""
        self.stop()
        self.ended.emit(outcome)
