"""Moving lines is a permutation: NumPy's take, and its inverse brings every bit back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.arrays import Array
from playground.workspace.casting import SUPPORTED
from playground.workspace.edits import EditError, SetCell
from playground.workspace.line_edits import MoveLines
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace


def workspace_of(values: np.ndarray) -> Workspace:
    return Workspace((ArrayEntry("A", Array.of(values)), FormulaEntry("C", "A.T")))


@st.composite
def moves(draw: st.DrawFn) -> tuple[np.ndarray, MoveLines]:
    shape = tuple(draw(st.lists(st.integers(1, 9), min_size=1, max_size=4)))
    dtype = draw(st.sampled_from(SUPPORTED))
    count_of_bytes = int(np.prod(shape)) * dtype.itemsize
    raw = draw(st.binary(min_size=count_of_bytes, max_size=count_of_bytes))
    # Any bits at all: NaNs with a payload and negative zeros are carried, not computed with.
    values = np.frombuffer(raw, np.uint8) & 1 if dtype.kind == "b" else np.frombuffer(raw, dtype)
    axis = draw(st.integers(0, len(shape) - 1))
    count = draw(st.integers(1, shape[axis]))
    at, to = (draw(st.integers(0, shape[axis] - count)) for _ in range(2))
    return values.astype(dtype, copy=False).reshape(shape), MoveLines("A", axis, at, count, to)


@given(moves())
def test_a_move_is_numpys_take_and_its_inverse_is_identity(case: tuple[np.ndarray, MoveLines]) -> None:
    values, move = case
    before = workspace_of(values)
    after = move.apply(before)
    moved = after.arrays["A"].to_numpy()
    assert moved.dtype == values.dtype
    assert moved.tobytes() == np.take(values, move.order(values.shape[move.axis]), axis=move.axis).tobytes()
    assert move.inverse.apply(after).arrays["A"].to_numpy().tobytes() == values.tobytes()
    assert before.arrays["A"].to_numpy().tobytes() == values.tobytes()


def test_a_short_way_in_a_large_array_leaves_the_rest_shared() -> None:
    values = np.arange(600.0 * 700).reshape(600, 700)
    before = workspace_of(values)
    for move in (MoveLines("A", 0, 10, 2, 13), MoveLines("A", 1, 300, 1, 255)):
        moved = move.apply(before).arrays["A"]
        expected = np.take(values, move.order(values.shape[move.axis]), axis=move.axis)
        assert moved.to_numpy().tobytes() == expected.tobytes()
        assert moved.shares_base(before.arrays["A"])
        assert move.touched_bytes(before.arrays["A"]) < values.nbytes
    far = MoveLines("A", 0, 0, 1, 500)
    assert not far.apply(before).arrays["A"].shares_base(before.arrays["A"])
    assert far.touched_bytes(before.arrays["A"]) == values.nbytes
    assert MoveLines("A", 0, 10, 2, 13).touched_bytes(before.arrays["A"]) == 256 * 700 * 8


def test_a_move_takes_edited_cells_along() -> None:
    edited = SetCell("A", (2, 1), 7.0).apply(workspace_of(np.zeros((3, 2))))
    moved = MoveLines("A", 0, 2, 1, 0).apply(edited).arrays["A"].to_numpy()
    np.testing.assert_array_equal(moved, [[0, 7], [0, 0], [0, 0]])


def test_a_move_to_its_own_place_changes_nothing() -> None:
    before = workspace_of(np.eye(3))
    assert MoveLines("A", 1, 1, 1, 1).apply(before) is before


@pytest.mark.parametrize(
    "move",
    [MoveLines("A", 2, 0, 1, 1), MoveLines("A", 0, 2, 2, 0), MoveLines("A", 0, 0, 1, 3), MoveLines("A", 0, -1, 1, 0),
     MoveLines("A", 0, 0, 0, 1), MoveLines("C", 0, 0, 1, 1), MoveLines("Z", 0, 0, 1, 1)],
    ids=str,
)  # fmt: skip
def test_a_move_that_cant_be_done_is_refused(move: MoveLines) -> None:
    with pytest.raises(EditError):
        move.apply(workspace_of(np.eye(3)))


def test_labels_say_what_moves_where() -> None:
    assert MoveLines("A", 0, 2, 1, 0).label == "Move line 2 of A to 0"
    assert MoveLines("A", 0, 2, 3, 0).label == "Move 3 lines of A to 0"
