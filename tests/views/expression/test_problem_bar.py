"""Problems: live, in their own place that never moves, mended by a button or a key, and quiet about unfinished text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect

from playground.views.expression import problem_bar
from playground.views.expression.repair_buttons import around_change, rows_of
from tests.person import ALT, CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.workspace.workspace import Workspace


def clashing() -> Workspace:
    return workspace(A=[[2.0, 1], [0, 3], [-1, 2]], B=[[1.0, 2], [2, 2], [3, -1], [0, 4]], C="A @ B")


def test_a_mismatch_is_said_with_its_sizes_while_typing(person: Person) -> None:
    person.write("A @ A")
    assert "3" in person.problem_text
    assert "2" in person.problem_text
    assert person.repairs
    person.write("A @ B")
    assert person.problem_text == ""


@pytest.mark.parametrize("text", ["A @", "1e", "-", "(A", "A["])
def test_unfinished_text_shows_no_red(person: Person, text: str) -> None:
    person.write(text)
    assert person.problem_text == ""
    assert person.window.problem_bar.property("kind") == ""


def test_unfinished_text_is_said_after_a_pause(person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert person.window.problem_bar._pause.interval() == problem_bar.PAUSE_MS == 800
    person.window.problem_bar._pause.setInterval(20)
    person.write("A @")
    assert person.problem_text == ""
    qtbot.waitUntil(lambda: person.problem_text != "")


def test_unfinished_text_is_said_at_once_on_enter(person: Person) -> None:
    person.enter("A @")
    assert person.problem_text


def test_entered_text_stays_red_when_something_else_changes(person: Person) -> None:
    person.enter("A @")
    person.window.session.select("A")
    person.enter("[[2, 1], [0, 3], [-1, 9]]")
    person.window.session.select("C")
    assert person.problem_text


def test_the_bar_keeps_its_height_and_the_window_its_widths(sit: Callable[..., Person]) -> None:
    name = "a_very_long_name_that_someone_leant_on"
    person = sit(workspace(**{name: [[1.0, 2]], f"{name}_2": [[1.0, 2]]}, C=f"{name} + 1"))
    window = person.window
    places = [widget.geometry() for widget in (window.problem_bar, window.equation, window.side, window.canvas_panel)]
    for text in (f"{name} @ {name}_2", "A @", "nothing + 1", "x" * 300, "import os", f"{name} + {name}_2"):
        person.write(text)
        person.key(KEY.Key_Return)
        person.settle()
        assert [w.geometry() for w in (window.problem_bar, window.equation, window.side, window.canvas_panel)] == places
        assert window.size().toTuple() == (1280, 800)
        buttons = [button for button in window.problem_bar.repair_buttons if button.isVisible()]
        assert all(window.problem_bar.rect().contains(button.geometry()) for button in buttons)
        label = window.problem_bar._message
        assert label.heightForWidth(label.width()) <= label.height() or not label.isVisible()


def test_a_button_mends_the_formula(sit: Callable[..., Person]) -> None:
    person = sit(clashing())
    assert person.problem_text
    wanted = person.repairs[0]
    person.click(person.find("repairButton1"))
    assert person.snapshot.workspace.get("C").source == wanted
    assert person.problem_text == ""
    assert person.repairs == []


def test_of_two_mistakes_one_is_mended_after_the_other(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[2.0, 1], [0, 3], [-1, 2]], B=[[1.0, 2], [2, 2], [3, -1], [0, 4]], C="A @ B + A[5]"))
    assert person.window.problem_bar.repair_buttons[0].text() == "Alt+1 A @ B.T + A[5] → …"
    person.click(person.find("repairButton1"))
    assert person.snapshot.workspace.get("C").source == "A @ B.T + A[5]"
    assert "row 5" in person.problem_text


@pytest.mark.parametrize("number", [1, 2])
def test_alt_and_a_number_mends_from_anywhere(sit: Callable[..., Person], number: int) -> None:
    person = sit(workspace(A=[[2.0, 1], [0, 3], [-1, 2]], C="A - A.mean(axis=1)"))
    wanted = person.repairs[number - 1]
    person.click_cell(person.operand("A"), 0, 0)
    person.key(KEY(KEY.Key_0.value + number), ALT)
    assert person.snapshot.workspace.get("C").source == wanted
    person.key(KEY.Key_Z, CTRL)
    assert person.snapshot.workspace.get("C").source == "A - A.mean(axis=1)"


def test_a_repair_of_a_draft_keeps_its_target(sit: Callable[..., Person]) -> None:
    person = sit(clashing())
    person.write("D = A @ B")
    person.key(KEY.Key_1, ALT)
    assert person.snapshot.workspace.get("D").source == "A @ B.T"
    assert person.snapshot.workspace.get("C").source == "A @ B"


def test_pointing_at_a_repair_previews_it_in_the_ribbon(sit: Callable[..., Person]) -> None:
    person = sit(clashing())
    ribbon, button = person.window.ribbon, person.find("repairButton1")
    assert "B.T" not in ribbon.accessibleDescription()
    person.point_at(button)
    assert "B.T is (2, 4)" in ribbon.accessibleDescription()
    assert person.snapshot.workspace.get("C").source == "A @ B"
    person.point_at(person.window.why_strip)
    assert "B.T" not in ribbon.accessibleDescription()


def test_the_focus_previews_a_repair_too(sit: Callable[..., Person]) -> None:
    person = sit(clashing())
    person.find("repairButton1").setFocus()
    assert "B.T is (2, 4)" in person.window.ribbon.accessibleDescription()
    person.key(KEY.Key_Space)
    assert person.snapshot.workspace.get("C").source == "A @ B.T"


def test_alt_and_a_number_without_a_repair_does_nothing(person: Person) -> None:
    person.key(KEY.Key_3, ALT)
    assert person.snapshot.workspace.get("C").source == "A @ B"


def test_a_trap_is_said_quietly_and_its_repair_is_a_key_away(sit: Callable[..., Person]) -> None:
    person = sit(workspace(M=[[1.0] * 50] * 50, v=[1.0] * 50, C="M @ M @ v"))
    assert person.repairs == ["M @ (M @ v)"]
    assert person.window.problem_bar.property("kind") == ""
    person.key(KEY.Key_1, ALT)
    assert person.snapshot.workspace.get("C").source == "M @ (M @ v)"
    assert person.repairs == []
    person.write("M @ v")
    person.write("M @ M @ v")
    person.window.session.notify("note", "something else")
    assert person.repairs == []


def test_a_repair_of_a_text_that_uses_the_chosen_shape_is_a_new_entry(person: Person) -> None:
    for text in ("x: (B=32, d=784) float16", "W: (d=784, h=128) float16"):
        person.enter(text)
    person.enter("x @ W.T")
    assert person.snapshot.selected == "W"
    assert person.repairs[0] == "x @ W"
    person.key(KEY.Key_1, ALT)
    assert person.snapshot.workspace.formulas["D"] == "x @ W"
    assert person.snapshot.selected == "D"
    assert person.snapshot.draft is None
    assert person.bar.text() == "x @ W"


@pytest.mark.parametrize(
    "source",
    ["x / x.sum(axis=1)", "A_long_name / linalg.norm(A_long_name, axis=1)", "(x - x.mean(axis=1)) / x.std(axis=1)"],
)
def test_a_long_repair_is_read_whole_in_a_row_of_its_own(sit: Callable[..., Person], source: str) -> None:
    x = [[1.0, 2, 4], [3, 4, 5], [5, 6, 7], [7, 8, 9], [1, 2, 3]]
    person = sit(workspace(x=x, A_long_name=x, C=source))
    bar = person.window.problem_bar
    first = person.find("repairButton1")
    assert first.shown_source() == person.repairs[0], "the likeliest is never cut"
    places = [(button.mapTo(bar, button.rect().topLeft()), button.size()) for button in bar.repair_buttons]
    assert all(bar.rect().adjusted(0, 0, 0, -4).contains(QRect(*place)) for place in places)
    assert all(repair in button.toolTip() for repair, button in zip(person.repairs, bar.repair_buttons, strict=True))


@pytest.mark.parametrize(
    ("source", "written", "letters", "shown"),
    [
        ("A @ B.T", "A @ B", 20, "A @ B.T"),
        ("A / norm(A, axis=1)[:, None]", "A / norm(A, axis=1)", 14, "…s=1)[:, None]"),
        ("A / norm(A, axis=1)[:, None]", "A / norm(A, axis=1)", 18, "… axis=1)[:, None]"),
        ("W.T @ X + 1 + 2 + 3 + 4", "W @ X + 1 + 2 + 3 + 4", 10, "W.T @ X +…"),
    ],
)
def test_a_cut_repair_shows_what_was_mended(source: str, written: str, letters: int, shown: str) -> None:
    assert around_change(source, written, letters) == shown


def test_short_repairs_stand_in_one_row_and_long_ones_in_two() -> None:
    assert rows_of([100, 100, 100], 330, 10, 2) == [[0, 1, 2]]
    assert rows_of([200, 100, 100], 330, 10, 2) == [[0, 1], [2]]
    assert rows_of([300, 100, 100], 330, 10, 2) == [[0], [1, 2]]
    assert rows_of([300, 300, 100], 330, 10, 1) == [[0, 1, 2]]
    assert rows_of([400], 330, 10, 2) == [[0]]
    assert rows_of([], 330, 10, 2) == []


def test_an_assignment_to_its_own_name_is_offered_as_a_new_entry(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=[[1.0, 2]], W=[[1.0, 0], [0, 1]], C="x @ W"))
    person.enter("W = x @ W")
    assert "uses itself" in person.problem_text
    assert person.repairs == ["W2 = x @ W"]
    person.key(KEY.Key_1, ALT)
    assert person.snapshot.workspace.get("W2").source == "x @ W"
    assert person.stored("W") == [[1, 0], [0, 1]]
    assert person.snapshot.selected == "W2"
    assert person.problem_text == ""
    person.enter("W2 + W2 @ W")
    assert person.repairs == ["W3 = W2 + W2 @ W"]
