"""Shapes that stand in the place of operands."""

from __future__ import annotations

import time

import numpy as np
import pytest

from playground.language.bare_shapes import is_typed_shape, named_apart, with_names
from playground.language.crossed_shapes import with_tuples
from playground.language.infer import infer
from playground.language.signature import Signature

FLOAT = np.dtype(np.float64)


@pytest.mark.parametrize(
    ("source", "text", "shapes"),
    [
        ("(764, 100) @ (764, 200)", "A @ B", [(764, 100), (764, 200)]),
        ("(3,) @ (3, 4)", "A @ B", [(3,), (3, 4)]),
        ("(2, 3) @ (3, 4) @ (4,)", "A @ B @ C", [(2, 3), (3, 4), (4,)]),
        ("relu((2, 3) @ (3, 4)) + 1", "relu(A @ B) + 1", [(2, 3), (3, 4)]),
        ("(0, 3) @ (3, 2)", "A @ B", [(0, 3), (3, 2)]),
        ("(3, 2).T @ (3, 4)", "A.T @ B", [(3, 2), (3, 4)]),
        ("(3,)[:, None] @ (1, 4)", "A[:, None] @ B", [(3,), (1, 4)]),
        ("(2, 6).reshape((3, 4)) @ (4, 1)", "A.reshape((3, 4)) @ B", [(2, 6), (4, 1)]),
        ("relu((2, 3) @ (3, 4) + (4,)) * 2", "relu(A @ B + C) * 2", [(2, 3), (3, 4), (4,)]),
        ("((2, 3) @ (3, 4)).sum((0, 1))", "(A @ B).sum((0, 1))", [(2, 3), (3, 4)]),
        ("h = (2, 3) @ (3, 4)", "h = A @ B", [(2, 3), (3, 4)]),
    ],
)
def test_shapes_get_names_in_order(source: str, text: str, shapes: list[tuple[int, ...]]) -> None:
    found = with_names(source)
    assert found is not None
    assert found[0] == text
    assert [signature.shape for signature in found[1].values()] == shapes


@pytest.mark.parametrize(
    "source",
    [
        "A @ B",
        "(3, 4) @ B",
        "[1, 2] @ [3, 4]",
        "(1, 2) + (3, 4)",
        "zeros((2, 3))",
        "(",
        "",
        "zeros((2, 3)) @ ones((3, 4))",
        "zeros((2, 3)) @ (3, 4)",
        "(1, 2)[0] @ (2, 3)",
        "A[(1, 2)] @ (2, 3)",
        "(2.0, 3) @ (3, 4)",
        "(-2, 3) @ (3, 4)",
        "stack(((2, 3), (2, 3))) @ (3, 4)",
    ],
)
def test_what_isn_t_a_product_of_shapes_is_left_alone(source: str) -> None:
    assert with_names(source) is None


def test_a_name_that_is_there_already_isn_t_taken() -> None:
    found = with_names("((2, 3) @ (3, 4)) + A")
    assert found is not None
    assert "A" not in found[1]
    apart = named_apart("(2, 3) @ (3, 4)", ("A", "C"))
    assert apart is not None
    assert apart[0] == "B @ D"


def test_inference_reads_them_where_they_stand() -> None:
    found = infer("relu((2, 3) @ (3, 4) + (5,))", {})
    assert [step.source for step in found.steps] == ["(2, 3)", "(3, 4)", "(2, 3) @ (3, 4)", "(5,)"]
    assert "4 meets 5" in found.problems[0].message
    assert sorted(signature.shape for signature in found.shapes.values()) == [(2, 3), (3, 4), (5,)]
    assert not infer("(2, 3) + (3, 4)", {}).shapes


def test_equal_shapes_are_two_arrays() -> None:
    left, right, _ = infer("(3, 3) @ (3, 3)", {}).steps
    assert left.axes == (0, 1)
    assert right.axes == (1, 2)


@pytest.mark.parametrize(
    ("source", "text", "dtypes"),
    [
        ("(32, 784) float16 @ (784, 10)", "A @ B", ["float16", "float64"]),
        ("(32, 784) @ (784, 10) np.float32", "A @ B", ["float64", "float32"]),
        ("x @ (784, 10) float32", "x @ A", ["float32"]),
        ("(32, 1) float32 - (784,) float32", "A - B", ["float32", "float32"]),
        ("softmax((2, 3) float32, axis=1)", "softmax(A, axis=1)", ["float32"]),
        ("h = relu((2, 3)int8 @ (3, 4) int8)", "h = relu(A @ B)", ["int8", "int8"]),
    ],
)
def test_a_dtype_behind_a_tuple_makes_it_a_shape(source: str, text: str, dtypes: list[str]) -> None:
    found = with_names(source)
    assert found is not None
    assert found[0] == text
    assert [str(signature.dtype) for signature in found[1].values()] == dtypes
    x = {"x": Signature((32, 784), np.dtype(np.float32))}
    inference = infer(source, x)
    assert inference.ok
    assert sorted(str(signature.dtype) for signature in inference.shapes.values()) == sorted(dtypes)


@pytest.mark.parametrize(
    "source",
    ["(32, 784) float16", "f(3, 4) float16", "x[(3, 4)] float16", "(3, 4) floaty @ (4, 5)", "(3, 4) float16(2)"],
)
def test_a_word_behind_a_tuple_is_no_dtype_elsewhere(source: str) -> None:
    assert with_names(source) is None
    (problem,) = infer(source, {}).problems
    assert not problem.unfinished


