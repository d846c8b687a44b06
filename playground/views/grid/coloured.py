"""A grid's colours: the scheme that a person chose, and whose limits they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal

from playground.views.grid.heat import MANY, direction_of, ramp_between, ramp_of
from playground.views.grid.laid import LaidGrid

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.grid.heat import Direction, Ramp
    from playground.views.grid.heat_limits import Limits
    from playground.views.grid.heat_reading import LineReading
    from playground.views.grid.source import BlockSource
    from playground.workspace.colourings import Colouring

_MOST_LINES = 1 << 15
"""Rows or columns in sight that have limits of their own; of more none could be told from the next."""


class ColouredGrid(LaidGrid):
    """A laid out grid that knows the colours of its cells."""

    colouringRequested = Signal(object)  # the Colouring that a person chose for these numbers
    coloursChanged = Signal()  # other numbers may have other colours

    def __init__(self, parent: QWidget | None = None) -> None:
        self._colouring: Colouring | None = None
        self._lines: LineReading | None = None  # where each row or column has limits of its own
        super().__init__(parent)

    @property
    def colouring(self) -> Colouring | None:
        """How numbers are coloured, None for the usual way."""
        return self._colouring

    def set_colouring(self, colouring: Colouring | None) -> None:
        """Colour numbers in another way."""
        if colouring == self._colouring:
            return
        self._colouring = colouring
        axis = None if colouring is None or colouring.scope == "array" else colouring.scope
        if self._lines is not None and self._lines.axis != axis:
            self._lines.rest()
            self._lines.deleteLater()
            self._lines = None
        if axis is not None and self._lines is None:
            from playground.views.grid.heat_reading import LineReading  # nobody chooses before the first picture

            self._lines = LineReading("row" if axis == "row" else "column", self._source, self)
            self._lines.changed.connect(self._recolour)
        self._recolour()

    def set_source(self, source: BlockSource) -> None:
        """Show other cells; each line with the colours that are its own now."""
        before = self._known_in_sight(ask=False)
        super().set_source(source)
        if self._lines is not None:
            self._lines.follow(source)
            after = self._known_in_sight(ask=self.isVisible())
            if before is None or after is None or not all(map(_same, before, after)):
                self.viewport().update()  # more than the cells that were written: lines have other limits
        self.coloursChanged.emit()

    def set_limits(self, limits: tuple[float, float] | None) -> None:
        """Take the colours' limits from the owner."""
        super().set_limits(limits)
        self.coloursChanged.emit()

    @property
    def line_limits(self) -> LineReading | None:
        """The limits of each row or column, None where the whole array's are used: of too many lines in sight, too."""
        first, stop = self._lines_of(self.layout_now().visible)
        return self._lines if stop - first <= _MOST_LINES else None

    @property
    def colour_limits(self) -> tuple[float, float] | None:
        """Smallest and largest finite value of the whole array, None where none is known."""
        return self._scale_of(self._source)

    @property
    def colour_direction(self) -> Direction:
        """Whether numbers have two colours around 0 or one."""
        limits = self.colour_limits
        if limits is None and self._lines is not None:
            return "diverging"  # it says most while nothing is known
        # Rows that are compared should read alike: what changes sign somewhere is centred on 0 everywhere.
        return direction_of("automatic" if self._colouring is None else self._colouring.scheme, limits)

    @property
    def wants_legend(self) -> bool:
        """Whether the colours are to be explained: a person wishes it, or there are too many numbers to read."""
        many = self._source.rows * self._source.columns >= MANY
        if self._colouring is None:
            return many
        from playground.workspace.colourings import shows_legend  # nobody chooses before the first picture

        return shows_legend(self._colouring, many=many)

    def _ramp_of(self, shown: tuple[int, int, int, int]) -> Ramp:
        limits, dtype, colouring = self._scale_of(self._source), self._source.dtype, self._colouring
        lines = None if colouring is None or colouring.scheme == "off" or dtype.kind == "b" else self.line_limits
        if lines is None:
            return ramp_of(limits, dtype, colouring)
        low, high = lines.between(*self._lines_of(shown))
        place = (slice(None), None) if lines.axis == "row" else (None, slice(None))
        return ramp_between(self.colour_direction, low[place], high[place])

    def _lines_of(self, shown: tuple[int, int, int, int]) -> tuple[int, int]:
        """The first row or column of these cells that has limits of its own, and the one after the last."""
        return shown[:2] if self._lines is not None and self._lines.axis == "row" else shown[2:]

    def _known_in_sight(self, *, ask: bool) -> Limits | None:
        lines = self.line_limits
        return None if lines is None else lines.between(*self._lines_of(self.layout_now().visible), ask=ask)

    def _recolour(self) -> None:
        self.viewport().update()
        self.coloursChanged.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing for a grid that nobody sees."""
        if self._lines is not None:
            self._lines.rest()
        super().hideEvent(event)


def _same(some: np.ndarray, others: np.ndarray) -> bool:
    return np.array_equal(some, others, equal_nan=True)
