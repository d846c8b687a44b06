"""What only the data decides is said in plain words when it fails, and what to do about it."""

from __future__ import annotations

import numpy as np
import pytest

import playground as mp
from playground.compute.failure_words import plain_words
from playground.compute.failures import trouble_of

KNOWN = {
    "A": np.arange(12.0).reshape(3, 4), "v": np.arange(5.0), "n": np.array(9), "i": np.array([7]),
    "m": np.array(-1), "nan": np.array([np.nan, 1.0]), "p": np.array([0.5, 0.6]),
}  # fmt: skip

# fmt: off
FAILING = [
    ("partition(v[v > 2], 4)", "no place 4 to sort to: there are 2 cells"),
    ("argpartition(v[v > 2], [0, 3])", "no place 3 to sort to: there are 2 cells"),
    ("delete(v, i)", "no place 7 along axis 0: it has 5"),
    ("delete(A, n, axis=1)", "no place 9 along axis 1: it has 4"),
    ("delete(v, v[v > 2] > 2)", "delete needs one truth for each of the 5 places"),
    ("insert(v, n, 1)", "no place 9 along axis 0: it has 5"),
    ("insert(A, 1, v[v > 2], axis=0)", "has the shape (1, 2), and (1, 4) is needed"),
    ("A[n]", "no place 9 along axis 0: it has 3"),
    ("v[v > 9][0]", "Axis 0 has no cells"),
    ("take(v, i)", "no place 7 along axis 0: it has 5"),
    ("unravel_index(i * 9, (3, 4))", "no cell 63: there are 12"),
    ("choose(i, [v, v])", "chooses none of the arrays"),
    ("split(v[v > 1], 2)", "can't be split into equally many"),
    ("v[v > 2].reshape(3, 3)", "2 cells don't fill the shape (3, 3)"),
    ("v[v > 2].item()", "item gives one cell, and there are 2"),
    ("squeeze(v[v > 2][None], axis=1)", "Only an axis of size 1 can be dropped"),
    ("broadcast_to(v[v > 2], (5,))", "The shape (2,) doesn't stretch to (5,)"),
    ("v[v > 1] + v[v > 2]", "The shapes (3,) and (2,) don't line up"),
    ("A @ v[v > 2]", "The inner sizes of the product differ: 4 and 2"),
    ("dot(A, v[v > 2])", "The inner sizes of the product of (3, 4) and (2,) differ: 4 and 2"),
    ("einsum('i,i', v, v[v > 2])", "Equal letters need equal sizes: the operands have the shapes (5,) and (2,)"),
    ("vstack([v, v[v > 2]])", "equally long along axis 1; the sizes are 5 and 2"),
    ("stack([v, v[v > 2]])", "What is stacked must have one shape"),
    ("linalg.det(A[A[:, 0] > 0])", "The matrix isn't square"),
    ("max(v[v > 9])", "There are no cells, so there is no max"),
    ("argmin(v[v > 9])", "There are no cells, so there is no min"),
    ("array([1, 2]) ** m", "Integers have no negative powers"),
    ("bincount(array([1, 2]) * m)", "one is negative"),
    ("percentile(v, i * 30)", "between 0 and 100"),
    ("histogram(nan, 3)", "A histogram needs finite numbers"),
    ("digitize(v, v[::-1] * v)", "must go up from one to the next"),
    ("average(v, weights=v * 0)", "The weights add up to 0"),
    ("random.choice([1, 2], p=p)", "The probabilities don't add up to 1"),
    ("random.choice(v[v > 0], 20, replace=False)", "More are drawn than there are"),
    ("random.normal(0, m, 3)", "The width of the distribution is negative"),
    ("random.binomial(3, v[4], 2)", "The parameter p of the distribution"),
    ("fft.fft(v[v > 9])", "A Fourier transform needs at least one number"),
]
# fmt: on


@pytest.mark.parametrize(("text", "said"), FAILING, ids=[text for text, _ in FAILING])
def test_a_failure_is_said_in_plain_words_with_what_to_do(text: str, said: str) -> None:
    assert mp.infer(text, KNOWN).ok
    with pytest.raises(mp.ComputationError) as caught:
        mp.evaluate(text, KNOWN)
    assert said in str(caught.value)
    assert caught.value.hint
    assert "{" not in f"{caught.value}{caught.value.hint}"


@pytest.mark.parametrize("error", [ValueError("nobody foresaw this"), IndexError("odd"), TypeError("what")])
def test_words_that_arent_known_are_the_librarys(error: Exception) -> None:
    assert plain_words(str(error), "value") is None
    found = trouble_of(error)
    assert found is not None
    assert found.message == f"{str(error).capitalize()}."


def test_what_the_system_refuses_is_named() -> None:
    found = trouble_of(PermissionError(13, "Permission denied", "/cache/kernels"))
    assert found is not None
    assert found.kind == "system"
    assert "Permission denied: '/cache/kernels'" in found.message
    assert found.hint


def test_what_has_words_of_its_own_keeps_them() -> None:
    found = trouble_of(np.linalg.LinAlgError("Singular matrix"))
    assert found is not None
    assert (found.kind, "singular" in found.message) == ("singular", True)
