"""Formulas and operands that every device has to agree on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.execute import download, execute
from playground.compute.outcome import Computed, Failure
from playground.compute.planning import plan as planning
from playground.compute.planning.plan import plan
from playground.language.infer import Inference, infer
from playground.language.signature import Signature, TupleSignature

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERANDS: dict[str, Any] = {
    "A": np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]),
    "B": np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]]),
    "M": np.array([[2.0, 1.0], [1.0, 3.0]]),
    "f": np.array([[1.0, 2.0], [3.0, 4.0]], np.float32),
    "v": np.array([3, 4]),
    "p": np.array([1, 0, 1]),
    "c": np.array([[1 + 2j, 3], [0, 1j]]),
    "T": np.arange(24.0).reshape(2, 3, 4),
    "E": np.ones((0, 3)),
    "s": np.float64(2.5).reshape(()),
}

FORMULAS = (
    "A", "A.T", "A @ B", "-A", "~(A > 0)", "A + 1", "1 - A", "A * A", "A / 2", "A ** 2", "2 ** A", "v // 2", "v % 2",
    "A == 2", "A != A", "A <= 1", "(A > 0) & (A < 3)", "(A > 0) | (A < 0)", "v ^ 1", "v << 1", "v >> 1", "f @ M",
    "v @ v", "T @ T.mT", "c.real", "c.imag + 1", "s * A", "s", "E.T", "E @ A", "E + 1", "A.shape", "A.shape[0]",
    "A.ndim * A.size", "A[A > 0].shape", "A[A > 0].shape[0]", "A[A > 0].shape * 2", "A.shape + B.shape",
    "A.shape == B.shape", "A[A > 0].shape == A.shape", "(A, B)[1]", "A[0]", "A[0, 1]", "A[-1]", "A[:, 0]", "A[::2]",
    "A[::-1, None]", "A[...]", "T[0, ..., 1]", "A[[0, 2, 0]]", "A[p]", "A[:, [1, 0]]", "A[A > 0]", "A[argmax(v)]",
    "A[:argmax(v) + 1]", "T[:, [0, 1], [1, 2]]", "[[1, 2], [3, 4]]", "[1, 2.5]", "[e - 1, 2]", "[A, A]",
    "[[M[0, 0], 1], [2, 3]] @ M", "[[1, 2], [3, 4]] * M", "5", "1 / 3", "sqrt(2) * f", "e * f", "full((2,), 7) * f",
    "zeros(A.shape)", "zeros(3, dtype=f.dtype)", "A.reshape(2, -1)", "reshape(A, [6])", "transpose(T, [2, 0, 1])",
    "T.transpose(1, 0, 2)", "sum(T, axis=(0, 2))", "stack([A, A + 1])", "stack([1, M[0, 0]])", "stack([[1, 2], v])",
    "concatenate((A, [[5, 6]]))", "vstack([v, v])", "where(A > 0, A, 0)", "maximum(A, 0)", "clip(A, 0, 1)",
    "clip(A, None, 1)", "A.clip(0, 1)", "clip(A, min=0)", "astype(A, int)", "A.astype(float32)",
    "einsum('ij,jk->ik', A, B)", "dot(v, v)", "relu(A)", "softmax(A)", "softmax(A, axis=0)", "linalg.svd(M)",
    "linalg.svd(M).S", "linalg.svd(M)[0]", "linalg.slogdet(M)", "linalg.solve(M, [1.0, 2.0])", "linalg.inv(M) @ M",
    "linalg.eigh(M).eigenvalues", "linalg.norm(A, axis=0)", "linalg.norm(A, ord='fro')", "linalg.qr(A).R",
    "linalg.pinv(A)", "linalg.matrix_power(M, 3)", "linalg.cholesky(M)", "linalg.det(M)", "(A @ B).T @ (A @ B)",
    "A.sum()", "A.mean(axis=0)", "reshape(A, shape=(2, 3))", "argmax(A, 0, keepdims=True)", "v ** 2", "2.0 ** -v",
    "sum(A, 0, None, None, True)", "count_nonzero(A, axis=0, keepdims=True)", "linalg.svd(M, hermitian=False).S",
    "power(v, 2)", "arange(0, 10, 2) + 1", "linspace(0, 1, 5) * s", "trace(A, 0, 1, 0)", "stack([v, p[:2]], 1)",
    "A.std()", "A.argmax()", "A.cumsum()", "any(A > 2)",
    "leaky_relu(A, 0.1)", "leaky_relu(f, s)", "elu(v)", "gelu(A)", "gelu(f, 'tanh')", "silu(A)", "mish(f)",
    "logsumexp(A, axis=0)", "logsumexp(A, keepdims=True)", "layer_norm(A, v, beta=v)", "batch_norm(T, axis=(0, 2))",
    "rms_norm(f)", "l2_normalize(A, axis=None)", "minmax_scale(v)", "cosine_similarity(A, v)", "angle_between(f, v)",
    "projection(A, onto=v)", "cdist(A, f)", "clip_by_norm(A, s)", "clip_by_value(A, 0, high=v)", "mse(A, 1)",
    "huber(f, M, delta=0.5)", "cross_entropy(f, [0, 1])", "cross_entropy(f, f)", "nll_loss(f, p[:2])",
    "accuracy(f, p[:2])", "attention(A, f, M)", "attention(f, f, f, mask=causal_mask(2))", "one_hot(p, num_classes=2)",
    "embedding(p, A)", "positional_encoding(3, 4)", "gram_schmidt(A)", "power_iteration(M, steps=50)",
    "power_iteration(M).eigenvalue", "conv1d(v, [1, 2])", "conv2d(A, f)", "max_pool2d(A)", "avg_pool2d(T, size=2)",
    "dropout(A, seed=2)",
)  # fmt: skip
"""Every kind of node, and the arguments that a device is strict about."""

MORE_FORMULAS = (
    "moveaxis(T, 0, -1)", "moveaxis(T, (0, 1), (1, 0))", "rollaxis(T, 2)", "matrix_transpose(T)", "flip(A)",
    "flip(T, (0, 2))", "fliplr(A)", "flipud(v)", "rot90(A, 3)", "rot90(T, k=1, axes=(1, 2))", "roll(A, 1)",
    "roll(A, (1, 2), axis=(0, 1))", "roll(v, v[0])", "tile(A, 2)", "tile(v, (2, 3))", "repeat(A, 2)", "repeat(v, v)",
    "A.repeat([2, 0, 1], axis=0)", "pad(A, 1)", "pad(A, ((1, 0), (2, 1)), mode='edge')", "pad(A, 1, 'reflect')",
    "pad(A, (0, 1), constant_values=7)", "pad(A, 1, 'maximum', stat_length=1)", "pad(v, 3, 'wrap')", "atleast_1d(5)",
    "atleast_2d(v)", "atleast_3d(A)", "atleast_2d(v, 3.5)", "broadcast_arrays(A, [1.0, 2.0])", "A.copy() + 1",
    "shape(A[A > 0])", "shape(T)", "size(A, 0)", "size(A[A > 0]) * 2", "ndim(T)", "zeros(broadcast_shapes((2, 1), 3))",
    "broadcast_shapes(A[A > 0].shape, (1,))", "resize(A, (2, 5))", "trim_zeros([0, 0, 1, 2, 0])", "trim_zeros(v)",
    "lib.stride_tricks.sliding_window_view(A, (2, 2))", "sum(lib.stride_tricks.sliding_window_view(v, 2, axis=0), 1)",
    "insert(A, 1, 5)", "insert(A, [0, 2], 7, axis=0)", "insert(A, 1, v[:1], axis=1)", "append(v, [5])",
    "append(A, A, axis=1)", "delete(A, 0)", "delete(A, [0, -1], axis=0)", "delete(v, [True, False])",
    "delete(A, p[:1], axis=0)", "dstack([A, A])", "column_stack([v, v, [5, 6]])", "column_stack([A, [1, 2, 3]])",
    "block([[A, zeros((3, 1))], [ones((1, 3))]])", "block([v, 7])", "block([[M, M], [f, M]])", "split(A, 3)[1]",
    "split(A, [1])", "array_split(v, 3)", "hsplit(A, 2)[0]", "vsplit(A, [1, 2])", "dsplit(T, 2)[1]", "unstack(A)[2]",
    "unstack(T, axis=1)", "split(A, v[:1])[0].shape[1]", "tril_indices(3)", "triu_indices(3, 1)", "diag_indices(3)",
    "A[diag_indices(2)]", "M[tril_indices(2)]", "unravel_index(5, (2, 3))", "unravel_index(argmax(A), A.shape)",
    "ravel_multi_index(([1, 0], [2, 1]), (2, 3))", "ravel_multi_index((p, p), (2, 2), mode='clip')",
    "tensordot(T, T, 3)", "tensordot(T, A, ([1], [0]))", "tensordot(A, B, 1)", "cross([1, 0, 0], [0.0, 1.0, 0.0])",
    "cross(T[..., :3], p)", "cross(T[0], T[1], axis=0)", "vdot(c, c)", "vecdot(A, v)", "vecdot(c, c, axis=0)",
    "einsum('...i,...i', A, A)", "einsum('ij,jk,k->i', A, B, B[0])", "einsum('ii->i', M)", "einsum('ii', M)",
    "einsum('...ij->...ji', T)", "einsum('ij,jk', A, B, optimize=True)", "einsum('ij->j', f, dtype=float64)",
    "kron(A, T)", "outer(A, v)", "linalg.eigvals(M)", "linalg.svdvals(A)", "linalg.cond(M)", "linalg.cond(M, 1)",
    "linalg.lstsq(A, [1.0, 2.0, 3.0])", "linalg.lstsq(A, A, rcond=1e-3)[0]", "linalg.cholesky(M, upper=True)",
    "linalg.vector_norm(T, axis=(0, 1))", "linalg.vector_norm(A, ord=1)", "linalg.matrix_norm(T)", "linalg.trace(T)",
    "linalg.matrix_norm(M, ord='nuc', keepdims=True)", "linalg.norm(A, -inf)", "linalg.diagonal(T, offset=1)",
    "linalg.multi_dot([A, B, B.T])", "linalg.multi_dot([A, M])", "linalg.matmul(A, B)", "linalg.matrix_transpose(T)",
    "linalg.outer(v, v)", "linalg.cross([1, 2, 3], [4, 5, 6])", "linalg.vecdot(A, A)", "linalg.tensordot(A, B, axes=1)",
    "linalg.tensorsolve(eye(4).reshape(2, 2, 4), M)", "linalg.tensorinv(M, ind=1)", "linalg.qr(A, 'raw')[1]",
    "linalg.matrix_rank(M, rtol=0.1)", "fft.fft(A, axis=0)", "fft.fft(v, 4)", "fft.ifft(c, norm='ortho')",
    "fft.rfft(T)", "fft.irfft(fft.rfft(T))", "fft.irfft(f, n=3)", "fft.fft2(T)", "fft.fftn(T, (2, -1), axes=(0, 1))",
    "fft.ifftn(c)", "fft.rfftn(T)", "fft.irfftn(c, s=(2, 3), axes=(0, 1))", "fft.rfft2(A)", "fft.irfft2(c)",
    "fft.hfft(c)", "fft.ihfft(A)", "fft.ifft2(c)", "fft.fftfreq(5, d=0.5)", "fft.rfftfreq(4)", "fft.fftshift(A)",
    "fft.ifftshift(v, axes=0)",
)  # fmt: skip
"""Layout, products, linear algebra and Fourier transforms, with the arguments that libraries read differently."""


def inferred(source: str, operands: dict[str, Any] = OPERANDS) -> Inference:
    """Infer without a problem."""
    found = infer(source, {name: Signature(value.shape, value.dtype) for name, value in operands.items()})
    assert not found.problems, found.problems
    return found


def run(source: str, backend: Any, **options: Any) -> Computed | Failure:
    """Run on ``backend`` and bring the value home."""
    operands = options.pop("operands", OPERANDS)
    outcome = execute(plan(inferred(source, operands)), operands, backend, **options)
    return outcome if isinstance(outcome, Failure) else download(outcome, backend)


def value_of(source: str, backend: Any, **options: Any) -> Any:
    """Run what can't fail."""
    outcome = run(source, backend, **options)
    assert isinstance(outcome, Computed), outcome
    return outcome.value


