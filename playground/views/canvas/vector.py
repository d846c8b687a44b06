"""One arrow of the canvas as a value."""

from __future__ import annotations

import math

from playground.record import Record


class Vector(Record):
    """A vector as it is drawn.

    Attributes
    ----------
    name
        Short name beside the tip: ``u``.
    source
        What it stands for: ``A[0, :]``.
    x, y
        Its coordinates, in units of the axes. Not finite: it isn't drawn, but spoken.
    tail
        Where it is drawn from; no part of its value.
    role
        ``"u"``, ``"v"``, or ``"0"``, ``"1"``, ... for the other arrow colours.
    editable, reason
        Whether the tip can be dragged, and if not, why.
    integer
        Bound to integers, so the tip goes from whole number to whole number.
    note
        What a hand should know of how it is drawn.
    values
        All its components where there are others than the two that are drawn.
    shadow
        Whether a part of it stands off the plane: then its length and its angles aren't those that are seen.
    """

    name: str
    source: str
    x: float
    y: float
    tail: tuple[float, float] = (0.0, 0.0)
    role: str = "u"
    editable: bool = True
    integer: bool = False
    reason: str = ""
    note: str = ""
    values: tuple[float, ...] = ()
    shadow: bool = False

    @property
    def components(self) -> tuple[float, ...]:
        """Its true components."""
        return self.values or (self.x, self.y)

    @property
    def tip(self) -> tuple[float, float]:
        """Where the arrow points, tail included."""
        return self.tail[0] + self.x, self.tail[1] + self.y

    @property
    def is_zero(self) -> bool:
        """Whether there is no direction."""
        return self.x == 0 and self.y == 0

    @property
    def is_finite(self) -> bool:
        """Whether it can be drawn at all."""
        return math.isfinite(self.x) and math.isfinite(self.y)
