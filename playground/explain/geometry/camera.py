"""A small camera: three dimensions on a flat canvas, seen from any side, and a drag on it back in space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record, replace

if TYPE_CHECKING:
    import numpy.typing as npt

_STEEPEST = 90.0


class Camera(Record):
    """Looks at the origin from afar, so that parallels stay parallel; the third axis points up.

    Attributes
    ----------
    azimuth
        Degrees that it stands turned about the third axis; 0 looks along the second axis, the first to the right.
    elevation
        Degrees that it stands above the plane of the first two axes, -90 to 90; 90 sees that plane as it is.
    """

    azimuth: float = -35.0
    elevation: float = 25.0

    @property
    def axes(self) -> np.ndarray:
        """Orthonormal rows, shape (3, 3): the directions to the right, up, and towards the eye."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right = (math.cos(a), math.sin(a), 0.0)
        up = (math.sin(e) * -math.sin(a), math.sin(e) * math.cos(a), math.cos(e))
        near = (math.cos(e) * math.sin(a), math.cos(e) * -math.cos(a), math.sin(e))
        return np.array((right, up, near))

    def seen(self, points: npt.ArrayLike) -> np.ndarray:
        """Project points, shape ``(m, 3)``: to the right, up, and nearness (larger is nearer), in their own units."""
        seen: np.ndarray = np.asarray(points, np.float64) @ self.axes.T
        return seen

    def dragged(self, point: npt.ArrayLike, to: tuple[float, float]) -> np.ndarray:
        """Return ``point``, shape ``(3,)``, moved to where it is seen at ``to``, its nearness kept."""
        nearness = float(self.axes[2] @ np.asarray(point, np.float64))
        moved: np.ndarray = np.array((*to, nearness)) @ self.axes
        return moved

    def orbited(self, right: float, up: float) -> Camera:
        """Walk around the origin by degrees to the right and up; never over the pole."""
        azimuth = math.remainder(self.azimuth + right, 360.0)
        return replace(self, azimuth=azimuth, elevation=min(_STEEPEST, max(-_STEEPEST, self.elevation + up)))
