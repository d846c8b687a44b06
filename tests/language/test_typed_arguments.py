"""What is typed as an argument is refused where NumPy refuses it whatever the data is, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.infer import infer
from playground.language.signature import Signature

ARRAYS = {
    "A": np.arange(12.0).reshape(3, 4), "v": np.array([0.5, 1.0, 2.0]), "i": np.array([1, 2, 0]),
    "m": np.array([True, False, True]), "C": np.ones((3, 3)) * 1j, "e": np.zeros(0), "k": np.zeros(0, int),
    "u": np.array([0, 1, 1], np.uint64), "w": np.array([0, 1, 1], np.uint8), "B": np.eye(3, 4) > 0,
}  # fmt: skip
OPERANDS = {name: Signature(array.shape, array.dtype) for name, array in ARRAYS.items()}
RNG = "random.default_rng(7)"

TEXTS = [
    "concatenate([A, A], dtype=int8)", "concatenate([A, A], dtype=float32)", "concatenate([i, i], dtype=int8)",
    "concatenate([i, i], dtype=uint8)", "concatenate([C, C], dtype=float)", "concatenate([i, [1.5]], dtype=int)",
    "concatenate([u, u], dtype=int8)", "concatenate([A, A], axis=None, dtype=int)", "stack([A, A], dtype=uint8)",
    "hstack([A, A], dtype=uint8)", "vstack([A, A], dtype=float16)", "vstack([i, i], dtype=bool)",
    "random.randint(5, 2)", "random.randint(0)", "random.randint(-5)", "random.randint(3, 3)",
    "random.randint([1, 2], [3, 1])", "random.randint(0, 300, dtype=uint8)", "random.randint(-1, 3, dtype=uint8)",
    "random.randint(0, 256, dtype=uint8)", f"{RNG}.integers(5, 2)", f"{RNG}.integers(5, 5, endpoint=True)",
    f"{RNG}.integers(0)", "random.normal(0, -1, 3)", "random.normal(0, [1, -1])", "random.normal(0, 0, 3)",
    f"{RNG}.normal(0, -1)", "random.uniform(5, 2, 3)", "random.binomial(5, 2)", "random.binomial(-1, 0.5)",
    "random.binomial(5, [0.5, 1.5])", "random.exponential(-1)", "random.poisson(-1)", "random.poisson([-1, 2])",
    "random.choice(3, 5, replace=False)", "random.choice(3, (2, 2), False)", "random.choice(4, 3, replace=False)",
    "random.choice(v, 4, replace=False)", "random.choice([1, 2, 3], p=[0.5, 0.5])", "random.choice([], 3)",
    "random.choice([1, 2, 3], p=[0.5, 0.5, 0.5])", "random.choice(3, p=[0.5, 0.25, 0.25])", "random.choice(0)",
    "random.choice(-3)", "random.choice(0, 0)", f"{RNG}.choice([1, 2], p=[0.5, 0.6])",
    "random.multivariate_normal([0, 0], eye(2), 3)", "random.multivariate_normal([0, 0], eye(3))",
    "random.multivariate_normal([0, 0], [1, 1])", "random.multivariate_normal(0, 1)", "random.gamma(-1)",
    "random.multivariate_normal(v, eye(3), (2, 2))", "random.gamma(2, [1, 2])", "random.beta(2, 3, 4)",
    "random.laplace(0, -1)", "random.laplace(v, 1)",
    "nanmean(A, dtype=int)", "nanmean(i, dtype=int)", "nanstd(A, dtype=int)", "nanvar(A, dtype=float32)",
    "std(A, dtype=complex64)", "nanstd(C, dtype=complex64)", "var(C)", "cov(A, dtype=int)", "cov(i, dtype=int)",
    "cov(A, dtype=float32)", "corrcoef(A, dtype=bool)", "cov(A, ddof=0.5)", "cov(A, ddof=1.0)",
    "take(A, e)", "take(A, [])", "take(A, k)", "take(A, u)", "choose(e, [1, 2])", "choose(k, [1, 2])",
    "choose(u, [v, v])", "choose(w, [v, v])", "take_along_axis(v, e)", "take_along_axis(v, k)",
    "argpartition(v, ())", "argpartition(v, 1)", "A.reshape(shape=(4, 3))", "A.reshape((4, 3), order='F')",
    "A.transpose(axes=(1, 0))", "A.transpose((1, 0))", "A.conj(where=True)", "A.swapaxes(axis1=0, axis2=1)",
    "eye(3, k=1.5)", "eye(3, k=1)", "histogram(A, [2, 1])", "histogram(A, [1, 1, 2])", "digitize(A, [1, 3, 2])",
    "digitize(A, [3, 2, 1])", "sum(e, initial=None)", "sum(A, initial=None)", "add.reduce(e, initial=None)",
    "sum(A, where=B, initial=None)", "sum(A, where=B)", "full_like(v, ones((1, 1, 3)))", "full_like(v, ones((2, 3)))",
]  # fmt: skip


def computed(text: str) -> object:
    """NumPy's own result, with the functions as Python's names."""
    names = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    with np.errstate(all="ignore"):
        return eval(text, {**names, **ARRAYS})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", TEXTS)
def test_typed_arguments_are_refused_where_numpy_refuses_them(text: str) -> None:
    found = infer(text, OPERANDS)
    try:
        value = computed(text)
    except (TypeError, ValueError, IndexError):
        assert not found.ok, text
        assert found.problems[0].kind != "bug"
        assert found.problems[0].message.endswith(".")
        return
    assert found.ok, found.problems
    if isinstance(found.signature, Signature):
        assert found.signature.shape == np.shape(value)
        assert found.signature.dtype == np.asarray(value).dtype


@pytest.mark.parametrize(
    ("text", "ok"), [("dropout(v, 2)", False), ("dropout(v, -0.1)", False), ("dropout(v, 1)", True)]
)
def test_a_probability_lies_between_0_and_1(text: str, ok: bool) -> None:
    assert infer(text, OPERANDS).ok is ok
