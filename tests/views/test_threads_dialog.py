"""The dialog of the threads: what the engine says, and a choice that takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.compute.cpu.device import usable_cores
from playground.views.threads_dialog import ThreadsDialog, _choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.person import Person


@pytest.fixture
def dialog(person: Person) -> Iterator[ThreadsDialog]:
    person.window.menus.actions["threads"].trigger()
    made = person.window.findChild(ThreadsDialog)
    assert made is not None
    yield made
    person.window.session.compute_with(threads=0)


def test_it_says_what_computes_with_how_many_threads(person: Person, dialog: ThreadsDialog) -> None:
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert str(usable_cores()) in person.find("threads_cores").text()
    assert "thread" in person.find("threads_blas").text()
    assert person.find("threadsChoice").currentText() == "as they are"


def test_a_choice_takes_effect_at_once_and_is_to_be_remembered(person: Person, dialog: ThreadsDialog) -> None:
    told: list[tuple[str, object]] = []
    person.window.settingChosen.connect(lambda name, value: told.append((name, value)))
    QTest.keyClick(person.find("threadsChoice"), "1")
    assert person.find("threads_chains").text() == "1 thread"
    assert person.window.session.snapshot.threads == 1
    assert told == [("threads", 1)]


def test_it_is_opened_once_and_esc_closes_it(person: Person, dialog: ThreadsDialog) -> None:
    person.window.menus.actions["threads"].trigger()
    assert person.window.findChildren(ThreadsDialog) == [dialog]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_many_cores_are_offered_in_powers_of_two() -> None:
    assert _choices(2, 0) == [0, 1, 2]
    assert _choices(48, 5) == [0, 1, 2, 4, 5, 8, 16, 32, 48]
