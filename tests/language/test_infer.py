from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.parse import parse
from playground.language.signature import Signature, TupleSignature
from tests.language.expressions import (
    NAMES,
    DataDecides,
    arrays,
    by_numpy,
    fits,
    formulas,
    index_items,
    signatures,
)

if TYPE_CHECKING:
    from playground.language.signature import Shape


def sig(*shape: int | None, dtype: str = "float64") -> Signature:
    return Signature(shape, np.dtype(dtype))


OPERANDS = {
    "A": sig(3, 2),
    "B": sig(2, 4),
    "v": sig(2),
    "f": sig(3, 2, dtype="float32"),
    "i": sig(3, 2, dtype="int32"),
    "m": sig(3, 2, dtype="bool"),
    "S": sig(3, 3),
    "huge": sig(10**6, 10**6),
}

_arrays = st.fixed_dictionaries({name: arrays() for name in NAMES})


def agrees(text: str, operands: dict[str, np.ndarray]) -> None:
    try:
        real = by_numpy(text, operands)
    except DataDecides:
        return
    found = infer(text, signatures(operands))
    open_sizes = any(isinstance(step.signature, Signature) and None in step.signature.shape for step in found.steps)
    if real is None and open_sizes:
        return
    assert fits(found.signature, real), (text, found.signature, real, found.problems)
    assert found.ok == (real is not None)


@settings(max_examples=300)
@given(_arrays, formulas(depth=1))
def test_one_operation_is_as_numpy_has_it(operands: dict[str, np.ndarray], text: str) -> None:
    agrees(text, operands)


@settings(max_examples=400)
@given(_arrays, formulas(depth=3))
def test_nested_formulas_are_as_numpy_has_them(operands: dict[str, np.ndarray], text: str) -> None:
    agrees(text, operands)


@settings(max_examples=300)
@given(_arrays, index_items().filter(lambda items: "A > 1" not in items))
def test_indices_are_as_numpy_has_them(operands: dict[str, np.ndarray], items: str) -> None:
    agrees(f"B[{items}]", operands)


@given(st.text(alphabet="AB@+-*/.()[],:=1e~'\" <>&|sumT", max_size=25))
def test_no_text_raises(text: str) -> None:
    result = infer(text, OPERANDS)
    assert result.ok == (result.signature is not None)


@pytest.mark.parametrize(
    ("text", "shape", "dtype"),
    [
        ("A @ B", (3, 4), "float64"),
        ("f * pi", (3, 2), "float32"),
        ("sqrt(2) * f", (3, 2), "float64"),
        ("i.sum()", (), "int64"),
        ("mean(i)", (), "float64"),
        ("A[m]", (None,), "float64"),
        ("A[m].reshape(-1, 2)", (None, 2), "float64"),
        ("zeros(A.shape[0])", (3,), "float64"),
        ("A.reshape(A.shape)", (3, 2), "float64"),
        ("f.astype(A.dtype)", (3, 2), "float64"),
        ("A.shape", (2,), "int64"),
        ("linalg.svd(A).S", (2,), "float64"),
        ("huge @ huge", (10**6, 10**6), "float64"),
        ("arange(10)[3:]", (7,), "int64"),
        ("[[1, 2], [3, 4]] @ B", (2, 4), "float64"),
        ("[A[0], v]", (2, 2), "float64"),
        ("e * A", (3, 2), "float64"),
        ("softmax(i, axis=0)", (3, 2), "float64"),
        ("x = A.T", (2, 3), "float64"),
        ("0 * (A, A)", (0,), "float64"),
        ("(A, A)[2:]", (0,), "float64"),
        ("trace(A @ A.T).item()", (), "float64"),
        ("zeros((10**9, 10**9))", (10**9,) * 2, "float64"),
    ],
)
def test_signatures(text: str, shape: Shape, dtype: str) -> None:
    signature = infer(text, OPERANDS).signature
    assert isinstance(signature, Signature)
    assert (signature.shape, signature.dtype) == (shape, np.dtype(dtype))


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("A @ A", "inner-sizes", "A @ A needs as many rows in A (3) as columns in A (2)."),
        ("(A + 1) @ S", "inner-sizes", "(A + 1) @ S needs as many rows in S (3) as columns in (A + 1) (2)."),
        ("S @ v", "inner-sizes", "S @ v needs as many numbers in v (2) as columns in S (3)."),
        (
            "A + B",
            "broadcast",
            "A + B lines up A (3, 2) and B (2, 4) from the right; 2 meets 4, and only equal sizes or a 1 fit.",
        ),
        ("9**9**9**9", "integer-size", ""),
        ("i ** -1", "integer-power", ""),
        ("i + 2**40", "integer-range", ""),
        ("1 / 0", "division-by-zero", ""),
        ("2 @ A", "matmul-scalar", ""),
        ("A[3]", "index-range", ""),
        ("A[0, 0, 0]", "index", ""),
        ("A.reshape(5)", "reshape", ""),
        ("sum(A, axis=2)", "axis", ""),
        ("Q", "unknown-name", ""),
        ("foo(A)", "unknown-function", ""),
        ("A.exp()", "unknown-function", ""),
        ("sum", "not-called", ""),
        ("sum()", "missing-argument", ""),
        ("sum(A, foo=1)", "unknown-keyword", ""),
        ("A(1)", "not-a-function", ""),
        ("linalg.inv(A)", "not-square", ""),
        ("-m", "dtype", ""),
        ("A.dtype", "no-value", ""),
        ("[[1], [2, 3]]", "ragged", ""),
        ("linalg.svd(A) + 1", "several-results", ""),
        ("ones((2, 2, 3)).trace().item()", "one-cell", ""),
        ("zeros((10**12, 10**12))", "too-large", ""),
    ],
)
def test_problems(text: str, kind: str, message: str) -> None:
    result = infer(text, OPERANDS)
    assert result.signature is None
    assert result.problems[0].kind == kind
    assert not message or result.problems[0].message == message


