"""From the command to the first painted window with its result, against an empty pyqtgraph window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.measure import Comparison, compare, judge

ROOT = Path(__file__).resolve().parents[2]
TURNS, WARM = 7, 2
# As pip installs it, a package lies there compiled; the runs that warm up compile this checkout.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def until_painted(kind: str) -> float:
    """Seconds from the start of the process until it says that its window is painted. Its end isn't counted."""
    command = [sys.executable, "-m", "tests.benchmarks.first_window", kind]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        answer = child.stdout.readline().strip()
        took = time.perf_counter() - began
        _, errors = child.communicate()
    if answer != "ready":
        pytest.fail(f"the window did not appear: {errors}")
    return took


def test_the_first_window_is_there_sooner_than_an_empty_chart() -> None:
    turns = [(until_painted("ours"), until_painted("yardstick")) for _ in range(WARM + TURNS)][WARM:]
    ours, yardstick = zip(*turns, strict=True)
    result = Comparison("first window with its result", ours, yardstick)
    print(f"\n{result}")
    judge("against an empty pyqtgraph window", result.ratio, 0.8)


def test_the_import_costs_nothing() -> None:
    program = (
        "import sys; before = set(sys.modules); import playground\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "assert not new & {'PySide6', 'cupy', 'numpy', 'pyqtgraph', 'psutil'}, new"
    )
    child = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr


def test_shapes_are_answered_at_once() -> None:
    """Far less than a person notices; of that, most is NumPy's own import."""
    shape = [sys.executable, "-m", "playground", "shape", "A @ B", "A=3x2", "B=2x4"]
    numpy = [sys.executable, "-c", "import numpy"]
    result = compare("shape A @ B, against 'import numpy'", lambda: _run(shape), lambda: _run(numpy), turns=7)
    judge("against importing NumPy", result.ratio, 2)


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
