"""A slicing is NumPy's own slice: as values, as text, as indices and as places in the 2-D view."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.slice_text import SliceRefusal, parse_slice
from playground.workspace.slicing import Role, Slicing, box_of, usual


@st.composite
def slicings(draw: st.DrawFn, least: int = 0) -> Slicing:
    """Pictures of arrays of 0 to 6 axes; those that are shown may be empty."""
    ndim = draw(st.integers(least, 6))
    axes = draw(st.permutations(range(ndim)))
    count = draw(st.integers(0, min(2, ndim)))
    shown = axes[:count]
    shape = tuple(draw(st.integers(0 if axis in shown else 1, 4)) for axis in range(ndim))
    index = tuple(draw(st.integers(0, max(0, size - 1))) for size in shape)
    row, column = ([None, None, *shown])[-2:]
    backwards = frozenset(axis for axis in range(ndim) if draw(st.booleans()))
    return Slicing(shape, index, row, column, backwards)


def numbered(shape: tuple[int, ...]) -> np.ndarray:
    return np.arange(math.prod(shape)).reshape(shape)


@given(slicings())
def test_the_text_is_numpys_and_reads_back_as_the_same(slicing: Slicing) -> None:
    values = numbered(slicing.shape)
    told = eval(slicing.text("T"), {"T": values})
    assert np.array_equal(slicing.of(values), told)
    assert np.shape(told) == slicing.shown_shape
    for text in (slicing.text("T"), slicing.text(), slicing.text().replace("[", "").replace("]", "")):
        assert parse_slice(text, slicing, "T") == slicing


@given(slicings())
def test_cells_of_the_picture_are_the_arrays_cells(slicing: Slicing) -> None:
    values = numbered(slicing.shape)
    picture = slicing.of(values).reshape(slicing.rows, slicing.columns)
    for row, column in np.ndindex(*picture.shape):
        index = slicing.index_of(row, column)
        assert values[index] == picture[row, column]
        assert slicing.cell_of(index) == (row, column)
    shown = {slicing.index_of(*cell) for cell in np.ndindex(*picture.shape)}
    for index in np.ndindex(*slicing.shape):
        assert (slicing.cell_of(index) is not None) == (index in shown)
        assert slicing.containing(index).cell_of(index) is not None


@given(slicings(), st.data())
def test_a_block_of_the_picture_has_its_places_in_the_2d_view_and_its_box(
    slicing: Slicing, data: st.DataObject
) -> None:
    r0, r1 = sorted(data.draw(st.tuples(*[st.integers(0, slicing.rows)] * 2)))
    c0, c1 = sorted(data.draw(st.tuples(*[st.integers(0, slicing.columns)] * 2)))
    values = numbered(slicing.shape)
    expected = slicing.of(values).reshape(slicing.rows, slicing.columns)[r0:r1, c0:c1]
    view = values.reshape(math.prod(slicing.shape[:-1]), slicing.shape[-1] if slicing.shape else 1)
    rows, columns = slicing.positions(r0, r1, c0, c1)
    found = view[np.broadcast_to(rows, (r1 - r0, c1 - c0)), np.broadcast_to(columns, (r1 - r0, c1 - c0))]
    assert np.array_equal(found, expected)
    if expected.size:
        box = slicing.box(r0, r1, c0, c1)
        part = values[tuple(slice(*ends) for ends in box)]
        assert np.array_equal(slicing.picture(np.asarray(part)), expected)
        assert slicing.shown_part(box) == (r0, r1, c0, c1)


@given(slicings(least=1), st.data())
def test_roles_are_exchanged_and_no_axis_has_two(slicing: Slicing, data: st.DataObject) -> None:
    axis = data.draw(st.integers(0, len(slicing.shape) - 1))
    role = data.draw(st.sampled_from(list(Role)))
    after = slicing.with_role(axis, role)
    alone = after.row is None and after.column == axis  # a single axis that is shown runs to the right
    assert after.role(axis) is role or (role is Role.ROWS and alone)
    shown = [axis for axis in (after.row, after.column) if axis is not None]
    assert len(shown) == len(set(shown))
    assert len(shown) + len(after.sliders) == len(slicing.shape)
    assert after.row is None or after.column is not None
    if slicing.row is not None and role is not Role.SLIDER:
        assert after.row is not None


@given(st.lists(st.integers(0, 4), max_size=6).map(tuple), slicings())
def test_another_shape_keeps_what_it_can(shape: tuple[int, ...], slicing: Slicing) -> None:
    after = slicing.fitted(shape)
    if after is None:
        assert shape.count(0) > 2
        return
    assert after.shape == shape
    after.of(numbered(shape))  # NumPy finds every place
    if len(shape) == len(slicing.shape) and all(shape[axis] for axis in slicing.sliders):
        assert (after.row, after.column) == (slicing.row, slicing.column)


def test_the_usual_picture_is_of_the_last_two_axes() -> None:
    assert usual((2, 3, 4)).text("T") == "T[0, :, :]"
    assert usual((2, 0, 4, 5)).text("T") == "T[0, :, 0, :]"  # what is empty is shown
    assert usual((5,)).text("v") == "v[:]"
    assert usual(()).text("s") == "s[()]"
    assert usual((0, 0, 0)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T[1]", "T[1, :, :]"),
        ("T[..., 2]", "T[:, :, 2]"),
        ("-1, ..., ::-1", "T[1, :, ::-1]"),
        (" T [ : , 2 , ::-1 ] ", "T[:, 2, ::-1]"),
        ("[:, 2, :].T", "T[:, 2, :].T"),
        ("T[0:2, 0, ::1]", "T[:, 0, :]"),
        ("T[1, 2, 3]", "T[1, 2, 3]"),
        ("1, 2,", "T[1, 2, :]"),
        ("T[1, 2].T", "T[1, 2, :]"),  # a vector has nothing to transpose
    ],
)
def test_slices_are_read_as_numpy_reads_them(text: str, expected: str) -> None:
    before = usual((2, 3, 4))
    assert parse_slice(text, before, "T").text("T") == expected
    written = text.strip() if "T" in text.split("[")[0] else f"T{text}" if text.startswith("[") else f"T[{text}]"
    values = numbered((2, 3, 4))
    assert np.array_equal(parse_slice(text, before, "T").of(values), eval(written, {"T": values}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("T[0, 3]", "Axis 1 has no place 3: its size is 3."),
        ("T[-3]", "Axis 0 has no place -3"),
        ("T[0, 0, 0, 0]", "4 indices are too many: the shape is (2, 3, 4)."),
        ("T", "leaves 3: give others an index"),
        ("", "leaves 3"),
        ("T[..., ...]", "one “...” only"),
        ("T[1:2, 0]", "“1:2” is a part of axis 0"),
        ("T[::2]", "is a part of axis 0"),
        ("T[::0]", "is a part of axis 0"),
        ("T[x]", "“x” is no index"),
        ("U[0]", "Write a slice of T such as T[0, :, :]."),
        ("T[[0, 1]]", "Write a slice of T"),
        ("T[0, None]", "“None” is no index"),
        ("T[99999999999999999999999]", "is no index"),
    ],
)
def test_what_is_no_slice_of_two_axes_is_said(text: str, said: str) -> None:
    read = parse_slice(text, usual((2, 3, 4)), "T")
    assert isinstance(read, SliceRefusal)
    assert said in read.message


@given(st.text("T[]:,.0123- ()", max_size=14))
def test_any_text_gives_a_slice_or_a_sentence(text: str) -> None:
    read = parse_slice(text, usual((2, 3, 4)), "T")
    assert read.message if isinstance(read, SliceRefusal) else read.of(numbered((2, 3, 4))).ndim <= 2


def test_blocks_of_the_2d_view_are_boxes_where_they_are() -> None:
    assert box_of((2, 3, 4), (3, 6), (1, 2)) == ((1, 2), (0, 3), (1, 2))
    assert box_of((2, 3, 4), (4, 5), (0, 4)) == ((1, 2), (1, 2), (0, 4))
    assert box_of((2, 3, 4), (0, 6), (0, 4)) == ((0, 2), (0, 3), (0, 4))
    assert box_of((2, 3, 4), (1, 4), (0, 4)) is None
    assert box_of((4,), (0, 1), (1, 3)) == ((1, 3),)
    assert box_of((), (0, 1), (0, 1)) == ()
