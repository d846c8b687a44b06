"""What is computed as: a choice in the menu, said beside the device, with what it changes beside the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.compute.outcome import Failure
from playground.compute.precision import Comparison
from playground.engine.core import EngineCore
from playground.record import replace
from playground.session.job import Compared
from playground.views.precision_words import compared_texts

if TYPE_CHECKING:
    from tests.person import Person


def choose(person: Person, name: str) -> None:
    person.window.menus.actions[f"compute-as-{name}"].trigger()


def test_as_written_nothing_is_said(person: Person) -> None:
    assert not person.find("precisionButton").isVisible()
    assert person.window.menus.actions["compute-as-written"].isChecked()
    assert not person.window.menus.actions["compute-as-tf32"].isEnabled()


def test_another_dtype_is_said_beside_the_device_and_given_up_there(person: Person) -> None:
    choose(person, "float16")
    button = person.find("precisionButton")
    assert button.isVisible()
    assert button.text() == "float16 ▾"
    assert "float16" in button.accessibleName()
    assert "float16" in person.find("inspectorLine").text()
    assert person.window.menus.actions["compute-as-float16"].isChecked()
    button.menu().actions()[0].trigger()
    assert not button.isVisible()
    assert "float64" in person.find("inspectorLine").text()


def test_the_difference_stands_beside_the_time_while_it_is_of_what_is_shown(person: Person) -> None:
    choose(person, "float32")
    session = person.window.session
    session._worker._again.measure(session._worker.answered.emit)
    line = person.find("comparedLine")
    assert line.isVisible()
    assert line.text() == "same values as float64"
    assert "float32" in line.toolTip()
    choose(person, "written")
    assert not line.isVisible()


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            Comparison("float32", 2.4e-7, 3.0, 0, 0.002, 0.0038),
            "at most 2.4e−7 from float64 · 1.9× faster, saves 1.8 ms",
        ),
        (Comparison("float16", 0.05, 3.0, 0, 1.0, 0.004), "at most 0.05 from float64 · 250× slower, costs 996 ms"),
        (Comparison("float16", 0.05, 3.0, 12, 1e-6, 2e-6), "too large for float16: 12 cells"),
        (Comparison("tf32", 0.0, 3.0, 0, 0.0021, 0.0021), "same values as float64 · as fast"),
        (Failure("long", "Not compared."), "Not compared."),
        (Failure("dtype", "linalg.inv isn't defined for float16."), ""),
    ],
)
def test_the_words(person: Person, outcome: Comparison | Failure, line: str) -> None:
    choose(person, "float32")
    snapshot = person.snapshot
    result = snapshot.results["C"].result
    assert result is not None
    said = compared_texts(replace(snapshot, compared=Compared(1, "C", result.key, outcome)))
    assert said[0] == line
    assert bool(said[1]) == bool(line)
    assert compared_texts(replace(snapshot, compared=Compared(1, "C", "=other", outcome))) == ("", "")


def test_what_takes_long_is_compared_when_a_person_asks(person: Person) -> None:
    choose(person, "float32")
    session, result = person.window.session, person.snapshot.results["C"].result
    assert result is not None
    session.update(compared=Compared(1, "C", result.key, Failure("long", "Not compared yet.")))
    assert person.find("comparedLine").text() == "Not compared yet."
    person.click(person.find("compareButton"))
    assert person.find("comparedLine").text() == "same values as float64"
    assert not person.find("compareButton").isVisible()
    assert not person.snapshot.computing


def test_a_comparison_that_is_ended_leaves_what_was_known(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(person, "float32")
    session, result = person.window.session, person.snapshot.results["C"].result
    assert result is not None
    session.update(compared=Compared(1, "C", result.key, Failure("long", "Not compared yet.")))
    monkeypatch.setattr(EngineCore, "compare", lambda *_: Failure("cancelled", "Cancelled."))
    person.click(person.find("compareButton"))
    assert person.find("compareButton").isVisible()
    assert not person.snapshot.computing
