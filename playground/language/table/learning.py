"""Rows of the function table: activations, normalizations and vectors of machine learning, as additions to NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.rules import dtypes, flops, learning, shapes
from playground.language.table.row import Function, added

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.rules.dtypes import DtypeRule
    from playground.language.rules.shapes import ShapeRule
    from playground.language.signature import Signature


def floats(*parameters: str) -> DtypeRule:
    """Make the rule "the common dtype of these arguments, float64 where it holds no fractions, never complex"."""

    def rule(arguments: Arguments) -> np.dtype:
        values = [arguments.array(name) for name in parameters if arguments.given(name)]
        dtype = dtypes.inexact(dtypes.promoted(values))
        if dtype.kind == "c":
            raise dtypes.undefined(arguments.shown, values)
        return dtype

    return rule


def _relu(arguments: Arguments) -> np.dtype:
    dtypes.floating(arguments)
    found = arguments.dtype_of("x")
    return dtypes.DEFAULT_INTEGER if found.kind == "b" else found


def _cell(name: str, help_: str, plain: str, each: int, *, rare: bool = False) -> Function:
    return added(name, "x", help_, plain, learning.cells(), floats("x"), flops.reads("x", each), rare=rare)


_ERF_DEF: Final = """\
def erf(x):
    return np.vectorize(math.erf, otypes=[float])(x).astype(np.result_type(x, np.float16))"""

_GELU_DEF: Final = """\
def gelu(x, approximate='none'):
    if approximate == 'tanh':
        return 0.5 * x * (1 + np.tanh((2 / math.pi) ** 0.5 * (x + 0.044715 * x**3)))
    below = 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / 2**0.5))  # of a normal distribution
    return (x * below).astype(np.result_type(x, np.float16))"""

ACTIVATIONS: Final = (
    added("relu", "x", "Negative cells become 0.", "maximum(x, 0)", shapes.like("x"), _relu, flops.reads("x"),
          example="[[-1.0, 2.0]]"),
    added("leaky_relu", "x, negative_slope=0.01", "Negative cells are made small, not 0.",
          "where(x > 0, x, negative_slope * x)", learning.cells("negative_slope"), floats("x", "negative_slope"),
          flops.reads("x", 2)),
    added("elu", "x, alpha=1.0", "Negative cells bend smoothly towards -alpha.",
          "where(x > 0, x, alpha * expm1(minimum(x, 0)))", learning.cells("alpha"), floats("x", "alpha"),
          flops.reads("x", 4), rare=True),
    _cell("selu", "elu, scaled so that mean 0 and variance 1 stay as they are from layer to layer.",
          "1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * expm1(minimum(x, 0)))", 5, rare=True),
    _cell("softplus", "log(1 + exp(x)): relu without its corner.", "logaddexp(x, 0)", 4),
    _cell("softsign", "Squeezes each cell into -1 to 1, gently.", "x / (1 + abs(x))", 3, rare=True),
    _cell("sigmoid", "Squeezes each cell into 0 to 1.", "1 / (1 + exp(-x))", 4),
    added("gelu", "x, approximate='none'", "Each cell times the share of a normal distribution that lies below it.",
          _GELU_DEF, learning.chosen_gelu, floats("x"), flops.reads("x", 8)),
    _cell("erf", "The error function: how much of a bell curve lies within x.", _ERF_DEF, 8, rare=True),
    _cell("silu", "Each cell times its sigmoid; also called swish.", "x / (1 + exp(-x))", 4),
    _cell("mish", "Each cell times tanh(softplus(x)).", "x * tanh(logaddexp(x, 0))", 6, rare=True),
    added("softmax", "x, axis=-1", "Weights that are positive and sum to 1 along an axis.",
          "powers = exp(x - max(x, axis=axis, keepdims=True))\npowers / sum(powers, axis=axis, keepdims=True)",
          learning.along_axis, floats("x"), flops.reads("x", 5)),
    added("log_softmax", "x, axis=-1", "The logarithm of softmax, computed without overflow.",
          "moved = x - max(x, axis=axis, keepdims=True)\n"
          "moved - log(sum(exp(moved), axis=axis, keepdims=True))",
          learning.along_axis, floats("x"), flops.reads("x", 5)),
    added("logsumexp", "x, axis=None, keepdims=False", "log(sum(exp(x))), computed without overflow.",
          "moved = x - max(x, axis=axis, keepdims=True)\n"
          "log(sum(exp(moved), axis=axis, keepdims=keepdims)) + max(x, axis=axis, keepdims=keepdims)",
           shapes.reduced("x", lenient=False), floats("x"), flops.reads("x", 4)),
)  # fmt: skip

_NORMED: Final = "(x - mean(x, axis=axis, keepdims=True)) / sqrt(var(x, axis=axis, keepdims=True) + eps) * gamma + beta"

NORMALIZATIONS: Final = (
    added("layer_norm", "x, gamma=None, beta=None, eps=1e-5, axis=-1",
          "Mean 0 and variance 1 along an axis (each row), then times gamma plus beta.", _NORMED,
          learning.normalized("gamma", "beta"), floats("x", "gamma", "beta", "eps"), flops.reads("x", 8)),
    added("batch_norm", "x, gamma=None, beta=None, eps=1e-5, axis=0",
          "Mean 0 and variance 1 over the batch (axis 0), then times gamma plus beta.", _NORMED,
          learning.normalized("gamma", "beta"), floats("x", "gamma", "beta", "eps"), flops.reads("x", 8)),
    added("rms_norm", "x, gamma=None, eps=1e-5, axis=-1",
          "Mean square 1 along an axis (each row), then times gamma.",
          "x / sqrt(mean(square(x), axis=axis, keepdims=True) + eps) * gamma",
          learning.normalized("gamma"), floats("x", "gamma", "eps"), flops.reads("x", 4)),
    added("l2_normalize", "x, axis=-1, eps=1e-12", "Vectors along an axis (rows) at length 1.",
          "x / maximum(linalg.norm(x, axis=axis, keepdims=True), eps)",
          learning.normalized(tuples=False), floats("x", "eps"), flops.reads("x", 3)),
    added("standardize", "x, axis=0", "Mean 0 and standard deviation 1 along an axis (each column).",
          "(x - mean(x, axis=axis, keepdims=True)) / std(x, axis=axis, keepdims=True)",
          learning.normalized(), floats("x"), flops.reads("x", 6)),
    added("minmax_scale", "x, axis=0", "The smallest cell along an axis (each column) becomes 0, the largest 1.",
          "low = min(x, axis=axis, keepdims=True)\n"
          "(x - low) / (max(x, axis=axis, keepdims=True) - low)",
          learning.normalized(filled=True), floats("x"), flops.reads("x", 4)),
)  # fmt: skip


def _pair(
    name: str, signature: str, help_: str, plain: str, shape: ShapeRule, each: int, *, example: str = "[1, 0], [1, 1]",
    names: tuple[str, ...] = ("a", "b"), rare: bool = False,
) -> Function:  # fmt: skip
    return added(name, signature, help_, plain, shape, floats(*names), flops.reads(names[0], each),
                 example=example, rare=rare, category="vectors")  # fmt: skip


def _distances(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Three operations for each coordinate of each pair."""
    size, coordinates = results[0].size, arguments.signature("a").shape[-1]
    return None if size is None or coordinates is None else 3 * size * coordinates


