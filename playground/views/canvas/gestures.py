"""What a hand does on the canvas, from start through moves to its end or to Esc: reshape, move a tail, pan, keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from playground.record import Record
from playground.views import theme
from playground.views.canvas.snapping import along, lengthened, orthogonal, snapped, stepped

if TYPE_CHECKING:
    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.vector import Vector
    from playground.views.canvas.viewport import Point, Viewport


class Board(Protocol):
    """What a gesture may ask of the canvas and do to it."""

    view: Viewport

    def vector(self, name: str) -> Vector:
        """Return a vector as it is shown now."""

    def other_of_pair(self, name: str) -> Vector | None:
        """Return the vector that this one is compared with."""

    def snap_of(self, name: str) -> Snap:
        """Return how this vector's tip snaps."""

    def key_step(self, name: str) -> float:
        """Return how many units one press of an arrow key moves."""

    def reshape(self, name: str, value: Point) -> None:
        """Give a vector a new value, live."""

    def move_tail(self, name: str, tail: Point) -> None:
        """Draw a vector from another place."""

    def keep_in_view(self) -> None:
        """Bring back what was moved out of sight."""

    def reshaped(self, name: str) -> None:
        """End a move."""

    def reshape_cancelled(self, name: str, value: Point) -> None:
        """Take a move back."""


class Gesture(Protocol):
    """One thing that a hand does. While it ``holds``, the hand's value is shown, whatever arrives from elsewhere."""

    name: str
    holds: bool

    def move(self, x: float, y: float, locked: bool) -> None:
        """Follow the pointer to a pixel; ``locked`` while Shift is held."""

    def finish(self) -> None:
        """Let go."""

    def cancel(self) -> None:
        """Put everything back as it was before."""


class KeyGesture(Protocol):
    """One row of presses of arrow keys."""

    def press(self, across: int, up: int, locked: bool) -> None:
        """Move by one step to the right and up; ``locked`` while Shift is held."""

    def finish(self) -> None:
        """Keep what there is."""

    def cancel(self) -> None:
        """Put everything back as it was before the first press."""


class Viewed(Protocol):
    """Has a view that can be moved."""

    view: Viewport


class TipDrag:
    """Reshapes a vector by its tip. The tip keeps its distance to the pointer, so taking hold moves nothing."""

    holds = True

    def __init__(self, board: Board, name: str, x: float, y: float) -> None:
        self.name = name
        self._board = board
        vector = board.vector(name)
        self._start = vector.x, vector.y
        self._tail = vector.tail
        tip = board.view.to_pixels(vector.tip)
        self._offset = tip[0] - x, tip[1] - y
        self._moved = False

    def move(self, x: float, y: float, locked: bool) -> None:
        """Reshape to the pointer as the snap mode, Shift and a nearby right angle have it."""
        view = self._board.view
        tip = view.to_plane(x + self._offset[0], y + self._offset[1])
        value = self._rest((tip[0] - self._tail[0], tip[1] - self._tail[1]), view, locked)
        self._moved = True
        self._board.reshape(self.name, value)

    def finish(self) -> None:
        """Keep the new value; a press that moved nothing is no change."""
        if self._moved:
            self._board.reshaped(self.name)

    def cancel(self) -> None:
        """Give the value back that there was."""
        if self._moved:
            self._board.reshape_cancelled(self.name, self._start)

    def _rest(self, point: Point, view: Viewport, locked: bool) -> Point:
        snap = self._board.snap_of(self.name)
        if locked and self._start != (0, 0):
            return along(point, self._start, snap, view.digits)
        other = self._board.other_of_pair(self.name) if snap == "free" else None
        if other is not None and other.tail == self._tail and other.is_finite:
            right = orthogonal(point, (other.x, other.y), theme.px(5) / view.scale, view.digits)
            if right is not None:
                return right
        return snapped(point, snap, view.digits)


class TailDrag:
    """Moves the picture of a vector, not its value; near the origin it falls back onto it."""

    holds = False

    def __init__(self, board: Board, name: str, x: float, y: float) -> None:
        self.name = name
        self._board = board
        self._start = board.vector(name).tail
        tail = board.view.to_pixels(self._start)
        self._offset = tail[0] - x, tail[1] - y

    def move(self, x: float, y: float, locked: bool) -> None:
        """Draw the vector from where the pointer is."""
        view = self._board.view
        x, y = x + self._offset[0], y + self._offset[1]
        home = math.dist((x, y), view.to_pixels((0.0, 0.0))) < theme.px(8)
        tail = snapped(view.to_plane(x, y), self._board.snap_of(self.name), view.digits)
        self._board.move_tail(self.name, (0.0, 0.0) if home else tail)

    def finish(self) -> None:
        """Leave it there, both ends in sight."""
        self._board.keep_in_view()

    def cancel(self) -> None:
        """Draw it from where it was."""
        self._board.move_tail(self.name, self._start)


class Pan:
    """Moves the plane itself."""

    name = ""
    holds = False

    def __init__(self, plane: Viewed, x: float, y: float) -> None:
        self._plane = plane
        self._start = plane.view
        self._press = x, y

    def move(self, x: float, y: float, locked: bool) -> None:
        """Keep the point that was pressed under the pointer."""
        self._plane.view = self._start.panned(x - self._press[0], y - self._press[1])

    def finish(self) -> None:
        """Stay there."""

    def cancel(self) -> None:
        """Show again what was shown."""
        self._plane.view = self._start


class KeyMove(Record, eq=False):
    """A row of presses of arrow keys on one tip: one change, as one drag is."""

    board: Board
    name: str
    start: Point

    def press(self, across: int, up: int, locked: bool) -> None:
        """Move the tip by one step; with Shift make the vector longer or shorter instead."""
        vector = self.board.vector(self.name)
        value, snap = (vector.x, vector.y), self.board.snap_of(self.name)
        step = self.board.key_step(self.name)
        if locked and not vector.is_zero:
            moved = lengthened(value, across + up, snap, step, self.board.view.digits)
        else:
            moved = stepped(value, across, up, snap, step)
        self.board.reshape(self.name, moved)

    def finish(self) -> None:
        """Keep the new value."""
        self.board.reshaped(self.name)

    def cancel(self) -> None:
        """Give the value back that there was before the first press."""
        self.board.reshape_cancelled(self.name, self.start)
