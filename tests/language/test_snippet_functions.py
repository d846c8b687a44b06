"""Functions that pasted code defines are written out where they are called; random arrays have seeds of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import playground as mp
from playground.language.pasted.snippet import Snippet, read_snippet
from playground.language.pasted.snippet_lines import is_code


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
    assert any("written out where it is called" in remark.sentence for remark in snippet.remarks)
    scope: dict[str, Any] = {"np": np}
    if "nn." not in code:
        exec(code, scope)  # what Python itself makes of this very text
        np.testing.assert_allclose(values_of(snippet)["P"], scope["P"])


# fmt: off
REFUSED = [
    ("def relu(x):\n    if x.any():\n        return 1\n    return 2\ny = relu(np.ones(3))", 5, "relu is what line 1"),
    ("relu = np.vectorize(lambda x: 2)\ny = relu(np.ones(3))", 2, "relu is what line 1"),
    ("softmax = Model()\ny = softmax(np.ones(3))", 2, "softmax is what line 1"),
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


def test_the_seed_that_is_set_gives_numpys_numbers_of_it() -> None:
    (entry,) = read_snippet("np.random.seed(42)\nA = np.random.randn(2, 2)").entries
    np.testing.assert_array_equal(mp.evaluate(entry.source, {}).value, np.random.RandomState(42).randn(2, 2))


def test_a_function_is_code() -> None:
    assert is_code("def f(x):\n    return x")