def test_a_typed_shape_alone_asks_for_a_name() -> None:
    (problem,) = infer("(32, 784) float16", {}).problems
    assert problem.hint == "Write x: (32, 784) float16."
    (problem,) = infer("W = (784, 10) int8", {}).problems
    assert problem.hint == "Write W: (784, 10) int8."


def test_a_typed_shape_may_be_unfinished() -> None:
    (problem,) = infer("(32, 784) float16 @", {}).problems
    assert problem.unfinished


@pytest.mark.parametrize(
    ("source", "mended", "shape"),
    [
        ("x @ (784, 128)", "x @ zeros((784, 128))", (32, 128)),
        ("(128, 32) @ x", "zeros((128, 32)) @ x", (128, 784)),
        ("x * (32, 784)", "x * zeros((32, 784))", (32, 784)),
        ("x + (32, 1)", "x + zeros((32, 1))", (32, 784)),
        ("np.matmul(x, (784, 128))", "np.matmul(x, zeros((784, 128)))", (32, 128)),
    ],
)
def test_a_tuple_beside_an_entry_is_numbers_as_in_numpy_and_offered_as_a_shape(
    source: str, mended: str, shape: tuple[int, ...]
) -> None:
    (problem,) = infer(source, {"x": Signature((32, 784), np.dtype(np.float64))}).problems
    assert (problem.repairs[0].source, problem.repairs[0].shape) == (mended, shape)
    assert "not as a shape" in problem.hint


@pytest.mark.parametrize("source", ["(3,2)+(3,)", "(3,2)*(2,4)", "(3, 2) - (4,)", "(3, 2) / (3, 4)"])
def test_two_tuples_are_numbers_which_is_said_also_where_the_shapes_would_not_fit(source: str) -> None:
    (warning,) = [warning for warning in infer(source, {}).warnings if warning.kind == "shape-as-numbers"]
    assert "x: (32, 784)" in warning.hint


@pytest.mark.parametrize(
    "source", ["(1," + "1" * 200 + "x", "(1," + " " * 4000 + "x", "(1, " * 500, "(1,) float16 " * 200]
)
def test_no_text_is_looked_at_for_long(source: str) -> None:
    begin = time.perf_counter()
    assert with_names(source) is None
    infer(source, {})
    assert time.perf_counter() - begin < 0.5


def test_sizes_of_shapes_that_stand_in_the_text_may_have_names() -> None:
    found = infer("relu((B=32,d=784) float16 @ (d=784,h=10) + (h=10))", {})
    assert found.ok
    assert found.signature == Signature((32, 10), FLOAT, axis_names=("B", "h"))
    assert [step.source for step in found.steps][:2] == ["(B=32,d=784)", "(d=784,h=10)"]
    assert with_names("(B=32, d=784) @ (784, 10)") == (
        "A @ B",
        {"A": Signature((32, 784), FLOAT, axis_names=("B", "d")), "B": Signature((784, 10), FLOAT)},
    )
    (problem,) = infer("(B=32,d=784) @ (k=78,h=10)", {}).problems
    assert problem.kind == "inner-sizes"
    assert "d = 784" in problem.message


@pytest.mark.parametrize("source", ["(B=32, d=784)", "(d=784) float32", "h = (B=32, 4)"])
def test_a_shape_with_names_alone_asks_for_a_name(source: str) -> None:
    (problem,) = infer(source, {}).problems
    assert problem.kind == "nameless"
    assert is_typed_shape(source) is not source.startswith("h")


@pytest.mark.parametrize("source", ["sum(axis=1)", "zeros(shape=3)", "x.sum (axis=0)", "(x=y) @ A", "(a==2) @ (3, 4)"])
def test_keywords_are_no_names_of_sizes(source: str) -> None:
    assert with_names(source) is None


@pytest.mark.parametrize(
    ("source", "numpy", "shape"),
    [
        ("3x2 @ 2x4", "(3, 2) @ (2, 4)", (3, 4)),
        ("relu(3x2 @ 2x4 + 4)", "relu((3, 2) @ (2, 4) + 4)", (3, 4)),
        ("3×2 + 3×1", "(3, 2) float64 + (3, 1) float64", (3, 2)),
        ("8x3x2 float32 - 3x1", "(8, 3, 2) float32 - (3, 1) float64", (8, 3, 2)),
    ],
)
def test_shapes_may_be_written_as_the_command_line_has_them(source: str, numpy: str, shape: tuple[int, ...]) -> None:
    reading = with_tuples(source)
    assert reading is not None
    assert reading.numpy == numpy
    found = infer(source, {})
    assert isinstance(found.signature, Signature)
    assert found.signature.shape == shape
    assert all(0 <= step.span.start < step.span.end <= len(source) for step in found.steps)
    apart = named_apart(source, ("A",))
    assert apart is not None
    assert set(apart[1]) == {"B", "C"}


@pytest.mark.parametrize("source", ["3x2", "2 * 3x2", "0x10 + 0x20", "A @ B", "a3x2 @ b"])
def test_other_letters_x_are_no_shapes(source: str) -> None:
    assert with_tuples(source) is None


def test_beside_an_entry_of_that_name_a_sign_is_missing() -> None:
    assert with_tuples("3x2 @ 2x4", ("x2",)) is None
    (problem,) = infer("3x2 @ 2x4", {"x2": Signature((), FLOAT)}).problems
    assert problem.hint == "Write 3 * x2."


def test_shapes_are_told_once() -> None:
    (problem,) = infer("(764, 100) @ (764, 200)", {}).problems
    assert problem.message == (
        "(764, 100) @ (764, 200) needs as many rows on the right (764) as columns on the left (100)."
    )
    assert problem.hint == ""
