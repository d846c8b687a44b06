"""What is imported until the first picture stands: every module is a third of a millisecond that a person waits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST = 245
"""Modules of ours. A picture that needs more of them must be worth it: import what can wait where it is needed."""
LATER = (
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtSvg",
    "concurrent",
    "csv",
    "cupy",
    "multiprocessing",
    "numpy.testing",
    "psutil",
    "pyqtgraph",
    "sqlite3",
    "playground.doctor",
    "playground.engine.client",
    "playground.files",
    "playground.language.foreign.table",
    "playground.language.gradients",
    "playground.language.pasted",
    "playground.session.comparing",
    "playground.session.estimates",
    "playground.session.measuring",
    "playground.session.opening",
    "playground.session.pasting",
    "playground.views.dialogs",
    "playground.views.entry_menu",
    "playground.views.expression.completion",
    "playground.views.grid.copy_as",
    "playground.views.grid.editor",
    "playground.views.grid.keys",
    "playground.views.grid.slice_strip",
    "playground.views.line_wishes",
    "playground.views.number_format_choice",
    "playground.views.palette",
    "playground.views.paste_report",
    "playground.views.timing.race",
    "playground.views.timing.sweep_dialog",
)
"""What a person must first do something for. A package stands for all that is in it."""


@pytest.fixture(scope="module")
def imported() -> list[str]:
    command = [sys.executable, "-m", "tests.benchmarks.first_window", "imported"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


def test_the_first_picture_needs_none_of_what_a_person_has_to_ask_for(imported: list[str]) -> None:
    assert "playground.views.main_window" in imported
    early = [name for name in imported if any(name == later or name.startswith(f"{later}.") for later in LATER)]
    assert not early, "import these in the function that first needs them"


def test_the_first_picture_needs_no_more_modules_than_before(imported: list[str]) -> None:
    ours = [name for name in imported if name.split(".")[0] == "playground"]
    assert len(ours) <= MOST, "import what the first picture can do without in the function that first needs it"


def test_what_mustn_t_be_imported_still_has_that_name() -> None:
    """A module that was renamed would be guarded no more."""
    for name in LATER:
        if name.startswith("playground."):
            path = ROOT.joinpath(*name.split("."))
            assert path.is_dir() or path.with_suffix(".py").is_file(), name
