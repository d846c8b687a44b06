"""Which part of the plane is on screen: units to pixels and back, fitting, zooming, ticks. Plain numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

_MIN_SCALE, _MAX_SCALE = 1e-300, 1e300
_EMPTY = 3.5
"""Units from the middle to the edge where all vectors are zero."""
_ROOM = 1.55
"""A fitted view reaches this much further than the farthest tip, so that there is somewhere to drag to."""
_TICK_PIXELS = 34.0


class Viewport(Record):
    """A view of the plane with square units.

    Attributes
    ----------
    width, height
        Pixels of the part that is for drawing.
    x, y
        The point of the plane in its middle.
    scale
        Pixels for one unit, the same on both axes.
    """

    width: float = 336.0
    height: float = 336.0
    x: float = 0.0
    y: float = 0.0
    scale: float = 46.0

    def to_pixels(self, point: Point) -> Point:
        """Pixels of a point of the plane; the vertical axis points down on screen."""
        return (
            self.width / 2 + (point[0] - self.x) * self.scale,
            self.height / 2 - (point[1] - self.y) * self.scale,
        )

    def to_plane(self, px: float, py: float) -> Point:
        """Return the point of the plane under a pixel."""
        return self.x + (px - self.width / 2) / self.scale, self.y - (py - self.height / 2) / self.scale

    def resized(self, width: float, height: float) -> Viewport:
        """Keep the middle and how much is seen along the shorter side."""
        factor = min(width, height) / max(1.0, min(self.width, self.height))
        return replace(self, width=width, height=height, scale=_clamped(self.scale * factor))

    def zoomed(self, factor: float, px: float, py: float) -> Viewport:
        """Zoom by ``factor`` so that the point under the pixel stays there."""
        x, y = self.to_plane(px, py)
        scale = _clamped(self.scale * factor)
        return replace(self, scale=scale, x=x - (px - self.width / 2) / scale, y=y + (py - self.height / 2) / scale)

    def panned(self, dx: float, dy: float) -> Viewport:
        """Move the plane by so many pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def fitted(self, points: Iterable[Point], inset: float = 0.0) -> Viewport:
        """Put the origin in the middle and all points well inside; 3.5 units where all are zero.

        ``inset`` pixels at the top and at the bottom are left free.
        """
        seen = [(abs(x), abs(y)) for x, y in points if math.isfinite(x) and math.isfinite(y)]
        across, up = (max(sizes, default=0.0) for sizes in ([x for x, _ in seen], [y for _, y in seen]))
        room = max(1.0, self.width / 2), max(1.0, self.height / 2 - inset)
        if across == up == 0:
            return replace(self, x=0.0, y=0.0, scale=min(room) / _EMPTY)
        scale = min(pixels / _within(reach * _ROOM) for pixels, reach in zip(room, (across, up), strict=True))
        return replace(self, x=0.0, y=0.0, scale=_clamped(scale))

    def holds(self, points: Sequence[Point], margin: float, inset: float = 0.0) -> bool:
        """Whether all points are inside, ``margin`` pixels from the edge, and not lost in the middle of nowhere."""
        pixels = [self.to_pixels(p) for p in points if math.isfinite(p[0]) and math.isfinite(p[1])]
        inside = all(
            margin <= x <= self.width - margin and margin + inset <= y <= self.height - margin - inset
            for x, y in pixels
        )
        origin = self.to_pixels((0.0, 0.0))
        reach = max((math.dist(p, origin) for p in pixels), default=0.0)
        return inside and (reach == 0 or reach > min(self.width, self.height) / 16)

    def tick_step(self, pixels: float = _TICK_PIXELS) -> float:
        """Return the smallest of 1, 2, 5 times a power of ten that takes at least so many pixels."""
        least = pixels / self.scale
        power = math.floor(math.log10(least))
        return next(
            step
            for factor, exponent in ((1, 0), (2, 0), (5, 0), (1, 1), (2, 1))
            if (step := float(f"{factor}e{power + exponent}")) >= least
        )

    def ticks(self, axis: int, step: float) -> list[int]:
        """Multiples of ``step`` seen along axis 0 (across) or 1 (up)."""
        middle, pixels = (self.x, self.width) if axis == 0 else (self.y, self.height)
        half = pixels / 2 / self.scale
        return list(range(math.ceil((middle - half) / step), math.floor((middle + half) / step) + 1))

    @property
    def digits(self) -> int:
        """Decimals that one pixel can tell apart."""
        return max(0, math.ceil(math.log10(self.scale)))


def _within(reach: float) -> float:
    return min(max(reach, 1e-290), 1e290)


def _clamped(scale: float) -> float:
    return min(max(scale, _MIN_SCALE), _MAX_SCALE)
