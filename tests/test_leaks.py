"""The guards of the test suite themselves: each is shown the fault that it is there for."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import warnings

import pytest

from tests import leaks


def test_a_thread_that_goes_on_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "_PATIENCE_S", 0.05)
    before = leaks.Before.now()
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    try:
        assert leaks.leaks(before) == ["the thread 'forgotten' still runs"]
    finally:
        end.set()
        thread.join()
    assert leaks.leaks(before) == []


def test_a_process_that_goes_on_is_named_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "_PATIENCE_S", 0.2)
    before = leaks.Before.now()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = leaks.leaks(before)
        assert len(found) == 1
        assert f"the process {child.pid} still runs" in found[0]
        child.wait(10)
    assert leaks.leaks(before) == []


def test_a_timer_and_a_window_are_named() -> None:
    widgets = pytest.importorskip("PySide6.QtWidgets")
    core = pytest.importorskip("PySide6.QtCore")
    application = widgets.QApplication.instance() or widgets.QApplication([])
    before = leaks.Before.now()
    timer = core.QTimer()
    timer.start(10_000)
    window = widgets.QWidget()
    window.setObjectName("left")
    timer_leak, window_leak = leaks.leaks(before)
    assert "test_leaks.py" in timer_leak
    assert window_leak == "the window QWidget 'left' was left behind"
    assert leaks.leaks(before) == []
    assert application is not None


def test_a_qt_thread_that_goes_on_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    core = pytest.importorskip("PySide6.QtCore")
    monkeypatch.setattr(leaks, "_PATIENCE_S", 0.05)
    before = leaks.Before.now()
    thread = core.QThread()
    thread.start()
    try:
        assert "a QThread started at" in leaks.leaks(before)[0]
    finally:
        thread.quit()
        thread.wait()
    assert leaks.leaks(before) == []


def test_a_warning_in_the_log_is_named_unless_awaited() -> None:
    quiet = logging.LogRecord("x", logging.INFO, "f.py", 1, "nothing much", None, None)
    odd = logging.LogRecord("x", logging.WARNING, "f.py", 1, "%s is odd", ("A",), None)
    assert leaks.unexpected_records([quiet, odd], []) == ["x: A is odd"]
    assert leaks.unexpected_records([quiet, odd], ["is odd"]) == []


@pytest.mark.logs("this one is awaited")
def test_an_expected_record_is_no_fault() -> None:
    logging.getLogger("playground").warning("this one is awaited")


def test_a_python_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="old"):
        warnings.warn("old", stacklevel=1)
