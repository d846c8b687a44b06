"""Builds the window and everything behind it; the composition root of the program."""

from __future__ import annotations

import builtins
import gc
import sys
import time
from typing import TYPE_CHECKING

from playground import settings
from playground.display import problem as display_problem
from playground.paths import resource
from playground.record import replace
from playground.translation import tr
from playground.workspace.memory import SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from playground.engine.client import EngineClient
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.session.worker import InlineWorker, Worker
    from playground.views.main_window import MainWindow
    from playground.workspace.workspace import Workspace

_PAINTED_MS = 100
"""When the first window is most likely painted: drawing the icon, in all sizes that are asked for, would hold it up."""

_SETTLED_MS = 1000
"""When the first window is surely painted with its result."""

_ARRIVED_WITHIN_S = 20.0
_LOOK_AGAIN_S = 0.005
"""How long a picture waits for the numbers and colours of a large file at most, and how often it looks for them."""

_YOUNG = 10_000
"""Objects after which garbage is looked for. Reading a long formula makes as many, and lets them go by itself."""

_ALL = True
"""Stands for a further step where there is none."""


def build_window(workspace: Workspace | None = None, *, inline: bool = False) -> MainWindow:
    """Build the window without entering the event loop.

    Parameters
    ----------
    workspace
        What it opens with; the first example where it is None.
    inline
        Compute in this process and at once, for tests. Otherwise an engine process computes, which starts when
        the window is first shown.

    A QApplication must exist.
    """
    if inline:
        from playground.engine.core import EngineCore
        from playground.session.worker import InlineWorker

        window = _window(_session(workspace, InlineWorker(EngineCore())))
    else:
        window = _window(_session(workspace, _process_worker()))
    window.complete()  # whoever builds a window may look for every part of it at once
    return window


def main(files: Sequence[Path], formula: str | None = None, example: str | None = None, projector: bool = False) -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    missing = display_problem()
    if missing is not None:
        print(missing, file=sys.stderr)
        return 1
    gc.disable()  # nearly all that is made until the window stands stays: looking through it would cost a tenth
    chosen = settings.load()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon

    _take_import_back()
    from playground.views import theme
    from playground.views.bug_report import BugReporter

    application = _application()
    bigger = projector or chosen.projector
    theme.choose(application, chosen.theme, chosen.projector_scale if bigger else 1.0)  # type: ignore[arg-type]
    workspace = _first_workspace(files, formula, example)
    if files or formula is not None:
        session = _session(workspace, _process_worker())
    else:
        # The example is small: computed here, before a process could have started, it is there to be shown at once.
        session = _session(workspace, _starting_worker())
        session.start()
    window = _window(session)
    window.take_look(chosen.theme, bigger, chosen.projector_scale)
    window.lookChanged.connect(_remember_look)
    window.settingChosen.connect(_remember)
    window.setProperty("overviewHidden", not chosen.overview)
    _compute_as_chosen(window, chosen)
    BugReporter(window).install()
    theme.dress(application)
    window.show()
    _open(window, files, formula)
    # For the window's sake: with it, its timers go.
    QTimer.singleShot(_PAINTED_MS, window, lambda: application.setWindowIcon(QIcon(str(resource("icons/app.svg")))))
    QTimer.singleShot(_SETTLED_MS, window, lambda: _settle(window))
    return application.exec()


def _take_import_back() -> None:
    """Let ``import`` be Python's own again. PySide's in its place costs a fifteenth of the time until the window.

    That one looks at every import, and into the source of every module, whether a module wants Qt's methods under other
    names (``__feature__``). None of ours does. What is undone here is PySide's own affair: where it isn't there any
    more, all works, only later.
    """
    own = getattr(builtins, "__orig_import__", None)
    if own is not None and builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = own


def _settle(window: QObject, rest: Iterator[None] | None = None) -> None:
    """Make ready for the first mistake, a step after each event, then let garbage be collected."""
    from PySide6.QtCore import QTimer

    from playground.language import ready

    left = ready.steps() if rest is None else rest
    if next(left, _ALL):
        _collect_garbage()
    else:
        QTimer.singleShot(0, window, lambda: _settle(window, left))


def _collect_garbage() -> None:
    """Let garbage be collected from now on; what the program is made of isn't looked through, ever."""
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()


def _process_worker() -> Worker:
    from playground.session.worker import Worker

    return Worker(_engine_process())


