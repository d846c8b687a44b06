"""Cells that are written through a slice land where NumPy puts them, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.arrays import Array
from playground.workspace.edits import EditError, SetBlock
from playground.workspace.history import History
from playground.workspace.slice_edits import SetSlice
from playground.workspace.slicing import Role, Slicing, usual
from playground.workspace.workspace import ArrayEntry, Workspace
from tests.workspace.test_slicing import slicings


def workspace(values: np.ndarray) -> Workspace:
    return Workspace((ArrayEntry("T", Array.of(values)),))


def stored(document: Workspace) -> np.ndarray:
    return document.get("T").array.to_numpy()


@given(slicings(), st.data())
def test_a_block_is_written_where_numpys_slice_writes_it(slicing: Slicing, data: st.DataObject) -> None:
    r0, r1 = sorted(data.draw(st.tuples(*[st.integers(0, slicing.rows)] * 2)))
    c0, c1 = sorted(data.draw(st.tuples(*[st.integers(0, slicing.columns)] * 2)))
    cells = np.array([0.0, -0.0, np.nan, np.inf, 2.5])
    values = cells[
        data.draw(st.lists(st.integers(0, 4), min_size=(r1 - r0) * (c1 - c0), max_size=(r1 - r0) * (c1 - c0)))
    ]
    values = values.reshape(r1 - r0, c1 - c0)
    expected = np.full(slicing.shape, 7.0)
    before = workspace(expected)
    picture = slicing.of(expected)  # a view: what is written to it is in the array
    if picture.size and values.size:
        picture.reshape(slicing.rows, slicing.columns, copy=False)[r0:r1, c0:c1] = values
    after = SetSlice("T", slicing, r0, c0, values).apply(before)
    assert stored(after).tobytes() == expected.tobytes()
    assert (stored(before) == 7).all()
    shown = after.get("T").array.at(*slicing.positions(r0, r1, c0, c1))
    assert shown.tobytes() == values.tobytes()


@pytest.mark.parametrize("shape", [(3, 300, 270), (300, 3, 270), (5, 600, 2)])
def test_tiles_are_crossed_and_the_untouched_ones_shared(shape: tuple[int, int, int]) -> None:
    values = np.random.default_rng(7).normal(size=shape)
    document = workspace(values)
    slicing = usual(shape).with_role(0, Role.ROWS).standing(1, 2).turned(2)
    document = SetBlock("T", 1, 1, np.zeros((2, 1))).apply(document)
    values.reshape(-1, shape[2])[1:3, 1] = 0
    block = np.random.default_rng(8).normal(size=(slicing.rows, slicing.columns))
    old = document.get("T").array
    document = SetSlice("T", slicing, 0, 0, block).apply(document)
    slicing.of(values)[:] = block
    assert np.array_equal(stored(document), values)
    assert document.get("T").array.shares_base(old)
    patched = old.to_numpy().reshape(-1, shape[2]).copy()
    for patch in document.get("T").array.changes_since(old):
        height, width = patch.values.shape
        patched[patch.r0 : patch.r0 + height, patch.c0 : patch.c0 + width] = patch.values
    assert np.array_equal(patched.reshape(shape), values)  # what the engine is told
    everything = document.get("T").array.at(*slicing.positions(0, slicing.rows, 0, slicing.columns))
    assert np.array_equal(everything, slicing.of(values))


def test_undo_is_exact() -> None:
    values = np.array([np.nan, -0.0, np.inf, 1e-300, 5.0, 6.0, 7.0, 8.0]).reshape(2, 2, 2)
    history, before = History(), workspace(values)
    edit = SetSlice("T", usual((2, 2, 2)).with_role(0, Role.COLUMNS), 0, 0, np.zeros((2, 1)))
    history.push(before, edit.apply(before), edit.label)
    back, _ = history.undo()
    assert stored(back).tobytes() == values.tobytes()


def test_what_cannot_be_written_is_said() -> None:
    document = workspace(np.zeros((2, 3, 4), np.int64))
    slicing = usual((2, 3, 4))
    with pytest.raises(EditError, match="over the border"):
        SetSlice("T", slicing, 2, 0, np.zeros((2, 1), np.int64)).apply(document)
    with pytest.raises(EditError, match="over the border"):
        SetSlice("T", usual((2, 3, 5)), 0, 0, np.zeros((1, 1), np.int64)).apply(document)
    with pytest.raises(EditError, match="Make it float64") as refused:
        SetSlice("T", slicing, 0, 0, np.array([[0.5]])).apply(document)
    assert refused.value.offer == np.float64
    assert SetSlice("T", slicing.standing(0, 1), 2, 1, np.array([[5]])).label == "Edit T[1, 2, 1]"
