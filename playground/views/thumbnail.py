"""A thumbnail of an array's true data: at most 8×8 cells in heat colours, or an empty outline without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from playground.views import theme
from playground.workspace.arrays import SAMPLE, sample_places

if TYPE_CHECKING:
    from playground.compute.outcome import Summary
    from playground.language.signature import Shape
    from playground.workspace.arrays import Array


def sampled(array: Array) -> np.ndarray:
    """At most 8×8 cells of the 2-D view, spread evenly over it, as float64 (magnitudes for complex)."""
    rows, columns = array.shape_2d
    if rows == 0 or columns == 0:
        return np.zeros((0, 0))
    if array.stored is not None:
        cells = _sample_of(array, array.stored.sample)
    elif rows <= SAMPLE and columns <= SAMPLE:
        cells = array.block(0, rows, 0, columns)
    else:
        places = sample_places(rows), sample_places(columns)
        cells = np.array([[array.block(r, r + 1, c, c + 1)[0, 0] for c in places[1]] for r in places[0]])
    return np.abs(cells) if cells.dtype.kind == "c" else cells.astype(np.float64)


def _sample_of(array: Array, sample: np.ndarray | None) -> np.ndarray:
    """The sample that was read of a file when it was opened, as it was edited since: no thumbnail waits for a disk."""
    if sample is None:
        return np.zeros((0, 0))
    if not array.tiles:
        return sample
    cells = sample.copy()
    rows, columns = map(sample_places, array.shape_2d)
    for (i, j), value in np.ndenumerate(sample):
        cells[i, j] = array.edited(np.array([[value]], sample.dtype), rows[i], columns[j])[0, 0]
    return cells


def of_summary(summary: Summary | None) -> np.ndarray:
    """The cells that the engine picked of a result; none of several results at once."""
    if summary is None:
        return np.zeros((0, 0))
    return np.atleast_2d(np.asarray(summary.thumbnail, dtype=np.float64))


def paint(cells: np.ndarray, width: int, height: int) -> QPixmap:
    """Draw ``cells`` at ``width``×``height`` with hairlines between them; strength follows magnitude."""
    colours = theme.current()
    pixmap = QPixmap(width, height)
    pixmap.fill(colours.raised)
    if cells.size == 0:
        return pixmap
    image = QImage(cells.shape[1], cells.shape[0], QImage.Format.Format_RGB32)
    finite = np.abs(cells[np.isfinite(cells)])
    top = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    for (row, column), value in np.ndenumerate(cells):
        image.setPixelColor(column, row, _shade(float(value), top))
    painter = QPainter(pixmap)
    rows, columns = cells.shape
    for row in range(rows):
        for column in range(columns):
            x, y = round(column * width / columns), round(row * height / rows)
            right, bottom = round((column + 1) * width / columns), round((row + 1) * height / rows)
            painter.fillRect(x, y, max(1, right - x - 1), max(1, bottom - y - 1), image.pixelColor(column, row))
    painter.end()
    return pixmap


def proportions(shape: Shape) -> tuple[int, int]:
    """Rows and columns that an array of ``shape`` is drawn with where it has no cells: at most 8 to 1."""
    rows, columns = (max(1, size or 1) for size in (1, 1, *shape)[-2:])
    if len(shape) < 2:
        rows = 1
    return min(rows, SAMPLE * columns), min(columns, SAMPLE * rows)


def paint_ghost(width: int, height: int) -> QPixmap:
    """Draw the outline and the hatching of an array without numbers."""
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    hatch(painter, QRect(0, 0, width - 1, height - 1), theme.px(6))
    painter.end()
    return pixmap


def hatch(painter: QPainter, rect: QRect, step: int) -> None:
    """Fill ``rect`` with quiet diagonals ``step`` pixels apart, in a dashed outline."""
    colours = theme.current()
    painter.save()
    painter.setClipRect(rect.adjusted(0, 0, 1, 1))
    painter.fillRect(rect, colours.raised)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 1))
    for x in range(rect.left() - rect.height(), rect.right() + 1, step):
        painter.drawLine(x, rect.bottom() + 1, x + rect.height() + 1, rect.top())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(colours.faint, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    painter.restore()


def _shade(value: float, top: float) -> QColor:
    colours = theme.current()
    if value != value:
        return colours.faint
    base = colours.negative if value < 0 else colours.positive
    strength = 0.12 + 0.8 * min(1.0, abs(value) / top)
    ground = colours.panel
    mixed = (
        round(ground.red() + (base.red() - ground.red()) * strength),
        round(ground.green() + (base.green() - ground.green()) * strength),
        round(ground.blue() + (base.blue() - ground.blue()) * strength),
    )
    return QColor(*mixed)
