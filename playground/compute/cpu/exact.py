"""Whole numbers multiplied exactly by float64's BLAS: when that can be proven, when it pays, and the way back."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

LEAST_WORK: Final = 48**3
"""Multiplications from which the detour pays."""

_LEAST_SIDE: Final = 4
"""Rows and columns from which it does: a product by a vector waits for memory, and the detour is more of that."""

_EXACT: Final = 2**53
"""Whole numbers below this are exact in float64."""


def pays(rows: int, terms: int, columns: int, a: np.ndarray, b: np.ndarray) -> bool:
    """Whether a product of so many rows, terms and columns, in all of a stack, is worth a look at its operands."""
    if a.dtype.kind not in "iu" or b.dtype.kind not in "iu" or np.result_type(a, b).kind not in "iu":
        return False
    work = max(a.size * columns, b.size * rows)
    return min(rows, columns) >= _LEAST_SIDE and terms > 0 and work >= LEAST_WORK


def is_exact(terms: int, *arrays: np.ndarray) -> bool:
    """Whether every sum of ``terms`` products, of a cell of each array, stays below 2**53, whatever its order."""
    if not all(array.size for array in arrays):
        return False
    # Not less than 1: products of some of them only must be exact too.
    return math.prod(max(1, _largest(array)) for array in arrays) * terms < _EXACT


def narrowed(product: np.ndarray, dtype: np.dtype) -> Any:  # noqa: ANN401 - an array or a scalar
    """Give whole float64 numbers as ``dtype``, wrapped as NumPy's whole numbers wrap: a cast at once wouldn't."""
    return np.asarray(product).astype(np.int64).astype(dtype, copy=False)[()]


def _largest(array: np.ndarray) -> int:
    """Magnitude of the largest element, as Python's int: abs of the smallest int64 would overflow."""
    return max(int(array.max()), -int(array.min()))
