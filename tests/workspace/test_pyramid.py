"""Laws of the pyramid: nothing that stands out is lost, and what changes in part is as if it were made anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.workspace.pyramid import (
    MINUS,
    NAN,
    PLUS,
    Pyramid,
    Tiles,
    pieces,
    prominent,
    shown_of,
    tiles_of,
    unknown,
)

FLOATS = st.floats(width=64) | st.sampled_from([0.0, -1.0, 3.5, np.nan, np.inf, -np.inf])
MATRICES = hnp.array_shapes(min_dims=2, max_dims=2, max_side=90).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=FLOATS, fill=FLOATS)
)
SMALL = st.integers(0, 4000)  # bytes: tiles of several cells even for small matrices


def built(values: np.ndarray, budget: int = 16 << 20) -> Pyramid:
    pyramid = Pyramid(*values.shape, budget)
    for r0, r1, c0, c1 in pyramid.pieces():
        pyramid.put((r0, r1, c0, c1), values[r0:r1, c0:c1])
    pyramid.finish()
    return pyramid


def cells_of(values: np.ndarray, level: Tiles, row: int, column: int) -> np.ndarray:
    top, left = row * level.height, column * level.width
    return values[top : top + level.height, left : left + level.width]


def check(values: np.ndarray, level: Tiles) -> None:
    """Each tile tells exactly what its cells are."""
    assert level.low.shape == (-(-values.shape[0] // level.height), -(-values.shape[1] // level.width))
    for row, column in np.ndindex(level.low.shape):
        cells = cells_of(values, level, row, column)
        finite = cells[np.isfinite(cells)]
        if finite.size:
            assert level.low[row, column] == finite.min()
            assert level.high[row, column] == finite.max()
        else:
            assert np.isnan(level.low[row, column])
            assert np.isnan(level.high[row, column])
        flags = NAN * np.isnan(cells).any() + PLUS * (cells == np.inf).any() + MINUS * (cells == -np.inf).any()
        assert level.flags[row, column] == flags


def same(some: Pyramid, others: Pyramid) -> bool:
    return all(
        np.array_equal(a.low, b.low, equal_nan=True)
        and np.array_equal(a.high, b.high, equal_nan=True)
        and np.array_equal(a.flags, b.flags)
        for a, b in zip(some.levels, others.levels, strict=True)
    )


@given(MATRICES, SMALL)
def test_every_value_lies_between_its_tiles_ends_at_every_level(values: np.ndarray, budget: int) -> None:
    for level in built(values, budget).levels:
        check(values, level)


@given(st.tuples(st.integers(1, 300), st.integers(1, 300)), st.data(), st.sampled_from([1e9, -1e9, np.nan, -np.inf]))
def test_one_outlier_is_kept_at_each_level(shape: tuple[int, int], data: st.DataObject, outlier: float) -> None:
    row, column = (data.draw(st.integers(0, size - 1)) for size in shape)
    values = np.random.default_rng(0).standard_normal(shape)
    values[row, column] = outlier
    pyramid = built(values, 4000)
    for level in pyramid.levels:
        first, stop, left, end = level.of(row, row + 1, column, column + 1)
        assert (stop - first, end - left) == (1, 1)
        shown = prominent(level.low, level.high, pyramid.typical)[first, left]
        assert shown == outlier if np.isfinite(outlier) else level.flags[first, left]


@given(MATRICES, SMALL, st.data())
def test_tiles_of_an_edit_made_anew_equal_the_whole_made_anew(
    values: np.ndarray, budget: int, data: st.DataObject
) -> None:
    pyramid = built(values, budget)
    ends = [sorted(data.draw(st.tuples(*2 * (st.integers(0, size),)))) for size in values.shape]
    (r0, r1), (c0, c1) = ends
    edited = values.copy()
    edited[r0:r1, c0:c1] = data.draw(FLOATS)
    copy = pyramid.copy()
    if r0 < r1 and c0 < c1:
        for a, b, c, d in copy.pieces((r0, r1, c0, c1)):
            copy.put((a, b, c, d), edited[a:b, c:d])
        copy.finish((r0, r1, c0, c1))
    assert same(copy, built(edited, budget))
    assert same(pyramid, built(values, budget))  # the copy shares nothing


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([1, 2, 4]), st.sampled_from([1, 2, 8]), st.booleans()
)
def test_pieces_are_whole_tiles_that_cover_every_cell_once(
    rows: int, columns: int, height: int, width: int, tall: bool
) -> None:
    cut = list(pieces((0, rows, 0, columns), height, width, tall=tall))
    assert sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in cut) == rows * columns
    assert len({(r0, c0) for r0, _, c0, _ in cut}) == len(cut)
    for r0, r1, c0, c1 in cut:
        assert r0 % height == c0 % width == 0
        assert r1 % height == 0 or r1 == rows
        assert c1 % width == 0 or c1 == columns
        assert (r1 - r0) * (c1 - c0) <= 1 << 18


@pytest.mark.parametrize("shape", [(10_000, 10_000), (100_000, 10), (10, 10**7), (10**13, 3), (1, 1), (7, 0)])
def test_the_levels_of_any_shape_keep_to_16_mib_and_end_in_a_small_one(shape: tuple[int, int]) -> None:
    pyramid = Pyramid(*shape)
    assert pyramid.nbytes <= 16 << 20
    assert max(pyramid.levels[-1].low.shape) <= 32


def test_columns_of_a_long_table_stay_apart() -> None:
    assert all(level.width == 1 for level in Pyramid(100_000, 10).levels)


@pytest.mark.parametrize("dtype", [np.bool_, np.uint8, np.int64, np.float16, np.float32, np.complex128])
def test_dtypes(dtype: type[np.generic]) -> None:
    values = np.arange(60).reshape(6, 10).astype(dtype)
    tiles = tiles_of(values, 4, 8)
    sizes = np.abs(values).astype(np.float64)
    assert tiles.low.tolist() == [
        [sizes[:4, :8].min(), sizes[:4, 8:].min()],
        [sizes[4:, :8].min(), sizes[4:, 8:].min()],
    ]
    assert tiles.high.tolist() == [
        [sizes[:4, :8].max(), sizes[:4, 8:].max()],
        [sizes[4:, :8].max(), sizes[4:, 8:].max()],
    ]


def test_complex_cells_count_by_their_size_and_nan_wins() -> None:
    tiles = tiles_of(np.array([[3 + 4j, complex(np.inf, np.nan), complex(np.inf, 1)]]), 1, 1)
    assert tiles.low[0, 0] == 5
    assert tiles.flags.tolist() == [[0, NAN, PLUS]]


@pytest.mark.parametrize(
    ("low", "high", "typical", "shown"),
    [
        (0.0, 9.0, 0.0, 9.0),
        (-9.0, 1.0, 0.0, -9.0),
        (0.0, 1.0, 1.0, 0.0),
        (-3.0, 5.0, 5.0, -3.0),
        (-1e308, 1.7e308, 0, 1.7e308),
    ],
)
def test_what_is_far_from_the_usual_is_shown(low: float, high: float, typical: float, shown: float) -> None:
    assert prominent(np.array(low), np.array(high), typical) == shown


def test_what_is_not_finite_stands_for_its_tile_and_nan_first() -> None:
    tiles = tiles_of(np.array([[1, np.inf, np.nan, -np.inf, 9, -np.inf, 2, 3]]), 1, 2)
    assert shown_of(tiles, 0.0).tolist()[0][0] == np.inf
    assert np.isnan(shown_of(tiles, 0.0)[0, 1])
    assert shown_of(tiles, 0.0).tolist()[0][2:] == [-np.inf, 3.0]


def test_a_box_beyond_the_tiles_has_none() -> None:
    tiles = unknown((16, 32, 8, 24), 4, 8)
    assert tiles.of(16, 20, 8, 9) == (0, 1, 0, 1)
    assert tiles.of(12, 20, 8, 9) is None
    assert tiles.of(16, 33, 8, 9) is None
