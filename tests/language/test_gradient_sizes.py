"""Gradients of large operands: nothing on the way is much larger than the operand, and the values are right."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest

from playground.language.gradients import indexing, learning, running
from playground.language.gradients.gradient import gradient
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.differences import check, numbers
from tests.language.gradient_cases import CUBE, PICKED, M, Shapes, V

LARGE: Shapes = {"E": (20000, 8), "v": (30000,), "W": (16, 20000), "x": (40, 16), "T": (3000, 2, 9), "F": (300, 8)}
PLACES: Shapes = {"i": (50,), "y": (40,)}
STEPS = [
    ("x[::2]", V), ("x[1::2]", M), ("x[1:, ::2]**2", M), ("x[::-2, 1::2]", CUBE), ("x[:, None, ::3]", M),
    ("x[[1, 1], None]", M), ("x[arange(3), [0, 3, -1]]", M), ("sum(x[arange(3), [1, 1, 2]]**2)", M),
    ("x[[0, 1], [[1], [2]]]", M), ("x[argmax(x)]", V), ("take(x, [-1, 0, 0])", V), ("x[-1, ::2]", M),
    ("embedding([0, 2, 0], x)", M),
]  # fmt: skip
PRODUCTS = [
    ("prod(x)", V), ("prod(x)", M), ("prod(x, axis=0)", M), ("prod(x, axis=1, keepdims=True)", M), ("cumprod(x)", V),
    ("prod(x, axis=(0, 2))", CUBE), ("cumprod(x, axis=0)", M), ("cumprod(x, axis=1)", CUBE), ("cumprod(x)", M),
    ("prod(x)", {"x": (1,)}), ("cumprod(x)", {"x": (1,)}), ("sum(cumprod(x))", V),
]  # fmt: skip


@pytest.fixture
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every operand be written as a large one."""
    monkeypatch.setattr(indexing, "is_small", lambda x, axis, taken: False)
    monkeypatch.setattr(learning, "is_small", lambda x, axis, taken: False)
    monkeypatch.setattr(running, "_is_long", lambda x, axis: True)


@pytest.mark.parametrize(
    ("source", "wrt"),
    [
        ("sum(E[i]**2)", "E"), ("E[i]", "E"), ("v[i]", "v"), ("v[::2]", "v"), ("E[::3, 1:]", "E"),
        ("E[1:, ::2]**2", "E"), ("embedding(i, E)", "E"), ("cdist(E, F)", "E"), ("cdist(E, F)", "F"),
        ("take(E, i, axis=0)", "E"), ("prod(v)", "v"), ("cumprod(v)", "v"), ("prod(E, axis=0)", "E"), ("T[i, 1]", "T"),
        ("cumprod(E, axis=0)", "E"), ("-mean(log_softmax(x @ W)[arange(40), y])", "W"), ("T[:, 0, ::2]", "T"),
        ("take_along_axis(E, argsort(E, axis=0), axis=0)", "E"), ("v[argmax(v)]", "v"),
    ],
)  # fmt: skip
def test_nothing_on_the_way_is_much_larger_than_what_is_there_already(source: str, wrt: str) -> None:
    operands = {name: Signature(shape, np.dtype(float)) for name, shape in LARGE.items()}
    operands |= {name: Signature(shape, np.dtype(int)) for name, shape in PLACES.items()}
    there = infer(source, operands)
    found = gradient(source, operands, wrt)
    assert found.source is not None, found.problems
    if found.upstream is not None:
        operands["dh"] = found.upstream
    most = max(_cells(step.signature) for step in (*there.steps,))
    for step in infer(found.source, operands).steps:
        assert _cells(step.signature) <= 2 * most, step.source


def _cells(signature: object) -> int:
    return prod(size or 0 for size in signature.shape) if isinstance(signature, Signature) else 0


@pytest.mark.usefixtures("all_is_large")
@pytest.mark.parametrize(("source", "shapes"), [*STEPS, *PICKED, *PRODUCTS])
def test_the_forms_for_large_operands_are_what_central_differences_give(source: str, shapes: Shapes) -> None:
    arrays = numbers(shapes)
    if (source, "x") != ("y[x[0] > 1]", "x"):
        check(source, arrays, "x")


@pytest.mark.parametrize(("source", "shapes"), [*STEPS, *PRODUCTS])
def test_the_forms_for_small_operands_are_what_central_differences_give(source: str, shapes: Shapes) -> None:
    check(source, numbers(shapes), "x")


@pytest.mark.usefixtures("all_is_large")
@pytest.mark.parametrize("source", ["prod(x)", "prod(x, axis=0)", "prod(x, axis=1)", "cumprod(x)", "cumprod(x, axis=0)",
                                    "cumprod(x, axis=1)"])  # fmt: skip
@pytest.mark.parametrize(
    "zeros", [[(0, 1)], [(0, 1), (0, 2)], [(0, 0), (1, 1), (2, 3)]], ids=["one", "row", "diagonal"]
)
def test_products_of_many_cells_are_right_where_cells_are_zero(source: str, zeros: list[tuple[int, int]]) -> None:
    x = numbers(M)["x"]
    for place in zeros:
        x[place] = 0
    check(source, {"x": x}, "x")
    check(source.replace("axis=1", "axis=0").replace("x", "x[0]", 1), {"x": x}, "x")
