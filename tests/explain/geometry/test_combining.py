"""Orthogonal steps end orthonormal and say what they did, spans have the right dimension, pairs their angles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.combining import combined, gram, orthogonal_steps, span

_NUMBERS = st.integers(-5, 5).map(float)
_VECTORS = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=_NUMBERS)


@given(_VECTORS)
def test_orthogonal_steps_end_orthonormal_and_lose_nothing(vectors: np.ndarray) -> None:
    steps = orthogonal_steps(vectors, [f"v{k}" for k in range(len(vectors))])
    units = np.array([step.unit for step in steps if step.unit is not None]).reshape(-1, vectors.shape[1])
    assert np.allclose(units @ units.T, np.eye(len(units)), atol=1e-9)
    assert len(units) == np.linalg.matrix_rank(vectors) == span(vectors).dimension
    for step, vector in zip(steps, vectors, strict=True):
        parts = np.array([taken.part for taken in step.taken]).reshape(-1, vectors.shape[1])
        assert np.allclose(parts.sum(axis=0) + step.rest, vector, atol=1e-9)
        assert step.sentence.endswith((".", ")."))


def test_the_words_of_the_steps() -> None:
    first, second, third = orthogonal_steps([[3.0, 4.0], [1.0, 2.0], [1.0, 1.0]], ["u", "v", "w"])
    assert first.sentence == "u is divided by its length 5: (0.6, 0.8)."
    assert second.sentence == "v − 2.2 q1 leaves (−0.32, 0.24); divided by its length 0.4: (−0.8, 0.6)."
    assert third.sentence == "Nothing of w is left: it lies in the span of those before it."
    assert orthogonal_steps([[0.0, 0.0]], ["u"])[0].sentence == "u is zero: it has no direction."


@pytest.mark.parametrize(
    ("vectors", "dimension", "sentence"),
    [
        ([[0, 0], [0, 0]], 0, "They span only the origin: all of them are zero."),
        ([[1, 2], [2, 4]], 1, "They span a line. 1 of them would do."),
        ([[1, 2], [2, 1]], 2, "They span the whole plane."),
        ([[1, 2]], 1, "It spans a line."),
        ([[1, 0, 0], [0, 1, 0]], 2, "They span a plane."),
        ([[1e-300, 0], [0, 1e300]], 2, "They span the whole plane."),
        ([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], 3, "They span 3 of 4 dimensions."),
        (np.eye(4), 4, "They span all 4 dimensions."),
    ],
)
def test_what_is_spanned_is_said(vectors: object, dimension: int, sentence: str) -> None:
    found = span(vectors)  # type: ignore[arg-type]
    assert (found.dimension, found.sentence) == (dimension, sentence)


@given(_VECTORS)
def test_the_table_of_pairs_is_the_product_with_itself(vectors: np.ndarray) -> None:
    table = gram(vectors)
    assert np.allclose(table.dots, vectors @ vectors.T)
    lengths = np.linalg.norm(vectors, axis=1)
    has_angle = np.outer(lengths, lengths) > 0
    assert (np.isfinite(table.cosines) == has_angle).all()
    products = np.outer(lengths, lengths)[has_angle]
    assert np.allclose(table.cosines[has_angle], table.dots[has_angle] / products)
    assert np.allclose(np.cos(np.radians(table.degrees[has_angle])), table.cosines[has_angle])


def test_a_combination_is_a_sum_with_factors() -> None:
    assert combined([[1, 2], [3, 4]], [2, -1]).tolist() == [-1, 0]


@pytest.mark.parametrize("what", [orthogonal_steps, lambda vectors, _: span(vectors)])
def test_what_is_not_finite_is_refused_in_words(what: object) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        what([[1.0, math.nan]], ["u"])  # type: ignore[operator]
