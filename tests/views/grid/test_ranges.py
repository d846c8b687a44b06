"""Laws of several rectangles as a value, against NumPy masks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.views.grid.ranges import Ranges, joined
from playground.views.grid.selection import Selection

ROWS, COLUMNS = 7, 6
HUGE = 1 << 45


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """A rectangle inside 7×6, its active cell anywhere in it."""
    rows, columns = st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1)
    r0, r1, c0, c1 = draw(rows), draw(rows), draw(columns), draw(columns)
    row = draw(st.integers(min(r0, r1), max(r0, r1)))
    column = draw(st.integers(min(c0, c1), max(c0, c1)))
    return Selection(row, column, r0, c0, r1, c1)


ranges = st.builds(Ranges, st.lists(selections(), min_size=1, max_size=4).map(tuple))


def mask(of: Ranges) -> np.ndarray:
    cells = np.zeros((ROWS, COLUMNS), bool)
    for r0, r1, c0, c1 in of.boxes:
        cells[r0:r1, c0:c1] = True
    return cells


def place(of: Ranges) -> tuple[int, int, int]:
    return of.at, of.active.row, of.active.column


@given(ranges)
def test_cells_count_once_and_are_held(some: Ranges) -> None:
    cells = mask(some)
    assert some.cells == cells.sum()
    assert all(some.holds(r, c) == cells[r, c] for r in range(ROWS) for c in range(COLUMNS))


@given(ranges, st.booleans(), st.booleans())
def test_a_walk_through_several_visits_every_cell_of_each_and_comes_back(
    some: Ranges, forward: bool, enter: bool
) -> None:
    some = some.added(Selection.at(0, 0))  # at least two
    size = sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in some.boxes)
    seen, now = [], some
    for _ in range(size):
        seen.append(place(now))
        step = now.entered if enter else now.stepped
        went = step(ROWS, COLUMNS, forward=forward)
        assert went is not None
        assert went.boxes == some.boxes
        back = (went.entered if enter else went.stepped)(ROWS, COLUMNS, forward=not forward)
        assert back is not None
        assert place(back) == place(now)
        now = went
    assert place(now) == place(some)
    assert len(set(seen)) == size


@given(ranges, st.integers(0, ROWS), st.integers(0, COLUMNS))
def test_a_smaller_grid_keeps_what_lies_in_it(some: Ranges, rows: int, columns: int) -> None:
    clipped = some.clipped(rows, columns)
    assert clipped.active == some.active.clipped(rows, columns)
    for part in clipped.parts:
        assert part == clipped.active or (part in some.parts and part.box[1] <= rows and part.box[3] <= columns)
    assert some.clipped(ROWS, COLUMNS) == some


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), min_size=1, max_size=5), st.booleans())
def test_equal_rows_or_columns_join_to_the_table_of_their_lines(spans: list[tuple[int, int]], across: bool) -> None:
    array = np.arange(8 * 8).reshape(8, 8)
    boxes = [(2, 5, at, at + size) if across else (at, at + size, 2, 5) for at, size in spans]
    lines = sorted({line for at, size in spans for line in range(at, at + size)})
    found = joined(boxes)
    assert found is not None
    table = np.concatenate([array[r0:r1, c0:c1] for r0, r1, c0, c1 in found], axis=int(across))
    np.testing.assert_array_equal(table, array[2:5][:, lines] if across else array[lines][:, 2:5])


def test_other_ranges_make_no_table() -> None:
    assert joined([(0, 2, 0, 1), (1, 3, 2, 3)]) is None


def test_one_range_is_as_a_selection_alone() -> None:
    alone = Ranges.of(Selection.at(2, 2))
    assert alone.single
    assert not alone.several
    assert alone.stepped(3, 3, forward=True) is None
    assert alone.entered(3, 3, forward=True) == alone


def test_a_cell_beside_others_can_be_taken_out_again() -> None:
    two = Ranges.of(Selection.at(1, 1)).added(Selection.at(3, 3))
    assert not two.single
    left = two.without(1, 1)
    assert left is not None
    assert left.boxes == ((3, 4, 3, 4),)
    assert left.without(3, 3) is None
    assert two.without(0, 0) is None


def test_sizes_beyond_32_bits() -> None:
    everything = Ranges.of(Selection().of_rows(HUGE).of_columns(HUGE)).added(Selection.at(HUGE - 1, 5))
    assert everything.cells == HUGE * HUGE
    assert everything.stepped(HUGE, HUGE, forward=True) is not None
