"""Sorting, searching, sets and choosing with all their arguments, held against NumPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from playground.language.infer import infer
from tests.language.expressions import DataDecides, by_numpy, fits, signatures

DTYPES = ["bool", "int8", "uint64", "float32", "complex128"]
TEXTS = [
    *(f"{name}(A{rest})" for name in ("sort", "argsort") for rest in ("", ", axis=0", ", axis=None", ", 2", ", -3")),
    *(f"{name}(A, {rest})" for name in ("partition", "argpartition")
      for rest in ("1", "[0, 2]", "1, axis=0", "2, 0", "-1", "9", "3, axis=None", "1.5", "1, axis=3")),
    "where(A > 0)", "where(A)[1]", "where(A[0, 0])", "where(A > 0, A)", "where(A > 0, A, p[0])",
    "searchsorted(A[0], A)", "searchsorted(A[0], 2.5, 'right')", "searchsorted(A, 2)", "searchsorted(A[0], A, 'up')",
    "A[0].searchsorted(p)", "nonzero(A)", "A.nonzero()[0]", "nonzero(A[0, 0])", "flatnonzero(A)", "argwhere(A)",
    "argwhere(A[0, 0])", "unique(A)", "unique(A, axis=0)", "unique(A, axis=1, return_inverse=True)",
    "unique(A, True, True, True)", "unique(A, return_counts=True)", "unique(A, axis=2)", "unique(A[0, 0])",
    "unique(E)", "unique(E, return_index=True)", "isin(A, p)", "isin(p, A, invert=True)", "isin(1, p)",
    "intersect1d(A, p)", "union1d(A, p)", "setdiff1d(p, A)", "setxor1d(A, p)", "union1d(A, 1.5)",
    "take(A, p)", "take(A, p, axis=0)", "take(A, [[0, 1], [1, 0]], 1)", "take(A, 1, axis=1)",
    "take(A, p, axis=2)", "take(A, [5, 7], axis=0, mode='wrap')", "A.take([0, -1])", "take(A, A > 0)",
    "take(A, [])", "take_along_axis(A, q, 1)", "take_along_axis(A, q, axis=0)", "take_along_axis(A, p, axis=0)",
    "take_along_axis(A, q[:1], axis=1)", "take_along_axis(A, p, axis=None)", "take_along_axis(A, q, axis=None)",
    "take_along_axis(A, q[:2], axis=1)", "choose(p, [A[0, :2], A[1, :2], A[2, :2]])", "choose(p, A[:2, :2])",
    "choose(p, [A, 1.5])", "choose(q, A)", "choose(A[0] > 0, [0, 1])", "select([A > 0], [A])",
    "select([A > 0, A < 0], [A, -1.5], 7)", "select([A], [A])", "select([A > 0], [A, A])", "select([], [])",
    "select([p > 0], [A])", "compress([True, False, True], A, axis=0)", "compress(A > 0, A)", "compress([1, 0], A)",
    "compress(p, A, 5)", "compress([True], A[0, 0])", "extract(A > 0, A)", "extract(p, p)", "diff(A)", "diff(A, 2)",
    "diff(A, axis=0)", "diff(A, 9)", "diff(A, -1)", "diff(A, 0)", "diff(A[0, 0])", "diff(A, prepend=0)",
    "diff(A, append=A)", "diff(A, append=A, axis=0)", "diff(A, prepend=A[:1])", "diff(A, 1, 5)", "diff(E, axis=0)",
    "diff(A, prepend=1.5)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "dtype"), list(itertools.product(TEXTS, DTYPES)))
def test_searching_is_as_numpy_has_it(text: str, dtype: str) -> None:
    operands = {
        "A": (np.arange(12).reshape(3, 4) % 5).astype(dtype),
        "p": np.array([1, 0]),
        "q": np.array([[0, 1, 1], [1, 0, 1], [0, 0, 1]]),
        "E": np.zeros((0, 3), dtype),
    }
    try:
        real = by_numpy(text, operands)
    except DataDecides:
        return
    found = infer(text, signatures(operands))
    assert fits(found.signature, real), (found.signature, real, found.problems)
