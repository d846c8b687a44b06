"""Products over chosen axes, of vectors, of many matrices: shapes, refusals and operations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.matrix_chain import cheapest
from playground.language.signature import Signature
from tests.language.comparing import DTYPES, check, check_all

FLOAT = np.dtype(float)
KNOWN = {
    "A": Signature((3, 4), FLOAT),
    "B": Signature((4, 5), FLOAT),
    "v": Signature((5,), FLOAT),
    "T": Signature((2, 3, 4), FLOAT),
}


@pytest.mark.parametrize(
    "text",
    [
        "tensordot(A, A)", "tensordot(A, A, 1)", "tensordot(A, A, 0)", "tensordot(A, A, 3)", "tensordot(A, A, -1)",
        "tensordot(A, A, (0, 0))", "tensordot(A, A, (-1, -1))", "tensordot(A, A, ([0], [1]))", "tensordot(A, M, 1)",
        "tensordot(A, A, ([0, 1], [0, 1]))", "tensordot(A, A, ([0, 1], [0]))", "tensordot(A, A, ([0, 0], [0, 1]))",
        "tensordot(A, A, ((), ()))", "tensordot(A, A, (0, 1, 0))", "tensordot(A, A, 1.0)", "tensordot(A, A, (7, 0))",
        "tensordot(A, 2, 0)", "cross(A, V)", "cross(A, A)", "cross(A, A, axis=0)", "cross(A, V, axisa=0)",
        "cross(A, A, axisc=0)", "cross(A, [1, 2])", "cross(A, V, axisc=5)", "cross(A, M)", "cross(A, 2)",
        "linalg.cross(A, V)", "linalg.cross(A, A)", "linalg.cross(A, A, axis=0)", "linalg.cross(A, [1, 2])",
        "vdot(A, A)", "vdot(A, A.T)", "vdot(A, V)", "vdot(A, 2)", "vecdot(A, V)", "vecdot(A, A)", "vecdot(A, M)",
        "vecdot(A, A, axis=0)", "vecdot(A, V, axis=0)", "vecdot(A, V, axis=-2)", "vecdot(A, 2)",
        "linalg.vecdot(A, V)", "linalg.vecdot(A, A, axis=0)", "linalg.outer(A, V)", "linalg.outer(V, A)",
        "linalg.tensordot(A, A, axes=1)", "linalg.matmul(A, M)", "outer(A, V)", "kron(A, M)", "inner(A, V)",
        "linalg.multi_dot([A, M])", "linalg.multi_dot([A, M, V])", "linalg.multi_dot([V, M, M])",
        "linalg.multi_dot([A])",
        "linalg.multi_dot([A, M, A.T])", "linalg.multi_dot([V, A, V])", "linalg.multi_dot([A, A])",
        "linalg.multi_dot([M, A, M])", "linalg.multi_dot([V, V])", "linalg.multi_dot(A)", "linalg.multi_dot([M, M, 2])",
    ],
)  # fmt: skip
def test_products(text: str) -> None:
    check_all(text)


@pytest.mark.parametrize("text", ["tensordot(A, M, 1)", "cross(A, V)", "cross(A, A)", "vdot(A, A)", "vecdot(A, V)",
                                  "vecdot(A, A)", "linalg.multi_dot([A, M, V])", "linalg.cross(A, A)"])  # fmt: skip
def test_dtypes(text: str) -> None:
    check_all(text, [(3, 3)], DTYPES)


_AXES = st.one_of(st.integers(-2, 4), st.lists(st.integers(-3, 3), max_size=3))


@given(st.lists(st.integers(0, 3), max_size=3), st.lists(st.integers(0, 3), max_size=3), _AXES, _AXES)
def test_any_axes_of_tensordot(first: list[int], second: list[int], one: object, other: object) -> None:
    operands = {"A": np.ones(first), "B": np.ones(second)}
    check(f"tensordot(A, B, ({one}, {other}))", operands)
    if isinstance(one, int):
        check(f"tensordot(A, B, {one})", operands)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=7))
def test_the_cheapest_order_is_the_cheapest_of_all(sizes: list[int]) -> None:
    def least(first: int, last: int) -> int:
        return min(
            (least(first, split) + least(split + 1, last) + sizes[first] * sizes[split + 1] * sizes[last + 1]
             for split in range(first, last)),
            default=0,
        )  # fmt: skip

    assert cheapest(sizes).multiplications == least(0, len(sizes) - 2)


def test_operations() -> None:
    for text, flops in {
        "tensordot(T, B, 1)": 2 * 2 * 3 * 4 * 5,
        "tensordot(A, A, ([0, 1], [0, 1]))": 2 * 12,
        "tensordot(A, B, 0)": 12 * 20,
        "vdot(A, A)": 2 * 12,
        "vecdot(T, A)": 2 * 24,
        "linalg.multi_dot([A, B, v])": 2 * 4 * 5 + 2 * 3 * 4,
        "linalg.multi_dot([A, B])": 2 * 3 * 4 * 5,
        "linalg.multi_dot([A[0], B, v])": 2 * 4 * 5 + 2 * 4,
        "cross(ones((7, 3)), [1, 2, 3])": 3 * 21,
    }.items():
        assert infer(text, KNOWN).steps[-1].flops == flops, text


def test_problems_name_axes_and_operands() -> None:
    assert infer("tensordot(T, B, ([1], [0]))", KNOWN).problems[0].message == (
        "tensordot sums over axis 1 of T (2, 3, 4) together with axis 0 of B (4, 5), and 3 isn't 4."
    )
    found = infer("linalg.multi_dot([A, B, A])", KNOWN)
    assert found.problems[0].message == "B @ A needs as many rows in A (3) as columns in B (5)."
    assert [(found.source[span.start : span.end], axis) for span, axis in found.clash] == [("B", 1), ("A", 0)]
    assert "vectors of 3" in infer("cross(A, v)", KNOWN).problems[0].message
