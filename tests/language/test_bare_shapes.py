"""Shapes that stand in the place of operands."""

from __future__ import annotations

import pytest

from playground.language.bare_shapes import named_apart, with_names
from playground.language.infer import infer


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
    assert list(found[1].values()) == shapes


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
