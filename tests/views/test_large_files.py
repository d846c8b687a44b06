"""A large .npy in the window: numbers at once, colours when they are known, formulas, and a file that changes."""

from __future__ import annotations

import os
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage

from playground import app
from playground.session import large_arrays
from playground.session.drafts import add
from playground.workspace import stored
from playground.workspace.edits import DeleteLines
from tests.person import CTRL, KEY, Person, workspace
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


@pytest.mark.parametrize("dtype", ["<f8", ">f4"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_numbers_come_first_and_colours_when_they_are_known(
    opened: Opener, values: np.ndarray, qtbot: QtBot, dtype: str, order: str
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
    opened: Opener, values: np.ndarray, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_AT_ONCE", 0)
    person = opened(values)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.source.block(*grid.layout_now().visible) is not None)
    person.key(KEY.Key_End, CTRL)
    np.testing.assert_array_equal(shown(qtbot, grid), visible(grid, values))
    qtbot.waitUntil(lambda: grid.source.block(0, 700, 0, 600) is not None)  # more than is kept in blocks


def test_formulas_use_the_file_and_follow_its_edits(opened: Opener, values: np.ndarray, qtbot: QtBot) -> None:
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


def test_it_is_told_whoever_finds_out_first(opened: Opener, values: np.ndarray, qtbot: QtBot, tmp_path: Path) -> None:
    for _ in range(2):  # and again of a file that is opened again
        person = opened(values)
        qtbot.waitUntil(lambda person=person: not person.window.equation.filling.is_reading)
        cells = person.snapshot.workspace.arrays["big"].stored
        assert cells is not None
        os.truncate(tmp_path / "big.npy", 4096)
        with pytest.raises(stored.StoredError):
            cells.read(600, 601, 0, 9)  # as a thread does that counts cells
        person.key(KEY.Key_End, CTRL)
        qtbot.waitUntil(lambda person=person: "changed" in getattr(person.snapshot.notice, "text", ""))
        assert [note.text() for note in person.shown("resultNote")] == [cells.problem]


@pytest.mark.parametrize("change", ["cut", "written"])
def test_a_file_that_another_program_changes_is_a_sentence(
    opened: Opener,
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


def test_the_window_closes_while_the_file_is_read(opened: Opener, values: np.ndarray) -> None:
    person = opened(values)
    person.key(KEY.Key_End, CTRL)
    person.window.close()  # the test fails where a thread is left


def test_the_scan_ends_with_the_entry(opened: Opener, values: np.ndarray, qtbot: QtBot) -> None:
    person = opened(values)
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == ()
    person.key(KEY.Key_Y, CTRL)
    grid = person.operand("big")
    qtbot.waitUntil(lambda: grid.colour_limits is not None)  # begun anew


def test_a_picture_waits_for_the_colours(
    opened: Opener, values: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(np.sign(values) * 9)  # every cell has a colour as soon as colours are there
    waited = threading.Event()
    scan = large_arrays._scanned
    monkeypatch.setattr(large_arrays, "_scanned", lambda *given: waited.wait(20) and scan(*given))
    monkeypatch.setattr(app, "time", SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: waited.set()))
    assert app.screenshot(tmp_path / "out.png", tmp_path / "big.npy", size=(900, 700)) == 0
    found = QImage(str(tmp_path / "out.png"))
    colours = [found.pixelColor(x, y) for x in range(200, 700, 4) for y in range(100, 600, 4)]
    assert sum(colour.saturation() > 20 for colour in colours) > 500
