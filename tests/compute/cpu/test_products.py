"""Products of whole numbers by way of float64 are NumPy's, bit for bit; einsum is NumPy's whichever way it goes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.compute.cpu import exact, products
from playground.compute.cpu.contractions import contraction, summed_cells
from playground.compute.cpu.products import dot, einsum, inner, matmul, matrix_power, multi_dot, tensordot

DTYPES = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]
SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "LEAST_WORK", 1)
    monkeypatch.setattr(exact, "_LEAST_SIDE", 1)
    monkeypatch.setattr(products, "_LEAST_CELLS", 0)


def whole(seed: int, dtype: str, *shape: int) -> np.ndarray:
    """Any numbers of the dtype, or small ones, whose products are exact."""
    random = np.random.default_rng(seed)
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    if seed % 2:
        low, high = max(low, -100), min(high, 100)
    return random.integers(low, high, shape, dtype, endpoint=True)


def check_same(found: Any, expected: Any) -> None:
    found, expected = np.asarray(found), np.asarray(expected)
    np.testing.assert_array_equal(found, expected, strict=True)


@given(st.sampled_from(DTYPES), st.sampled_from(DTYPES), SEEDS, st.integers(0, 5))
@settings(max_examples=60)
def test_it_agrees_with_numpy(left: str, right: str, seed: int, terms: int) -> None:
    a, b = whole(seed, left, 2, 3, terms), whole(seed, right, terms, 4)
    check_same(matmul(a, b), a @ b)


@given(st.sampled_from(DTYPES), st.sampled_from(DTYPES), SEEDS, st.integers(1, 5))
@settings(max_examples=60)
def test_dot_inner_and_tensordot_do(left: str, right: str, seed: int, terms: int) -> None:
    a, b, stack = whole(seed, left, 2, 3, terms), whole(seed + 2, right, 4, terms), whole(seed, right, 2, terms, 3)
    check_same(inner(a, b), np.inner(a, b))
    check_same(dot(a, stack), np.dot(a, stack))
    check_same(tensordot(a, b, ([2], [1])), np.tensordot(a, b, ([2], [1])))
    check_same(tensordot(a, b.T, 1), np.tensordot(a, b.T, 1))
    check_same(tensordot(a, stack, axes=((0, 2), (0, 1))), np.tensordot(a, stack, axes=((0, 2), (0, 1))))
    check_same(tensordot(a, b, 0), np.tensordot(a, b, 0))


@given(st.sampled_from(DTYPES), SEEDS, st.integers(0, 9))
@settings(max_examples=60)
def test_powers_and_chains_of_matrices_do(dtype: str, seed: int, power: int) -> None:
    a, b = whole(seed, dtype, 2, 3, 3), whole(seed + 2, dtype, 3, 4)
    check_same(matrix_power(a, power), np.linalg.matrix_power(a, power))
    check_same(multi_dot([a[0], b, b.T, a[1]]), np.linalg.multi_dot([a[0], b, b.T, a[1]]))
    check_same(multi_dot([a[0], b]), a[0] @ b)


def test_narrow_results_wrap_as_numpy_does() -> None:
    a = np.full((2, 300), 100, np.int8)
    check_same(matmul(a, a.T), a @ a.T)


def test_beyond_two_to_the_fifty_third_it_stays_exact() -> None:
    a = np.array([[2**53 + 1, 1]])
    assert matmul(a, np.array([[1], [0]])).tolist() == [[2**53 + 1]]
    assert not exact.is_exact(1, np.array([[-(2**63)]]), np.array([[1]]))
    assert not exact.is_exact(2, np.array([[2**52]]), np.array([[0]])), "what is 0 in the end may pass through more"


def test_vectors_floats_and_scalars_pass() -> None:
    assert matmul(np.ones(3, int), np.ones(3, int)) == 3
    assert matmul(np.ones((2, 2)), np.ones((2, 2), int)).dtype == np.float64
    with pytest.raises(ValueError, match="matmul"):
        matmul(np.ones((2, 3), int), np.ones((2, 3), int))
    with pytest.raises((ValueError, IndexError)):
        tensordot(np.ones((2, 3), int), np.ones((2, 3), int), axes=([5], [0]))
    check_same(matrix_power(np.diag([2.0, 4.0]), -2), np.diag([1 / 4, 1 / 16]))


def test_dot_is_numpys() -> None:
    matrix, stack = np.arange(4).reshape(2, 2), np.arange(8).reshape(2, 2, 2)
    for a, b in ((matrix, matrix), (matrix, stack), (stack, stack), (matrix, matrix[0]), (2, matrix)):
        check_same(dot(a, b), np.dot(a, b))


SUBSCRIPTS = {
    "ij,jk->ik": ((3, 4), (4, 5)), "ij,jk->ki": ((3, 4), (4, 5)), "ij,jk": ((3, 4), (4, 5)), "ij, kj": ((3, 4), (5, 4)),
    "ij,ji->": ((3, 4), (4, 3)), "ij,ij->i": ((3, 4), (3, 4)), "ij,j->i": ((3, 4), (4,)), "ij,j->ij": ((3, 4), (4,)),
    "i,j->ij": ((3,), (4,)), "ij,jk->k": ((3, 4), (4, 5)), "ij,jk->": ((3, 4), (4, 5)), "ii,ij->j": ((3, 3), (3, 4)),
    "bij,bjk->bik": ((2, 3, 4), (2, 4, 5)), "...ij,...jk->...ik": ((2, 3, 4), (4, 5)),
    "...ij,...jk": ((2, 3, 4), (4, 5)),
    "i...,ij->j...": ((3, 2), (3, 4)), "ij,jk->ik ": ((3, 1), (4, 5)), "ijk,jkl->il": ((2, 3, 4), (3, 4, 5)),
    "ij,jj->i": ((3, 4), (4, 4)), "ik,kl->il": ((3, 0), (0, 4)),
}  # fmt: skip


@given(st.sampled_from(list(SUBSCRIPTS)), st.sampled_from(DTYPES), st.sampled_from(DTYPES), SEEDS)
@settings(max_examples=200)
def test_einsum_of_whole_numbers_is_numpys(subscripts: str, left: str, right: str, seed: int) -> None:
    first, second = SUBSCRIPTS[subscripts]
    a, b = whole(seed, left, *first), whole(seed + 2, right, *second)
    found, expected = einsum(subscripts, a, b), np.einsum(subscripts, a, b)
    if np.result_type(a, b).kind in "iu":
        check_same(found, expected)
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-12, strict=True)


@pytest.mark.parametrize("subscripts", SUBSCRIPTS)
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "g", "c16", "?", "i4"])
@pytest.mark.parametrize("optimize", [None, True, False])
def test_einsum_is_numpys_whatever_the_dtype(subscripts: str, dtype: str, *, optimize: bool | None) -> None:
    random = np.random.default_rng(0)
    a, b = (random.integers(0, 3, shape).astype(dtype) for shape in SUBSCRIPTS[subscripts])
    found = einsum(subscripts, a, b, optimize=optimize)
    check_same(found, np.einsum(subscripts, a, b))


@given(SEEDS, st.sampled_from(DTYPES))
def test_einsum_of_several_whole_numbers_is_numpys(seed: int, dtype: str) -> None:
    operands = [whole(seed + 2 * place, dtype, *shape) for place, shape in enumerate([(3, 4), (4, 5), (5, 6)])]
    for subscripts in ("ij,jk,kl->il", "ij,jk,kl->", "ij,jk,kl"):
        check_same(einsum(subscripts, *operands, optimize=True), np.einsum(subscripts, *operands))
    narrow = [operands[0].astype("i1"), *operands[1:]]
    if np.result_type(*narrow).kind in "iu":
        check_same(einsum("ij,jk,kl->l", *narrow, optimize=True), np.einsum("ij,jk,kl->l", *narrow))


def test_what_the_labels_come_to() -> None:
    a, b = np.empty((2, 3, 4)), np.empty((2, 4, 5))
    found = contraction("bij,bjk->bk", a, b)
    assert found is not None
    assert (found.rows, found.terms, found.columns, found.alone, found.stacked) == (1, 4, 5, 3, True)
    assert summed_cells("bij,bjk->bk", (a, b)) == 12
    assert summed_cells("...,...->", (a, a)) == 24
    assert summed_cells("...,...", (a, a)) == 1
    assert contraction("ij,bjk->bk", a, b) is None
    with pytest.raises(ValueError, match="einstein sum"):
        einsum("ij,bjk->bk", a, b)


def test_einsum_takes_lists_and_one_operand() -> None:
    assert einsum("ii", [[1, 2], [3, 4]]) == 5
    assert einsum("i,i->", [1, 2], [3, 4]) == 11
    assert einsum("i,i->", [1, 2], [3, 4], dtype=float).dtype == np.float64
