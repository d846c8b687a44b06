"""Functions that pasted code defines are written out where they are called; random arrays have seeds of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import playground as mp
from playground.language.infer import infer
from playground.language.pasted.snippet import read_snippet
from playground.language.pasted.snippet_lines import is_code
from playground.language.signature import Signature
from tests.language.test_snippet import answers

if TYPE_CHECKING:
    from playground.language.pasted.snippet_remarks import Snippet


def values_of(snippet: Snippet) -> dict[str, np.ndarray]:
    values: dict[str, np.ndarray] = {}
    for entry in snippet.entries:
        written = None if entry.values is None else np.array(entry.values, entry.dtype)
        values[entry.name] = written if written is not None else np.asarray(mp.evaluate(entry.source, values).value)
    return values


# fmt: off
WRITTEN_OUT = [
    ("def softmax(x): return np.exp(x)/np.sum(np.exp(x))\nA = np.ones((2, 3))\nP = softmax(A)",
     "np.exp(A) / np.sum(np.exp(A))"),
    ("def softmax(x):\n    '''One.'''\n    e = np.exp(x)\n    e /= e.sum()\n    return e\nA = np.ones(2)\n"
     "P = softmax(A)",
     "np.exp(A) / np.exp(A).sum()"),
    ("relu = lambda x: x*2\nP = relu(np.array([1, 0]))", "np.array([1, 0]) * 2"),
    ("relu = lambda x: x*2; P = relu(3) + 1", "3 * 2 + 1"),
    ("def power(x, n=2, *, by=1):\n    return x**n / by\nP = power(3 + 1, by=5)", "(3 + 1) ** 2 / 5"),
    ("def f(x):\n    return x + 1\ndef g(x):\n    return f(x) * f(2)\nP = g(3)", "(3 + 1) * (2 + 1)"),
    ("b = 2\ndef f(x):\n    return x + b\nb = 7\nP = f(1)", "1 + b_2"),
    ("def relu(x): return 3\nrelu = np.tanh\nP = relu(0.5)", "np.tanh(0.5)"),
    ("norm = np.linalg.norm\nP = norm([3, 4])", "np.linalg.norm([3, 4])"),
    ("softmax = nn.Softmax(dim=0)\nP = softmax(np.eye(2))", "softmax(np.eye(2), axis=0)"),
]
# fmt: on


@pytest.mark.parametrize(("code", "source"), WRITTEN_OUT)
def test_a_function_of_ones_own_is_written_out(code: str, source: str) -> None:
    snippet = read_snippet(code)
    assert snippet.entries[-1].source == source
    assert not snippet.refused
    assert any("written out where it is used" in remark.sentence for remark in snippet.remarks)
    scope: dict[str, Any] = {"np": np}
    if "nn." not in code:
        exec(code, scope)  # what Python itself makes of this very text
        np.testing.assert_allclose(values_of(snippet)["P"], scope["P"])


# fmt: off
REFUSED = [
    ("def relu(x):\n    if x.any():\n        return 1\n    return 2\ny = relu(np.ones(3))", 5, "relu is what line 1"),
    ("relu = np.vectorize(lambda x: 2)\ny = relu(np.ones(3))", 2, "relu is what line 1"),
    ("softmax = Model()\ny = softmax(np.ones(3))", 2, "softmax is what line 1"),
    ("@np.vectorize\ndef f(x):\n    return x\ny = f(np.ones(3))", 4, "f is what line 2"),
    ("sum = 3\ny = sum([1, 2])", 2, "sum is what line 1"),
    ("def f(x):\n    return f(x)\ny = f(3)", 3, "calls itself"),
    ("def f(g):\n    return g(3)\ny = f(np.exp)", 3, "g is a parameter"),
    ("def f(x):\n    return x\ny = np.vectorize(f)", 3, "only its calls"),
    ("def f(x):\n    return x\ny = f(1, 2)", 3, "arguments"),
    ("def f(x):\n    return x + x\ny = f(f(f(f(f(f(f(f(f(f(f(f(1))))))))))))", 3, "too long"),
]
# fmt: on


@pytest.mark.parametrize(("code", "line", "said"), REFUSED)
def test_what_is_called_and_cannot_be_read_gives_no_other_numbers(code: str, line: int, said: str) -> None:
    snippet = read_snippet(code)
    assert said in {remark.line: remark.sentence for remark in snippet.refused}[line]
    assert "y" not in {entry.name for entry in snippet.entries}


# fmt: off
RANDOM = [
    ("X = np.random.rand(2); Y = np.random.rand(2)", ["np.random.rand(2)", "np.random.rand(2, seed=1)"]),
    ("a = torch.randn(2)\nb = torch.randn(2)",
     ["random.standard_normal(2).astype(float32)", "random.standard_normal(2, seed=1).astype(float32)"]),
    ("np.random.seed(42)\nA = np.random.randn(2)\nB = np.random.randint(0, 9, 4)",
     ["np.random.randn(2, seed=42)", "np.random.randint(0, 9, 4, seed=43)"]),
    ("torch.manual_seed(3)\na = torch.randint(0, 9, (2,))", ["random.randint(0, 9, (2,), seed=3)"]),
    ("rng = np.random.default_rng(7)\na = rng.normal(size=3)\nb = rng.normal(size=3)",
     ["np.random.default_rng(7).normal(size=3)", "np.random.default_rng(8).normal(size=3)"]),
    ("from numpy.random import rand\na = rand(2)\nb = rand(2)", ["random.rand(2)", "random.rand(2, seed=1)"]),
    ("draw = np.random.rand\na = draw(2)\nb = draw(2)", ["np.random.rand(2)", "np.random.rand(2, seed=1)"]),
    ("g = np.random.RandomState(3)\na = g.rand(2)\nb = g.rand(2)",
     ["np.random.rand(2, seed=3)", "np.random.rand(2, seed=4)"]),
    ("t = tf.random.normal((2,))\ns = tf.random.normal((2,))",
     ["random.standard_normal((2,))", "random.standard_normal((2,), seed=1)"]),
    ("a = jax.random.normal(k1, (2,))\nb = jax.random.normal(k2, (2,))",
     ["random.standard_normal((2,), seed=0)", "random.standard_normal((2,), seed=1)"]),
    ("k = jax.random.PRNGKey(5)\na = jax.random.normal(k, (2,))", ["random.standard_normal((2,), seed=5)"]),
    ("noise = lambda n: np.random.rand(n)\na = noise(2)\nb = noise(2)",
     ["np.random.rand(2)", "np.random.rand(2, seed=1)"]),
]
# fmt: on


@pytest.mark.parametrize(("code", "written"), RANDOM)
def test_each_random_array_has_a_seed_of_its_own(code: str, written: list[str]) -> None:
    snippet = read_snippet(code)
    assert [entry.source for entry in snippet.entries] == written
    assert not snippet.refused
    arrays = list(values_of(snippet).values())
    assert len(arrays) == 1 or not np.array_equal(arrays[0], arrays[1])
    assert any("seed" in remark.sentence for remark in snippet.remarks)


def test_code_that_is_pasted_later_draws_other_numbers_and_the_same_code_the_same() -> None:
    formulas: dict[str, str] = {}
    first, second = "X = np.random.rand(2); sum = np.random.rand(2)", "Y = torch.randn(3)"
    for code in (first, second, first, second):
        formulas |= {entry.name: entry.source for entry in read_snippet(code, None, formulas).entries}
        assert formulas["X"] == "np.random.rand(2)"
        assert formulas["sum_"] == "np.random.rand(2, seed=1)"
    assert formulas["Y"] == "random.standard_normal(3, seed=2).astype(float32)"


def test_a_seed_that_is_set_counts_and_generators_are_others() -> None:
    there = {"X": "random.rand(2)", "G": "random.default_rng(1).normal(size=2)", "K": "rand + 1", "B": "rand("}
    found = read_snippet("np.random.seed(0)\nA = np.random.rand(2)\nB = np.random.rand(2)", None, there)
    assert [entry.source for entry in found.entries] == ["np.random.rand(2)", "np.random.rand(2, seed=1)"]
    (entry,) = read_snippet("A = np.random.rand(2)", None, there).entries
    assert entry.source == "np.random.rand(2, seed=1)"


def test_the_seed_that_is_set_gives_numpys_numbers_of_it() -> None:
    (entry,) = read_snippet("np.random.seed(42)\nA = np.random.randn(2, 2)").entries
    np.testing.assert_array_equal(mp.evaluate(entry.source, {}).value, np.random.RandomState(42).randn(2, 2))


def test_a_seed_may_have_a_name() -> None:
    *_, entry = read_snippet("SEED = 42\nnp.random.seed(SEED)\nA = np.random.randn(2, 2)").entries
    assert entry.source == "np.random.randn(2, 2, seed=42)"


def test_a_function_is_code() -> None:
    assert is_code("def f(x):\n    return x")


# fmt: off
PYTHONS = [
    ("C = X.T @ X / (len(X)-1)", {"C": "X.T @ X / (X.shape[0] - 1)"}, "len(X) as X.shape[0]"),
    ("n = len(X)\nz = np.zeros(n)", {"n": "X.shape[0]", "z": "np.zeros(X.shape[0])"}, "len(X) as X.shape[0]"),
    ("r = range(3)", {"r": "np.arange(3)"}, "range(3) as np.arange(3)"),
    ("y = float(X[0, 0])", {"y": "X[0, 0].astype(float)"}, "astype"),
    ("a = np.array([3, 1])\na.sort()\nprint(a)\nb = a + 1",
     {"a": "np.array([3, 1])", "a_2": "np.sort(a)", "b": "a_2 + 1"}, "a.sort() as a = np.sort(a)"),
    ("a = [3]\na.append(4)", {"a": "[3]", "a_2": "np.append(a, 4)"}, "a.append(4) as a = np.append(a, 4)"),
    ("X.fill(2)", {"X_2": "np.full_like(X, 2)"}, "np.full_like(X, 2)"),
    ("import torch\nX.mul_(2)", {"X_2": "X * 2"}, "X.mul_(2) as X = X.mul(2)"),
]
# fmt: on


@pytest.mark.parametrize(("code", "entries", "said"), PYTHONS)
def test_pythons_own_words_are_pasted_as_numpys_and_said(code: str, entries: dict[str, str], said: str) -> None:
    snippet = read_snippet(code, {"X": Signature((5, 3), np.dtype(float))})
    assert {entry.name: entry.source for entry in snippet.entries} == entries
    assert not snippet.refused
    assert any(said in remark.sentence for remark in snippet.remarks)


def test_math_is_known_without_its_import() -> None:
    (entry,) = read_snippet("s = math.sqrt(64)").entries
    assert entry.source == "np.sqrt(64)"


def test_what_is_changed_in_place_is_not_shown_unchanged_without_a_word() -> None:
    snippet = read_snippet("a = np.ones(3)\na.resize((2, 2))\nprint(a)")
    assert [remark.line for remark in snippet.refused] == [2]
    assert "a without line 2" in {remark.line: remark.sentence for remark in snippet.remarks}[3]


@pytest.mark.parametrize("line", ["loss.backward()", "print(W.grad)", "W2 = W - 0.1 * W.grad"])
def test_pytorchs_gradients_are_pointed_to_those_here(line: str) -> None:
    known = {name: Signature((5, 3), np.dtype(float)) for name in ("W", "loss")}
    (remark,) = read_snippet(line, known).refused
    assert "Insert ▸ Gradient" in remark.sentence
    expression = line.removeprefix("print(").removesuffix(")") + ")" * line.endswith("()")
    (problem,) = infer(expression, known).problems
    assert "Insert ▸ Gradient" in problem.message + problem.hint


def test_sort_as_a_method_is_told_for_what_it_is() -> None:
    (problem,) = infer("a.sort()", {"a": Signature((3,), np.dtype(float))}).problems
    assert "changes its array" in problem.message
    assert problem.repairs[0].source == "sort(a)"


def test_a_decorator_that_only_compiles_changes_nothing() -> None:
    (entry,) = read_snippet("@jax.jit\ndef f(x):\n    return x * 2\ny = f(jnp.ones(3))").entries
    assert entry.source == "ones(3, dtype=float32) * 2"


def test_what_pytorch_refuses_is_said_of_pasted_lines_too() -> None:
    known = {"A": Signature((2, 3), np.dtype(float))}
    remarks = read_snippet("y = torch.dot(A, A.T)", known).remarks
    assert any("two vectors" in remark.sentence for remark in remarks)


def test_pythons_own_random_numbers_are_not_numpys() -> None:
    snippet = read_snippet("import random\nrandom.seed(1)\nx = random.random()")
    assert not snippet.entries
    assert not any("seed" in remark.sentence for remark in snippet.remarks)


def test_of_a_line_that_became_nothing_only_that_is_said() -> None:
    (remark,) = read_snippet("x = [np.random.rand(2) for i in range(5)]\n").remarks
    assert not remark.is_entry


def test_arrays_have_no_methods_of_lists() -> None:
    (remark,) = read_snippet("a = np.array([1, 2])\na.append(3)").remarks
    assert "append is a function" in remark.sentence


@pytest.mark.parametrize(
    ("line", "said"), [("y = nn.Linear(2, 3)(x)", "keeps weights"), ("y = F.pad(x, (-1, 1))", "pad")]
)
def test_words_that_are_not_read_are_answered_by_what_they_do(line: str, said: str) -> None:
    (remark,) = read_snippet(line, {"x": Signature((5, 2), np.dtype(float))}).refused
    assert said in remark.sentence


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("f(x)", 2.0),
        ("f(x, 'sum')", 6.0),
        ("f(x, reduction=r)", 6.0),
        ("f(x, 'none', 10.0)", [30.0, 20.0, 10.0]),
        ("f(x, flip=True)", -2.0),
    ],
)
def test_a_question_that_the_call_decides_is_answered_there(call: str, value: object) -> None:
    code = (
        "r = 'sum'\nx = np.array([3.0, 2.0, 1.0])\n"
        "def f(x, reduction='mean', scale=None, flip=False):\n"
        "    if scale is None:\n        scale = 1\n        x = x * scale\n    else:\n        x = x * scale\n"
        "    if reduction == 'mean':\n        x = x.mean()\n    elif reduction == 'sum':\n        x = x.sum()\n"
        "    if flip:\n        x = -x\n    return x\n"
        f"y = {call}"
    )
    np.testing.assert_allclose(values_of(read_snippet(code))["y"], value)


def test_a_question_that_only_numbers_decide_is_refused_at_the_call() -> None:
    code = "def f(x):\n    if x.sum() > 0:\n        x = -x\n    return x\ny = f(x)"
    assert "Only numbers decide x.sum() > 0" in answers(code, x=(3,))[5]


def test_the_line_that_keeps_a_function_from_being_read_is_said() -> None:
    code = "def f(x):\n    y = x\n    for i in range(3):\n        y = y + 1\n    return y"
    assert "Line 3 keeps it from being read: for." in answers(code)[1]
