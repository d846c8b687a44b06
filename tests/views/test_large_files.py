"""A large .npy in the window: numbers at once, colours when they are known, edits, formulas, a file that changes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from playground.app import screenshot
from playground.session.drafts import add
from playground.session.statistics import Summing
from playground.workspace import stored
from playground.workspace.edits import ChangeDtype, DeleteLines
from playground.workspace.workspace import Workspace
from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

SHAPE = (700, 600)


@pytest.fixture(autouse=True)
def _small_files_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.files.load.STORED_FROM", 1000)


@pytest.fixture
def values() -> np.ndarray:
    cells = np.random.default_rng(5).standard_normal(SHAPE)
    cells[3, 4], cells[-1, -2], cells[400, 300] = np.nan, np.inf, -9
    return cells


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Callable[[np.ndarray], Person]:
    """``opened(values)`` opens a file of them in a window of their own."""

    def open_in_window(cells: np.ndarray) -> Person:
        np.save(tmp_path / "big.npy", cells)
        person = Person(qtbot, Workspace())
        with qtbot.waitSignal(person.window.dialogs.allRead):
            person.window.dialogs.open_paths([tmp_path / "big.npy"])
        person.settle()
        person.operand("big").setFocus()
        return person

    return open_in_window


def shown(qtbot: QtBot, grid: Grid) -> np.ndarray:
    """The cells on the screen, when they are there."""
    box = grid.layout_now().visible
    qtbot.waitUntil(lambda: grid.source.block(*box) is not None)
    block = grid.source.block(*box)
    assert block is not None
    return block


def visible(grid: Grid, cells: np.ndarray) -> np.ndarray:
    r0, r1, c0, c1 = grid.layout_now().visible
    return cells[r0:r1, c0:c1]


@pytest.mark.parametrize("dtype", ["<f8", ">f4"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_numbers_come_first_and_colours_when_they_are_known(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot, dtype: str, order: str
) -> None:
    values = np.asarray(values, dtype, order=order)  # type: ignore[call-overload]
    person = opened(values)
    grid, array = person.operand("big"), person.snapshot.workspace.arrays["big"]
    assert array.stored is not None
    assert sum(array.pieces_beyond([]).values()) == 0  # nothing of it is in memory
    assert person.snapshot.notice is not None
    assert person.snapshot.notice.text.endswith("MB: it is read where you look.")
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values))
    finite = values[np.isfinite(values)]
    qtbot.waitUntil(lambda: grid.colour_limits == (float(finite.min()), float(finite.max())))


def test_the_last_row_is_a_key_away_and_is_edited_and_undone(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot
) -> None:
    person = opened(values)
    grid = person.operand("big")
    person.key(KEY.Key_End, CTRL)
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values))
    before = person.snapshot.workspace.arrays["big"]
    person.type("42")
    person.key(KEY.Key_Return)
    edited = values.copy()
    edited[-1, -1] = 42
    after = person.snapshot.workspace.arrays["big"]
    np.testing.assert_array_equal(after.to_numpy(), edited)
    assert after.shares_base(before)
    assert len(after.tiles) == 1
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, edited))
    person.key(KEY.Key_Z, CTRL)
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values))
    person.key(KEY.Key_Y, CTRL)
    np.testing.assert_array_equal(person.snapshot.workspace.arrays["big"].to_numpy(), edited)


def test_what_is_looked_at_is_ready_to_be_edited(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = opened(values)
    person.key(KEY.Key_End, CTRL)
    shown(qtbot, person.operand("big"))
    cells = person.snapshot.workspace.arrays["big"].stored
    assert cells is not None
    qtbot.waitUntil(lambda: cells.has_tile(2, 2))
    qtbot.waitUntil(lambda: not person.window.equation.filling.is_reading)
    monkeypatch.setattr(type(cells), "_lines", None)  # nothing may read now
    person.type("42")
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.arrays["big"].item((-1, -1)) == 42


def test_colours_reach_as_far_as_an_edit(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot
) -> None:
    person = opened(values)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.colour_limits is not None)
    low, high = grid.colour_limits or (0, 0)
    person.type("1000")
    person.key(KEY.Key_Return)
    assert grid.colour_limits == (low, 1000)
    person.key(KEY.Key_Z, CTRL)
    assert grid.colour_limits == (low, high)


def test_what_is_large_in_memory_is_looked_through_beside_the_window_too(qtbot: QtBot) -> None:
    values = np.arange(300_000.0).reshape(500, 600)
    person = Person(qtbot, workspace(A=values))
    grid = person.operand("A")
    qtbot.waitUntil(lambda: grid.colour_limits == (0, 299_999))
    grid.setFocus()
    person.type("-7")
    person.key(KEY.Key_Return)
    assert grid.colour_limits == (-7, 299_999)
    person.window.session.edit(DeleteLines("A", 0, 499))
    assert grid.colour_limits is not None  # the former ones, until
    qtbot.waitUntil(lambda: grid.colour_limits == (-7, 299_399))


def test_where_the_system_does_not_tell_what_is_at_hand_cells_fill_in(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_AT_ONCE", 0)
    person = opened(values)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.source.block(*grid.layout_now().visible) is not None)
    person.key(KEY.Key_End, CTRL)
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values))
    qtbot.waitUntil(lambda: grid.source.block(0, 700, 0, 600) is not None)  # more than is kept in blocks


def test_formulas_use_the_file_and_follow_its_edits(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot
) -> None:
    values = np.nan_to_num(values, posinf=1.0)
    person = opened(values)
    add(person.window.session, "t = sum(big, axis=0)")
    result = person.snapshot.results["t"].result
    assert result is not None
    np.testing.assert_allclose(result.value, values.sum(axis=0))
    grid = person.operand("big")
    grid.setFocus()
    shown(qtbot, grid)
    person.key(KEY.Key_Home, CTRL)
    person.type("1000")
    person.key(KEY.Key_Return)
    result = person.snapshot.results["t"].result
    assert result is not None
    assert result.value is not None
    assert result.value[0] == pytest.approx(values[1:, 0].sum() + 1000)


@pytest.mark.parametrize("change", ["cut", "written"])
def test_a_file_that_another_program_changes_is_a_sentence(
    opened: Callable[[np.ndarray], Person],
    values: np.ndarray,
    qtbot: QtBot,
    tmp_path: Path,
    change: str,
) -> None:
    person = opened(values)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.colour_limits is not None)
    shown(qtbot, grid)
    person.type("5")
    person.key(KEY.Key_Return)
    if change == "cut":
        os.truncate(tmp_path / "big.npy", 4096)
    else:
        np.save(tmp_path / "big.npy", np.zeros(SHAPE))
        os.utime(tmp_path / "big.npy", ns=(1, 1))
    person.key(KEY.Key_End, CTRL)
    qtbot.waitUntil(lambda: person.snapshot.notice is not None)
    assert person.snapshot.notice is not None
    assert "big.npy was changed by another program" in person.snapshot.notice.text
    notes = [note.text() for note in person.shown("resultNote")]
    assert any("big.npy was changed" in note for note in notes)
    assert grid.source.block(*grid.layout_now().visible) is None  # no zeros in the place of what isn't known
    person.type("7")  # there is nothing to edit
    person.key(KEY.Key_Escape)
    person.key(KEY.Key_Z, CTRL)  # what was edited before is undone as ever
    assert person.snapshot.workspace.arrays["big"].tiles == ()
    person.key(KEY.Key_Z, CTRL)
    assert "big" not in person.snapshot.workspace.names


def test_it_is_saved_and_exported_with_its_edits(
    opened: Callable[[np.ndarray], Person],
    values: np.ndarray,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("playground.views.dialogs._WRITTEN_BESIDE", 1000)
    person = opened(values)
    shown(qtbot, person.operand("big"))
    person.type("5")
    person.key(KEY.Key_Return)
    values[0, 0] = 5
    for name, key in (("out.npy", KEY.Key_E), ("out.mplay", KEY.Key_S)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        with qtbot.waitSignal(person.window.dialogs.allWritten):
            person.key(key, CTRL)
        assert person.snapshot.notice is not None
        assert person.snapshot.notice.text == f"Saved as {name}."
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), values)
    with qtbot.waitSignal(person.window.dialogs.allRead):
        person.window.dialogs.open_paths([tmp_path / "out.mplay"])
    np.testing.assert_array_equal(person.snapshot.workspace.arrays["big"].to_numpy(), values)


def test_it_is_exported_over_itself(
    opened: Callable[[np.ndarray], Person],
    values: np.ndarray,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = opened(values)
    shown(qtbot, person.operand("big"))
    person.type("5")
    person.key(KEY.Key_Return)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "big.npy"), ""))
    person.key(KEY.Key_E, CTRL)
    values[0, 0] = 5
    np.testing.assert_array_equal(np.load(tmp_path / "big.npy"), values)
    np.testing.assert_array_equal(person.snapshot.workspace.arrays["big"].to_numpy(), values)  # reads the old one


def test_slices_of_a_file_of_four_axes_are_seen_and_edited(
    opened: Callable[[np.ndarray], Person], qtbot: QtBot
) -> None:
    values = np.arange(6.0 * 5 * 7 * 8).reshape(6, 5, 7, 8)
    person = opened(values)
    grid = person.operand("big")
    field = person.find("sliceField")
    field.setFocus()
    field.selectAll()
    person.type("big[:, 2, ::-1, 3].T")
    person.key(KEY.Key_Return)
    picture = values[:, 2, ::-1, 3].T
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, picture))
    grid.setFocus()
    person.key(KEY.Key_End, CTRL)
    person.type("-1")
    person.key(KEY.Key_Return)
    values[5, 2, 0, 3] = -1
    np.testing.assert_array_equal(person.snapshot.workspace.arrays["big"].to_numpy(), values)
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values[:, 2, ::-1, 3].T))
    summing = Summing()
    with qtbot.waitSignal(summing.finished) as told:
        summing.start(grid.source, [(0, grid.source.rows, 0, grid.source.columns)])  # type: ignore[arg-type]
    assert told.args[0].total == values[:, 2, ::-1, 3].sum()


def test_what_needs_all_cells_is_refused_with_a_sentence(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_WHOLE", 1000)
    person = opened(values)
    assert not person.window.session.edit(ChangeDtype("big", np.dtype("f4"), force=True))
    assert person.snapshot.notice is not None
    assert "stays in its file" in person.snapshot.notice.text
    assert "A.astype('float32')" in person.snapshot.notice.text


def test_statistics_of_the_file_have_the_edits(
    opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot
) -> None:
    person = opened(values)
    grid = person.operand("big")
    shown(qtbot, grid)
    person.type("nan")
    person.key(KEY.Key_Return)
    summing = Summing()
    with qtbot.waitSignal(summing.finished) as told:
        summing.start(grid.source, [(0, *SHAPE[:1], 0, SHAPE[1])])  # type: ignore[arg-type]
    assert (told.args[0].nan, told.args[0].plus_infinite, told.args[0].count) == (2, 1, values.size)


def test_the_window_closes_while_the_file_is_read(opened: Callable[[np.ndarray], Person], values: np.ndarray) -> None:
    person = opened(values)
    person.key(KEY.Key_End, CTRL)
    person.window.close()  # the test fails where a thread is left


def test_the_scan_ends_with_the_entry(opened: Callable[[np.ndarray], Person], values: np.ndarray, qtbot: QtBot) -> None:
    person = opened(values)
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == ()
    person.key(KEY.Key_Y, CTRL)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.colour_limits is not None)  # begun anew


def test_a_picture_waits_for_the_numbers(qapp: object, values: np.ndarray, tmp_path: Path) -> None:
    np.save(tmp_path / "big.npy", values)
    assert screenshot(tmp_path / "out.png", tmp_path / "big.npy", size=(900, 700)) == 0
    found = QImage(str(tmp_path / "out.png"))
    colours = {found.pixel(x, y) for x in range(200, 700, 3) for y in range(100, 600, 3)}
    assert len(colours) > 50  # heat, not only grey
