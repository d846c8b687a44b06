"""A grid to look at: cells laid out, coloured and zoomed by `FarGrid`, with marks, painted and repainted in part.

``Grid`` adds hands to it. Everything is set by the owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter

from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.grid.far_grid import FarGrid
from playground.views.grid.layout import room
from playground.views.grid.paint import Scene, paint_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.grid.bands import Band
    from playground.views.grid.frames import Highlight
    from playground.views.grid.selection import Selection

_PALETTE_CHANGE, _FONT_CHANGE = QEvent.Type.PaletteChange, QEvent.Type.FontChange
_CTRL = Qt.KeyboardModifier.ControlModifier


class GridView(FarGrid):
    """Shows the 2-D view of a source, with the marks that its owner sets."""

    formatRequested = Signal(object)  # the NumberFormat that a person chose for these numbers

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis_colours: tuple[QColor | None, QColor | None] = (None, None)
        self._highlights: tuple[Highlight, ...] = ()
        self._bands: tuple[Band, ...] = ()
        self._sought: Callable[[np.ndarray], np.ndarray] | None = None
        self._stale = self._result = False
        super().__init__(parent)

    # ---- marks --------------------------------------------------------------------------------------------

    def set_axis_colours(self, row_colour: QColor | None, column_colour: QColor | None) -> None:
        """Colour the headers' indices as their axes are coloured everywhere; None is the quiet grey."""
        # By identity: comparing a colour with None makes Qt look at everything a colour might become.
        if row_colour is not self._axis_colours[0] or column_colour is not self._axis_colours[1]:
            self._axis_colours = (row_colour, column_colour)
            self.viewport().update()

    def set_highlights(self, highlights: tuple[Highlight, ...]) -> None:
        """Frame cells; repaints those that were framed and those that now are."""
        if highlights == self._highlights:
            return
        for some, others in ((self._highlights, highlights), (highlights, self._highlights)):
            for light in some:
                if light not in others:
                    self.refresh(light.r0, light.r1, light.c0, light.c1)
        self._highlights = highlights

    @property
    def bands(self) -> tuple[Band, ...]:
        """The cells that are lit."""
        return self._bands

    def set_bands(self, bands: tuple[Band, ...]) -> None:
        """Light cells; repaints those that were lit and those that now are."""
        if bands == self._bands:
            return
        from playground.views.grid.bands import region  # nothing is lit in the first picture

        old, self._bands = self._bands, bands
        if self.is_far:
            self.viewport().update()
            return
        for some, others in ((old, bands), (bands, old)):
            for rect in region(tuple(band for band in some if band not in others), self.layout_now()):
                self.viewport().update(rect)

    def set_sought(self, sought: Callable[[np.ndarray], np.ndarray] | None) -> None:
        """Mark the cells that a search finds: ``sought`` tells of some, 1-D, which are; None marks none."""
        if sought is not self._sought:
            self._sought = sought
            self.viewport().update()

    def set_stale(self, stale: bool) -> None:
        """Grey everything: this is the last good picture, not today's."""
        if stale != self._stale:
            self._stale = self._unscrollable = stale
            self.viewport().update()

    def set_result(self, result: bool) -> None:
        """Tint the cells as computed ones."""
        if result != self._result:
            self._result = result
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if not event.modifiers() & _CTRL:
            self._scrolling.wheel(event)
        elif event.angleDelta().y():
            self.zoom_by_wheel(event)

    # ---- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what Qt asks for, no cell more."""
        scene = self._scene()
        with QPainter(self.viewport()) as painter:
            if self.is_far:
                from playground.views.grid.far_paint import paint_far  # the first picture shows numbers

                paint_far(painter, scene, event.rect(), self)
                return
            for rect in event.region():  # type: ignore[attr-defined]  # iterable, though its stub is silent
                painter.setClipRect(rect)
                paint_grid(painter, scene, rect)

    def _scene(self) -> Scene:
        layout, written = self.layout_now(), self._widths.format
        characters = room(layout)
        fits = written.characters <= characters
        return Scene(
            source=self._source,
            geometry=layout,
            palette=theme.current().lit if self.property("lit") else theme.current(),
            cell_format=replace(written, characters=characters, decimals=written.decimals if fits else 0),
            ramp_of=self._ramp_of,
            sought=self._sought,
            selection=self._shown_selection(),
            ranges=self._shown_ranges(),
            focused=self._has_hands(),
            highlights=self._highlights,
            bands=self._bands,
            row_label=self.row_label,
            row_colour=self._axis_colours[0],
            column_colour=self._axis_colours[1],
            result=self._result,
            stale=self._stale,
            grip=self._shows_grip(),
            scrub=self._shows_scrub(),
            empty_text=self.empty_text(),
        )

    def _shown_selection(self) -> Selection | None:
        return None

    def _shown_ranges(self) -> tuple[tuple[int, int, int, int], ...]:
        return ()

    def _has_hands(self) -> bool:
        return False

    def _shows_grip(self) -> bool:
        return False

    def _shows_scrub(self) -> bool:
        return False

    def empty_text(self) -> str:
        """Return the sentence that a grid without cells shows."""
        shape = "×".join(map(str, self._source.shape)) if self._source.ndim > 1 else "(0,)"
        return tr("{shape}: no cells.", shape=shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew and keep the first row and column where that is possible."""
        super().resizeEvent(event)
        self._lay_out_again()

    def changeEvent(self, event: QEvent) -> None:
        """Take over another palette or scale."""
        super().changeEvent(event)
        if event.type() in (_PALETTE_CHANGE, _FONT_CHANGE) and hasattr(self, "_source"):
            self._relayout()
