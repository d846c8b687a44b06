"""Undo and redo: exact, bounded, one step for one gesture."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from playground.language.names import free_name
from playground.workspace.arrays import TILE, Array
from playground.workspace.edits import (
    AddArray,
    ChangeDtype,
    Edit,
    EditError,
    Remove,
    Rename,
    Resize,
    SetBlock,
)
from playground.workspace.history import History
from playground.workspace.together import Together
from playground.workspace.workspace import ArrayEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

Model = dict[str, np.ndarray]


def start(values: Any = None) -> Workspace:
    return Workspace((ArrayEntry("A", Array.of(np.zeros((3, 4)) if values is None else values)),))


def write(workspace: Workspace, value: Any, row: int = 0, column: int = 0) -> Workspace:
    return SetBlock("A", row, column, np.array([[value]])).apply(workspace)


def test_undo_and_redo_give_the_very_snapshots_and_where_they_were_made() -> None:
    history, first = History(), start()
    second = write(first, 1.0)
    history.push(first, second, "Edit", view=("A", 0, 0))
    assert (history.undo_label, history.redo_label, history.can_redo) == ("Edit", "", False)
    assert history.undo() == (first, ("A", 0, 0))
    assert (history.can_undo, history.redo_label) == (False, "Edit")
    assert history.redo() == (second, ("A", 0, 0))
    assert history.redo() is None


def test_a_new_step_ends_what_could_be_redone() -> None:
    history, first = History(), start()
    history.push(first, write(first, 1.0), "one")
    history.undo()
    history.push(first, write(first, 2.0), "two")
    assert not history.can_redo
    assert history.labels == ("two",)


def test_a_push_of_nothing_leaves_no_step() -> None:
    history, first = History(), start()
    assert history.push(first, first, "Nothing")
    assert not history.can_undo


def test_steps_cost_the_tiles_that_they_replaced_and_the_oldest_go_first() -> None:
    tile = TILE * TILE * 8
    history = History(budget=5 * tile)
    now = start(np.zeros((2048, 2048)))
    for step in range(20):
        after = write(now, float(step + 1))
        history.push(now, after, str(step))
        now = after
    assert history.kept_bytes <= 5 * tile
    assert history.labels[-1] == "19"
    assert len(history.labels) == 5


def test_a_step_that_alone_is_beyond_the_budget_is_not_kept_nor_what_led_there() -> None:
    history, first = History(budget=20_000), start(np.zeros((50, 50)))
    second = write(first, 1.0)
    assert history.push(first, second, "Edit")
    assert history.kept_bytes == 0, "the tile belongs to the document: nothing is lost beside the base"
    third = Resize("A", (2, 2)).apply(second)
    assert not history.push(second, third, "Resize")
    assert (history.can_undo, history.kept_bytes) == (False, 0)
    fourth = write(third, 2.0)
    assert history.push(third, fourth, "Edit")
    assert history.undo()[0] is third


def test_a_step_to_which_there_is_no_other_way_back_is_kept_until_the_next() -> None:
    history, first, second = History(budget=10), start(np.zeros((500, 500))), start()
    assert history.push(first, second, "Open", whatever_it_costs=True)
    assert history.kept_bytes == 500 * 500 * 8
    assert history.undo()[0] is first
    assert history.kept_bytes == 3 * 4 * 8
    assert history.redo()[0] is second
    third = write(second, 1.0)
    assert history.push(second, third, "Edit")
    assert history.labels == ("Edit",)


def test_memory_that_many_steps_share_counts_once_and_the_documents_own_not_at_all() -> None:
    array = Array.of(np.zeros((100, 100)))
    history, now = History(), Workspace((ArrayEntry("A", array), ArrayEntry("Copy", array)))
    for _ in range(10):
        for edit in (Remove("A"), AddArray("A", array)):
            after = edit.apply(now)
            history.push(now, after, "")
            now = after
    assert history.kept_bytes == 0, "the copy in the document is the same memory"
    for name in ("A", "Copy"):
        after = Remove(name).apply(now)
        history.push(now, after, "")
        now = after
    assert history.kept_bytes == array.nbytes
    history.push(now, AddArray("B", Array.of(array.to_numpy()[:2], copy=False)).apply(now), "a view of the same")
    assert history.kept_bytes == 0, "a view of two rows keeps all of them alive"


@given(st.integers(0, 2**32), st.integers(100, 20_000))
def test_what_history_keeps_is_counted_exactly(seed: int, budget: int) -> None:
    random = np.random.default_rng(seed)
    history, now = History(budget), start(np.zeros((20, 20)))
    for _ in range(30):
        match random.integers(0, 6):
            case 0 if (step := history.undo()) is not None:
                now = step[0]
            case 1 if (step := history.redo()) is not None:
                now = step[0]
            case kind:
                name = str(random.choice(now.names))
                edits: list[Edit] = [
                    Resize(name, (int(random.integers(1, 30)), int(random.integers(1, 30)))),
                    AddArray(free_name(now.names), now.arrays[name]),
                    Remove(name) if len(now.names) > 1 else Rename(name, "x" + name),
                    Together((Rename(name, free_name(now.names)), AddArray(name, now.arrays[name])), ""),
                ]
                edit = SetBlock(name, 0, 0, np.full((1, 1), random.random())) if kind > 3 else edits[int(kind) % 4]
                after = edit.apply(now)
                history.push(now, after, edit.label)
                assert history.kept_bytes <= budget or not history.labels
                now = after
        assert history.kept_bytes == sum((memory(history) - memory_of(now)).values())


def memory_of(workspace: Workspace) -> Counter[int]:
    pieces: dict[int, int] = {}
    for array in workspace.arrays.values():
        pieces |= array.pieces_beyond(())
    return Counter(pieces)


def memory(history: History) -> Counter[int]:
    """The same of all that the steps hold, which is looked for in the hard way."""
    pieces: Counter[int] = Counter()
    for step in (*history._done, *history._undone):
        pieces |= memory_of(step.before) | memory_of(step.after)
    return pieces


def test_a_rename_costs_nothing_and_the_number_of_steps_is_limited() -> None:
    history, now = History(limit=30), start()
    for step in range(100):
        after = Rename(now.names[0], f"x{step}").apply(now)
        history.push(now, after, str(step))
        now = after
    assert history.kept_bytes == 0
    assert len(history.labels) == 30
    history.clear()
    assert not (history.can_undo)
    assert not (history.can_redo)


def arrays_of(workspace: Workspace) -> dict[str, np.ndarray]:
    return {name: array.to_numpy().copy() for name, array in workspace.arrays.items()}


def assert_bit_equal(workspace: Workspace, model: dict[str, np.ndarray]) -> None:
    assert list(workspace.arrays) == list(model)
    for name, expected in model.items():
        actual = workspace.arrays[name].to_numpy()
        assert (actual.shape, actual.dtype, actual.tobytes()) == (expected.shape, expected.dtype, expected.tobytes())


class Document(RuleBasedStateMachine):
    """Edits, refusals, undo and redo in any order; after each the arrays are those of the model."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.now = start()
        self.models = [arrays_of(self.now)]
        self.place = 0

    def do(self, edit: Edit, changed: Callable[[Model], Model]) -> None:
        try:
            after = edit.apply(self.now)
        except EditError:
            return
        if after == self.now:
            return
        self.history.push(self.now, after, edit.label)
        self.now = after
        model = {name: values.copy() for name, values in self.models[self.place].items()}
        self.models = [*self.models[: self.place + 1], changed(model)]
        self.place += 1

    @rule(name=st.sampled_from("AB"), row=st.integers(-1, 5), column=st.integers(-1, 5), value=st.floats(width=16))
    def write(self, name: str, row: int, column: int, value: Any) -> None:
        def changed(model: Model) -> Model:
            model[name].reshape(-1, model[name].shape[-1])[row, column] = value
            return model

        self.do(SetBlock(name, row, column, np.array([[value]])), changed)

    @rule(name=st.sampled_from("ABX1"), shape=st.sampled_from([(2,), (0, 3), (2, 2, 2)]))
    def add(self, name: str, shape: tuple[int, ...]) -> None:
        self.do(AddArray(name, Array.of(np.ones(shape))), lambda model: model | {name: np.ones(shape)})

    @rule(name=st.sampled_from("AB"), dtype=st.sampled_from(["int8", "float32", "complex64"]))
    def change_dtype(self, name: str, dtype: Any) -> None:
        def changed(model: Model) -> Model:
            values = model[name] if dtype == "complex64" else model[name].real
            return model | {name: values.astype(dtype)}

        self.do(ChangeDtype(name, np.dtype(dtype)), changed)

    @rule(name=st.sampled_from("AB"))
    def remove(self, name: str) -> None:
        self.do(Remove(name), lambda model: {key: values for key, values in model.items() if key != name})

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.now, _ = self.history.undo()
        self.place -= 1

    @precondition(lambda self: self.place < len(self.models) - 1)
    @rule()
    def redo(self) -> None:
        self.now, _ = self.history.redo()
        self.place += 1

    @invariant()
    def bit_equal(self) -> None:
        assert_bit_equal(self.now, self.models[self.place])
        assert self.history.can_undo == (self.place > 0)


TestDocument = Document.TestCase
TestDocument.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