def test_steps_come_in_order_and_name_their_place() -> None:
    result = infer("A @ B + 1", OPERANDS)
    assert [step.source for step in result.steps] == ["A", "B", "A @ B", "1", "A @ B + 1"]
    assert result.steps[2].flops == 2 * 3 * 2 * 4


def test_steps_before_a_problem_are_kept_and_the_clash_is_placed() -> None:
    result = infer("A @ A + B", OPERANDS)
    assert [step.source for step in result.steps] == ["A", "A"]
    assert [(result.source[span.start : span.end], axis) for span, axis in result.clash] == [("A", 1), ("A", 0)]


def test_axes_that_an_operation_joins_have_one_number() -> None:
    result = infer("A @ B + sum(A, axis=1, keepdims=True)", OPERANDS)
    assert result.operand_axes == {"A": (0, 1), "B": (1, 2)}
    assert result.steps[-1].axes == (0, 2)
    assert infer("linalg.inv(S)", OPERANDS).steps[-1].axes == (0, 0)
    assert infer("A + 0 * f", OPERANDS).operand_axes["f"] == (0, 1)


def test_equal_sizes_alone_join_nothing() -> None:
    assert infer("sum(A) + sum(f)", OPERANDS).operand_axes == {"A": (0, 1), "f": (2, 3)}


def test_several_results_travel_through_entries() -> None:
    several = infer("linalg.svd(A)", OPERANDS).signature
    assert isinstance(several, TupleSignature)
    assert infer("d.U @ d[0].T", {"d": several}).ok
    assert infer("d + 1", {"d": several}).problems[0].kind == "several-results"


def test_an_entry_named_e_hides_the_number() -> None:
    assert infer("e", {"e": sig(2)}).signature == sig(2)


def test_the_same_question_is_answered_from_memory() -> None:
    assert infer("A @ B", OPERANDS) is infer(parse("A @ B"), OPERANDS)


def test_a_chain_of_many_operators_needs_no_stack() -> None:
    assert infer("+".join(["A"] * 200), OPERANDS).ok


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("v.T", ["vector-transpose"]),
        ("v - ones((2, 1))", ["grew"]),
        ("v - v[:, None]", []),
        ("v + v", []),
        ("A.T", []),
        ("A - v", []),
    ],
)
def test_traps_run_and_are_said(text: str, kinds: list[str]) -> None:
    result = infer(text, OPERANDS)
    assert result.ok
    assert [warning.kind for warning in result.warnings] == kinds


_ITEMS = ["0", "[0, 1]", ":", "None", "...", "1:", "[[0], [1]]", "[True, False]", "i"]


@pytest.mark.parametrize("first", _ITEMS)
def test_three_indices_in_any_mixture_are_as_numpy_has_them(first: str) -> None:
    operands = {"A": np.zeros((2, 2, 2, 3)), "i": np.array([0, 1])}
    for second, third in itertools.product(_ITEMS, _ITEMS):
        agrees(f"A[{first}, {second}, {third}]", operands)
        agrees(f"A[:, {first}, {second}, {third}]", operands)


@pytest.mark.parametrize(("shape", "axis"), [((0, 0), 0), ((0, 0, 2), 0), ((2, 0), 0), ((3, 0, 0), 1), ((2, 0), 1)])
def test_the_smallest_of_no_cells_isnt_defined_even_if_it_is_of_no_lines(shape: tuple[int, ...], axis: int) -> None:
    operands = {"A": np.ones(shape)}
    text = f"min(A, axis={axis})"
    assert fits(infer(text, signatures(operands)).signature, by_numpy(text, operands))
