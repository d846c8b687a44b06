"""Creation, comparison and numerics along rows with all their arguments, held against NumPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import playground as mp
from playground.language.infer import infer
from tests.language.expressions import DataDecides, by_numpy, fits, namespace, signatures

DTYPES = ["bool", "uint8", "int64", "float32", "complex64"]
TEXTS = [
    "empty((2, 3), dtype=float32)", "empty_like(A)", "empty_like(A, dtype=int)", "full_like(A, 7)",
    "full_like(A, w)", "full_like(A, w[:2])", "full_like(A, 1.5, dtype=int)", "logspace(0, 2, 5)",
    "logspace(0, w, 3)", "logspace(0, 2, 3, base=2)", "logspace(0, 1, 3, base=w)", "logspace(0, A, 2, base=w, axis=1)",
    "logspace(0, w[:3], 2, base=w)", "logspace(0, 2, -1)", "logspace([0, 1], 2, 3, axis=1)",
    "geomspace(1, 8, 4)", "geomspace(A + 1, 8, 4)", "geomspace(1, [2, 4], 3, axis=-1)",
    "logspace(0, 1, 3, dtype=float32)", "meshgrid(w, w[:2])",
    "meshgrid(w, w[:2], indexing='ij')", "meshgrid(w, w[:2], w[:3])", "meshgrid(w, A[0], sparse=True)", "meshgrid(w)",
    "meshgrid(w, 2)", "meshgrid(w, w, indexing='yx')", "meshgrid(A[0], w)[1]", "indices((2, 3))",
    "indices((2, 3), dtype=float32)", "indices(4)", "indices(())", "vander(w)", "vander(A[0], 2)",
    "vander(A)", "vander(w, 0)", "vander(w, N=3, increasing=True)", "convolve(w, A[0])", "convolve(w, A[0], 'same')",
    "convolve(w, A[0, :2], mode='valid')", "convolve(A, w)", "convolve(w, [])", "convolve(w, 2)", "convolve(w, w, 'x')",
    "correlate(w, A[0])", "correlate(w, A[0], mode='full')", "correlate(w[:2], A[0])", "interp(A, w, w)",
    "interp(2, w, A[0])", "interp(w, A[0], w)", "interp(w, w, w[:2])", "interp(w, A, w)", "interp(w, [], [])",
    "trapezoid(A)", "trapezoid(A, axis=0)", "trapezoid(A, w)", "trapezoid(A, w[:2])", "trapezoid(A, A)",
    "trapezoid(A, dx=2)", "trapezoid(A[0, 0])", "isclose(A, w)", "isclose(A, w[:3])", "allclose(A, A)",
    "allclose(A, w[:3])", "array_equal(A, w)", "array_equal(A, A)", "nan_to_num(A)", "nan_to_num(2.5)",
    "gradient(A, w)", "gradient(A, 1, w)", "gradient(A, w[:3], w)", "gradient(A, 1, 2, 3)", "gradient(A, axis=1)",
    "gradient(A, axis=(1, 0))", "gradient(A, axis=(0, 0))", "gradient(A, 2, axis=2)", "gradient(A[:1])",
    "gradient(A, edge_order=2)", "gradient(A[:, :2], edge_order=2)", "gradient(A, edge_order=3)", "gradient(A, w, w)",
    "gradient(w, A)", "gradient(w, [1, 2, 4, 8])", "gradient(w, [1.0])", "ediff1d(A, 1)", "ediff1d(A, 1.5)",
    "ediff1d(A, to_begin=w)", "ediff1d(A, A, to_begin=A)", "ediff1d([])", "ediff1d(2)", "unwrap(A, period=4)",
    "unwrap(A, period=1.5)", "unwrap(A, axis=2)", "unwrap(A, w, axis=0)", "lexsort((w, A[0]))", "lexsort((w, w[:2]))",
    "lexsort([])", "lexsort(3)", "lexsort(w)", "lexsort(A, 1)", "lexsort(A, axis=0)", "polyval(A, w)",
    "polyval(A, w[:3])", "polyval(w, A)", "polyval(2, A)", "polyval([], A)", "polyval(A[0], 2)", "polyval(w, 2)",
    "polyfit(w, A.T, 2)", "polyfit(w, A, 2)", "polyfit(w, A[0], 1)", "polyfit(w, w, -1)", "polyfit(A, A, 1)",
    "polyfit(w, w, 1, w=A[0, :2])", "polyfit([], [], 1)", "i0(A)", "hanning(4)", "hamming(0)",
    "blackman(-2)", "bartlett(1)", "kaiser(4, 2)", "kaiser(4, w[0])", "kaiser(3, 1j)", "diagflat(A)", "diagflat(w, -2)",
    "diagflat(3, 1)", "ascontiguousarray(A)", "ascontiguousarray(3)", "ascontiguousarray(A, int)",
    "array_equiv(A, w)", "array_equiv(A, w[:3])", "asanyarray(A)", "asanyarray(A, dtype=int)",
]  # fmt: skip


def operands(dtype: str) -> dict[str, np.ndarray]:
    return {"A": np.arange(12).reshape(3, 4).astype(dtype), "w": np.array([0.0, 1.0, 2.0, 4.0])}


@pytest.mark.parametrize(("text", "dtype"), list(itertools.product(TEXTS, DTYPES)))
def test_it_is_as_numpy_has_it(text: str, dtype: str) -> None:
    try:
        real = by_numpy(text, operands(dtype))
    except DataDecides:
        return
    found = infer(text, signatures(operands(dtype)))
    assert fits(found.signature, real), (found.signature, real, found.problems)


@pytest.mark.parametrize("text", [text for text in TEXTS if not text.startswith("empty")])
def test_the_values_are_numpys(text: str) -> None:
    known = operands("float32")
    if not infer(text, signatures(known)).ok:
        pytest.skip("not a formula that runs")
    value = mp.evaluate(text, known).value
    wanted = eval(text, namespace(known))
    for ours, theirs in zip(value, wanted, strict=True) if isinstance(wanted, tuple) else [(value, wanted)]:
        np.testing.assert_array_equal(ours, theirs)


def test_empty_is_the_same_each_time() -> None:
    assert mp.evaluate("empty((2, 2), dtype=int)", {}).value.tolist() == [[0, 0], [0, 0]]
    assert mp.evaluate("empty_like(A)", {"A": np.ones(2, np.float32)}).value.tolist() == [0, 0]
