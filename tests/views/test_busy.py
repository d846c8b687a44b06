"""Waiting: nothing at once, a mark with a way out soon, a bar later, and Esc from everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from playground.views import busy
from tests.person import KEY, Person


def test_nothing_is_shown_for_a_short_wait(person: Person) -> None:
    person.window.busy.show_busy(True)
    assert not person.find("cancelButton").isVisible()
    person.window.busy.show_busy(False)
    assert (busy.MARK_AFTER_MS, busy.BAR_AFTER_MS) == (500, 2000)


def test_a_long_wait_shows_a_button_that_cancels(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled: list[bool] = []
    monkeypatch.setattr(person.window.session._worker, "cancel", lambda: cancelled.append(True))
    person.window.busy.show_busy(True)
    for timer in person.window.busy._timers:
        timer.timeout.emit()
    person.settle()
    button = person.find("cancelButton")
    assert button.isVisible()
    height = person.window.timing.height()
    person.click(button)
    assert cancelled == [True]
    person.window.busy.show_busy(False)
    person.settle()
    assert not button.isVisible()
    assert person.window.timing.height() == height


@pytest.mark.parametrize(
    "place", ["formulaEdit", "entryList", "operandGrid", "resultGrid", "vectorCanvas", "newButton"]
)
def test_escape_ends_a_computation_from_anywhere(person: Person, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled: list[bool] = []
    monkeypatch.setattr(person.window.session._worker, "cancel", lambda: cancelled.append(True))
    person.window.session.update(computing=True)
    person.find(place).setFocus()
    assert QApplication.focusWidget() is person.find(place)
    person.key(KEY.Key_Escape)
    person.window.session.update(computing=False)
    assert cancelled == [True]
    person.key(KEY.Key_Escape)
    assert cancelled == [True]
