"""The array of patched tiles against a plain NumPy array."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.workspace.arrays import TILE, Array, ArrayError
from playground.workspace.casting import SUPPORTED

SHAPES = [(), (0,), (1,), (5,), (0, 0), (0, 3), (3, 0), (3, 4), (300, 600), (2, 3, 4), (2, 0, 3), (3, 200, 300)]


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()


def filled(shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    random = np.random.default_rng(1)
    return random.integers(0, 2 if dtype == np.bool_ else 100, shape).astype(dtype)


@pytest.mark.parametrize("dtype", SUPPORTED, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_round_trip_keeps_shape_dtype_and_bits(shape: tuple[int, ...], dtype: Any) -> None:
    values = filled(shape, dtype)
    array = Array.of(values)
    assert same_bits(array.to_numpy(), values)
    assert (array.shape, array.dtype, array.ndim, array.size, array.nbytes) == (
        values.shape, values.dtype, values.ndim, values.size, values.nbytes,
    )  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_cell_of_every_shape_can_be_read_and_written(shape: tuple[int, ...]) -> None:
    values = filled(shape, np.float64)
    array = Array.of(values)
    rows, columns = array.shape_2d
    for index in list(np.ndindex(*shape))[:: max(1, values.size // 50)]:
        row, column = array.position_2d(index)
        assert array.item(index) == values[index]
        changed = array.with_block(row, column, np.array([[-1.5]]))
        assert changed.item(index) == -1.5
        expected = values.copy()
        expected[index] = -1.5
        assert same_bits(changed.to_numpy(), expected)
    assert same_bits(array.to_numpy(), values), "the original changed"
    assert array.block(0, rows, 0, columns).shape == (rows, columns)


@given(st.data())
def test_blocks_agree_with_numpy(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4 * TILE // 3))
    shape = shape if np.prod(shape, dtype=int) < 300_000 else (400, 500)
    array = Array.of(np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape))
    rows, columns = array.shape_2d
    model = array.to_numpy().reshape(rows, columns).copy()
    for _ in range(3):
        r0, c0 = data.draw(st.integers(0, rows)), data.draw(st.integers(0, columns))
        r1, c1 = data.draw(st.integers(r0, rows)), data.draw(st.integers(c0, columns))
        block = -model[r0:r1, c0:c1] - 1
        model[r0:r1, c0:c1] = block
        array = array.with_block(r0, c0, block)
        assert same_bits(array.block(r0, r1, c0, c1), block)
    w = sorted(data.draw(st.integers(-3, rows + 3)) for _ in range(2))
    v = sorted(data.draw(st.integers(-3, columns + 3)) for _ in range(2))
    assert same_bits(
        np.ascontiguousarray(array.block(w[0], w[1], v[0], v[1])),
        np.ascontiguousarray(model[max(w[0], 0) : max(w[1], 0), max(v[0], 0) : max(v[1], 0)]),
    )
    assert same_bits(array.to_numpy(), model.reshape(shape))


def test_changes_applied_to_the_old_array_give_the_new_one() -> None:
    random = np.random.default_rng(7)
    for dtype in SUPPORTED:
        old = Array.of(filled((300, 600), dtype))
        new = old
        for _ in range(5):
            r, c = random.integers(0, 290), random.integers(0, 590)
            new = new.with_block(r, c, filled((10, 10), dtype) == 1 if dtype.kind == "b" else filled((10, 10), dtype))
        for start, end in ((old, new), (new, old)):
            target = start.to_numpy().copy()
            patches = end.changes_since(start)
            assert patches is not None
            for patch in patches:
                height, width = patch.values.shape
                target[patch.r0 : patch.r0 + height, patch.c0 : patch.c0 + width] = patch.values
            assert same_bits(target, end.to_numpy())


def test_a_change_of_one_cell_is_one_cell_and_tells_nan_and_minus_zero_apart() -> None:
    array = Array.of(np.zeros((1000, 1000)))
    changed = array.with_block(700, 300, np.array([[-0.0]]))
    (patch,) = changed.changes_since(array)
    assert (patch.r0, patch.c0, patch.values.shape) == (700, 300, (1, 1))
    assert np.signbit(patch.values[0, 0])
    nan = array.with_block(1, 1, np.array([[np.nan]]))
    assert nan.with_block(1, 1, np.array([[np.nan]])).changes_since(nan) == []
    wide = Array.of(np.zeros((4, 4), np.complex128))
    (patch,) = wide.with_block(2, 3, np.array([[1j]])).changes_since(wide)
    assert (patch.r0, patch.c0, patch.values.shape) == (2, 3, (1, 1))


def test_arrays_of_another_origin_have_no_changes() -> None:
    array = Array.of(np.zeros((3, 3)))
    assert array.changes_since(Array.of(np.zeros((3, 3)))) is None
    assert array.changes_since(Array.of(np.zeros((3, 4)))) is None
    assert array.changes_since(array) == []


def test_an_edit_keeps_only_the_tiles_that_it_touches() -> None:
    array = Array.of(np.zeros((4096, 1024)))
    changed = array.with_block(0, 0, np.array([[1.0]]))
    assert sum(changed.pieces_beyond([array]).values()) == TILE * TILE * 8
    assert array.pieces_beyond([changed]) == {}
    assert sum(changed.pieces_beyond(()).values()) == array.nbytes + TILE * TILE * 8
    whole = array.with_block(0, 0, np.ones((4096, 1024)))
    assert sum(whole.pieces_beyond(()).values()) == array.nbytes, "a block that covers all needs no tiles"


def test_foreign_memory_layouts_and_byte_orders_are_made_our_own() -> None:
    values = np.arange(24.0).reshape(4, 6)
    for foreign in (values.astype(">f8"), np.asfortranarray(values), values[::2, ::-1], values.T):
        for copy in (True, False):
            own = Array.of(foreign, copy=copy).to_numpy()
            assert own.flags.c_contiguous
            assert own.dtype.isnative
            assert np.array_equal(own, foreign)


def test_nobody_can_write_into_an_array() -> None:
    values = np.zeros((2, 2))
    array = Array.of(values)
    values[0, 0] = 9
    assert array.item((0, 0)) == 0
    with pytest.raises(ValueError, match="read-only"):
        array.to_numpy()[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        array.block(0, 2, 0, 2)[0, 0] = 1


@pytest.mark.parametrize(
    "values",
    [["a"], [None], [[1], [2, 3]], np.zeros(2, "i4,f8"), np.zeros(2, "M8[s]"), np.zeros(1, np.longdouble), 10**30],
)
def test_what_is_no_array_of_numbers_is_refused_with_a_sentence(values: Any) -> None:
    with pytest.raises(ArrayError, match=r"\.$"):
        Array.of(values)


def test_a_block_over_the_border_or_of_another_kind_is_refused() -> None:
    array = Array.of(np.zeros((2, 2), np.int64))
    for row, column in ((1, 1), (-1, 0), (0, -1)):
        with pytest.raises(ArrayError):
            array.with_block(row, column, np.zeros((2, 2), np.int64))
    with pytest.raises(ArrayError):
        array.with_block(0, 0, np.array([[1.5]]))
    with pytest.raises(IndexError):
        array.item((2, 0))
    with pytest.raises(IndexError):
        array.item((0,))
    assert array.item((-1, -1)) == 0
