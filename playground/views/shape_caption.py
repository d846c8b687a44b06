"""A shape drawn size by size, each in the colour of its axis; captions and the entry list share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPainter

    from playground.language.signature import Shape

Run = tuple[str, "QColor", bool]
"""A text, its colour, and whether it is bold."""


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
