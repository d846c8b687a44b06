"""What gradients look like: the formulas that books have, and sentences where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.functions import FUNCTIONS
from playground.language.gradients.gradient import Gradient, gradient
from playground.language.gradients.operation import flat
from playground.language.gradients.rules import RULES
from playground.language.gradients.softmax import PICKED_LOG, SOFTMAX_BY_HAND
from playground.language.infer import infer
from playground.language.names import names_in
from playground.language.nodes import Call, walk
from playground.language.parse import parse
from playground.language.signature import Signature
from tests.language.differences import check, numbers
from tests.language.gradient_cases import ALL, COMPOSED, Shapes
from tests.language.gradient_texts import SHAPES, SYMMETRIC, TEXTS

FLOAT = np.dtype(np.float64)
LAYER: Shapes = {"x": (32, 784), "W": (784, 10), "b": (10,), "y": (32, 10)}
MATRICES: Shapes = {"A": (3, 4), "B": (4, 2), "v": (4,), "u": (3,), "S": (3, 3), "n": ()}
HEADS: Shapes = {"Q": (3, 4), "K": (5, 4), "V": (5, 6), "x": (3, 4)}


def differentiated(source: str, shapes: Shapes, wrt: str, dtype: np.dtype = FLOAT) -> Gradient:
    """Differentiate with respect to one of several arrays of one dtype."""
    return gradient(source, {name: Signature(shape, dtype) for name, shape in shapes.items()}, wrt)


@pytest.mark.parametrize(
    ("source", "shapes", "wrt", "text"),
    [
        ("x @ W + b", LAYER, "x", "dh @ W.T"),
        ("x @ W + b", LAYER, "W", "x.T @ dh"),
        ("x @ W + b", LAYER, "b", "sum(dh, axis=0)"),
        ("relu(x @ W + b)", LAYER, "W", "x.T @ (dh * (x @ W + b > 0))"),
        ("relu(x @ W + b)", LAYER, "b", "sum(dh * (x @ W + b > 0), axis=0)"),
        ("maximum(x, 0)", LAYER, "x", "dh * (x > 0)"),
        ("mean((x @ W - y)**2)", LAYER, "W", "2 * x.T @ (x @ W - y) / y.size"),
        ("mse(x @ W, y)", LAYER, "W", "2 * x.T @ (x @ W - y) / y.size"),
        ("cross_entropy(x @ W, one_hot(argmax(y, axis=1), 10))", LAYER, "W",
         "x.T @ (softmax(x @ W) - one_hot(argmax(y, axis=1), 10)) / x.shape[0]"),
        ("cross_entropy(y, argmax(x, axis=1))", LAYER, "y",
         "(softmax(y) - one_hot(argmax(x, axis=1), y.shape[1])) / x.shape[0]"),
        ("softmax(y)", LAYER, "y", "softmax(y) * (dh - sum(dh * softmax(y), axis=-1, keepdims=True))"),
        ("log_softmax(y)", LAYER, "y", "dh - softmax(y) * sum(dh, axis=-1, keepdims=True)"),
        ("sigmoid(b)", LAYER, "b", "dh * sigmoid(b) * (1 - sigmoid(b))"),
        ("tanh(b)", LAYER, "b", "dh * (1 - tanh(b)**2)"),
        ("softmax(Q @ K.T / sqrt(4)) @ V", HEADS, "V", "softmax(Q @ K.T / sqrt(4)).T @ dh"),
        ("Q @ K.T", HEADS, "K", "dh.T @ Q"),
        ("A @ v", MATRICES, "A", "outer(dh, v)"),
        ("A @ v", MATRICES, "v", "A.T @ dh"),
        ("u @ A", MATRICES, "A", "outer(u, dh)"),
        ("u @ A", MATRICES, "u", "A @ dh"),
        ("v @ v", MATRICES, "v", "2 * v"),
        ("A.T", MATRICES, "A", "dh.T"),
        ("A.T @ A", MATRICES, "A", "A @ (dh + dh.T)"),
        ("sum(A)", MATRICES, "A", "ones_like(A)"),
        ("sum(A**2)", MATRICES, "A", "2 * A"),
        ("sum(A**3)", MATRICES, "A", "3 * A**2"),
        ("-A", MATRICES, "A", "-dh"),
        ("3 * A - A / n", MATRICES, "A", "3 * dh - dh / n"),
        ("u - A.T", MATRICES, "u", "sum(dh, axis=0)"),
        ("A * u[:, None]", MATRICES, "u", "sum(dh * A, axis=1)"),
        ("A * n", MATRICES, "n", "sum(dh * A)"),
        ("1 / n", MATRICES, "n", "-1 / n**2"),
        ("mean(A, axis=0)", MATRICES, "A", "broadcast_to(dh, A.shape) / A.shape[0]"),
        ("A.sum(axis=1) * u", MATRICES, "A", "broadcast_to((dh * u)[:, None], A.shape)"),
        ("exp(A)", MATRICES, "A", "dh * exp(A)"),
        ("log(A)", MATRICES, "A", "dh / A"),
        ("sqrt(A)", MATRICES, "A", "dh / (2 * sqrt(A))"),
        ("linalg.inv(S)", MATRICES, "S", "-linalg.inv(S).T @ dh @ linalg.inv(S).T"),
        ("linalg.det(S)", MATRICES, "S", "linalg.det(S) * linalg.inv(S).T"),
        ("linalg.norm(v)", MATRICES, "v", "v / linalg.norm(v)"),
        ("concatenate([v, u])", MATRICES, "u", "dh[4:]"),
        ("A[1:]", MATRICES, "A", "pad(dh, ((1, 0), (0, 0)))"),
        ("sum(relu(A))", MATRICES, "A", "1.0 * (A > 0)"),
        ("A[arange(3), [0, 1, 1]]", MATRICES, "A", "dh[:, None] * eye(A.shape[1])[[0, 1, 1]]"),
        ("-mean(log(A)[arange(3), [0, 1, 1]])", MATRICES, "A", "-eye(A.shape[1])[[0, 1, 1]] / (3 * A)"),
        ("max(A)", MATRICES, "A", "(A == max(A)) / sum(A == max(A))"),
        ("B.reshape(2, 4)", MATRICES, "B", "dh.reshape(B.shape)"),
        ("einsum('ij,jk->ik', A, B)", MATRICES, "A", "einsum('ik,jk->ij', dh, B)"),
        ("A * (A > 0)", MATRICES, "A", "dh * (A > 0)"),
    ],
)  # fmt: skip
def test_it_reads_as_in_a_book(source: str, shapes: Shapes, wrt: str, text: str) -> None:
    assert differentiated(source, shapes, wrt).source == text


@pytest.mark.parametrize(("source", "wrt", "text"), TEXTS)
def test_common_expressions_have_the_gradients_that_a_person_would_write(source: str, wrt: str, text: str) -> None:
    arrays = numbers(SHAPES)
    arrays["prob"] /= 4
    arrays["S"] = arrays["S"] @ arrays["S"].T
    used = names_in(parse(source).tree)
    if source not in SYMMETRIC:
        assert check(source, {name: arrays[name] for name in used}, wrt) == text
    assert differentiated(source, SHAPES, wrt).source == text


CLUMSY = (".T.T", ".mT.mT", "--", "- -", "+ -", " * 1 ", " * 1)", " / 1 ", "(1 * ")


@pytest.mark.parametrize("text", [text for _, _, text in TEXTS])
def test_no_text_has_what_a_person_would_leave_out(text: str) -> None:
    assert not [clumsy for clumsy in (*CLUMSY, "ones_like(", "1.0 * ") if clumsy in text]


@pytest.mark.parametrize(("source", "shapes"), ALL, ids=lambda value: value if isinstance(value, str) else str(value))
@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_the_text_infers_to_the_shape_of_the_operand(source: str, shapes: Shapes, dtype: type) -> None:
    for wrt, shape in shapes.items():
        found = differentiated(source, shapes, wrt, np.dtype(dtype))
        if found.source is None:
            assert np.dtype(dtype).kind == "i" or found.problems[0].kind == "flat", found.problems
            continue
        assert not [clumsy for clumsy in CLUMSY if clumsy in found.source and clumsy not in source], found.source
        operands = {name: Signature(shape, np.dtype(dtype)) for name, shape in shapes.items()}
        if found.upstream is not None:
            operands["dh"] = found.upstream
        again = infer(found.source, operands)
        assert again.ok, (source, found.source, again.problems)
        assert isinstance(again.signature, Signature)
        assert again.signature.shape == shape


def additions_in(source: str) -> set[str]:
    """Name the functions of a formula that NumPy doesn't have."""
    called = {node.function for node in walk(parse(source).tree) if isinstance(node, Call)}  # type: ignore[arg-type]
    return {name for name in called if FUNCTIONS[name].addition}


