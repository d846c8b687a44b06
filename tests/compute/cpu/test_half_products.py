"""Products of float16 by way of float32: NumPy's within the last bit, of its dtype and shape, and much faster."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.compute.cpu import exact
from playground.compute.cpu.products import dot, matmul


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "LEAST_WORK", 1)


@given(
    st.integers(0, 2**32),
    st.sampled_from(
        [((3, 5), (5, 4)), ((2, 3, 5), (5, 4)), ((3, 5), (5,)), ((5,), (5, 4)), ((5,), (5,)), ((0, 5), (5, 2))]
    ),
)
@settings(max_examples=40)
def test_it_agrees_with_numpy(seed: int, shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    random = np.random.default_rng(seed)
    a, b = (random.standard_normal(shape).astype(np.float16) for shape in shapes)
    found, expected = np.asarray(matmul(a, b)), np.asarray(a @ b)
    assert found.dtype == expected.dtype == np.float16
    np.testing.assert_allclose(found, expected, rtol=2**-10, atol=2**-11)


def test_too_large_sums_are_infinite() -> None:
    large = np.full((2, 2), 60000, np.float16)
    with np.errstate(over="ignore"):
        assert np.isinf(matmul(large, large)).all()


def test_other_dtypes_go_their_own_way() -> None:
    half, single = np.ones((2, 2), np.float16), np.ones((2, 2), np.float32)
    assert matmul(half, single).dtype == np.float32
    assert dot(half, half).dtype == np.float16
    assert matmul(half, np.ones((2, 2), np.int8)).dtype == np.float16


def test_it_is_faster_than_numpys_own() -> None:
    half = np.random.default_rng(0).standard_normal((256, 256)).astype(np.float16)
    times = []
    for product in (matmul, np.matmul):
        started = time.perf_counter()
        product(half, half)
        times.append(time.perf_counter() - started)
    assert times[0] < times[1]
