"""Every point of a ball has its radius for norm; clipping keeps to its limit and says how the direction turned."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.explain.geometry.balls import ball, clipped_by_norm, clipped_by_value, norm, on_ball, read_norms

_P = st.one_of(st.floats(0.3, 20), st.just(math.inf))
_VECTORS = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=5)


@given(_P, st.floats(0.01, 100))
def test_every_point_of_a_ball_has_its_radius(p: float, radius: float) -> None:
    outline = ball(p, radius)
    assert outline.shape == (361, 2)
    assert np.allclose([norm(point, p) for point in outline[::15]], radius)
    assert np.allclose(outline[0], (radius, 0))


def test_corners_are_among_the_points() -> None:
    assert [1.0, 0.0] in ball(1).tolist()
    assert np.isclose(ball(1)[90], (0, 1)).all()
    assert np.isclose(ball(math.inf)[45], (1, 1)).all()


@given(_VECTORS, st.sampled_from([1, 2, 3, math.inf]))
def test_the_norm_is_numpy_s(vector: list[float], p: float) -> None:
    assert norm(vector, p) == pytest.approx(float(np.linalg.norm(vector, p)), rel=1e-12, abs=1e-300)


def test_no_square_overflows() -> None:
    assert norm([3e300, 4e300], 2) == pytest.approx(5e300)
    assert norm([3e-300, 4e-300], 2) == pytest.approx(5e-300)


@given(_VECTORS, _P)
def test_a_dragged_point_stays_on_the_ball(point: list[float], p: float) -> None:
    assert norm(on_ball(point, p), p) == pytest.approx(1, rel=1e-9)


@given(_VECTORS, st.floats(0.1, 10))
def test_clipping_keeps_to_its_limit(vector: list[float], most: float) -> None:
    by_norm, by_value = clipped_by_norm(vector, most), clipped_by_value(vector, most)
    assert norm(by_norm.after, 2) <= most * (1 + 1e-12)
    assert norm(by_value.after, math.inf) <= most
    assert by_norm.degrees == pytest.approx(0, abs=1e-6)
    assert 0 <= by_value.degrees <= 90


def test_it_is_said_what_clipping_does() -> None:
    assert clipped_by_norm((3, 4), 10).sentence == "its length 5 is within 10: it stays"
    assert clipped_by_norm((3, 4), 1).sentence == "scaled to length 1: it points where it pointed"
    assert clipped_by_value((3, 4), 10).sentence == "no coordinate is beyond 10: it stays"
    assert clipped_by_value((3, 4), 3).sentence == "each coordinate is cut to 3 at most: its direction turns by 8.13°"
    assert clipped_by_value((5, -5), 3).sentence == "each coordinate is cut to 3 at most: it points where it pointed"


def test_a_limit_of_zero_leaves_nothing() -> None:
    assert clipped_by_norm((3, 4), 0).after == clipped_by_value((3, 4), 0).after == (0, 0)
    assert clipped_by_norm((3, 4), 0).sentence == "scaled to length 0: nothing is left"
    assert clipped_by_value((3, 4), 0).sentence == "every coordinate is cut to 0: nothing is left"


def test_a_vector_longer_than_any_number_keeps_its_direction() -> None:
    clipped = clipped_by_norm((1.7e308, 1.7e308), 1)
    assert clipped.after == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)))


@given(_VECTORS, _P)
def test_a_larger_p_never_measures_more(vector: list[float], p: float) -> None:
    reading = read_norms(vector, p)
    slack = 1 + 1e-9
    assert reading.linf <= reading.l2 * slack
    assert reading.l2 <= reading.l1 * slack
    assert reading.linf <= reading.lp * slack
    assert reading.lp <= reading.l1 * slack or p < 1


@pytest.mark.parametrize(
    ("vector", "said"),
    [
        ((0, 0), "the zero vector: every norm is 0"),
        ((0.3, 0.4), "inside the unit ball"),
        ((0.6, 0.8), "on the edge of the unit ball"),
        ((3, 4), "outside the unit ball"),
        ((0, -1), "on the edge of the unit ball; on an axis all norms agree"),
        ((math.nan, math.inf), "a coordinate is NaN, and so is every norm"),
        ((1, -math.inf), "a coordinate is infinite, and so is every norm"),
    ],
)
def test_it_is_said_where_a_vector_stands(vector: tuple[float, float], said: str) -> None:
    assert read_norms(vector, 2).sentence == said


@pytest.mark.parametrize("p", [0, -1, math.nan])
def test_a_p_that_is_none_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="p must be above 0"):
        norm((1, 2), p)
