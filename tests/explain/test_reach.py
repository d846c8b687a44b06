"""What a cell hangs on, held against what really changes it: every operand cell is changed, one after the other."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.api import evaluate
from playground.explain.reach import Reach
from playground.language.functions import FUNCTIONS
from playground.language.infer import Inference, infer
from playground.language.nodes import Sequence, children
from playground.language.parse import parse
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.explain.carrying import Box
    from playground.language.nodes import Node

ARRAYS = {
    "A": np.arange(1, 7).reshape(2, 3) * 1.25,
    "B": (np.arange(12).reshape(3, 4) - 5.5) / 4,
    "C": np.array([[2.0, 7.0, 1.0], [8.0, 2.0, 8.0]]),
    "S": np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.75, 5.0]]),
    "R": np.array([[3.0, 1.0, 2.0]]),
    "x": np.array([1.5, -2.0, 0.5]),
    "y": np.array([0.5, 3.0, 1.0, 2.0]),
    "T": np.arange(1, 25).reshape(2, 3, 4) * 0.375,
    "k": np.array(2.5),
}

# Each of these hangs on every cell that is named, and only on them: changing one changes the result.
LINEAR = [
    "A @ B", "A @ B @ y", "(A + C) @ B + y", "A.T @ C", "A @ A.T", "A @ x", "x @ B", "x @ x", "T @ y", "A @ T",
    "A + C", "A * x", "A + R", "-A", "A * 2", "k * A", "A + k", "(A * 2 + C).T", "A - R.T @ x[:1]", "A * A",
    "sum(A)", "sum(A, axis=0)", "A.sum(axis=1, keepdims=True)", "mean(T, axis=(0, 2))", "sum(A @ B, axis=0)",
    "A - mean(A, axis=0)", "cumsum(x)", "cumsum(A, axis=1)", "cumsum(T, 0)", "add.reduce(A)", "add.accumulate(A, 1)",
    "softmax(A)", "softmax(A @ B, axis=0)", "linalg.norm(A, axis=1)", "linalg.norm(A)", "l2_normalize(A)",
    "layer_norm(A, x, x)", "var(A, axis=0, ddof=1)", "logsumexp(A, 1)",
    "A[0]", "A[-1, 1]", "A[:, 1]", "A[:, ::-1]", "T[0, ..., 1:3]", "T[:, ::2]", "A[None]", "x[:, None] * y",
    "A[:, [2, 0]]", "A[[1, 1, 0]]", "x[::-2]", "B[::-1, 1::2]", "A[..., None]", "T[1].T",
    "A.T", "transpose(T, (1, 0, 2))", "T.transpose(2, 0, 1)", "swapaxes(T, 0, -1)", "moveaxis(T, 0, 2)", "T.mT",
    "reshape(A, (3, 2))", "A.reshape(-1)", "T.reshape(6, 4)", "T.reshape(2, -1) @ ones((12, 2))", "ravel(B)[2:7]",
    "squeeze(R)", "expand_dims(A, 1)", "A.reshape(3, 2) @ A", "T.reshape(4, 6)", "T.reshape(2, 2, 6)",
    "flip(A)", "flipud(A)", "fliplr(A)", "flip(T, 1)", "rot90(A)", "rot90(A, 2)", "rot90(A, -1)", "rot90(T, 1, (1, 2))",
    "roll(x, 1)", "roll(A, -1, axis=1)", "tile(x, 3)", "tile(A, (2, 2))", "repeat(x, 2)", "repeat(A, 3, axis=0)",
    "pad(A, 1)", "pad(A, ((1, 0), (0, 2)))", "broadcast_to(x, (2, 3))", "copy(A)",
    "diag(x)", "diag(S)", "diag(x, 1)", "diagonal(B, 1)", "trace(S)", "trace(B, offset=-1)",
    "concatenate([A, C])", "concatenate((A, C), axis=1)", "vstack([A, x])", "hstack([A, C])", "hstack([x, y])",
    "stack([A, C])", "stack([A, C], axis=-1)", "column_stack([A.T, x])", "append(x, y)", "append(A, C, axis=0)",
    "array([x, x * 2])", "array([k, 1, 2])", "concatenate([x, [1, 2]])",
    "einsum('ij,jk->ik', A, B)", "einsum('ij->ji', A)", "einsum('ii->i', S)", "einsum('ii', S)",
    "einsum('i,j->ij', x, y)",
    "einsum('ij,kj->ik', A, C)", "einsum('ij,ij', A, C)", "outer(x, y)", "multiply.outer(A, x)",
    "kron(A, C)", "kron(x, y)",
    "dot(A, B)", "dot(A, x)", "inner(A, C)", "inner(x, x)", "dot(T, y)", "vdot(x, x)",
    "tensordot(A, B, 1)", "vecdot(A, x)",
    "matmul(A, B)", "diff(x)", "diff(A, axis=0)", "linalg.inv(S)", "fft.fft(A)",
    "linalg.solve(S, x)", "linalg.solve(S, A.T)", "linalg.det(S)", "mse(A, C)", "zeros_like(A) + k",
    "ones(A.shape) * R", "A.shape[0] * x", "relu(A) + sum(B)", "sigmoid(A @ B + y)", "exp(A)[0] * x", "tanh(x) @ B",
    "A.real", "x ** 2", "(A @ B)[1, ::2]", "(A @ B).T[2]", "sum((A - C) ** 2)",
    "A / sum(A, axis=1, keepdims=True)",
]  # fmt: skip

# These are said too, but not every cell that is named need change the number.
OTHERS = [
    "relu(A @ B + y)", "maximum(A, C)", "where(A > 2, A, C)", "max(A, axis=0)", "argmin(B, axis=1)", "sort(A)",
    "clip(A, 0, 3)", "A > C", "any(A > 5, axis=0)", "median(B, axis=0)", "round(A)", "floor(A) @ B",
]  # fmt: skip

UNSAYABLE = [
    "A[A > 2]", "tril(S)", "fft.fftn(A)", "unique(A)", "sum(A, where=A > 2)",
    "cumsum(A)", "x[argmax(x)]", "ravel(A, 'F')", "linalg.cholesky(S)", "linalg.svd(A)[0]",
]  # fmt: skip


Arrays = dict[str, np.ndarray]
Reaches = dict[str, dict[tuple[int, ...], set[tuple[int, ...]]]]


def understood(text: str, arrays: Arrays = ARRAYS) -> Inference:
    inference = infer(text, {name: Signature(a.shape, a.dtype) for name, a in arrays.items()})
    assert not inference.problems, (text, inference.problems)
    return inference


def cells(box: Box) -> set[tuple[int, ...]]:
    return set(itertools.product(*box))


def really(text: str, arrays: Arrays = ARRAYS) -> Reaches:
    """For every cell of every operand the cells of the result that change with it."""
    before = np.asarray(evaluate(text, arrays).value)
    found: Reaches = {}
    for name in {step.source for step in understood(text, arrays).steps} & set(arrays):
        for cell in np.ndindex(arrays[name].shape):
            reach = found.setdefault(name, {}).setdefault(cell, set())
            for by in (0.8125, -1.375, 4.0):
                changed = arrays[name].copy()
                changed[cell] += by
                after = np.asarray(evaluate(text, {**arrays, name: changed}).value)
                same = (after == before) | (np.isnan(after) & np.isnan(before))
                reach |= {tuple(int(k) for k in place) for place in np.argwhere(~same)}
    return found


def said(text: str, arrays: Arrays = ARRAYS) -> Reaches | None:
    """The same by what the result's cells need."""
    inference = understood(text, arrays)
    reach = Reach(inference)
    found: Reaches = {
        name: {cell: set() for cell in np.ndindex(arrays[name].shape)} for name in arrays if reach.names(name)
    }
    for cell in np.ndindex(inference.signature.shape):
        needs = reach.needs(reach.whole, cell)
        if needs is None:
            return None
        for name in found:
            for place in reach.names(name):
                for box in needs.get(place, ()):
                    for below in cells(box):
                        found[name][below].add(cell)
    return found