@pytest.mark.parametrize(("source", "shapes"), [*ALL, *((text[0], SHAPES) for text in TEXTS)])
def test_the_gradient_of_plain_numpy_is_plain_numpy(source: str, shapes: Shapes) -> None:
    if additions_in(source):
        return
    for wrt in names_in(parse(source).tree):
        found = differentiated(source, shapes, wrt) if wrt in shapes else None
        if found is not None and found.source is not None:
            assert not additions_in(found.source), found.source


@pytest.mark.parametrize(
    ("source", "wrt", "kind", "sentence"),
    [
        ("A @ B", "v", "unknown-name", "v isn't in the formula, so it has no gradient there: it is 0."),
        ("A @ A", "A", "inner-sizes", "A @ A needs as many rows"),
        ("argmax(A)", "A", "flat", "Where A changes a little, this formula doesn't change"),
        ("A > 0", "A", "flat", "the gradient is 0"),
        ("A.astype(int) * 2.0", "A", "flat", "the gradient is 0"),
        ("array(A, dtype=int)", "A", "flat", "the gradient is 0"),
        ("A // 2", "A", "flat", "the gradient is 0"),
        ("floor(A) + A.shape[0]", "A", "flat", "the gradient is 0"),
        ("interp(2.5, v, [1, 2, 3, 4])", "v", "no-gradient", "the slopes on both sides of each"),
        ("sum(i0(S))", "S", "no-gradient", "The derivative of i0 is the function i1, which isn't in the language."),
        (
            "gram_schmidt(S)",
            "S",
            "no-gradient",
            "gram_schmidt is computed in several steps, so its gradient is no single",
        ),
        ("unique(S)", "S", "no-gradient", "unique decides by comparing cells which ones come out"),
        ("abs(fft.fft(v))", "v", "dtype", "fft.fft(v) is complex; gradients are of real numbers here."),
        ("linalg.eigvals(S).real", "S", "dtype", "linalg.eigvals(S) is complex"),
        ("sum(unwrap(v))", "v", "no-gradient", "unwrap has no gradient here."),
        ("linalg.svd(A).Vh", "A", "no-gradient", "Of Vh, only the first 3 are decided by A; the others turn freely."),
        ("linalg.qr(B, 'complete').Q", "B", "no-gradient", "Of Q, only the first 2 are decided by B"),
        ("A[A[:, 0] > 0, 1]", "A", "no-gradient", "A[A[:, 0] > 0, 1] has no gradient here in this form."),
        ("A * 1j", "A", "dtype", "complex"),
        ("A * dh", "A", "unknown-name", "There is no entry named dh."),
        ("(3, 4) @ (4, 2)", "A", "unknown-name", "Shapes that stand for arrays have no names"),
        ("linalg.qr(S)", "S", "several-results", "gives several arrays"),
        ("linalg.norm(S, -2)", "S", "no-gradient", "has no gradient here in this form"),
        ("A @", "A", "unfinished", "isn't complete"),
    ],
)
def test_where_there_is_none_a_sentence_says_why(source: str, wrt: str, kind: str, sentence: str) -> None:
    found = differentiated(source, MATRICES, wrt)
    assert found.source is None
    assert found.problems[0].kind == kind, found.problems
    assert sentence in found.problems[0].message


