"""A cloud of points: its mean, its covariance ellipse, its principal axes, and the line of regression."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.explain.text import number_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    import numpy.typing as npt


class Cloud(Record, eq=False):
    """Points read as a sample.

    Attributes
    ----------
    count, left_out
        Points that are read, and those left out because a coordinate isn't finite.
    mean
        Shape ``(d,)``.
    covariance
        Shape ``(d, d)``, divided by ``count - 1``; zeros for a single point.
    axes, deviations
        Orthonormal columns and the standard deviation along each, the largest first.
    sentence
        How much of the variance lies along the first axis.
    """

    count: int
    left_out: int
    mean: np.ndarray
    covariance: np.ndarray
    axes: np.ndarray
    deviations: np.ndarray
    sentence: str


class Regression(Record):
    """The line ``y = slope * x + offset`` of the least squared residuals upwards, and the part R² that it explains.

    ``slope`` is None where all points stand above each other; ``r_squared`` is None where all have one height.
    """

    slope: float | None
    offset: float
    r_squared: float | None
    sentence: str


def read_cloud(points: npt.ArrayLike) -> Cloud:
    """Read points, shape ``(m, 2)`` or ``(m, 3)``; raises ValueError, in words, where there is none to read."""
    given, finite = _finite(points)
    mean = _mean(finite)
    centred = finite - mean
    m = len(finite)
    covariance = centred.T @ centred / (m - 1) if m > 1 else np.zeros((finite.shape[1],) * 2)
    variances, axes = np.linalg.eigh(covariance)
    variances, axes = np.maximum(variances[::-1], 0.0), axes[:, ::-1]
    signs = np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0)
    return Cloud(
        count=m,
        left_out=len(given) - m,
        mean=mean,
        covariance=covariance,
        axes=axes * signs,
        deviations=np.sqrt(variances),
        sentence=_sentence(m, len(given) - m, variances),
    )


def covariance_ellipse(cloud: Cloud, deviations: float = 2.0) -> np.ndarray:
    """Outline, shape ``(181, 2)``, of the points so many standard deviations from the mean of a cloud in the plane."""
    angles = np.linspace(0.0, 2 * math.pi, 181)
    circle = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    outline: np.ndarray = cloud.mean + deviations * (circle * cloud.deviations) @ cloud.axes.T
    return outline


def regression(points: npt.ArrayLike) -> Regression:
    """Fit a line to points ``(m, 2)`` by least squares; raises ValueError as `read_cloud` does."""
    _, finite = _finite(points)
    (x, y), (mean_x, mean_y) = finite.T, _mean(finite)
    across, up = x - mean_x, y - mean_y
    spread, height = float(across @ across), float(up @ up)
    if spread <= (1e-12 * float(np.abs(x).max(initial=0.0))) ** 2 * len(x):
        return Regression(None, float(mean_x), None, tr("All points stand above each other: no line y = a x + b fits."))
    slope = float(across @ up) / spread
    offset = float(mean_y - slope * mean_x)
    rest = up - slope * across
    explained = None if height == 0 else max(0.0, 1 - float(rest @ rest) / height)
    sign = "−" if offset < 0 else "+"
    line = f"y = {number_text(slope, 4)} x {sign} {number_text(abs(offset), 4)}"
    if explained is None:
        return Regression(slope, offset, None, tr("{line}: all points have one height.", line=line))
    part = number_text(round(100 * explained, 1), 4)
    return Regression(
        slope, offset, explained, tr("{line} explains {part} % of the variance of y.", line=line, part=part)
    )


def _mean(finite: np.ndarray) -> np.ndarray:
    """Mean of each coordinate, halves first where a sum could overflow."""
    scale = float(np.abs(finite).max(initial=0.0))
    mean: np.ndarray = finite.mean(axis=0) if scale < 1e300 else (finite / len(finite)).sum(axis=0)
    return mean


def _finite(points: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    given = np.asarray(points, np.float64)
    if given.ndim != 2 or given.shape[1] not in (2, 3):
        raise ValueError(tr("Points are the rows of an n×2 or n×3 matrix; this one is {shape}.",
                            shape="×".join(map(str, given.shape)) or "0-D"))  # fmt: skip
    finite = given[np.isfinite(given).all(axis=1)]
    if not len(finite):
        raise ValueError(tr("There is no point with finite coordinates."))
    return given, finite


def _sentence(count: int, left_out: int, variances: np.ndarray) -> str:
    total = float(variances.sum())
    if count == 1:
        text = tr("One point: it has no spread.")
    elif total == 0:
        text = tr("{count} points at one place.", count=count)
    else:
        part = number_text(round(100 * float(variances[0]) / total, 1), 4)
        text = tr("{count} points; {part} % of their variance lies along the first axis.", count=count, part=part)
    return text + (" " + tr("{count} without finite coordinates are left out.", count=left_out) if left_out else "")
