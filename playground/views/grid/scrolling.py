"""Scroll bars and wheel that count rows and columns, exact for any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from playground.views.grid.geometry import Geometry
    from playground.views.grid.laid import LaidGrid

_BAR_MOST = 1 << 30  # scroll bars are 32-bit: longer grids scroll in proportion
_NOTCH = 120
_LINES_A_NOTCH = 3
_NOTCHES_A_PAGE = 10  # at most: of small cells a notch scrolls more lines


class Scrolling:
    """Keeps a view's scroll bars and its first row and column in step, whichever moved."""

    def __init__(self, view: LaidGrid) -> None:
        self._view = view
        self._syncing = False
        self._wheel = QPoint()
        self._bars = (view.verticalScrollBar(), view.horizontalScrollBar())
        for bar in self._bars:
            bar.valueChanged.connect(self._moved)

    def sync(self) -> None:
        """Put the bars where the view is."""
        layout = self._view.layout_now()
        # Without bars everything would fit: then there are none, whatever they leave room for now.
        needless = self._view.fits_whole()
        self._syncing = True
        for bar, first, most, page in zip(self._bars, *_extents(layout), strict=True):
            span = 0 if needless else min(most, _BAR_MOST)
            bar.setRange(0, span)
            bar.setPageStep(max(1, page * span // most) if most else page)
            bar.setValue(first * span // most if most else 0)
        self._syncing = False

    def move_pixels(self, old: Geometry, *, whole: bool) -> None:
        """Move what stays in sight and leave the rest to be painted; repaint all after a jump, or where ``whole``."""
        new, viewport = self._view.layout_now(), self._view.viewport()
        down, right = old.first_row - new.first_row, old.first_column - new.first_column
        if whole or right or abs(down) >= old.page_rows:
            viewport.update()
            return
        viewport.scroll(0, down * old.cell_height, QRect(0, old.top + 1, old.width, old.height - old.top - 1))

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll whole lines, three a notch or a tenth of a page; where nothing can scroll the event is the owner's."""
        layout = self._view.layout_now()
        if layout.last_first_row == 0 and layout.last_first_column == 0:
            event.ignore()
            return
        turned = event.angleDelta()
        across, along = (
            max(_LINES_A_NOTCH, page // _NOTCHES_A_PAGE) for page in (layout.page_columns, layout.page_rows)
        )
        self._wheel += QPoint(turned.x() * across, turned.y() * along)
        right, down = (int(part / _NOTCH) for part in (self._wheel.x(), self._wheel.y()))
        self._wheel -= QPoint(right, down) * _NOTCH
        self._view.scroll_to(layout.first_row - down, layout.first_column - right)

    def _moved(self) -> None:
        if self._syncing:
            return
        first = []
        for bar, now, most, _ in zip(self._bars, *_extents(self._view.layout_now()), strict=True):
            span = bar.maximum()
            # A bar that stands where the exact position put it did not move: lines between its steps stay.
            still = span == 0 or bar.value() == now * span // most
            first.append(now if still else bar.value() * most // span)
        self._view.scroll_to(*first)


def _extents(layout: Geometry) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """First line, last possible first line and lines a page, each down and across."""
    return (
        (layout.first_row, layout.first_column),
        (layout.last_first_row, layout.last_first_column),
        (layout.page_rows, layout.page_columns),
    )
