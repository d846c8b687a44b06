"""Named sizes: names travel with the axes, into shapes and into sentences."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.infer import Inference, infer
from playground.language.signature import Signature

FLOAT = np.dtype(np.float64)
OPERANDS = {
    "x": Signature((32, 784), FLOAT, axis_names=("B", "d")),
    "W": Signature((784, 10), FLOAT, axis_names=("k", None)),
    "b": Signature((10,), FLOAT, axis_names=("c",)),
    "V": Signature((100, 10), FLOAT, axis_names=("k", "c")),
    "A": Signature((32, 784), FLOAT),
}


def inferred(source: str) -> Inference:
    return infer(source, OPERANDS)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x", ("B", "d")),
        ("x.T", ("d", "B")),
        ("x @ W", ("B", None)),
        ("x @ W + b", ("B", "c")),
        ("relu(x @ W + b)", ("B", "c")),
        ("x + A", ("B", "d")),
        ("A + x", ("B", "d")),
        ("x.sum(axis=0)", ("d",)),
        ("x.sum(axis=0, keepdims=True)", (None, "d")),
        ("x[0]", ("d",)),
        ("x[:, None, :]", ("B", None, "d")),
        ("x.sum()", ()),
        ("A @ A.T", ()),
        ("x.reshape(-1)", ()),
        ("W.T @ x.T", (None, "B")),
    ],
)
def test_names_travel_with_the_axes(source: str, names: tuple[str | None, ...]) -> None:
    signature = inferred(source).signature
    assert isinstance(signature, Signature)
    assert signature.axis_names == names


def test_an_axis_keeps_its_own_name_beside_one_that_it_meets() -> None:
    by_source = {step.source: step.signature for step in inferred("x @ W").steps}
    assert by_source["x"].axis_names == ("B", "d")
    assert by_source["W"].axis_names == ("k", None)


def test_problems_say_the_names() -> None:
    problem = inferred("x @ V").problems[0]
    assert problem.message == "x @ V needs as many rows in V (k = 100) as columns in x (d = 784)."
    assert problem.hint == "x (B=32, d=784), V (k=100, c=10)."
    assert "d = 784 meets c = 10" in inferred("x + b").problems[0].message
    assert "relu(x) (d = 784)" in inferred("relu(x) @ V").problems[0].message


def test_names_are_part_of_what_is_remembered() -> None:
    plain = infer("x.T", {"x": Signature((32, 784), FLOAT)}).signature
    assert isinstance(plain, Signature)
    assert plain.axis_names == ()


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("x.reshape(B, -1)", "x.reshape(x.shape[0], -1)"),
        ("x @ W / d", "x @ W / x.shape[1]"),
        ("zeros((d, 3))", "zeros((x.shape[1], 3))"),
    ],
)
def test_a_named_size_is_offered_where_an_entry_is_missing(source: str, mended: str) -> None:
    float64 = np.dtype(np.float64)
    operands = {
        "x": Signature((32, 784), float64, axis_names=("B", "d")),
        "b": Signature((10,), float64),
        "W": Signature((784, 10), float64),
    }
    (problem,) = infer(source, operands).problems
    assert problem.repairs[0].source == mended


def test_a_name_for_an_axis_is_mended_to_its_number() -> None:
    (problem,) = inferred("x.sum(axis='d')").problems
    assert [repair.source for repair in problem.repairs] == ["x.sum(axis=1)"]
    assert problem.hint == "An axis is a number: the first is 0, the last is -1."
    (problem,) = inferred("sum(x, 'B')").problems
    assert [repair.source for repair in problem.repairs] == ["sum(x, axis=0)"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("x.mean(axis=B)", "x.mean(axis=0)"),
        ("x.sum(axis=(B, d))", "x.sum(axis=(0, 1))"),
        ("sum(x, d)", "sum(x, axis=1)"),
        ("V.mean(axis=k)", "V.mean(axis=0)"),
        ("one.mean(axis=B)", "one.mean(axis=0)"),
    ],
)
def test_the_name_of_an_axis_is_read_as_its_number(text: str, right: str) -> None:
    operands = {**OPERANDS, "one": Signature((1, 5), FLOAT, axis_names=("B", "d"))}
    assert [repair.source for repair in infer(text, operands).problems[0].repairs][:1] == [right]
    hidden = {**operands, "B": Signature((3, 4), FLOAT), "d": Signature((), FLOAT), "k": Signature((2,), FLOAT)}
    assert right in [repair.source for repair in infer(text, hidden).problems[0].repairs][:1], "an entry has its name"
