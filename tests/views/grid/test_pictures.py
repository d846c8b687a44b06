"""The pictures of a grid's source: made beside the window, mended after edits, of slices, of cells that come late."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.picturing import closeup, survey, survey_again
from playground.session.reading import CellsGoneError
from playground.views.grid import pictures as pictures_of
from playground.views.grid.far_paint import outliers
from playground.views.grid.pictures import Pictures, tile_for, written
from playground.views.grid.slice_source import SliceSource
from playground.views.grid.source import ArraySource, CellReader
from playground.workspace.arrays import Array
from playground.workspace.slicing import Role, usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from playground.workspace.pyramid import Pyramid


class Teller:
    """Counts what is told; gives up after so many reports."""

    def __init__(self, most: int = 10**9) -> None:
        self.told: list[float] = []
        self._most = most

    @property
    def unwanted(self) -> bool:
        return len(self.told) >= self._most

    def progress(self, part: float) -> None:
        self.told.append(part)

    def notice(self, found: object) -> None:
        raise AssertionError(found)


def values(rows: int = 700, columns: int = 900) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((rows, columns))


def built(array: np.ndarray) -> Pyramid:
    made = survey(*array.shape, ArraySource(array).reader(), Teller())
    assert made is not None
    return made


def same(some: Pyramid | None, others: Pyramid) -> bool:
    return some is not None and all(
        np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True)
        for a, b in zip(some.levels, others.levels, strict=True)
        for name in ("low", "high", "flags")
    )


@pytest.fixture
def made() -> Iterator[list[Pictures]]:
    all_made: list[Pictures] = []
    yield all_made
    for pictures in all_made:
        pictures.stop()
        pictures.deleteLater()


def test_progress_is_told_and_ends_at_one() -> None:
    teller = Teller()
    survey(4000, 1000, ArraySource(np.zeros((4000, 1000))).reader(), teller)
    assert teller.told == sorted(teller.told)
    assert teller.told[-1] == 1.0
    assert len(teller.told) <= 20


def test_nobody_waits_for_what_is_unwanted() -> None:
    array = np.zeros((4000, 1000))
    assert survey(4000, 1000, ArraySource(array).reader(), Teller(1)) is None
    assert closeup(2, 2, (0, 4000, 0, 1000), ArraySource(array).reader(), Teller(0)) is None


def test_looking_again_leaves_the_older_picture_as_it_is() -> None:
    array = values()
    before = built(array)
    edited = array.copy()
    edited[100:500, 200:300] = 9
    after = survey_again(before, [(100, 500, 200, 300)], ArraySource(edited).reader(), Teller())
    assert same(after, built(edited))
    assert same(before, built(array))


def test_a_closer_look_equals_the_cells() -> None:
    array = values()
    tiles = closeup(2, 4, (100, 600, 200, 801), ArraySource(array).reader(), Teller())
    assert tiles is not None
    assert tiles.low.shape == (250, 151)
    assert tiles.high[3, 150] == array[106:108, 800:801].max()


def test_the_picture_is_made_once_when_somebody_looks(qtbot: QtBot, made: list[Pictures]) -> None:
    array = values()
    made.append(pictures := Pictures(ArraySource(array)))
    assert pictures.pyramid is None
    assert not pictures.is_busy
    with qtbot.waitSignal(pictures.changed):
        assert pictures.survey() is None
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert same(pictures.survey(), built(array))
    assert pictures.limits == (array.min(), array.max())


@pytest.mark.parametrize("large", [False, True])
def test_edits_are_written_into_the_picture(
    qtbot: QtBot, made: list[Pictures], monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr(pictures_of, "_AT_ONCE", 4)
    before = Array.of(values())
    after = before.with_block(650, 10, np.full((3, 3), np.inf)).with_block(5, 5, np.array([[99.0]]))
    made.append(pictures := Pictures(ArraySource(before)))
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)
    pictures.follow(ArraySource(after))
    assert pictures.is_busy is large
    assert pictures.pyramid is not None  # the older one is shown until then
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert same(pictures.pyramid, built(after.to_numpy()))
    pictures.follow(ArraySource(before))
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert same(pictures.pyramid, built(before.to_numpy()))


class Held(ArraySource):
    """Cells that are read only when the gate is open."""

    def __init__(self, array: np.ndarray | Array) -> None:
        super().__init__(array)
        self.gate = threading.Event()

    def reader(self, slicing: object = None) -> CellReader:
        source = self

        class Reader(CellReader):
            def close(self) -> None:
                source.gate.set()

        def read(*box: int) -> np.ndarray:
            self.gate.wait()
            return self.block(*box)

        return Reader(read)


def test_an_edit_while_the_picture_is_made_is_not_lost(qtbot: QtBot, made: list[Pictures]) -> None:
    before = Array.of(values())
    held = Held(before)
    made.append(pictures := Pictures(held))
    pictures.survey()
    after = before.with_block(30, 40, np.array([[-50.0]]))
    pictures.follow(ArraySource(after))
    held.gate.set()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)
    assert same(pictures.pyramid, built(after.to_numpy()))


def test_another_array_while_the_picture_is_made_is_looked_at_instead(qtbot: QtBot, made: list[Pictures]) -> None:
    held = Held(values())
    made.append(pictures := Pictures(held))
    pictures.survey()
    pictures.follow(ArraySource(values(40, 50)))
    held.gate.set()
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert pictures.pyramid is None
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)
    assert same(pictures.pyramid, built(values(40, 50)))


class Gone(ArraySource):
    def reader(self, slicing: object = None) -> CellReader:
        def read(*_: int) -> np.ndarray:
            raise CellsGoneError("gone")

        return CellReader(read)


def test_cells_that_are_gone_are_not_asked_for_again(qtbot: QtBot, made: list[Pictures]) -> None:
    made.append(pictures := Pictures(Gone(values())))
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.gone)
    assert pictures.survey() is None
    assert not pictures.is_busy
    pictures.follow(ArraySource(values()))
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)


def test_a_closer_look_is_taken_where_tiles_are_coarser_than_pixels(qtbot: QtBot, made: list[Pictures]) -> None:
    array = np.zeros((6000, 6000))
    array[3001, 3001] = 5
    made.append(pictures := Pictures(ArraySource(array)))
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)
    box = (2900, 3300, 2900, 3300)
    (coarse,) = pictures.layers(box, 0.6, 0.6)
    assert coarse.height == 8
    qtbot.waitUntil(lambda: not pictures.is_busy)
    (fine,) = pictures.layers(box, 0.6, 0.6)
    assert (fine.height, fine.width) == (2, 2)
    assert fine.high.max() == 5
    both = pictures.layers((2800, 3200, 2900, 3300), 0.6, 0.6)
    assert both == (coarse, fine)  # what is known already stays until the rest is


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.floats(1e-4, 8), st.floats(1e-4, 8))
def test_tiles_are_at_least_a_pixel_and_not_too_many(rows: int, columns: int, down: float, right: float) -> None:
    height, width = tile_for((0, rows, 0, columns), down, right)
    assert height * down >= 1
    assert width * right >= 1
    assert -(-rows // height) * -(-columns // width) <= pictures_of.MOST_TILES


@given(st.data())
def test_what_was_written_is_found_in_any_slice(data: st.DataObject) -> None:
    shape = (5, 6, 7)
    before = Array.of(np.zeros(shape))
    row, column = data.draw(st.integers(0, 29)), data.draw(st.integers(0, 6))
    height, width = data.draw(st.integers(1, 30 - row)), data.draw(st.integers(1, 7 - column))
    after = before.with_block(row, column, np.ones((height, width)))
    slicing = usual(shape)
    assert slicing is not None
    slicing = slicing.with_role(data.draw(st.integers(0, 2)), data.draw(st.sampled_from(list(Role))))
    slicing = slicing.turned(data.draw(st.integers(0, 2))).standing(0, data.draw(st.integers(0, 4)))
    old, new = (SliceSource(ArraySource(array), slicing) for array in (before, after))
    found = np.zeros((new.rows, new.columns))
    for r0, r1, c0, c1 in written(old, new) or []:
        found[r0:r1, c0:c1] = 1
    assert found.tolist() == new.block(0, new.rows, 0, new.columns).tolist()


def test_nothing_is_known_of_other_slices_and_other_arrays() -> None:
    array = ArraySource(Array.of(np.zeros((3, 4, 5))))
    slicing = usual((3, 4, 5))
    assert slicing is not None
    assert written(SliceSource(array, slicing), SliceSource(array, slicing.standing(0, 1))) is None
    assert written(ArraySource(np.zeros(3)), ArraySource(np.zeros(3))) is None
    assert written(array, array) == []


def test_lines_have_the_limits_of_their_tiles(qtbot: QtBot, made: list[Pictures]) -> None:
    array = values(64, 64)
    made.append(pictures := Pictures(ArraySource(array)))
    assert np.isnan(pictures.ends_of_rows(range(3))[0]).all()
    pictures.survey()
    qtbot.waitUntil(lambda: pictures.pyramid is not None)
    low, high = pictures.ends_of_rows(range(0, 64, 1))
    assert low.tolist() == array.min(axis=1).tolist()
    low, high = pictures.ends_of_columns(range(0, 64, 4))
    assert high.tolist() == array.max(axis=0)[::4].tolist()


def test_few_outliers_are_told_and_many_are_none() -> None:
    field = np.zeros((100, 100))
    field[3, 4], field[50, 60], field[7, 7] = 10, -9, np.nan
    assert sorted(outliers(field, 0.0, (-9.0, 10.0)).tolist()) == [[3, 4], [7, 7], [50, 60]]
    assert outliers(np.linspace(0, 1, 1000)[None], 0.5, (0.0, 1.0)).size == 0
    many = np.full((50, 50), np.nan)
    assert outliers(many, 0.0, None).size == 0
    many[7, 9] = -np.inf
    assert outliers(many, 0.0, (0.0, 1.0)).tolist() == [[7, 9]]
