"""Integer products by way of float64 are NumPy's, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.compute.cpu import products
from playground.compute.cpu.products import dot, einsum, matmul

DTYPES = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_LEAST_WORK", 1)


@given(st.sampled_from(DTYPES), st.sampled_from(DTYPES), st.integers(0, 2**32), st.integers(0, 5))
@settings(max_examples=60)
def test_it_agrees_with_numpy(left: str, right: str, seed: int, inner: int) -> None:
    random = np.random.default_rng(seed)
    a = random.integers(np.iinfo(left).min, np.iinfo(left).max, (2, 3, inner), left, endpoint=True)
    b = random.integers(np.iinfo(right).min, np.iinfo(right).max, (inner, 4), right, endpoint=True)
    found, expected = matmul(a, b), a @ b
    assert found.dtype == expected.dtype
    assert np.array_equal(found, expected)


def test_narrow_results_wrap_as_numpy_does() -> None:
    a = np.full((2, 300), 100, np.int8)
    assert np.array_equal(matmul(a, a.T), a @ a.T)


def test_beyond_two_to_the_fifty_third_it_stays_exact() -> None:
    a = np.array([[2**53 + 1, 1]])
    assert matmul(a, np.array([[1], [0]])).tolist() == [[2**53 + 1]]
    assert not products._is_exact(np.array([[-(2**63)]]), np.array([[1]]))


def test_vectors_floats_and_scalars_pass() -> None:
    assert matmul(np.ones(3, int), np.ones(3, int)) == 3
    assert matmul(np.ones((2, 2)), np.ones((2, 2), int)).dtype == np.float64
    with pytest.raises(ValueError, match="matmul"):
        matmul(np.ones((2, 3), int), np.ones((2, 3), int))


def test_dot_is_numpys() -> None:
    matrix, stack = np.arange(4).reshape(2, 2), np.arange(8).reshape(2, 2, 2)
    for a, b in ((matrix, matrix), (matrix, stack), (stack, stack), (matrix, matrix[0]), (2, matrix)):
        assert np.array_equal(dot(a, b), np.dot(a, b))


def test_einsum_is_numpys_whatever_the_size() -> None:
    random = np.random.default_rng(0)
    for size in (3, 70):
        a, b = random.random((size, size)), random.random((size, size))
        np.testing.assert_allclose(einsum("ij,jk->ik", a, b), a @ b)
    assert einsum("ii", [[1, 2], [3, 4]]) == 5
