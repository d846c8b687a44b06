"""Where room is short, or nothing can be done: buttons keep their words, and what is disabled looks so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect

from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

LONG = "a_name_that_somebody_leant_on_" + "x" * 120


def strongest(widget: QWidget) -> int:
    """How far the darkest point of what is written in ``widget`` is from its ground, 0 to 255."""
    window = widget.window()
    picture = window.grab(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())).toImage()
    ground = picture.pixelColor(4, picture.height() // 2).lightness()
    points = ((x, y) for x in range(6, picture.width() - 6) for y in range(4, picture.height() - 4))
    return max(abs(picture.pixelColor(x, y).lightness() - ground) for x, y in points)


@pytest.mark.parametrize("size", [(700, 500), (1280, 800)])
@pytest.mark.parametrize("name", ["inspectorMore", "timingDetails"])
def test_buttons_keep_their_words(sit: Callable[..., Person], name: str, size: tuple[int, int]) -> None:
    person = sit(workspace(**{LONG: np.eye(2), "C": f"{LONG} @ {LONG}"}), size=size)
    for entry in (LONG, "C"):
        person.window.session.select(entry)
        person.settle()
        button = person.find(name)
        assert button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_undo_looks_as_if_it_can_be_done_only_when_it_can(sit: Callable[..., Person], look: str) -> None:
    person = sit(look=look)
    undo, redo = person.find("undoButton"), person.find("redoButton")
    assert not undo.isEnabled()
    off = strongest(undo)
    person.click_cell(person.operand("A"), 0, 0)
    person.type("7")
    person.key(KEY.Key_Return)
    assert undo.isEnabled()
    assert strongest(undo) > off * 1.3
    assert strongest(redo) == pytest.approx(off, abs=8)
    person.key(KEY.Key_Z, CTRL)
    assert not undo.isEnabled()
    assert strongest(redo) > off * 1.3


@pytest.mark.parametrize("text", ["9" * 330, "x" * 200, "9" * 60])
def test_what_is_said_of_a_long_text_in_a_cell_can_be_read(sit: Callable[..., Person], text: str) -> None:
    person = sit(size=(900, 600))
    person.click_cell(person.operand("A"), 0, 0)
    person.type(text)
    person.key(KEY.Key_Return)
    note = person.find("cellNote")
    assert person.window.rect().contains(note.geometry())
    assert note.width() >= note.sizeHint().width()


@pytest.mark.parametrize("source", ["A @ A", "A_longer_name @ A_longer_name"])
def test_repairs_keep_their_formulas_on_a_projector(sit: Callable[..., Person], source: str) -> None:
    person = sit(workspace(A=np.ones((3, 2)), B=np.ones((2, 4)), A_longer_name=np.ones((3, 2)), C=source))
    person.window.toggle_projector()
    person.settle()
    buttons = [button for button in person.window.problem_bar.repair_buttons if button.isVisible()]
    assert buttons
    row = buttons[0].parentWidget()
    for button in buttons:
        assert len(button.shown_source()) >= min(5, len(button.source)), button.text()
        assert row.rect().contains(button.geometry())
    person.window.toggle_projector()
    person.settle()
    assert "→" in buttons[0].text()
