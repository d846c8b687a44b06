"""Thousands of edits, undos and redos in any order end byte for byte where a model in plain NumPy ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from playground.workspace.arrays import Array
from playground.workspace.editing import EditError
from playground.workspace.history import History
from playground.workspace.workspace import ArrayEntry, Workspace
from tests.workspace.walking import Walker, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

Arrays = dict[str, np.ndarray]

START: Arrays = {
    "A": np.arange(5000.0).reshape(100, 50),
    "I": np.arange(270 * 6, dtype=np.int16).reshape(270, 6),
    "T": np.zeros((3, 20, 15), np.float32),
    "V": np.zeros(265),
}
"""Two of them are longer than a tile."""


class Walk:
    """The document and its history beside the model: states that can be reached, and where in them it stands.

    ``copies`` are kept as the engine keeps its own: patched with what changed since the last time.
    """

    def __init__(self, start: Arrays, history: History, limit: int) -> None:
        self.history, self.limit = history, limit
        self.now = Workspace(tuple(ArrayEntry(name, Array.of(values)) for name, values in start.items()))
        self.states, self.place = [start], 0
        self.copies = {name: (self.now.arrays[name], values.copy()) for name, values in start.items()}

    @property
    def model(self) -> Arrays:
        return self.states[self.place]

    def edit(self, wish: Wish) -> None:
        if wish.expected is None:
            with pytest.raises(EditError):
                wish.edit.apply(self.now)
            return
        after = wish.edit.apply(self.now)
        if after == self.now:
            assert same(wish.expected, self.model[wish.name])
            return
        assert self.history.push(self.now, after, "")
        self.now = after
        self.states = [*self.states[: self.place + 1], self.model | {wish.name: wish.expected}][-self.limit - 1 :]
        self.place = len(self.states) - 1

    def undo(self) -> None:
        self.now, _ = self.history.undo()
        self.place -= 1

    def redo(self) -> None:
        self.now, _ = self.history.redo()
        self.place += 1

    def check(self) -> None:
        """Both are at the same place, with the same bits everywhere."""
        assert len(self.history.labels) == self.place
        assert self.history.can_redo == (self.place < len(self.states) - 1)
        assert self.now.names == tuple(self.model)
        for name, expected in self.model.items():
            array = self.now.arrays[name]
            known, copy = self.copies[name]
            if array is known:
                continue  # looked at when it came
            assert same(array.to_numpy(), expected), name
            patches = array.changes_since(known)
            if patches is None:
                copy = array.to_numpy().copy()
            for patch in patches or ():
                height, width = patch.values.shape
                rows = copy.reshape(*array.shape_2d)
                rows[patch.r0 : patch.r0 + height, patch.c0 : patch.c0 + width] = patch.values
            assert same(copy, expected), name
            self.copies[name] = array, copy


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return (one.shape, one.dtype, one.tobytes()) == (other.shape, other.dtype, other.tobytes())


def test_five_thousand_edits_undos_and_redos_end_where_the_model_ends() -> None:
    walker, limit = Walker(seed=5), 300
    walk = Walk(START, History(limit=limit), limit)
    edits = undos = redos = 0
    while edits + undos + redos < 5000:
        ahead = len(walk.states) - 1 - walk.place
        match walker.below(20):
            case 0:
                wanted, step = min(walker.below(40), walk.place), "undo"
            case kind if kind < 12 and ahead:
                wanted, step = min(walker.below(40), ahead), "redo"
            case _:
                wanted, step = 1, "edit"
        for _ in range(wanted):
            if step == "undo":
                walk.undo()
                undos += 1
            elif step == "redo":
                walk.redo()
                redos += 1
            else:
                walk.edit(walker.wish(walk.model))
                edits += 1
            walk.check()
    assert min(edits, undos, redos) > 500, "all three in plenty"
    go_to(walk, [0, len(walk.states) - 1, 0])


def go_to(walk: Walk, places: Sequence[int]) -> None:
    """Walk to each place, looking at every step."""
    for place in places:
        while walk.place != place:
            walk.undo() if place < walk.place else walk.redo()
            walk.check()


class Sheet(RuleBasedStateMachine):
    """A sheet of 100×50 under any order of edits, undos and redos that Hypothesis thinks of, and shrinks."""

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk({"A": START["A"]}, History(limit=1000), 1000)

    @rule(kind=st.integers(0, 13), seed=st.integers(0, 2**16))
    def edit(self, kind: int, seed: int) -> None:
        walker = Walker(seed)
        self.walk.edit(walker.kinds[kind]("A", self.walk.model["A"]))

    @precondition(lambda self: self.walk.place > 0)
    @rule(steps=st.integers(1, 10))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, self.walk.place)):
            self.walk.undo()

    @precondition(lambda self: self.walk.place < len(self.walk.states) - 1)
    @rule(steps=st.integers(1, 10))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.walk.states) - 1 - self.walk.place)):
            self.walk.redo()

    @invariant()
    def equal(self) -> None:
        self.walk.check()

    def teardown(self) -> None:
        go_to(self.walk, [0])


TestSheet = Sheet.TestCase
TestSheet.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
