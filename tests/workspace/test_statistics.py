from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.workspace.statistics import Cells, Statistics, Tally, disjoint, pieces

DTYPES = ["?", "i1", "u1", "<i4", ">i4", "i8", "u8", "f2", "f4", "<f8", ">f8", "c8", "c16"]
SIZES = st.integers(0, 12)
BOXES = st.lists(
    st.tuples(SIZES, SIZES, SIZES, SIZES).map(lambda b: (*sorted(b[:2]), *sorted(b[2:]))), max_size=5
)  # fmt: skip


def told(*blocks: np.ndarray) -> Statistics:
    tally = Tally()
    for block in blocks:
        tally.add(block)
    return tally.statistics


@given(
    st.sampled_from(DTYPES).flatmap(lambda dtype: arrays.arrays(dtype, st.integers(0, 60))), st.integers(0, 60)
)  # fmt: skip
def test_pieces_tell_what_numpy_tells_of_the_whole(cells: np.ndarray, cut: int) -> None:
    found = told(cells[:cut], cells[cut:])
    finite = cells[np.isfinite(cells)]
    assert found.count == cells.size
    assert found.finite == finite.size
    assert found.nan == np.isnan(cells).sum()
    if cells.dtype.kind == "f":
        assert (found.plus_infinite, found.minus_infinite) == (np.isposinf(cells).sum(), np.isneginf(cells).sum())
    if not finite.size:
        assert (found.low, found.high, found.total, found.mean, found.deviation) == (None,) * 5
        return
    if cells.dtype.kind != "c":
        assert (found.low, found.high) == (finite.min(), finite.max())
    if cells.dtype.kind in "biu":
        assert found.total == sum(int(cell) for cell in cells)
        assert found.mean == found.total / cells.size
    wide = finite.astype(np.complex128 if cells.dtype.kind == "c" else np.float64)
    # Divided first, so that NumPy's own sums can't overflow.
    largest = max(float(np.abs(wide.real).max()), float(np.abs(wide.imag).max()), 1e-300)
    assert found.mean is not None
    assert found.deviation is not None
    assert found.mean / largest == pytest.approx((wide / largest).mean(), abs=1e-12)
    assert found.deviation / largest == pytest.approx((wide / largest).std(), rel=1e-9, abs=1e-12)


def test_numbers_beyond_the_squares_of_floats_have_a_mean_and_a_deviation() -> None:
    found = told(np.array([1.0, 2.0]), np.array([1e300, -1e300, 1e300, np.nan]))
    assert found.mean == pytest.approx(2e299)
    assert found.deviation == pytest.approx(math.sqrt(0.6 - 0.04) * 1e300)
    assert told(np.full(4, 1.7e308)) == Statistics(4, 0, 0, 0, 1.7e308, 1.7e308, math.inf, 1.7e308, 0.0)
    assert told(np.array([1e-300, 3e-300])).deviation == pytest.approx(1e-300)
    assert told(np.array([1e-300]), np.array([2.0]), np.array([1e300, 1e300])).mean == pytest.approx(5e299)


def test_a_sum_of_many_small_parts_is_not_rounded_away() -> None:
    found = told(np.array([1e16]), *[np.array([1.0])] * 1000, np.array([-1e16]))
    assert found.total == 1000


def test_what_is_not_finite_is_counted_and_left_out() -> None:
    found = told(np.array([[np.nan, np.inf], [-np.inf, np.inf]]))
    assert found == Statistics(4, 1, 2, 1, None, None, None, None, None)
    assert told(np.array([complex(np.nan, np.inf), complex(0, -np.inf), 1 + 1j])).nan == 1


def test_nothing_is_told_of_no_cells() -> None:
    assert told() == told(np.zeros((0, 3))) == Statistics(0, 0, 0, 0, None, None, None, None, None)


def test_integers_are_exact() -> None:
    high = np.iinfo(np.uint64).max
    found = told(np.full(9, high, np.uint64))
    assert (found.low, found.high, found.total) == (int(high), int(high), 9 * int(high))
    found = told(np.full(9, np.iinfo(np.int64).min))
    assert found.total == 9 * -(2**63)
    assert told(np.array([True, False, True])).total == 2


@given(BOXES, st.booleans(), st.integers(1, 9))
def test_pieces_hold_each_cell_of_all_boxes_once(boxes: list[Cells], tall: bool, most: int) -> None:
    wanted = np.zeros((12, 12), int)
    for r0, r1, c0, c1 in boxes:
        wanted[r0:r1, c0:c1] = 1
    found = np.zeros((12, 12), int)
    for r0, r1, c0, c1 in pieces(boxes, tall=tall, most=most):
        assert 0 < (r1 - r0) * (c1 - c0) <= most
        found[r0:r1, c0:c1] += 1
    assert (found == wanted).all()


def test_one_box_stays_whole() -> None:
    assert list(disjoint([(0, 10**7, 3, 10**9)])) == [(0, 10**7, 3, 10**9)]
