"""Statistics with all their arguments, held against NumPy."""

from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest

from playground.language.infer import infer
from tests.language.expressions import DataDecides, by_numpy, fits, signatures

DTYPES = ["bool", "int8", "uint64", "float16", "float32", "float64", "complex64"]
TABLE = np.arange(12).reshape(3, 4) % 5
ROW = np.arange(4) % 3
SHARES = ["0.5", "0", "1", "[0.25, 0.75]", "[[0, 1], [1, 0]]", "w[0]", "array(0.5, dtype=float16)", "True", "2"]
TEXTS = [
    *(f"quantile(A, {q}{rest})" for q in SHARES for rest in ("", ", axis=0", ", method='nearest'")),
    *(f"percentile(A, {q}, axis=1, keepdims=True)" for q in SHARES),
    "nanquantile(A, 0.5, axis=0)", "nanpercentile(A, [5, 50])", "quantile(A, 0.5, method='nosuch')",
    "quantile(E, 0.5)", "quantile(A[0, 0], 0.5)", "quantile(A, 0.5, axis=(0, 1))", "quantile(A, 0.5, axis=2)",
    "average(A, weights=A)", "average(A, axis=1, weights=w)", "average(A, axis=0, weights=w)", "average(A, weights=w)",
    "average(A, axis=(0, 1), weights=A)", "average(A, axis=0)", "median(A, axis=0, keepdims=True)", "median(E)",
    "cov(A, rowvar=False)", "cov(A, A)", "cov(A[0], A[1])", "cov(A, w)", "cov(A[0])", "cov(A, dtype=float32)",
    "cov(A, w[:3])", "cov(A[None])", "corrcoef(A, A)", "corrcoef(A.T)", "cov(w, A)",
    "cov(A[:1], rowvar=False)", "cov(A[:1], A[1:2], rowvar=False)", "corrcoef(A[:1], rowvar=False)", "cov(A[:1])",
    "histogram(A)", "histogram(A, 5)", "histogram(A, [0, 1, 3])", "histogram(A, bins=[0, 1.5, 3], density=True)",
    "histogram(A, 5, weights=A)", "histogram(A, 5, weights=w)", "histogram(A, 0)", "histogram(A, 2.5)",
    "histogram(A, [])", "histogram(A, bins=3, range=(0, 9))",
    "bincount(A[0])", "bincount(A)", "bincount(A[0], weights=w)", "bincount(A[0], minlength=9)", "bincount(A[0], A[1])",
    "digitize(A, [0, 2, 4])", "digitize(A, A)", "digitize(2, w[:1])", "ptp(A, axis=0)", "ptp(E)", "nanmin(E, axis=0)",
    "nanargmax(A, axis=1, keepdims=True)", "nanstd(A, ddof=1)", "nansum(A, axis=(0, 1), dtype=float32)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "dtype"), list(itertools.product(TEXTS, DTYPES)))
def test_statistics_are_as_numpy_has_them(text: str, dtype: str) -> None:
    operands = {"A": TABLE.astype(dtype), "w": ROW.astype("float32"), "E": np.zeros((0, 3), dtype)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            real = by_numpy(text, operands)
        except DataDecides:
            return
    found = infer(text, signatures(operands))
    assert fits(found.signature, real), (found.signature, real, found.problems)