def _clipped(arguments: Arguments) -> np.dtype:
    values = [arguments.array(name) for name in ("x", "low", "high")]
    dtype = dtypes.promoted(values)
    for value in values:
        dtypes.check_fits(value, dtype)
    return dtype


VECTORS: Final = (
    _pair("cosine_similarity", "a, b, axis=-1, eps=1e-8",
          "The cosine between vectors along an axis: row 0 with row 0, row 1 with row 1.",
          "sum(a * b, axis=axis) / maximum(linalg.norm(a, axis=axis) * linalg.norm(b, axis=axis), eps)",
          learning.paired(), 6, names=("a", "b", "eps")),
    _pair("angle_between", "a, b", "The angle between vectors along the last axis, in radians.",
          "arccos(clip(cosine_similarity(a, b), -1, 1))", learning.paired(), 8),
    _pair("projection", "a, onto", "The part of the vector a that points along the vector onto.",
          "sum(a * onto, axis=-1, keepdims=True) / sum(onto * onto, axis=-1, keepdims=True) * onto",
          learning.projected, 5, example="[2, 3], onto=[1, 0]", names=("a", "onto")),
    _pair("euclidean_distance", "a, b, axis=-1", "The distance between points along an axis, pair by pair.",
          "linalg.norm(a - b, axis=axis)", learning.paired(), 3),
    added("cdist", "a, b", "The distance of every row of a from every row of b.",
          "linalg.norm(a[..., :, None, :] - b[..., None, :, :], axis=-1)", learning.all_pairs, floats("a", "b"),
          _distances, example="[[0, 0], [3, 4]], [[0, 0]]", category="vectors"),
    added("clip_by_norm", "x, max_norm", "All cells scaled down together where their length is above max_norm.",
          "x * (max_norm / maximum(linalg.norm(x), max_norm))", learning.cells("max_norm"), floats("x", "max_norm"),
          flops.reads("x", 3), example="[3.0, 4.0], 1", category="vectors"),
    added("clip_by_value", "x, low, high", "Each cell kept between two limits, as clip does.",
          "clip(x, low, high)", shapes.cellwise("x", "low", "high"), _clipped, flops.cells,
          example="[-2, 0, 5], 0, 3"),
)  # fmt: skip

ROWS: Final = (*ACTIVATIONS, *NORMALIZATIONS, *VECTORS)
