"""Insert ▸ Gradient in the window: by menu, by keyboard, by the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QListWidget


def ask(person: Person) -> list[str]:
    """Ask for the gradient; give what is offered."""
    person.window.menus.actions["gradient"].trigger()
    choices: QListWidget = person.find("commandList")  # type: ignore[assignment]
    return [choices.item(row).text() for row in range(choices.count())]


def formulas(person: Person) -> dict[str, str]:
    return person.snapshot.workspace.formulas


def test_it_stands_in_the_menu_under_insert(person: Person) -> None:
    action = person.window.menus.actions["gradient"]
    assert action in person.window.menus.menu("Insert").actions()
    assert action.isEnabled()


def test_it_asks_with_respect_to_which_operand(person: Person) -> None:
    assert ask(person) == ["Gradient of C: with respect to A", "Gradient of C: with respect to B"]
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Return)
    assert formulas(person) == {"C": "A @ B", "dC": "ones_like(C)", "dB": "A.T @ dC"}
    assert person.snapshot.notice is not None
    assert "dB = A.T @ dC" in person.snapshot.notice.text
    person.key(KEY.Key_Z, CTRL)
    assert formulas(person) == {"C": "A @ B"}


def test_the_keyboard_and_the_palette_lead_there(person: Person) -> None:
    person.key(KEY.Key_P, CTRL | SHIFT)
    person.type("gradient")
    person.key(KEY.Key_Return)
    person.type("A")
    person.key(KEY.Key_Return)
    assert formulas(person)["dA"] == "dC @ B.T"


def test_the_palette_has_all_commands_again_afterwards(person: Person) -> None:
    ask(person)
    person.key(KEY.Key_Escape)
    assert formulas(person) == {"C": "A @ B"}
    person.window.menus.actions["palette"].trigger()
    assert person.find("commandList").count() > 10  # type: ignore[attr-defined]


def test_the_chosen_operand_is_offered_first(person: Person) -> None:
    person.window.session.select("B")
    assert ask(person)[0] == "Gradient of C: with respect to B"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("W", ["W", "w", "W2"]), ("w", ["w", "W", "W2"]), ("w2", ["W2"]), ("x", ["x"]), ("to", []), ("respect", [])],
)
def test_an_operand_is_found_by_its_name_and_not_by_the_words_around_it(
    sit: Callable[..., Person], typed: str, offered: list[str]
) -> None:
    person = sit(
        workspace(x=[[1.0, 2.0]], w=[2.0, 2.0], W2=[[1.0], [2.0]], W=[[1.0], [2.0]], L="sum(x @ (W + W2) + x @ w)")
    )
    person.window.session.select("L")
    ask(person)
    person.type(typed)
    choices: QListWidget = person.find("commandList")  # type: ignore[assignment]
    assert [choices.item(row).text().rpartition(" ")[2] for row in range(choices.count())] == offered
    if offered:
        person.key(KEY.Key_Return)
        assert f"d{offered[0]}" in formulas(person)


def test_one_operand_needs_no_question(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=[1.0, 2.0], L="sum(x**2)"))
    person.window.session.select("L")
    person.window.menus.actions["gradient"].trigger()
    assert formulas(person)["dx"] == "2 * x"


def test_without_a_formula_it_is_greyed(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=[1.0, 2.0]))
    assert not person.window.menus.actions["gradient"].isEnabled()
