"""What hands and keys do to the limit of clipping: a number above zero, seen as the size of a circle and a square."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from playground.record import Record

if TYPE_CHECKING:
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.viewport import Point, Viewport

LIMIT = "c"
"""Name of the limit, and of its handle."""


class LimitBoard(Protocol):
    """What these gestures may ask of the canvas and do to it."""

    view: Viewport
    snap: Snap

    @property
    def limit(self) -> float:
        """What is clipped to now."""

    def set_limit(self, limit: float) -> None:
        """Show another limit."""

    def limit_set(self) -> None:
        """End a move."""

    def arrow_step(self) -> float:
        """Return how many units one press of an arrow key moves."""


class LimitDrag:
    """Grows circle and square by what a hand has hold of: their handle on the axis, or the edge of either."""

    name = LIMIT
    holds = True

    def __init__(self, board: LimitBoard, part: str, x: float, y: float) -> None:
        self._board, self._part = board, part
        self._start = board.limit
        self._offset = board.limit - size_at(board.view.to_plane(x, y), part)

    def move(self, x: float, y: float, locked: bool) -> None:
        """Follow the pointer; the distance to it is kept, so taking hold changes nothing."""
        view = self._board.view
        limit = size_at(view.to_plane(x, y), self._part) + self._offset
        self._board.set_limit(max(0.0, round(limit, view.digits if self._board.snap == "free" else 0)))

    def finish(self) -> None:
        """Keep the new limit."""
        self._board.limit_set()

    def cancel(self) -> None:
        """Give the limit back that there was."""
        self._board.set_limit(self._start)


class LimitKeys(Record, eq=False):
    """A row of presses of arrow keys: right and up for more, left and down for less."""

    board: LimitBoard
    start: float

    def press(self, across: int, up: int, locked: bool) -> None:
        """Change it by one step."""
        step = self.board.arrow_step()
        digits = max(0, -math.floor(math.log10(step)))
        self.board.set_limit(max(0.0, round(self.board.limit + (across + up) * step, digits)))

    def finish(self) -> None:
        """Keep the new limit."""
        self.board.limit_set()

    def cancel(self) -> None:
        """Give the limit back that there was before the first press."""
        self.board.set_limit(self.start)


def size_at(point: Point, part: str) -> float:
    """Return the limit whose handle on the axis (``"tip"``), circle or square goes through a point of the plane."""
    x, y = point
    if part == "circle":
        return math.hypot(x, y)
    return max(abs(x), abs(y)) if part == "square" else x
