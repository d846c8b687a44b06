"""What machine learning adds to NumPy, written once against the array module ``xp``: activations, norms, distances.

Whole numbers and truths become float64 first, and float16 is summed as float32. Where the formula that a person would
write (it is in the function table) overflows or cancels, one that is equal to it stands here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from playground.compute.functions.erf import erf, erfc

if TYPE_CHECKING:
    from collections.abc import Callable

# ruff: noqa: ANN401 - an array module and its arrays have no type

_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
"""Klambauer et al., Self-Normalizing Neural Networks, 2017."""


def floats(xp: Any, *values: Any) -> tuple[Any, ...]:
    """Give ``values`` as arrays of one floating dtype: their common one, float64 where that holds no fractions.

    Python's own numbers take the dtype of the others.
    """
    arrays = [value if isinstance(value, (int, float)) else xp.asarray(value) for value in values]
    dtypes = [array.dtype for array in arrays if hasattr(array, "dtype")]
    dtype = xp.result_type(*dtypes) if dtypes else xp.float64
    if not xp.isdtype(dtype, "real floating"):
        dtype = xp.float64
    return tuple(
        xp.astype(array, dtype, copy=False) if hasattr(array, "dtype") else xp.asarray(array, dtype=dtype)
        for array in arrays
    )


def widened(xp: Any, *arrays: Any) -> tuple[Any, ...]:
    """Give arrays of float16 as float32, whose squares and sums don't overflow at once."""
    return tuple(xp.astype(x, xp.float32) if xp.finfo(x.dtype).bits < 32 else x for x in arrays)


def narrowed(xp: Any, result: Any, like: Any) -> Any:
    """Give ``result`` in the dtype of ``like``."""
    return xp.astype(result, like.dtype, copy=False)


def length(xp: Any, x: Any, axis: Any = -1, *, keepdims: bool = False) -> Any:
    """Give the Euclidean length along ``axis`` (None: of all cells)."""
    return xp.sqrt(xp.sum(x * x, axis=axis, keepdims=keepdims))


# -- activations -------------------------------------------------------------------------------------------------


def _relu(xp: Any, x: Any) -> Any:
    x = xp.asarray(x)
    if xp.isdtype(x.dtype, "bool"):
        return xp.astype(x, xp.int64)
    return xp.maximum(x, xp.zeros((), dtype=x.dtype))


def _leaky_relu(xp: Any, x: Any, negative_slope: Any = 0.01) -> Any:
    x, negative_slope = floats(xp, x, negative_slope)
    return xp.where(x > 0, x, negative_slope * x)


def _elu(xp: Any, x: Any, alpha: Any = 1.0) -> Any:
    x, alpha = floats(xp, x, alpha)
    return xp.where(x > 0, x, alpha * xp.expm1(_at_most_zero(xp, x)))


def _selu(xp: Any, x: Any) -> Any:
    (x,) = floats(xp, x)
    return _SELU_SCALE * xp.where(x > 0, x, _SELU_ALPHA * xp.expm1(_at_most_zero(xp, x)))


def _at_most_zero(xp: Any, x: Any) -> Any:
    return xp.minimum(x, xp.zeros((), dtype=x.dtype))


def softplus(xp: Any, x: Any) -> Any:
    """Give log(1 + exp(x)) without overflow."""
    (x,) = floats(xp, x)
    return xp.logaddexp(x, xp.zeros((), dtype=x.dtype))


def _softsign(xp: Any, x: Any) -> Any:
    (x,) = floats(xp, x)
    return x / (1 + xp.abs(x))


def _sigmoid(xp: Any, x: Any) -> Any:
    # exp(-x) may become infinite where x is far below zero; 1 / inf is then the 0 that is meant.
    (x,) = floats(xp, x)
    return 1 / (1 + xp.exp(-x))


def _silu(xp: Any, x: Any) -> Any:
    (x,) = floats(xp, x)
    return x / (1 + xp.exp(-x))


def _mish(xp: Any, x: Any) -> Any:
    (x,) = floats(xp, x)
    return x * xp.tanh(softplus(xp, x))


