"""Laws of a grid's layout from afar: cells keep their order, hits agree with boxes, and zooming is one way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.views.grid.far import MOST, WHOLE, Detail, FarGeometry, detail_of, stepped, zoomed
from playground.views.grid.far_headers import Label, label_step, labels_of
from playground.views.grid.geometry import Geometry, Part

LAYOUTS = st.builds(
    Geometry,
    rows=st.integers(1, 10**7),
    columns=st.integers(1, 10**7),
    cell_width=st.integers(28, 130),
    cell_height=st.integers(20, 60),
    left=st.integers(9, 60),
    top=st.integers(4, 20),
    end=st.just(9),
    width=st.integers(150, 1500),
    height=st.integers(120, 1000),
)
ZOOMS = st.floats(1e-6, MOST)


@given(LAYOUTS, ZOOMS, ZOOMS)
def test_cells_never_shrink_when_the_zoom_grows(base: Geometry, some: float, other: float) -> None:
    small, large = (zoomed(base, zoom, (0, 0)) for zoom in sorted((some, other)))
    for axis in ("right", "down"):
        sizes = [getattr(layout, axis, None) for layout in (small, large)]
        if None not in sizes:
            assert sizes[0] <= sizes[1] * (1 + 1e-9)
    order = [Detail.IMAGE, Detail.PATCHES, Detail.COLOURS, Detail.NUMBERS]
    assert order.index(detail_of(small)) <= order.index(detail_of(large))


@given(LAYOUTS)
def test_the_whole_is_in_sight_without_scrolling(base: Geometry) -> None:
    layout = zoomed(base, WHOLE, (5, 5))
    assert (layout.last_first_row, layout.last_first_column) == (0, 0)
    assert layout.visible == (0, base.rows, 0, base.columns)
    assert layout.x(base.columns) <= base.width
    assert layout.y(base.rows) <= base.height


@given(LAYOUTS, ZOOMS, st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), st.data())
def test_what_is_hit_lies_under_the_point(
    base: Geometry, zoom: float, first: tuple[int, int], data: st.DataObject
) -> None:
    layout = zoomed(base, zoom, first)
    x, y = data.draw(st.integers(layout.left, base.width)), data.draw(st.integers(layout.top, base.height))
    hit = layout.hit(x, y)
    if hit.part is Part.CELL:
        left, top, width, height = layout.box(hit.row, hit.row + 1, hit.column, hit.column + 1)
        assert left - 1 <= x <= left + width
        assert top - 1 <= y <= top + height
        r0, r1, c0, c1 = layout.visible
        assert r0 <= hit.row < r1
        assert c0 <= hit.column < c1


@given(LAYOUTS, ZOOMS, st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)))
def test_the_first_cell_is_never_beyond_what_can_be_scrolled(
    base: Geometry, zoom: float, first: tuple[int, int]
) -> None:
    layout = zoomed(base, zoom, first)
    assert layout.first_row == min(first[0], layout.last_first_row)
    assert layout.first_column == min(first[1], layout.last_first_column)
    r0, r1, c0, c1 = layout.visible
    assert r0 < r1
    assert c0 < c1


@given(LAYOUTS)
def test_steps_lead_to_the_whole_and_back_to_the_largest(base: Geometry) -> None:
    zoom, steps = 1.0, 0
    while zoom != WHOLE:
        zoom = stepped(base, zoom, 1 / 1.35)
        steps += 1
        assert steps < 90
    assert stepped(base, zoom, 1 / 1.35) == WHOLE
    for _ in range(steps + 10):
        zoom = stepped(base, zoom, 1.35)
    assert zoom == MOST


def test_a_long_table_becomes_a_strip_of_columns_that_stay_apart() -> None:
    base = Geometry(100_000, 10, 80, 48, 40, 20, 9, 640, 520)
    layout = zoomed(base, WHOLE, (0, 0))
    assert isinstance(layout, FarGeometry)
    assert layout.right * 10 == pytest.approx((640 - 40 - 9) / 4)


def test_a_square_matrix_keeps_its_shape() -> None:
    layout = zoomed(Geometry(10_000, 10_000, 80, 48, 40, 20, 9, 640, 520), WHOLE, (0, 0))
    assert isinstance(layout, FarGeometry)
    assert layout.right == layout.down


def test_what_the_owner_made_small_has_numbers_at_zoom_1_and_above() -> None:
    base = Geometry(10, 10, 20, 14, 40, 20, 9, 640, 520)
    assert detail_of(zoomed(base, 1.2, (0, 0))) is Detail.NUMBERS


def test_nothing_is_zoomed_of_a_matrix_without_cells() -> None:
    base = Geometry(0, 3, 52, 48, 40, 20, 9, 640, 520)
    assert zoomed(base, 0.1, (0, 0)) is base


@pytest.mark.parametrize(("size", "step"), [(60, 1), (30, 10), (6, 10), (3, 100), (0.5, 100), (0.05, 1000)])
def test_indices_thin_out(size: float, step: int) -> None:
    assert label_step(size, 40) == step


def length_of(text: str) -> float:
    return 8.0 * len(text)


@given(st.floats(0.01, 40), st.integers(0, 10**6), st.integers(1, 10**5), st.integers(0, 10**6))
def test_no_two_indices_touch_and_the_active_one_is_among_them(
    size: float, first: int, count: int, active: int
) -> None:
    count = min(count, int(900 / size) + 1)
    lines, ends = (first, first + count), (40.0, max(40 + count * size, 120.0))
    labels = sorted(labels_of(lines, ends, size, active, str, length_of, 8.0), key=lambda label: label.start)
    for left, right in itertools.pairwise(labels):
        assert left.start + left.length + 8 <= right.start + 1e-6
    assert any(label.is_active for label in labels) == (first <= active < first + count)


def test_indices_are_round_numbers() -> None:
    labels = labels_of((995, 1040), (0.0, 450.0), 10.0, None, str, length_of, 8.0)
    assert [label.text for label in labels] == ["1000", "1010", "1020", "1030"]
    assert labels[0] == Label("1000", 50.0 + (10 - 32) / 2, 32.0, False)
