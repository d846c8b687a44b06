"""What is drawn over a grid's cells: frames, the selection, a vector's brackets, the handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from playground.record import Record
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from playground.views.grid.paint import Scene

Box = tuple[int, int, int, int]

_NO_BRUSH = Qt.BrushStyle.NoBrush
_NO_PEN = Qt.PenStyle.NoPen
_MITER = Qt.PenJoinStyle.MiterJoin
_ANTIALIASING = QPainter.RenderHint.Antialiasing

SCRUB_SIZE = (20, 12)
_FRAME = 2
_ACTIVE_FRAME = 2.5


class Highlight(Record):
    """Cells ``[r0:r1, c0:c1]`` that get a frame each, in a colour."""

    r0: int
    r1: int
    c0: int
    c1: int
    colour: QColor


def paint_brackets(painter: QPainter, scene: Scene) -> None:
    """Round ends instead of a row's index: this is a vector, not a matrix of one row."""
    geometry = scene.geometry
    reach, radius = theme.px(5), theme.px(9)
    painter.setRenderHint(_ANTIALIASING, True)
    painter.setPen(QPen(scene.palette.soft, 2))
    top, height = geometry.y(0) + 0.5, geometry.cell_height
    ends = []
    if geometry.first_column == 0:
        ends.append((geometry.left - reach, 90))
    if geometry.visible[3] == geometry.columns:
        ends.append((geometry.x(geometry.columns) + reach - 2 * radius, -90))
    for x, start in ends:
        for y, begin in ((top, 90 if start > 0 else 0), (top + height - 2 * radius, 180 if start > 0 else 270)):
            painter.drawArc(QRectF(x, y, 2 * radius, 2 * radius), begin * 16, 90 * 16)
        edge = x if start > 0 else x + 2 * radius
        painter.drawLine(QLineF(edge, top + radius, edge, top + height - radius))
    painter.setRenderHint(_ANTIALIASING, False)


def _frame(painter: QPainter, colour: QColor, box: Box, thick: float) -> None:
    """Draw a frame of ``thick`` pixels inside the lines of one cell."""
    pen = QPen(colour, thick)
    pen.setJoinStyle(_MITER)
    painter.setPen(pen)
    x, y, width, height = box
    inset = thick / 2
    painter.drawRect(QRectF(x + 1 + inset, y + 1 + inset, width - 1 - thick, height - 1 - thick))


def paint_frames(painter: QPainter, scene: Scene) -> None:
    """Paint the highlights' frames, the selection's tint and the active cell's frame."""
    geometry = scene.geometry
    painter.setBrush(_NO_BRUSH)
    painter.setRenderHint(_ANTIALIASING, True)
    for light in scene.highlights:
        if (clipped := geometry.clip(light.r0, light.r1, light.c0, light.c1)) is None:
            continue
        for row in range(clipped[0], clipped[1]):
            for column in range(clipped[2], clipped[3]):
                _frame(painter, light.colour, geometry.box(row, row + 1, column, column + 1), _FRAME)
    if scene.sought is not None:
        _paint_hits(painter, scene, scene.sought)
    selection = scene.selection
    if selection is not None:
        accent = scene.palette.accent
        if len(scene.ranges) > 1 or not selection.single:
            _paint_ranges(painter, scene)
        active = geometry.clip(selection.row, selection.row + 1, selection.column, selection.column + 1)
        if active is not None:
            _frame(painter, accent, geometry.box(*active), _ACTIVE_FRAME)
    painter.setRenderHint(_ANTIALIASING, False)


def _paint_hits(painter: QPainter, scene: Scene, sought: Callable[[np.ndarray], np.ndarray]) -> None:
    """Underline the cells in sight that a search has found."""
    geometry = scene.geometry
    r0, r1, c0, c1 = geometry.visible
    block = scene.source.block(r0, r1, c0, c1)
    if block is None:
        return
    rows, columns = sought(block.reshape(-1)).reshape(block.shape).nonzero()
    inset, thick = theme.px(4), theme.px(3)
    reach, below = geometry.cell_width - inset, geometry.cell_height - thick
    painter.setPen(QPen(scene.palette.accent, thick))
    corners = [(geometry.x(c0 + c), geometry.y(r0 + r)) for r, c in zip(rows.tolist(), columns.tolist(), strict=True)]
    painter.drawLines([QLineF(x + inset, y + below, x + reach, y + below) for x, y in corners])


def _paint_ranges(painter: QPainter, scene: Scene) -> None:
    """Tint what is selected, what lies in several ranges no darker, and draw the border of each range."""
    geometry, accent = scene.geometry, scene.palette.accent
    places = [QRect(*geometry.box(*shown)) for box in scene.ranges if (shown := geometry.clip(*box)) is not None]
    tint = QColor(accent)
    tint.setAlphaF(0.16)
    together = QRegion()
    for place in places:
        together += place
    for rect in together:  # type: ignore[attr-defined]  # iterable, though its stub is silent
        painter.fillRect(rect, tint)
    painter.setPen(QPen(accent, 1))
    for place in places:
        painter.drawRect(QRectF(place).translated(0.5, 0.5))


def paint_grip(painter: QPainter, scene: Scene) -> None:
    """Paint the corner handle: drag it and the array is resized."""
    x, y = scene.geometry.corner
    reach, arm = scene.geometry.end - theme.px(5), theme.px(10)
    painter.setPen(QPen(scene.palette.faint, 2))
    x, y = x + reach, y + reach
    painter.drawLines([QLineF(x, y, x - arm, y), QLineF(x, y, x, y - arm)])


def paint_scrub(painter: QPainter, scene: Scene) -> None:
    """Paint the ↔ handle on the lower line of the active cell: drag it sideways and the number follows."""
    if scene.selection is None:
        return
    width, height = (theme.px(size) for size in SCRUB_SIZE)
    box = QRectF(*scene.geometry.scrub_box(scene.selection.row, scene.selection.column, width, height))
    painter.setRenderHint(_ANTIALIASING, True)
    painter.setPen(_NO_PEN)
    painter.setBrush(scene.palette.accent)
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QPen(scene.palette.panel, 1.5))
    middle, reach, head = box.center(), width * 0.27, height * 0.2
    tips = (QPointF(middle.x() - reach, middle.y()), QPointF(middle.x() + reach, middle.y()))
    lines = [QLineF(*tips)]
    for tip, side in zip(tips, (head, -head), strict=True):
        lines += [QLineF(tip, tip + QPointF(side, -head)), QLineF(tip, tip + QPointF(side, head))]
    painter.drawLines(lines)
    painter.setRenderHint(_ANTIALIASING, False)
