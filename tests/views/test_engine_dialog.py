"""The dialog of the threads: what the engine says, and a choice that takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.compute.cpu.device import usable_cores
from playground.views.engine_dialog import EngineDialog, _choices
from playground.workspace.memory import SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.person import Person


@pytest.fixture
def dialog(person: Person) -> Iterator[EngineDialog]:
    person.window.menus.actions["threads"].trigger()
    made = person.window.findChild(EngineDialog)
    assert made is not None
    yield made
    person.window.session.compute_with(threads=0, memory_share=SHARE)


def test_it_says_what_computes_with_how_many_threads(person: Person, dialog: EngineDialog) -> None:
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert str(usable_cores()) in person.find("engine_cores").text()
    assert "thread" in person.find("engine_blas").text()
    assert person.find("threadsChoice").currentText() == "as they are"


def test_a_choice_takes_effect_at_once_and_is_to_be_remembered(person: Person, dialog: EngineDialog) -> None:
    told: list[tuple[str, object]] = []
    person.window.settingChosen.connect(lambda name, value: told.append((name, value)))
    QTest.keyClick(person.find("threadsChoice"), "1")
    assert person.find("engine_chains").text() == "1 thread"
    assert person.window.session.snapshot.threads == 1
    assert told == [("threads", 1)]


def test_the_memory_is_chosen_and_said(person: Person, dialog: EngineDialog) -> None:
    told: list[tuple[str, object]] = []
    person.window.settingChosen.connect(lambda name, value: told.append((name, value)))
    assert person.find("memoryChoice").currentText() == "70 % of what is free"
    assert person.find("engine_memory").text().endswith("B now")
    QTest.keyClick(person.find("memoryChoice"), "3")
    assert person.window.session.snapshot.memory_share == 0.3
    assert told == [("memory_fraction", 0.3)]


def test_it_is_opened_once_and_esc_closes_it(person: Person, dialog: EngineDialog) -> None:
    person.window.menus.actions["threads"].trigger()
    assert person.window.findChildren(EngineDialog) == [dialog]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_many_cores_are_offered_in_powers_of_two() -> None:
    assert _choices(2, 0) == [0, 1, 2]
    assert _choices(48, 5) == [0, 1, 2, 4, 5, 8, 16, 32, 48]