def _starting_worker() -> Worker:
    """A worker whose first job is computed in this process."""
    from playground.engine.core import EngineCore
    from playground.session.worker import Worker

    return Worker(EngineCore(), then=_engine_process)


def _engine_process() -> EngineClient:
    from playground.engine.client import EngineClient

    return EngineClient()


def _session(workspace: Workspace | None, worker: InlineWorker | Worker) -> Session:
    from playground.session.session import Session
    from playground.workspace.examples import first_example

    session = Session(workspace if workspace is not None else first_example(), worker)
    worker.setParent(session)
    return session


def _window(session: Session) -> MainWindow:
    from playground.views.main_window import MainWindow

    window = MainWindow(session)
    session.setParent(window)
    return window


def _first_workspace(files: Sequence[Path], formula: str | None, example: str | None) -> Workspace | None:
    """The example that was asked for; nothing where files or a formula come; else the first example (None)."""
    from playground.workspace.workspace import Workspace

    return _example(example) if example is not None else Workspace() if files or formula is not None else None


def _open(window: MainWindow, files: Sequence[Path], formula: str | None) -> None:
    """Open ``files``, and then add ``formula`` as an entry of its own."""

    def add_formula() -> None:
        if formula is not None:
            from playground.session.drafts import add

            add(window.session, formula)

    if files:
        window.dialogs.allRead.connect(add_formula)
        window.dialogs.open_paths(list(files))
    else:
        add_formula()


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(["matrix-playground", "-style", "fusion"])
    application.setApplicationName("matrix-playground")
    application.setApplicationDisplayName(tr("Matrix Playground"))
    return application


def _example(name: str | None) -> Workspace | None:
    from playground.workspace.examples import EXAMPLES

    return EXAMPLES[name].build() if name is not None else None


def _compute_as_chosen(window: MainWindow, chosen: settings.Settings) -> None:
    """Compute with the threads, in the memory and on the device of the last time; no first picture waits for them."""
    from PySide6.QtCore import QTimer

    if chosen.threads:
        window.session.update(threads=chosen.threads)  # with the next computation
    if chosen.memory_fraction != SHARE:
        window.session.update(memory_share=chosen.memory_fraction)
    if chosen.device != "cpu":
        QTimer.singleShot(_SETTLED_MS, window, lambda: window.gpu_search.request(chosen.device))
    window.session.snapshotChanged.connect(_remember_device)


def _remember_device(old: Snapshot, new: Snapshot) -> None:
    if new.device != old.device:
        _remember("device", new.device)


def _remember(name: str, value: object) -> None:
    settings.save(replace(settings.load(), **{name: value}))


def _remember_look(theme: str, projector: bool) -> None:
    settings.save(replace(settings.load(), theme=theme, projector=projector))


def screenshot(
    out: Path,
    workspace_path: Path | None = None,
    example: str | None = None,
    size: tuple[int, int] = (1600, 1000),
    theme: str = "light",
) -> int:
    """Write a picture of the window to ``out``; returns the exit status.

    The window is drawn without a display where there is none, and with its formulas computed.
    """
    import os

    if display_problem() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from playground.session.opening import read, take
    from playground.views.theme import choose

    application = _application()
    choose(application, theme)  # type: ignore[arg-type]  # as the program does: its widgets are made in these fonts
    window = build_window(_example(example), inline=True)
    window.set_look(theme)
    window.resize(*size)
    window.show()
    status = 0
    if workspace_path is not None and not take(window.session, read(workspace_path)):
        notice = window.session.snapshot.notice
        print(notice.text if notice is not None else "", file=sys.stderr)
        status = 1
    _let_arrive(application, window)
    if status == 0 and not window.grab().save(str(out)):
        print(
            tr("{file} can't be written. Choose a name that ends in .png, in a folder you may write to.", file=out),
            file=sys.stderr,
        )
        status = 1
    window.close()
    window.deleteLater()
    return status


def _let_arrive(application: QApplication, window: MainWindow) -> None:
    """Handle what waits to be handled, until the numbers of a large file and their colours are there."""
    until = time.monotonic() + _ARRIVED_WITHIN_S
    application.processEvents()
    while window.equation.filling.is_reading and time.monotonic() < until:
        time.sleep(_LOOK_AGAIN_S)
        application.processEvents()
