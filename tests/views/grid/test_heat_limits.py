"""Limits of rows and columns equal NumPy's: of any cells, in any order asked, and after any edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from playground.views.grid.heat_limits import CHUNK, LineTable, limits_of_lines
from playground.workspace.arrays import Array, Patch

ANY = st.floats(width=64)
FEW = st.sampled_from([0.0, 1.0, 2.0, -1.0, np.nan, np.inf, -np.inf])
AXES = st.sampled_from(["row", "column"])


def expected(values: np.ndarray, axis: str) -> tuple[list[float], list[float]]:
    lines = values if axis == "row" else values.T
    finite = [line[np.isfinite(line)] for line in lines]
    nan = float("nan")
    return [float(f.min()) if f.size else nan for f in finite], [float(f.max()) if f.size else nan for f in finite]


def filled(table: LineTable, values: np.ndarray, first: int = 0, stop: int | None = None) -> None:
    for begin, end in table.missing(first, table.count if stop is None else stop):
        r0, r1, c0, c1 = table.box(begin, end)
        table.take(begin, limits_of_lines(values[r0:r1, c0:c1], table.axis))


def table_for(values: np.ndarray, axis: str) -> LineTable:
    return LineTable(axis, *(values.shape if axis == "row" else values.shape[::-1]))


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=6), elements=ANY), AXES)
def test_of_any_cells(values: np.ndarray, axis: str) -> None:
    low, high = limits_of_lines(values, axis)
    np.testing.assert_array_equal((low, high), expected(values, axis))


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "float32", "complex64", "complex128"])
def test_of_every_dtype(dtype: str) -> None:
    values = np.array([[3, 0, 1], [1, 1, 1]]).astype(dtype)
    assert [end.tolist() for end in limits_of_lines(values, "row")] == [[0, 1], [1 if dtype == "bool" else 3, 1]]
    assert all(end.dtype == np.float64 for end in limits_of_lines(values, "column"))


@given(arrays(np.float64, (50, 3), elements=FEW), AXES, st.data())
def test_in_any_order_of_asking(values: np.ndarray, axis: str, data: st.DataObject) -> None:
    values = values if axis == "row" else values.T
    table = table_for(values, axis)
    for _ in range(4):
        first = data.draw(st.integers(0, 49))
        stop = data.draw(st.integers(first, 50))
        filled(table, values, first, stop)
        assert list(table.missing(first, stop)) == []
        low, high = table.between(first, stop)
        known_low, known_high = expected(values, axis)
        np.testing.assert_array_equal((low, high), (known_low[first:stop], known_high[first:stop]))


def test_what_is_missing_comes_in_whole_chunks_and_in_one_piece() -> None:
    table = LineTable("row", 50, 3)
    assert list(table.missing(17, 20)) == [(16, 32)]
    table.take(16, limits_of_lines(np.zeros((CHUNK, 3)), "row"))
    assert list(table.missing(0, 50)) == [(0, 16), (32, 50)]
    assert list(table.missing(0, 0)) == []


@given(
    arrays(np.float64, (20, 40), elements=FEW),
    AXES,
    st.lists(st.tuples(st.integers(0, 17), st.integers(0, 37), arrays(np.float64, (3, 3), elements=FEW)), max_size=4),
)
def test_after_any_edit_what_is_known_is_right(values: np.ndarray, axis: str, edits: list) -> None:
    table = table_for(values, axis)
    filled(table, values)
    before = Array.of(values)
    for row, column, block in edits:
        after = before.with_block(row, column, block)
        for patch in after.changes_since(before) or []:
            height, width = patch.values.shape
            table.change(patch, before.block(patch.r0, patch.r0 + height, patch.c0, patch.c0 + width))
        before = after
    unknown = {line for first, stop in table.missing(0, table.count) for line in range(first, stop)}
    low, high = table.between(0, table.count)
    for line, (least, most) in enumerate(zip(*expected(before.to_numpy(), axis), strict=True)):
        if line not in unknown:
            np.testing.assert_array_equal((low[line], high[line]), (least, most))
    filled(table, before.to_numpy())
    np.testing.assert_array_equal(table.between(0, table.count), expected(before.to_numpy(), axis))


def test_an_edit_inside_the_limits_asks_for_nothing() -> None:
    values = np.array([[0.0, 5.0, 10.0]] * 40)
    table = table_for(values, "row")
    filled(table, values)
    table.change(Patch(3, 1, np.array([[12.0]])), np.array([[5.0]]))
    assert list(table.missing(0, 40)) == []
    assert table.between(3, 4)[1] == 12
    table.change(Patch(3, 1, np.array([[1.0]])), np.array([[12.0]]))
    assert list(table.missing(0, 40)) == [(0, 16)], "whether another cell reaches as far isn't known"


def test_former_limits_stand_in_until_the_new_ones_are_known() -> None:
    table = LineTable("column", 3, 1)
    table.take(0, limits_of_lines(np.array([[1.0, 2.0, 3.0]]), "column"))
    table.forget()
    assert list(table.missing(0, 3)) == [(0, 3)]
    assert table.between(0, 3)[0].tolist() == [1, 2, 3]
    table.give_up()
    assert np.isnan(table.between(0, 3)).all()


def test_lines_beyond_the_last_are_neither_known_nor_missing() -> None:
    table = LineTable("row", 20, 3)
    assert list(table.missing(0, 64)) == [(0, 20)]
    table.take(0, limits_of_lines(np.ones((20, 3)), "row"))
    assert list(table.missing(0, 64)) == []
    low, _ = table.between(16, 40)
    np.testing.assert_array_equal(low, [1.0] * 4 + [np.nan] * 20)
