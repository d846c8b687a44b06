"""Compute ▸ Sweep: the times of a formula over n, live, beside the window and not in its way."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from playground.compute.device_names import CPU, GPU
from playground.compute.measuring.crossover import sentence
from playground.compute.measuring.recorded import Recording, recording_of
from playground.compute.measuring.sweep_table import csv_text
from playground.session.sweep_run import SweepRun, as_command
from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.timing.sweep_chart import SweepChart
from playground.views.timing.sweep_form import SweepForm
from playground.views.timing.sweep_picture import save_picture
from playground.workspace.memory import SHARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from playground.compute.measuring.sweep import Point, Skipped, Sweep
    from playground.compute.outcome import Failure
    from playground.views.main_window import MainWindow

_WIDTH, _HEIGHT = 940, 680
_TICK_MS = 250
_STEPS = 1000
_MOST_SKIPPED = 2
"""So many of the sizes that are left out are said each with its reason."""
_FIRST_FORMULA = "A @ B"


def open_sweep(window: MainWindow) -> None:
    """Open the dialog for the shown formula, made the first time."""
    dialog = window.findChild(SweepDialog)
    if dialog is None:
        dialog = SweepDialog(window)
        window.closed.connect(dialog.stop)
    dialog.open_now()


class SweepDialog(QDialog):
    """Fields, chart and what came of it. Esc cancels a sweep that runs, else it closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("sweepDialog")
        self.setWindowTitle(tr("Sweep over n"))
        self.setAccessibleName(tr("Sweep: the times of a formula over n"))
        self._window = window
        self._sweep: Sweep | None = None
        self._wanted = 0
        self._points: list[Point] = []
        self._skipped: list[Skipped] = []
        self._missing: Failure | None = None
        self._recording: Recording | None = None
        self._started = self._estimated_at = self._remaining_s = 0.0
        self._run = SweepRun(self)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._dress()

    def open_now(self) -> None:
        """Show for the formula that the window shows; one that is being measured stays."""
        if not self._run.running:
            snapshot = self._window.session.snapshot
            meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
            self.form.gpu_name = GPU if snapshot.device == CPU else snapshot.device
            self.form.offer(meaning.inference.source if meaning else _FIRST_FORMULA, snapshot.analysis.signatures)
        room = self._window.size()
        wide, high = max(theme.px(_WIDTH), room.width() // 2), max(theme.px(_HEIGHT), room.height() * 3 // 5)
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 60))
        self.show()
        self.activateWindow()
        self.form.run.setFocus()

    def stop(self) -> None:
        """End what is being measured."""
        self._tick.stop()
        self._run.stop()

    def reject(self) -> None:
        """Esc: cancel, and only where there is nothing to cancel close."""
        if self._run.running:
            self.cancel()
        else:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter presses the button that has the focus. In a field it measures, which no button may do besides."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            pressed: QKeyEvent = event  # type: ignore[assignment]
            if pressed.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is measured for nobody ends."""
        self.stop()
        self._show_running(running=False)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    # -- measuring -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Measure what the fields say, or say what is wrong with them."""
        try:
            self._sweep, devices = self.form.asked()
        except ValueError as error:
            self._say(str(error), bad=True)
            announce(self, str(error))
            return
        self._points, self._skipped, self._missing, self._recording = [], [], None, None
        self._wanted = len(self._sweep.sizes) * len(devices)
        self._started = self._estimated_at = time.monotonic()
        self._remaining_s = 0.0
        self.chart.show_points((), self._sweep.sizes)
        snapshot = self._window.session.snapshot
        self._run.start(self._sweep, devices, snapshot.threads or 0, snapshot.memory_share or SHARE)
        self._show_running(running=True)
        self._show_progress()
        self._tick.start()

    def cancel(self) -> None:
        """End it; what is done stays."""
        self.stop()
        self._finish(tr("Cancelled: {done} of {all} measured.", done=len(self._points), all=self._wanted))

    def _on_button(self) -> None:
        if self._run.running:
            self.cancel()
        else:
            self.start()

    def _on_point(self, point: Point) -> None:
        assert self._sweep is not None
        self._points.append(point)
        self.chart.show_points(self._points, self._sweep.sizes, self._recording)

    def _on_missing(self, failure: Failure) -> None:
        assert self._sweep is not None
        self._missing, self._recording = failure, recording_of(self._sweep)
        self._wanted -= len(self._sweep.sizes)
        self.chart.show_points(self._points, self._sweep.sizes, self._recording)

    def _on_remaining(self, seconds: float) -> None:
        self._remaining_s, self._estimated_at = seconds, time.monotonic()
        self._show_progress()

    def _on_ended(self, why: str) -> None:
        self._tick.stop()
        took = time.monotonic() - self._started
        self._finish(why or tr("Measured in {seconds} s.", seconds=f"{took:.0f}" if took >= 1 else "1"), bad=bool(why))

    def _finish(self, said: str, *, bad: bool = False) -> None:
        self._show_running(running=False)
        if self._sweep is not None:
            self.chart.show_points(self._points, self._sweep.sizes if self._points else (), self._recording)
        self._say("\n".join([said, *self._findings()]), bad=bad)
        announce(self, " ".join([said, *self._findings()]))

    def _findings(self) -> list[str]:
        """What the points tell, and why others are missing: a sentence each."""
        found = [sentence(self._points)]
        if self._missing is not None:
            found.append(
                tr("No curve of a GPU: {why} {cure}", why=self._missing.message, cure=self._missing.hint).strip()
            )
        if self._recording is not None:
            found.append(self._recording.sentence)
        found += [
            tr("n = {size} is left out on the {device}: {why}", size=item.size, device=item.device.upper(),
               why=item.failure.message)
            for item in self._skipped[:_MOST_SKIPPED]
        ]  # fmt: skip
        if len(self._skipped) > _MOST_SKIPPED:
            found.append(tr("Left out as well: {count} more.", count=len(self._skipped) - _MOST_SKIPPED))
        return [text for text in found if text]

    def _show_progress(self) -> None:
        now = time.monotonic()
        left = max(0.0, self._remaining_s - (now - self._estimated_at))
        spent = now - self._started
        self.progress.setValue(round(_STEPS * spent / (spent + left)) if self._remaining_s and spent else 0)
        done = len(self._points) + len(self._skipped)
        said = tr("{done} of {all} measured", done=done, all=self._wanted)
        if self._remaining_s:
            said += " · " + tr("about {seconds} s left", seconds=max(1, math.ceil(left)))
        self._say("\n".join([said, *self._findings()]))

    def _show_running(self, *, running: bool) -> None:
        self.form.set_enabled(not running)
        self.form.run.setText(tr("Cancel") if running else tr("Run"))
        self.form.run.setToolTip(tr("End the sweep (Esc)") if running else tr("Measure (Enter)"))
        self.progress.setVisible(running)
        for button in (self.as_csv, self.as_png):
            button.setEnabled(bool(self._points) and not running)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.status.setText(text)
        kind = "bad" if bad else "soft"
        if self.status.property("kind") != kind:
            self.status.setProperty("kind", kind)
            theme.restyle(self.status)

    # -- saving and copying ---------------------------------------------------------------------------------------

    def copy_command(self) -> None:
        """Copy the line for a terminal that measures the same."""
        try:
            command = as_command(*self.form.asked())
        except ValueError as error:
            self._say(str(error), bad=True)
        else:
            QGuiApplication.clipboard().setText(command)
            self._say("\n".join([tr("Copied: {command}", command=command), *self._findings()]))

    def save_csv(self) -> None:
        """Ask for a place and write the points there."""
        path = self._place(tr("Save as CSV"), "sweep.csv", "CSV (*.csv)")
        if path is not None:
            self._save(path, lambda: path.write_text(csv_text(self._points, self._recording), encoding="utf-8"))

    def save_png(self) -> None:
        """Ask for a place and write the plot there."""
        path = self._place(tr("Save as PNG"), "sweep.png", "PNG (*.png)")
        sweep = self._sweep
        if path is not None and sweep is not None:
            operands = ", ".join([*(f"{name} {shape}" for name, shape in sweep.shapes.items()), sweep.dtype])
            self._save(path, lambda: save_picture(path, self._points, sweep.expression, operands, self._recording))

    def _place(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        return Path(chosen).with_suffix(Path(name).suffix) if chosen else None

    def _save(self, path: Path, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            self._say(tr("{name} can't be written: {why}", name=path.name, why=error.strerror or error), bad=True)
        else:
            self._say("\n".join([tr("Saved as {name}.", name=path.name), *self._findings()]))

    # -- places --------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.form = SweepForm()
        self.chart = SweepChart()
        self.progress = QProgressBar()
        self.progress.setObjectName("sweepProgress")
        self.progress.setAccessibleName(tr("Progress of the sweep"))
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.status = QLabel()
        self.status.setObjectName("sweepStatus")
        self.status.setAccessibleName(tr("What the sweep tells"))
        self.status.setProperty("kind", "soft")
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.as_csv = _button("sweepCsv", tr("Save as CSV…"))
        self.as_png = _button("sweepPng", tr("Save as PNG…"))
        self.as_command = _button("sweepCommand", tr("Copy as command"))
        self.as_command.setToolTip(tr("Copy the line for a terminal that measures the same"))
        self.close_button = _button("sweepClose", tr("Close"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.chart, 1)
        keeps_its_place = self.progress.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps_its_place)
        column.addWidget(self.progress)
        column.addWidget(self.status)
        buttons = QHBoxLayout()
        buttons.addWidget(self.as_csv)
        buttons.addWidget(self.as_png)
        buttons.addWidget(self.as_command)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.form.run.setAutoDefault(False)  # a field's own Enter runs; Enter amid a sweep must not cancel it
        self.form.run.clicked.connect(self._on_button)
        self.form.enterPressed.connect(self.start)
        for button in (self.form.run, self.as_csv, self.as_png, self.as_command, self.close_button):
            button.installEventFilter(self)
        self._run.pointArrived.connect(self._on_point)
        self._run.sizeSkipped.connect(self._skipped_append)
        self._run.deviceMissing.connect(self._on_missing)
        self._run.remainingEstimated.connect(self._on_remaining)
        self._run.ended.connect(self._on_ended)
        self.as_csv.clicked.connect(self.save_csv)
        self.as_png.clicked.connect(self.save_png)
        self.as_command.clicked.connect(self.copy_command)
        self.close_button.clicked.connect(self.close)
        self._show_running(running=False)

    def _skipped_append(self, skipped: Skipped) -> None:
        self._skipped.append(skipped)

    def _dress(self) -> None:
        self.progress.setFixedHeight(theme.px(4))
        self.status.setMinimumHeight(3 * self.status.fontMetrics().lineSpacing())


def _button(name: str, title: str) -> QPushButton:
    button = QPushButton(title)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
