"""Every edit on every shape, and every refusal leaves the workspace as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.workspace.arrays import Array
from playground.workspace.casting import SUPPORTED
from playground.workspace.edits import (
    AddArray,
    AddFormula,
    ChangeDtype,
    DeleteLines,
    Edit,
    EditError,
    InsertLines,
    Move,
    Remove,
    Rename,
    ReplaceArray,
    Resize,
    SetBlock,
    SetCell,
    SetFormula,
    ToArray,
    ToFormula,
)
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

SHAPES = [(), (0,), (4,), (0, 0), (0, 3), (3, 0), (3, 4), (2, 3, 4), (2, 0, 4)]


def workspace_of(values: Any) -> Workspace:
    return Workspace((ArrayEntry("A", Array.of(values)), FormulaEntry("C", "A.T @ A")))


def after(edit: Edit, values: Any) -> np.ndarray:
    return edit.apply(workspace_of(values)).arrays["A"].to_numpy()


def counting(shape: tuple[int, ...], dtype: Any = np.float64) -> np.ndarray:
    return np.arange(1, 1 + int(np.prod(shape))).reshape(shape).astype(dtype)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("new", [(), (0,), (3,), (2, 2), (0, 5), (5, 5), (2, 2, 2)], ids=str)
def test_resize_keeps_what_both_shapes_have(shape: tuple[int, ...], new: tuple[int, ...]) -> None:
    old = counting(shape)
    resized = after(Resize("A", new), old)
    assert resized.shape == new
    axes = max(len(shape), len(new))
    padded = old.reshape((1,) * (axes - len(shape)) + shape)
    for index in np.ndindex(*new):
        place = (0,) * (axes - len(new)) + index
        inside = all(i < size for i, size in zip(place, padded.shape, strict=True))
        assert resized[index] == (padded[place] if inside else 0)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape], ids=str)
def test_inserting_and_deleting_lines_agrees_with_numpy(shape: tuple[int, ...]) -> None:
    old = counting(shape)
    for axis, size in enumerate(shape):
        for at in range(size + 1):
            grown = after(InsertLines("A", axis, at, 2), old)
            expected = np.insert(old, [at, at], 0, axis=axis)
            np.testing.assert_array_equal(grown, expected)
            np.testing.assert_array_equal(after(DeleteLines("A", axis, at, 2), grown), old)


@pytest.mark.parametrize("source", SUPPORTED, ids=str)
@pytest.mark.parametrize("target", SUPPORTED, ids=str)
def test_dtypes_change_without_loss_or_by_force(source: np.dtype, target: np.dtype) -> None:
    old = counting((2, 2), source) if source.kind != "b" else np.array([[True, False], [False, True]])
    if target.kind == "b" and source.kind != "b":
        with pytest.raises(EditError):
            after(ChangeDtype("A", target), old)
        changed = after(ChangeDtype("A", target, force=True), old)
    else:
        changed = after(ChangeDtype("A", target), old)
        np.testing.assert_array_equal(changed, old)
    assert changed.dtype == target


def test_a_lossy_dtype_change_offers_and_force_drops() -> None:
    with pytest.raises(EditError, match="can't hold") as error:
        after(ChangeDtype("A", np.dtype("int8")), [1.5, 300.0])
    assert error.value.offer == np.dtype("float64")
    np.testing.assert_array_equal(after(ChangeDtype("A", np.dtype("int16"), force=True), [1.5, 300.0]), [1, 300])
    np.testing.assert_array_equal(after(ChangeDtype("A", np.dtype("float64"), force=True), [1 + 2j]), [1.0])


def test_blocks_are_cast_into_the_arrays_own_dtype() -> None:
    ints = counting((2, 3), np.int64)
    changed = after(SetBlock("A", 1, 1, np.array([[7.0, 8.0]])), ints)
    assert changed.dtype == np.int64
    np.testing.assert_array_equal(changed, [[1, 2, 3], [4, 7, 8]])
    with pytest.raises(EditError, match="float64") as error:
        after(SetBlock("A", 0, 0, np.array([[1.5]])), ints)
    assert error.value.offer == np.dtype("float64")
    with pytest.raises(EditError, match="int64"):
        after(SetBlock("A", 0, 0, np.array([[300]])), counting((2, 2), np.uint8))


def test_the_block_of_a_vector_a_scalar_and_nothing() -> None:
    np.testing.assert_array_equal(after(SetBlock("A", 0, 1, np.array([[5.0]])), counting(3)), [1, 5, 3])
    assert after(SetBlock("A", 0, 0, np.array([[5.0]])), np.float64(1)) == 5
    assert after(SetBlock("A", 0, 0, np.zeros((0, 0))), np.zeros((0, 3))).shape == (0, 3)
    np.testing.assert_array_equal(after(SetCell("A", (1, 0, 1), 9), counting((2, 2, 2)))[1, 0], [5, 9])


def test_renaming_reaches_into_the_formulas() -> None:
    workspace = Workspace((*workspace_of(np.eye(2)).entries, FormulaEntry("D", "linalg.norm(A, axis=0) + C")))
    renamed = Rename("A", "weights").apply(workspace)
    assert renamed.names == ("weights", "C", "D")
    assert renamed.formulas == {"C": "weights.T @ weights", "D": "linalg.norm(weights, axis=0) + C"}
    assert Rename("C", "gram").apply(renamed).formulas["D"] == "linalg.norm(weights, axis=0) + gram"
    assert Rename("A", "A").apply(workspace) == workspace


def test_entries_are_added_moved_turned_and_removed() -> None:
    start = workspace_of(np.eye(2))
    array = Array.of([1.0, 2.0])
    added = AddFormula("D", "C + 1", 0).apply(AddArray("B", array).apply(start))
    assert added.names == ("D", "A", "C", "B")
    assert Move("D", 3).apply(added).names == ("A", "C", "B", "D")
    assert ReplaceArray("A", array).apply(added).arrays["A"] is array
    assert SetFormula("D", "A @").apply(added).formulas["D"] == "A @"
    assert ToArray("C", array).apply(added).arrays["C"] is array
    assert ToFormula("A", "zeros(3)").apply(added).formulas["A"] == "zeros(3)"
    assert Remove("A").apply(added).names == ("D", "C", "B")


REFUSED = [
    SetBlock("A", 0, 3, np.ones((1, 2))), SetBlock("A", -1, 0, np.ones((1, 1))),
    SetBlock("A", 0, 0, np.ones((1, 1, 1))),
    SetBlock("A", 0, 0, np.array([["x"]])), SetBlock("C", 0, 0, np.ones((1, 1))), SetBlock("Z", 0, 0, np.ones((1, 1))),
    SetCell("A", (3, 0), 1.0), SetCell("A", (0,), 1.0), SetCell("A", (0, 0), "x"), SetCell("A", (0, 0), 1j),
    Resize("A", (-1, 2)), Resize("A", (10**7, 10**7)), Resize("A", (2**70,)), Resize("A", (10**18, 0, 10**18)),
    Resize("A", (1,) * 40), InsertLines("A", 2, 0), InsertLines("A", -1, 0), InsertLines("A", 0, 4),
    InsertLines("A", 0, 0, 0), InsertLines("A", 0, 0, 10**15), DeleteLines("A", 0, 2, 2), DeleteLines("A", 0, -1),
    DeleteLines("A", 5, 0), ChangeDtype("A", np.dtype(object)), ChangeDtype("A", np.dtype("U3")),
    ChangeDtype("A", np.dtype("i4,f8")), ChangeDtype("A", np.dtype("M8[s]")), ChangeDtype("C", np.dtype("int8")),
    ReplaceArray("C", Array.of(1)), AddArray("A", Array.of(1)), AddArray("lambda", Array.of(1)),
    AddArray("sum", Array.of(1)),
    AddArray("2x", Array.of(1)), AddArray("", Array.of(1)), AddArray("B", Array.of(1), 9), AddFormula("C", "1"),
    SetFormula("A", "1"), ToArray("A", Array.of(1)), ToFormula("C", "1"), Rename("A", "C"), Rename("A", "class"),
    Rename("Z", "Y"), Remove("Z"), Move("A", 2), Move("A", -1), Move("Z", 0),
]  # fmt: skip


@pytest.mark.parametrize("edit", REFUSED, ids=lambda edit: type(edit).__name__)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(edit: Edit) -> None:
    workspace = workspace_of(counting((3, 4)))
    before = workspace.arrays["A"].to_numpy().tobytes()
    with pytest.raises(EditError, match=r"\.$"):
        edit.apply(workspace)
    assert workspace.arrays["A"].to_numpy().tobytes() == before
    assert edit.label


def test_an_edit_that_changes_nothing_gives_the_same_workspace() -> None:
    workspace = workspace_of(np.eye(2))
    assert Resize("A", (2, 2)).apply(workspace) is workspace
    assert ChangeDtype("A", np.dtype("float64")).apply(workspace) is workspace
