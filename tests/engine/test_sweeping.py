"""The process that measures a sweep: what it tells on its lines, and that it outlives nobody."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import playground
from playground.compute.measuring.sweep import Sweep
from playground.compute.measuring.sweep_shapes import growing_shape, with_squares
from playground.compute.outcome import Failure
from playground.engine import sweeping
from playground.engine.sweeping import COMMAND, answer, asked, question
from tests.compute import pretended_cupy

if TYPE_CHECKING:
    from collections.abc import Mapping

WITHIN_S = 60


def sweep(expression: str, *sizes: int, **shapes: str) -> Sweep:
    given = {name: growing_shape(text) for name, text in shapes.items()}
    return Sweep(expression, with_squares(expression, given), sizes or (8, 16), "float32")


def told(what: Sweep, *devices: str) -> list[tuple[str, Mapping[str, Any]]]:
    said: list[tuple[str, Mapping[str, Any]]] = []
    answer(what, devices, lambda keyword, fields: said.append((keyword, json.loads(json.dumps(fields)))))
    return said


def test_what_is_asked_travels_whole() -> None:
    what = sweep("x @ W", 64, 128, x="nx784:float16", W="784x10")
    assert asked(question(what, ["cpu", "gpu"], 3, 0.5)) == (what, ("cpu", "gpu"), 3, 0.5)


def test_points_are_told_with_the_time_that_remains() -> None:
    said = told(sweep("A @ B"), "cpu")
    assert [keyword for keyword, _ in said] == ["point", "point", "done"]
    assert [fields["size"] for _, fields in said[:2]] == [8, 16]
    assert said[0][1]["remaining_s"] > 0
    assert said[1][1]["remaining_s"] == 0


def test_what_does_not_fit_is_told() -> None:
    said = told(sweep("A @ B", 8, 10**6), "cpu")
    assert [keyword for keyword, _ in said] == ["skipped", "point", "done"]
    assert said[0][1]["kind"] == "memory"


def test_a_mistake_is_told_and_nothing_is_measured() -> None:
    ((keyword, fields),) = told(sweep("A @ B", A="nx3"), "cpu")
    assert keyword == "mistake"
    assert "A @ B" in fields["message"]


def test_a_device_that_is_missing_is_told_and_the_others_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sweeping, "open_gpu", lambda _device: Failure("device", "There is no GPU here.", "Take the CPU.")
    )
    said = told(sweep("A @ B"), "cpu", "gpu")
    assert said[0] == ("missing", {"device": "gpu", "message": "There is no GPU here.", "hint": "Take the CPU."})
    assert [fields["device"] for keyword, fields in said if keyword == "point"] == ["cpu", "cpu"]


def test_a_gpu_is_measured_beside_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "open_gpu", lambda _device: pretended_cupy.backend())
    said = told(sweep("A @ B"), "cpu", "gpu")
    assert [fields["device"] for keyword, fields in said if keyword == "point"] == ["cpu", "gpu:1", "cpu", "gpu:1"]


def test_the_cpu_is_measured_with_the_threads_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    monkeypatch.setattr(sweeping.ThreadControl, "set", lambda _self, count: counts.append(count))
    answer(sweep("A @ B"), ["cpu"], lambda _keyword, _fields: None, 1)
    answer(sweep("A @ B"), ["cpu"], lambda _keyword, _fields: None)
    assert counts == [1]


def started() -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(playground.__file__).parents[1])}
    pipe = subprocess.PIPE
    return subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)


def test_the_process_answers_in_lines() -> None:
    with started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question(sweep("A @ B"), ["cpu"]) + "\n")
        process.stdin.flush()
        lines = [json.loads(line)["said"] for line in process.stdout]
        assert lines == ["point", "point", "done"]
        assert process.wait(WITHIN_S) == 0


@pytest.mark.parametrize("said", ["", "no json\n", "{}\n"])
def test_the_process_ends_where_nobody_asks(said: str) -> None:
    with started() as process:
        process.communicate(said, timeout=WITHIN_S)
        assert process.returncode != 0


def test_the_process_ends_with_its_owner() -> None:
    with started() as process:
        process.communicate(question(sweep("linalg.svd(A)", 3000, 3001), ["cpu"]) + "\n", timeout=WITHIN_S)
        assert process.returncode == 0
