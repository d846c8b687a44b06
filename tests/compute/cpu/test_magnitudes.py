"""Looking at the magnitudes of arrays, whatever their layout: the answer of a look at every cell at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.cpu import magnitudes
from playground.compute.gpu import magnitudes as gpu_magnitudes
from tests.compute import pretended_cupy

LEAST, MOST = np.float64(0.5), np.float64(8)


def within(*arrays: np.ndarray) -> bool:
    """What both devices say."""
    found = magnitudes.within(arrays, LEAST, MOST)
    module = pretended_cupy.cupy()
    assert gpu_magnitudes.within(module, [module.asarray(array) for array in arrays], LEAST, MOST) == found
    return found


def arrays(value: complex) -> list[np.ndarray]:
    """Large and small arrays of ones with ``value`` in one cell, in every layout."""
    array = np.ones((300, 400), complex if isinstance(value, complex) else float)
    array[123, 240] = value
    return [array, array.T, array[3:, ::3], array[::-1], array[123], array.astype(array.dtype.newbyteorder())]


@pytest.mark.parametrize("value", [0.0, -0.0, 0.5, -8.0, 0.5 - 8j, 0j, 1j])
def test_both_ends_and_zero_are_within(value: complex) -> None:
    assert [within(array) for array in arrays(value)] == [True] * 6


@pytest.mark.parametrize("value", [0.49, -8.1, np.inf, -np.inf, np.nan, 1 + 0.1j, 9 + 1j, complex(1, np.nan), 5e-324])
def test_anything_beyond_is_not(value: complex) -> None:
    assert [within(array) for array in arrays(value)] == [False] * 6
    assert not within(np.ones(3), arrays(value)[0])


def test_nothing_at_all_is_within() -> None:
    assert within(np.ones((0, 3)), np.ones(0))


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, -2.0, 8.0, 9.0, np.nan, -np.inf]), max_size=6))
def test_it_is_what_each_cell_says(cells: list[float]) -> None:
    array = np.array(cells, float)
    assert within(array) == all(cell == 0 or LEAST <= abs(cell) <= MOST for cell in cells)
