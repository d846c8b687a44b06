"""Words, signs and calls that go wrong: the right repair and its shape, and sentences that say what to do."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest

import playground as mp
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.mistakes_of_calls import CALLS, OF_TWO
from tests.language.mistakes_of_habits import HABITS
from tests.language.mistakes_of_meaning import MEANING
from tests.language.mistakes_of_signs import SIGNS
from tests.language.mistakes_of_words import NOTHING_LIKE_IT, WORDS

Row = tuple[str, str, str, str]
ROWS: tuple[Row, ...] = (*WORDS, *SIGNS, *CALLS, *MEANING, *HABITS)
SOME = {
    "A": Signature((3, 2), np.dtype(float)),
    "B": Signature((4, 2), np.dtype(float)),
    "S": Signature((3, 3), np.dtype(float)),
    "T": Signature((3, 4), np.dtype(float)),
    "v": Signature((3,), np.dtype(float)),
    "w": Signature((3,), np.dtype("int64")),
    "u": Signature((4,), np.dtype(float)),
    "x": Signature((5,), np.dtype(float)),
}


def operands(words: str) -> dict[str, Signature]:
    found = {}
    for word in words.split():
        name, _, rest = word.partition("=")
        sizes, _, dtype = rest.partition(":")
        found[name] = Signature(tuple(int(size) for size in sizes.split("x") if size), np.dtype(dtype or "float64"))
    return found


def shape_of(text: str) -> tuple[int | None, ...] | tuple[tuple[int | None, ...], ...]:
    """Read ``"3x2"``, and ``"3x3 2 2x2"`` for several results."""
    if " " in text:
        return tuple(sizes(part) for part in text.split())
    return sizes(text)


def sizes(text: str) -> tuple[int | None, ...]:
    return tuple(None if size == "?" else int(size) for size in text.split("x") if size)


def test_there_are_enough_of_them_and_each_once() -> None:
    assert len(WORDS) >= 120
    assert len(ROWS) >= 300
    assert len({(text, names) for text, names, *_ in (*ROWS, *OF_TWO)}) == len(ROWS) + len(OF_TWO)


@pytest.mark.parametrize(("text", "names", "right", "shape"), ROWS, ids=[f"{row[0]} | {row[1]}" for row in ROWS])
def test_the_right_repair_and_its_shape_are_among_the_first_two(text: str, names: str, right: str, shape: str) -> None:
    (problem,) = infer(text, operands(names)).problems
    assert (right, shape_of(shape)) in [(repair.source, repair.shape) for repair in problem.repairs[:2]]
    assert infer(right, operands(names)).ok
    assert problem.message.endswith(".")


@pytest.mark.parametrize("text", NOTHING_LIKE_IT)
def test_no_repair_is_better_than_a_silly_one(text: str) -> None:
    (problem,) = infer(text, SOME).problems
    assert problem.repairs == ()
    assert problem.hint, "it says what to do nevertheless"


@pytest.mark.parametrize(("text", "names", "right", "shape"), OF_TWO, ids=[row[0] for row in OF_TWO])
def test_of_two_mistakes_the_first_is_mended_and_the_other_keeps_its_problem(
    text: str, names: str, right: str, shape: str
) -> None:
    known = operands(names)
    (problem,) = infer(text, known).problems
    first = problem.repairs[0]
    assert (first.source, first.shape, first.leaves_mistake) == (right, shape_of(shape), True)
    (other,) = infer(right, known).problems
    assert (other.span, other.message) != (problem.span, problem.message)
    for repair in problem.repairs:
        assert infer(repair.source, known).ok is not repair.leaves_mistake


def test_the_door_offers_only_what_infers_without_a_problem() -> None:
    shapes = {"A": (3, 2), "B": (4, 2), "v": (3,), "u": (4,)}
    (problem,) = mp.infer("A @ B - v * u", shapes).problems
    assert [repair.source for repair in problem.repairs] == ["A @ B.T - v[:, None] * u"]
    (problem,) = mp.infer("A @ B - foo", shapes).problems
    assert problem.repairs == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("min(3, 2, 1)", ("min", "a, axis", "3", "list")),
        ("max(1, 2)", ("max", "axis 2", "list")),
        ("sum(A, 0, 1)", ("Argument 3 of sum", "dtype", "tuple")),
        ("zeros(2, 3)", ("Argument 2 of zeros", "dtype", "tuple")),
        ("v.T()", ("T", "parentheses", "v.T")),
        ("np.sum", ("sum is a function", "parentheses", "sum(")),
        ("stack([v, v], axis=5)", ("stack", "axis 5", "result has 2 axes")),
        ("w + 2**1000", ("2**1000", "int64", "point")),
        ("v + 2**1030", ("2**1030", "float64", "inf")),
        ("A.dtype", ("A.dtype", "dtype", "float64", "astype")),
        ("A[:, :, 0]", ("A (3, 2) has 2 axes", "3")),
        ("v[:, 0]", ("v (3,) has 1 axis", "2")),
        ("A[5]", ("row 5", "A (3, 2) has 3", "0 to 2", "0")),
        ("A[0, 7]", ("column 7", "axis 1", "0 to 1")),
        ("A[1.5]", ("1.5", "whole number", "1")),
        ("A[v]", ("v (3,)", "float64", "v.astype(int)")),
        ("A + * B", ("+ *", "out")),
        ("A ! B", ("!", "~")),
        ("A B", ("Between A and B", "@")),
        ("sum(A axis=0)", ("Between A and axis", "comma")),
        ("sin x", ("Between sin and x", "sin(x)")),
        ("A += 1", ("change A in place", "A +")),
        ("sum(A[0)", ("]", ")")),
        ("Aᵀ", ("ᵀ", ".T")),
        ("A × B", ("×", "@", "*")),
        ("math.sqrt(x)", ("math", "NumPy", "sqrt(x)")),
        ("A.min(True)", ("axis of min", "True", "keepdims=True")),
        ("take(A, 7)", ("take", "7", "A (3, 2)", "0 to 5")),
        ("isclose(A, A, v)", ("isclose", "A (3, 2)", "v (3,)", "2 meets 3")),
        ("concatenate([v, 1])", ("v (3,)", "1 ()", "[1]")),
        ("A.mean", ("mean is a method", "parentheses", ".mean()")),
        ("linalg.inv(v)", ("linalg.inv", "matrix", "v (3,)", "1 axis")),
        ("sin(v, v)", ("sin takes one argument", "x", "2")),
        ("zeros(True)", ("zeros", "truths")),
        ("'A' @ B", ("'A'", "text", "quotes")),
        ("isin(v, A, [1.5, 2])", ("assume_unique of isin", "one truth")),
        ("sum(v, keepdims=v)", ("keepdims of sum", "one truth", "v", "keepdims=True")),
        ("histogram(A, 2, v)", ("range of histogram", "smallest", "range=(0, 10)")),
        ("lexsort([1, 2], 5)", ("lexsort", "axis 5")),
        ("percentile(1.5, T)", ("percentile", "array first", "1.5", "percentile(T, 1.5)")),
        ("percentile(T, 150)", ("percentile", "0 to 100", "150", "50")),
        ("print(A)", ("print isn't needed", "shown by itself")),
        ("int(A)", ("int is Python's", ".astype(int)")),
        ("eye(True)", ("N of eye", "whole number")),
        ("allclose(v, v, None)", ("None", "Leave it out")),
    ],
)
def test_a_sentence_says_what_is_wrong_and_what_to_do(text: str, words: tuple[str, ...]) -> None:
    (problem,) = infer(text, SOME).problems
    said = f"{problem.message} {problem.hint}"
    assert [word for word in words if word not in said] == [], said
    assert "Is a sign missing" not in said


def test_what_only_the_data_decides_is_said_in_words_when_it_runs() -> None:
    known = {"A": np.ones((3, 2)), "m": np.array([True, False, True]), "w": np.array([0, 1, 0])}
    with pytest.raises(mp.ComputationError, match="these choose 2 and 3 places") as caught:
        mp.evaluate("A[m, w]", known)
    assert caught.value.hint == "For all rows with all columns index twice: A[rows][:, columns]."


def test_a_clash_is_mended_while_a_person_types() -> None:
    """At most 5 ms for ordinary formulas on a quiet machine; the bound leaves room for what else runs."""
    texts = [(text, operands(names)) for text, names, *_ in ROWS]
    took = []
    for text, known in texts:
        infer(text, known)
        started = time.perf_counter()
        infer(f"{text} ", known)
        took.append(time.perf_counter() - started)
    assert statistics.median(took) < 0.02


def test_a_long_side_is_written_once() -> None:
    known = operands("x=32x784 W=784x128 b=128 V=128x10 c=10")
    left = "softmax(relu(x @ W + b) @ V + c)"
    (problem,) = infer(f"{left} @ W", known).problems
    assert problem.message == "The @ here needs as many rows in W (784) as columns in the left side (10)."
    assert problem.hint == f"{left} (32, 10), W (784, 128)."
    (problem,) = infer(f"{left} - relu(x @ W + b)", known).problems
    assert problem.message.startswith(f"The - here lines up {left} (32, 10) and relu(x @ W + b) (32, 128)")
