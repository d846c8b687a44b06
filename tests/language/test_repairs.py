from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.repairs.single_result import single_result_problem
from playground.language.signature import Signature, result_shape
from tests.language.expressions import NAMES, arrays, formulas, signatures


def sig(*shape: int, dtype: str = "float64") -> Signature:
    return Signature(shape, np.dtype(dtype))


OPERANDS = {
    "A": sig(3, 2),
    "B": sig(4, 2),
    "C": sig(2, 4),
    "D": sig(4, 3),
    "v": sig(2),
    "w": sig(3),
    "Q": sig(5, 8),
    "K": sig(5, 8),
    "W": sig(764, 100),
    "X": sig(200, 764),
    "i": sig(3, 2, dtype="int32"),
    "m": sig(3, 2, dtype="bool"),
}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("A @ B", "A @ B.T"),
        ("Q @ K", "Q @ K.T"),
        ("W @ X.T", "W.T @ X.T"),
        ("A @ D", "D @ A"),
        ("w @ A.T", "w @ A"),
        ("A @ w", "w @ A"),
        ("dot(A, B)", "dot(A, B.T)"),
        ("(A + 1) @ (B * 2)", "(A + 1) @ (B * 2).T"),
        ("y = relu(A @ B)", "y = relu(A @ B.T)"),
        ("A * C", "A @ C"),
        ("A - A.mean(axis=1)", "A - A.mean(axis=1, keepdims=True)"),
        ("A + w", "A + w[:, None]"),
        ("w + A", "w[:, None] + A"),
        ("2 @ A", "2 * A"),
        ("linalg.inv(A)", "linalg.pinv(A)"),
        ("linalg.solve(A, w)", "linalg.pinv(A) @ w"),
        ("A.reshape(4, 2)", "A.reshape(-1, 2)"),
        ("sum(A, axis=2)", "sum(A, axis=1)"),
        ("vstack([A, w[:, None]])", "hstack([A, w[:, None]])"),
        ("concatenate([A, D])", "concatenate([A.T, D])"),
        ("A[3]", "A[2]"),
        ("i ** -1", "i ** -1.0"),
        ("A ^ 2", "A ** 2"),
        ("-m", "~m"),
        ("AA @ C", "A @ C"),
        ("summ(A)", "sum(A)"),
        ("np.summ(A)", "np.sum(A)"),
        ("norm(A)", "linalg.norm(A)"),
        ("A.exp()", "exp(A)"),
        ("A.meen()", "A.mean()"),
        ("A.t", "A.T"),
        ("A.sum", "A.sum()"),
        ("A × C", "A @ C"),
        ("A − 1", "A - 1"),
        ("2A", "2 * A"),
        ("A(1)", "A[1]"),
        ("A(C)", "A @ C"),
        ("clamp(A, 0, 1)", "clip(A, 0, 1)"),
    ],
)
def test_what_was_meant_is_among_the_first_two(text: str, mended: str) -> None:
    repairs = infer(text, OPERANDS).problems[0].repairs
    assert mended in [repair.source for repair in repairs[:2]]


def test_reshape_is_offered_only_where_nothing_leaves_the_cells_in_place() -> None:
    sources = [repair.source for repair in infer("A @ B", OPERANDS).problems[0].repairs]
    assert sources == ["A @ B.T"]
    # weights keep their shape
    assert infer("x @ W", {"x": sig(64, 3136), "W": sig(784, 128)}).problems[0].repairs == (), (
        "weights keep their shape"
    )
    images = {"x": sig(32, 28, 28), "W": sig(784, 10)}
    assert [repair.source for repair in infer("x @ W", images).problems[0].repairs] == ["x.reshape(32, -1) @ W"]


@settings(max_examples=300)
@given(st.fixed_dictionaries({name: arrays() for name in NAMES}), formulas(depth=2))
def test_every_repair_fits_and_gives_the_shape_it_says(operands: dict[str, np.ndarray], text: str) -> None:
    known = signatures(operands)
    for problem in infer(text, known).problems:
        assert len({repair.source for repair in problem.repairs}) == len(problem.repairs)
        for repair in problem.repairs:
            mended = infer(repair.source, known)
            assert repair.reason
            if repair.leaves_mistake:
                assert not mended.ok
                continue
            assert mended.signature is not None
            assert result_shape(mended.signature) == repair.shape


def test_several_results_are_offered_one_by_one() -> None:
    problem = single_result_problem(infer("d = linalg.svd(A)", OPERANDS))
    assert problem is not None
    assert [repair.source for repair in problem.repairs] == [f"d = linalg.svd(A)[{i}]" for i in range(3)]
    assert all(infer(repair.source, OPERANDS).ok for repair in problem.repairs)
    assert single_result_problem(infer("A", OPERANDS)) is None


@pytest.mark.parametrize(("text", "mended"), [("a @ C", "A @ C"), ("\u0391 @ C", "A @ C"), ("\u0412 @ C", "B @ C")])
def test_a_single_letter_is_meant_by_its_look(text: str, mended: str) -> None:
    assert [repair.source for repair in infer(text, OPERANDS).problems[0].repairs][:1] == [mended]