def test_the_place_is_that_of_the_function() -> None:
    source = "1 + sum(i0(v))"
    span = differentiated(source, MATRICES, "v").problems[0].span
    assert source[span.start : span.end] == "i0"


def test_the_upstream_gradient_may_have_another_name_but_none_that_is_taken() -> None:
    operands = {"A": Signature((3, 4), FLOAT), "dh": Signature((4,), FLOAT)}
    assert gradient("A @ dh", operands, "A").problems[0].kind == "upstream"
    found = gradient("A @ dh", operands, "A", upstream="dC")
    assert found.source == "outer(dC, dh)"
    assert found.upstream == Signature((3,), FLOAT)
    assert gradient("sum(A @ dh)", operands, "A").upstream is None


def test_truths_and_complex_numbers_have_no_gradient() -> None:
    for dtype in ("bool", "complex128"):
        found = differentiated("A + 1", MATRICES, "A", np.dtype(dtype))
        assert found.problems[0].kind == "dtype"


def test_a_gradient_too_long_to_read_is_refused_quickly() -> None:
    found = differentiated("softmax(" * 40 + "v" + ")" * 40, MATRICES, "v")
    assert found.problems[0].kind == "too-long"


def test_a_gradient_of_too_many_parts_is_refused_in_the_same_way() -> None:
    found = differentiated(" @ ".join(["S"] * 21), MATRICES, "S")
    assert found.problems[0].message == "This gradient would have more parts than a formula may have."


