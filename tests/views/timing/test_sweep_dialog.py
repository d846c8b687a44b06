"""Compute ▸ Sweep in front of the window: filled in, run, cancelled, saved, by keyboard too."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from playground.compute.measuring.sweep import Point
from playground.compute.measuring.sweep_table import point_fields
from playground.session import sweep_run
from playground.views.timing.sweep_dialog import SweepDialog
from tests.compute.measuring.recordings import document, keep
from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MISSING = {"said": "missing", "device": "gpu", "message": "There is no GPU here.", "hint": "Take the CPU."}
DONE = {"said": "done"}
FOREVER = "import time\nwhile True: time.sleep(1)"


def point(size: int, device: str, seconds: float, remaining_s: float = 0.0) -> dict[str, Any]:
    fields = point_fields(Point(size, device, seconds, seconds, seconds, 5, seconds))
    return {"said": "point", "remaining_s": remaining_s, **fields}


def measured(monkeypatch: pytest.MonkeyPatch, *lines: dict[str, Any], then: str = "") -> None:
    """Let these lines be what the process tells."""
    told = [f"print({json.dumps(json.dumps(line))}, flush=True)" for line in lines]
    monkeypatch.setattr(sweep_run, "COMMAND", (sys.executable, "-c", "\n".join([*told, then])))


def opened(person: Person) -> SweepDialog:
    person.window.menus.actions["sweep"].trigger()
    person.settle()
    dialog = person.window.findChild(SweepDialog)
    assert isinstance(dialog, SweepDialog)
    assert dialog.isVisible()
    return dialog


def text(dialog: SweepDialog, name: str) -> str:
    found = dialog.findChild(QLineEdit, name) or dialog.findChild(QLabel, name)
    assert isinstance(found, QLineEdit | QLabel)
    return found.text()


def button(dialog: SweepDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def run(dialog: SweepDialog, qtbot: QtBot) -> str:
    """Run to the end; give what is said then."""
    with qtbot.waitSignal(dialog._run.ended, timeout=60_000):
        button(dialog, "sweepRun").click()
        assert button(dialog, "sweepRun").text() == "Cancel"
    assert button(dialog, "sweepRun").text() == "Run"
    return text(dialog, "sweepStatus")


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def test_it_opens_filled_in_for_the_shown_formula(person: Person) -> None:
    person.key(KEY.Key_B, CTRL | SHIFT)
    dialog = person.window.findChild(SweepDialog)
    assert dialog is not None
    assert text(dialog, "sweepFormula") == "A @ B"
    assert text(dialog, "sweepShapes") == "A=n×n  B=n×n"
    assert text(dialog, "sweepSizes") == "64, 128, 256, 512, 1024, 2048"
    assert button(dialog, "sweepCpu").isChecked()
    assert button(dialog, "sweepGpu").isChecked()
    assert dialog.focusWidget() is button(dialog, "sweepRun")


def test_opened_again_it_keeps_what_was_written(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0, 2.0]], b=[1.0, 2.0], c="A @ b", d="A + 1"))
    person.window.session.select("c")
    dialog = opened(person)
    dialog.form.shapes.setText("A=n×64  b=64")
    dialog.close()
    assert opened(person) is dialog
    assert text(dialog, "sweepShapes") == "A=n×64  b=64"
    person.window.session.select("d")
    opened(person)
    assert (text(dialog, "sweepFormula"), text(dialog, "sweepShapes")) == ("A + 1", "A=1×n")


def test_another_formula_keeps_the_shapes_that_were_written(person: Person) -> None:
    dialog = opened(person)
    dialog.form.shapes.setText("A=n×64  B=n×n")
    dialog.form.sizes.clear()
    QTest.keyClicks(dialog.form.sizes, "8 16")
    dialog.form.formula.setText("relu(A @ W)")
    dialog.form.formula.editingFinished.emit()
    assert text(dialog, "sweepShapes") == "A=n×64  W=n×n"
    assert text(dialog, "sweepSizes") == "8 16", "those were chosen by hand"


def test_points_arrive_and_the_crossover_is_said(person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    times = ((64, 1e-5, 1e-4), (128, 1e-4, 1e-4), (256, 1e-3, 1e-4))
    lines = [point(n, device, s, 3) for n, cpu, gpu in times for device, s in (("cpu", cpu), ("gpu", gpu))]
    measured(monkeypatch, *lines, DONE)
    dialog = opened(person)
    said = run(dialog, qtbot)
    assert said.startswith("Measured in 1 s.\nThe GPU is faster from about n = 130")
    assert dialog.chart.accessibleDescription().startswith("CPU: 10 µs at n = 64 to 1 ms at n = 256.")


def test_why_there_is_no_gpu_is_one_sentence(person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    skipped = {"said": "skipped", "size": 9, "device": "cpu", "kind": "memory", "message": "Too much.", "hint": ""}
    measured(monkeypatch, MISSING, skipped, skipped, skipped, point(64, "cpu", 1e-5), DONE)
    said = run(opened(person), qtbot)
    assert "No curve of a GPU: There is no GPU here. Take the CPU." in said
    assert said.count("n = 9 is left out on the CPU: Too much.") == 2
    assert "Left out as well: 1 more." in said


def test_a_recording_stands_in_for_a_missing_gpu_and_says_so(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(tmp_path, monkeypatch, made_up=document())
    measured(monkeypatch, MISSING, point(64, "cpu", 1e-5), point(256, "cpu", 1e-3), DONE)
    dialog = opened(person)
    said = run(dialog, qtbot)
    assert said.endswith("Take the CPU.\nMade-up GPU, recorded: measured on another machine, not here.")
    assert "faster" not in said
    assert "Made-up GPU, recorded: 100 µs at n = 64" in dialog.chart.accessibleDescription()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "times"), ""))
    button(dialog, "sweepCsv").click()
    button(dialog, "sweepPng").click()
    devices = [line.split(",")[1] for line in (tmp_path / "times.csv").read_text(encoding="utf-8").splitlines()]
    assert devices == ["device", "cpu", "cpu", *['"Made-up GPU'] * 3]
    assert (tmp_path / "times.png").exists()

    measured(monkeypatch, point(64, "cpu", 1e-5), point(64, "gpu", 1e-5), DONE)
    assert "recorded" not in run(dialog, qtbot), "the GPU is back"
    assert "recorded" not in dialog.chart.accessibleDescription()


def test_while_it_runs_the_end_is_estimated_and_the_window_goes_on(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, point(64, "cpu", 1e-5, remaining_s=40), then=FOREVER)
    dialog = opened(person)
    button(dialog, "sweepGpu").click()
    button(dialog, "sweepRun").click()
    qtbot.waitUntil(lambda: "s left" in text(dialog, "sweepStatus"), timeout=60_000)
    assert text(dialog, "sweepStatus").startswith("1 of 6 measured · about ")
    assert not dialog.form.formula.isEnabled()
    assert not button(dialog, "sweepCsv").isEnabled()
    person.window.activateWindow()
    person.enter("D = A.T")
    assert person.snapshot.results["D"].current, "an edit is computed meanwhile"
    dialog.close()


def test_escape_cancels_first_and_closes_then(person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    measured(monkeypatch, point(64, "cpu", 1e-5, remaining_s=40), then=FOREVER)
    dialog = opened(person)
    button(dialog, "sweepRun").click()
    qtbot.waitUntil(lambda: "s left" in text(dialog, "sweepStatus"), timeout=60_000)
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert children() == before
    assert text(dialog, "sweepStatus").startswith("Cancelled: 1 of 12 measured.")
    assert dialog.isVisible()
    assert button(dialog, "sweepCsv").isEnabled(), "what is done can be saved"
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_enter_presses_the_button_that_has_the_focus(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    measured(monkeypatch, then=FOREVER)
    dialog = opened(person)
    pressed = button(dialog, "sweepRun")
    assert pressed.hasFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Return)
    assert children() != before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert children() == before
    field = dialog.findChild(QLineEdit, "sweepSizes")
    assert isinstance(field, QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert children() != before, "one press starts it, and doesn't end it besides"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_closing_ends_what_runs(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    measured(monkeypatch, then=FOREVER)
    dialog = opened(person)
    button(dialog, "sweepRun").click()
    assert children() != before
    button(dialog, "sweepClose").click()
    assert children() == before
    assert button(dialog, "sweepRun").text() == "Run"
    opened(person)
    button(dialog, "sweepRun").click()
    person.window.close()
    assert children() == before


def test_a_crash_is_a_sentence(person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, then="import os; os.abort()")
    assert run(opened(person), qtbot) == "The computing process ended unexpectedly."


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("sweepFormula", "A @", "(n = 64)"),
        ("sweepShapes", "A=n×3  B=n×n", "A @ B needs as many rows in B (64) as columns in A (3)."),
        ("sweepShapes", "A", "is no name with a shape"),
        ("sweepShapes", "A=3×3  B=3×3", "No size of this formula depends on n."),
        ("sweepSizes", "64, many", "whole numbers"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_runs(person: Person, name: str, wrong: str, words: str) -> None:
    dialog = opened(person)
    field = dialog.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    field.setText(wrong)
    QTest.keyClick(field, KEY.Key_Return)
    assert words in text(dialog, "sweepStatus")
    assert not dialog._run.running
    assert dialog.isVisible()


def test_a_mistake_is_marked_in_the_formula(person: Person) -> None:
    dialog = opened(person)
    dialog.form.formula.setText("relu(A @ B)")
    dialog.form.shapes.setText("A=n×3  B=n×n")
    button(dialog, "sweepRun").click()
    assert dialog.form.formula.selectedText() == "A @ B"


def test_some_device_has_to_be_chosen(person: Person) -> None:
    dialog = opened(person)
    for name in ("sweepCpu", "sweepGpu"):
        button(dialog, name).click()
    button(dialog, "sweepRun").click()
    assert text(dialog, "sweepStatus") == "Choose the CPU, the GPU, or both."


def test_it_is_saved_as_csv_and_as_a_plot(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured(monkeypatch, point(64, "cpu", 1e-5), point(128, "cpu", 1e-4), DONE)
    dialog = opened(person)
    run(dialog, qtbot)
    chosen = iter([str(tmp_path / "times"), str(tmp_path / "plot.png"), "", str(tmp_path / "no" / "a.csv")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(chosen), ""))
    button(dialog, "sweepCsv").click()
    assert (tmp_path / "times.csv").read_text(encoding="utf-8").splitlines()[1].startswith("64,cpu,1e-05")
    assert text(dialog, "sweepStatus").startswith("Saved as times.csv.")
    button(dialog, "sweepPng").click()
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    button(dialog, "sweepCsv").click()
    assert text(dialog, "sweepStatus").startswith("Saved as plot.png."), "nothing was chosen"
    button(dialog, "sweepCsv").click()
    assert text(dialog, "sweepStatus").startswith("a.csv can't be written:")


def test_the_same_is_copied_for_a_terminal(person: Person) -> None:
    dialog = opened(person)
    dialog.form.shapes.setText("A=n×64  B=64×n")
    dialog.form.sizes.setText("8, 16")
    button(dialog, "sweepCommand").click()
    command = "matrix-playground bench 'A @ B' 'A=n×64' 'B=64×n' --sizes 8,16 --devices cpu,gpu --dtype float64"
    assert QApplication.clipboard().text() == command
    assert text(dialog, "sweepStatus") == f"Copied: {command}"
    dialog.form.sizes.setText("many")
    button(dialog, "sweepCommand").click()
    assert "whole numbers" in text(dialog, "sweepStatus")


def test_the_gpu_of_the_window_is_the_one_that_is_measured(person: Person) -> None:
    person.window.session.update(device="gpu:1")
    assert opened(person).form.asked()[1] == ("cpu", "gpu:1")


def test_all_of_it_is_reached_by_tab_and_has_a_name(person: Person) -> None:
    dialog = opened(person)
    seen = []
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget() or dialog, KEY.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.objectName()
        assert focused.accessibleName() or getattr(focused, "text", str)()
        seen.append(focused.objectName())
    assert {"sweepFormula", "sweepShapes", "sweepSizes", "sweepCpu", "sweepGpu", "sweepDtype", "sweepChart"} <= set(
        seen
    )
    assert dialog.findChild(QPushButton, "sweepClose").focusPolicy() != Qt.FocusPolicy.NoFocus
