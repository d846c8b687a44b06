"""Where a dragged tip comes to rest: free, whole numbers, polar steps, a kept angle, a right angle. Plain numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playground.views.canvas.viewport import Point

Snap = Literal["free", "integer", "polar"]
SNAPS: tuple[Snap, ...] = ("free", "integer", "polar")
POLAR_DEGREES = 5
_TRIES = 64


def snapped(point: Point, snap: Snap, digits: int) -> Point:
    """Bring a vector's end to where the mode lets it rest; free ones keep ``digits`` decimals."""
    if snap == "integer":
        return _rounded(point, 0)
    if snap == "polar":
        angle = round(math.degrees(math.atan2(point[1], point[0])) / POLAR_DEGREES) * POLAR_DEGREES
        return polar(float(round(math.hypot(*point))), angle)
    return _rounded(point, digits)


def polar(length: float, degrees: float) -> Point:
    """Vector of a length and a direction, without rounding dust at the axes."""
    radians = math.radians(degrees)
    return _rounded((length * math.cos(radians), length * math.sin(radians)), 12)


def along(point: Point, direction: Point, snap: Snap, digits: int) -> Point:
    """Bring a point to the line through the origin and ``direction``: its angle is kept, its length is free."""
    unit = _primitive(direction) if snap == "integer" else direction
    if snap == "polar":
        length = math.hypot(*direction)
        unit = (direction[0] / length, direction[1] / length)
    factor = (point[0] * unit[0] + point[1] * unit[1]) / (unit[0] ** 2 + unit[1] ** 2)
    factor = round(factor, digits + 1 if snap == "free" else 0)
    return _plain(unit[0] * factor), _plain(unit[1] * factor)


def orthogonal(point: Point, other: Point, reach: float, digits: int) -> Point | None:
    """Return the point at a right angle to ``other`` where ``point`` is within ``reach`` units of one, else None.

    The dot product is then exactly 0 in floating point wherever one of the nearest 64 lengths allows it, so that
    the cells say what the picture says.
    """
    length = math.hypot(*other)
    if length == 0 or math.hypot(*point) < 2 * reach:
        return None
    if abs(point[0] * other[0] + point[1] * other[1]) / length > reach:
        return None
    normal = (-other[1], other[0])
    steps = 10.0 ** (digits + round(math.log10(length)))
    middle = round((point[0] * normal[0] + point[1] * normal[1]) / length**2 * steps)
    for k in range(_TRIES):
        factor = (middle + (k + 1) // 2 * (1 if k % 2 else -1)) / steps
        candidate = _plain(normal[0] * factor), _plain(normal[1] * factor)
        if factor and candidate[0] * other[0] + candidate[1] * other[1] == 0:
            return candidate
    return None


def stepped(value: Point, across: int, up: int, snap: Snap, step: float) -> Point:
    """One press of an arrow key: ``step`` along an axis; in polar mode one unit longer, or 5 degrees round."""
    if snap != "polar":
        digits = max(0, -math.floor(math.log10(step)))
        # Only the coordinate that the key moves: the other one keeps all its digits.
        x = _rounded((value[0] + across * step, 0.0), digits)[0] if across else value[0]
        y = _rounded((0.0, value[1] + up * step), digits)[1] if up else value[1]
        return x, y
    length, degrees = math.hypot(*value), math.degrees(math.atan2(value[1], value[0]))
    return polar(max(0.0, round(length, 9) + up), round(degrees, 9) - across * POLAR_DEGREES)


def lengthened(value: Point, by: int, snap: Snap, step: float, digits: int) -> Point:
    """One press with Shift on a vector that isn't zero: longer or shorter by ``step``, in the same direction.

    Between whole numbers the next one in that direction may be far; a press always gets there.
    """
    if snap == "integer":
        unit = _primitive(value)
        return value[0] + by * unit[0], value[1] + by * unit[1]
    factor = 1 + by * step / math.hypot(*value)
    return along((value[0] * factor, value[1] * factor), value, snap, digits)


def _primitive(direction: Point) -> Point:
    """Return the shortest whole vector in a whole direction; the direction itself where it isn't whole."""
    if not all(float(c).is_integer() for c in direction):
        return direction
    divisor = math.gcd(int(direction[0]), int(direction[1]))
    return (direction[0] / divisor, direction[1] / divisor) if divisor else direction


def _rounded(point: Point, digits: int) -> Point:
    return _plain(round(point[0], digits)), _plain(round(point[1], digits))


def _plain(number: float) -> float:
    """Return 0 for −0, which would be shown as it is."""
    return number + 0.0
