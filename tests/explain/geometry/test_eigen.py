"""Directions that are kept are kept, every awkward kind is said, and power iteration and ellipse keep their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.explain.geometry.eigen import (
    CLASSICS,
    direction_text,
    ellipse,
    hunt,
    power_iteration,
    read_eigen,
    snapped,
)

_NUMBERS = st.floats(-10, 10).map(lambda x: round(x, 2))
_MAPS = st.sampled_from([2, 3]).flatmap(lambda n: arrays(np.float64, (n, n), elements=_NUMBERS))


@given(_MAPS)
def test_what_is_called_kept_is_kept(matrix: np.ndarray) -> None:
    reading = read_eigen(matrix)
    assert len(reading.values) == reading.vectors.shape[1]
    for value, vector in zip(reading.values, reading.vectors.T, strict=True):
        assert math.isclose(np.linalg.norm(vector), 1, rel_tol=1e-9)
        assert np.allclose(matrix @ vector, value * vector, atol=2e-4 * (1 + np.abs(matrix).max()))
    assert len(reading.values) + 2 * len(reading.turning) <= len(matrix)
    assert list(map(abs, reading.values)) == sorted(map(abs, reading.values), reverse=True)


KINDS = (
    "distinct", "distinct", "every", "distinct", "complex", "distinct",
    "distinct", "distinct", "complex", "distinct", "defective", "defective",
)  # fmt: skip


@pytest.mark.parametrize(("matrix", "kind"), list(zip(CLASSICS, KINDS, strict=True)))
def test_the_classic_dozen_has_every_kind(matrix: tuple[tuple[float, ...], ...], kind: str) -> None:
    assert read_eigen(matrix).kind == kind


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[2, -1], [1, 0]], "λ = 1 counts 2 times but keeps too few directions: the matrix is defective."),
        ([[0, -1], [1, 0]], "Every direction turns: the eigenvalues 0 ± 1j are complex."),
        ([[3, 0], [0, 3]], "Every direction is kept: λ = 3."),
        ([[0, 0], [0, 0]], "Every direction is kept: λ = 0."),
        ([[2, 0], [0, -1]], "2 directions are kept: λ = 2 and λ = −1."),
        (np.diag([2, 2, 1]), "λ = 2 and λ = 1: one of them keeps a whole plane."),
        ([[0, -1, 0], [1, 0, 0], [0, 0, 4]], "One direction is kept, λ = 4; all others turn: 0 ± 1j are complex."),
        ([[1e300, 0], [0, 2e300]], "2 directions are kept: λ = 2e300 and λ = 1e300."),
        (
            [[1, 1, 0], [0, 1, 1], [0, 0, 1]],
            "λ = 1 counts 3 times but keeps too few directions: the matrix is defective.",
        ),
    ],
)
def test_it_is_said_what_is_kept(matrix: object, sentence: str) -> None:
    assert read_eigen(matrix).sentence == sentence  # type: ignore[arg-type]


def test_of_a_defective_matrix_the_one_direction_is_found() -> None:
    reading = read_eigen([[2, -1], [1, 0]])
    assert direction_text(reading.vectors[:, 0]) == "(1, 1)"


@given(st.floats(0, 360))
def test_a_hand_finds_a_direction_within_a_degree(degrees: float) -> None:
    matrix = np.array([[2.0, 0.0], [0.0, -1.0]])
    x = np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
    tried = hunt(matrix, x)
    settled = snapped(read_eigen(matrix), x)
    assert math.isclose(float(np.linalg.norm(settled)), 1)
    off = min(abs((degrees % 90) - end) for end in (0, 90))
    if off < 0.9:
        assert hunt(matrix, settled).value in (2, -1)
    if tried.value is not None:
        assert off < 2
    if off > 2:
        assert tried.value is None
        assert settled.tolist() == x.tolist()


def test_zero_and_flattened_vectors_are_said() -> None:
    assert hunt([[1, 0], [0, 0]], (0, 0)).sentence == "x is zero; drag it away from the origin"
    assert hunt([[1, 0], [0, 0]], (0, 2)).value == 0
    assert hunt([[2, 0], [0, 1]], (3, 0)).sentence == "A x lies along x: λ = 2"
    assert hunt([[0, -1], [1, 0]], (1, 0)).sentence == "A x is 90° away from x; make them parallel"


def test_power_iteration_comes_to_the_largest_direction_and_ends_at_zero() -> None:
    steps = power_iteration([[2, 1], [1, 2]], (1, 0), 30)
    assert len(steps) == 30
    assert steps[-1].estimate == pytest.approx(3)
    assert np.allclose(steps[-1].vector, (math.sqrt(0.5), math.sqrt(0.5)))
    assert len(power_iteration([[0, 1], [0, 0]], (1, 0), 30)) == 1
    assert power_iteration([[0, 1], [0, 0]], (0, 0), 30) == ()


@given(_MAPS)
def test_the_ellipse_has_the_singular_values_for_half_axes(matrix: np.ndarray) -> None:
    made = ellipse(matrix)
    for length, image, start in zip(made.lengths, made.images.T, made.inputs.T, strict=True):
        assert np.allclose(matrix @ start, length * image, atol=1e-10)
    assert math.isclose(math.prod(made.lengths), abs(np.linalg.det(matrix)), abs_tol=1e-8)
