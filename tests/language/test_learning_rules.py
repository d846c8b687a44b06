"""Shapes and dtypes of the additions: what runs gives what was inferred, and so does the plain NumPy of the row."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import playground
from playground.language.as_numpy import as_numpy
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.expressions import fits, signatures
from tests.language.test_as_numpy import attempt, same

SHAPES = [(), (1,), (3,), (0,), (2, 3), (3, 3), (0, 3), (3, 0), (0, 0), (2, 3, 3), (2, 0, 0), (1, 2, 1, 3),
          (2, 1, 1, 2, 3, 3)]  # fmt: skip
ONE = ["{}(A)"]
CALLS = {
    "relu": ONE, "leaky_relu": [*ONE, "{}(A, 0.2)", "{}(A, s)"], "elu": [*ONE, "{}(A, alpha=2)"], "selu": ONE,
    "softplus": ONE, "softsign": ONE, "sigmoid": ONE, "gelu": [*ONE, "{}(A, 'tanh')"], "erf": ONE, "silu": ONE,
    "mish": ONE, "softmax": [*ONE, "{}(A, axis=0)"], "log_softmax": [*ONE, "{}(A, axis=-2)"],
    "logsumexp": [*ONE, "{}(A, axis=0)", "{}(A, axis=(0, 1), keepdims=True)"],
    "layer_norm": [*ONE, "{}(A, g, eps=1e-3)", "{}(A, gamma=g, beta=g)", "{}(A, axis=(-2, -1))"],
    "batch_norm": [*ONE, "{}(A, beta=g)", "{}(A, axis=None)"], "rms_norm": [*ONE, "{}(A, g)"],
    "l2_normalize": [*ONE, "{}(A, axis=None)", "{}(A, axis=0)"], "standardize": [*ONE, "{}(A, axis=-1)"],
    "minmax_scale": [*ONE, "{}(A, axis=None)"], "cosine_similarity": ["{}(A, A)", "{}(A, g)", "{}(A, A, axis=0)"],
    "angle_between": ["{}(A, 2 - A)", "{}(A, g)"], "projection": ["{}(A, g)", "{}(g, A)"],
    "euclidean_distance": ["{}(A, A)", "{}(A, g)"], "cdist": ["{}(A, M)", "{}(M, A)", "{}(A, A)"],
    "clip_by_norm": ["{}(A, 1)", "{}(A, s)"], "clip_by_value": ["{}(A, 0, 2)", "{}(A, s, g)"],
    "mse": ["{}(A, A)", "{}(A, 0)"], "mae": ["{}(A, A)", "{}(A, g)"], "huber": ["{}(A, A)", "{}(A, A, delta=s)"],
    "hinge": ["{}(A, A)"], "binary_cross_entropy": ["{}(A / 10, A)"], "binary_cross_entropy_with_logits": ["{}(A, A)"],
    "cross_entropy": ["{}(A, A)", "{}(A, argmax(A, axis=-1))", "{}(A, [0, 1])"],
    "nll_loss": ["{}(A, argmax(A, axis=-1))", "{}(A, 0)"], "accuracy": ["{}(A, argmax(A, axis=-1))"],
    "entropy": ["{}(A / 10)", "{}(A / 10, axis=None)"], "kl_divergence": ["{}(A / 10, A / 20)"], "l1_penalty": ONE,
    "l2_penalty": ONE, "attention": ["{}(A, A, A)", "{}(A, M, M)", "{}(M, M, A, causal_mask(3))", "{}(A, A, A, A > 1)"],
    "causal_mask": ["{}(A.ndim)"], "dropout": [*ONE, "{}(A, 0.1, seed=3)", "{}(A, s)"],
    "one_hot": ["{}(L, 5)"], "embedding": ["{}(L, A)", "{}(0, A)"],
    "positional_encoding": ["{}(A.ndim, 4)", "{}(2, 3)"], "gram_schmidt": ["{}(A + M)", "{}(M)"],
    "power_iteration": ["{}(A)", "{}(A, 3)"], "conv1d": ["{}(A, [1, 2])", "{}(A, g)"],
    "conv2d": ["{}(A, [[1.0, 2.0]])", "{}(A, M)"], "max_pool2d": [*ONE, "{}(A, 1)"], "avg_pool2d": [*ONE, "{}(A, 3)"],
}  # fmt: skip
ADDITIONS = [row.name for row in FUNCTIONS.values() if row.addition]
STRICTER = {"cosine_similarity", "angle_between", "projection", "euclidean_distance", "cdist", "mae", "cross_entropy",
            "nll_loss", "embedding", "gram_schmidt", "power_iteration", "conv1d", "conv2d", "attention", "huber",
            "clip_by_norm", "leaky_relu", "mse"}  # fmt: skip
"""What refuses shapes that NumPy would stretch to something that nobody means; a single number has no axis either."""


def operands_of(shape: tuple[int, ...], dtype: str) -> dict[str, np.ndarray]:
    size = int(np.prod(shape))
    array = ((np.arange(size) * 7 + 1) % 5 + 1).astype(dtype).reshape(shape)
    labels = (np.arange(size) % max(size and shape[0] if shape else 1, 1)).reshape(shape).clip(0, 0)
    other = np.float64 if dtype in ("float64", "int64") else np.float32
    return {"A": array, "L": labels, "M": np.eye(3, dtype=other) + 1, "g": np.array([3, 1, 2], other),
            "s": np.array(0.5, other)}  # fmt: skip


def test_every_addition_is_called_here() -> None:
    assert set(ADDITIONS) == CALLS.keys()


@pytest.mark.parametrize("name", ADDITIONS)
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "int64", "int8", "bool"])
def test_what_runs_has_the_inferred_signature_and_so_has_its_plain_numpy(name: str, dtype: str) -> None:
    ran = 0
    for shape, call in product(SHAPES, CALLS[name]):
        operands, text = operands_of(shape, dtype), call.format(name)
        found = infer(text, signatures(operands))
        plain = attempt(as_numpy(text), {**operands, "np": np})
        if not found.ok:
            # Where it is refused, NumPy refuses the plain code too, or the row says why it is stricter.
            assert plain is None or name in STRICTER or not shape, (text, shape, found.problems)
            continue
        ran += 1
        value = playground.evaluate(text, operands).value
        values = value if isinstance(value, tuple) else (value,)
        known = getattr(found.signature, "items", (found.signature,))
        assert [(v.shape, v.dtype) for v in values] == [(k.shape, k.dtype) for k in known], (text, shape)  # type: ignore[union-attr]
        if plain is not None and dtype in ("float64", "float32", "int64"):
            same_within(plain, value, text, shape)
        else:
            assert plain is not None or 0 in shape or dtype == "bool", (text, shape)
    assert ran


@pytest.mark.parametrize("name", ADDITIONS)
def test_a_size_that_the_data_decides_stays_open(name: str) -> None:
    for call in CALLS[name]:
        text = call.format(name)
        known = signatures(operands_of((3, 3), "float64"))
        opened = known | {"A": Signature((None, None), np.dtype(float)), "L": Signature((None,), np.dtype(int))}
        whole, found = infer(text, known | {"L": Signature((3,), np.dtype(int))}), infer(text, opened)
        assert fits(found.signature, whole.signature) or not whole.ok, text


def same_within(plain: object, value: object, text: str, shape: tuple[int, ...]) -> None:
    try:
        same(plain, value)
    except AssertionError as error:
        raise AssertionError((text, shape)) from error


ANY_DTYPE = {"causal_mask", "positional_encoding", "one_hot", "embedding", "accuracy", "clip_by_value"}


@pytest.mark.parametrize("name", [name for name in ADDITIONS if name not in ANY_DTYPE])
def test_complex_numbers_have_no_place(name: str) -> None:
    operands = {
        name: value.astype(complex) if name == "A" else value for name, value in operands_of((3, 3), "f8").items()
    }
    found = infer(CALLS[name][0].format(name), signatures(operands))
    assert [problem.kind for problem in found.problems] == ["dtype"]


@pytest.mark.parametrize("name", ADDITIONS)
def test_a_line_of_plain_numpy_is_a_formula_again(name: str) -> None:
    for call in CALLS[name]:
        text, known = call.format(name), signatures(operands_of((3, 3), "float32"))
        code = as_numpy(text)
        if "\n" not in code and infer(text, known).ok:
            assert infer(code, known).signature == infer(text, known).signature, code
