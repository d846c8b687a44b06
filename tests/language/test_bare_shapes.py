"""Shapes that stand in the place of operands."""

from __future__ import annotations

import pytest

from playground.language.bare_shapes import with_names


@pytest.mark.parametrize(
    ("source", "text", "shapes"),
    [
        ("(764, 100) @ (764, 200)", "A @ B", [(764, 100), (764, 200)]),
        ("(3,) @ (3, 4)", "A @ B", [(3,), (3, 4)]),
        ("(2, 3) @ (3, 4) @ (4,)", "A @ B @ C", [(2, 3), (3, 4), (4,)]),
        ("relu((2, 3) @ (3, 4)) + 1", "relu(A @ B) + 1", [(2, 3), (3, 4)]),
        ("(0, 3) @ (3, 2)", "A @ B", [(0, 3), (3, 2)]),
    ],
)
def test_shapes_get_names_in_order(source: str, text: str, shapes: list[tuple[int, ...]]) -> None:
    found = with_names(source)
    assert found is not None
    assert found[0] == text
    assert list(found[1].values()) == shapes


@pytest.mark.parametrize(
    "source", ["A @ B", "(3, 4) @ B", "[1, 2] @ [3, 4]", "(1, 2) + (3, 4)", "zeros((2, 3))", "(", ""]
)
def test_what_isn_t_a_product_of_shapes_is_left_alone(source: str) -> None:
    assert with_names(source) is None


def test_a_name_that_is_there_already_isn_t_taken() -> None:
    found = with_names("((2, 3) @ (3, 4)) + A")
    assert found is not None
    assert "A" not in found[1]
