"""The window as a whole: names for everything, regions by keys, one undo for all, two looks, and a clean end."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from playground.workspace.examples import EXAMPLES
from tests.person import CTRL, KEY, LEFT, PLAIN, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

NAMES = [
    "formulaEdit", "shapeRibbon", "problemBar", "entryList", "operandGrid", "resultGrid", "whyStrip", "inspector",
    "vectorCanvas", "canvasReadout", "deviceSwitch", "deviceChip", "timingPanel", "cancelButton", "commandPalette",
]  # fmt: skip
REGIONS = [
    "entryList", "formulaEdit", "shapeRibbon", "operandGrid", "resultGrid", "vectorCanvas", "timingDetails",
    "cellLine", "newButton",
]  # fmt: skip


def nameless(window: QWidget) -> list[str]:
    """Focusable widgets without an object name, or without anything that a screen reader could say."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not widget.objectName() or not spoken:
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {spoken!r}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_names_that_others_rely_on_are_there(person: Person, name: str) -> None:
    assert person.window.findChildren(QWidget, name)


def test_grids_tell_whose_they_are(person: Person) -> None:
    assert [grid.property("entryName") for grid in person.shown("operandGrid")] == ["A", "B"]
    assert person.result.property("entryName") == "C"


@pytest.mark.parametrize("name", [*EXAMPLES, None])
def test_everything_that_takes_the_focus_has_a_name(sit: Callable[..., Person], name: str | None) -> None:
    person = sit(EXAMPLES[name].build() if name else workspace())
    assert nameless(person.window) == []
    person.find("inspectorMore").click()
    person.find("timingDetails").click()
    person.window.command_palette.open_over()
    entries = person.window.side.entries
    if entries.currentIndex().isValid():
        entries.edit(entries.currentIndex())
    assert nameless(person.window) == []
    person.write("A @ no")
    assert nameless(person.window) == []


# -- regions -----------------------------------------------------------------------------------------------------


def test_f6_goes_round_the_regions_and_shift_f6_back(person: Person) -> None:
    person.window.side.entries.setFocus()
    seen = []
    for _ in REGIONS:
        seen.append(QApplication.focusWidget().objectName())
        person.key(KEY.Key_F6)
    assert seen == REGIONS
    assert QApplication.focusWidget().objectName() == REGIONS[0]
    back = []
    for _ in REGIONS:
        person.key(KEY.Key_F6, SHIFT)
        back.append(QApplication.focusWidget().objectName())
    assert back == REGIONS[::-1]


@pytest.mark.parametrize("formula", ["A @", "linalg.inv(zeros((2, 2)))", "A @ A"])
def test_f6_goes_on_where_there_is_no_result_or_a_repair(sit: Callable[..., Person], formula: str) -> None:
    person = sit(workspace(A=[[1.0, 2, 3], [4, 5, 6]], C=formula))
    person.window.side.entries.setFocus()
    seen = []
    for _ in range(12):
        person.key(KEY.Key_F6)
        seen.append(QApplication.focusWidget().objectName())
    assert seen.count("entryList") >= 1
    assert all(one != other for one, other in itertools.pairwise(seen))
    assert ("repairButton1" in seen) == bool(person.repairs)


def test_f1_says_what_the_part_with_the_focus_is_for(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QWhatsThis, "showText", lambda _place, text, _widget=None: said.append(text))
    person.window.side.entries.setFocus()
    for _ in REGIONS:
        person.key(KEY.Key_F1)
        person.key(KEY.Key_F6)
    assert len(set(said)) == len(REGIONS)
    assert all(said)


