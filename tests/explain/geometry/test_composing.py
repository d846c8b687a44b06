"""Both orders are NumPy's products, and every pair that commutes has its reason."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.composing import compose

_MAPS = arrays(np.float64, (2, 2), elements=st.integers(-3, 3).map(float))


@given(_MAPS, _MAPS)
def test_both_orders_are_products(a: np.ndarray, b: np.ndarray) -> None:
    found = compose(a, b)
    assert np.allclose(found.a_then_b, b @ a)
    assert np.allclose(found.b_then_a, a @ b)
    assert found.commute == bool((a @ b == b @ a).all())
    assert found.sentence.startswith("They commute: ") == found.commute


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ([[2, 0], [0, 2]], [[1, 2], [3, 4]], "They commute: A scales everything alike."),
        ([[1, 2], [3, 4]], [[1, 0], [0, 1]], "They commute: B scales everything alike."),
        ([[1, 1], [0, 1]], [[1, -1], [0, 1]], "They commute: each undoes the other."),
        ([[2, 0], [0, 3]], [[5, 0], [0, 7]], "They commute: both scale along the axes."),
        ([[0, -1], [1, 0]], [[3, -4], [4, 3]], "They commute: both turn and scale the plane evenly."),
        ([[2, 1], [1, 2]], [[0, 1], [1, 0]], "They commute: both stretch along the same perpendicular directions."),
        ([[1, 1], [0, 1]], [[2, 5], [0, 2]],
         "They commute: B is a combination of A and the identity, so both keep the same directions."),
        ([[1, 1], [0, 1]], [[0, 1], [1, 0]], "The order matters: the two pictures differ."),
    ],
)  # fmt: skip
def test_the_reason_is_said(a: object, b: object, sentence: str) -> None:
    assert compose(a, b).sentence == sentence  # type: ignore[arg-type]


def test_maps_of_two_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="the same size; these are 2×2 and 3×3"):
        compose(np.eye(2), np.eye(3))
