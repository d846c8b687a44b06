"""A sweep beside the window: points as signals, every end a sentence, and a cancel that leaves nothing running."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from playground.compute.measuring.sweep import Point, Skipped, Sweep
from playground.compute.measuring.sweep_shapes import with_squares
from playground.session import sweep_run
from playground.session.sweep_run import SweepRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SWEEP = Sweep("A @ B", with_squares("A @ B", {}), (8, 16))
FOREVER = "import time\nwhile True: time.sleep(1)"
WITHIN_MS = 60_000


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[SweepRun]:
    del qtbot
    made = SweepRun()
    yield made
    made.stop()


def measured_by(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let ``code`` run instead of the real process."""
    monkeypatch.setattr(sweep_run, "COMMAND", (sys.executable, "-c", code))


def ending(run: SweepRun, qtbot: QtBot, devices: tuple[str, ...] = ("cpu",)) -> str:
    with qtbot.waitSignal(run.ended, timeout=WITHIN_MS) as waited:
        run.start(SWEEP, devices)
        assert run.running
    assert not run.running
    return str(waited.args[0])


def test_the_real_process_tells_every_point(run: SweepRun, qtbot: QtBot) -> None:
    points: list[Point] = []
    remaining: list[float] = []
    run.pointArrived.connect(points.append)
    run.remainingEstimated.connect(remaining.append)
    assert ending(run, qtbot) == ""
    assert [(point.size, point.device) for point in points] == [(8, "cpu"), (16, "cpu")]
    assert remaining[-1] == 0


def test_what_is_skipped_or_missing_is_passed_on(run: SweepRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        {"said": "missing", "device": "gpu", "message": "No GPU.", "hint": "Buy one."},
        {"said": "skipped", "size": 9, "device": "cpu", "kind": "memory", "message": "Too much.", "hint": ""},
        {"said": "done"},
    ]
    measured_by(monkeypatch, "\n".join(f"print({json.dumps(json.dumps(line))})" for line in lines))
    missing: list[object] = []
    skipped: list[Skipped] = []
    run.deviceMissing.connect(missing.append)
    run.sizeSkipped.connect(skipped.append)
    assert ending(run, qtbot) == ""
    assert [getattr(failure, "message", "") for failure in missing] == ["No GPU."]
    assert [(item.size, item.failure.message) for item in skipped] == [(9, "Too much.")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", "ended unexpectedly"),
        ("", "ended unexpectedly"),
        ("raise SystemExit(83)", "more memory than its limit"),
        ("print('no json')", "did not understand each other"),
        ("print('{}')", "did not understand each other"),
        ("""print('{"said": "point"}')""", "did not understand each other"),
        ("""print('{"said": "mistake", "message": "No.", "hint": "Mend it."}')""", "No. Mend it."),
    ],
)
def test_every_end_is_a_sentence(
    run: SweepRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    measured_by(monkeypatch, code)
    assert words in ending(run, qtbot)


def test_a_program_that_cannot_be_started_is_an_end_too(
    run: SweepRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_run, "COMMAND", ("/no/such/program",))
    assert "could not be started" in ending(run, qtbot)


def test_a_stop_ends_the_process_and_says_nothing(run: SweepRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    measured_by(monkeypatch, FOREVER)
    before = {child.pid for child in psutil.Process().children()}
    run.start(SWEEP, ("cpu",))
    with qtbot.assertNotEmitted(run.ended, wait=50):
        run.stop()
    assert not run.running
    assert {child.pid for child in psutil.Process().children()} == before


def test_a_new_sweep_ends_the_one_before(run: SweepRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {child.pid for child in psutil.Process().children()}
    measured_by(monkeypatch, FOREVER)
    run.start(SWEEP, ("cpu",))
    measured_by(monkeypatch, """print('{"said": "done"}')""")
    assert ending(run, qtbot) == ""
    assert {child.pid for child in psutil.Process().children()} == before
