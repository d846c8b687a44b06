"""The plane that is drawn keeps lengths and angles, and a drag in it changes nothing that stands off it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.pair import compare
from playground.explain.geometry.plane import principal, spanned

_COORDINATE = st.floats(-1e6, 1e6).map(lambda x: round(x, 6))
_PAIRS = st.integers(2, 40).flatmap(
    lambda n: st.tuples(arrays(np.float64, n, elements=_COORDINATE), arrays(np.float64, n, elements=_COORDINATE))
)


@given(_PAIRS)
def test_lengths_and_the_angle_are_true(pair: tuple[np.ndarray, np.ndarray]) -> None:
    u, v = pair
    plane = spanned(u, v)
    assert np.allclose(plane.axes.T @ plane.axes, np.eye(2), atol=1e-14)
    flat_u, flat_v = plane.flat(u), plane.flat(v)
    assert math.isclose(math.hypot(*flat_u), np.linalg.norm(u), rel_tol=1e-12)
    assert math.isclose(math.hypot(*flat_v), np.linalg.norm(v), rel_tol=1e-12)
    true, drawn = compare(u, v), compare(flat_u, flat_v)
    if true.radians is not None:
        assert drawn.radians == pytest.approx(true.radians, abs=1e-12)


@given(_PAIRS, st.tuples(_COORDINATE, _COORDINATE))
def test_a_move_in_the_plane_ends_where_it_should_and_nowhere_else(
    pair: tuple[np.ndarray, np.ndarray], to: tuple[float, float]
) -> None:
    u, v = pair
    plane = spanned(u, v)
    moved = plane.moved(u, to)
    size = 1 + max(map(abs, to)) + float(np.abs(u).max())
    assert np.allclose(plane.flat(moved), to, atol=1e-12 * size)
    off = (moved - u) - plane.axes @ (plane.axes.T @ (moved - u))
    assert np.allclose(off, 0, atol=1e-12 * size)


@pytest.mark.parametrize(
    ("u", "v"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((0, 0, 0), (0, 2, 1)),
        ((1, 2, 3), (2, 4, 6)),
        ((1, 2, 3), (-0.1, -0.2, -0.3)),
        ((1e300, 0, 1e300), (1e-300, 1e-300, 0)),
        ((5e-324, 0, 0), (0, 5e-324, 0)),
        ((1.7e308, 1.7e308), (1.7e308, -1.7e308)),
    ],
)
def test_what_spans_no_plane_is_drawn_in_one_all_the_same(u: tuple[float, ...], v: tuple[float, ...]) -> None:
    plane = spanned(u, v)
    assert np.allclose(plane.axes.T @ plane.axes, np.eye(2), atol=1e-14)
    for vector in (u, v):
        if any(vector):
            assert np.allclose(plane.axes @ np.array(plane.flat(np.array(vector) / max(map(abs, vector)))),
                               np.array(vector) / max(map(abs, vector)))  # fmt: skip


@given(arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(3, 9)), elements=_COORDINATE))
def test_of_many_vectors_no_more_is_lost_than_is_said(vectors: np.ndarray) -> None:
    plane = principal(vectors)
    assert np.allclose(plane.axes.T @ plane.axes, np.eye(2), atol=1e-12)
    whole = float((vectors**2).sum())
    seen = float((np.array([plane.flat(vector) for vector in vectors]) ** 2).sum())
    assert seen == pytest.approx(whole * (1 - plane.lost), rel=1e-9, abs=1e-9)
    for some in ((0, 1), (1, 2), (0, 2)):  # no plane of coordinates sees more
        assert seen >= float((vectors[:, some] ** 2).sum()) * (1 - 1e-9) - 1e-9


def test_fewer_vectors_than_dimensions_lose_nothing() -> None:
    assert principal([[1.0, 2.0, 3.0]], 3).lost == 0


@pytest.mark.parametrize(
    ("u", "v"), [((1, 2), (1, 2, 3)), ((1,), (2,)), ((1, math.nan), (1, 2)), ((math.inf, 1), (1, 2))]
)
def test_what_cannot_be_drawn_is_refused_in_words(u: tuple[float, ...], v: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        spanned(u, v)
