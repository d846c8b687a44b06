"""Rows of the function table: losses, labels, attention, iterations and windows, as additions to NumPy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from playground.language.rules import dtypes, flops, learning, training
from playground.language.table.learning import floats
from playground.language.table.row import Function, added

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.rules.dtypes import DtypeRule
    from playground.language.signature import Signature

_added = partial(added, category="training")


def _loss(
    name: str, help_: str, plain: str, each: int, *, first: str = "predicted", more: str = "",
    example: str = "[0.9, 0.2], [1, 0]", rare: bool = False,
) -> Function:  # fmt: skip
    names = (first, "target") if not more else (first, "target", more.partition("=")[0])
    signature = f"{first}, target, {more}" if more else f"{first}, target"
    return _added(name, signature, help_, plain, training.compared(first, "target"), floats(*names),
                  flops.reads(first, each), example, rare=rare)  # fmt: skip


def _summed(arguments: Arguments) -> np.dtype:
    floats("x")(arguments)
    return dtypes.summed(arguments.dtype_of("x"))


def _weighed(arguments: Arguments) -> np.dtype:
    """Dtype of ``cross_entropy``: labels that say a share for each class count, labels that say which class don't."""
    shares = arguments.signature("labels").ndim == arguments.signature("logits").ndim
    return floats("logits", "labels")(arguments) if shares else floats("logits")(arguments)  # type: ignore[return-value]


_SCORES: Final = "[[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]]"

_CROSS_ENTROPY: Final = """\
def cross_entropy(logits, labels):
    labels = np.asarray(labels)
    moved = logits - np.max(logits, axis=-1, keepdims=True)
    logs = moved - np.log(np.sum(np.exp(moved), axis=-1, keepdims=True))
    if labels.ndim == logs.ndim:  # a share for each class
        return -np.mean(np.sum(labels * logs, axis=-1))
    return -np.mean(np.take_along_axis(logs, labels[..., None], axis=-1))"""

LOSSES: Final = (
    _loss("mse", "The mean square of the differences.", "mean((predicted - target) ** 2)", 3),
    _loss("mae", "The mean absolute difference.", "mean(abs(predicted - target))", 3),
    _loss("huber", "Squares of small differences, absolute values of large ones, averaged.",
          "away = abs(predicted - target)\n"
          "mean(where(away <= delta, 0.5 * away ** 2, delta * (away - 0.5 * delta)))", 6, more="delta=1.0", rare=True),
    _loss("hinge", "The mean of how much is missing to a margin of 1; targets are -1 and 1.",
          "mean(maximum(1 - target * predicted, 0))", 4, example="[0.8, -0.5], [1, -1]", rare=True),
    _loss("binary_cross_entropy", "What probabilities of a yes cost where the targets are 0 and 1.",
          "-mean(target * maximum(log(predicted), -100) + (1 - target) * maximum(log(1 - predicted), -100))", 10),
    _loss("binary_cross_entropy_with_logits", "binary_cross_entropy of sigmoid(logits), without overflow.",
          "mean(logaddexp(logits, 0) - target * logits)", 7, first="logits", example="[2.0, -1.0], [1, 0]", rare=True),
    _added("cross_entropy", "logits, labels", "What softmax of the logits costs, the right class being labels.",
           _CROSS_ENTROPY, training.labelled("logits", likelihoods=True), _weighed,
           flops.reads("logits", 6), f"{_SCORES}, [0, 1]"),
    _added("nll_loss", "log_probabilities, labels", "The mean of minus the logarithms at the right classes.",
           "-mean(take_along_axis(log_probabilities, array(labels)[..., None], axis=-1))",
           training.labelled("log_probabilities"), floats("log_probabilities"), flops.reads("labels"),
           f"log_softmax({_SCORES}), [0, 1]", rare=True),
    _added("accuracy", "scores, labels", "How often the largest score stands at the right class.",
           "mean(argmax(scores, axis=-1) == labels)", training.labelled("scores", whole=False),
           dtypes.fixed(dtypes.FLOAT), flops.reads("scores"), f"{_SCORES}, [0, 2]"),
    _added("entropy", "p, axis=-1", "How uncertain probabilities along an axis are, in nats.",
           "-sum(p * log(where(p == 0, 1, p)), axis=axis)", learning.summed_along("p"), floats("p"),
           flops.reads("p", 3), "[0.5, 0.25, 0.25]", rare=True),
    _added("kl_divergence", "p, q, axis=-1", "How far probabilities q are from p along an axis, in nats.",
           "sum(p * log(where(p == 0, 1, p / q)), axis=axis)", learning.paired("p", "q"), floats("p", "q"),
           flops.reads("p", 4), "[0.5, 0.5], [0.9, 0.1]", rare=True),
    _added("l1_penalty", "x", "The sum of the absolute values.", "sum(abs(x))", training.summed, _summed,
           flops.reads("x", 2), "[3.0, -4.0]", rare=True),
    _added("l2_penalty", "x", "The sum of the squares.", "sum(square(x))", training.summed, _summed,
           flops.reads("x", 2), "[3.0, -4.0]", rare=True),
)  # fmt: skip