@contextmanager
def unfolded() -> Iterator[None]:
    """Compute nothing while planning, so that what is made of constants alone runs on the device too."""
    before = planning.FOLDED_CELLS, planning._cache.copy()
    planning.FOLDED_CELLS = -1
    planning._cache.clear()
    try:
        yield
    finally:
        planning.FOLDED_CELLS = before[0]
        planning._cache.clear()
        planning._cache.update(before[1])


def check_signature(value: Any, signature: Signature | TupleSignature | None) -> None:
    """The value has the shape and the dtype that were inferred."""
    if isinstance(signature, TupleSignature):
        assert isinstance(value, tuple)
        for part, expected in zip(value, signature.items, strict=True):
            check_signature(part, expected)
        return
    assert signature is not None
    assert value.dtype == signature.dtype
    assert value.ndim == signature.ndim
    assert all(want in (None, have) for have, want in zip(value.shape, signature.shape, strict=True))


def check_close(found: Any, expected: Any, dtype: Any = None) -> None:
    """Both agree within what the dtype resolves, a few steps of it."""
    if isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):
            check_close(one, other, dtype)
        return
    kind = np.dtype(dtype or expected.dtype)
    assert found.dtype == expected.dtype
    assert found.shape == expected.shape
    if kind.kind not in "fc":
        np.testing.assert_array_equal(found, expected)
        return
    step = float(np.finfo(kind).eps)
    np.testing.assert_allclose(found, expected, rtol=64 * step, atol=64 * step)
