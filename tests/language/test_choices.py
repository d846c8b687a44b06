"""What Python decides before any array is computed gives what Python gives, or says why it can't."""

from __future__ import annotations

import numpy as np
import pytest

import playground
from playground.language.as_numpy import as_numpy
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.comparing import check_all
from tests.language.expressions import namespace

ARRAYS = {"A": np.arange(6).reshape(2, 3), "F": np.ones((2, 3)), "t": np.array(True), "M": np.eye(3) + 1}

DECIDED = [
    "A.T if A.ndim == 2 else A", "A if A.ndim != 2 else F", "(A if A.shape[0] > 2 else A.T) @ A",
    "A if A.dtype == F.dtype else F", "A.reshape(2, -1) if A.size % 4 == 0 else A", "not True", "not t", "not A.ndim",
    "A.ndim == 2 and A.shape[1]", "A.ndim == 3 or A", "t and not t", "t or F.sum() > 7", "1 if A.shape else 2",
    "A if A.ndim == 2 and not A.size == 3 else F[0]", "A.reshape(*A.shape, 1)", "A.reshape(*A.shape[::-1]) @ A",
    "zeros((*A.shape, 1))", "eye(*A.shape)", "maximum(*[A, F])", "maximum(*A)", "stack([*A, A[0]])", "[*A[0], 7]",
    "einsum('ij,kj', *(A, F))", "add(*linalg.qr(M))", "A.transpose(*[1, 0])", "A[*(0, 1)]",
]  # fmt: skip


@pytest.mark.parametrize("text", DECIDED)
def test_it_is_pythons(text: str) -> None:
    expected = eval(text, namespace(ARRAYS))
    np.testing.assert_array_equal(playground.evaluate(text, ARRAYS).value, expected)
    np.testing.assert_array_equal(eval(as_numpy(text), {"np": np, **ARRAYS}), expected)


def test_shapes_decide_as_in_numpy() -> None:
    for text in ("A.T if A.ndim == 2 else A", "A.reshape(*A.shape, 1)", "sum(A, 0) if A.ndim else A", "not A.size"):
        check_all(text)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("not A", "~A"),
        ("A > 1 and F > 0", "(A > 1) & (F > 0)"),
        ("A > 1 or F > 0", "(A > 1) | (F > 0)"),
        ("A if A > 1 else F", "where(A > 1, A, F)"),
        ("A if A[0, 0] > 1 else F", "where(A[0, 0] > 1, A, F)"),
    ],
)
def test_what_the_data_decides_is_asked_of_each_cell(text: str, repaired: str) -> None:
    signatures = {name: Signature(array.shape, array.dtype) for name, array in ARRAYS.items()}
    signatures["A"] = Signature((2, 3), np.dtype(bool)) if text == "not A" else signatures["A"]
    (problem,) = infer(text, signatures).problems
    assert problem.kind == "not-allowed"
    assert repaired in [repair.source for repair in problem.repairs]


@pytest.mark.parametrize("text", ["sum(*t)", "zeros((*B,))", "A if nothing else F", "A.reshape(*A.T @ A, 1)"])
def test_a_part_that_cant_be_known_is_a_problem_at_its_place(text: str) -> None:
    (problem,) = infer(text, {n: Signature(a.shape, a.dtype) for n, a in ARRAYS.items()}).problems
    assert problem.kind != "bug"
    assert problem.span.end <= len(text)
