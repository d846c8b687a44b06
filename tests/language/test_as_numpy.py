"""The code that is copied gives on NumPy what the formula gives here."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import playground
from playground.language.as_numpy import as_numpy
from playground.language.functions import FUNCTIONS, Function
from playground.language.infer import infer
from tests.language.expressions import NAMES, arrays, formulas, namespace, signatures


def run(code: str, operands: dict[str, Any]) -> Any:
    """Run code that was written, as a person would who pastes it."""
    *before, last = re.split(r"\n(?=\S[^\n]*\Z)", f"\n{code}")
    names: dict[str, Any] = {"np": np, **operands}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec("\n".join(before), names)
        return eval(last, names)


def same(found: Any, expected: Any) -> None:
    if isinstance(expected, tuple):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            same(one, other)
        return
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.dtype == expected.dtype
    step = 64 * float(np.finfo(expected.dtype).eps) if expected.dtype.kind in "fc" else 0
    np.testing.assert_allclose(found, expected, rtol=step, atol=step)


@pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)
def test_the_code_of_an_example_gives_what_the_example_gives(row: Function) -> None:
    found, expected = run(as_numpy(row.example), {}), playground.evaluate(row.example, {}).value
    if row.name in ("linalg.eig", "linalg.eigvals", "roots"):  # complex here always, in NumPy only where they must be
        complex_ = np.complex128
        found = tuple(part.astype(complex_) for part in found) if isinstance(found, tuple) else found.astype(complex_)
    same(found, expected)


@settings(max_examples=200)
@given(formulas(), st.lists(arrays(), min_size=4, max_size=4))
def test_the_code_of_a_formula_does_what_the_formula_does_in_numpy(text: str, values: list[np.ndarray]) -> None:
    operands = dict(zip(NAMES, values, strict=True))
    code = as_numpy(text)
    expected, found = (attempt(what, names) for what, names in ((text, namespace(operands)), (code, operands)))
    assert (expected is None) == (found is None), code
    if found is not None and infer(text, signatures(operands)).ok:
        same(found, expected)


def attempt(code: str, names: dict[str, Any]) -> Any:
    """Give the value, None where there is none."""
    try:
        return run(code, names)
    except (np.linalg.LinAlgError, ArithmeticError, AttributeError, IndexError, RuntimeError, TypeError, ValueError):
        return None


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("relu(x @ W + b)", "np.maximum(x @ W + b, 0)"),
        ("D = -x**2", "D = -x ** 2"),
        ("(-x) ** -y", "(-x) ** -y"),
        ("A @ (B @ v)", "A @ (B @ v)"),
        ("(A @ B) @ v", "A @ B @ v"),
        ("(a < b) == (c < d)", "(a < b) == (c < d)"),
        ("-(0 < A.ndim < 3)", "-(0 < A.ndim and A.ndim < 3)"),
        ("A.clip(0)", "A.clip(min=0)"),
        ("add.reduce(A)", "np.add.reduce(A)"),
        ("r_[0:3, :4:2, 0:1:5j, pi]", "np.r_[0:3, 0:4:2, 0:1:5j, np.pi]"),
        ("einsum(A, [0, 1], B, [1, 2])", "np.einsum('ab,bc', A, B)"),
        ("A.tolist()", "A"),
        ("A.std(correction=1)", "np.std(A, correction=1)"),
        ("linalg.svd(A).S", "np.linalg.svd(A).S"),
        ("power_iteration(A).eigenvector", "power_iteration(A)[1]"),
        ("[1, 2] * 2", "np.array([1, 2]) * 2"),
        ("A.shape * 2", "A.shape * 2"),
        ("A.shape * B", "np.array(A.shape) * B"),
        ("A.shape + (1,)", "A.shape + (1,)"),
        ("A.shape[0] * pi + e", "A.shape[0] * np.pi + np.e"),
        ("zeros(3, dtype=float32)", "np.zeros(3, dtype=np.float32)"),
        ("zeros(3, int)", "np.zeros(3, int)"),
        ("astype(A, 'f4')", "A.astype('f4')"),
        ("A[A > 0, newaxis, ::2, ...]", "A[A > 0, np.newaxis, ::2, ...]"),
        ("A.sum(axis=0).T", "A.sum(axis=0).T"),
        ("numpy.where(A > 0, inf, nan)", "np.where(A > 0, np.inf, np.nan)"),
        ("layer_norm(x)", "(x - np.mean(x, axis=-1, keepdims=True))"
         " / np.sqrt(np.var(x, axis=-1, keepdims=True) + 1e-05)"),
        ("rms_norm(x, g, eps=1e-6)", "x / np.sqrt(np.mean(np.square(x), axis=-1, keepdims=True) + 1e-6) * g"),
        ("l2_normalize(x, axis=None)", "x / np.maximum(np.linalg.norm(x, keepdims=True), 1e-12)"),
        ("one_hot([0, 2], 3)", "np.eye(3)[[0, 2]]"),
        ("nll_loss([[0.0, -1.0]], [1])",
         "-np.mean(np.take_along_axis(np.array([[0.0, -1.0]]), np.array([1])[..., None], axis=-1))"),
        ("random.normal(0, 1, (2, 3), seed=4)", "np.random.RandomState(4).normal(0, 1, (2, 3))"),
        ("random.rand(2, 3)", "np.random.RandomState(0).rand(2, 3)"),
        ("random.default_rng(7).integers(0, 9, size=3)", "np.random.default_rng(7).integers(0, 9, size=3)"),
        ("A +", "A +"),
    ],
)  # fmt: skip
def test_the_line_reads_like_this(formula: str, code: str) -> None:
    assert as_numpy(formula).splitlines()[-1] == code


def test_what_would_be_said_twice_is_defined_once() -> None:
    code = as_numpy("softmax(softmax(softmax(x + 1)))")
    assert code.count("def softmax") == 1
    assert code.endswith("\n\n\nsoftmax(softmax(softmax(x + 1)))")
    assert len(as_numpy("silu(" * 30 + "x + 1" + ")" * 30)) < 600


def test_one_name_stands_for_one_function() -> None:
    code = as_numpy("layer_norm(x + 1) + layer_norm(x + 2, beta=b)")
    assert code.endswith("layer_norm(x + 1) + layer_norm_2(x + 2, beta=b)")
    x, b = np.arange(6.0).reshape(2, 3), np.ones(3)
    formula = "layer_norm(x + 1) + layer_norm(x + 2, beta=b)"
    same(run(code, {"x": x, "b": b}), playground.evaluate(formula, {"x": x, "b": b}).value)


def test_an_entry_named_e_is_that_entry() -> None:
    assert as_numpy("e * 2", names=("e",)) == "e * 2"


def test_a_target_can_be_given() -> None:
    assert as_numpy("A + 1", target="B") == "B = A + 1"
    assert as_numpy("[1, 2]", target="B") == "B = np.array([1, 2])"
