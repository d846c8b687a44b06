"""The line of NumPy that is shown does what the edit does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.arrays import Array
from playground.workspace.edits import DeleteLines, InsertLines, Resize, SetCell
from playground.workspace.line_code import code_of
from playground.workspace.line_edits import MoveLines
from playground.workspace.workspace import ArrayEntry, Workspace

if TYPE_CHECKING:
    from playground.workspace.editing import Edit


@st.composite
def edits(draw: st.DrawFn) -> tuple[tuple[int, ...], Edit]:
    shape = tuple(draw(st.lists(st.integers(1, 12), min_size=1, max_size=3)))
    axis = draw(st.integers(0, len(shape) - 1))
    size = shape[axis]
    count = draw(st.integers(1, size))
    at = draw(st.integers(0, size - count))
    kind = draw(st.sampled_from(["move", "insert", "delete", "resize"]))
    if kind == "move":
        return shape, MoveLines("A", axis, at, count, draw(st.integers(0, size - count)))
    if kind == "resize":
        return shape, Resize("A", tuple(draw(st.integers(0, 12)) for _ in shape))
    return shape, (InsertLines if kind == "insert" else DeleteLines)("A", axis, at, count)


@given(edits())
def test_the_code_does_what_the_edit_does(case: tuple[tuple[int, ...], Edit]) -> None:
    shape, edit = case
    values = np.arange(1.0, 1 + np.prod(shape)).reshape(shape)
    edited = edit.apply(Workspace((ArrayEntry("A", Array.of(values)),))).arrays["A"].to_numpy()
    names = {"A": values, "np": np}
    exec(code_of(edit, shape), names)
    np.testing.assert_array_equal(names["A"], edited)


@pytest.mark.parametrize(
    ("edit", "shape", "code"),
    [
        (MoveLines("A", 0, 1, 1, 0), (3, 2), "A = A[[1, 0, 2]]"),
        (MoveLines("A", 1, 0, 2, 1), (3, 3), "A = A[:, [2, 0, 1]]"),
        (MoveLines("A", 0, 5, 1, 0), (100, 2), "A = A[np.r_[5, 0:5, 6:100]]"),
        (InsertLines("A", 0, 1, 1), (3, 2), "A = np.insert(A, 1, 0, axis=0)"),
        (DeleteLines("A", 1, 0, 2), (3, 3), "A = np.delete(A, np.s_[0:2], axis=1)"),
        (Resize("A", (2, 3)), (3, 3), "A = A[:2]"),
        (Resize("A", (3, 4)), (3, 3), "A = np.pad(A, ((0, 0), (0, 1)))"),
        (Resize("A", (4,)), (3,), "A = np.pad(A, ((0, 1),))"),
        (Resize("A", (2, 4)), (3, 3), "A = np.pad(A[:2], ((0, 0), (0, 1)))"),
        (SetCell("A", (0, 0), 1), (3, 3), ""),
    ],
)
def test_it_is_short(edit: Edit, shape: tuple[int, ...], code: str) -> None:
    assert code_of(edit, shape) == code
