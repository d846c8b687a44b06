"""Counts of operations that are textbook knowledge: those of factorizations, norms and sorting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.rules import factorizations
from playground.language.signature import Signature

FLOAT = np.dtype(float)
KNOWN = {
    "A": Signature((60, 60), FLOAT), "T": Signature((300, 30), FLOAT), "S": Signature((4, 30, 300), FLOAT),
    "b": Signature((60,), FLOAT), "B": Signature((300, 7), FLOAT), "v": Signature((1024,), FLOAT),
}  # fmt: skip
CUBE, LONG = 60**3, 300 * 30**2


def flops(text: str) -> int | None:
    found = infer(text, KNOWN)
    assert found.ok, found.problems
    return found.flops


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("linalg.svd(A)", 21 * CUBE),
        ("linalg.svd(A).S", 21 * CUBE),
        ("linalg.svd(A, compute_uv=False)", 8 * CUBE // 3),
        ("linalg.svd(A, hermitian=True)", 9 * CUBE),
        ("linalg.svd(A, hermitian=True, compute_uv=False)", 4 * CUBE // 3),
        ("linalg.svd(T)", 4 * 300**2 * 30 + 22 * 30**3),
        ("linalg.svd(T.T)", 4 * 300**2 * 30 + 22 * 30**3),
        ("linalg.svd(T, full_matrices=False)", 6 * LONG + 20 * 30**3),
        ("linalg.svd(S, full_matrices=False)", 4 * (6 * LONG + 20 * 30**3)),
        ("linalg.svdvals(T)", 2 * LONG + 2 * 30**3),
        ("linalg.eigh(A)", 9 * CUBE),
        ("linalg.eigvalsh(A)", 4 * CUBE // 3),
        ("linalg.eig(A)", 25 * CUBE),
        ("linalg.eigvals(A)", 10 * CUBE),
        ("linalg.qr(A)", 8 * CUBE // 3),
        ("linalg.qr(A, 'r')", 4 * CUBE // 3),
        ("linalg.qr(T)", 4 * LONG - 4 * 30**3 // 3),
        ("linalg.qr(T, 'raw')", 2 * LONG - 2 * 30**3 // 3),
        ("linalg.qr(T.T)", 2 * LONG - 2 * 30**3 // 3 + 4 * 30**3 // 3),
        ("linalg.qr(T, mode='complete')", 2 * LONG - 2 * 30**3 // 3 + 4 * (300**2 * 30 - LONG + 30**3 // 3)),
        ("linalg.pinv(A)", 23 * CUBE),
        ("linalg.pinv(A, hermitian=True)", 11 * CUBE),
        ("linalg.lstsq(A, b)", 12 * CUBE + 4 * 60**2),
        ("linalg.lstsq(T, B)", 2 * LONG + 11 * 30**3 + 2 * 7 * 330 * 30),
        ("linalg.matrix_rank(T)", 2 * LONG + 2 * 30**3),
        ("linalg.matrix_rank(A, hermitian=True)", 4 * CUBE // 3),
        ("linalg.matrix_rank(b)", 60),
        ("linalg.cond(A)", 8 * CUBE // 3),
        ("linalg.cond(A, 1)", 2 * CUBE),
        ("linalg.norm(A)", 2 * 60**2),
        ("linalg.norm(A, 1)", 2 * 60**2),
        ("linalg.norm(A, 2)", 8 * CUBE // 3),
        ("linalg.norm(A, -2)", 8 * CUBE // 3),
        ("linalg.norm(A, 'nuc')", 8 * CUBE // 3),
        ("linalg.norm(b, 2)", 2 * 60),
        ("linalg.norm(A, 2, axis=1)", 2 * 60**2),
        ("linalg.norm(S, 2, axis=(1, 2))", 4 * (2 * LONG + 2 * 30**3)),
        ("linalg.norm(S, 'nuc', axis=(0, 1))", 300 * (2 * 30 * 16 + 2 * 64)),
        ("linalg.matrix_norm(S)", 2 * 4 * 30 * 300),
        ("linalg.matrix_norm(S, ord=2)", 4 * (2 * LONG + 2 * 30**3)),
        ("linalg.matrix_power(A, 0)", 0),
        ("linalg.matrix_power(A, 1)", 0),
        ("linalg.matrix_power(A, 3)", 4 * CUBE),
        ("linalg.matrix_power(A, 8)", 6 * CUBE),
        ("linalg.matrix_power(A, -2)", 4 * CUBE),
        ("sort(v)", 1024 * 10),
        ("sort(S)", round(4 * 30 * 300 * np.log2(300))),
        ("sort(S, axis=0)", 4 * 30 * 300 * 2),
        ("sort(reshape(v, (32, 32)), axis=None)", 1024 * 10),
        ("argsort(v)", 1024 * 10),
        ("v.argsort()", 1024 * 10),
        ("median(S)", 3 * 4 * 30 * 300),
        ("fft.fft(v)", 5 * 1024 * 10),
    ],
)
def test_the_count(text: str, count: int) -> None:
    assert flops(text) == count


@pytest.mark.parametrize(
    "text",
    ["linalg.svd(A[b > 0])", "sort(v[v > 0])", "linalg.norm(A[b > 0], 2)", "median(v[v > 0])"],
)
def test_what_the_data_decides_has_none(text: str) -> None:
    assert flops(text) is None


@pytest.mark.parametrize("text", ["sort(zeros(0))", "linalg.pinv(zeros((0, 3)))", "linalg.svd(zeros((2, 0, 3)))"])
def test_nothing_takes_nothing(text: str) -> None:
    assert flops(text) == 0


SIZES = st.integers(200, 2000)


@given(SIZES, SIZES)
def test_a_householder_qr_reflects_what_is_left_each_time(m: int, n: int) -> None:
    """A reflection takes 4 operations for each cell that it changes; the others are of lower order."""
    k = min(m, n)
    assert factorizations.householder(m, n) == pytest.approx(reflections(m, n, k), rel=0.02)
    assert factorizations.reflected(m, k, k) == pytest.approx(reflections(m, k, k), rel=0.02)
    assert factorizations.reflected(m, m, k) == pytest.approx(reflections(m, m, k), rel=0.02)
    assert factorizations.symmetric(n, vectors=False) == pytest.approx(reflections(n, n, n), rel=0.02)


def reflections(rows: int, columns: int, count: int) -> float:
    left = np.arange(count, dtype=float)
    return float((4 * (rows - left) * (columns - left)).sum())


@given(SIZES, SIZES)
def test_more_vectors_take_more_operations_and_turning_a_matrix_none(m: int, n: int) -> None:
    values, thin, full = (each(m, n) for each in (
        factorizations.svd_values, factorizations.svd_thin, factorizations.svd_full))  # fmt: skip
    assert values < factorizations.svd_one_side(m, n) < thin <= full
    assert (values, thin, full) == (
        factorizations.svd_values(n, m), factorizations.svd_thin(n, m), factorizations.svd_full(n, m)
    )  # fmt: skip
