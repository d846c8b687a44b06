"""Workspaces to begin with: small, already filled, each showing one idea."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt


class Example(Record):
    """A workspace with a title; ``build`` makes it anew."""

    title: str
    build: Callable[[], Workspace]


def _array(name: str, numbers: npt.ArrayLike) -> ArrayEntry:
    return ArrayEntry(name, Array.of(np.array(numbers, np.float64), copy=False))


def first_example() -> Workspace:
    """Build A (3×2), B (2×4) and C = A @ B: three different sizes, and an inner size of 2 that can be drawn."""
    return Workspace((
        _array("A", [[2, 1], [0, 3], [-1, 2]]),
        _array("B", [[1, -1, 3, 0], [2, 2, -1, 4]]),
        FormulaEntry("C", "A @ B"),
    ))  # fmt: skip


def _layer() -> Workspace:
    return Workspace((
        _array("x", [[1, 2, -1], [0, 1, 3]]),
        _array("W", [[1.0, -1.0], [0.5, 2.0], [-1.0, 1.0]]),
        _array("b", [0.5, -1]),
        FormulaEntry("h", "relu(x @ W + b)"),
    ))  # fmt: skip


def _attention() -> Workspace:
    return Workspace((
        _array("Q", [[1, 0], [0, 1], [1, 1]]),
        _array("K", [[1.0, 0.5], [-1.0, 1.0], [0.0, 2.0], [2.0, -1.0]]),
        _array("V", [[1, 0, 2], [0, 3, 1], [2, 2, 0], [-1, 1, 1]]),
        FormulaEntry("weights", "softmax(Q @ K.T / sqrt(2), axis=-1)"),
        FormulaEntry("context", "weights @ V"),
    ))  # fmt: skip


def _projection() -> Workspace:
    return Workspace((
        _array("u", [3, 1]),
        _array("v", [2, 3]),
        FormulaEntry("p", "(u @ v) / (v @ v) * v"),
        FormulaEntry("r", "u - p"),
    ))  # fmt: skip


def _rotation() -> Workspace:
    return Workspace((
        _array("R", [[0.6, -0.8], [0.8, 0.6]]),
        _array("P", [[0, 2, 2, 0], [0, 0, 1, 1]]),
        FormulaEntry("moved", "R @ P"),
    ))  # fmt: skip


def _least_squares() -> Workspace:
    return Workspace((
        _array("X", [[1, 0], [1, 1], [1, 2], [1, 3]]),
        _array("y", [1, 2, 2, 4]),
        FormulaEntry("beta", "linalg.solve(X.T @ X, X.T @ y)"),
        FormulaEntry("residual", "y - X @ beta"),
    ))  # fmt: skip


def _five_operands() -> Workspace:
    return Workspace((
        _array("x", [[1, -2, 0.5]]),
        _array("W1", [[1.0, 0.0, -1.0, 2.0], [0.5, 1.0, 1.0, 0.0], [2.0, -1.0, 0.0, 1.0]]),
        _array("b1", [0.5, 0, -0.5, 1]),
        _array("W2", [[1.0, -1.0], [0.0, 2.0], [1.0, 1.0], [-0.5, 0.0]]),
        _array("b2", [0, 1]),
        FormulaEntry("scores", "relu(x @ W1 + b1) @ W2 + b2"),
    ))  # fmt: skip


EXAMPLES: dict[str, Example] = {
    "product": Example(tr("A product of two matrices"), first_example),
    "layer": Example(tr("A layer of a neural network"), _layer),
    "attention": Example(tr("Softmax attention"), _attention),
    "projection": Example(tr("A projection onto a vector"), _projection),
    "rotation": Example(tr("A rotation of a rectangle"), _rotation),
    "least-squares": Example(tr("A line through four points"), _least_squares),
    "five-operands": Example(tr("Two layers, five operands"), _five_operands),
}
