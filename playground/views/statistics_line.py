"""Statistics of what is selected, as one quiet line at the bottom, and as a table to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QEvent, QMetaObject, QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from playground.session.statistics import Summing
from playground.translation import tr
from playground.views import theme
from playground.views.elided import ElidedLabel
from playground.workspace.numbers import display_text, shortest_text
from playground.workspace.statistics import Statistics, Tally

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from playground.session.reading import Readable
    from playground.views.cell_line import CellLine
    from playground.views.grid.grid import Grid

_AT_ONCE = 1 << 15
"""Cells that are counted within a frame; more are counted beside the window."""
_DIGITS = 4
_GAP = "  "
_SHARE = 0.33


class StatisticsLine(QWidget):
    """Count, limits, mean and sum of the selection while it is more than one cell; hidden otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._line = ElidedLabel()
        self._line.setObjectName("statisticsLine")
        self._line.setAccessibleName(tr("Statistics of the selection"))
        self._line.setProperty("kind", "soft")
        self._copy = QPushButton(tr("Copy"))
        self._copy.setObjectName("copyStatistics")
        self._copy.setProperty("kind", "quiet")
        self._copy.setAccessibleName(tr("Copy statistics"))
        self._copy.setToolTip(tr("Copy these statistics with all their digits"))
        self._copy.clicked.connect(self.copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self._line)
        row.addWidget(self._copy)
        self._grid: Grid | None = None
        self._links: list[QMetaObject.Connection] = []
        self._shown: Statistics | None = None
        self._summing = Summing(self)
        self._summing.finished.connect(self._take)
        self._summing.progressed.connect(self._show_progress)
        self._dress()
        self.hide()

    def follow(self, line: CellLine) -> None:
        """Tell of the grid whose active cell ``line`` shows, whichever that is."""
        line.gridChanged.connect(self._follow)
        self._follow(line.grid)

    def copy(self) -> bool:
        """Put the statistics on the clipboard, a line each, with all digits; False where there are none (yet)."""
        if self._shown is None or self._grid is None:
            return False
        QGuiApplication.clipboard().setText(table_of(self._shown, self._grid.source.dtype))
        self._grid.refused.emit(tr("The statistics are copied."))
        return True

    def _follow(self, grid: Grid | None) -> None:
        if grid is self._grid:
            return
        for link in self._links:  # a grid that is gone has none any more
            QObject.disconnect(link)
        self._grid = grid
        self._links = []
        if grid is not None:
            self._links = [grid.selectionChanged.connect(self._count), grid.sourceChanged.connect(self._count)]
        self._count()

    def _count(self) -> None:
        """Count the selection as it is now: few cells at once, many in a thread."""
        self._summing.cancel()
        self._shown = None
        grid = self._grid
        if grid is None or grid.ranges.single or grid.layout_now().empty:
            self.hide()
            return
        boxes, cells = grid.ranges.boxes, grid.ranges.cells
        blocks = [grid.source.block(*box) for box in _apart(boxes)] if cells <= _AT_ONCE else [None]
        there = [block for block in blocks if block is not None]
        if len(there) == len(blocks):
            tally = Tally()
            for block in there:
                tally.add(block)
            self._take(tally.statistics)
        elif hasattr(grid.source, "reader"):
            self._say(tr("{count} cells", count=f"{cells:,}") + _GAP + "…")
            self._summing.start(cast("Readable", grid.source), boxes)

    def _take(self, statistics: Statistics | None) -> None:
        self._shown = statistics
        if statistics is None or self._grid is None:
            self.hide()
        else:
            self._say(_GAP.join(words_of(statistics, self._grid.source.dtype)))

    def _show_progress(self, part: float) -> None:
        if self._grid is not None:
            count = tr("{count} cells", count=f"{self._grid.ranges.cells:,}")
            self._say(count + _GAP + tr("{percent} %", percent=round(100 * part)))

    def _say(self, text: str) -> None:
        self._copy.setVisible(self._shown is not None)
        if text != self._line.text():
            self._line.setText(text)
            self._line.setAccessibleDescription(text)
        self.show()

    def sizeHint(self) -> QSize:
        """As wide as the words, and no wider than leaves the other parts of the bottom line theirs."""
        size = super().sizeHint()
        return QSize(min(size.width(), round(self.window().width() * _SHARE)), size.height())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for a count any more: the window closes, or nothing is selected."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._summing.cancel()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._line.setFont(theme.sans(12))


def _apart(boxes: tuple[tuple[int, int, int, int], ...]) -> list[tuple[int, int, int, int]]:
    from playground.workspace.statistics import disjoint

    return list(boxes) if len(boxes) == 1 else list(disjoint(boxes))


def words_of(statistics: Statistics, dtype: np.dtype) -> list[str]:
    """The statistics in a few words each: ``24 cells``, ``min −1``, ``max 3``; what isn't known is left out.

    Limits are written as the cells are, means and sums as decimal numbers.
    """
    wide = np.dtype(np.complex128 if dtype.kind == "c" else np.float64)
    whole = dtype.kind in "biu"
    limit = np.dtype(np.int64) if dtype.kind == "b" else dtype
    words = [tr("{count} cells", count=f"{statistics.count:,}")]
    for title, value, written in (
        (tr("min"), statistics.low, limit),
        (tr("max"), statistics.high, limit),
        (tr("mean"), statistics.mean, wide),
    ):
        if value is not None:
            words.append(f"{title} {display_text(value, written, _DIGITS)}")
    if statistics.total is not None:
        total = f"{statistics.total}".replace("-", "−") if whole else display_text(statistics.total, wide, _DIGITS)
        words.append(f"{tr('sum')} {total}")
    for title, count in (
        ("NaN", statistics.nan),
        ("∞", statistics.plus_infinite),
        ("−∞", statistics.minus_infinite),
    ):
        if count:
            words.append(f"{title} {count:,}")
    return words


def table_of(statistics: Statistics, dtype: np.dtype) -> str:
    """The statistics with all their digits, name and number on a line each, to paste into a table."""
    wide = np.dtype(np.complex128 if dtype.kind == "c" else np.float64)
    limit = np.dtype(np.int64) if dtype.kind == "b" else dtype
    rows = [
        ("count", str(statistics.count)),
        ("nan", str(statistics.nan)),
        ("inf", str(statistics.plus_infinite)),
        ("-inf", str(statistics.minus_infinite)),
    ]
    for name, value, written in (
        ("min", statistics.low, limit),
        ("max", statistics.high, limit),
        ("mean", statistics.mean, wide),
        ("std", statistics.deviation, np.dtype(np.float64)),
    ):
        if value is not None:
            rows.append((name, shortest_text(value, written)))
    if statistics.total is not None:
        rows.append(("sum", str(statistics.total) if dtype.kind in "biu" else shortest_text(statistics.total, wide)))
    return "\n".join(f"{name}\t{text}" for name, text in rows)
