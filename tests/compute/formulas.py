"""Formulas and operands that every device has to agree on."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.compute.execute import download, execute
from playground.compute.outcome import Computed, Failure
from playground.compute.plan import plan
from playground.language.infer import Inference, infer
from playground.language.signature import Signature, TupleSignature

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
    "A[:argmax(v) + 1]", "T[:, [0, 1], [1, 2]]", "[[1, 2], [3, 4]]", "[1, 2.5]", "[A, A]",
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
