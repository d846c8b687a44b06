"""What each dtype can hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.casting import SUPPORTED, fitted, holding_dtype

INTEGERS = [dtype for dtype in SUPPORTED if dtype.kind in "iu"]


@given(st.sampled_from(INTEGERS), st.sampled_from(SUPPORTED), st.data())
def test_whole_numbers_are_exact_or_refused(source: np.dtype, target: np.dtype, data: st.DataObject) -> None:
    limits = np.iinfo(source)
    near = st.sampled_from([limits.min, limits.max, limits.max - 1, 0, 1, 2**53 + 1, 2**24 + 1, 2049])
    number = data.draw(near | st.integers(int(limits.min), int(limits.max)))
    number = min(max(number, int(limits.min)), int(limits.max))
    cast = fitted(np.array([number], source), target)
    if cast is None:
        assert not _holds(number, target)
    else:
        assert cast.dtype == target
        assert int(cast[0].real) == number


def _holds(number: int, dtype: Any) -> bool:
    if dtype.kind == "b":
        return number in (0, 1)
    if dtype.kind in "iu":
        return np.iinfo(dtype).min <= number <= np.iinfo(dtype).max
    part = np.dtype(f"f{dtype.itemsize // 2}") if dtype.kind == "c" else dtype
    with np.errstate(over="ignore"):
        rounded = np.array(number).astype(part)
    return bool(np.isfinite(rounded)) and int(rounded) == number


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        ([1.5], "int64", None), ([2.0], "int64", [2]), ([np.nan], "int64", None), ([np.inf], "int8", None),
        ([300], "uint8", None), ([-1], "uint64", None), ([2.0**63], "int64", None), ([2.0**63], "uint64", [2**63]),
        ([1 + 2j], "float64", None), ([1 + 0j], "float64", [1.0]), ([1 + 0j], "uint8", [1]), ([2], "bool", None),
        ([0.1], "float32", [np.float32(0.1)]), ([1e300], "float32", None), ([1e-300], "float32", None),
        ([np.inf, np.nan], "float16", [np.inf, np.nan]), ([1e300 + 1j], "complex64", None), ([True], "float16", [1.0]),
    ],
)  # fmt: skip
def test_floats_are_rounded_but_never_to_infinity_or_zero(values: Any, dtype: Any, expected: Any) -> None:
    cast = fitted(np.array(values), np.dtype(dtype))
    if expected is None:
        assert cast is None
    else:
        np.testing.assert_array_equal(cast, np.array(expected, dtype))
        assert cast.dtype == np.dtype(dtype)


@pytest.mark.parametrize(
    ("values", "dtype", "offer"),
    [
        ([300], "uint8", "int64"), ([1.5], "int64", "float64"), ([1j], "float64", "complex128"),
        ([1j], "float32", "complex64"), ([2**63], "int64", "float64"), ([1e300], "float32", "float64"),
        ([2], "bool", "int64"), ([2**53 + 1], "float64", None),
    ],
)  # fmt: skip
def test_the_offered_dtype_holds_the_values(values: Any, dtype: Any, offer: str | None) -> None:
    values = np.array(values)
    found = holding_dtype(values, np.dtype(dtype))
    assert found == (None if offer is None else np.dtype(offer))
    assert found is None or fitted(values, found) is not None


@pytest.mark.parametrize("source", SUPPORTED, ids=str)
@pytest.mark.parametrize("target", SUPPORTED, ids=str)
def test_nothing_fits_everywhere(source: np.dtype, target: np.dtype) -> None:
    assert fitted(np.zeros((0, 3), source), target).dtype == target
