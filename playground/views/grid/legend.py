"""The legend under a grid: which colour means which number, and how what isn't finite is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLine, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.grid.heat import NO_COLOURS, colours_of, heat_image, ramp_between
from playground.views.grid.legend_words import LegendWords, words_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from playground.views.grid.grid import Grid

_HEIGHT, _BAR_HEIGHT, _GAP = 26, 14, 8
_BAR_LEAST, _BAR_MOST = 40, 220
_SWATCH = (18, 14)
_MARK_BAR = 3
_RGB32 = QImage.Format.Format_RGB32
_NO_BRUSH = Qt.BrushStyle.NoBrush


class Legend(QWidget):
    """Explains the colours of one grid, whatever it shows; where each line has its own, those of the active cell's.

    Signals
    -------
    sizeWanted
        It needs more or less room than before.
    """

    sizeWanted = Signal()

    def __init__(self, grid: Grid, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("heatLegend")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid = grid
        self.is_wanted = False  # shown where there is room
        self._words = LegendWords()
        for news in (grid.coloursChanged, grid.selectionChanged, grid.viewChanged):
            news.connect(self.follow)
        self.follow()

    @property
    def entry(self) -> str:
        """The name of what it explains."""
        return self._grid.name

    @property
    def words(self) -> LegendWords:
        """What it says."""
        return self._words

    def follow(self) -> None:
        """Say what holds now."""
        words = words_of(self._grid, self._words)
        if words == self._words:
            return
        least, self._words = self.least_width(), words
        self.setAccessibleName(tr("Colours of {name}", name=self._grid.name))
        self.setAccessibleDescription(words.sentence)
        self.setToolTip(words.sentence)
        self.update()
        if self.least_width() != least:
            self.updateGeometry()
            self.sizeWanted.emit()

    def least_width(self) -> int:
        """Pixels below which something would have to be left out."""
        bar = theme.px(_BAR_LEAST + _GAP) if self._words.limits is not None else 0
        return self._left() + self._fixed_width(self._words) + bar

    def short_width(self) -> int:
        """Pixels below which not even the limits could be told."""
        bar = theme.px(_BAR_LEAST + _GAP) if self._words.limits is not None else 0
        return self._left() + self._fixed_width(replace(self._words, line="", marks=())) + bar

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.least_width(), theme.px(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """Colours and fonts may have changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whose limits, the smaller one, the bar, the larger one, the marks: from left to right."""
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        words, colours = self._fitting(), theme.current()
        painter.setFont(theme.mono(12))
        painter.setPen(colours.ink)
        x = self._text(painter, self._left(), words.line)
        painter.setPen(colours.soft)
        x = self._text(painter, x, words.low)
        if words.limits is not None:
            width = max(1, min(theme.px(_BAR_MOST), self.width() - self._left() - self._fixed_width(words)))
            self._paint_bar(painter, QRect(x, self._top(_BAR_HEIGHT), width, theme.px(_BAR_HEIGHT)))
            x += width + theme.px(_GAP)
        painter.setPen(colours.soft)
        x = self._text(painter, x, words.high)
        for kind, text in words.marks:
            self._paint_mark(painter, x, kind)
            x += theme.px(_SWATCH[0]) + theme.px(_GAP) // 2
            painter.setPen(colours.soft)
            x = self._text(painter, x, text)

    def _fitting(self) -> LegendWords:
        """The words that there is room for: nothing is cut, and the sentence has them all."""
        words, room = self._words, self.width() - self._left()
        bar = theme.px(_BAR_LEAST) if words.limits is not None else 0
        shorter = [words, *(replace(words, marks=words.marks[:count]) for count in range(len(words.marks) - 1, -1, -1))]
        shorter += [replace(shorter[-1], line=""), replace(shorter[-1], line="", low="", high="")]
        return next((some for some in shorter if self._fixed_width(some) + bar <= room), shorter[-1])

    def _left(self) -> int:
        return self._grid.layout_now().left

    def _fixed_width(self, words: LegendWords) -> int:
        """Pixels of all but the bar."""
        metrics, gap = QFontMetrics(theme.mono(12)), theme.px(_GAP)
        texts = [text for text in (words.line, words.low, words.high, *(text for _, text in words.marks)) if text]
        swatches = len(words.marks) * (theme.px(_SWATCH[0]) + gap // 2)
        return sum(metrics.horizontalAdvance(text) + gap for text in texts) + swatches

    def _top(self, height: int) -> int:
        return (self.height() - theme.px(height)) // 2

    def _text(self, painter: QPainter, x: int, text: str) -> int:
        """Write and give the place of what comes next."""
        if not text:
            return x
        metrics = painter.fontMetrics()
        painter.drawText(x, (self.height() + metrics.ascent() - metrics.descent()) // 2, text)
        return x + metrics.horizontalAdvance(text) + theme.px(_GAP)

    def _paint_bar(self, painter: QPainter, place: QRect) -> None:
        """All colours between the limits, with a line at 0 where it lies between them."""
        assert self._words.limits is not None
        (low, high), colours = self._words.limits, theme.current()
        part = np.linspace(0.0, 1.0, place.width())
        values = (low * (1 - part) + high * part)[None]
        if self._words.two_colours:
            values = np.rint(values)
        ramp = ramp_between(self._words.direction, low, high)
        image = heat_image(values, ramp, self._table())
        painter.drawImage(place, QImage(image.data, place.width(), 1, 4 * place.width(), _RGB32))
        painter.setPen(QPen(colours.faint, 1))
        painter.setBrush(_NO_BRUSH)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        if low < 0 < high:
            x = place.left() + round((place.width() - 1) * (-low / 2 / (high / 2 - low / 2)))
            painter.setPen(QPen(colours.ink, 1))
            painter.drawLine(QLine(x, place.top() - theme.px(3), x, place.bottom() + theme.px(3)))
            metrics = painter.fontMetrics()
            if place.left() + theme.px(4) < x < place.right() - metrics.horizontalAdvance("0") - theme.px(8):
                painter.drawText(x + theme.px(4), place.top() + (place.height() + metrics.capHeight()) // 2, "0")

    def _table(self) -> np.ndarray:
        """The colours that the grid has."""
        colours = theme.current()
        if self._words.far:
            from playground.views.grid.far_paint import far_table  # most grids are looked at closely

            return far_table(colours, colours.cell)
        return colours_of(colours, colours.cell)

    def _paint_mark(self, painter: QPainter, x: int, kind: str) -> None:
        """A small cell as the grid draws one of that kind."""
        from playground.views.grid.heat_marks import hatch_brush

        colours = theme.current()
        place = QRect(x, self._top(_SWATCH[1]), theme.px(_SWATCH[0]), theme.px(_SWATCH[1]))
        value = {"nan": np.nan, "plus": np.inf, "minus": -np.inf}[kind]
        word = heat_image(np.array([[value]]), NO_COLOURS, self._table())
        painter.drawImage(place, QImage(word.data, 1, 1, 4, _RGB32))
        if kind == "nan":
            painter.fillRect(place, hatch_brush(colours))
        else:
            bar = theme.px(_MARK_BAR)
            top = place.top() if kind == "plus" else place.bottom() + 1 - bar
            tint = colours.plus_infinite if kind == "plus" else colours.minus_infinite
            painter.fillRect(QRect(place.left(), top, place.width(), bar), QBrush(tint))
        painter.setPen(QPen(colours.faint, 1))
        painter.setBrush(_NO_BRUSH)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
