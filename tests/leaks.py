"""What a test left behind: threads, child processes, Qt threads, Qt timers, windows, log records.

Plain functions; ``conftest.py`` calls them around every test. Qt is looked at only where it is loaded already, so that
the stages below ``session`` are tested with no Qt at all.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_PATIENCE_S = 3.0
"""How long something that is on its way out may take."""

_started: list[tuple[str, weakref.ref[Any], str]] = []
"""Qt threads and timers started since the last ``Before.now()``: kind, object, where it was started."""


@dataclass(frozen=True)
class Before:
    """What was alive when a test began."""

    threads: frozenset[threading.Thread]
    processes: frozenset[psutil.Process]
    windows: frozenset[int]

    @classmethod
    def now(cls) -> Before:
        """Take the picture and forget what earlier tests started."""
        _started.clear()
        return cls(
            frozenset(threading.enumerate()),
            frozenset(psutil.Process().children(recursive=True)),
            frozenset(_windows()),
        )


def leaks(before: Before) -> list[str]:
    """One sentence for each thing that the test started and didn't end. The things are ended here, so that the next
    test isn't blamed for them.
    """
    return [*_qt_leaks(), *_window_leaks(before), *_thread_leaks(before), *_process_leaks(before)]


def unexpected_records(records: Iterable[logging.LogRecord], expected: Sequence[str]) -> list[str]:
    """Log records of warning level and above that none of the patterns ``expected`` is found in."""
    return [
        f"{record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING and not any(re.search(part, record.getMessage()) for part in expected)
    ]


def watch_qt() -> None:
    """Note every Qt thread and timer that is started from Python, with the place in the code."""
    from PySide6.QtCore import QThread, QTimer

    for kind, owner in (("QThread", QThread), ("QTimer", QTimer)):
        owner.start = _noted(kind, owner.start)  # type: ignore[method-assign]


def _noted(kind: str, start: Callable[..., None]) -> Callable[..., None]:
    def noted(self: Any, *arguments: Any, **keywords: Any) -> None:
        caller = traceback.extract_stack(sys._getframe(1), limit=1)[0]
        _started.append((kind, weakref.ref(self), f"{caller.filename}:{caller.lineno}"))
        start(self, *arguments, **keywords)

    return noted


def _qt_leaks() -> list[str]:
    if not _started:
        return []
    from shiboken6 import isValid

    _delete_what_waits_for_it()
    found = []
    for kind, reference, place in _started:
        item = reference()
        if item is None or not isValid(item):
            continue
        if kind == "QTimer" and item.isActive():
            item.stop()
            found.append(f"a QTimer started at {place} still ticks")
        if kind == "QThread" and not item.wait(int(_PATIENCE_S * 1000)):
            found.append(f"a QThread started at {place} still runs")
    return found


def _windows() -> dict[int, Any]:
    """Top-level widgets by the address of their C++ object: a wrapper made anew is no new window."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    from shiboken6 import getCppPointer

    return {getCppPointer(window)[0]: window for window in widgets.QApplication.topLevelWidgets()}


def _window_leaks(before: Before) -> list[str]:
    if _windows().keys() <= before.windows:
        return []
    _delete_what_waits_for_it()
    found = []
    for address, window in _windows().items():
        if address not in before.windows:
            found.append(f"the window {type(window).__name__} {window.objectName()!r} was left behind")
            window.deleteLater()
    _delete_what_waits_for_it()
    return found


def _delete_what_waits_for_it() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _thread_leaks(before: Before) -> list[str]:
    found = []
    for thread in set(threading.enumerate()) - before.threads:
        if isinstance(thread, threading._DummyThread):
            continue  # the mark of a Qt thread in Python; the thread itself is looked at above
        thread.join(_PATIENCE_S)
        if thread.is_alive():
            found.append(f"the thread {thread.name!r} still runs")
    return found


def _process_leaks(before: Before) -> list[str]:
    children = [child for child in psutil.Process().children(recursive=True) if child not in before.processes]
    if not children:
        return []
    _, alive = psutil.wait_procs(children, timeout=_PATIENCE_S)
    found = []
    for child in alive:
        found.append(f"the process {child.pid} still runs: {' '.join(child.cmdline())}")
        child.kill()
    psutil.wait_procs(alive, timeout=_PATIENCE_S)
    return found
