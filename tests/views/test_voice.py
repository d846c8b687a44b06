"""What is spoken: results once they rest, problems when they are shown, nothing of unfinished text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.views import formula_desk, voice
from playground.views.voice import result_sentence
from tests.person import KEY, Person

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    for module in (voice, formula_desk):
        monkeypatch.setattr(module, "announce", lambda _widget, text: texts.append(text))
    return texts


def test_a_result_is_spoken_once_after_the_last_change(person: Person, said: list[str], qtbot: QtBot) -> None:
    timer = person.window._voice._timer
    assert timer.interval() == voice.PAUSE_MS == 400
    timer.setInterval(10**6)
    person.enter("B.T")
    person.enter("B.T + 1")
    assert timer.isActive()
    assert said == []
    timer.start(0)
    qtbot.waitUntil(lambda: bool(said))
    assert [text for text in said if text.startswith("C has shape")] == said
    assert said[-1].startswith("C has shape (4, 2).")
    assert len(said) == 1


def test_a_problem_is_spoken_when_it_is_shown_and_unfinished_text_is_not(person: Person, said: list[str]) -> None:
    person.write("A @")
    assert said == []
    person.write("A @ A")
    assert said == ["A @ A needs as many rows in A (3) as columns in A (2)."]
    person.key(KEY.Key_Escape)


def test_a_failure_is_a_sentence_with_its_cure(person: Person) -> None:
    person.enter("linalg.inv(zeros((2, 2)))")
    assert "singular" in result_sentence(person.snapshot)
    assert "pinv" in result_sentence(person.snapshot)


def test_the_last_good_result_is_not_spoken_as_today_s(person: Person) -> None:
    person.enter("A @ A")
    assert result_sentence(person.snapshot) == ""


def test_what_a_formula_would_be_is_spoken(person: Person, said: list[str], qtbot: QtBot) -> None:
    person.window._voice._timer.setInterval(10)
    person.enter("A: (3, 2) float32")
    wanted = "C would be (3, 4) float64: 96 B, 48 FLOP. Fill A to compute it."
    qtbot.waitUntil(lambda: said[-1:] == [wanted])
