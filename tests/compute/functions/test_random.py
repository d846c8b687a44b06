"""Random numbers are NumPy's own for their seed, and the same each time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import playground as mp

TEXTS = [
    "random.rand(2, 3)", "random.rand()", "random.randn(4)", "random.random((2, 2))", "random.random()",
    "random.standard_normal(3)", "random.normal(5, 2, size=(2, 3))", "random.normal([0, 10, 20])",
    "random.uniform(-1, [1, 5], size=(3, 2))", "random.randint(3, size=5)", "random.randint(0, 10, 4, dtype=int8)",
    "random.choice(A, 4)", "random.choice(5)", "random.choice([2, 3, 5], size=(2, 2), p=[0, 0, 1])",
    "random.choice(5, 5, replace=False)", "random.permutation(6)", "random.permutation(M)",
    "random.exponential(2.0, 3)", "random.poisson(3, 4)", "random.binomial(10, 0.5, 4)",
]  # fmt: skip
GENERATED = [
    "random((2, 3))", "random(2, dtype=float32)", "standard_normal(3)", "normal(1, [2, 3])", "uniform(0, 5, 3)",
    "integers(0, 10, size=5)", "integers(3, endpoint=True)", "integers(0, 200, 3, dtype=uint8)", "choice(M, 4)",
    "choice(9, (2, 2))", "permutation(M)", "permutation(4)", "exponential(size=2)", "poisson([1, 5])",
    "binomial(5, 0.5)",
]  # fmt: skip
OPERANDS: dict[str, Any] = {"A": np.array([2.5, 3.5, 4.5]), "M": np.arange(6).reshape(3, 2)}
NAMES = OPERANDS | {name: getattr(np, name) for name in ("float32", "int8", "uint8")}


def check(text: str, wanted: Any) -> None:
    outcome = mp.evaluate(text, OPERANDS)
    np.testing.assert_array_equal(outcome.value, wanted, strict=False)
    inference = mp.infer(text, OPERANDS)
    assert (inference.shape, inference.dtype) == (outcome.value.shape, outcome.value.dtype)
    assert outcome.value.dtype == np.asarray(wanted).dtype


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("seed", [None, 0, 12345])
def test_the_functions_of_the_module_are_seeded(text: str, seed: int | None) -> None:
    typed = text if seed is None else f"{text[:-1]}{'' if text.endswith('()') else ', '}seed={seed})"
    check(typed, eval(text, {**NAMES, "random": np.random.RandomState(seed or 0)}))


@pytest.mark.parametrize("text", GENERATED)
def test_a_generator_gives_what_it_gives_first(text: str) -> None:
    wanted = eval(f"default_rng(7).{text}", {**NAMES, "default_rng": np.random.default_rng})
    for written in ("random.default_rng(7)", "np.random.default_rng(seed=7)"):
        check(f"{written}.{text}", wanted)


def test_two_uses_in_one_formula_are_the_same_numbers() -> None:
    assert mp.evaluate("random.rand(3) - random.rand(3)", {}).value.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("random.default_rng().random()", "missing-argument"),
        ("random.default_rng(1, 2).random()", "missing-argument"),
        ("random.default_rng(-1).random()", "argument"),
        ("random.default_rng(A).random()", "not-constant"),
        ("random.default_rng(7)", "unknown-function"),
        ("random.default_rng(7).shuffle(A)", "unknown-function"),
        ("random.rand((2, 3))", "argument"),
        ("random.normal(0, 1, (2, 3), seed=2**32)", "argument"),
        ("random.normal(A, size=2)", "broadcast"),
        ("random.randint(0, 5, dtype=float32)", "dtype"),
        ("random.choice(M)", "ndim"),
        ("random.permutation(-1)", "argument"),
        ("random.seed(3)", "unknown-function"),
    ],
)
def test_what_cannot_be_is_said(text: str, kind: str) -> None:
    (problem,) = mp.infer(text, OPERANDS).problems
    assert problem.kind == kind
    assert problem.message
