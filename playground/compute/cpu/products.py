"""Products on the CPU that NumPy's defaults make slow: whole numbers and float16, which have no BLAS, and einsum."""

from __future__ import annotations

from typing import Any

import numpy as np

_LEAST_WORK = 48**3
"""Multiplications from which the detour pays."""

_LEAST_CELLS = 4096
"""Cells of all operands from which a path for einsum pays: finding it takes some 20 µs."""

_EXACT = 2**53
"""Whole numbers below this are exact in float64."""


def matmul(a: Any, b: Any) -> Any:  # noqa: ANN401 - arrays and scalars
    """Give ``a @ b``; about 50 times faster for large matrices of small whole numbers, bit for bit as NumPy does.

    Large products of float16 are added up in float32, as NumPy does too, but by BLAS: hundreds of times faster, and
    another order of adding may turn the last bit.
    """
    if _are_half(a, b):
        return np.matmul(a.astype(np.float32), b.astype(np.float32)).astype(np.float16)
    if isinstance(a, np.ndarray) and a.dtype.kind in "iu" and isinstance(b, np.ndarray) and _is_exact(a, b):
        dtype = np.result_type(a, b)
        product = np.matmul(a.astype(np.float64), b.astype(np.float64))
        # int64 first: a cast from float64 to a narrower dtype doesn't wrap as NumPy's integers do.
        return product.astype(np.int64).astype(dtype, copy=False)
    return a @ b


def dot(a: Any, b: Any) -> Any:  # noqa: ANN401
    """Give ``dot(a, b)``, which is the product where both are matrices."""
    return matmul(a, b) if np.ndim(a) == np.ndim(b) == 2 else np.dot(a, b)


def _are_half(a: Any, b: Any) -> bool:  # noqa: ANN401
    """Whether both are arrays of float16, and so large that the detour pays."""
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.dtype == b.dtype == np.float16):
        return False
    return a.ndim > 0 < b.ndim and a.size * (b.shape[-1] if b.ndim > 1 else 1) >= _LEAST_WORK


def _is_exact(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether every sum of the product stays below 2**53, whatever its order, and is worth the detour."""
    if b.dtype.kind not in "iu" or np.result_type(a, b).kind not in "iu" or a.ndim < 2 or b.ndim < 2:
        return False
    if a.size * b.shape[-1] < _LEAST_WORK or b.size == 0:
        return False
    return bool(_largest(a) * _largest(b) * a.shape[-1] < _EXACT)


def _largest(array: np.ndarray) -> int:
    """Magnitude of the largest element, as Python's int: abs of the smallest int64 would overflow."""
    return max(int(array.max()), -int(array.min()))


def einsum(subscripts: str, *operands: Any, optimize: Any = False, dtype: Any = None) -> Any:  # noqa: ANN401
    """Give ``einsum``, its operands multiplied pair by pair in the cheapest order where they are large."""
    arrays = [np.asarray(operand) for operand in operands]
    large = len(arrays) > 1 and sum(array.size for array in arrays) > _LEAST_CELLS
    return np.einsum(subscripts, *arrays, optimize=optimize or large, dtype=dtype)