def _gelu(xp: Any, x: Any, approximate: str = "none") -> Any:
    (x,) = floats(xp, x)
    if approximate == "tanh":
        return 0.5 * x * (1 + xp.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)))
    return 0.5 * x * erfc(xp, x * -math.sqrt(0.5))


def _erf(xp: Any, x: Any) -> Any:
    (x,) = floats(xp, x)
    return erf(xp, x)


def softmax(xp: Any, x: Any, axis: int = -1) -> Any:
    """Give exp(x) / sum(exp(x)) without overflow."""
    powers = xp.exp(_below_zero(xp, x, axis))
    return powers / xp.sum(powers, axis=axis, keepdims=True)


def log_softmax(xp: Any, x: Any, axis: int = -1) -> Any:
    """Give log(softmax(x)) without overflow and without log(0)."""
    moved = _below_zero(xp, x, axis)
    return moved - xp.log(xp.sum(xp.exp(moved), axis=axis, keepdims=True))


def _below_zero(xp: Any, x: Any, axis: int) -> Any:
    """Subtract the largest element along ``axis``: softmax stays the same and exp can't overflow."""
    (x,) = floats(xp, x)
    return x if x.size == 0 else x - xp.max(x, axis=axis, keepdims=True)


def _logsumexp(xp: Any, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    (x,) = floats(xp, x)
    if x.size == 0:
        return xp.log(xp.sum(x, axis=axis, keepdims=keepdims))
    top = xp.max(x, axis=axis, keepdims=True)
    top = xp.where(xp.isfinite(top), top, xp.zeros_like(top))  # inf - inf is nan
    found = xp.log(xp.sum(xp.exp(x - top), axis=axis, keepdims=True)) + top
    return found if keepdims else xp.reshape(found, xp.sum(x, axis=axis).shape)


# -- norms -------------------------------------------------------------------------------------------------------


def _normed(xp: Any, x: Any, gamma: Any, beta: Any, eps: Any, axis: Any) -> Any:
    given = [value for value in (gamma, beta) if value is not None]
    x, eps, *given = floats(xp, x, eps, *given)
    wide, eps = widened(xp, x, eps)
    found = wide - xp.mean(wide, axis=axis, keepdims=True)
    found = found / xp.sqrt(xp.var(wide, axis=axis, keepdims=True) + eps)
    if gamma is not None:
        found = found * given[0]
    return narrowed(xp, found if beta is None else found + given[-1], x)


def _layer_norm(xp: Any, x: Any, gamma: Any = None, beta: Any = None, eps: Any = 1e-5, axis: Any = -1) -> Any:
    return _normed(xp, x, gamma, beta, eps, axis)


def _batch_norm(xp: Any, x: Any, gamma: Any = None, beta: Any = None, eps: Any = 1e-5, axis: Any = 0) -> Any:
    return _normed(xp, x, gamma, beta, eps, axis)


def _rms_norm(xp: Any, x: Any, gamma: Any = None, eps: Any = 1e-5, axis: Any = -1) -> Any:
    x, eps, *given = floats(xp, x, eps, *([] if gamma is None else [gamma]))
    wide, eps = widened(xp, x, eps)
    found = wide / xp.sqrt(xp.mean(wide * wide, axis=axis, keepdims=True) + eps)
    return narrowed(xp, found * given[0] if given else found, x)


def l2_normalize(xp: Any, x: Any, axis: Any = -1, eps: Any = 1e-12) -> Any:
    """Give the vectors along ``axis`` at length 1; one shorter than ``eps`` is divided by that."""
    x, eps = floats(xp, x, eps)
    wide, eps = widened(xp, x, xp.maximum(eps, xp.asarray(xp.finfo(x.dtype).smallest_normal, dtype=eps.dtype)))
    return narrowed(xp, wide / xp.maximum(length(xp, wide, axis, keepdims=True), eps), x)


def _standardize(xp: Any, x: Any, axis: Any = 0) -> Any:
    (x,) = floats(xp, x)
    (wide,) = widened(xp, x)
    moved = wide - xp.mean(wide, axis=axis, keepdims=True)
    return narrowed(xp, moved / xp.std(wide, axis=axis, keepdims=True), x)


def _minmax_scale(xp: Any, x: Any, axis: Any = 0) -> Any:
    (x,) = floats(xp, x)
    low = xp.min(x, axis=axis, keepdims=True)
    return (x - low) / (xp.max(x, axis=axis, keepdims=True) - low)


# -- vectors -----------------------------------------------------------------------------------------------------


def _cosine_similarity(xp: Any, a: Any, b: Any, axis: int = -1, eps: Any = 1e-8) -> Any:
    a, b, eps = floats(xp, a, b, eps)
    first, second, least = widened(xp, a, b, eps)
    lengths = length(xp, first, axis) * length(xp, second, axis)
    return narrowed(xp, xp.sum(first * second, axis=axis) / xp.maximum(lengths, least), a)


def _angle_between(xp: Any, a: Any, b: Any) -> Any:
    # The arc cosine loses half of the digits where the vectors are nearly parallel; this doesn't (Kahan, How Futile
    # are Mindless Assessments of Roundoff, 2006, section 12).
    a, b = floats(xp, a, b)
    first, second = widened(xp, a, b)
    first, second = l2_normalize(xp, first), l2_normalize(xp, second)
    apart, together = length(xp, first - second), length(xp, first + second)
    undecided = apart + together == 0  # both have length 0: their cosine counts as 0
    found = 2 * xp.atan2(apart, together)
    return narrowed(xp, xp.where(undecided, xp.asarray(math.pi / 2, dtype=found.dtype), found), a)


def _projection(xp: Any, a: Any, onto: Any) -> Any:
    a, onto = floats(xp, a, onto)
    vector, target = widened(xp, a, onto)
    along = xp.sum(vector * target, axis=-1, keepdims=True) / xp.sum(target * target, axis=-1, keepdims=True)
    return narrowed(xp, along * target, a)


def _euclidean_distance(xp: Any, a: Any, b: Any, axis: int = -1) -> Any:
    a, b = floats(xp, a, b)
    first, second = widened(xp, a, b)
    return narrowed(xp, length(xp, first - second, axis), a)


def _cdist(xp: Any, a: Any, b: Any) -> Any:
    a, b = floats(xp, a, b)
    first, second = widened(xp, a, b)
    return narrowed(xp, length(xp, first[..., :, None, :] - second[..., None, :, :]), a)


def _clip_by_norm(xp: Any, x: Any, max_norm: Any) -> Any:
    x, max_norm = floats(xp, x, max_norm)
    wide, limit = widened(xp, x, max_norm)
    return narrowed(xp, wide * (limit / xp.maximum(length(xp, wide, None), limit)), x)


def _clip_by_value(xp: Any, x: Any, low: Any, high: Any) -> Any:
    values = [value if isinstance(value, (int, float)) else xp.asarray(value) for value in (x, low, high)]
    dtype = xp.result_type(*(value.dtype if hasattr(value, "dtype") else value for value in values))
    x, low, high = (xp.astype(xp.asarray(value), dtype, copy=False) for value in values)
    return xp.minimum(xp.maximum(x, low), high)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "angle_between": _angle_between,
    "batch_norm": _batch_norm,
    "cdist": _cdist,
    "clip_by_norm": _clip_by_norm,
    "clip_by_value": _clip_by_value,
    "cosine_similarity": _cosine_similarity,
    "elu": _elu,
    "erf": _erf,
    "euclidean_distance": _euclidean_distance,
    "gelu": _gelu,
    "l2_normalize": l2_normalize,
    "layer_norm": _layer_norm,
    "leaky_relu": _leaky_relu,
    "log_softmax": log_softmax,
    "logsumexp": _logsumexp,
    "minmax_scale": _minmax_scale,
    "mish": _mish,
    "projection": _projection,
    "relu": _relu,
    "rms_norm": _rms_norm,
    "selu": _selu,
    "sigmoid": _sigmoid,
    "silu": _silu,
    "softmax": softmax,
    "softplus": softplus,
    "softsign": _softsign,
    "standardize": _standardize,
}