@pytest.mark.parametrize("text", LINEAR)
def test_the_cells_that_are_named_are_those_that_change_the_result(text: str) -> None:
    assert said(text) == really(text)


@pytest.mark.parametrize("text", OTHERS)
def test_a_cell_that_is_not_named_changes_nothing(text: str) -> None:
    named = said(text)
    assert named is not None
    for name, reaches in really(text).items():
        for cell, changed in reaches.items():
            assert changed <= named[name][cell], (name, cell)


@pytest.mark.parametrize("text", [*LINEAR, *OTHERS])
def test_what_a_cell_reaches_is_what_needs_it(text: str) -> None:
    reach, named = Reach(understood(text)), said(text)
    assert named is not None
    for name, reaches in named.items():
        for cell, expected in reaches.items():
            fed = reach.feeds(reach.names(name), cell)
            assert fed is not None
            boxes = fed.get(reach.whole, ())
            assert set().union(*map(cells, boxes)) == expected, (name, cell)


@pytest.mark.parametrize("text", UNSAYABLE)
def test_where_it_cannot_be_said_nothing_is(text: str) -> None:
    reach = Reach(understood(text))
    shape = understood(text).signature.shape
    cell = tuple(0 for _ in shape)
    assert None in shape or reach.needs(reach.whole, cell) is None
    name = next(name for name in ("A", "S", "x") if reach.names(name))
    assert reach.feeds(reach.names(name), (0,) * ARRAYS[name].ndim) is None


def _lists(node: Node) -> Iterator[Sequence]:
    """The outermost lists of an expression."""
    for below in children(node):
        if isinstance(below, Sequence) and not below.is_tuple:
            yield below
        else:
            yield from _lists(below)


def _with_names() -> Iterator[tuple[str, Arrays]]:
    """The example of every function, with arrays of ours for the numbers that are written out in it."""
    for row in FUNCTIONS.values():
        text, arrays = row.example, {}
        tree = parse(text).tree
        if row.category == "random" or tree is None:
            continue
        for name, part in zip("VWXYZ", reversed(list(_lists(tree))), strict=False):
            try:
                numbers = np.array(eval(text[part.span.start : part.span.end]), float)
            except (ValueError, NameError, TypeError):
                continue
            arrays[name] = numbers
            text = text[: part.span.start] + name + text[part.span.end :]
        if not infer(text, {name: Signature(a.shape, a.dtype) for name, a in arrays.items()}).problems and arrays:
            yield text, arrays


@pytest.mark.parametrize(("text", "arrays"), list(_with_names()))
def test_no_function_of_the_table_hangs_on_a_cell_that_is_not_named(text: str, arrays: Arrays) -> None:
    shape = getattr(understood(text, arrays).signature, "shape", None)
    if shape is None or None in shape or (named := said(text, arrays)) is None:
        return
    for name, reaches in really(text, arrays).items():
        for cell, changed in reaches.items():
            assert changed <= named[name][cell], (name, cell)
