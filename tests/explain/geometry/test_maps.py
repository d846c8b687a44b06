"""What a matrix does: areas are determinants, inverses undo, and the way from the identity flattens nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.maps import between, kind_of, read_map

_NUMBERS = st.floats(-10, 10).map(lambda x: round(x, 3))
_MAPS = st.sampled_from([2, 3]).flatmap(lambda n: arrays(np.float64, (n, n), elements=_NUMBERS))


@given(_MAPS)
def test_the_unit_square_and_cube_have_the_determinant_for_their_area(matrix: np.ndarray) -> None:
    reading = read_map(matrix)
    if len(matrix) == 2:
        (ax, ay), (bx, by) = matrix.T
        corners = [(0, 0), (ax, ay), (ax + bx, ay + by), (bx, by)]
        area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)) / 2
    else:
        area = float(np.dot(np.cross(matrix[:, 0], matrix[:, 1]), matrix[:, 2]))
    assert reading.determinant == pytest.approx(area, abs=1e-9 * (1 + abs(area)) + 1e-8)


@given(_MAPS)
def test_null_space_and_column_space_are_what_they_say(matrix: np.ndarray) -> None:
    reading = read_map(matrix)
    n = len(matrix)
    assert reading.null_space.shape == (n, n - reading.rank)
    assert reading.column_space.shape == (n, reading.rank)
    assert np.allclose(matrix @ reading.null_space, 0, atol=1e-9)
    inside = reading.column_space @ (reading.column_space.T @ matrix)
    assert np.allclose(inside, matrix, atol=1e-9)
    assert np.allclose(matrix @ reading.pseudo_inverse @ matrix, matrix, atol=1e-6)
    if reading.inverse is not None and np.linalg.cond(matrix) < 1e6:
        assert np.allclose(matrix @ reading.inverse, np.eye(n), atol=1e-8)


@given(_MAPS, st.floats(0, 1))
def test_the_way_begins_at_the_identity_ends_at_the_map_and_flattens_nothing(matrix: np.ndarray, part: float) -> None:
    n = len(matrix)
    assert np.allclose(between(matrix, 0), np.eye(n), atol=1e-12)
    assert np.allclose(between(matrix, 1), matrix, atol=1e-9)
    assume(np.linalg.det(matrix) > 1e-3)
    assert np.linalg.det(between(matrix, part)) > 0


@given(st.floats(-179, 179), st.floats(0, 1))
def test_a_rotation_turns_evenly(degrees: float, part: float) -> None:
    def turn(angle: float) -> np.ndarray:
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        return np.array([[c, -s], [s, c]])

    assert np.allclose(between(turn(degrees), part), turn(degrees * part), atol=1e-9)
    in_space = np.eye(3)
    in_space[1:, 1:] = turn(degrees)
    assert np.allclose(between(in_space, part)[1:, 1:], turn(degrees * part), atol=1e-9)


@pytest.mark.parametrize(
    ("matrix", "kind"),
    [
        ([[1, 0], [0, 1]], "identity"),
        ([[0, 0], [0, 0]], "everything becomes 0"),
        ([[2, 0], [0, 2]], "scaling by 2"),
        ([[2, 0], [0, -0.5]], "scaling of the axes by 2, −0.5"),
        ([[0, -1], [1, 0]], "rotation by 90°"),
        ([[math.sqrt(3) / 2, -0.5], [0.5, math.sqrt(3) / 2]], "rotation by 30°"),
        ([[0, 1], [1, 0]], "reflection in the line at 45°"),
        ([[1, 0], [0, -1]], "reflection in the line at 0°"),
        ([[1, 1], [0, 1]], "shear"),
        ([[1, 0], [-2, 1]], "shear"),
        ([[1, 0], [0, 0]], "projection"),
        ([[1, 1], [0, 0]], "slanted projection"),
        ([[3, -4], [4, 3]], "rotation by 53.13°, and scaling by 5"),
        ([[1, 2], [3, 4]], ""),
        ([[1e300, 1e300], [1, 1e300]], ""),
        (np.eye(3)[[1, 2, 0]], "rotation by 120°"),
        (np.diag([1, 1, -1]), "reflection"),
        (np.diag([-1, -1, 1]), "rotation by 180°"),
        (np.diag([1, 1, 0]), "projection"),
        ([[1, 5, 0], [0, 1, 0], [0, 0, 1]], "shear"),
    ],
)
def test_plain_kinds_are_named(matrix: object, kind: str) -> None:
    assert kind_of(np.array(matrix, np.float64)) == kind


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[2, 0], [0, 3]], "areas become 6 times as large"),
        ([[0, -1], [1, 0]], "areas stay as large as they are"),
        ([[0, 1], [1, 0]], "areas stay as large as they are, and the orientation is turned over: left becomes right"),
        ([[1, 2], [2, 4]], "the plane is flattened onto a line: it can't be undone"),
        ([[0.1, 0.2], [0.3, 0.6]], "the plane is flattened onto a line: it can't be undone"),
        (np.diag([1, 2, 3]), "volumes become 6 times as large"),
        (np.diag([1, 2, 0]), "space is flattened onto a plane: it can't be undone"),
        (np.zeros((3, 3)), "space is flattened onto one point: it can't be undone"),
    ],
)
def test_what_it_does_is_said(matrix: object, sentence: str) -> None:
    assert read_map(np.array(matrix)).sentence == sentence


@pytest.mark.parametrize(
    "matrix", [np.ones((2, 3)), np.ones(2), np.eye(4), np.eye(2) * 1j, np.full((2, 2), np.nan), 1.0]
)
def test_what_is_no_map_of_the_plane_is_refused_in_words(matrix: object) -> None:
    with pytest.raises(ValueError, match=r"\.$|has\.$"):
        read_map(matrix)  # type: ignore[arg-type]