def test_tab_leaves_every_place(person: Person) -> None:
    """Keys alone reach everything: Tab comes round to where it began."""
    person.window.formula_bar.edit.setFocus()
    seen: list[str] = []
    for _ in range(80):
        person.key(KEY.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
        if seen[-1] == "formulaEdit":
            break
    assert seen[-1] == "formulaEdit"
    assert {"operandGrid", "resultGrid", "vectorCanvas", "entryList", "cpuButton", "timingDetails"} <= set(seen)


# -- undo --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["formulaEdit", "entryList", "resultGrid", "vectorCanvas", "shapeRibbon"])
def test_ctrl_z_works_wherever_the_focus_is(person: Person, place: str) -> None:
    person.click_cell(person.operand("A"), 0, 0)
    person.type("9")
    person.key(KEY.Key_Return)
    assert person.stored("A")[0] == [9, 1]
    person.find(place).setFocus()
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A")[0] == [2, 1]
    person.key(KEY.Key_Y, CTRL)
    assert person.stored("A")[0] == [9, 1]


def test_everything_can_be_taken_back(person: Person) -> None:
    before = person.snapshot.workspace
    person.enter("D = A.T")
    person.enter("E = A @ B")
    person.window.session.select("A")
    person.enter("[[1, 2], [3, 4]]")
    person.drag_arrow("u", (20, 20))()
    person.key(KEY.Key_N, CTRL)
    while person.snapshot.undo_label:
        person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.names == before.names
    assert person.stored("A") == before.get("A").array.to_numpy().tolist()
    assert person.snapshot.workspace.formulas == before.formulas


def test_the_tool_row_s_buttons_undo_and_redo(person: Person) -> None:
    undo, redo = person.find("undoButton"), person.find("redoButton")
    assert not undo.isEnabled()
    person.enter("B.T")
    assert undo.isEnabled()
    assert undo.toolTip() != ""
    person.click(undo)
    assert person.snapshot.workspace.get("C").source == "A @ B"
    person.click(redo)
    assert person.snapshot.workspace.get("C").source == "B.T"


# -- look --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["product", "five-operands", "least-squares", "broken"])
def test_another_theme_repaints_everything(sit: Callable[..., Person], name: str) -> None:
    """A window that was switched to dark looks exactly as one that was opened in the dark."""
    broken = workspace(A=[[1.0, 2]], B=[[3.0, 4]], C="A @ B")
    parts = ("menuBar", "tool_row", "side", "ribbon", "equation", "why_strip", "canvas_panel", "problem_bar")

    def pictures(person: Person) -> dict[str, QImage]:
        person.click_cell(person.operand("A"), 0, 0) if name == "broken" else None
        person.settle()
        found = ((part, getattr(person.window, part)) for part in parts)
        return {part: (widget() if part == "menuBar" else widget).grab().toImage() for part, widget in found}

    switched = sit(broken if name == "broken" else EXAMPLES[name].build())
    switched.window.set_look("dark")
    after = pictures(switched)
    opened = pictures(sit(broken if name == "broken" else EXAMPLES[name].build(), look="dark"))
    assert [part for part in parts if after[part] != opened[part]] == []


def test_the_projector_makes_everything_bigger_and_back(person: Person) -> None:
    before = person.window.formula_bar.height(), person.window.ribbon.sizeHint().height()
    person.key(KEY.Key_F11)
    person.settle()
    assert person.window.formula_bar.height() > 1.4 * before[0]
    assert person.window.size().toTuple() == (1280, 800)
    assert person.window.minimumSizeHint().width() <= 1280
    assert person.window.minimumSizeHint().height() <= 800
    equation = person.window.equation
    assert not equation.verticalScrollBar().isVisible()
    assert not equation.horizontalScrollBar().isVisible()
    assert person.numbers(person.operand("A"))[0] == [2, 1]
    person.key(KEY.Key_F11)
    assert (person.window.formula_bar.height(), person.window.ribbon.sizeHint().height()) == before


def test_the_canvas_folds_away_and_comes_back(person: Person) -> None:
    width = person.window.equation.width()
    person.key(KEY.Key_F8)
    assert not person.window.canvas_panel.isVisible()
    assert person.window.equation.width() > width
    person.key(KEY.Key_F8)
    assert person.window.canvas_panel.isVisible()


# -- files, the end ----------------------------------------------------------------------------------------------


def drop(person: Person, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(400, 400)
    person.window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, PLAIN))


def test_a_dropped_file_is_an_entry(person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    np.save(tmp_path / "numbers.npy", np.arange(6.0).reshape(2, 3))
    with qtbot.waitSignal(person.window.dialogs.allRead):
        drop(person, tmp_path / "numbers.npy")
    person.settle()
    assert person.stored("numbers") == [[0, 1, 2], [3, 4, 5]]
    assert person.snapshot.selected == "numbers"


def test_dropped_code_is_entries_and_its_other_lines_are_answered(person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "lesson.py").write_text("x = np.ones(3)\nx.data\n", encoding="utf-8")
    with qtbot.waitSignal(person.window.dialogs.allRead):
        drop(person, tmp_path / "lesson.py")
    person.settle()
    assert person.snapshot.workspace.formulas["x"] == "np.ones(3)"
    assert person.shown("pasteReport")
    data = QMimeData()
    data.setText("y = x + 1")
    person.window.dropEvent(QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, data, LEFT, PLAIN))
    assert person.snapshot.workspace.formulas["y"] == "x + 1"


@pytest.mark.parametrize("name", ["broken.npy", "broken.mplay", "missing.npy", "missing.mplay"])
def test_a_dropped_file_that_is_none_is_said(person: Person, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"nothing")
    with qtbot.waitSignal(person.window.dialogs.allRead):
        drop(person, tmp_path / name)
    assert name in person.snapshot.notice.text
    assert person.window.problem_bar._message.isVisible()
    assert person.snapshot.workspace.names == ("A", "B", "C")


def test_closing_ends_once_and_leaves_nothing_running(person: Person) -> None:
    ended: list[bool] = []
    person.window.closed.connect(lambda: ended.append(True))
    person.write("A @")
    person.window.close()
    person.window.close()
    assert ended == [True]


def test_tab_goes_as_the_picture_is_read(person: Person) -> None:
    person.window.formula_bar.edit.setFocus()
    seen: list[str] = []
    for _ in range(40):
        person.key(KEY.Key_Tab)
        name = QApplication.focusWidget().objectName()
        if not seen or seen[-1] != name:
            seen.append(name)
    at = seen.index("shapeRibbon")
    assert seen[at : at + 4] == ["shapeRibbon", "operandGrid", "resultGrid", "vectorCanvas"]