def _attention_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Two products, and softmax between them."""
    size, columns = results[0].size, results[0].shape[-1]
    keys, depth = arguments.signature("K").shape[-2], arguments.signature("Q").shape[-1]
    if size is None or columns is None or keys is None or depth is None:
        return None
    return size // max(columns, 1) * keys * (2 * depth + 2 * columns + 6)


_DROPOUT: Final = """\
def dropout(x, p=0.5, seed=0):
    kept = np.random.default_rng(seed).random(np.shape(x)) >= p
    return np.where(kept, x / (1 - p), 0)"""

_GRAM_SCHMIDT: Final = """\
def gram_schmidt(A):
    Q = np.array(A) * 1.0
    for j in range(Q.shape[-1]):
        for i in range(j):
            Q[..., j] -= Q[..., i] * np.sum(Q[..., i] * Q[..., j], axis=-1, keepdims=True)
        Q[..., j] /= np.linalg.norm(Q[..., j], axis=-1, keepdims=True)
    return Q"""

_POWER_ITERATION: Final = """\
def power_iteration(A, steps=100):
    A = np.asarray(A) * 1.0
    v = 1 / np.arange(1, A.shape[-1] + 1, dtype=A.dtype)
    v = np.broadcast_to(v / np.linalg.norm(v), A.shape[:-1])
    for _ in range(steps):
        v = (A @ v[..., None])[..., 0]
        v = v / np.linalg.norm(v, axis=-1, keepdims=True)
    return np.sum(v * (A @ v[..., None])[..., 0], axis=-1), v"""

_CONV1D: Final = """\
def conv1d(x, kernel):
    return np.lib.stride_tricks.sliding_window_view(x, len(kernel), axis=-1) @ np.asarray(kernel) * 1.0"""

_CONV2D: Final = """\
def conv2d(x, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(x, np.shape(kernel), axis=(-2, -1))
    return np.einsum('...ij,ij->...', windows, kernel) * 1.0"""


def _pool(name: str, help_: str, reduce: str, dtype: DtypeRule) -> Function:
    plain = f"""\
def {name}(x, size=2):
    rows, columns = x.shape[-2] // size, x.shape[-1] // size
    tiles = x[..., : rows * size, : columns * size].reshape(*x.shape[:-2], rows, size, columns, size)
    return np.{reduce}(tiles, axis=(-3, -1))"""
    return _added(name, "x, size=2", help_, plain, training.pooled, dtype, flops.reads("x"),
                  "arange(16).reshape(4, 4)", rare=True)  # fmt: skip


def _kernel_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """A product and a sum for each cell of the kernel at each place."""
    size, window = results[0].size, arguments.signature("kernel").size
    return None if size is None or window is None else 2 * size * window


def _orthogonal_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """2·m·n² for each matrix of n columns of m numbers."""
    size, columns = results[0].size, results[0].shape[-1]
    return None if size is None or columns is None else 2 * size * columns


def _real(arguments: Arguments) -> np.dtype:
    floats("x")(arguments)
    return arguments.dtype_of("x")


NETWORKS: Final = (
    _added("attention", "Q, K, V, mask=None", "Rows of V, mixed by how much rows of Q and K have in common.",
           "softmax(where(mask, Q @ K.mT / Q.shape[-1] ** 0.5, -inf)) @ V", learning.attended, floats("Q", "K", "V"),
           _attention_flops, "eye(3), eye(3), [[1.0], [2.0], [3.0]], causal_mask(3)"),
    _added("causal_mask", "n", "True where a row may look: at itself and at what came before.", "tri(n, dtype=bool)",
           training.grid("n", "n"), dtypes.fixed(dtypes.BOOL), flops.none, "3"),
    _added("one_hot", "labels, num_classes", "A row for each label: a one at its class, zeros elsewhere.",
           "eye(num_classes)[labels]", training.one_hot, dtypes.fixed(dtypes.FLOAT), flops.none, "[0, 2, 1], 3"),
    _added("embedding", "indices, table", "A row of the table for each index.", "table[indices]", training.embedded,
           dtypes.of("table"), flops.none, "[2, 0], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]"),
    _added("dropout", "x, p=0.5, seed=0", "Cells become 0 with probability p, the others larger; seed decides which.",
           _DROPOUT, training.dropped, floats("x", "p"), flops.reads("x", 2), "ones((2, 4))", rare=True),
    _added("positional_encoding", "n, d", "Sines and cosines that tell n places apart, in d columns.",
           "angles = arange(n)[:, None] / 10000 ** ((arange(d) - arange(d) % 2) / d)\n"
           "where(arange(d) % 2 == 0, sin(angles), cos(angles))", training.grid("n", "d"),
           dtypes.fixed(dtypes.FLOAT), flops.cells, "4, 6", rare=True),
    _added("gram_schmidt", "A", "The columns made perpendicular and of length 1, one after another.", _GRAM_SCHMIDT,
           training.orthonormal, floats("A"), _orthogonal_flops, "[[1.0, 1.0], [0.0, 1.0]]"),
    _added("power_iteration", "A, steps=100", "The eigenvalue farthest from 0 and its eigenvector, by repeated A @ v.",
           _POWER_ITERATION, training.iterated, dtypes.each(floats("A"), floats("A")), flops.unknown,
           "[[2.0, 1.0], [1.0, 3.0]]", results=("eigenvalue", "eigenvector")),
    _added("conv1d", "x, kernel", "The kernel slides along the last axis; products are summed at each place.", _CONV1D,
           training.slid(1), floats("x", "kernel"), _kernel_flops, "[1, 2, 4, 8], [-1, 1]", rare=True),
    _added("conv2d", "x, kernel", "The kernel slides over the last two axes; products are summed at each place.",
           _CONV2D, training.slid(2), floats("x", "kernel"), _kernel_flops, "eye(4), [[1, 0], [0, 1]]", rare=True),
    _pool("max_pool2d", "The largest cell of each tile of the last two axes.", "max", _real),
    _pool("avg_pool2d", "The average of each tile of the last two axes.", "mean", floats("x")),
)  # fmt: skip

ROWS: Final = (*LOSSES, *NETWORKS)
