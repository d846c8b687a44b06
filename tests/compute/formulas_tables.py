"""Formulas over searching, choosing, statistics and numerics, with the arguments that libraries read differently."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.compute import formulas

OPERANDS: dict[str, Any] = formulas.OPERANDS | {
    "w": np.array([3, 1, 2]),
    "x": np.array([0.5, 1.5, 4.0]),
    "N": np.array([[1.0, np.nan, 2.0], [0.0, 5.0, np.inf]]),
    "i": np.array(2),
    "h": np.array([0.5, 1.5, 1.25], np.float32),
}

TABLE_FORMULAS = (
    "choose(p, [w, w * 2])", "choose(p, [w, 5])", "choose(p, (T[0, :, :3], w))", "choose(0, [w, 5])",
    "choose(w > 1, [1, 2])", "choose(p + 5, A.T, mode='clip')", "w.choose([w, w, w, 7])",
    "select([h > 1, h > 0], [h, h * 2])", "select([h > 1], [1])", "select([h > 1], [1.5], h)",
    "select([T > 3, T[0, 0] > 2], [T, 1], default=-1)", "select([A > 1], [A], s)",
    "partition(A, 1)", "partition(w, [0, 1])", "partition(A, (0, 2), axis=0)", "partition(T, 3, axis=None)",
    "searchsorted(x, 2.5)", "searchsorted([1, 2, 3], s)", "searchsorted(w, x, sorter=argsort(w))",
    "searchsorted(x, A, 'right')", "indices((2, 3))", "indices(A.shape, dtype=float)", "meshgrid(w, 2)",
    "meshgrid(2, s)", "meshgrid(w, x, v, sparse=True)", "meshgrid(w, x, indexing='ij')",
    "compress(A[:, 0] > 0, A, axis=0)", "compress([1, 0], A, 1)", "compress([True], 5)", "extract(A > 0, A)",
    "extract([1, 0], v)", "take(A, 1)", "take(A, [[0, 1]], 1)", "take(A, 7, mode='wrap')", "take(A, -7, mode='wrap')",
    "take(A, [9, -9], mode='clip')", "take(5, p * 0)", "take(A, w[:2] - 1, axis=0)",
    "take_along_axis(A, argsort(A, axis=1), axis=1)", "take_along_axis(A, argsort(A, axis=0), 0)",
    "take_along_axis(A, argsort(A, axis=None), axis=None)", "take_along_axis(A, v[None] - 3, axis=0)",
    "unique(A)", "unique(A, axis=0)", "unique(5)", "unique(A, True, True, True)", "isin(A, 2)", "isin(2, A)",
    "isin(A, [1, 2], invert=True)", "intersect1d(A, 2)", "union1d(2, v)", "setdiff1d(A, v)", "setxor1d(v, 3)",
    "diff(w, prepend=0)", "diff(A, append=A)", "diff(A, 2, 0)", "nonzero(A)", "A.nonzero()[1]", "flatnonzero(5)",
    "argwhere(5)", "argwhere(s)", "argwhere(A)", "where(A > 0)", "where(True, A, 0)", "where(A > 0, h[0], 2)",
    "quantile(A, [[0.1, 0.2], [0.5, 1]], axis=0)", "percentile(A, [25, 75])", "percentile(h, 50)",
    "percentile(T, 40, axis=(0, 2), keepdims=True)", "quantile(w, 0.3, method='nearest')", "median(T, axis=(0, 2))",
    "nanmedian(N, axis=1)", "nanquantile(A, 0.5, axis=0)", "average(A, weights=A + 2)", "average(A, 0, [1, 2, 1])",
    "average(w)", "cov(A)", "cov(A, A)", "cov(w, x)", "cov(A, rowvar=False)", "cov(A, ddof=0, bias=True)",
    "corrcoef(A)", "corrcoef(w)", "histogram(A)", "histogram(A, 3, (0, 2))", "histogram(A, [0, 1, 5])",
    "histogram(A, 'auto')", "histogram(A, bins=i)", "histogram(w, 3, weights=h)", "histogram(h, 2, None, True)",
    "histogram(w, 2, range=[0, 4], density=True, weights=x)", "bincount(w)", "bincount(w, x)",
    "bincount(p, None, 9)", "digitize(A, x)", "digitize(2, [1, 2, 3], True)", "digitize(A, x[::-1])",
    "interp(T, x, w)", "interp(T.T, x, [1.5, 2, 3])", "interp(2.5, x, w)", "interp(x, w[[1, 2, 0]], w, 0.5, 9.5)",
    "interp(s, [1, 2, 3], w * 1j)", "interp(A, x, h, period=3)", "trapezoid(A, A)", "trapezoid(A, x[:2])",
    "trapezoid(A, x, axis=0)", "trapezoid(A, dx=s)", "convolve(w, 2)", "convolve(w, x, 'same')",
    "correlate(v, x, 'full')", "correlate(x, w * 1j, mode='same')", "nan_to_num(N)", "nan_to_num(N, nan=1.0, posinf=9)",
    "vander(w, 2)", "vander(x, increasing=True)", "isclose(A, 2)", "isclose(N, N, rtol=0.1)", "allclose(A, 1)",
    "array_equal(A, 1)", "array_equal(A, A)", "full_like(A, s)", "full_like(2, 3)", "full_like(A, v, dtype=int)",
    "logspace(0, s, 3)", "logspace(w, w + 1, 3, axis=1)", "logspace(0, 1, 3, base=w)", "logspace(0, 2, 3, dtype=int)",
    "logspace(0, 2, 4, endpoint=False, base=2)", "geomspace(1, w, 3)", "divmod(w, 2)", "divmod(x, 0.4)[1]", "modf(A)",
    "frexp(s)", "ldexp(A, v)", "copysign(A, -1)", "angle(c)", "angle(c, deg=True)", "sinc(A)", "fix(A / 2)",
    "isposinf(N)", "isneginf(-N)", "isreal(c)", "iscomplex(c)", "float_power(w, -1)", "heaviside(A, s)", "gcd(w, 6)",
    "lcm(w, 4)", "bitwise_count(w)", "nextafter(h, 2)", "logical_and(c, 1)", "logical_or(c, A[:2])",
    "logical_xor(c, c)", "logical_not(c)", "logaddexp(A, v)", "cbrt(A)", "fmax(N, 1)", "fmin(N, x)", "signbit(-A)",
    "invert(w)", "left_shift(w, 2)", "right_shift(w, [1, 0, 1])", "nansum(N)", "nansum(N[:, :2], axis=0)",
    "nanprod(N[:, :2])", "nanmean(N[0])", "nanstd(N[0], ddof=1)", "nanvar(N[:, :2], axis=1, keepdims=True)",
    "nanmin(N, axis=1)", "nanmax(N[0])", "nanargmin(N, 1)", "nanargmax(N, keepdims=True)", "nancumsum(N, axis=0)",
    "nancumprod(N[0])", "ptp(A, 0)", "gradient(x)", "gradient(A)", "gradient(A)[1]", "gradient(T, axis=(0, 2))",
    "gradient(x, 2)", "gradient(A, s)", "gradient(A, 0.5, [0, 3])", "gradient(x, w, edge_order=2)",
    "gradient(h, axis=0)", "ediff1d(A)", "ediff1d(w, 9, [1, 2])", "ediff1d(h, to_begin=0.5)", "unwrap(A * 3)",
    "unwrap(A, axis=0)", "unwrap(w, period=2)", "unwrap(w * 5, 9)", "lexsort((x, w))", "lexsort(A)", "lexsort([w, x])",
    "lexsort(A, axis=0)", "polyval(w, x)", "polyval([1, 2], A)", "polyval(w, 2)", "polyval(h, h)",
    "polyfit(x, w, 1)", "polyfit(x, A, 2)", "polyfit(x, w, 1, w=w)", "polyfit(h, h, deg=1)", "i0(A)", "i0(h)",
    "hanning(5) * s", "hamming(1) * s", "blackman(0) * s", "bartlett(4) * s", "kaiser(5, s)", "kaiser(5, 14) * s",
    "diagflat(A)", "diagflat(w, -1)", "diagflat(5, 2) * s", "ascontiguousarray(A.T)", "ascontiguousarray(s)",
    "ascontiguousarray(w, dtype=float32)", "array_equiv(A, 1)", "array_equiv(w, [w, w])", "array_equiv(w, v)",
    "sum(A, where=A > 0)", "sum(A, axis=0, where=[True, False])", "sum(w, initial=2.5)", "prod(h, 0, where=h > 1)",
    "mean(A, axis=1, where=A > 0)", "mean(c, where=p[:2] > 0)", "A.std(axis=0, where=A > 0)", "var(c, where=c != 0)",
    "var(h, where=h > 1, ddof=1, keepdims=True)", "mean(w, where=w > 1, dtype=float32)", "any(A, where=A > 5)",
    "all(A, axis=0, where=A > 0)", "min(A, initial=9, where=A > 1)", "max(E, axis=0, initial=2)", "max(w, initial=2.5)",
    "reshape(A, (2, 3), order='F')", "A.reshape(-1, order='F')", "A.flatten('F')", "A.copy('F')",
    "zeros(A.shape, order='F') + A", "full_like(A, s, shape=(2, 2))", "exp(w, dtype=float32)",
    "add(A, 1, dtype=float32)", "power(w, 2, dtype=float32)", "A.clip(1)", "clip(w, -1, 10**9)",
    "w.astype(uint8).clip(-1, 300)", "A.view(int32)",
    "add.reduce(A)", "add.reduce(T, axis=(0, 2))",
    "multiply.reduce(w, where=w > 1)",
    "maximum.reduce(A, 1, keepdims=True)", "logaddexp.reduce(A)", "bitwise_xor.reduce(w)",
    "gcd.reduce(w, keepdims=True)",
    "logical_xor.reduce(A)", "hypot.reduce(E, axis=0)", "minimum.reduce(A, None)", "add.accumulate(A, axis=1)",
    "maximum.accumulate(T, axis=-1)", "logical_and.accumulate(w > 1)", "hypot.accumulate(h)", "multiply.outer(A, w)",
    "subtract.outer(A, 1, dtype=float32)", "equal.outer(w, w)", "bitwise_or.reduce(T.astype(int), axis=(0, 1))",
    "r_[w, 2]", "r_[0:3, w, i]", "r_[h, 0.5]", "c_[w, x]", "c_[A, w]", "mgrid[0:A.shape[0], 0:1:3j] * s",
    "ogrid[0:w[0], 0:2]", "ix_(w, x > 1)", "A[ix_([0, 2], v > 3)]", "roots(w)", "roots(h)", "roots([0, 0, 1] * w)",
    "cumulative_sum(w, include_initial=True)", "cumulative_prod(A, axis=0)", "cumulative_sum(s, dtype=float32)",
    "matvec(A, v)", "matvec(T, x[:1] * [1, 2, 3, 4])", "vecmat(c[0], c)", "vecmat(w, A)", "einsum(A, [0, 1], v, [1])",
    "einsum(A, [0, 1], A, [2, 1], [0, 2])", "einsum(T, [..., 0], [0, ...])", "linalg.svd(M, hermitian=True).S",
    "linalg.pinv(M, hermitian=True)", "linalg.pinv(A, rtol=0.1)", "linalg.matrix_rank(M, hermitian=True)",
    "linalg.svd(c, compute_uv=False, hermitian=True)", "std(A, correction=1)", "r_[w.astype(uint8), 2]",
    "var(A, axis=0, correction=0.5, where=A > 0)", "asfortranarray(A)", "ravel_multi_index((p, p), (2, 2), order='F')",
)  # fmt: skip
"""None of them is computed while it is planned: each has an operand, or a size that the data decides."""

CPU_ONLY = frozenset({"nanquantile(A, 0.5, axis=0)", "geomspace(1, w, 3)"})
"""CuPy has no such function."""
