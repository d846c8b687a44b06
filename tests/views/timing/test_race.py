"""The race in the window: opened by its command, told in a sentence, ended by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.compute.outcome import Failure, Lane, Race, Steady
from playground.session.job import Raced
from playground.views.timing.race import RaceDialog
from playground.views.timing.race_lanes import rows_of
from tests.person import KEY

if TYPE_CHECKING:
    from tests.person import Person

TAB = Qt.FocusPolicy.TabFocus
CPU = Lane("cpu", "CPU", 0.5, Steady(0.4, 0.01, 5), Steady(0.4, 0.01, 5))
GPU = Lane("gpu", "H100", 1.5, Steady(0.01, 0.001, 7), Steady(0.08, 0.001, 7), 3_000_000, 2e-13, 40.0)
BROKEN = Lane("gpu", "H100", failure=Failure("memory", "It has not enough memory.", "Use float32."))


@pytest.fixture(autouse=True)
def _no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Failure("device", "No NVIDIA driver was found.", "Install one.")
    monkeypatch.setattr("playground.engine.core.open_gpu", lambda *_: missing)


def opened(person: Person) -> RaceDialog:
    person.window.menus.actions["race"].trigger()
    person.settle()
    dialog = person.window.findChild(RaceDialog)
    assert dialog is not None
    return dialog


def verdict(dialog: RaceDialog) -> str:
    return dialog.findChild(object, "raceVerdict").text()


def test_it_races_what_there_is_and_says_what_is_missing(person: Person) -> None:
    dialog = opened(person)
    assert dialog.windowTitle() == "Race: C = A @ B"
    assert dialog.findChild(object, "raceMissing").text() == "No NVIDIA driver was found. Install one."
    lanes = dialog.findChild(object, "raceLanes")
    assert lanes.accessibleDescription().startswith("CPU")
    assert lanes.isVisible()
    assert dialog.focusWidget().objectName() == "raceStartButton"
    reached = {widget.objectName(): widget for widget in dialog.findChildren(QWidget) if widget.focusPolicy() & TAB}
    assert set(reached) == {"raceVerdict", "raceLanes", "raceMissing", "raceStartButton", "raceCloseButton"}
    assert all(widget.accessibleName() or widget.text() for widget in reached.values())
    assert person.snapshot.results["C"].current


def test_while_it_races_progress_shows_and_escape_ends_it(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    session, cancelled = person.window.session, []
    monkeypatch.setattr(session._worker, "request", lambda wish: None)
    monkeypatch.setattr(session._worker, "cancel_race", lambda: cancelled.append(True))
    dialog = opened(person)
    bar, button = dialog.findChild(object, "raceBar"), dialog.findChild(object, "raceStartButton")
    session.update(progress=0.25)
    assert bar.isVisible()
    assert bar.value() == bar.maximum() // 4
    assert button.text() == "Cancel"
    dialog.reject()
    assert cancelled == [True]
    assert dialog.isVisible()
    session.raced.emit(Raced("C", Failure("cancelled", "Cancelled.")))
    assert "was ended" in verdict(dialog)
    assert button.text() == "Race again"
    assert not bar.isVisible()
    session.raced.emit(Raced("C", Race("A @ B", (CPU, GPU))))
    assert "was ended" in verdict(dialog), "of a race that was given up nothing is told"
    dialog.reject()
    person.settle()
    assert person.window.findChild(RaceDialog) is None or not dialog.isVisible()


def test_the_result_of_a_race_is_told_lane_by_lane(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    session = person.window.session
    monkeypatch.setattr(session._worker, "request", lambda wish: session.raced.emit(Raced("C", Race("x", (CPU, GPU)))))
    dialog = opened(person)
    assert verdict(dialog) == "H100 computes 40× as fast as CPU; with 3 MB moved there and back, 5.0× as fast."
    assert not dialog.grab().isNull()


def test_only_a_formula_can_race(person: Person) -> None:
    assert person.window.menus.actions["race"].isEnabled()
    person.window.session.select("A")
    person.find("entryList").setFocus()
    person.key(KEY.Key_Home)
    shown = person.snapshot.shown
    assert person.window.menus.actions["race"].isEnabled() == (shown in person.snapshot.analysis.meanings)


def test_lanes_in_figures() -> None:
    cpu, gpu, broken = rows_of(Race("x", (CPU, GPU, BROKEN)))
    assert (cpu.label, cpu.figures, cpu.moving_s) == ("CPU", "400 ms", 0.0)
    assert gpu.figures == "80 ms   computing 40× as fast, with transfers 5.0× as fast"
    assert gpu.moving_s == pytest.approx(0.07)
    assert "the same but for rounding: 2.0e-13" in " ".join(gpu.below)
    assert "first call 1.5 s" in " ".join(gpu.below)
    assert (broken.figures, broken.below) == ("no time", ("It has not enough memory.", "Use float32."))
