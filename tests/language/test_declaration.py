"""Shapes that are declared: what is read, what is refused and where, and what isn't finished yet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground as mp
from playground.language.declaration import declaration_text, declared
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.language.vocabulary import DTYPES


def signature_of(source: str, **sizes: int) -> Signature:
    found = declared(source, sizes)
    assert found is not None
    assert found.problem is None, found.problem
    assert found.signature is not None
    return found.signature


@pytest.mark.parametrize(
    ("source", "shape", "dtype", "names"),
    [
        ("x: (32, 784) float16", (32, 784), "float16", ()),
        ("x: (32, 784)", (32, 784), "float64", ()),
        ("x:(32,784)int8", (32, 784), "int8", ()),
        ("x: (B=32, d=784)", (32, 784), "float64", ("B", "d")),
        ("x: (B=32, 784) half", (32, 784), "float16", ("B", None)),
        ("x: (B: 32, d: 784)", (32, 784), "float64", ("B", "d")),
        ("v: (3,)", (3,), "float64", ()),
        ("v: (3)", (3,), "float64", ()),
        ("s: ()", (), "float64", ()),
        ("s: () bool", (), "bool", ()),
        ("x: (0, 3)", (0, 3), "float64", ()),
        ("x: 32×784", (32, 784), "float64", ()),
        ("x: 32x784 float32", (32, 784), "float32", ()),
        ("x: (2, 3), np.float32", (2, 3), "float32", ()),
        ("x: (2, 3) torch.float32", (2, 3), "float32", ()),
        ("t: (1, 2, 3, 4, 5, 6)", (1, 2, 3, 4, 5, 6), "float64", ()),
        ("x: (1_000_000_000, 1_000_000_000)", (10**9, 10**9), "float64", ()),
    ],
)
def test_what_a_declaration_says(
    source: str, shape: tuple[int, ...], dtype: str, names: tuple[str | None, ...]
) -> None:
    assert signature_of(source) == Signature(shape, np.dtype(dtype), axis_names=names)


@pytest.mark.parametrize("source", ["A @ B", "A = B", "x := 3", "A[1:2]", "", ":", "3: (2,)", "(3, 4)", "lambda x: x"])
def test_what_isn_t_a_declaration(source: str) -> None:
    assert declared(source) is None


def test_the_name_may_be_known_from_elsewhere() -> None:
    found = declared("(3, 4) int8", name="x")
    assert found is not None
    assert (found.name, found.signature) == ("x", Signature((3, 4), np.dtype(np.int8)))
    assert declared("A @ B", name="x") is None


def test_a_size_that_has_a_name_elsewhere_needs_no_number() -> None:
    assert signature_of("W: (d, c=10)", d=784) == Signature((784, 10), np.dtype(np.float64), axis_names=("d", "c"))
    assert signature_of("W: (d=5, 10)", d=784).shape == (5, 10)


@pytest.mark.parametrize(
    ("source", "kind", "blamed"),
    [
        ("x: (B, 784)", "no-size", "B"),
        ("x: (3, -1)", "declaration", "-"),
        ("x: (1.5, 2)", "declaration", "."),
        ("x: (3 4)", "declaration", "4"),
        ("x: 3", "declaration", "3"),
        ("x: [3, 4]", "declaration", "["),
        ("x: (3, 4) float33", "dtype", "float33"),
        ("x: (3, 4) float32 more", "declaration", "more"),
        ("sum: (3, 4)", "name", "sum"),
        ("pi: (3, 4)", "name", "pi"),
        ("x: (B=2, B=2)", "declaration", "(B=2, B=2)"),
        ("x: (99999999999999999999999)", "too-large", "99999999999999999999999"),
        ("x: (5000000000, 5000000000)", "too-large", "(5000000000, 5000000000)"),
    ],
)
def test_a_mistake_is_said_where_it_is(source: str, kind: str, blamed: str) -> None:
    found = declared(source)
    assert found is not None
    assert found.signature is None
    assert found.problem is not None
    assert found.problem.kind == kind
    assert blamed in source[found.problem.span.start : found.problem.span.end]
    assert found.problem.message.endswith((".", "?"))


@pytest.mark.parametrize("source", ["x: (32, 784) float16", "x: (B=32, d=784) complex64", "v: (3,)"])
def test_unfinished_is_not_wrong(source: str) -> None:
    for end in range(source.index(":") + 1, len(source)):
        found = declared(source[:end])
        assert found is not None
        assert found.problem is None or found.problem.unfinished, source[:end]


def test_more_axes_than_any_array_has() -> None:
    found = declared(f"x: ({'1,' * 33})")
    assert found is not None
    assert found.problem is not None
    assert found.problem.kind == "too-large"


SIGNATURES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([None, "B", "d", "k"])), max_size=6).flatmap(
    lambda axes: st.builds(
        lambda dtype: Signature(
            tuple(size for size, _ in axes),
            np.dtype(dtype),
            axis_names=tuple(name for _, name in axes) if any(name for _, name in axes) else (),
        ),
        st.sampled_from(sorted(set(DTYPES.values()))),
    )
)


@given(SIGNATURES)
def test_what_is_written_reads_back(signature: Signature) -> None:
    named = [name for name in signature.axis_names if name]
    found = declared(f"x: {declaration_text(signature)}")
    assert found is not None
    if len(set(named)) == len(named):
        assert found.signature == signature
    else:
        assert found.problem is not None


@given(st.text(alphabet="x:(),=B32 float16\t×.-", max_size=30), st.text(max_size=8))
def test_no_text_raises(text: str, rest: str) -> None:
    for source in (text, f"x: {text}", f"x: ({text}{rest}"):
        found = declared(source, {"B": 3})
        if found is not None:
            assert (found.signature is None) == (found.problem is not None)
            if found.problem is not None:
                assert 0 <= found.problem.span.start <= found.problem.span.end <= len(source)


def test_inference_reads_a_declaration_as_a_shape_without_numbers() -> None:
    found = infer("x: (32, 784) float16", {})
    assert found.ok
    assert found.signature == Signature((32, 784), np.dtype(np.float16))
    assert found.target == "x"
    assert list(found.shapes.values()) == [found.signature]
    (step,) = found.steps
    assert found.source[step.span.start : step.span.end] == "(32, 784) float16"
    with pytest.raises(mp.ExpressionError):
        mp.evaluate("x: (3, 4)", {})


def test_a_declaration_with_a_mistake_is_answered_as_one() -> None:
    (problem,) = infer("x: (1e3, 2)", {}).problems
    assert (problem.message, problem.hint) == ("A size is a whole number, 0 or more.", "Write 1000.")
    assert (problem.span.start, problem.span.end) == (4, 7)


@pytest.mark.parametrize(
    "text",
    [
        "IndexError: index 3 is out of bounds for axis 0 with size 3",
        "numpy.linalg.LinAlgError: Singular matrix",
        "Traceback (most recent call last):   File x",
        "KeyError: 'a'",
    ],
)
def test_an_error_message_is_no_declaration(text: str) -> None:
    assert declared(text) is None
    (problem,) = infer(text, {}).problems
    assert problem.kind == "error-message"


def test_an_array_may_be_called_an_error() -> None:
    assert signature_of("Error: (3, 4)").shape == (3, 4)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("x: (32 784)", "x: (32, 784)"),
        ("x: [32, 784]", "x: (32, 784)"),
        ("x: 32 784", "x: (32, 784)"),
        ("x: 784", "x: (784,)"),
        ("x: float32 (32, 784)", "x: (32, 784) float32"),
        ("x: (32, 784.0)", "x: (32, 784)"),
        ("x: (32, 784) f4", "x: (32, 784) float32"),
        ("x: (32, 784) flaot16", "x: (32, 784) float16"),
        ("x: [B=32, d=784]", "x: (B=32, d=784)"),
    ],
)
def test_a_declaration_that_is_written_another_way_is_mended(text: str, mended: str) -> None:
    (problem,) = infer(text, {}).problems
    assert mended in [repair.source for repair in problem.repairs[:2]]
    assert infer(mended, {}).ok


@pytest.mark.parametrize("text", ["x: (a, b)", "x: words", "x: 1 2 3 4 5 6 7 8 9", "x: (32.5, 2)", "x: 3 red pears"])
def test_what_names_no_shape_has_no_repair(text: str) -> None:
    (problem,) = infer(text, {}).problems
    assert problem.repairs == ()
