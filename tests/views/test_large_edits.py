"""A large .npy is edited as any array: in place, in slices, undone, summed up, saved; too much of it is a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from playground.session.statistics import Summing
from playground.workspace import stored
from playground.workspace.edits import ChangeDtype
from playground.workspace.stored import StoredError
from tests.person import CTRL, KEY
from tests.views.opened_file import SHAPE, Opener, numbers, shown, visible

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def values() -> np.ndarray:
    return numbers()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    return Opener(qtbot, tmp_path, monkeypatch)


def test_the_last_row_is_a_key_away_and_is_edited_and_undone(opened: Opener, values: np.ndarray, qtbot: QtBot) -> None:
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
    opened: Opener, values: np.ndarray, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = opened(values)
    person.key(KEY.Key_End, CTRL)
    shown(qtbot, person.operand("big"))
    cells = person.snapshot.workspace.arrays["big"].stored
    assert cells is not None
    qtbot.waitUntil(lambda: cells.has_tile(2, 2))
    qtbot.waitUntil(lambda: not person.window.equation.filling.is_reading)

    def refuse(*_: object) -> np.ndarray:
        raise StoredError("nothing may be read now")

    monkeypatch.setattr(type(cells), "_lines", refuse)
    person.type("42")
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.arrays["big"].item((-1, -1)) == 42


def test_colours_reach_as_far_as_an_edit(opened: Opener, values: np.ndarray, qtbot: QtBot) -> None:
    person = opened(values)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.colour_limits is not None)
    low, high = grid.colour_limits or (0, 0)
    person.type("1000")
    person.key(KEY.Key_Return)
    assert grid.colour_limits == (low, 1000)
    person.key(KEY.Key_Z, CTRL)
    assert grid.colour_limits == (low, high)


def test_it_is_saved_and_exported_with_its_edits(
    opened: Opener,
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
    opened: Opener,
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


def test_slices_of_a_file_of_four_axes_are_seen_and_edited(opened: Opener, qtbot: QtBot) -> None:
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
    opened: Opener, values: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_WHOLE", 1000)
    person = opened(values)
    assert not person.window.session.edit(ChangeDtype("big", np.dtype("f4"), force=True))
    assert person.snapshot.notice is not None
    assert "stays in its file" in person.snapshot.notice.text
    assert "A.astype('float32')" in person.snapshot.notice.text


@pytest.mark.parametrize("key", [KEY.Key_Plus, KEY.Key_Minus])
def test_lines_of_a_file_are_not_inserted_or_deleted_where_that_takes_too_much(
    opened: Opener,
    values: np.ndarray,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    key: KEY,
) -> None:
    monkeypatch.setattr(stored, "MOST_WHOLE", 1000)
    person = opened(values)
    before = person.snapshot.workspace
    person.key(key, CTRL)
    qtbot.waitUntil(lambda: "stays in its file" in getattr(person.snapshot.notice, "text", ""))
    assert person.snapshot.workspace is before


def test_lines_of_a_file_are_inserted_where_it_fits_into_memory(
    opened: Opener, values: np.ndarray, qtbot: QtBot
) -> None:
    person = opened(values)
    person.key(KEY.Key_Plus, CTRL)
    qtbot.waitUntil(lambda: person.snapshot.workspace.arrays["big"].shape == (SHAPE[0] + 1, SHAPE[1]))
    array = person.snapshot.workspace.arrays["big"]
    assert array.stored is None
    np.testing.assert_array_equal(array.block(1, 3, 0, 9), values[:2, :9])
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.arrays["big"].stored is not None


def test_statistics_of_the_file_have_the_edits(opened: Opener, values: np.ndarray, qtbot: QtBot) -> None:
    person = opened(values)
    grid = person.operand("big")
    shown(qtbot, grid)
    person.type("nan")
    person.key(KEY.Key_Return)
    summing = Summing()
    with qtbot.waitSignal(summing.finished) as told:
        summing.start(grid.source, [(0, *SHAPE[:1], 0, SHAPE[1])])  # type: ignore[arg-type]
    assert (told.args[0].nan, told.args[0].plus_infinite, told.args[0].count) == (2, 1, values.size)
