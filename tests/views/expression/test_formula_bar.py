"""Typing into the formula bar: a draft until Enter, completions, undo, and nothing that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_typed_is_a_draft_until_enter(person: Person) -> None:
    person.write("B.T")
    assert person.snapshot.draft.text == "B.T"
    assert person.snapshot.workspace.get("C").source == "A @ B"
    assert person.result.source.shape == (3, 4)
    person.key(KEY.Key_Return)
    assert person.snapshot.draft is None
    assert person.result.source.shape == (4, 2)


def test_escape_takes_the_draft_back(person: Person) -> None:
    person.write("A @ ")
    person.key(KEY.Key_Escape)
    assert person.bar.text() == "A @ B"
    assert person.snapshot.draft is None


def test_a_name_before_the_sign_makes_an_entry(person: Person) -> None:
    person.enter("D = A.T")
    assert person.snapshot.workspace.names == ("A", "B", "C", "D")
    assert person.snapshot.selected == person.snapshot.shown == "D"
    assert person.result.source.shape == (2, 3)
    assert person.bar.text() == "A.T"


def test_numbers_typed_as_lists_are_an_array(person: Person) -> None:
    person.enter("v = [[1, 2], [3, 4]]")
    assert person.stored("v") == [[1, 2], [3, 4]]
    assert person.bar.text() == "[[1, 2], [3, 4]]"
    person.enter("[[5, 6], [7, 8]]")
    assert person.stored("v") == [[5, 6], [7, 8]]


def test_ctrl_z_in_the_bar_takes_back_the_document_when_nothing_is_being_typed(person: Person) -> None:
    person.click_cell(person.operand("A"), 0, 0)
    person.type("7")
    person.key(KEY.Key_Return)
    person.window.formula_bar.edit.setFocus()
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A")[0] == [2, 1]
    person.key(KEY.Key_Y, CTRL)
    assert person.stored("A")[0] == [7, 1]
    person.key(KEY.Key_Z, CTRL)
    person.key(KEY.Key_Z, CTRL | SHIFT)
    assert person.stored("A")[0] == [7, 1]


def test_ctrl_z_after_enter_takes_the_formula_back_and_not_its_last_letter(person: Person) -> None:
    person.enter("B.T")
    person.key(KEY.Key_Z, CTRL)
    assert (person.bar.text(), person.snapshot.workspace.get("C").source) == ("A @ B", "A @ B")
    person.key(KEY.Key_Z, CTRL)  # nothing is left to take back, also not in the line edit
    assert person.bar.text() == "A @ B"


def test_ctrl_z_while_typing_takes_keystrokes_back_first(person: Person) -> None:
    person.enter("B.T")
    person.key(KEY.Key_End)
    person.type(" + 1")
    person.key(KEY.Key_Z, CTRL)
    assert person.bar.text() != "B.T + 1"
    assert person.snapshot.workspace.get("C").source == "B.T"


def test_a_draft_waits_for_its_entry(person: Person) -> None:
    person.write("A @ B + unfinished")
    entries = person.window.side.entries
    person.click(entries, entries.visualRect(_row(person, "A")).center())
    assert person.snapshot.selected == "A"
    assert person.bar.text() == "[[2, 1], [0, 3], [-1, 2]]"
    person.click(entries, entries.visualRect(_row(person, "C")).center())
    assert person.bar.text() == "A @ B + unfinished"
    assert person.snapshot.draft.text == "A @ B + unfinished"
    person.key(KEY.Key_Escape)


def test_an_entered_draft_doesn_t_come_back(person: Person) -> None:
    person.enter("B.T")
    person.enter("D = A.T")
    person.click(person.window.side.entries, person.window.side.entries.visualRect(_row(person, "C")).center())
    assert person.bar.text() == "B.T"


# -- completions -------------------------------------------------------------------------------------------------


def test_completions_come_with_letters_and_go_with_escape(person: Person) -> None:
    person.write("tra")
    completions = person.find("completionList")
    assert completions.isVisible()
    assert "transpose" in [completions.item(k).text() for k in range(completions.count())]
    person.key(KEY.Key_Escape)
    assert not completions.isVisible()
    assert person.bar.text() == "tra"


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab])
def test_down_and_a_key_take_a_completion(person: Person, key: object) -> None:
    person.write("A @ so")
    completions = person.find("completionList")
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Up)
    chosen = completions.item(0).text()
    person.key(key)
    assert person.bar.text() == f"A @ {chosen}"
    assert not completions.isVisible()
    assert person.bar.hasFocus()
    assert person.snapshot.draft.text == person.bar.text()
    person.key(KEY.Key_Z, CTRL)
    assert person.bar.text() == "A @ so"


def test_tab_takes_the_first_completion_and_enter_without_a_choice_enters_the_text(person: Person) -> None:
    person.write("rel")
    person.key(KEY.Key_Tab)
    assert person.bar.text() == "relu"
    person.write("B.T")
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.get("C").source == "B.T"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("A @ B.tr", "A @ B.transpose"), ("A.", "A.T"), ("(A @ B).re", "(A @ B).reshape"), ("A[0].", "A[0].T"),
     ("A + random.default_rng(7).norm", "A + random.default_rng(7).normal")],
)  # fmt: skip
def test_a_dot_offers_what_the_array_before_it_has(person: Person, typed: str, taken: str) -> None:
    person.write(typed)
    assert person.find("completionList").isVisible()
    person.key(KEY.Key_Tab)
    assert person.bar.text() == taken


@pytest.mark.parametrize("typed", ["2.", "A + 0.5", "A.shape."])
def test_a_number_or_a_shape_has_nothing_to_offer(person: Person, typed: str) -> None:
    person.write(typed)
    assert not person.shown("completionList")


def test_ctrl_space_asks_for_completions_at_once(person: Person) -> None:
    person.write("A @ ")
    person.key(KEY.Key_Space, CTRL)
    completions = person.find("completionList")
    assert completions.isVisible()
    assert "B" in [completions.item(k).text() for k in range(completions.count())]


def test_a_click_takes_a_completion(person: Person) -> None:
    person.write("rel")
    completions = person.find("completionList")
    person.click(completions, completions.visualItemRect(completions.item(0)).center())
    assert person.bar.text() == "relu"


def test_the_list_stays_inside_the_window(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0]], C="A"), size=(700, 600))
    person.write("A + A + A + A + A + A + A + A + so")
    assert person.window.rect().contains(person.find("completionList").geometry())


def _row(person: Person, name: str) -> object:
    model = person.window.side.entries.model()
    return model.index(person.snapshot.workspace.names.index(name))
