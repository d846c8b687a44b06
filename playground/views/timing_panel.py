"""The timing: one line that splits the time of the last evaluation, and the whole account when it is unfolded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.language.rules.flops import digits, flops_text
from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from playground.compute.outcome import Timing
    from playground.engine.protocol import Result

_LEAST_FLOPS_FOR_RATE = 1_000_000
_FIGURES_IN_A_ROW = 3


def seconds_text(seconds: float) -> str:
    """``4.1 µs``, ``310 µs``, ``12 ms``, ``1.8 s``: two or three digits in the unit that reads best."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        value = seconds * factor
        # What would be rounded to 1000 is 1 of the next unit.
        if value >= 0.9995 or unit == "µs":
            return f"{digits(value, 2)} {unit}"
    raise AssertionError


class TimingPanel(QWidget):
    """Shows the timing of the shown result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timingPanel")
        self.setAccessibleName(tr("Timing"))
        self._split = SplitBar()
        self._line = QLabel()
        self._line.setProperty("kind", "soft")
        self.details = QToolButton()
        self.details.setObjectName("timingDetails")
        self.details.setProperty("kind", "quiet")
        self.details.setCheckable(True)
        self.details.toggled.connect(self._on_details)
        self._result: Result | None = None
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
        account = TimeAccount(self)
        self._column.addWidget(account)
        return account

    def insert_widget(self, widget: QWidget) -> None:
        """Put a widget (busy mark, cancel) before the details."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def show_result(self, result: Result | None, device_label: str) -> None:
        """Show the time of ``result``; nothing where there is none."""
        self._result = result
        self._split.show_timing(result.timing if result is not None else None)
        if self.details.isChecked():
            self._account.show_result(result)
        if result is None:
            self._line.setText("")
            self.setAccessibleDescription("")
            return
        timing, flops = result.timing, result.flops
        parts = [f"{device_label} {seconds_text(timing.compute_s)}"]
        if flops:
            parts.append(flops_text(flops))
        if rate := _rate_text(timing, flops):
            parts.append(rate)
        self._line.setText("     ".join(parts))
        self.setAccessibleDescription(", ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._line.setFont(theme.mono(13))

    def _on_details(self, unfolded: bool) -> None:
        self._account.show_result(self._result)
        self._account.setVisible(unfolded)
        self._name_details(unfolded=unfolded)

    def _name_details(self, *, unfolded: bool) -> None:
        self.details.setText(tr("Details ▾") if unfolded else tr("Details ▴"))
        self.details.setAccessibleName(
            tr("Hide the account of the time") if unfolded else tr("Whole account of the time")
        )


class TimeAccount(QWidget):
    """Every figure of one evaluation, with what it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        figures = QGridLayout(self)
        figures.setContentsMargins(14, 2, 14, 10)
        figures.setVerticalSpacing(5)
        figures.setHorizontalSpacing(14)
        figures.setColumnStretch(2 * _FIGURES_IN_A_ROW, 1)
        captions = _captions()
        self._values = {key: QLabel() for key in captions}
        for place, (key, caption) in enumerate(captions.items()):
            label = QLabel(caption)
            label.setProperty("kind", "soft")
            down, across = divmod(place, _FIGURES_IN_A_ROW)
            figures.addWidget(label, down, 2 * across)
            figures.addWidget(self._values[key], down, 2 * across + 1)
            figures.setColumnMinimumWidth(2 * across + 1, 170)
        self._dress()

    def show_result(self, result: Result | None) -> None:
        """Show what took the time of ``result``; dashes where there is none."""
        texts = dict.fromkeys(self._values, "–") if result is None else _texts(result.timing, result.flops)
        for key, text in texts.items():
            self._values[key].setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        for label in self._values.values():
            label.setFont(theme.mono(12))


def _texts(timing: Timing, flops: int | None) -> dict[str, str]:
    runs = tr("median of {runs} runs", runs=timing.runs) if timing.runs > 1 else tr("one run")
    rate = _rate_text(timing, flops)
    work = " · ".join(filter(None, (flops_text(flops), rate))) if flops else tr("no agreed count")
    return {
        "upload": seconds_text(timing.upload_s) if timing.upload_s else tr("none: same memory"),
        "compute": f"{seconds_text(timing.compute_s)} ({runs})",
        "download": seconds_text(timing.download_s) if timing.download_s else tr("none: same memory"),
        "first": seconds_text(timing.first_call_s),
        "total": seconds_text(timing.total_s),
        "work": work,
    }


class SplitBar(QWidget):
    """Upload, compute and download as parts of one bar."""

    def __init__(self) -> None:
        super().__init__()
        self._timing: Timing | None = None
        self.setAccessibleName(tr("Parts of the time"))

    def show_timing(self, timing: Timing | None) -> None:
        """Show the parts of ``timing``."""
        self._timing = timing
        if timing is not None:
            parts = zip((tr("upload"), tr("compute"), tr("download")), _parts(timing), strict=True)
            self.setToolTip("\n".join(f"{name} {seconds_text(value)}" for name, value in parts))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as in the row of the status line."""
        return QSize(theme.px(150), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grey for moving data, the accent for computing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = theme.current()
        bar = QRect(0, (self.height() - theme.px(8)) // 2, self.width(), theme.px(8))
        painter.setBrush(colours.line)
        painter.drawRoundedRect(bar, 4, 4)
        parts = _parts(self._timing) if self._timing is not None else ()
        total, x = sum(parts), float(bar.left())
        for index, part in enumerate(parts):
            width = bar.width() * part / total if total else 0.0
            painter.setBrush(colours.accent if index == 1 else colours.faint)
            painter.drawRoundedRect(QRect(round(x), bar.top(), round(x + width) - round(x), bar.height()), 3, 3)
            x += width
        painter.end()


def _rate_text(timing: Timing, flops: int | None) -> str:
    """Operations a second; nothing where there were too few to say."""
    if timing.gflops is None or flops is None or flops < _LEAST_FLOPS_FOR_RATE:
        return ""
    return f"{flops_text(timing.gflops * 1e9)}/s"


def _parts(timing: Timing) -> tuple[float, float, float]:
    return timing.upload_s, timing.compute_s, timing.download_s


def _captions() -> dict[str, str]:
    return {
        "upload": tr("To the device"),
        "compute": tr("Computing"),
        "download": tr("Back to memory"),
        "first": tr("First call"),
        "total": tr("All together"),
        "work": tr("Work"),
    }
