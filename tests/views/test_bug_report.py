"""A mistake of the program itself: logged, shown once with a report to copy, and the window goes on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from playground.views.bug_dialog import BugDialog
from playground.views.bug_report import BugReporter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.person import Person


@pytest.fixture
def reporter(person: Person) -> Iterator[BugReporter]:
    made = BugReporter(person.window)
    made.install()
    yield made
    made.uninstall()


def fail(reporter: BugReporter) -> None:
    try:
        raise RuntimeError("the tree has no root")
    except RuntimeError:
        reporter.report(*sys.exc_info())  # type: ignore[arg-type]


@pytest.mark.logs("Uncaught exception")
def test_a_bug_is_shown_once_with_a_report_to_copy(person: Person, reporter: BugReporter) -> None:
    fail(reporter)
    fail(reporter)
    person.settle()
    (dialog,) = person.window.findChildren(BugDialog)
    person.click(dialog.findChild(object, "copyReportButton"))
    report = QApplication.clipboard().text()
    assert "the tree has no root" in report
    assert "NumPy" in report
    dialog.reject()
    person.window.activateWindow()
    person.enter("B.T")
    assert person.result.source.shape == (4, 2)


def test_an_interruption_is_no_bug(person: Person, reporter: BugReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[object] = []
    monkeypatch.setattr(reporter, "_previous", lambda kind, _error, _trace: passed.append(kind))
    reporter.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    person.settle()
    assert passed == [KeyboardInterrupt]
    assert person.window.findChildren(BugDialog) == []


def test_the_hook_is_given_back_with_the_window(person: Person) -> None:
    before = sys.excepthook
    reporter = BugReporter(person.window)
    reporter.install()
    assert sys.excepthook == reporter.report
    reporter.uninstall()
    assert sys.excepthook is before
