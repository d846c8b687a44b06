"""Where NumPy does what nobody would guess, the signature, the value's dtype and the refusals are NumPy's still."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from playground.api import evaluate
from playground.language.infer import infer
from tests.language.expressions import by_numpy, fits, signatures

ARRAYS = {
    "A": np.arange(9.0).reshape(3, 3), "a": np.array([1.5, 2.5, 0.5]), "c": np.array([[2.5]]),
    "bo": np.array([True, False, True]), "one": np.array(True), "i": np.array([2, 0, 1]),
    "u": np.array([1, 2, 3], np.uint8), "z": np.array([1 + 2j, 3.0]), "E": np.zeros((0, 3)),
}  # fmt: skip

SAME = [
    "bo ** 2", "bo[:0] ** 2", "one ** 2", "bo ** 1", "bo ** 3", "bo ** 2.0", "bo ** True", "bo.any() ** 2",
    "bo ** A.ndim", "power(bo, 2)", "u ** 2",
    "bo.conj()", "bo.conjugate()", "conj(bo)", "bo[0].conj()", "u.conj()", "z.conj()",
    "argpartition(2.5, 0)", "array(2.5).argpartition(0)", "A.view()", "A.view().T",
    "A.view(float32)", "A.view(int64)", "A.view('u1')", "A[:, :2].copy().view(complex128)", "z.view(float64)",
    "z.view(dtype=float32)", "E.view(float16)", "u.view(int8)", "one.view(uint8)", "bo.view(int8)",
    "A[A > 2].view(int16)",
    "sign(modf(a))", "sum(modf(a))", "sum(modf(a), axis=0)", "mean(linalg.qr(A + eye(3)), axis=(1, 2))",
    "sum(frexp(a))", "concatenate(modf(a))", "stack(divmod(i, 2))", "maximum(modf(a), 1)", "where(modf(a), 1, 2)",
    "sum(meshgrid(A, a)[0])", "meshgrid(A, a)[1]", "meshgrid(A, a, indexing='ij')[0]", "meshgrid(E, a)[0]",
    "meshgrid(A, i, sparse=True)[1]", "meshgrid(A)[0]",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_shape_and_dtype_are_numpys(text: str) -> None:
    known, real = infer(text, signatures(ARRAYS)).signature, by_numpy(text, ARRAYS)
    assert real is not None
    assert fits(known, real), (known, real)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        assert evaluate(text, ARRAYS).dtype == getattr(real, "dtype", None)


@pytest.mark.parametrize(
    ("text", "shape"),
    [("zeros((2,) * A.ndim)", (2, 2)), ("a.reshape((-1,) + (1,) * (A.ndim - 1))", (3, 1)), ("(1, 2) * 2", (4,)),
     ("2 * A.shape", (4,)), ("zeros((3,) * 0)", ()), ("A.shape * -1", (0,)), ("zeros((a.size, 2) * 2)[0, 1]", (3, 2)),
     ("A[A > 1].shape * 2", (2,)), ("(1, 2, 3) * A", (3, 3)), ("[1, 2] * 2", (2,))],
)  # fmt: skip
def test_a_whole_number_repeats_a_tuple(text: str, shape: tuple[int, ...]) -> None:
    assert infer(text, signatures(ARRAYS)).signature.shape == shape  # type: ignore[union-attr]
    assert np.shape(evaluate(text, ARRAYS).value) == shape


@pytest.mark.parametrize(
    "text", ["A.view(complex128)", "one.view(int16)", "a.view(complex128)", "u.view(int16)", "view(A, int32)"]
)
def test_bytes_that_dont_make_other_numbers_are_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError, NameError)):
        eval(text, {**vars(np), **ARRAYS})
    assert not infer(text, signatures(ARRAYS)).ok


def test_a_view_has_the_bytes_of_each_row() -> None:
    np.testing.assert_array_equal(evaluate("A.T.view(int64)", ARRAYS).value, ARRAYS["A"].T.view(np.int64))
    np.testing.assert_array_equal(evaluate("A.T.view(int32)", ARRAYS).value, ARRAYS["A"].T.copy().view(np.int32))


def test_a_tuple_is_repeated_a_thousand_times_at_most() -> None:
    (problem,) = infer("(1, 2) * 10**9", {}).problems
    assert "2000000000 parts" in problem.message


@pytest.mark.parametrize(
    "text", ["A.item()", "eye(3).item()", "np.eye(3).item()", "trunc(A).item()", "(A * 1.0).item()",
             "A.sum(axis=0).item()", "A.item(1, 2, 0)"]
)  # fmt: skip
def test_item_of_several_cells_is_refused(text: str) -> None:
    assert not infer(text, signatures(ARRAYS)).ok


@pytest.mark.parametrize(
    ("text", "number"), [("c.item()", 2.5), ("A.sum().item()", 36), ("c.mean(axis=0).item()", 2.5), ("A.item(5)", 5),
                         ("A.item(1, 2)", 5)]
)  # fmt: skip
def test_item_of_one_cell_is_a_number(text: str, number: float) -> None:
    found = evaluate(text, ARRAYS)
    assert found.shape == ()
    assert found.value == number


@pytest.mark.parametrize(
    "text", ["partition(2.5, 0)", "modf(a) + 1", "modf(a).sum()", "choose(a, [a, a, a])", "linalg.eigh(A) @ A",
             "sum(array_split(a, 2))", "modf(a).astype(int)", "astype(modf(a), int)"]
)  # fmt: skip
def test_what_numpy_refuses_is_refused(text: str) -> None:
    assert by_numpy(text, ARRAYS) is None
    assert not infer(text, signatures(ARRAYS)).ok


def test_item_of_several_cells_offers_one_of_them_their_sum_and_their_mean() -> None:
    (problem,) = infer("2 * A.item()", signatures(ARRAYS)).problems
    assert [repair.source for repair in problem.repairs[:3]] == ["2 * A[0, 0]", "2 * A.sum()", "2 * A.mean()"]
    assert {repair.shape for repair in problem.repairs[:3]} == {()}
