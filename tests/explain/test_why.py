"""Why a number: for each kind of top operation the terms, the cells that take part, and the words."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.explain.bound import bound_vectors
from playground.explain.origin import CellRef
from playground.explain.why import MAX_TERMS, why
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.record import Record, fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.recipe import Part
    from playground.explain.why import Joining, Why
    from playground.language.nodes import Node

ARRAYS: dict[str, np.ndarray] = {
    "A": np.array([[2.0, 1], [0, 3], [-1, 2]]),
    "B": np.array([[1.0, -1, 3, 0], [2, 2, -1, 4]]),
    "I": np.array([[1, 2], [3, 4]]),
    "X": np.arange(24.0).reshape(2, 3, 4),
    "Z": np.array([1 + 2j, -1j]),
    "b": np.array([1.0, 2, 3, 4]),
    "s": np.array(2.5),
    "x": np.array([1.0, -2]),
    "long": np.arange(70.0),
    "one": np.array([[5.0]]),
    "u": np.arange(12, dtype=np.uint8).reshape(3, 4),
}
SIGNATURES = {name: Signature(array.shape, array.dtype) for name, array in ARRAYS.items()}
FUNCTIONS: dict[str, Any] = {
    "relu": lambda a: np.maximum(a, 0),
    "softmax": lambda a, axis=-1: np.exp(a) / np.exp(a).sum(axis, keepdims=True),
    **{name: getattr(np, name) for name in ("linalg", "dot", "inner", "matmul", "mean", "maximum", "where", "zeros",
                                            "transpose", "prod", "max", "exp", "sum", "clip")},
}  # fmt: skip


class Whole:
    """Values that are there as a whole."""

    def __init__(self, evaluate: Callable[[Node], np.ndarray]) -> None:
        self._evaluate = evaluate

    def cells(self, part: Part, first: int | None = None) -> np.ndarray:
        return self._evaluate(part.node)[part.where].reshape(-1)[:first]

    def count(self, part: Part) -> int:
        return self.cells(part).size

    def joined(self, part: Part, start: int, how: Joining) -> object:
        rest = self.cells(part)[start:]
        return {"sum": np.sum, "squares": lambda cells: np.sum(np.abs(cells) ** 2), "prod": np.prod}[how](rest)


def explain(source: str, *index: int, name: str = "") -> Why:
    inference = infer(source, SIGNATURES)
    assert not inference.problems

    def evaluate(node: Node) -> np.ndarray:
        return np.asarray(eval(source[node.span.start : node.span.end], FUNCTIONS | ARRAYS))

    return why(inference, index, Whole(evaluate), name)


def written(reason: Why) -> str:
    return reason.before + reason.joiner.join(term.text for term in reason.terms) + reason.after


@pytest.mark.parametrize(
    ("source", "index", "text", "value", "sentence"),
    [
        ("A @ B", (0, 1), "2·(−1) + 1·2", 0, "row 0 of A · column 1 of B"),
        ("A.T @ A", (0, 1), "2·1 + 0·3 + (−1)·2", 0, "row 0 of A.T (column 0 of A) · column 1 of A"),
        ("A @ x", (2,), "(−1)·1 + 2·(−2)", -5, "row 2 of A · x"),
        ("x @ B", (3,), "1·0 + (−2)·4", -8, "x · column 3 of B"),
        ("x @ x", (), "1·1 + (−2)·(−2)", 5, "x · x"),
        ("dot(A, B)", (0, 1), "2·(−1) + 1·2", 0, "row 0 of A · column 1 of B"),
        ("A.dot(x)", (1,), "0·1 + 3·(−2)", -6, "row 1 of A · x"),
        ("inner(A, A)", (0, 1), "2·0 + 1·3", 3, "row 0 of A · row 1 of A"),
        ("X @ X[0].T", (1, 2, 0), "20·0 + 21·1 + 22·2 + 23·3", 134, "X[1, 2, :] · column 0 of X[0].T"),
        ("(A + 1) @ B", (0, 1), "3·(−1) + 2·2", 1, "row 0 of (A + 1) · column 1 of B"),
        ("Z @ Z", (), "(1+2j)·(1+2j) + (−0−1j)·(−0−1j)", -4 + 4j, "Z · Z"),
        ("I @ I", (1, 0), "3·1 + 4·3", 15, "row 1 of I · column 0 of I"),
        ("A + x", (1, 0), "0 + 1", 1, "A[1, 0] and x[0]"),
        ("A * 2", (2, 0), "(−1) * 2", -2, "A[2, 0]"),
        ("A > 0", (2, 0), "(−1) > 0", False, "A[2, 0]"),
        ("-A", (2, 0), "−(−1)", 1, "A[2, 0]"),
        ("maximum(A, 0)", (2, 0), "maximum(−1, 0)", 0, "A[2, 0]"),
        ("relu(A @ B + b)", (2, 2), "relu(−2)", 0, "(A @ B + b)[2, 2]"),
        ("where(A > 0, A, 0)", (2, 0), "where(False, −1, 0)", 0, "(A > 0)[2, 0] and A[2, 0]"),
        ("sum(A, axis=0)", (1,), "1 + 3 + 2", 6, "sum of column 1 of A"),
        ("sum(A, axis=-1)", (2,), "(−1) + 2", 1, "sum of row 2 of A"),
        ("A.sum(1)", (2,), "(−1) + 2", 1, "sum of row 2 of A"),
        ("A.sum()", (), "2 + 1 + 0 + 3 + (−1) + 2", 7, "sum of all of A"),
        ("X.sum(axis=(0, 2))", (1,), "4 + 5 + 6 + 7 + 16 + 17 + 18 + 19", 92, "sum of X[:, 1, :]"),
        ("mean(A, axis=1, keepdims=True)", (1, 0), "(0 + 3) / 2", 1.5, "mean of row 1 of A"),
        ("prod(x)", (), "1 · (−2)", -2, "prod of x"),
        ("max(A)", (), "max(2, 1, 0, 3, −1, 2)", 3, "max of all of A"),
        ("linalg.norm(x)", (), "√(1² + (−2)²)", math.sqrt(5), "norm of x"),
        ("A.T", (1, 2), "", 2, "the same as A[2, 1]"),
        ("(A @ B).T", (1, 0), "", 0, "the same as (A @ B)[0, 1]"),
        ("A.reshape(2, 3)", (1, 1), "", -1, "the same as A[2, 0]"),
        ("X[..., 1]", (1, 2), "", 21, "the same as X[1, 2, 1]"),
        ("X[:, -1, ::2]", (1, 1), "", 22, "the same as X[1, 2, 2]"),
        ("x[None]", (0, 1), "", -2, "the same as x[1]"),
        ("A[A > 0]", (1,), "", 1, "taken from A by its index"),
        ("A", (0, 0), "", 2, "the same as A[0, 0]"),
        ("softmax(A)", (1, 0), "", math.exp(-3) / (1 + math.exp(-3)), "every cell of row 1 of A has a part in it"),
        ("softmax(A, axis=0)", (0, 1), "", math.e / (math.e + math.e**3 + math.e**2),
         "every cell of column 1 of A has a part in it"),
        ("linalg.norm(A, 1)", (), "", 6, "every cell of A has a part in it"),
        ("linalg.det(I)", (), "", -2, "every cell of I has a part in it"),
        ("zeros((2, 2))", (1, 1), "", 0, "made by zeros((2, 2)), from no array"),
    ],
)  # fmt: skip
def test_each_operation_has_its_reason(
    source: str, index: tuple[int, ...], text: str, value: complex, sentence: str
) -> None:
    reason = explain(source, *index)
    assert written(reason) == text
    assert reason.value == pytest.approx(value)
    assert reason.sentence == sentence


def test_a_sum_that_wraps_round_says_what_it_really_is() -> None:
    reason = explain("u @ u.T", 2, 2)
    assert written(reason) == "8·8 + 9·9 + 10·10 + 11·11 = 366, in uint8"
    assert reason.value == 110
    assert explain("u @ u.T", 0, 1).after == ""


def test_the_result_is_called_by_its_name() -> None:
    assert explain("A @ B", 0, 1, name="C").result == "C[0, 1]"
    assert explain("A @ B", 0, 1).result == "(A @ B)[0, 1]"
    assert explain("x @ x").result == "x @ x"
    inference = infer("D = A.T", SIGNATURES)
    assert why(inference, (0, 2), Whole(lambda node: ARRAYS["A"].T)).result == "D[0, 2]"


def test_factors_know_their_cells() -> None:
    term = explain("A.T @ A", 0, 1).terms[2]
    assert (term.left_text, term.operator, term.right_text) == ("(−1)", "·", "2")
    assert (term.left, term.right) == (CellRef("A", 2, 0), CellRef("A", 2, 1))
    computed = explain("(A + 1) @ B", 0, 1).terms[0]
    assert (computed.left, computed.right) == (None, CellRef("B", 0, 1))


@pytest.mark.parametrize(
    ("source", "index", "regions"),
    [
        ("A @ B", (0, 1), [("left", "A", (0, 1), (0, 2)), ("right", "B", (0, 2), (1, 2))]),
        ("A.T @ A", (0, 1), [("left", "A", (0, 3), (0, 1)), ("right", "A", (0, 3), (1, 2))]),
        ("A @ x", (1,), [("left", "A", (1, 2), (0, 2)), ("right", "x", (0, 1), (0, 2))]),
        ("A[0:2] @ B[:, ::2]", (1, 1), [("left", "A", (1, 2), (0, 2)), ("right", "B", (0, 2), (2, 3))]),
        ("A[::-1] @ B", (0, 1), [("left", "A", (2, 3), (0, 2)), ("right", "B", (0, 2), (1, 2))]),
        ("A[::2, 0].sum()", (), [("left", "A", (0, 1), (0, 1)), ("left", "A", (2, 3), (0, 1))]),
        ("X.sum(axis=0)", (1, 2), [("left", "X", (1, 2), (2, 3)), ("left", "X", (4, 5), (2, 3))]),
        ("X.sum(axis=1)", (1, 2), [("left", "X", (3, 6), (2, 3))]),
        ("A + x", (1, 0), [("left", "A", (1, 2), (0, 1)), ("right", "x", (0, 1), (0, 1))]),
        ("s * A", (1, 0), [("left", "s", (0, 1), (0, 1)), ("right", "A", (1, 2), (0, 1))]),
        ("A * 2", (1, 0), [("left", "A", (1, 2), (0, 1))]),
        ("one @ one", (0, 0), [("left", "one", (0, 1), (0, 1)), ("right", "one", (0, 1), (0, 1))]),
        ("linalg.inv(I)", (0, 0), [("left", "I", (0, 2), (0, 2))]),
    ],
)
def test_regions_are_cells_of_entries(source: str, index: tuple[int, ...], regions: list[tuple[object, ...]]) -> None:
    found = explain(source, *index).operands
    assert [(r.role, r.name, r.rows, r.columns) for r in found] == regions


def test_a_computed_operand_has_no_cells() -> None:
    left, right = explain("(A + 1) @ B", 0, 1).operands
    assert (left.source, left.name, left.rows) == ("(A + 1)", None, None)
    assert right.name == "B"


def test_a_long_sum_says_how_much_it_leaves_out() -> None:
    reason = explain("long @ long")
    assert len(reason.terms) == MAX_TERMS
    assert reason.more == 70 - MAX_TERMS
    assert sum(term.value for term in reason.terms) + reason.rest == reason.value  # type: ignore[misc, operator]
    folded = explain("long.sum()")
    assert (folded.more, folded.rest) == (6, 64 + 65 + 66 + 67 + 68 + 69)


def plain_dict(value: Any) -> Any:
    if isinstance(value, Record):
        return {field: plain_dict(getattr(value, field)) for field in fields(type(value))}
    return [plain_dict(item) for item in value] if isinstance(value, tuple) else value


def test_a_reason_travels_as_json_with_nan_and_infinity() -> None:
    ARRAYS_WITH = {"A": np.array([[math.nan, math.inf]]), "B": np.array([[1.0], [-math.inf]])}
    inference = infer("A @ B", {n: Signature(a.shape, a.dtype) for n, a in ARRAYS_WITH.items()})
    names: dict[str, Any] = dict(ARRAYS_WITH)
    values = Whole(lambda node: eval("A @ B"[node.span.start : node.span.end], names))
    reason = why(inference, (0, 0), values)
    assert written(reason) == "nan·1 + ∞·(−∞)"
    assert reason.value_text == "nan"
    assert json.loads(json.dumps(plain_dict(reason)))["result"] == "(A @ B)[0, 0]"


def test_only_plain_values_stand_in_a_reason() -> None:
    plain = (str, int, float, complex, bool, type(None))

    def check(value: object) -> None:
        if isinstance(value, tuple):
            for item in value:
                check(item)
        elif isinstance(value, Record):
            for field in fields(type(value)):
                check(getattr(value, field))
        else:
            assert type(value) in plain

    for source, index in [("A @ B", (0, 1)), ("I @ I", (0, 0)), ("A > 0", (0, 0)), ("Z @ Z", ()), ("I.sum()", ())]:
        check(explain(source, *index))


@pytest.mark.parametrize(
    ("source", "index", "sources", "cells"),
    [
        ("A @ B", (0, 1), ("A[0, :]", "B[:, 1]"), ([(0, 0), (0, 1)], [(0, 1), (1, 1)])),
        ("A.T @ A", (0, 1), ("A[:, 0]", "A[:, 1]"), ([(0, 0), (1, 0), (2, 0)], [(0, 1), (1, 1), (2, 1)])),
        ("x @ x", (), ("x", "x"), ([(0, 0), (0, 1)], [(0, 0), (0, 1)])),
        ("inner(A, A)", (2, 1), ("A[2, :]", "A[1, :]"), ([(2, 0), (2, 1)], [(1, 0), (1, 1)])),
        ("A[::-1] @ B", (0, 1), ("A[2, :]", "B[:, 1]"), ([(2, 0), (2, 1)], [(0, 1), (1, 1)])),
        ("A[:, ::-1] @ B", (0, 1), ("A[0, :]", "B[:, 1]"), ([(0, 1), (0, 0)], [(0, 1), (1, 1)])),
        ("X[0] @ b", (2,), ("X[0][2, :]", "b"), ([(2, 0), (2, 1), (2, 2), (2, 3)], [(0, k) for k in range(4)])),
        ("(A + 1) @ B", (0, 1), ("(A + 1)[0, :]", "B[:, 1]"), ([], [(0, 1), (1, 1)])),
    ],
)
def test_bound_vectors_know_the_cells_that_a_drag_edits(
    source: str, index: tuple[int, ...], sources: tuple[str, str], cells: tuple[list[object], list[object]]
) -> None:
    bound = bound_vectors(infer(source, SIGNATURES), index)
    assert bound is not None
    assert tuple(b.source for b in bound) == sources
    assert tuple([(c.row, c.column) for c in b.cells] for b in bound) == cells


@pytest.mark.parametrize("source", ["A + x", "A.sum()", "A", "A @", "A @ A", "linalg.inv(I)"])
def test_what_is_no_product_binds_no_vectors(source: str) -> None:
    assert bound_vectors(infer(source, SIGNATURES), (0, 0)) is None


def test_cells_read_column_after_column_are_not_traced_row_after_row() -> None:
    assert "A[2, 0]" not in explain("A.reshape(2, 3, order='F')", 1, 1).sentence
    assert explain("A.reshape(2, 3, order='C')", 1, 1).sentence == "the same as A[2, 0]"
