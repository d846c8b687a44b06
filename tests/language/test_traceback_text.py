"""Pasted errors become the arrays that they tell of, the operation that failed, and its repairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.names import name_problem
from playground.language.pasted.traceback_text import Retold, retold
from tests.language.real_error import RealError, framed
from tests.language.real_errors import REAL_ERRORS


def shapes_of(found: Retold) -> str:
    return " ".join(f"{name}={'x'.join(map(str, signature.shape))}" for name, signature in found.shapes.items())


@pytest.mark.parametrize("error", REAL_ERRORS, ids=lambda error: error.seen)
def test_a_real_error_loads_its_shapes_and_the_operation(error: RealError) -> None:
    found = retold(error.text)
    assert found is not None
    assert (found.formula, shapes_of(found), found.is_whole) == (error.formula, error.shapes, error.is_whole)


@pytest.mark.parametrize("error", REAL_ERRORS, ids=lambda error: error.seen)
def test_it_fails_here_too_and_for_a_reason(error: RealError) -> None:
    found = retold(error.text)
    assert found is not None
    assert name_problem(found.target, found.shapes) is None
    problems = infer(found.formula, found.shapes).problems
    assert problems
    assert problems[0].kind not in ("unknown-name", "unknown-function", "syntax")


def test_there_are_enough_of_them() -> None:
    assert len({error.text for error in REAL_ERRORS}) >= 40


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mat1 and mat2 shapes cannot be multiplied (32x784 and 100x784)", "A @ B.T"),
        (
            framed("out = x @ W", "RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x784 and 10x784)"),
            "x @ W.T",
        ),
        (REAL_ERRORS[0].text, "det_embs @ trk_embs"),
        ("add got incompatible shapes for broadcasting: (2, 4), (2,).", "A + B[:, None]"),
    ],
)
def test_its_repairs_are_there(text: str, first: str) -> None:
    found = retold(text)
    assert found is not None
    repairs = infer(found.formula, found.shapes).problems[0].repairs
    assert repairs[0].source == first


@pytest.mark.parametrize(
    ("text", "formula", "shapes"),
    [
        ("ValueError: x and y must have same first dimension, but have shapes (100,) and (99,)", "A + B", "A=100 B=99"),
        ("ValueError: Found input variables with inconsistent numbers of samples: [100, 80]", "A - B", "A=100 B=80"),
        ("RuntimeError: batch1 and batch2 must have same number of batches, but got 2 and 3", "A @ B",
         "A=2x4x5 B=3x5x6"),
        ("RuntimeError: expand(torch.FloatTensor{[3, 4]}, size=[5]): the number of sizes provided (1) must be greater",
         "broadcast_to(A, (5,))", "A=3x4"),
        ("RuntimeError: cannot reshape tensor of 784 elements to shape [28,29] (812 elements)", "A.reshape(28, 29)",
         "A=784"),
        ("ValueError: `logits` and `labels` must have the same shape, received ((None, 10) vs (None, 1)).",
         "cross_entropy(A, B)", "A=2x10 B=2x1"),
    ],
)  # fmt: skip
def test_errors_that_tell_sizes_in_other_words_are_read(text: str, formula: str, shapes: str) -> None:
    found = retold(text)
    assert found is not None
    assert (found.formula, shapes_of(found)) == (formula, shapes)
    assert infer(found.formula, found.shapes).problems


def test_names_that_are_taken_are_left_alone() -> None:
    text = framed("out = x @ W", "RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x784 and 100x10)")
    found = retold(text, taken=("x", "out", "A"))
    assert found is not None
    assert (shapes_of(found), found.formula, found.target) == ("x_2=32x784 W=100x10", "x_2 @ W", "out_2")
    found = retold("mat1 and mat2 shapes cannot be multiplied (32x784 and 100x10)", taken=("A", "C"))
    assert found is not None
    assert (shapes_of(found), found.target) == ("B=32x784 D=100x10", "E")


def test_a_mask_is_of_truths_and_made_up_sizes_are_told() -> None:
    found = retold("boolean index did not match indexed array along dimension 0; dimension is 4 but corresponding "
                   "boolean dimension is 3")  # fmt: skip
    assert found is not None
    assert [str(signature.dtype) for signature in found.shapes.values()] == ["float64", "bool"]
    assert "made up" not in found.sentence
    found = retold("dot_general requires contracting dimensions to have the same shape, got (100,) and (764,)")
    assert found is not None
    assert "made up" in found.sentence


@pytest.mark.parametrize(
    "text",
    ["", "A @ B", "x = np.ones((3, 4))", "ValueError: shapes", "KeyError: 'size'", "shapes (1,2) are nice",
     "RuntimeError: CUDA out of memory",
     "operands could not be broadcast together with shapes (2,3) (2,3) (2,1)",
     "dot_general requires lhs batch dimensions and rhs batch dimensions to have the same shape, got [2 4] and [2 1].",
     "size mismatch, m1: [" + "9" * 50 + " x 3], m2: [3 x 4]"],
)  # fmt: skip
def test_other_texts_are_no_errors_of_shapes(text: str) -> None:
    assert retold(text) is None


@given(st.text(max_size=60), st.sampled_from([error.text for error in REAL_ERRORS]), st.integers(0, 400))
def test_nothing_raises(noise: str, text: str, place: int) -> None:
    retold(text[:place] + noise + text[place:])
    retold(text[place:])


def test_a_message_whose_lines_were_broken_on_the_way_is_read_too() -> None:
    text = (
        '  File "train.py", line 12, in <module>\n    h = x @ W\n'
        "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc\nsignature "
        "(n?,k),(k,m?)->(n?,m?) (size\n 200 is different from 784)\n"
    )
    told = retold(text)
    assert told is not None
    assert (told.formula, told.shapes["x"].shape[-1], told.shapes["W"].shape[0]) == ("x @ W", 784, 200)
