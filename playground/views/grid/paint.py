"""Paints one picture of a grid: heat, texts, lines and headers; frames and handles are in `frames`.

Prices decide the form: colours are one scaled image, a row of plain numbers is one string in a monospaced font
spread to the cells' width, and no Qt enumeration is looked up while painting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLine, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QRegion

from playground.record import Record
from playground.views import theme
from playground.views.grid.cells import TOO_NARROW, CellFormat, cell_texts
from playground.views.grid.frames import Highlight, paint_brackets, paint_frames, paint_grip, paint_scrub
from playground.views.grid.heat import colours_of, heat_image
from playground.views.grid.layout import text_font, text_padding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.bands import Band
    from playground.views.grid.geometry import Geometry
    from playground.views.grid.heat import Ramp
    from playground.views.grid.selection import Selection
    from playground.views.grid.source import BlockSource
    from playground.views.theme import Palette

Box = tuple[int, int, int, int]

_RGB32 = QImage.Format.Format_RGB32
_DASHED = Qt.PenStyle.DashLine
_ANTIALIASING = QPainter.RenderHint.Antialiasing
_NO_SHAPING = QFont.StyleStrategy.PreferNoShaping
_ABSOLUTE = QFont.SpacingType.AbsoluteSpacing
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)

STALE_OPACITY = 0.42


class Scene(Record):
    """Everything a picture depends on."""

    source: BlockSource
    geometry: Geometry
    palette: Palette
    cell_format: CellFormat
    ramp_of: Callable[[Box], Ramp]  # the colours of these cells
    selection: Selection | None  # None: no active cell is shown
    ranges: tuple[Box, ...]  # all rectangles that are selected, that of the active cell among them
    focused: bool
    highlights: tuple[Highlight, ...]
    bands: tuple[Band, ...]  # cells that hang on what is pointed at
    sought: Callable[[np.ndarray], np.ndarray] | None  # tells which of some cells, 1-D, a search has found
    row_label: Callable[[int], str]
    row_colour: QColor | None
    column_colour: QColor | None
    result: bool
    stale: bool
    grip: bool  # the outer corner can be dragged
    scrub: bool  # the active cell has its handle
    empty_text: str


def paint_grid(painter: QPainter, scene: Scene, region: QRect) -> None:
    """Paint what of ``scene`` touches ``region``."""
    geometry = scene.geometry
    shown = _touched(geometry, region)
    # What cells cover whole isn't painted twice: the ground under a screen of them costs as much as their colours.
    covered = QRect() if shown is None or scene.stale else QRect(*geometry.box(*shown))
    for ground in QRegion(region).subtracted(covered):  # type: ignore[attr-defined]  # iterable, though its stub is silent
        painter.fillRect(ground, scene.palette.background)
    if scene.stale:
        painter.setOpacity(STALE_OPACITY)
    if shown is not None:
        _paint_cells(painter, scene, shown)
        _paint_lines(painter, scene, shown)
        paint_frames(painter, scene)
    if scene.bands:
        from playground.views.grid.bands import paint_bands  # nothing is pointed at in the first picture

        paint_bands(painter, scene)
    _paint_headers(painter, scene, region)
    if geometry.empty:
        _paint_sentence(painter, scene)
    if scene.grip:
        paint_grip(painter, scene)
    if scene.scrub and scene.selection is not None:
        paint_scrub(painter, scene)


def _touched(geometry: Geometry, region: QRect) -> Box | None:
    """Visible cells in ``region``, and their neighbours up and left, whose lines it may cut."""
    r0, r1, c0, c1 = geometry.visible
    top = geometry.first_row + (region.top() - geometry.top) // geometry.cell_height
    bottom = geometry.first_row + (region.bottom() - geometry.top) // geometry.cell_height + 1
    first = geometry.first_column + (region.left() - geometry.left) // geometry.cell_width
    last = geometry.first_column + (region.right() - geometry.left) // geometry.cell_width + 1
    r0, r1, c0, c1 = max(r0, top), min(r1, bottom), max(c0, first), min(c1, last)
    return (r0, r1, c0, c1) if r0 < r1 and c0 < c1 else None


def _paint_cells(painter: QPainter, scene: Scene, shown: Box) -> None:
    geometry, palette = scene.geometry, scene.palette
    base = palette.result if scene.result else palette.cell
    place = QRect(*geometry.box(*shown))
    block = scene.source.block(*shown)
    if block is None:
        painter.fillRect(place, base)
        painter.setPen(palette.faint)
        dots = [["…"] * (shown[3] - shown[2]) for _ in range(shown[1] - shown[0])]
        _TextPainter(painter, scene, shown).paint_singly(dots)
        return
    colours = heat_image(block, scene.ramp_of(shown), colours_of(palette, base))
    height, width = colours.shape
    painter.drawImage(place, QImage(colours.data, width, height, 4 * width, _RGB32))
    if block.dtype.kind in "fc" and not np.isfinite(block).all():
        from playground.views.grid.heat_marks import paint_marks  # few pictures have any

        paint_marks(painter, scene, shown, block)
    texts = cell_texts(block, scene.cell_format)
    painter.setPen(palette.ink)
    _TextPainter(painter, scene, shown).paint(texts, plain=block.dtype.kind != "c")


class _TextPainter:
    """Writes texts right-aligned into cells: a row at a time where the font allows it, else cell by cell."""

    def __init__(self, painter: QPainter, scene: Scene, shown: Box) -> None:
        self._painter = painter
        self._geometry, self._shown = scene.geometry, shown
        self._font = text_font(scene.geometry.cell_height)
        metrics = QFontMetricsF(self._font)
        self._advance = metrics.horizontalAdvance("0")
        self._even = all(metrics.horizontalAdvance(sign) == self._advance for sign in "−≈∞")
        self._metrics = metrics
        self._padding = text_padding(scene.geometry.cell_width)
        self._baseline = (scene.geometry.cell_height + metrics.ascent() - metrics.descent()) / 2

    def paint(self, texts: list[list[str]], *, plain: bool) -> None:
        """Write a block of texts; ``plain`` says that all their characters are of one width."""
        per_cell = int(self._geometry.cell_width / self._advance)
        spread = self._geometry.cell_width - per_cell * self._advance
        few = len(texts) * len(texts[0]) <= 256
        if few or not (plain and self._even) or any(TOO_NARROW in row for row in texts):
            self.paint_singly(texts)
            return
        font = QFont(self._font)
        font.setLetterSpacing(_ABSOLUTE, spread / per_cell)
        font.setStyleStrategy(_NO_SHAPING)  # digits need none, and spaced text costs half without it
        self._painter.setFont(font)
        x = self._geometry.x(self._shown[2]) - self._padding
        y = self._geometry.y(self._shown[0]) + self._baseline
        for row in texts:
            self._painter.drawText(QPointF(x, y), "".join([text.rjust(per_cell) for text in row]))
            y += self._geometry.cell_height

    def paint_singly(self, texts: list[list[str]]) -> None:
        """Write each text for itself: any characters, no letter spacing."""
        painter, width = self._painter, self._geometry.cell_width
        painter.setFont(self._font)
        advance = self._metrics.horizontalAdvance
        y = self._geometry.y(self._shown[0]) + self._baseline
        left = self._geometry.x(self._shown[2])
        for row in texts:
            right = left + width - self._padding
            for text in row:
                painter.drawText(QPointF(right - advance(text), y), text)
                right += width
            y += self._geometry.cell_height


def _paint_lines(painter: QPainter, scene: Scene, shown: Box) -> None:
    geometry = scene.geometry
    r0, r1 = shown[:2]
    x, y, width, height = geometry.box(*shown)
    painter.setPen(QPen(scene.palette.line, 0))
    lines = [QLine(x, line, x + width, line) for line in range(y, y + height + 1, geometry.cell_height)]
    lines += [QLine(line, y, line, y + height) for line in range(x, x + width + 1, geometry.cell_width)]
    painter.drawLines(lines)
    if scene.source.ndim > 2 and (step := scene.source.shape[-2]) > 0:
        # Where one matrix of a stack ends and the next begins.
        painter.setPen(QPen(scene.palette.faint, 0))
        borders = [geometry.y(row) for row in range(r0 + -r0 % step, r1 + 1, step) if row]
        painter.drawLines([QLine(x, line, x + width, line) for line in borders])
    if scene.source.ndim == 1:
        paint_brackets(painter, scene)


def _paint_headers(painter: QPainter, scene: Scene, region: QRect) -> None:
    geometry, palette = scene.geometry, scene.palette
    r0, r1, c0, c1 = geometry.visible
    font = theme.mono(12)
    metrics = QFontMetricsF(font)
    digit = metrics.horizontalAdvance("0")  # of all signs of this font
    painter.setFont(font)
    marked = scene.ranges if scene.focused else ()
    if scene.source.ndim > 0 and region.top() < geometry.top:
        quiet = scene.column_colour or palette.faint
        named = getattr(scene.source, "column_label", str)
        base = geometry.top - theme.px(3) - metrics.descent()
        for column in range(c0, c1):
            label = named(column)
            painter.setPen(palette.ink if any(box[2] <= column < box[3] for box in marked) else quiet)
            x = geometry.x(column) + (geometry.cell_width - len(label) * digit) / 2
            painter.drawText(QPointF(x, base), label)
    if scene.source.ndim > 1 and region.left() < geometry.left:
        quiet = scene.row_colour or palette.faint
        right = geometry.left - theme.px(6)
        middle = (geometry.cell_height + metrics.ascent() - metrics.descent()) / 2
        first = geometry.first_row + (region.top() - geometry.top) // geometry.cell_height
        last = geometry.first_row + (region.bottom() - geometry.top) // geometry.cell_height
        for row in range(max(r0, first), min(r1, last + 1)):
            label = scene.row_label(row)
            painter.setPen(palette.ink if any(box[0] <= row < box[1] for box in marked) else quiet)
            base = geometry.y(row) + middle
            painter.drawText(QPointF(right - len(label) * digit, base), label)


def _paint_sentence(painter: QPainter, scene: Scene) -> None:
    geometry, palette = scene.geometry, scene.palette
    place = QRect(geometry.left, geometry.top, geometry.empty_width, geometry.empty_height)
    painter.setPen(QPen(palette.accent if scene.focused else palette.line, 1, _DASHED))
    painter.setBrush(palette.result if scene.result else palette.cell)
    painter.drawRect(place.adjusted(0, 0, -1, -1))
    painter.setPen(palette.soft)
    painter.setFont(theme.sans(13))
    margin = theme.px(10)
    painter.drawText(place.adjusted(margin, 0, -margin, 0), _WRAPPED, scene.empty_text)
