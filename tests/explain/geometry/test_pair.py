"""Angles that are exact where they should be, and the laws of projection, length and plane."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playground.explain.geometry.pair import compare, consequence, sentence, state_text

_COORDINATE = st.floats(-1e6, 1e6).map(lambda x: round(x, 6))
_PAIRS = st.integers(2, 6).flatmap(
    lambda n: st.tuples(st.lists(_COORDINATE, min_size=n, max_size=n), st.lists(_COORDINATE, min_size=n, max_size=n))
)


@pytest.mark.parametrize(
    ("u", "v", "degrees", "state"),
    [
        ((2, 1), (-1, 2), 90, "orthogonal"),
        ((1, 0), (1, 1), 45, "acute"),
        ((1, 0), (-1, 1), 135, "obtuse"),
        ((1, 0), (0.5, math.sqrt(3) / 2), 60, "acute"),
        ((0.1, 0.2), (0.3, 0.6), 0, "parallel"),
        ((1, 1), (-3, -3), 180, "opposite"),
        ((1, 2, 3), (3, 0, -1), 90, "orthogonal"),
        ((1, 2, 3), (0.1, 0.2, 0.3), 0, "parallel"),
        ((1e300, 0), (1e-300, 1e-300), 45, "acute"),
        ((1e-300, 1e300), (1e300, -1e-300), 90, "orthogonal"),
        ((1e200, 1e200, 0), (-1e-200, -1e-200, 0), 180, "opposite"),
        ((5e-324, 0), (0, 5e-324), 90, "orthogonal"),
    ],
)
def test_special_angles_are_exact(u: tuple[float, ...], v: tuple[float, ...], degrees: float, state: str) -> None:
    pair = compare(u, v)
    assert (pair.degrees, pair.state) == (degrees, state)
    if degrees % 90 == 0:
        assert pair.cos == {0: 1, 90: 0, 180: -1}[degrees]
        assert pair.radians == math.radians(degrees)


def test_figures_of_the_first_example() -> None:
    pair = compare((2, 1), (-1, 2))
    assert pair.terms == (-2, 2)
    assert pair.dot == 0
    assert (pair.norms_u.l1, pair.norms_u.linf) == (3, 2)
    assert pair.norms_u.l2 == math.sqrt(5)
    assert pair.projection == (0, 0)
    assert pair.rejection == (2, 1)
    assert pair.sentence == "⟂ orthogonal — the projection of u on v is (0, 0)"


@pytest.mark.parametrize(
    ("u", "v", "said"),
    [
        ((0, 0), (1, 2), "zero vector — u has no direction, so there is no angle"),
        ((1, 2), (0, 0), "zero vector — v has no direction, so there is no angle"),
        ((0, 0), (0, 0), "zero vector — both are zero, so there is no angle"),
        ((math.nan, 0), (1, 0), "no angle — a coordinate is not a finite number"),
        ((math.inf, 0), (1, 0), "no angle — a coordinate is not a finite number"),
        ((1, 1), (2, 2), "∥ parallel — u is 0.5 times v"),
        ((2, 2), (2, 2), "∥ parallel — u equals v"),
        ((-1, -1), (2, 2), "opposite — u is −0.5 times v"),
        ((3, 4), (1, 0), "acute — the projection of u on v is (3, 0)"),
        ((-3, 4), (1, 0), "obtuse — the projection of u on v is (−3, 0)"),
        ((1, 2, 3, 4, 5), (1, 0, 0, 0, 0), "acute — the projection of u on v is (1, 0, 0, …)"),
    ],
)
def test_every_state_has_a_sentence(u: tuple[float, ...], v: tuple[float, ...], said: str) -> None:
    assert compare(u, v).sentence == said


def test_sentences_take_the_vectors_names() -> None:
    pair = compare((3, 4), (1, 0))
    assert consequence(pair, "a", "b") == "the projection of a on b is (3, 0)"
    assert sentence(pair, "a", "b").startswith(state_text("acute"))


def test_no_angle_is_none_not_a_number() -> None:
    for pair in (compare((0, 0), (1, 0)), compare((math.nan, 1), (1, 0))):
        assert (pair.cos, pair.degrees, pair.radians) == (None, None, None)


def test_nan_reaches_the_norms() -> None:
    norms = compare((1.0, math.nan), (1, 0)).norms_u
    assert all(math.isnan(n) for n in (norms.l1, norms.l2, norms.linf))


def test_float32_has_a_wider_tolerance() -> None:
    u = np.array([0.1, 0.2, 0.3], np.float32)
    v = np.array([0.3, 0.0, -0.1], np.float32)
    assert compare(u, v).state == "orthogonal"
    assert compare(u, v).tolerance > compare(u.astype(float), v.astype(float)).tolerance


@pytest.mark.parametrize(
    ("u", "v", "words"),
    [((1, 2), (1, 2, 3), "one dimension"), ((), (), "one dimension"), ([[1]], [[1]], "one dimension"),
     ((1j, 0), (1, 0), "Complex")],
)  # fmt: skip
def test_what_cannot_be_compared_is_said(u: object, v: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compare(u, v)


@given(_PAIRS)
def test_projection_is_idempotent_and_the_rest_is_across(pair: tuple[list[float], list[float]]) -> None:
    u, v = pair
    assume(any(u) and any(v))
    geometry = compare(u, v)
    assume(geometry.state in ("acute", "obtuse"))
    projection, rejection = np.array(geometry.projection), np.array(geometry.rejection)
    size = np.linalg.norm(u)
    np.testing.assert_allclose(projection + rejection, u, atol=1e-12 * size)
    np.testing.assert_allclose(compare(projection, v).projection, projection, atol=1e-12 * size)
    assert abs(rejection @ np.array(v)) <= 1e-12 * size * np.linalg.norm(v)


@given(_PAIRS)
def test_the_angle_is_symmetric_and_blind_to_length(pair: tuple[list[float], list[float]]) -> None:
    u, v = pair
    assume(any(u) and any(v))
    geometry = compare(u, v)
    assert compare(v, u).radians == pytest.approx(geometry.radians, abs=1e-9)
    assert compare([x * 3 for x in u], v).radians == pytest.approx(geometry.radians, abs=1e-9)


@given(st.floats(0, 2 * math.pi), st.floats(0.1, 3), st.floats(0.1, 10))
def test_the_angle_is_blind_to_rotation(turn: float, angle: float, length: float) -> None:
    u = (math.cos(turn), math.sin(turn))
    v = (length * math.cos(turn + angle), length * math.sin(turn + angle))
    assert compare(u, v).radians == pytest.approx(angle, abs=2e-9)


def test_a_projection_beyond_all_floats_is_infinite() -> None:
    assert compare((1.7e308, -1.7e308), (1.0, -2.0)).projection[1] == -math.inf