def test_a_single_letter_that_resembles_nothing_says_how_to_make_the_entry() -> None:
    (problem,) = infer("x @ W", {"x": sig(32, 784)}).problems
    assert problem.repairs == ()
    assert problem.hint == "Write W: (784, 10) to say its shape, or give it numbers first."


@pytest.mark.parametrize(
    ("text", "hint"),
    [("x @ W + W", "write b: (10,)"), ("x @ W + v", "write v: (10,)"), ("x @ W + M", ""), ("x @ W - W", "")],
)
def test_the_size_of_a_bias_is_said_where_nothing_else_mends_it(text: str, hint: str) -> None:
    shapes = {"x": sig(32, 784), "W": sig(784, 10), "v": sig(784), "M": sig(784, 10)}
    (problem,) = infer(text, shapes).problems
    assert hint in problem.hint
    assert bool(hint) == bool(problem.hint)


def test_a_row_of_numbers_in_the_shape_of_a_bias_leaves_a_product_as_it_is() -> None:
    (problem,) = infer("2 * (x @ W + x)", {"x": sig(32, 784), "W": sig(784, 10)}).problems
    assert [repair.source for repair in problem.repairs[:2]] == [
        "2 * (x @ W)",
        "2 * (x @ W + x.sum(axis=1, keepdims=True))",
    ]


@pytest.mark.parametrize("text", ["S.view(complex128)", "S.sum().view('f4')", "S.view(dtype=complex128)"])
def test_numbers_are_kept_where_their_bytes_dont_make_others(text: str) -> None:
    (problem,) = infer(text, {"S": sig(3, 3)}).problems
    (repair,) = problem.repairs
    assert repair.source == text.replace("view", "astype").replace("dtype=", "")
    assert "astype(" in problem.hint


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("modf(v) * 2", ["modf(v)[0] * 2", "modf(v)[1] * 2"]),
        ("modf(v) + modf(w)", ["modf(v)[0] + modf(w)[0]", "modf(v)[1] + modf(w)[1]"]),
        ("linalg.svd(A) + modf(v)", ["linalg.svd(A)[0] + modf(v)[0]", "linalg.svd(A)[1] + modf(v)[1]"]),
    ],
)
def test_one_of_several_results_is_offered_on_both_sides(text: str, mended: list[str]) -> None:
    (problem,) = infer(text, {"v": sig(3), "w": sig(3), "A": sig(3, 3)}).problems
    assert "and one is needed here" in problem.message
    assert [repair.source for repair in problem.repairs] == mended


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("gradient(2.5)", "2.5 has none", "gradient([1, 4, 9])"),
        ("unstack(E)", "Axis 0 of E (0, 3) has no places", "unstack(E, axis=1)"),
        ("unstack(E[:, :0])", "Axis 0 of E[:, :0] (0, 0) has no places", ""),
    ],
)
def test_where_numpy_gives_nothing_at_all_a_sentence_says_why(text: str, message: str, hint: str) -> None:
    (problem,) = infer(text, {"E": sig(0, 3)}).problems
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "shapes", "mended"),
    [
        # what pasted errors of ``x += y`` and ``x[i] = y`` become
        ("broadcast_to(b - g, b.shape)", {"b": (4,), "g": (3, 4)}, ["b - g", "b - g.sum(axis=0)"]),
        ("broadcast_to(g + b, b.shape)", {"b": (3, 1), "g": (3, 4)}, ["g + b", "g.sum(axis=1, keepdims=True) + b"]),
        ("2 * broadcast_to(b - g, b.shape)", {"b": (1, 1), "g": (3, 4)},
         ["2 * (b - g)", "2 * (b - g.sum(axis=(0, 1), keepdims=True))"]),
        ("broadcast_to(a - b, (3,))", {"a": (3, 4), "b": (4,)}, []),
        ("broadcast_to(x, (2,))", {"x": (3,)}, ["x[:2]"]),
        ("broadcast_to(x, (2, 4))", {"x": (3, 4)}, ["x[:2]"]),
        ("broadcast_to(x, (3, 2))", {"x": (3, 4)}, ["x[:, :2]"]),
        ("np.broadcast_to(x, (4, 3))", {"x": (3, 2)}, ["np.pad(x, ((0, 1), (0, 1)))"]),
        ("broadcast_to(x, 4)", {"x": (3,)}, ["pad(x, (0, 1))"]),
        ("broadcast_to(x, (5,))", {"x": (1, 1, 5)}, ["broadcast_to(x[0, 0], (5,))"]),
        ("broadcast_to(x, (5, 2))", {"x": (3, 4)}, []),
        ("broadcast_to(x, b.shape)", {"x": (3,), "b": (2,)}, ["x[:2]"]),
    ],
)  # fmt: skip
def test_what_doesnt_fit_a_given_shape_is_mended(
    text: str, shapes: dict[str, tuple[int, ...]], mended: list[str]
) -> None:
    (problem,) = infer(text, {name: sig(*shape) for name, shape in shapes.items()}).problems
    assert [repair.source for repair in problem.repairs] == mended


def test_einsum_says_which_sizes_would_do() -> None:
    (problem,) = infer("einsum('ij,jk->ik', P, Q)", {"P": sig(2, 3), "Q": sig(4, 5)}).problems
    assert problem.repairs == ()
    assert "axis 0 of Q the size 3, or axis 1 of P the size 4" in problem.hint
