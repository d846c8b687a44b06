"""The whole account of one evaluation: every figure with what it is, and beside it the evaluations before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.timing.history_chart import HistoryChart
from playground.views.timing.texts import (
    download_text,
    first_text,
    moved_text,
    peak_text,
    runs_text,
    seconds_text,
    upload_text,
    work_text,
)  # fmt: skip

if TYPE_CHECKING:
    from playground.compute.outcome import Peak, Timing
    from playground.engine.messages import Result

_FIGURES_IN_A_ROW = 3
_WIDE = ("compute", "peak", "notes")
"""Sentences: each has a row of its own, below the figures."""


class TimeAccount(QWidget):
    """Every figure of one evaluation, with what it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chart = HistoryChart(self)
        self._figures = figures = QGridLayout()
        figures.setVerticalSpacing(5)
        figures.setHorizontalSpacing(14)
        figures.setColumnStretch(2 * _FIGURES_IN_A_ROW - 1, 1)
        captions = _captions()
        self._captions = {key: QLabel(caption) for key, caption in captions.items()}
        self._values = {key: QLabel() for key in captions}
        short = [key for key in captions if key not in _WIDE]
        for place, key in enumerate(short):
            down, across = divmod(place, _FIGURES_IN_A_ROW)
            self._put(key, 1 + down, 2 * across, 1)
        below = 1 + -(-len(short) // _FIGURES_IN_A_ROW)
        for row, key in ((0, "compute"), (below, "peak"), (below + 1, "notes")):
            self._put(key, row, 0, 2 * _FIGURES_IN_A_ROW - 1)
        figures.setRowStretch(below + 2, 1)  # what the chart is higher than the figures lies under them
        beside = QHBoxLayout(self)
        beside.setContentsMargins(14, 2, 14, 10)
        beside.setSpacing(theme.px(24))
        beside.addLayout(figures, 3)
        beside.addWidget(self.chart, 2)
        self._dress()

    def show_result(self, result: Result | None, timing: Timing | None = None, peak: Peak | None = None) -> None:
        """Show what took the time of ``result``; dashes where there is none.

        ``timing`` is the result's, with what was measured since.
        """
        texts = dict.fromkeys(self._values, "–")
        if result is not None:
            texts |= _texts(result, timing or result.timing, peak)
        for key, text in texts.items():
            self._values[key].setText(text)
            self._values[key].setAccessibleName(f"{self._captions[key].text()}: {text}")
        for key in ("peak", "notes"):
            for label in (self._captions[key], self._values[key]):
                label.setVisible(result is not None and bool(texts[key]))

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _put(self, key: str, row: int, column: int, span: int) -> None:
        self._captions[key].setProperty("kind", "soft")
        for label in (self._captions[key], self._values[key]):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._figures.addWidget(self._captions[key], row, column)
        self._values[key].setObjectName(f"timing_{key}")
        self._values[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._values[key].setWordWrap(key in _WIDE)
        self._figures.addWidget(self._values[key], row, column + 1, 1, span)

    def _dress(self) -> None:
        for label in self._values.values():
            label.setFont(theme.mono(12))


def _texts(result: Result, timing: Timing, peak: Peak | None) -> dict[str, str]:
    return {
        "compute": f"{seconds_text(timing.compute_s)} ({runs_text(timing)})",
        "upload": upload_text(timing),
        "download": download_text(timing, stays=result.value is None and not result.parts),
        "first": first_text(timing),
        "total": seconds_text(timing.total_s),
        "work": work_text(timing, result.flops),
        "moved": moved_text(timing),
        "peak": peak_text(timing, result.flops, peak),
        "notes": "\n".join(result.notes),
    }


def _captions() -> dict[str, str]:
    return {
        "compute": tr("Computing"),
        "upload": tr("To the device"),
        "first": tr("First call"),
        "work": tr("Work"),
        "download": tr("Back to memory"),
        "total": tr("All together"),
        "moved": tr("Memory"),
        "peak": tr("Compared"),
        "notes": tr("How"),
    }
