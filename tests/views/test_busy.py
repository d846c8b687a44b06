"""Waiting: nothing at once, a mark with a way out soon, a bar later, and Esc from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from playground.session.estimates import Expected
from playground.views import busy
from tests.person import KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def waiting(estimate: float | None = None, *, at_least: bool = False) -> tuple[busy.Busy, Clock]:
    """Somebody who has waited for so long that the bar is there."""
    clock = Clock()
    made = busy.Busy(clock=clock)
    made.show_busy(True, lambda: None if estimate is None else Expected(estimate, at_least))
    clock.now += 2
    for timer in made._timers:
        timer.timeout.emit()
    return made, clock


def test_a_long_wait_tells_how_long_it_has_taken_and_may_take(qtbot: QtBot) -> None:
    made, clock = waiting(30.0)
    qtbot.addWidget(made)
    clock.now += 10
    made._tick.timeout.emit()
    assert made._mark.text() == "12 s of about 30 s"
    assert made._bar.accessibleDescription() == "12 s of about 30 s"
    assert made._bar.maximum() == 0
    clock.now += 28
    made._tick.timeout.emit()
    assert made._mark.text() == "40 s, longer than the 30 s expected"
    made.show_busy(False)
    assert not made._tick.isActive()


def test_what_will_take_longer_rather_than_shorter_is_said_so(qtbot: QtBot) -> None:
    made, clock = waiting(30.0, at_least=True)
    qtbot.addWidget(made)
    assert made._mark.text() == "2 s of at least 30 s"
    clock.now += 38
    made._tick.timeout.emit()
    assert made._mark.text() == "computing for 40 s"


def test_without_an_estimate_it_tells_how_long_it_has_taken(qtbot: QtBot) -> None:
    made, _ = waiting()
    qtbot.addWidget(made)
    assert made._mark.text() == "computing for 2 s"


def test_where_it_is_known_how_much_is_done_the_bar_fills(qtbot: QtBot) -> None:
    made, clock = waiting(90.0)
    qtbot.addWidget(made)
    made.show_progress(0.25)
    clock.now += 8
    made._tick.timeout.emit()
    assert (made._bar.value(), made._bar.maximum()) == (250, 1000)
    assert made._mark.text() == "10 s of about 40 s"
    made.show_busy(False)
    made.show_busy(True)
    assert made._part is None
    made.show_busy(False)


def test_the_window_shows_progress_while_it_computes(person: Person) -> None:
    session = person.window.session
    session.update(computing=True, progress=0.5)
    assert person.window.busy._bar.value() == 500
    session.update(computing=False, progress=None)
    assert person.window.busy.elapsed_s == 0
