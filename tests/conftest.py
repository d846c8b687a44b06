"""What holds for every test: no screen, folders of its own, and no warning, message or leak goes unnoticed."""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import leaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HAS_QT = sys.modules.get("PySide6", True) is not None and importlib.util.find_spec("PySide6") is not None
NEEDS_QT = ["session", "views", "gui", "test_app.py", "test_references.py"]
collect_ignore = [] if HAS_QT else NEEDS_QT

# The same examples in every run, and no deadline: two busy cores are slow at times, and that is no fault of the code.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

_FOLDERS = (
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_DATA_HOME",
    "WIN_PD_OVERRIDE_APPDATA",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA",
)
"""Where platformdirs looks first, on every system."""
_numbers = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Watch Qt where it is; pytest-qt's settings would stop pytest where the plugin is missing, so marks are used."""
    config.addinivalue_line("markers", "logs(pattern): log records of warning level that match are expected")
    if HAS_QT:
        leaks.watch_qt()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Qt messages of warning level fail a test, but for the one that the offscreen platform always gives."""
    if not config.pluginmanager.hasplugin("pytest-qt"):
        return
    for item in items:
        item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a GPU where there is none, with the sentence that a person would read."""
    if item.get_closest_marker("gpu") and (reason := _gpu_reason()):
        pytest.skip(reason)


@cache
def _gpu_reason() -> str:
    """Why there is no GPU, or empty where there is one. A child process looks, once for all tests."""
    from playground.compute.devices import detect

    report = detect()
    return "" if report.code == "ok" else report.sentence


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings, logs and data of each test, its child processes included, go to a folder that no other test sees."""
    folder = tmp_path_factory.getbasetemp() / f"home-{next(_numbers)}"
    for name in _FOLDERS:
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    before = leaks.Before.now()
    yield
    found = leaks.leaks(before)
    assert not found, "the test left something running:\n" + "\n".join(found)


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    expected = [mark.args[0] for mark in request.node.iter_markers("logs")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    found = leaks.unexpected_records(records, expected)
    assert not found, "unexpected log records:\n" + "\n".join(found)
