"""The camera keeps lengths across its view, and what is dragged on it ends under the pointer."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.explain.geometry.camera import Camera

_CAMERAS = st.builds(Camera, st.floats(-180, 180), st.floats(-90, 90))
_POINTS = st.tuples(*[st.floats(-100, 100)] * 3)


@given(_CAMERAS)
def test_its_axes_are_orthonormal_and_right_handed(camera: Camera) -> None:
    assert np.allclose(camera.axes @ camera.axes.T, np.eye(3), atol=1e-14)
    assert np.isclose(np.linalg.det(camera.axes), 1)


@given(_CAMERAS, _POINTS, st.tuples(st.floats(-100, 100), st.floats(-100, 100)))
def test_a_dragged_point_is_seen_where_it_was_dragged_to_and_as_near_as_before(
    camera: Camera, point: tuple[float, float, float], to: tuple[float, float]
) -> None:
    moved = camera.dragged(point, to)
    assert np.allclose(camera.seen([moved])[0], (*to, camera.seen([point])[0][2]), atol=1e-11)


@given(_CAMERAS, st.floats(-400, 400), st.floats(-400, 400))
def test_the_third_axis_points_up_from_every_side(camera: Camera, right: float, up: float) -> None:
    orbited = camera.orbited(right, up)
    assert -90 <= orbited.elevation <= 90
    assert orbited.seen([(0, 0, 1)])[0][1] >= -1e-15


def test_from_above_the_plane_is_seen_as_it_is() -> None:
    assert np.allclose(Camera(0, 90).seen([(1, 2, 3)]), [(1, 2, 3)])


def test_from_the_front_the_first_axis_goes_right_and_the_third_up() -> None:
    assert np.allclose(Camera(0, 0).seen([(1, 0, 0), (0, 0, 1), (0, -1, 0)]), [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
