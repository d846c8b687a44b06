"""The bytes that a plan predicts against what NumPy really takes."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed
from playground.compute.planning.plan import plan
from tests.compute.formulas import inferred

RANDOM = np.random.default_rng(0)
OPERANDS: dict[str, Any] = {
    "A": RANDOM.standard_normal((300, 300)),
    "f": RANDOM.standard_normal((300, 300), np.float32),
    "h": RANDOM.standard_normal((300, 300)).astype(np.float16),
    "v": RANDOM.integers(-5, 5, (300, 300)),
    "r": RANDOM.standard_normal((600, 150)),
    "T": RANDOM.standard_normal((40, 50, 60)),
}
SLACK = 200_000
"""Bytes of Python's own, buffers of the universal functions among them."""


@pytest.mark.parametrize(
    "source",
    [
        "A @ A", "f @ A", "v @ v", "-A + A * 2", "(A + 1).T @ (A + 1)", "-(-(-(-A)))", "A[::2].T", "A[A > 0]",
        "v == 2", "where(A > 0, A, f)", "exp(A) / sum(exp(A))", "softmax(A)", "log_softmax(f)", "sigmoid(v)", "relu(A)",
        "linalg.inv(A)", "linalg.solve(A, A)", "linalg.det(A)", "linalg.svd(r)", "linalg.svd(r, full_matrices=False).S",
        "linalg.eigh(A)", "linalg.qr(r)", "linalg.pinv(r)", "linalg.norm(A)", "linalg.norm(v)", "linalg.matrix_rank(A)",
        "linalg.matrix_power(A, 9)", "linalg.cholesky(A @ A.T + 300 * eye(300))", "sum(A)", "std(A)", "var(v, axis=0)",
        "mean(v)", "cumsum(A)", "sort(A)", "argmax(A, axis=1)", "einsum('ij,jk->ik', A, A)", "einsum('ij,ij->i', A, A)",
        "kron(A[:20, :20], A[:20, :20])", "outer(A[0], A[1])", "concatenate([A, A])", "stack([A, f])",
        "T.transpose(2, 0, 1).reshape(-1)",
        "A.T.ravel()", "A.astype(float32)", "v.astype(complex128)", "round(A, 2)", "clip(A, 0, 1)", "tril(A)",
        "diag(A[0])",
        "diag(A)",
        "leaky_relu(A)", "gelu(A)", "erf(f)", "mish(A)", "logsumexp(A)", "layer_norm(v)", "layer_norm(h)",
        "standardize(A)", "minmax_scale(v)", "l2_normalize(f)", "cosine_similarity(A, f)", "angle_between(A, A)",
        "cdist(f[:50], A[:50])", "mse(v, A)", "mse(h, h)", "huber(A, A)", "binary_cross_entropy(A, A)",
        "cross_entropy(A, A)", "entropy(A)", "attention(A, A, A, A > 0)", "attention(r, r[:9], r[:9])",
        "one_hot(v[0], 500)", "positional_encoding(300, 300)", "gram_schmidt(A)", "power_iteration(A)",
        "conv2d(A, A[:5, :5])", "avg_pool2d(v)", "l2_penalty(A)",
        "zeros((500, 500)) + 1", "T @ T.mT", "count_nonzero(A)", "dot(v, v)", "inner(f, A)", "trace(A)",
        "tile(A, (2, 3))", "repeat(A, 3, axis=0)", "pad(A, 5)", "pad(A, 30, 'reflect')", "roll(A, (1, 2), (0, 1))",
        "rollaxis(T, 2)", "insert(A, 3, 5.0, axis=0)", "delete(A, [1, 2], axis=1)", "block([[A, f], [f, A]])",
        "split(A, 3)", "sum(lib.stride_tricks.sliding_window_view(A[0], 20))", "broadcast_arrays(A, A[0])",
        "trim_zeros(A)", "tensordot(A, A, 1)", "cross(A[:, :3], A[:, :3])", "vdot(A.T, A)", "vecdot(A, A)",
        "einsum('ij,jk,kl->il', A, A, A)", "einsum('ai,bi,ci->abc', A[:60], A[:60], A[:60])", "linalg.norm(A, 1)",
        "linalg.eig(A)", "linalg.svdvals(A)", "linalg.lstsq(r, r)", "linalg.cond(A, 1)", "linalg.multi_dot([A, A, A])",
        "linalg.vector_norm(A, ord=3)", "linalg.matrix_norm(A, ord='nuc')", "linalg.tensorsolve(A, A[0])",
        "fft.fft(A)", "fft.ifft(f)", "fft.rfft(A)", "fft.rfft(f)", "fft.rfft2(v)", "fft.irfft(A)", "fft.fft2(v)",
        "fft.rfftn(T)", "fft.irfftn(T)", "fft.hfft(A)", "fft.fft(A, 1000)", "fft.fftfreq(100000)",
        "fft.rfftfreq(100000)", "fft.fftshift(A)",
        "argwhere(A)", "unique(v)", "unique(A, return_inverse=True)", "isin(A, f)", "isin(v, v)", "intersect1d(A, A)",
        "union1d(A, f)", "setdiff1d(A, f)", "setxor1d(A, f)", "choose(A > 0, [A, A])", "select([A > 0], [A], f)",
        "diff(A, 3)", "take(A, abs(v))", "partition(A, 3)", "argsort(v)", "nansum(A)", "nanmean(A, axis=0)",
        "nanstd(f)", "nanmedian(A, axis=0)", "nanargmax(A)", "nancumsum(A)", "median(A)", "percentile(A, [25, 75])",
        "average(A, weights=A)", "cov(A)", "cov(A, A)", "corrcoef(f)", "histogram(A)", "histogram(v, 100)",
        "digitize(A, [0, 1])", "isclose(A, f)", "allclose(v, v)", "nan_to_num(A)", "logspace(0, 1, 90000)",
        "interp(A, A[0], f[0])", "trapezoid(v)", "gradient(v)", "gradient(A.ravel(), A.ravel())", "unwrap(A)",
        "lexsort(A)", "polyval(A[0], v)", "polyfit(A[0], A[1], 5)", "i0(f)", "sinc(A)", "bartlett(90000)",
        "kaiser(90000, 8.0)", "random.normal(0, 1, (300, 300))", "random.choice(A.ravel(), 90000)",
        "random.choice(90000, 500, replace=False)", "random.default_rng(7).choice(A, 400)",
        "random.poisson(3, (300, 300))", "real(A) + 1", "sum(A, where=A > 0)", "mean(h, where=A > 0)",
        "std(A, where=A > 0)", "var(v, axis=0, where=A > 0)", "max(A, where=A > 0, initial=0)", "add.reduce(A)",
        "logaddexp.reduce(A)", "maximum.accumulate(A)", "multiply.outer(A[0], A[:20])", "r_[A, A]", "c_[A, f]",
        "mgrid[0:300, 0:1:300j]", "ogrid[0:300, 0:300]", "matvec(T, T[0, 0])", "vecmat(A[0], A)",
        "cumulative_sum(A, axis=0)", "cumulative_sum(A, axis=0, include_initial=True)", "roots(A[0])",
        "reshape(A, (90000,), order='F')", "exp(f, dtype=float64)", "linalg.svd(A, hermitian=True)",
    ],
)  # fmt: skip
def test_no_more_is_taken_than_was_said(source: str) -> None:
    found = plan(inferred(source, OPERANDS))
    backend = NumpyBackend()
    execute(found, OPERANDS, backend)
    tracemalloc.start()
    try:
        outcome = execute(found, OPERANDS, backend)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(outcome, Computed), outcome
    assert peak <= found.peak_bytes + SLACK
    # And not so much more that plans which fit are refused; what LAPACK and einsum take isn't traced.
    if "linalg" not in source and "einsum" not in source:
        assert found.peak_bytes <= 3 * peak + SLACK