def test_a_long_sum_is_differentiated_without_deep_recursion() -> None:
    found = differentiated(" + ".join(["v"] * 200), MATRICES, "v")
    assert found.source == "200 * dh"


@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
def test_as_many_operators_in_a_row_as_a_formula_may_have_are_differentiated(sign: str) -> None:
    assert differentiated(f" {sign} ".join(["v"] * 240), MATRICES, "v").source is not None


def test_means_in_means_are_differentiated_without_reading_parts_again_and_again() -> None:
    source = "v"
    for _ in range(6):
        source = f"({source} - mean({source}))"
    assert differentiated(source, MATRICES, "v").source == "dh - mean(dh)"


def test_every_function_has_a_rule_a_formula_or_a_reason() -> None:
    called = {node.function for source, _ in ALL for node in walk(parse(source).tree) if isinstance(node, Call)}  # type: ignore[arg-type]
    signs = {"add", "subtract", "multiply", "divide", "power", "remainder", "matmul", "negative", "positive"}
    for name, row in FUNCTIONS.items():
        if row.gradient is not None and row.gradient is not flat:
            assert name in called | signs, f"the gradient of {name} is tried nowhere"
    known = FUNCTIONS.keys() | {
        SOFTMAX_BY_HAND,
        PICKED_LOG,
        "T",
        "mT",
        "H",
        "[]",
        "list",
        "dtype",
        "itemsize",
        "nbytes",
    }
    assert not RULES.keys() - known


_LEAVES = st.sampled_from(["x", "y", "x.T", "A", "2", "0.5"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    unary = st.sampled_from(["exp(-{})", "tanh({})", "({}).T", "sigmoid({})", "-({})", "sum({}, axis=0)", "mean({})",
                             "softmax({})", "({})**2", "relu({})", "({})[..., None]", "abs({})",
                             "max({}, axis=-1)"])  # fmt: skip
    binary = st.sampled_from(["({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) @ ({})", "maximum({}, {})",
                              "where(A > 0, {}, {})", "stack([{}, {}])"])  # fmt: skip
    return st.one_of(
        st.builds(lambda form, a: form.format(a), unary, inner),
        st.builds(lambda form, a, b: form.format(a, b), binary, inner, inner),
    )


FORMULAS = st.recursive(_LEAVES, _grown, max_leaves=6)


@given(FORMULAS)
def test_any_formula_that_infers_has_a_gradient_that_infers_or_a_sentence(source: str) -> None:
    shapes: Shapes = {"x": (3, 4), "y": (4,), "A": (4, 4)}
    found = differentiated(source, shapes, "x")
    if found.source is None:
        assert found.problems[0].message
        assert found.problems[0].message != "The gradient of this formula can't be written as one formula here."
    else:
        assert found.signature is not None
        assert found.signature.shape == (3, 4)


_FORMS = ("{}(A)", "{}(A, B)", "{}(A, 2)", "{}(A, axis=0)", "{}([A, B])", "sum({}(A, 1, 0))", "{}(A)[0]")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_call_of_any_function_raises(name: str) -> None:
    for form in _FORMS:
        for shape in ((), (3,), (0,), (3, 3), (2, 3, 3), (None, 3)):
            operands = {"A": Signature(shape, FLOAT), "B": Signature((3,), FLOAT)}
            found = gradient(form.format(name), operands, "A")
            assert (found.source is None) == bool(found.problems)
            if found.signature is not None:
                assert found.signature.shape == shape


@pytest.mark.parametrize(("source", "shapes"), COMPOSED)
def test_a_gradient_can_be_differentiated_again(source: str, shapes: Shapes) -> None:
    wrt = next(iter(shapes))
    first = differentiated(source, shapes, wrt)
    assert first.source is not None
    operands = {name: Signature(shape, FLOAT) for name, shape in shapes.items()}
    if first.upstream is not None:
        operands["dh"] = first.upstream
    second = gradient(first.source, operands, wrt, upstream="ddh")
    assert second.source is not None or second.problems[0].kind in ("too-long", "no-gradient", "unknown-name", "flat")


@pytest.mark.logs("nobody foresaw")
def test_what_nobody_foresaw_is_answered_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("playground.language.gradients.gradient.Walk", failing)
    (problem,) = differentiated("x @ W", LAYER, "x").problems
    assert (problem.kind, problem.span.end) == ("bug", len("x @ W"))
