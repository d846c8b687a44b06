"""Where CuPy's linear algebra and Fourier transforms differ from NumPy's, and what evens them out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

_HALF = np.dtype(np.float16)
_FLOAT = np.dtype(np.float64)
_BACK_TO_REAL = ("irfft", "hfft")
_SEVERAL_AXES = ("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn")


def linear_algebra(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401 - CuPy ships no types
    """Give the functions that replace those of ``cupy.linalg``, by their target."""
    linalg = cupy.linalg

    def solve(a: Any, b: Any) -> Any:  # noqa: ANN401
        if b.ndim < 2:
            return linalg.solve(a, b)
        stack = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
        return linalg.solve(
            cupy.broadcast_to(a, stack + a.shape[-2:]),
            cupy.broadcast_to(b, stack + b.shape[-2:]),
        )

    def cholesky(a: Any, upper: Any = False) -> Any:  # noqa: ANN401
        # CuPy reads and gives the lower triangle only; the upper one is the same of the matrix turned over.
        return _turned(linalg.cholesky(_turned(a))) if upper else linalg.cholesky(a)

    def cond(x: Any, p: Any = None) -> Any:  # noqa: ANN401
        found = linalg.cond(x, p)  # complex for complex matrices and some orders
        return found.real if found.dtype.kind == "c" else found

    def lstsq(a: Any, b: Any, rcond: Any = None) -> tuple[Any, ...]:  # noqa: ANN401
        # CuPy gives each part in the dtype of one side, NumPy all of them in what both have in common.
        common = np.result_type(*(side.dtype if side.dtype.kind in "fc" else _FLOAT for side in (a, b)))
        return tuple(linalg.lstsq(a.astype(common), b.astype(common), rcond=rcond))

    return {
        "linalg.solve": solve,
        "linalg.cholesky": cholesky,
        "linalg.cond": cond,
        "linalg.lstsq": lstsq,
        **_singular_values(cupy),
    }


def _singular_values(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    linalg = cupy.linalg

    def svd(a: Any, full_matrices: Any = True, compute_uv: Any = True, hermitian: Any = False) -> Any:  # noqa: ANN401
        a = cupy.asarray(a)
        return linalg.svd(_from_lower(cupy, a) if hermitian else a, full_matrices, compute_uv)

    def pinv(a: Any, rcond: Any = None, hermitian: Any = False, rtol: Any = None) -> Any:  # noqa: ANN401
        a = _from_lower(cupy, a) if hermitian else a
        rcond = rtol if rcond is None else rcond
        if rcond is None:
            # NumPy's cutoff; CuPy's own is 1e-15, which keeps noise of float32.
            dtype = a.dtype if a.dtype.kind in "fc" else _FLOAT
            rcond = max(a.shape[-2:]) * float(np.finfo(dtype).eps)
        return linalg.pinv(a, rcond=rcond)

    def matrix_rank(a: Any, tol: Any = None, hermitian: Any = False, rtol: Any = None) -> Any:  # noqa: ANN401
        a = _from_lower(cupy, a) if hermitian and a.ndim > 1 else a
        if rtol is None or a.ndim < 2:
            return linalg.matrix_rank(a, tol)
        values = linalg.svd(a, compute_uv=False)
        return cupy.sum(values > values.max(axis=-1, keepdims=True) * rtol, axis=-1)

    return {"linalg.svd": svd, "linalg.pinv": pinv, "linalg.matrix_rank": matrix_rank}


def _from_lower(cupy: Any, matrices: Any) -> Any:  # noqa: ANN401
    """Make hermitian matrices of their lower triangles, as NumPy reads them; CuPy has no word for that."""
    below = cupy.tril(matrices, -1)
    return below + _turned(below) + matrices.real * cupy.eye(matrices.shape[-1], dtype=matrices.real.dtype)


def _turned(matrices: Any) -> Any:  # noqa: ANN401
    return matrices.swapaxes(-2, -1).conj()


def fourier(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    """Give the functions that replace those of ``cupy.fft``, by their target."""

    def halved(name: str, a: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        # CuPy computes in single precision as NumPy does, but doesn't come back to float16.
        found = getattr(cupy.fft, name)(a, *arguments, **options)
        return found.astype(_HALF) if a.dtype == _HALF else found

    def sized(name: str, a: Any, s: Any = None, **options: Any) -> Any:  # noqa: ANN401
        if s is not None and -1 in s:
            # The array's own size, which CuPy doesn't know by -1.
            axes = options.get("axes")
            axes = range(-len(s), 0) if axes is None else axes
            s = tuple(a.shape[axis] if size == -1 else size for size, axis in zip(s, axes, strict=True))
        return getattr(cupy.fft, name)(a, s, **options)

    return {f"fft.{name}": partial(halved, name) for name in _BACK_TO_REAL} | {
        f"fft.{name}": partial(sized, name) for name in _SEVERAL_AXES
    }
