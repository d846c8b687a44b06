"""Mean, covariance and axes are NumPy's, the ellipse keeps its distance, residuals are orthogonal to x."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.cloud import covariance_ellipse, read_cloud, regression

_POINTS = arrays(np.float64, st.tuples(st.integers(2, 30), st.sampled_from([2, 3])),
                 elements=st.floats(-100, 100).map(lambda x: round(x, 3)))  # fmt: skip


@given(_POINTS)
def test_mean_and_covariance_are_numpy_s(points: np.ndarray) -> None:
    cloud = read_cloud(points)
    assert np.allclose(cloud.mean, points.mean(axis=0))
    assert np.allclose(cloud.covariance, np.cov(points.T))
    assert np.allclose(cloud.axes.T @ cloud.axes, np.eye(points.shape[1]), atol=1e-9)
    rebuilt = (cloud.axes * cloud.deviations**2) @ cloud.axes.T
    assert np.allclose(rebuilt, cloud.covariance, atol=1e-6)
    assert (np.diff(cloud.deviations) <= 0).all()


@given(_POINTS)
def test_the_ellipse_stands_two_deviations_away(points: np.ndarray) -> None:
    assume(points.shape[1] == 2)
    cloud = read_cloud(points)
    assume(cloud.deviations[1] > 0.1)
    off = covariance_ellipse(cloud) - cloud.mean
    distances = np.sqrt(np.einsum("ki,ij,kj->k", off, np.linalg.inv(cloud.covariance), off))
    assert np.allclose(distances, 2, rtol=1e-6)


@given(_POINTS)
def test_no_other_line_has_smaller_residuals(points: np.ndarray) -> None:
    assume(np.ptp(points[:, 0]) > 1)
    points = points[:, :2]
    line = regression(points)
    assert line.slope is not None
    x, y = points.T
    rest = y - line.slope * x - line.offset
    assert np.allclose((rest.sum(), rest @ x), 0, atol=1e-6 * len(points))
    if line.r_squared is not None:
        assert -1e-9 <= line.r_squared <= 1 + 1e-9


def test_it_is_said_what_was_found() -> None:
    assert regression([[0, 1], [1, 3], [2, 5]]).sentence == "y = 2 x + 1 explains 100 % of the variance of y."
    assert regression([[1, 1], [1, 3]]).sentence == "All points stand above each other: no line y = a x + b fits."
    assert regression([[1, 2], [3, 2]]).sentence == "y = 0 x + 2: all points have one height."
    assert (
        read_cloud([[0, 0], [1, 1], [2, 2]]).sentence == "3 points; 100 % of their variance lies along the first axis."
    )
    assert read_cloud([[1, 2], [math.nan, 0]]).sentence == (
        "One point: it has no spread. 1 without finite coordinates are left out."
    )


@pytest.mark.parametrize("points", [[[math.nan, 1]], np.zeros((0, 2)), np.zeros((2, 4)), [1, 2]])
def test_what_is_no_cloud_is_refused_in_words(points: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_cloud(points)  # type: ignore[arg-type]
