"""A shape drawn size by size, each in the colour of its axis, and the caption over a grid that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPaintEvent

    from playground.language.signature import Shape

Run = tuple[str, "QColor", bool]
"""A text, its colour, and whether it is bold."""

CAPTION_HEIGHT = 24


def shape_runs(shape: Shape, axes: tuple[int, ...], clashing: frozenset[int] = frozenset()) -> list[Run]:
    """``3×2`` in colours. A vector says ``3`` with a comma, as NumPy's ``(3,)``; a scalar says so in a word."""
    colours = theme.current()
    if not shape:
        return [(tr("scalar"), colours.soft, False)]
    runs: list[Run] = []
    for axis, size in enumerate(shape):
        number = axes[axis] if axis < len(axes) else None
        bad = axis in clashing
        text = "?" if size is None else str(size)
        runs.append((f"✗ {text}" if bad else text, colours.bad if bad else colours.axis(number), bad))
        if axis < len(shape) - 1:
            runs.append(("×", colours.soft, False))
    return [("(", colours.soft, False), *runs, (",)", colours.soft, False)] if len(shape) == 1 else runs


def draw_runs(
    painter: QPainter, runs: list[Run] | tuple[Run, ...], x: int, baseline: int, normal: QFont, bold: QFont
) -> int:
    """Draw ``runs`` from ``x`` on and return where they end."""
    for text, colour, is_bold in runs:
        painter.setFont(bold if is_bold else normal)
        painter.setPen(colour)
        painter.drawText(x, baseline, text)
        x += painter.fontMetrics().horizontalAdvance(text)
    return x


def runs_width(runs: list[Run] | tuple[Run, ...], normal: QFont, bold: QFont) -> int:
    """Pixels that ``runs`` take."""
    metrics, bold_metrics = QFontMetrics(normal), QFontMetrics(bold)
    return sum((bold_metrics if run[2] else metrics).horizontalAdvance(run[0]) for run in runs)


class Caption(QWidget):
    """``A 3×2`` over a grid: the name bold, the sizes in their colours, and a quiet remark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._remark, self._firm = "", "", False
        self._runs: list[Run] = []
        self.indent = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_caption(self, name: str, runs: list[Run], remark: str, *, firm: bool) -> None:
        """Show ``name``, the coloured ``runs`` and the ``remark``; one that isn't ``firm`` only where it fits."""
        if (name, runs, remark, firm) != (self._name, self._runs, self._remark, self._firm):
            self._name, self._runs, self._remark, self._firm = name, runs, remark, firm
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.wanted_width(), theme.px(CAPTION_HEIGHT))

    def wanted_width(self) -> int:
        """Width of name and sizes, and of a firm remark, from the left edge of what is below."""
        name = QFontMetrics(theme.mono(15, bold=True)).horizontalAdvance(self._name)
        sizes = runs_width(self._runs, theme.mono(13), theme.mono(13, bold=True))
        remark = QFontMetrics(theme.mono(12)).horizontalAdvance(self._remark) + theme.px(10) if self._firm else 0
        return self.indent + name + theme.px(10) + sizes + theme.px(4) + remark

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, sizes, remark, on one baseline."""
        painter = QPainter(self)
        colours = theme.current()
        painter.setFont(theme.mono(15, bold=True))
        painter.setPen(colours.ink)
        baseline = self.height() - theme.px(7)
        painter.drawText(self.indent, baseline, self._name)
        x = self.indent + painter.fontMetrics().horizontalAdvance(self._name) + theme.px(10)
        x = draw_runs(painter, self._runs, x, baseline, theme.mono(13), theme.mono(13, bold=True))
        if self._remark:
            painter.setFont(theme.mono(12))
            painter.setPen(colours.soft)
            x += theme.px(10) if self._runs else 0
            if self._firm or painter.fontMetrics().horizontalAdvance(self._remark) <= self.width() - x:
                painter.drawText(x, baseline, self._remark)
        painter.end()
