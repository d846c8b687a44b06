"""The bar that splits a time: moving data there, computing, moving data back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.timing.texts import seconds_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from playground.compute.outcome import Timing


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


def _parts(timing: Timing) -> tuple[float, float, float]:
    return timing.upload_s, timing.compute_s, timing.download_s
