"""The indices along a grid seen from afar: every 10th, 100th, 1,000th as cells grow small, and the active cell's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from playground.record import Record
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from playground.views.grid.far import FarGeometry
    from playground.views.grid.paint import Scene

_GAP = 10


class Label(Record):
    """The text of a line, where it begins along its axis and how long it is, in pixels."""

    text: str
    start: float
    length: float
    is_active: bool


def label_step(size: float, needed: float) -> int:
    """Of how many lines, ``size`` pixels each, one has room for an index of ``needed`` pixels: a power of 10."""
    step = 1
    while step * size < needed:
        step *= 10
    return step


def labels_of(
    lines: tuple[int, int],
    ends: tuple[float, float],
    size: float,
    active: int | None,
    text_of: Callable[[int], str],
    length_of: Callable[[str], float],
    gap: float,
) -> list[Label]:
    """The labels of lines ``[first, stop)`` that lie between two pixels: none touches another.

    ``size`` is a line's; the label of the ``active`` one comes before all others.
    """
    first, stop = lines
    step = label_step(size, max(length_of(text_of(first)), length_of(text_of(stop - 1))) + gap)
    chosen = list(range(first + -first % step, stop, step))
    if active is not None and first <= active < stop:
        chosen = [active, *(line for line in chosen if line != active)]
    found: list[Label] = []
    for line in chosen:
        text = text_of(line)
        length = length_of(text)
        start = ends[0] + (line - first) * size + (size - length) / 2
        if size < length:
            start = max(ends[0], min(start, ends[1] - length))
        label = Label(text, start, length, line == active)
        others = (*found[:1], *found[-1:])  # the active one and the last one
        if all(start >= other.start + other.length + gap or start + length + gap <= other.start for other in others):
            found.append(label)
    return found


def paint_far_headers(painter: QPainter, scene: Scene, geometry: FarGeometry) -> None:
    """Indices as far as there is room for them."""
    palette, font = scene.palette, theme.mono(12)
    metrics = QFontMetricsF(font)
    height = metrics.height()
    painter.setFont(font)
    r0, r1, c0, c1 = geometry.visible
    active = scene.selection if scene.selection is not None and scene.focused else None
    if scene.source.ndim > 0:
        named = getattr(scene.source, "column_label", str)
        column = None if active is None else active.column
        ends, y = (geometry.left, geometry.width), geometry.top - theme.px(3) - height
        for label in labels_of(
            (c0, c1), ends, geometry.right, column, named, metrics.horizontalAdvance, theme.px(_GAP)
        ):
            painter.setPen(palette.ink if label.is_active else scene.column_colour or palette.faint)
            painter.drawText(QRectF(label.start, y, label.length + 1, height), label.text)
    if scene.source.ndim > 1:
        row = None if active is None else active.row
        ends, right = (geometry.top, geometry.height), geometry.left - theme.px(6)
        for label in labels_of((r0, r1), ends, geometry.down, row, scene.row_label, lambda _: height, theme.px(8)):
            painter.setPen(palette.ink if label.is_active else scene.row_colour or palette.faint)
            width = metrics.horizontalAdvance(label.text)
            painter.drawText(QRectF(right - width, label.start, width + 1, height), label.text)
