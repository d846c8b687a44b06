"""Casting for a computation, and the largest difference that it makes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.compute import precision
from playground.compute.cpu.device import NumpyBackend
from playground.compute.precision import PRECISIONS, cast, cast_dtype, differences

CPU = NumpyBackend()


@pytest.mark.parametrize(
    ("dtype", "wanted", "found"),
    [
        ("float64", "", "float64"),
        ("float64", "float32", "float32"),
        ("float64", "float16", "float16"),
        ("float64", "tf32", "float32"),
        ("float32", "float64", "float64"),
        ("complex128", "float32", "complex64"),
        ("complex128", "float16", "complex64"),
        ("complex64", "float64", "complex128"),
        ("int64", "float16", "int64"),
        ("bool", "float32", "bool"),
    ],
)
def test_only_floating_numbers_are_cast(dtype: str, wanted: str, found: str) -> None:
    assert cast_dtype(np.dtype(dtype), wanted) == found


@pytest.mark.parametrize("wanted", [name for name in PRECISIONS if name])
def test_what_is_of_the_dtype_already_is_not_copied(wanted: str) -> None:
    value = np.ones(3, cast_dtype(np.dtype(np.float64), wanted))
    assert cast(value, wanted) is value
    assert cast((value, np.ones(2)), wanted)[0] is value


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e6, 1e6)))
def test_the_largest_difference_is_that_of_numpy(wide: np.ndarray) -> None:
    narrow = wide.astype(np.float32)
    largest, scale, lost = differences(narrow, wide, CPU)
    assert largest == np.abs(narrow - wide).max()
    assert scale == np.abs(wide).max()
    assert lost == 0


def test_pieces_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "_PIECE_BYTES", 64)
    wide = np.arange(100.0)
    narrow = wide.copy()
    narrow[77] += 5
    narrow[12] = np.inf
    assert differences(narrow, wide, CPU) == (5.0, 99.0, 1)


def test_what_is_infinite_in_both_is_no_difference() -> None:
    wide = np.array([np.inf, np.nan, -np.inf, 1.0, 1e300])
    narrow = np.array([np.inf, np.nan, -np.inf, 1.5, np.inf])
    assert differences(narrow, wide, CPU) == (0.5, 1e300, 1)


def test_several_values_truths_and_nothing_at_all() -> None:
    pair = (np.array([1.0, 2]), np.array([True]))
    assert differences((np.array([1.5, 2]), np.array([False])), pair, CPU) == (1.0, 2.0, 0)
    assert differences(np.zeros((0, 3)), np.zeros((0, 3)), CPU) == (0.0, 0.0, 0)
    assert differences(np.float32(1), np.float64(1.25), CPU) == (0.25, 1.25, 0)
