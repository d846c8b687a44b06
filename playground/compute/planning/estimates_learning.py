"""How many bytes the additions of machine learning take while they run, beside their operands and their result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.signature import Signature, TupleSignature

if TYPE_CHECKING:
    from collections.abc import Sequence

_COPIES: Final = {
    "leaky_relu": 1.25, "elu": 1.25, "selu": 1.25, "softplus": 0.0, "softsign": 1.0, "sigmoid": 1.0, "silu": 1.0,
    "mish": 1.0, "gelu": 11.5, "erf": 11.5, "softmax": 1.25, "log_softmax": 1.25, "logsumexp": 2.25,
    "layer_norm": 1.25, "batch_norm": 1.25, "rms_norm": 0.25, "l2_normalize": 0.25, "standardize": 1.25,
    "minmax_scale": 1.25, "cosine_similarity": 1.25, "angle_between": 4.25, "projection": 0.5,
    "euclidean_distance": 2.25, "cdist": 2.25, "clip_by_norm": 0.25, "clip_by_value": 1.0, "mse": 2.0, "mae": 2.0,
    "huber": 4.25, "hinge": 2.0, "binary_cross_entropy": 4.0, "binary_cross_entropy_with_logits": 2.0,
    "cross_entropy": 2.25, "nll_loss": 0.25, "entropy": 2.25, "kl_divergence": 3.25, "l1_penalty": 1.0,
    "l2_penalty": 1.0, "attention": 2.25, "one_hot": 0.25, "positional_encoding": 3.25, "dropout": 2.25,
    "gram_schmidt": 1.25,
    "power_iteration": 0.25, "conv1d": 1.25, "conv2d": 1.25, "avg_pool2d": 0.0,
}  # fmt: skip
"""Arrays of the size of the work that stand at the same time, as measured on NumPy."""

_DOUBLE: Final = frozenset({"gelu", "erf", "dropout"})
"""Computed in float64 whatever comes in."""

_PAIRS: Final = frozenset({"cosine_similarity", "angle_between", "euclidean_distance", "cdist"})


def scratch_of(target: str, result: Signature | TupleSignature | None, operands: Sequence[object]) -> int | None:
    """Give the bytes, None for what isn't in the table."""
    copies = _COPIES.get(target)
    if copies is None:
        return None
    arrays = [operand for operand in operands if isinstance(operand, Signature)]
    first = result.items[0] if isinstance(result, TupleSignature) else result
    if first is None:
        return 0
    is_float = first.dtype.kind == "f"
    is_half = is_float and first.dtype.itemsize == 2
    itemsize = 8 if target in _DOUBLE or not is_float else max(first.dtype.itemsize, 4)
    converted = sum((array.size or 0) * itemsize for array in arrays if is_half or array.dtype != first.dtype)
    return converted + int((copies + is_half) * itemsize * _work(target, first, arrays))


def _work(target: str, result: Signature, arrays: Sequence[Signature]) -> int:
    """Cells of the largest array on the way: the scores of attention, the differences of every pair."""
    largest = max([result.size or 0, *(array.size or 0 for array in arrays)])
    if target == "attention" and len(arrays) > 2 and result.shape and result.shape[-1]:
        return max(largest, (result.size or 0) // result.shape[-1] * (arrays[1].shape[-2] or 0))
    if target in _PAIRS and arrays and arrays[0].shape:
        return max(largest, (result.size or 0) * (arrays[0].shape[-1] or 0))
    return largest
