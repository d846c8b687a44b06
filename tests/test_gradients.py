"""``mp.gradient`` and ``matrix-playground grad``: operands of every kind, the upstream gradient, and what is wrong."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import playground as mp
from playground import cli

X, W = np.arange(6.0).reshape(2, 3), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def refused(expression: str, operands: dict[str, Any], wrt: str, **more: str) -> mp.Problem:
    with pytest.raises(mp.ExpressionError) as caught:
        mp.gradient(expression, operands, wrt, **more)
    return caught.value.problems[0]


def test_arrays_give_text_shape_and_value() -> None:
    found = mp.gradient("x @ W", {"x": X, "W": W}, "W")
    assert (found.source, found.shape, found.dtype, found.upstream) == ("x.T @ dh", (3, 2), np.float64, "dh")
    np.testing.assert_array_equal(found.value, X.T @ np.ones((2, 2)))


def test_nested_lists_are_arrays() -> None:
    found = mp.gradient("sum(x * w)", {"x": [[1, 2], [3, 4]], "w": [10, 20]}, "w")
    assert (found.source, found.upstream) == ("sum(x, axis=0)", None)
    np.testing.assert_array_equal(found.value, [4, 6])


def test_shapes_give_text_and_shape_and_compute_nothing() -> None:
    operands = {"x": (32, 784), "W": ((784, 10), "float32"), "b": "(d=10) float32"}
    for wrt, text in (("x", "dh @ W.T"), ("W", "x.T @ dh"), ("b", "sum(dh, axis=0)")):
        found = mp.gradient("x @ W + b", operands, wrt)
        assert (found.source, found.value) == (text, None)
    huge = mp.gradient("x + 1", {"x": (10**6, 10**6)}, "x")
    assert (huge.source, huge.value) == ("dh", None)


def test_the_upstream_gradient_is_an_operand() -> None:
    dh = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(mp.gradient("x @ W", {"x": X, "W": W, "dh": dh}, "W").value, X.T @ dh)
    found = mp.gradient("x @ W", {"x": X, "W": W, "dC": dh}, "x", upstream="dC")
    assert found.source == "dC @ W.T"
    np.testing.assert_array_equal(found.value, dh @ W.T)


def test_cells_taken_by_truths_have_as_many_gradients_as_the_data_has_true_ones() -> None:
    found = mp.gradient("x[x > 2]", {"x": X}, "x")
    np.testing.assert_array_equal(found.value, X > 2)
    given = mp.gradient("x[x > 2]", {"x": X, "dh": [10.0, 20.0, 30.0]}, "x")
    np.testing.assert_array_equal(given.value, [[0, 0, 0], [10, 20, 30]])


def test_an_upstream_gradient_of_another_shape_is_refused() -> None:
    problem = refused("x @ W", {"x": X, "W": W, "dh": np.ones(2)}, "W")
    assert problem.kind == "upstream"
    assert problem.message == "dh has the shape (2,); the gradient that flows in has that of the result, (2, 2)."


def test_an_operand_called_dh_may_be_in_the_expression() -> None:
    assert refused("x * dh", {"x": X, "dh": X}, "x").kind == "upstream"
    assert mp.gradient("sum(x * dh)", {"x": X, "dh": X}, "x").source == "dh"


@pytest.mark.parametrize(
    ("expression", "wrt", "kind", "place"),
    [
        ("x @ x", "x", "inner-sizes", (0, 5)),
        ("x @ W", "y", "unknown-name", (0, 5)),
        ("1 + sum(i0(x))", "x", "no-gradient", (8, 10)),
        ("argmax(x)", "x", "flat", (0, 9)),
        ("x @", "x", "unfinished", (3, 3)),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_place(
    expression: str, wrt: str, kind: str, place: tuple[int, int]
) -> None:
    problem = refused(expression, {"x": X, "W": W}, wrt)
    assert (problem.kind, (problem.start, problem.end)) == (kind, place)


def test_an_operand_that_is_none_is_refused() -> None:
    assert refused("x + 1", {"x": [[1], [2, 3]]}, "x").kind == "operand"


def test_what_fails_while_running_has_no_place_in_the_expression() -> None:
    with pytest.raises(mp.ComputationError) as caught:
        mp.gradient("linalg.inv(A)", {"A": [[1.0, 2.0], [2.0, 4.0]]}, "A")
    assert caught.value.kind == "singular"
    assert caught.value.start is None


def test_float32_stays_float32() -> None:
    operands = {"x": X.astype(np.float32), "W": W.astype(np.float32)}
    found = mp.gradient("mean(relu(x @ W)**2)", operands, "W")
    assert found.dtype == found.value.dtype == np.float32


# --- the command line


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(["grad", *arguments])
    except SystemExit as end:
        code = int(str(end.code))
    return (code, *capsys.readouterr())


def test_grad_prints_text_and_shape(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "x @ W + b", "x=32x784", "W=784x10:float32", "b=10", "--wrt", "b")
    assert (code, out, err) == (0, "sum(dh, axis=0)\n(10,) float64\n", "")


def test_grad_prints_the_value_where_there_are_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "sum((A @ x)**2)", "A=[[1.0, 2], [3, 4]]", "x=[1, 1]", "--wrt", "x")
    assert (code, out) == (0, "2 * A.T @ (A @ x)\n[48. 68.]\n(2,) float64\n")


def test_grad_takes_the_upstream_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "3 * x", "x=[1.0, 2]", "dh=[10, 20]", "--wrt", "x", "--json")
    assert code == 0
    assert json.loads(out) == {
        "ok": True, "source": "3 * dh", "shape": [2], "dtype": "int64", "value": [30, 60], "upstream": "dh",
    }  # fmt: skip


def test_grad_says_what_is_wrong_with_a_caret(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "sum(i0(x))", "x=3", "--wrt", "x")
    assert (code, out) == (1, "")
    assert err.splitlines()[:3] == [
        "sum(i0(x))",
        "    ^^",
        "The derivative of i0 is the function i1, which isn't in the language.",
    ]
    code, out, _ = run(capsys, "x + 1", "x=3", "--wrt", "y", "--json")
    assert code == 1
    assert json.loads(out)["error"]["kind"] == "unknown-name"


def test_grad_has_the_exit_codes_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "x", "x=3")[0] == 2
    assert run(capsys, "linalg.inv(A)", "A=[[1.0, 2], [2, 4]]", "--wrt", "A")[0] == 4
    assert run(capsys, "x", "x=nothing.npy", "--wrt", "x")[0] == 1
