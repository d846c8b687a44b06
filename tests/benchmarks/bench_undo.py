"""One-cell edits, their undo and redo: in the session layer, on small and large arrays.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_undo.py
The yardstick is a copy of one tile of the array, which no edit of it can do without. Nothing is computed: a person
waits for the edit, and the engine works in a process of its own.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playground.session.session import Session
from playground.workspace.arrays import TILE, Array
from playground.workspace.edits import SetBlock
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace
from tests.benchmarks.measure import compare, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.job import Job

TURNS = 101
GOAL_S = 0.001


class Quiet(QObject):
    """A worker that computes nothing."""

    answered = Signal(object)
    windowArrived = Signal(object, object)  # noqa: N815 -- Qt's way
    jobFinished = Signal(int)  # noqa: N815

    def submit(self, job: Job) -> None:
        """Nobody waits for it."""


def session_of(size: int, *, edited: bool) -> Session:
    """A product of a square matrix, untouched or with an edit in each of its tiles."""
    entries = ArrayEntry("A", Array.of(np.zeros((size, size)))), ArrayEntry("B", Array.of(np.zeros((size, 4))))
    session = Session(Workspace((*entries, FormulaEntry("C", "A @ B"))), Quiet())  # type: ignore[arg-type]
    if edited:
        for row in range(0, size, TILE):
            for column in range(0, size, TILE):
                session.move(SetBlock("A", row, column, np.ones((1, 1))))
        session.finish_move("")
    return session


def measured(name: str, action: Callable[[], object]) -> None:
    """Against the copy of a tile."""
    tile = np.zeros((TILE, TILE))
    comparison = compare(name, action, lambda: np.array(tile), turns=TURNS)
    judge(f"{name}, s", sorted(comparison.ours)[TURNS // 2], GOAL_S)


def run(size: int, *, edited: bool) -> None:
    """Print what edits, undo and redo of a square matrix take."""
    session, numbers = session_of(size, edited=edited), itertools.count(1)
    said = f"{size}×{size}{', every tile edited' if edited else ''}"

    def edit() -> None:
        number = next(numbers)
        session.edit(SetBlock("A", number % size, number % size, np.array([[float(number)]])))

    measured(f"{said}: edit", edit)
    measured(f"{said}: undo", session.undo)
    measured(f"{said}: redo", session.redo)


if __name__ == "__main__":
    application = QApplication([])
    run(100, edited=False)
    run(10_000, edited=False)
    run(10_000, edited=True)
