"""Pasted code means what Python means: lists are joined and repeated, what refused lines would have changed is said."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.pasted.snippet import read_snippet
from playground.language.pasted.snippet_memory import changed_in
from tests.language.test_snippet import answers, sources, values_of

LISTS = [
    ("x = np.array([0]*5)", [0] * 5),
    ("x = 3 * [1, 2]", [1, 2] * 3),
    ("x = np.array([[1, 0, -1]]*3)", [[1, 0, -1]] * 3),
    ("x = [[0]*3]*2", [[0] * 3] * 2),
    ("x = [1, 2] + [3, 4]", [1, 2, 3, 4]),
    ("n = 4\nx = [1.5] * n", [1.5] * 4),
    ("n = 3\nn = 4\nx = [0] * n", [0] * 4),
    ("A = np.ones((2, 3))\nx = [0] * len(A)", [0] * 2),
    ("A = np.ones((2, 3))\nn = A.shape[1]\nx = [[1, 2]] * n", [[1, 2]] * 3),
    ("a = [1, 2]\nb = a + [3]\nx = b * 2", [1, 2, 3] * 2),
    ("a = [1, 2]\na += [3]\nx = a * 2", [1, 2, 3] * 2),
    ("a = [1, 2]\na = np.array(a)\nx = a * 2", [2, 4]),
    ("a = [1, 2]\nx = a * np.array([3, 4])", [3, 8]),
    ("a = [1, 2]\nb = a * np.array([3, 4])\nx = b * 2", [6, 16]),
    ("a = list(range(3))\nx = a * 2", [0, 1, 2] * 2),
    ("def f(a):\n    return np.array(a * 2)\nx = f([1, 2])", [1, 2] * 2),
    ("x = np.array([0] * 1000)", [0] * 1000),
    ("a = (1, 2)\nx = a + (3,)", [1, 2, 3]),
    ("a = (1, 2)\nx = np.zeros(a * 2)", np.zeros((1, 2, 1, 2))),
]


@pytest.mark.parametrize(("code", "value"), LISTS)
def test_lists_are_joined_and_repeated_as_python_does(code: str, value: object) -> None:
    np.testing.assert_array_equal(values_of(read_snippet(code))["x"], value)


def test_a_list_that_is_repeated_as_often_as_the_data_tells_is_refused() -> None:
    assert "np.tile" in answers("n = x.sum()\ny = [0] * n", x=(3,))[2]


STALE = [
    ("b = np.ones(2)\nfor _ in range(3):\n    b = b*2\nlam = b @ b", {4: "This is b without line 2"}),
    ("b = np.ones(2)\nwhile b[0] < 9:\n    b *= 2\nlam = b @ b", {4: "This is b without line 2"}),
    ("b = np.ones(2)\nfor i in range(2): b[i] = i\nc = b.sum()", {3: "This is b without line 2"}),
    ("b = np.ones(2)\nif b[0]:\n    c = 1\nelse:\n    b = 0\nd = b + 1", {6: "This is b without line 4"}),
    ("if 1 > 0:\n    b = np.ones(2)\nd = b + 1", {3: "b is missing: line 1"}),
    ("class F:\n    b = 2\n\nb = np.ones(2)\nc = b + 1", {}),
    ("x = np.ones(3)\ny = x\ny[0] = 10\nz = x.sum()", {4: "This is x without line 3"}),
    ("x = np.ones((3, 3))\ny = x[0]\ny += 1\nz = x.sum()", {3: "is called", 4: "This is x without line 3"}),
    ("x = np.ones((3, 3))\ny = x.T\ny.fill(2)\nz = x.sum()", {3: "np.full_like", 4: "This is x without line 3"}),
    ("x = np.ones((3, 3))\ny = x[[0, 1]]\ny[0] = 1\nz = x.sum()", {}),
    ("k = 2\nA = np.ones((3, 3))\nA[k] = 0\nm = np.eye(3)[k]", {}),
    ("k = 2\nj = k\nk += 1\nm = np.eye(3)[j]", {3: "is called"}),
]


@pytest.mark.parametrize(("code", "said"), STALE)
def test_what_lines_that_cannot_be_read_would_have_changed_is_said(code: str, said: dict[int, str]) -> None:
    remarks = {remark.line: remark.sentence for remark in read_snippet(code).remarks if remark.is_entry}
    assert remarks.keys() == said.keys()
    assert all(part in remarks[line] for line, part in said.items())


def test_changed_in_names_what_a_block_binds_or_changes() -> None:
    assert changed_in("for i in range(3):\n    b = b * 2\n    A[i] += 1\n    s.append(1)") == ("i", "b", "A", "s")
    assert changed_in("elif x:\n  (a, c), d.e = f(y := 2)") == ("a", "c", "d", "y")
    assert changed_in("class A:\n  b = 2") == changed_in("for x in (:") == ()


def test_one_prompt_among_plain_lines_hides_none_of_them() -> None:
    code = "a = np.ones(2)\nb = a + 1\n>>> b\narray([2.,\n       2.])\nc = b * 2\n"
    assert sources(code) == {"a": "np.ones(2)", "b": "a + 1", "c": "b * 2"}
    assert sources(">>> a = np.ones(2)\n>>> a\narray([1., 1.])\n") == {"a": "np.ones(2)"}


@pytest.mark.parametrize(
    ("call", "numpy"),
    [
        ("tuple(x)", "x"),
        ("int(2.7) * x", "2 * x"),
        ("bool(0) + x", "False + x"),
        ("complex(1, 2)", "1 + 1j * 2"),
        ("min(3, 4)", "np.minimum(3, 4)"),
        ("max(1, 2, 3)", "np.maximum(np.maximum(1, 2), 3)"),
        ("max(x)", "max(x)"),
    ],
)
def test_functions_of_python_are_numpys(call: str, numpy: str) -> None:
    assert sources(f"y = {call}", x=(3,))["y"] == numpy


def test_pythons_sum_of_a_table_adds_up_its_rows() -> None:
    found = sources("a = sum(x)\nb = sum(2 * x)\nv = x[0]\nc = sum(v)\nd = np.sum(x)\ny = x + 1\ne = sum(y)", x=(2, 3))
    assert [found[name] for name in "abcde"] == [
        "np.sum(x, axis=0)", "np.sum(2 * x, axis=0)", "sum(v)", "np.sum(x)", "np.sum(y, axis=0)"
    ]  # fmt: skip
    assert sources("from numpy import *\ny = ones((2, 3))\na = sum(y)")["a"] == "sum(y)"
    code = "x = np.array([[1, 2], [3, 4]])\na = sum(x)\nb = sum(2 * x)\nc = sum(x @ x)"
    values = values_of(read_snippet(code))
    np.testing.assert_array_equal(values["a"], [4, 6])
    np.testing.assert_array_equal(values["b"], [8, 12])


def test_no_line_vanishes_and_a_harmless_decorator_is_no_obstacle() -> None:
    said = {remark.line: remark.sentence for remark in read_snippet("s = 'ij,jk'\nt = None").remarks}
    assert said == {1: "s is no array: it stands where it is used.", 2: "t is no array: it stands where it is used."}
    assert not answers("@jit\ndef f(a):\n    return a * 2\ny = f(x)", x=(3,))
