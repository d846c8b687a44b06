"""Pasted code becomes entries, and every line that can't is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground as mp
from playground.language.pasted.snippet import read_snippet
from playground.language.pasted.snippet_lines import is_code
from playground.language.signature import Signature

if TYPE_CHECKING:
    from playground.language.pasted.snippet_remarks import Snippet

FLOAT = np.dtype(float)


def values_of(snippet: Snippet) -> dict[str, np.ndarray]:
    """Compute the entries one after the other, as the window does."""
    values: dict[str, np.ndarray] = {}
    for entry in snippet.entries:
        values[entry.name] = (
            np.array(entry.values, entry.dtype) if entry.values is not None else
            np.asarray(mp.evaluate(entry.source, values).value)
        )  # fmt: skip
    return values


def sources(text: str, **operands: tuple[int, ...]) -> dict[str, str]:
    known = {name: Signature(shape, FLOAT) for name, shape in operands.items()}
    return {entry.name: entry.source for entry in read_snippet(text, known).entries}


def answers(text: str, **operands: tuple[int, ...]) -> dict[int, str]:
    """What is said of the lines that became nothing."""
    known = {name: Signature(shape, FLOAT) for name, shape in operands.items()}
    return {remark.line: remark.sentence for remark in read_snippet(text, known).refused}


class Block(NamedTuple):
    """A block of the page, what its comments say of each value, and the lines that are answered."""

    code: str
    values: dict[str, object]
    answered: dict[int, str] = {}  # noqa: RUF012 - none of them is ever changed


PAGE = [
    Block(
        "import numpy as np\n\na = np.arange(15).reshape(3, 5)\n\n# Key attributes\n"
        "a.ndim      # Number of dimensions (2)\na.shape     # Dimensions tuple (3, 5) - 3 rows, 5 columns\n"
        "a.size      # Total elements (15)\na.dtype     # Data type (int64)\n"
        "a.itemsize  # Bytes per element (8 for int64)\na.data      # Memory buffer (rarely needed directly)\n",
        {"a": np.arange(15).reshape(3, 5), "a_ndim": 2, "a_shape": [3, 5], "a_size": 15, "a_itemsize": 8},
        {9: "a.dtype is int64.", 11: "no attribute data"},
    ),
    Block(
        "# Scalar (0D) - Single number\nscalar = np.array(5)              # ndim=0, shape=()\n\n"
        "# Vector (1D) - List of numbers\nvector = np.array([1, 2, 3])      # ndim=1, shape=(3,)\n\n"
        "# Matrix (2D) - Table of numbers\nmatrix = np.array([[1, 2, 3],     # ndim=2, shape=(2, 3)\n"
        "                   [4, 5, 6]])\n\n# Tensor (3D+) - Multi-dimensional array\n"
        "tensor = np.arange(24).reshape(2, 3, 4)  # ndim=3, shape=(2, 3, 4)\n",
        {
            "scalar": 5, "vector": [1, 2, 3], "matrix": [[1, 2, 3], [4, 5, 6]],
            "tensor": np.arange(24).reshape(2, 3, 4),
        },
    ),
    Block(
        "# For A @ B to work:\n# If A is (m, n) and B is (p, q)\n# Then n must equal p\n# Result will be (m, q)\n\n"
        "A = np.arange(6).reshape(2, 3)    # Shape (2, 3)\nB = np.arange(7, 13).reshape(3, 2) # Shape (3, 2)\n"
        "C = A @ B                          # Shape (2, 2) ✓\n\n# Why: For each element in result, we need:\n",
        {"A": [[0, 1, 2], [3, 4, 5]], "B": [[7, 8], [9, 10], [11, 12]], "C": [[31, 34], [112, 124]]},
    ),
    Block(
        "A (2×3) @ B (3×2) = C (2×2)\n       ↑     ↑\n       Must match!\n",
        {},
        {1: "This is not Python. × is for print", 2: "This is not Python.", 3: "This is not Python."},
    ),
    Block(
        "a = np.array([0, 1, 2])\nb = np.array([4, 5, 6])\n\n"
        "dot_product = np.dot(a, b)  # 0×4 + 1×5 + 2×6 = 0 + 5 + 12 = 17\n# Also: a @ b\n",
        {"a": [0, 1, 2], "b": [4, 5, 6], "dot_product": 17},
    ),
    Block(
        "A = np.array([[1, 2, 3],\n              [4, 5, 6]])  # Shape (2, 3)\n\n"
        "A_T = A.T  # Shape (3, 2)\n# [[1, 4],\n",
        {"A": [[1, 2, 3], [4, 5, 6]], "A_T": [[1, 4], [2, 5], [3, 6]]},
    ),
    Block(
        "I = np.eye(3)  # 3×3 identity matrix\n\nA = np.array([[2, 3], [4, 5]])\n"
        "print(A @ np.eye(2))  # Returns A unchanged\n\n# Property: A @ I = I @ A = A\n",
        {"I": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "A": [[2, 3], [4, 5]], "r1": [[2, 3], [4, 5]]},
    ),
    Block(
        "v = np.array([3, -4, 5])\nl1_norm = np.linalg.norm(v, ord=1)  # |3| + |-4| + |5| = 12\n",
        {"v": [3, -4, 5], "l1_norm": 12},
    ),
    Block(
        "v = np.array([3, -4])\nl2_norm = np.linalg.norm(v)  # √(3² + 4²) = √25 = 5\n# Straight-line distance\n",
        {"v": [3, -4], "l2_norm": 5},
    ),
    Block(
        'v = np.array([3, 4])\nprint(f"L1 norm: {np.linalg.norm(v, ord=1)}")  # 7 (taxi cab)\n'
        'print(f"L2 norm: {np.linalg.norm(v, ord=2)}")  # 5 (as crow flies)\n',
        {"v": [3, 4], "L1_norm": 7, "L2_norm": 5},
    ),
    Block(
        "u = np.array([1, -1])\nw = np.array([1, 1])\nprint(np.dot(u, w))  # 1×1 + (-1)×1 = 0 → Orthogonal! ✓\n",
        {"u": [1, -1], "w": [1, 1], "dot_u_w": 0},
    ),
    Block(
        "   # Every neural network layer does:\n   output = activation(input @ weights + bias)\n   #          ↑\n",
        {},
        {2: "There is no function named activation."},
    ),
    Block(
        "# Computing C = A @ B\n# Each element C[i,j] is independent:\nC[i,j] = sum(A[i,:] * B[:,j])\n\n# GPU can\n",
        {},
        {3: "This changes cells of an array"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("fenced", [False, True])
@pytest.mark.parametrize("block", PAGE, ids=lambda block: block.code[:24])
def test_the_pages_blocks_give_the_values_of_their_comments(block: Block, fenced: bool) -> None:
    snippet = read_snippet(f"```python\n{block.code}```\n" if fenced else block.code)
    values = values_of(snippet)
    assert list(values) == list(block.values)
    for name, value in block.values.items():
        np.testing.assert_array_equal(values[name], value)
        assert values[name].shape == np.shape(value)
    said = {remark.line - fenced: remark.sentence for remark in snippet.refused}
    assert list(said) == list(block.answered)
    assert all(said[line].startswith(text) or text in said[line] for line, text in block.answered.items())


def test_several_blocks_of_a_page_are_read_at_once_without_its_prose() -> None:
    page = "# A page\n\nProse with x = 1.\n\n" + "\n\nMore prose.\n\n".join(f"```python\n{b.code}```" for b in PAGE[:3])
    snippet = read_snippet(page)
    assert [entry.name for entry in snippet.entries][:2] == ["a", "a_ndim"]
    assert [entry.name for entry in snippet.entries][-1] == "C"
    assert len(snippet.refused) == 2


def test_written_numbers_are_arrays_in_numpys_dtype() -> None:
    entries = read_snippet(
        "a = np.array([[1, 2], [3, 4]])\nb = np.array([1.5, 2])\nc = np.array([1, 2], dtype=np.float32)\nd = [1, 0]\n"
        "e_ = np.array([True, False])\nf = np.zeros(3)\ng = 5"
    ).entries
    assert [str(entry.dtype) for entry in entries] == ["int64", "float64", "float32", "int64", "bool", "None", "None"]
    assert entries[0].values == [[1, 2], [3, 4]]


# fmt: off
ENTRIES = [
    ("import numpy as xp\nx = xp.ones(3) + xp.pi", {"x": "np.ones(3) + np.pi"}),
    ("from numpy.linalg import norm\nn = norm([3, 4])", {"n": "linalg.norm([3, 4])"}),
    ("from numpy.linalg import norm as size_of\nn = size_of([3, 4])", {"n": "linalg.norm([3, 4])"}),
    ("import numpy.linalg as la\nd = la.det(np.eye(2))", {"d": "linalg.det(np.eye(2))"}),
    ("from numpy import *\nx = arange(3)", {"x": "arange(3)"}),
    ("import math\nx = math.sqrt(2)", {"x": "np.sqrt(2)"}),
    ("import torch.nn.functional as func\ny = func.relu(x)", {"y": "relu(x)"}),
    ("import torch as t\nx = t.zeros(2, 3)", {"x": "zeros((2, 3), dtype=float32)"}),
    ("import jax.numpy as jnp\nx = jnp.ones(3)", {"x": "ones(3, dtype=float32)"}),
    ("x = 1; y = x + 1", {"x": "1", "y": "x + 1"}),
    ("x = y = np.ones(2)", {"x": "np.ones(2)", "y": "np.ones(2)"}),
    ("a, b = 1, 2\na, b = b, a", {"a": "1", "b": "2", "a_2": "b", "b_2": "a"}),
    ("U, S, Vh = np.linalg.svd(np.eye(2))", {
        "U": "np.linalg.svd(np.eye(2)).U", "S": "np.linalg.svd(np.eye(2)).S", "Vh": "np.linalg.svd(np.eye(2)).Vh"}),
    ("m, n = np.ones((2, 3)).shape", {"m": "np.ones((2, 3)).shape[0]", "n": "np.ones((2, 3)).shape[1]"}),
    ("p = np.split(np.ones(4), 2)\nq = p[0]", {"q": "np.split(np.ones(4), 2)[0]"}),
    ("x = 1\nx += 2\nx *= x + 1", {"x": "1", "x_2": "x + 2", "x_3": "x_2 * (x_2 + 1)"}),
    ("x = 1\nx = 1", {"x": "1"}),
    ("sum = np.ones(3).sum()\ntwice = sum * 2", {"sum_": "np.ones(3).sum()", "twice": "sum_ * 2"}),
    ("e = np.ones(3)\ny = e + 1", {"e": "np.ones(3)", "y": "e + 1"}),
    ("θ = 0.5\nr = np.cos(θ)", {"θ": "0.5", "r": "np.cos(θ)"}),
    ("n = 3\nA = np.zeros((n, n))", {"n": "3", "A": "np.zeros((3, 3))"}),
    ("dtype = np.float16\nx = np.ones(2, dtype=dtype)", {"x": "np.ones(2, dtype=np.float16)"}),
    ("axis = 0\ns = np.sum(np.eye(2), axis=axis)", {"axis": "0", "s": "np.sum(np.eye(2), axis=0)"}),
    ("x: np.ndarray = np.ones(2)", {"x": "np.ones(2)"}),
    ('"""What it is."""\nx = 1', {"x": "1"}),
    ("x = np.array([1,  # one\n              2,  # two\n             ])", {"x": "np.array([1, 2,])"}),
    ("x = (np.ones(2) +\n     np.ones(2))", {"x": "np.ones(2) + np.ones(2)"}),
    ("    x = 1\n    y = x", {"x": "1", "y": "x"}),
    ("with torch.no_grad():\n    y = x.view(6)", {"y": "x.reshape(6)"}),
    ("print(x)\nprint('Shape of x:', x.T)", {"Shape_of_x": "x.T"}),
    ("print(x.mean(), x.std(axis=0))", {"x_mean": "x.mean()", "x_std": "x.std(axis=0)"}),
    ("x @ x.T", {"r1": "x @ x.T"}),
    ("import torch\nl = -x.log().mean()\nprint(l.item())", {"l": "-log(x).mean()"}),
    (">>> y = x.reshape(\n...     3, 2)\n>>> y\narray([[1, 2]])\n>>> y.T\n", {"y": "x.reshape( 3, 2)", "y_T": "y.T"}),
    ("In [1]: y = x + 1\n\nIn [2]: y.sum()\nOut[2]: 3.0\n", {"y": "x + 1", "y_sum": "y.sum()"}),
    ("x = x + 1\ny = x", {"x_2": "x + 1", "y": "x_2"}),
    ("x = np.ones(2)", {"x": "np.ones(2)"}),
]
# fmt: on


@pytest.mark.parametrize(("code", "entries"), ENTRIES)
def test_statements_become_entries(code: str, entries: dict[str, str]) -> None:
    assert {name: text.replace("( ", "(") for name, text in sources(code, x=(2, 3)).items()} == {
        name: text.replace("( ", "(") for name, text in entries.items()
    }


# fmt: off
ANSWERED = [
    ("for i in range(3):\n    y = i\n    print(y)\nz = 1", {1: "A loop can't be an entry", 2: "inside", 3: "inside"}),
    ("if x.any(): y = 1", {1: "where(condition, a, b)"}),
    ("def f(a):\n    del a\n\ny = f(x)", {1: "A function", 2: "inside", 4: "f is what line 1 makes of it"}),
    ("class Net:\n    pass", {1: "A class", 2: "inside"}),
    ("@decorated\ndef f():\n    pass", {1: "decorator", 2: "A function", 3: "inside"}),
    ("import pandas as pd\ny = pd.read_csv('x')", {1: "pd isn't known here", 2: "pd isn't known here"}),
    ("A[0, 1] = 5", {1: "changes cells"}),
    ("A[0] += 5", {1: "changes cells"}),
    ("a.shape = (2, 3)", {1: "attribute can't be set"}),
    ("a, *b = x", {1: "takes what is left over"}),
    ("assert x.shape == (2, 3)", {1: "assert gives nothing"}),
    ("return x", {1: "return belongs to a function"}),
    ("del x", {1: "Remove the entry"}),
    ("np.set_printoptions(precision=3)", {1: "Nothing needs to be set"}),
    ("lambda = 3", {1: "lambda is a word of Python"}),
    ("y = [i for i in x]", {1: "A formula has no loops"}),
    ("y = x + (lambda a: a)", {1: "can't define functions"}),
    ("y = x.dtype", {1: "x.dtype is float64"}),
    ("y = {1: 2}", {1: "dictionary"}),
    ("%timeit x @ x", {1: "command to a notebook"}),
    ("!pip install numpy", {1: "command to a notebook"}),
    ("y = (1, 2", {1: "bracket"}),
    ("y = x.foo()", {1: "no function named foo"}),
    ("y = np.summ(x)", {1: "Is sum meant?"}),
    ("y = __import__('os').system('ls')", {1: ""}),
    ("y = open('f').read()", {1: ""}),
]
# fmt: on


@pytest.mark.parametrize(("code", "answered"), ANSWERED)
def test_what_cannot_be_an_entry_is_answered(code: str, answered: dict[int, str]) -> None:
    said = answers(code, x=(2, 3))
    assert list(said) == list(answered)
    assert all(part in said[line] for line, part in answered.items())


# fmt: off
SAID = [
    ("y = q @ k", 1, "It waits for q."),
    ("a = pd.f()\nb = a + 1", 2, "a is missing: line 1"),
    ("x = 1\nx = 2", 2, "from here on it is called x_2"),
    ("max = 3", 1, "here it is called max_"),
    ("y = F.relu(x)", 1, "F.relu(x) as relu(x)"),
    ("y = x @ x", 1, "needs as many rows"),
    ("x[0, 0] = 3\ny = x + 1", 2, "x without line 1"),
    ("p = np.split(x, 2)", 1, "p is several arrays"),
    ("rng = np.random.default_rng(7)", 1, "Each formula that uses rng has a seed of its own"),
]
# fmt: on


@pytest.mark.parametrize(("code", "line", "said"), SAID)
def test_what_became_an_entry_otherwise_is_said(code: str, line: int, said: str) -> None:
    snippet = read_snippet(f"import pandas as pd\n{code}" if "pd" in code else code, {"x": Signature((2, 3), FLOAT)})
    remarks = {remark.line - ("pd" in code): remark.sentence for remark in snippet.remarks if remark.is_entry}
    assert said.replace("line 1", "line 2" if "pd" in code else "line 1") in remarks[line]


def test_the_same_code_again_makes_nothing_new() -> None:
    code = "x = x + 1\nprint(x @ x.T)\nprint('Sum:', x.sum())"
    known = {"x": Signature((2, 3), FLOAT)}
    once = read_snippet(code, known)
    formulas = {entry.name: entry.source for entry in once.entries}
    known |= {name: Signature((2, 2), FLOAT) for name in formulas}
    assert {entry.name: entry.source for entry in read_snippet(code, known, formulas).entries} == formulas


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A @ B", False), ("relu(A @\n B)", False), ("1\t2\n3\t4", False), ("1, 2\n3, 4", False),
        ("[[1, 2],\n [3, 4]]", False),
        ("x = 1", True), ("import numpy", True), ("A @ B\nA.T", True), ("print(A)", True), ("for i in x:\n  y", True),
        ("", False), ("some words here", False), ("array([[1, 2],\n       [3, 4]])", False),
    ],
)  # fmt: skip
def test_code_is_told_from_a_formula_and_from_numbers(text: str, code: bool) -> None:
    assert is_code(text) is code


def test_long_pastes_end_somewhere() -> None:
    assert len(read_snippet("\n".join(f"x{k} = {k}" for k in range(600))).entries) == 500
    assert "too long" in read_snippet("x = 1\n" * 200_000).remarks[0].sentence


@pytest.mark.parametrize("opened", ["(", "'''", "x = [", "if x: ("])
def test_what_is_never_closed_is_read_in_no_time(opened: str) -> None:
    code = f"{opened}\n" * 3001
    assert read_snippet(code).remarks
    is_code(code)


def test_a_matrix_of_many_lines_is_one_array() -> None:
    rows = "".join(f"    [{k}, 2, 3],  # row (\n" for k in range(4000))
    (entry,) = read_snippet(f"a = np.array([\n{rows}])").entries
    assert np.shape(entry.values) == (4000, 3)


_PIECES = ["x", " = ", "np.", "1", "(", ")", "[", "]", ":", "\n", "    ", "for ", "import ", "'", '"""', "#", ">>> ",
           "```", "print(", ",", "+= ", "\\", "é", "lambda", "@", "{", "f'", "*", ";", "In [1]: ",
           "\t", "\x00", "\f"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_nothing_raises_and_nothing_is_swallowed(text: str) -> None:
    snippet = read_snippet(text)
    is_code(text)
    assert all(re.fullmatch(r"[^\W\d]\w*", entry.name) for entry in snippet.entries)
    assert len({entry.name for entry in snippet.entries}) == len(snippet.entries)


def test_a_bracket_that_is_missing_after_two_rows_is_said_where_it_opens() -> None:
    found = read_snippet("A = np.array([[1, 2, 3],\n [4, 5, 6]]\n")
    first, second = (remark.sentence for remark in found.remarks)
    assert "is a ) missing in the lines below?" in first
    assert "the lines above, whose brackets aren't all closed" in second
