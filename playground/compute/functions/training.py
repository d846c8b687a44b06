"""What training computes, written once against the array module ``xp``: losses, labels, attention, iterations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.functions.learning import floats, length, log_softmax, narrowed, softmax, widened
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

# ruff: noqa: ANN401 - an array module and its arrays have no type


# -- losses ------------------------------------------------------------------------------------------------------


def _mse(xp: Any, predicted: Any, target: Any) -> Any:
    predicted, target = floats(xp, predicted, target)
    first, second = widened(xp, predicted, target)
    away = first - second
    return narrowed(xp, xp.mean(away * away), predicted)


def _mae(xp: Any, predicted: Any, target: Any) -> Any:
    predicted, target = floats(xp, predicted, target)
    first, second = widened(xp, predicted, target)
    return narrowed(xp, xp.mean(xp.abs(first - second)), predicted)


def _huber(xp: Any, predicted: Any, target: Any, delta: Any = 1.0) -> Any:
    predicted, target, delta = floats(xp, predicted, target, delta)
    first, second, limit = widened(xp, predicted, target, delta)
    away = xp.abs(first - second)
    found = xp.where(away <= limit, 0.5 * away * away, limit * (away - 0.5 * limit))
    return narrowed(xp, xp.mean(found), predicted)


def _hinge(xp: Any, predicted: Any, target: Any) -> Any:
    predicted, target = floats(xp, predicted, target)
    first, second = widened(xp, predicted, target)
    missing = 1 - second * first
    return narrowed(xp, xp.mean(xp.maximum(missing, xp.zeros((), dtype=missing.dtype))), predicted)


def _binary_cross_entropy(xp: Any, predicted: Any, target: Any) -> Any:
    predicted, target = floats(xp, predicted, target)
    first, second = widened(xp, predicted, target)
    # As PyTorch does it: no logarithm below -100, so that a certain and wrong prediction costs much, not infinity.
    least = xp.asarray(-100, dtype=first.dtype)
    yes, no = xp.maximum(xp.log(first), least), xp.maximum(xp.log1p(-first), least)
    return narrowed(xp, -xp.mean(second * yes + (1 - second) * no), predicted)


def _binary_cross_entropy_with_logits(xp: Any, logits: Any, target: Any) -> Any:
    logits, target = floats(xp, logits, target)
    first, second = widened(xp, logits, target)
    return narrowed(xp, xp.mean(xp.logaddexp(first, xp.zeros((), dtype=first.dtype)) - second * first), logits)


def _cross_entropy(xp: Any, logits: Any, labels: Any) -> Any:
    labels = xp.asarray(labels)
    if labels.ndim < xp.asarray(logits).ndim:
        return _nll_loss(xp, log_softmax(xp, *widened(xp, *floats(xp, logits))), labels, floats(xp, logits)[0])
    logits, labels = floats(xp, logits, labels)
    wide, weights = widened(xp, logits, labels)
    return narrowed(xp, -xp.mean(xp.sum(weights * log_softmax(xp, wide), axis=-1)), logits)


def _nll_loss(xp: Any, log_probabilities: Any, labels: Any, like: Any = None) -> Any:
    (found,) = floats(xp, log_probabilities)
    (wide,) = widened(xp, found)
    chosen = xp.take_along_axis(wide, xp.asarray(labels)[..., None], axis=-1)
    return narrowed(xp, -xp.mean(chosen), found if like is None else like)


def _entropy(xp: Any, p: Any, axis: Any = -1) -> Any:
    (p,) = floats(xp, p)
    (wide,) = widened(xp, p)
    # 0 · log(0) is 0 here, and the logarithm of 1 stands in for it.
    logs = xp.log(xp.where(wide == 0, xp.ones_like(wide), wide))
    return narrowed(xp, -xp.sum(wide * logs, axis=axis), p)


def _kl_divergence(xp: Any, p: Any, q: Any, axis: Any = -1) -> Any:
    p, q = floats(xp, p, q)
    first, second = widened(xp, p, q)
    ratio = xp.where(first == 0, xp.ones_like(first), first / second)
    return narrowed(xp, xp.sum(first * xp.log(ratio), axis=axis), p)


def _accuracy(xp: Any, scores: Any, labels: Any) -> Any:
    hits = xp.argmax(xp.asarray(scores), axis=-1) == xp.asarray(labels)
    return xp.mean(xp.astype(hits, xp.float64))


def _l1_penalty(xp: Any, x: Any) -> Any:
    return xp.sum(xp.abs(_numbers(xp, x)))


def _l2_penalty(xp: Any, x: Any) -> Any:
    x = _numbers(xp, x)
    if not xp.isdtype(x.dtype, "real floating"):
        return xp.sum(x * x)
    (wide,) = widened(xp, x)
    return narrowed(xp, xp.sum(wide * wide), x)


def _numbers(xp: Any, x: Any) -> Any:
    x = xp.asarray(x)
    return xp.astype(x, xp.int64) if xp.isdtype(x.dtype, "bool") else x


# -- labels, places, masks ---------------------------------------------------------------------------------------


def _one_hot(xp: Any, labels: Any, num_classes: int) -> Any:
    # Compared, since the rows of eye(num_classes) would take num_classes² cells; the labels count as they do there.
    labels = xp.astype(xp.asarray(labels), xp.int64)
    labels = xp.where(labels < 0, labels + num_classes, labels)
    if xp.any((labels < 0) | (labels >= num_classes)):
        raise IndexError(tr("a label is none of the {count} classes", count=num_classes))
    return xp.astype(labels[..., None] == xp.arange(num_classes), xp.float64)


def _embedding(xp: Any, indices: Any, table: Any) -> Any:
    indices, table = xp.asarray(indices), xp.asarray(table)
    rows = xp.take(table, xp.reshape(indices, (-1,)), axis=0)
    return xp.reshape(rows, (*indices.shape, *table.shape[1:]))


def _causal_mask(xp: Any, n: int) -> Any:
    places = xp.arange(n)
    return places[:, None] >= places[None, :]


def _positional_encoding(xp: Any, n: int, d: int) -> Any:
    columns = xp.arange(d)
    powers = xp.pow(xp.asarray(10000.0, dtype=xp.float64), xp.astype(columns - columns % 2, xp.float64) / max(d, 1))
    angles = xp.astype(xp.arange(n), xp.float64)[:, None] / powers[None, :]
    return xp.where(columns % 2 == 0, xp.sin(angles), xp.cos(angles))


def _attention(xp: Any, Q: Any, K: Any, V: Any, mask: Any = None) -> Any:  # noqa: N803 - as everybody writes them
    Q, K, V = floats(xp, Q, K, V)  # noqa: N806
    scores = xp.matmul(Q, xp.matrix_transpose(K)) / Q.shape[-1] ** 0.5
    if mask is not None:
        scores = xp.where(xp.asarray(mask), scores, xp.asarray(-xp.inf, dtype=scores.dtype))
    return xp.matmul(softmax(xp, scores), V)


def _dropout(xp: Any, x: Any, p: Any = 0.5, seed: int = 0) -> Any:
    x, p = floats(xp, x, p)
    # NumPy draws wherever the rest runs, so that a seed drops the same cells on every device.
    draws = xp.asarray(np.random.default_rng(seed).random(x.shape))
    return xp.where(draws >= xp.astype(p, draws.dtype), x / (1 - p), xp.zeros((), dtype=x.dtype))


# -- iterations --------------------------------------------------------------------------------------------------


def _gram_schmidt(xp: Any, A: Any) -> Any:
    (A,) = floats(xp, A)
    (wide,) = widened(xp, A)
    done: list[Any] = []
    for place in range(A.shape[-1]):
        column = wide[..., place]
        for _ in range(2):  # once more: what rounding left of the earlier directions goes too
            for earlier in done:
                column = column - earlier * xp.sum(earlier * column, axis=-1, keepdims=True)
        done.append(column / length(xp, column, keepdims=True))
    return narrowed(xp, xp.stack(done, axis=-1), A) if done else A


def _power_iteration(xp: Any, A: Any, steps: int = 100) -> tuple[Any, Any]:
    (A,) = floats(xp, A)
    (wide,) = widened(xp, A)
    start = 1 / xp.astype(xp.arange(1, A.shape[-1] + 1), wide.dtype)
    vector = xp.broadcast_to(start, wide.shape[:-1])
    vector = vector / length(xp, vector, keepdims=True)
    for _ in range(steps):
        vector = xp.matmul(wide, vector[..., None])[..., 0]
        vector = vector / length(xp, vector, keepdims=True)
    value = xp.sum(vector * xp.matmul(wide, vector[..., None])[..., 0], axis=-1)
    return narrowed(xp, value, A), narrowed(xp, vector, A)


# -- images ------------------------------------------------------------------------------------------------------


def _conv1d(xp: Any, x: Any, kernel: Any) -> Any:
    x, kernel = floats(xp, x, kernel)
    size = x.shape[-1] - kernel.shape[0] + 1
    return sum(kernel[i] * x[..., i : i + size] for i in range(kernel.shape[0]))


def _conv2d(xp: Any, x: Any, kernel: Any) -> Any:
    x, kernel = floats(xp, x, kernel)
    rows, columns = (x.shape[axis] - kernel.shape[axis] + 1 for axis in (-2, -1))
    return sum(
        kernel[i, j] * x[..., i : i + rows, j : j + columns]
        for i in range(kernel.shape[0])
        for j in range(kernel.shape[1])
    )


def _max_pool2d(xp: Any, x: Any, size: int = 2) -> Any:
    return xp.max(_tiles(xp, xp.asarray(x), size), axis=(-3, -1))


def _avg_pool2d(xp: Any, x: Any, size: int = 2) -> Any:
    (x,) = floats(xp, x)
    return xp.mean(_tiles(xp, x, size), axis=(-3, -1))


def _tiles(xp: Any, x: Any, size: int) -> Any:
    """Cut the last two axes into tiles of ``size`` by ``size`` cells; what doesn't fill one is left out."""
    rows, columns = x.shape[-2] // size, x.shape[-1] // size
    cut = x[..., : rows * size, : columns * size]
    return xp.reshape(cut, (*x.shape[:-2], rows, size, columns, size))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "accuracy": _accuracy,
    "attention": _attention,
    "avg_pool2d": _avg_pool2d,
    "binary_cross_entropy": _binary_cross_entropy,
    "binary_cross_entropy_with_logits": _binary_cross_entropy_with_logits,
    "causal_mask": _causal_mask,
    "conv1d": _conv1d,
    "conv2d": _conv2d,
    "cross_entropy": _cross_entropy,
    "dropout": _dropout,
    "embedding": _embedding,
    "entropy": _entropy,
    "gram_schmidt": _gram_schmidt,
    "hinge": _hinge,
    "huber": _huber,
    "kl_divergence": _kl_divergence,
    "l1_penalty": _l1_penalty,
    "l2_penalty": _l2_penalty,
    "mae": _mae,
    "max_pool2d": _max_pool2d,
    "mse": _mse,
    "nll_loss": _nll_loss,
    "one_hot": _one_hot,
    "positional_encoding": _positional_encoding,
    "power_iteration": _power_iteration,
}
