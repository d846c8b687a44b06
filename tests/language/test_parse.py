from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.literal import literal_value
from playground.language.names import free_name, name_problem, names_in, rename
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, walk
from playground.language.parse import parse


def test_a_target_is_told_from_a_comparison() -> None:
    assert parse("D = A.T").target == "D"
    assert isinstance(parse("D = A.T").tree, Attribute)
    assert parse("A == B").target is None


def test_spans_count_characters_not_bytes() -> None:
    tree = parse("  é @ ('ü', ß)[1]").tree
    assert isinstance(tree, Binary)
    assert isinstance(tree.right, Index)
    last = [node for node in walk(tree) if isinstance(node, Name)][-1]
    assert "  é @ ('ü', ß)[1]"[last.span.start : last.span.end] == "ß"
    assert (tree.operator_span.start, tree.operator_span.end) == (4, 5)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("np.linalg.norm(A)", "linalg.norm"),
        ("cp.sum(A)", "sum"),
        ("linalg.inv(A)", "linalg.inv"),
        ("A.sum()", "sum"),
        ("absolute(A)", "abs"),
        ("A.flatten()", "ravel"),
    ],
)
def test_functions_have_their_canonical_names(text: str, function: str) -> None:
    tree = parse(text).tree
    assert isinstance(tree, Call)
    assert tree.function == function


def test_separate_sizes_of_a_method_become_one_tuple() -> None:
    tree = parse("A.reshape(2, -1)").tree
    assert isinstance(tree, Call)
    assert len(tree.arguments) == 2


def test_dtype_names_and_constants_are_literals() -> None:
    assert parse("float32").tree == Literal(parse("float32").tree.span, "float32")  # type: ignore[union-attr]
    assert literal_value(parse("np.pi").tree) == pytest.approx(3.14159265)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "A @",
        "1e",
        "1e-",
        "-",
        "(",
        "A[",
        "A[1:",
        "A.",
        "D =",
        "f(a=",
        "f(",
        "[1, 2,",
        "'fro",
        "A @ (B",
        "A !",
        "0x",
        "1_",
        "sum(A, ax",
        "A <",
        "not",
        "~",
    ],
)
def test_texts_that_are_being_typed_are_unfinished(text: str) -> None:
    (problem,) = parse(text).problems
    if text != "not":
        assert problem.unfinished
    assert problem.message


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A) + (B", "bracket"),
        ("A − B", "typographic"),
        ("A × B", "typographic"),
        ("“fro”", "typographic"),
        ("import os", "statement"),
        ("2A", "syntax"),
        ("A; B", "syntax"),
        ("A B", "syntax"),
        ("lambda: 0", "not-allowed"),
        ("[x for x in A]", "not-allowed"),
        ("f'{A}'", "not-allowed"),
        ("(A := 1)", "not-allowed"),
        ("A in B", "not-allowed"),
        ("A.foo", "unknown-attribute"),
        ("np.foo", "unknown-name"),
        ("9" * 3000, "integer-size"),
        ("A+" * 300 + "A", "too-long"),
        ("(" * 90 + "A" + ")" * 90 + ".T" * 90, "too-deep"),
        ("x" * 5000, "too-long"),
    ],
)
def test_mistakes_have_their_kind_and_a_sentence(text: str, kind: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.kind, problem.unfinished) == (kind, False)
    assert problem.message
    assert 0 <= problem.span.start <= problem.span.end <= len(text)


def test_a_long_typed_list_is_read() -> None:
    text = f"[{', '.join(['-1.25'] * 5000)}]"
    assert literal_value(parse(text).tree) == [-1.25] * 5000


@pytest.mark.parametrize("text", ["1orA", "0xfor 1", "0xforA", "1_0ifA", ".5is B", "1jand A", "1__0or", "'\\d'"])
def test_python_has_nothing_to_say_on_standard_error(text: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert parse.__wrapped__(text).tree is None
    assert said == []


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    parsed = parse(text)
    assert (parsed.tree is None) == bool(parsed.problems)


@given(st.text(alphabet="AB@+-*/.()[],:=1e~'\" <>&|\n−×é", max_size=25))
def test_no_near_formula_raises(text: str) -> None:
    for problem in parse(text).problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[2, 1], [0, 3]]", [[2, 1], [0, 3]]),
        ("-1/3", -1 / 3),
        ("2+1j", 2 + 1j),
        ("sqrt(16)", 4.0),
        ("-inf", -float("inf")),
        ("A", None),
        ("9**9**9**9", None),
        ("1/0", None),
        ("sqrt(-1)", None),
        ("'a'", None),
        ("1 << 70", None),
    ],
)
def test_literals_are_read_from_the_text_alone(text: str, value: object) -> None:
    assert literal_value(parse(text).tree) == value


def test_names_come_in_order_of_first_use() -> None:
    assert names_in(parse("B @ A + sum(B, axis=0) * pi").tree) == ("B", "A")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("A @ A.T + sum(A)", "X @ X.T + sum(X)"),
        ("A = B", "X = B"),
        ("AA @ A", "AA @ X"),
        ("A @", "X @"),
        ("sum(B, A=1)", "sum(B, A=1)"),
    ],
)
def test_renaming_touches_references_only(text: str, mended: str) -> None:
    assert rename(text, "A", "X") == mended


@pytest.mark.parametrize("name", ["", "1a", "for", "sum", "pi", "float32", "np", "__x", "a b", "A", "x" * 100])
def test_bad_names_are_answered(name: str) -> None:
    assert name_problem(name, {"A"})


def test_good_names_pass_and_free_ones_are_found() -> None:
    assert name_problem("weights", {"A"}) is None
    assert free_name({"A", "B"}) == "C"
    assert free_name({chr(65 + i) for i in range(26)}) == "A1"
