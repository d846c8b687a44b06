"""Products on the CPU that NumPy's defaults make slow: whole numbers and float16, which have no BLAS, and einsum."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.cpu import contractions, exact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_CELLS: Final = 4096
"""Cells of all operands from which einsum's labels are looked at: reading them takes some 10 µs, a path 20 µs."""


def matmul(a: Any, b: Any) -> Any:  # noqa: ANN401 - arrays and scalars
    """Give ``a @ b``; about 50 times faster for large matrices of small whole numbers, bit for bit as NumPy does.

    Large products of float16 are added up in float32, as NumPy does too, but by BLAS: hundreds of times faster, and
    another order of adding may turn the last bit.
    """
    if _are_half(a, b):
        return np.matmul(a.astype(np.float32), b.astype(np.float32)).astype(np.float16)
    if _are_matrices(a, b) and _is_exact(a, b, a.shape[-2], a.shape[-1], b.shape[-1]):
        return _exactly(np.matmul, a, b)
    return a @ b


def dot(a: Any, b: Any) -> Any:  # noqa: ANN401
    """Give ``dot(a, b)``, which is the product where both are matrices."""
    if np.ndim(a) == np.ndim(b) == 2:
        return matmul(a, b)
    if _are_matrices(a, b) and _is_exact_over(a, b, a.shape[-1]):
        return _exactly(np.tensordot, a, b, (-1, -2))
    return np.dot(a, b)


def inner(a: Any, b: Any) -> Any:  # noqa: ANN401
    """Give ``inner(a, b)``; whole numbers as ``matmul`` does."""
    if _are_matrices(a, b) and _is_exact_over(a, b, a.shape[-1]):
        return _exactly(np.tensordot, a, b, (-1, -1))
    return np.inner(a, b)


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:  # noqa: ANN401
    """Give ``tensordot(a, b, axes)``; whole numbers as ``matmul`` does."""
    if _are_matrices(a, b) and _is_exact_over(a, b, _summed_over(a.shape, axes)):
        return _exactly(np.tensordot, a, b, axes)
    return np.tensordot(a, b, axes)


def matrix_power(a: Any, n: int) -> Any:  # noqa: ANN401
    """Give ``linalg.matrix_power(a, n)``; whole numbers, which wrap around in any order alike, as ``matmul`` does."""
    if not (_are_matrices(a, a) and a.dtype.kind in "iu" and n > 1):
        return np.linalg.matrix_power(a, n)
    found, square = None, a
    while n:
        n, odd = divmod(n, 2)
        if odd:
            found = square if found is None else matmul(found, square)
        square = matmul(square, square) if n else square
    return found


def multi_dot(arrays: Sequence[Any]) -> Any:  # noqa: ANN401
    """Give ``linalg.multi_dot(arrays)``; whole numbers as ``matmul`` does."""
    from playground.compute.functions import own  # whoever asks for none needn't read it

    module = SimpleNamespace(asarray=np.asarray, reshape=np.reshape, dot=dot, matmul=matmul)
    product = own.bind("multi_dot", module)
    assert product is not None
    return product(arrays)


def einsum(subscripts: str, *operands: Any, optimize: Any = None, dtype: Any = None) -> Any:  # noqa: ANN401
    """Give ``einsum``: two operands by whatever is fastest, more of them pair by pair where ``optimize`` says so."""
    arrays = [np.asarray(operand) for operand in operands]
    if dtype is not None or sum(array.size for array in arrays) <= _LEAST_CELLS:
        return np.einsum(subscripts, *arrays, optimize=optimize or False, dtype=dtype)
    if len(arrays) == 2 and optimize in (None, True):
        return contractions.einsum(subscripts, *arrays)
    if len(arrays) > 2 and optimize:
        dtype = np.result_type(*arrays)
        wide = np.dtype(np.float64) if _fits(subscripts, arrays) else dtype
        # Pair by pair a narrow operand's sums would wrap around in its own dtype.
        found = np.einsum(subscripts, *(array.astype(wide, copy=False) for array in arrays), optimize=optimize)
        return found if wide == dtype else exact.narrowed(found, dtype)
    return np.einsum(subscripts, *arrays, optimize=optimize or False)


def _are_half(a: Any, b: Any) -> bool:  # noqa: ANN401
    """Whether both are arrays of float16, and so large that the detour pays."""
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.dtype == b.dtype == np.float16):
        return False
    return a.ndim > 0 < b.ndim and a.size * (b.shape[-1] if b.ndim > 1 else 1) >= exact.LEAST_WORK


def _are_matrices(a: Any, b: Any) -> bool:  # noqa: ANN401
    return isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.ndim > 1 < b.ndim


def _is_exact(a: np.ndarray, b: np.ndarray, rows: int, terms: int, columns: int) -> bool:
    return exact.pays(rows, terms, columns, a, b) and exact.is_exact(terms, a, b)


def _is_exact_over(a: np.ndarray, b: np.ndarray, terms: int) -> bool:
    """Whether it is exact and worth it, where each part of ``a`` that is summed over meets each of ``b``."""
    return terms > 0 and _is_exact(a, b, a.size // terms, terms, b.size // terms)


def _exactly(product: Callable[..., Any], a: np.ndarray, b: np.ndarray, *axes: Any) -> Any:  # noqa: ANN401
    return exact.narrowed(product(a.astype(np.float64), b.astype(np.float64), *axes), np.result_type(a, b))


def _summed_over(shape: tuple[int, ...], axes: Any) -> int:  # noqa: ANN401
    """Cells of one sum of ``tensordot``, 0 where NumPy has something to say about ``axes``."""
    try:
        if isinstance(axes, int):
            return math.prod(shape[len(shape) - axes :]) if 0 <= axes <= len(shape) else 0
        first = axes[0]
        return math.prod(shape[axis] for axis in ((first,) if isinstance(first, int) else first))
    except (IndexError, TypeError):
        return 0


def _fits(subscripts: str, arrays: list[np.ndarray]) -> bool:
    """Whether whole numbers stay below 2**53 however they are multiplied, pair by pair, and added up."""
    if any(array.dtype.kind not in "iu" for array in arrays) or np.result_type(*arrays).kind not in "iu":
        return False
    terms = contractions.summed_cells(subscripts, arrays)
    return terms is not None and exact.is_exact(terms, *arrays)
