"""The timing: one line that splits the time of the last evaluation, and the whole account when it is unfolded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.compute.device_names import CPU
from playground.language.rules.flops import flops_text
from playground.translation import tr
from playground.views import theme
from playground.views.timing.split_bar import SplitBar
from playground.views.timing.texts import rate_text, runs_text, seconds_text

if TYPE_CHECKING:
    from playground.engine.messages import Result
    from playground.session.job import Measured
    from playground.session.snapshot import Snapshot
    from playground.views.timing.account import TimeAccount
    from playground.views.timing.history import History


class TimingPanel(QWidget):
    """Shows the timing of the shown result.

    Signals
    -------
    evaluationChosen
        An ``Evaluated`` of the history that a person wants back.
    raceRequested
        The shown formula is to be run on every device.
    sweepRequested
        The shown formula is to be run over many sizes.
    """

    evaluationChosen = Signal(object)
    raceRequested = Signal()
    sweepRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timingPanel")
        self.setAccessibleName(tr("Timing"))
        self._split = SplitBar()
        self._line = QLabel()
        self._line.setProperty("kind", "soft")
        self.details = QPushButton()
        self.details.setObjectName("timingDetails")
        self.details.setProperty("kind", "quiet")
        self.details.setCheckable(True)
        self.details.toggled.connect(self._on_details)
        self._result: Result | None = None
        self._measured: Measured | None = None
        self._row = QHBoxLayout()
        self._row.setContentsMargins(14, 0, 8, 0)
        self._row.setSpacing(18)
        self._row.addWidget(self._split)
        self._row.addWidget(self._line)
        self._row.addStretch(1)
        self._row.addWidget(self.details)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(0)
        column.addLayout(self._row)
        self._name_details(unfolded=False)
        self._dress()

    @cached_property
    def _account(self) -> TimeAccount:
        """Made when it is first unfolded: the first window needn't wait for it."""
        from playground.views.timing.account import TimeAccount

        account = TimeAccount(self)
        account.chart.chosen.connect(self.evaluationChosen)
        self._column.addWidget(account)
        return account

    @cached_property
    def _tools(self) -> tuple[QPushButton, ...]:
        """Race and sweep: beside the details while they are unfolded."""
        race = self._tool("raceButton", tr("Race"), tr("Run this formula on every device, side by side"))
        race.clicked.connect(self.raceRequested)
        sweep = self._tool("sweepButton", tr("Sweep"), tr("Run this formula over many sizes, as a plot"))
        sweep.clicked.connect(self.sweepRequested)
        return race, sweep

    def _tool(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    @cached_property
    def history(self) -> History:
        """The last evaluations that were shown."""
        from playground.views.timing.history import History

        return History()

    def insert_widget(self, widget: QWidget) -> None:
        """Put a widget (busy mark, cancel) before the details."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the time of the shown formula's present result; nothing where there is none."""
        name = snapshot.shown or ""
        state = snapshot.results.get(name)
        result = state.result if state is not None and state.current else None
        measured = snapshot.measured
        self._result = result
        self._measured = (
            measured if result is not None and measured is not None and measured.key == result.key else None
        )
        device = snapshot.device_label
        if result is not None:
            self._remember(snapshot, name, result, device)
        self._show(device)

    def _show(self, device: str) -> None:
        result, measured = self._result, self._measured
        timing = measured.timing if measured is not None else result.timing if result is not None else None
        self._split.show_timing(timing)
        if self.details.isChecked():
            self._show_account()
        if result is None or timing is None:
            self._line.setText("")
            self._line.setToolTip("")
            self.setAccessibleDescription("")
            return
        parts = [f"{device} {seconds_text(timing.compute_s)}"]
        if result.flops:
            parts.append(flops_text(result.flops))
        if rate := rate_text(timing):
            parts.append(rate)
        self._line.setText("     ".join(parts))
        self._line.setToolTip(f"{seconds_text(timing.compute_s)}: {runs_text(timing)}")
        self.setAccessibleDescription(", ".join(parts))

    def _remember(self, snapshot: Snapshot, name: str, result: Result, device: str) -> None:
        from playground.views.timing.history import Evaluated  # the first picture has no history

        source = snapshot.workspace.formulas.get(name)
        if source is not None:
            seconds = self._measured.timing.compute_s if self._measured is not None else result.timing.compute_s
            on_cpu = snapshot.device == CPU
            self.history.add(Evaluated(result.key, name, source, device, seconds, on_cpu), moving=snapshot.moving)

    def _show_account(self) -> None:
        result, measured = self._result, self._measured
        if measured is not None:
            self._account.show_result(result, measured.timing, measured.peak)
        else:
            self._account.show_result(result)
        self._account.chart.show_history(self.history, result.key if result is not None else "")

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._line.setFont(theme.mono(13))

    def _on_details(self, unfolded: bool) -> None:
        self._show_account()
        self._account.setVisible(unfolded)
        for tool in self._tools:
            tool.setVisible(unfolded)
        self._name_details(unfolded=unfolded)

    def _name_details(self, *, unfolded: bool) -> None:
        self.details.setText(tr("Details ▾") if unfolded else tr("Details ▴"))
        self.details.setAccessibleName(
            tr("Hide the account of the time") if unfolded else tr("Whole account of the time")
        )
