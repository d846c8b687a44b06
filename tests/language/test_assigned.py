"""What is offered for an assignment to cells gives what the assignment would have made of the array."""

from __future__ import annotations

import numpy as np
import pytest

import playground as mp

VALUES = {
    "A": np.arange(12.0).reshape(3, 4) - 5,
    "B": np.arange(12.0).reshape(3, 4) * 2,
    "x": np.arange(5.0),
    "T": np.arange(24.0).reshape(2, 3, 4),
    "m": np.array([True, False, True]),
    "M": np.arange(12).reshape(3, 4) % 3 == 0,
    "w": np.array([7.0, 8.0, 9.0]),
    "k": np.array([1, 3]),
    "r": np.array([1.0, 2.0, 3.0, 4.0]),
}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("A[A < 0] = 0", "where(A < 0, 0, A)"),
        ("A[M] = 0", "where(M, 0, A)"),
        ("A[m] = 0", "where(m[:, None], 0, A)"),
        ("A[A[:, 0] < 0] = 1.5", "where((A[:, 0] < 0)[:, None], 1.5, A)"),
        ("A[np.isnan(A)] = 0", "np.where(np.isnan(A), 0, A)"),
        ("A[A < 0] *= -1", "where(A < 0, A * (-1), A)"),
        ("A[m] += 1", "where(m[:, None], A + 1, A)"),
        ("x[x > 2] **= 2", "where(x > 2, x ** 2, x)"),
        ("x[2] = 5", "where(arange(x.shape[0]) == 2, 5, x)"),
        ("x[-1] = 5", "where(arange(x.shape[0]) == 4, 5, x)"),
        ("x[2:] = 0", "where(arange(x.shape[0]) >= 2, 0, x)"),
        ("x[:-1] = 0", "where(arange(x.shape[0]) < 4, 0, x)"),
        ("A[0] = r", "where(arange(A.shape[0])[:, None] == 0, r, A)"),
        ("A[0] = B[1]", "where(arange(A.shape[0])[:, None] == 0, B[1], A)"),
        ("A[:, 0] = w", "where(arange(A.shape[1]) == 0, w[:, None], A)"),
        ("A[:, -1] = 1", "where(arange(A.shape[1]) == 3, 1, A)"),
        ("A[0, 1] = 7", "where((arange(A.shape[0])[:, None] == 0) & (arange(A.shape[1]) == 1), 7, A)"),
        ("A[1:, 0] += 1", "where((arange(A.shape[0])[:, None] >= 1) & (arange(A.shape[1]) == 0), A + 1, A)"),
        ("A[[0, 2]] = 0", "where(isin(arange(A.shape[0])[:, None], [0, 2]), 0, A)"),
        ("x[k] += 1", "where(isin(arange(x.shape[0]), k), x + 1, x)"),
        ("T[:, 1] = r", "where(arange(T.shape[1])[:, None] == 1, r, T)"),
        ("T[:, :, 2] = 0", "where(arange(T.shape[2]) == 2, 0, T)"),
    ],
)
def test_an_assignment_is_offered_as_a_choice_that_gives_the_same(text: str, mended: str) -> None:
    (problem,) = mp.infer(text, VALUES).problems
    assert problem.repairs[0].source == mended
    expected = {name: value.copy() for name, value in VALUES.items()}
    exec(text, {"np": np}, expected)
    np.testing.assert_array_equal(mp.evaluate(mended, VALUES).value, expected[text[0]])


@pytest.mark.parametrize(
    "text",
    [
        "A[[0, 2]] = B[1:]",
        "A[0][1] = 5",
        "A[99] = 1",
        "A[-9] = 1",
        "A[::2] = 0",
        "q[0] = 1",
        "A[B] = 0",
        "A[m, 0, 1, 2] = 0",
        "A[] = 0",
    ],
)
def test_other_assignments_are_no_choice(text: str) -> None:
    (problem,) = mp.infer(text, VALUES).problems
    assert not [repair for repair in problem.repairs if "where" in repair.source]


def test_the_sentence_says_that_cells_stay_as_they_are() -> None:
    (problem,) = mp.infer("A[A < 0] = 0", VALUES).problems
    assert problem.message == "A formula computes something new; it can't change cells of A."
    assert problem.hint == "Choose for each cell: where(A < 0, 0, A)."
