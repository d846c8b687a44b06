"""Cells that stay in a file are the same as those in memory, whatever their order, bytes, and edits."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace import stored
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.slicing import Role, usual
from playground.workspace.stored import StoredCells, StoredError, stored_array

if TYPE_CHECKING:
    from pathlib import Path

OFFSET = 128
SHAPE = (700, 900)


def kept(folder: Path, values: np.ndarray, name: str = "a.bin") -> StoredCells:
    """Cells of ``values`` in a file, in the order that they have in memory."""
    path = folder / name
    path.write_bytes(bytes(OFFSET) + values.tobytes(order="A"))
    return StoredCells(path, OFFSET, values.dtype, values.shape, fortran=not values.flags.c_contiguous)


@pytest.mark.parametrize("dtype", ["f8", ">f4", "i8", ">u2", "?", "c16", ">c8", "f2"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_blocks_are_those_of_the_file(tmp_path: Path, dtype: str, order: str) -> None:
    rng = np.random.default_rng(1)
    values = (rng.standard_normal(SHAPE) * 100).astype(dtype).copy(order=order)  # type: ignore[call-overload]
    cells = kept(tmp_path, values)
    array = stored_array(cells)
    assert array.dtype == values.dtype.newbyteorder("=")
    for box in (
        (0, 700, 0, 900),
        (3, 300, 250, 270),
        (699, 700, 0, 900),
        (0, 700, 899, 900),
        (5, 5, 0, 3),
        (0, 9, 9, 9),
    ):
        r0, r1, c0, c1 = box
        block = array.block(*box)
        assert block.dtype.isnative
        assert np.array_equal(block, values[r0:r1, c0:c1])
        at_once = cells.read_at_once(*box)
        assert at_once is None or np.array_equal(at_once, values[r0:r1, c0:c1])
    assert array.item((-1, -2)) == values[-1, -2]
    assert np.array_equal(array.to_numpy(), values)
    rows, columns = np.array([[3], [699], [3]]), np.array([[0, 899, 450]])
    assert np.array_equal(array.at(rows, columns), values[rows, columns])


def test_a_byte_that_is_no_bool_is_true(tmp_path: Path) -> None:
    cells = kept(tmp_path, np.array([[0, 1, 2, 255]], np.uint8).view(bool))
    assert cells.read(0, 1, 0, 4).view(np.uint8).tolist() == [[0, 1, 1, 1]]


@given(st.data())
def test_edits_of_stored_cells_are_those_of_cells_in_memory(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    values = np.arange(float(np.prod(SHAPE))).reshape(SHAPE)
    mine, theirs = stored_array(kept(tmp_path_factory.mktemp("cells"), values)), Array.of(values)
    first_mine, first_theirs = mine, theirs
    for _ in range(3):
        row, column = data.draw(st.integers(0, 690)), data.draw(st.integers(0, 890))
        block = np.full((data.draw(st.integers(1, 10)), data.draw(st.integers(1, 10))), -1.0)
        before_mine, before_theirs = mine, theirs
        mine, theirs = mine.with_block(row, column, block), theirs.with_block(row, column, block)
        patches = mine.changes_since(before_mine)
        assert patches is not None
        patched = before_theirs.to_numpy().copy()
        for patch in patches:
            patched[patch.r0 : patch.r0 + len(patch.values), patch.c0 : patch.c0 + patch.values.shape[1]] = patch.values
        assert np.array_equal(patched, theirs.to_numpy())
    assert np.array_equal(mine.to_numpy(), theirs.to_numpy())
    assert np.array_equal(first_mine.to_numpy(), first_theirs.to_numpy())
    assert mine.pieces_beyond([]).keys() >= mine.pieces_beyond([first_mine]).keys()
    assert sum(first_mine.pieces_beyond([]).values()) == 0  # nothing of it lies in memory


@pytest.mark.parametrize("shape", [(), (5,), (4, 5), (3, 4, 5), (2, 3, 4, 5)])
def test_a_box_of_any_axes(tmp_path: Path, shape: tuple[int, ...]) -> None:
    values = np.arange(float(np.prod(shape))).reshape(shape)
    cells = kept(tmp_path, values)
    box = tuple((1, size - 1) for size in shape)
    wanted = values[tuple(slice(*ends) for ends in box)]
    found = cells.read_box(box)
    assert found.shape == wanted.shape
    assert np.array_equal(found, wanted)
    at_once = cells.read_box_at_once(box)
    assert at_once is None or np.array_equal(at_once, wanted)
    if len(shape) > 2:
        moved = usual(shape).with_role(0, Role.ROWS).turned(0)
        assert np.array_equal(moved.picture(cells.read_box(moved.box(0, 2, 1, 3))), moved.of(values)[0:2, 1:3])


@pytest.mark.parametrize("change", ["cut", "grown", "written"])
def test_a_file_that_another_program_changes_is_told_of(tmp_path: Path, change: str) -> None:
    cells = kept(tmp_path, np.zeros((300, 300)))
    array = stored_array(cells).with_block(0, 0, np.ones((1, 1)))
    path = tmp_path / "a.bin"
    if change == "cut":
        os.truncate(path, 1000)
    elif change == "grown":
        with path.open("ab") as file:
            file.write(b"more")
    else:
        with path.open("r+b") as file:
            file.write(b"x")
        os.utime(path, ns=(1, 1))
    for read in (cells.read, cells.read_at_once, array.block):
        with pytest.raises(StoredError, match=r"a\.bin was changed by another program"):
            assert read(280, 290, 0, 10) is not None
    assert "a.bin" in cells.problem
    with pytest.raises(ArrayError):
        array.with_block(290, 290, np.ones((1, 1)))


def test_a_file_that_is_removed_or_replaced_is_still_read(tmp_path: Path) -> None:
    values = np.arange(12.0).reshape(3, 4)
    cells = kept(tmp_path, values)
    (tmp_path / "b.bin").write_bytes(b"other")
    (tmp_path / "b.bin").replace(tmp_path / "a.bin")
    assert np.array_equal(cells.read(0, 3, 0, 4), values)


def test_too_many_cells_are_not_brought_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.workspace.stored.MOST_WHOLE", 100)
    array = stored_array(kept(tmp_path, np.zeros((4, 4))))
    with pytest.raises(ArrayError, match="128 B and stays in its file"):
        array.to_numpy()
    assert array.with_block(0, 0, np.ones((4, 4))).stored is not None


def test_where_the_system_does_not_tell_what_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = kept(tmp_path, np.zeros((4, 4)))

    def refuse(*_: object) -> int:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(stored.os, "preadv", refuse)
    assert cells.read_at_once(0, 1, 0, 1) is None
    monkeypatch.undo()
    assert cells.read_at_once(0, 1, 0, 1) is None  # it isn't asked again
    assert cells.read(0, 1, 0, 1).shape == (1, 1)


def test_a_system_without_reads_by_position(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_HAS_PREADV", False)
    values = np.arange(12.0).reshape(3, 4)
    assert np.array_equal(kept(tmp_path, values).read(1, 3, 1, 4), values[1:3, 1:4])


def test_a_disk_that_fails_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = kept(tmp_path, np.zeros((3, 4)))

    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(stored.os, "preadv", fail)
    with pytest.raises(StoredError, match=r"a\.bin can't be read: Input/output error"):
        cells.read(0, 1, 0, 1)
    monkeypatch.undo()
    assert not cells.problem  # it may do better next time
    assert cells.read(0, 1, 0, 1).tolist() == [[0.0]]


def test_the_file_is_closed_with_the_last_array(tmp_path: Path) -> None:
    cells = kept(tmp_path, np.zeros((3, 4)))
    number = cells._file
    edited = stored_array(cells).with_block(0, 0, np.ones((1, 1)))
    os.fstat(number)
    del cells, edited
    gc.collect()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)


def test_a_tile_that_was_kept_is_edited_without_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_MOST_TILES", 2)
    values = np.arange(float(np.prod(SHAPE))).reshape(SHAPE)
    cells = kept(tmp_path, values)
    array = stored_array(cells)
    for row, column in ((0, 0), (2, 3), (1, 1), (2, 3)):
        cells.keep_tile(row, column)

    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(stored.os, "preadv", fail)
    edited = array.with_block(600, 890, np.array([[-1.0]])).with_block(300, 300, np.array([[-2.0]]))
    with pytest.raises(StoredError):
        array.with_block(0, 0, np.array([[-1.0]]))  # it was kept first, and is forgotten
    monkeypatch.undo()
    values[600, 890], values[300, 300] = -1, -2
    assert np.array_equal(edited.to_numpy(), values)
