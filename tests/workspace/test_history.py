"""Undo and redo: exact, bounded, one step for one gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from playground.workspace.arrays import TILE, Array
from playground.workspace.edits import (
    AddArray,
    ChangeDtype,
    DeleteLines,
    Edit,
    EditError,
    InsertLines,
    Remove,
    Rename,
    Resize,
    SetBlock,
)
from playground.workspace.history import History
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


def test_a_gesture_is_one_step() -> None:
    history, first = History(), start()
    now = first
    for value in range(1, 50):
        after = write(now, float(value))
        history.push(now, after, "Drag", gesture="drag 1")
        now = after
    assert history.labels == ("Drag",)
    history.push(now, write(now, -1.0), "Drag", gesture="drag 2")
    assert history.labels == ("Drag", "Drag")
    history.undo()
    assert history.undo()[0] is first
    assert history.redo()[0] is now


@pytest.mark.parametrize(
    "interrupt", [History.end_gesture, lambda h: h.push(start(), start(), "x"), lambda h: (h.undo(), h.redo())]
)
def test_a_gesture_that_was_interrupted_is_over(interrupt: Callable[[History], object]) -> None:
    history, first = History(), start()
    second = write(first, 1.0)
    history.push(first, second, "Drag", gesture="drag")
    interrupt(history)
    count = len(history.labels)
    history.push(second, write(second, 2.0), "Drag", gesture="drag")
    assert len(history.labels) == count + 1


def test_a_gesture_back_to_where_it_began_and_a_push_of_nothing_leave_no_step() -> None:
    history, first = History(), start()
    second = write(first, 1.0)
    history.push(first, second, "Drag", gesture="drag")
    history.push(second, first, "Drag", gesture="drag")
    history.push(first, first, "Nothing")
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


def test_one_step_beyond_the_budget_can_still_be_undone() -> None:
    history, first = History(budget=10), start(np.zeros((500, 500)))
    second = Resize("A", (2, 2)).apply(first)
    history.push(first, second, "Resize")
    assert history.kept_bytes == 500 * 500 * 8
    assert history.undo()[0] is first
    assert history.kept_bytes == 2 * 2 * 8


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


def random_edit(random: np.random.Generator, model: dict[str, np.ndarray]) -> tuple[Edit, np.ndarray | None]:
    """Give an edit of array A and, written independently in NumPy, what A is afterwards (None: refused)."""
    old = model["A"]
    rows, columns = old.shape
    match random.integers(0, 6):
        case 0 | 1 | 2:
            r, c = int(random.integers(0, rows + 1)), int(random.integers(0, columns + 1))
            values = random.standard_normal((int(random.integers(0, 20)), int(random.integers(0, 20)))) * 100
            values = values if old.dtype.kind == "f" else np.trunc(values)
            values[:1, :1] = np.nan if old.dtype.kind == "f" else -0.0
            if r + values.shape[0] > rows or c + values.shape[1] > columns:
                return SetBlock("A", r, c, values), None
            new = old.copy()
            new[r : r + values.shape[0], c : c + values.shape[1]] = values
            return SetBlock("A", r, c, values), new
        case 3:
            shape = (int(random.integers(0, 400)), int(random.integers(0, 400)))
            new = np.zeros(shape, old.dtype)
            new[:rows, :columns] = old[: shape[0], : shape[1]]
            return Resize("A", shape), new
        case 4:
            axis, at = int(random.integers(0, 2)), int(random.integers(0, 50))
            if at > old.shape[axis]:
                return InsertLines("A", axis, at, 3), None
            return InsertLines("A", axis, at, 3), np.insert(old, [at] * 3, 0, axis=axis)
        case _:
            axis, at = int(random.integers(0, 2)), int(random.integers(0, 50))
            if at + 2 > old.shape[axis]:
                return DeleteLines("A", axis, at, 2), None
            return DeleteLines("A", axis, at, 2), np.delete(old, [at, at + 1], axis=axis)


@pytest.mark.parametrize("dtype", ["float64", "int16", "float32"])
def test_a_random_walk_with_undo_and_redo_ends_bit_equal_to_a_model(dtype: Any) -> None:
    random = np.random.default_rng(20)
    now = start(np.zeros((300, 280), dtype))
    history = History()
    models, place = [arrays_of(now)], 0
    for _ in range(400):
        choice = random.random()
        if choice < 0.2 and place:
            now, _ = history.undo()
            place -= 1
        elif choice < 0.35 and place < len(models) - 1:
            now, _ = history.redo()
            place += 1
        else:
            edit, expected = random_edit(random, models[place])
            if expected is None:
                with pytest.raises(EditError):
                    edit.apply(now)
                continue
            if expected.dtype.kind == "f" and isinstance(edit, SetBlock):
                expected = expected.astype(dtype)
            after = edit.apply(now)
            if after == now:
                continue
            history.push(now, after, edit.label)
            now, models, place = after, [*models[: place + 1], {"A": expected}], place + 1
        assert_bit_equal(now, models[place])
    while place:
        now, _ = history.undo()
        place -= 1
        assert_bit_equal(now, models[place])


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
