"""A child of the start's benchmark and test: opens one window, says so when it is painted, and closes it."""

from __future__ import annotations

import faulthandler
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractScrollArea

    from playground.views.main_window import MainWindow


def _say_ready() -> None:
    print("ready", flush=True)


def ours(say: Callable[[], None] = _say_ready) -> int:
    """The real program, ready when the result's numbers are painted. Qt is imported when the program imports it."""
    from playground import app, cli

    build = app._window

    def built(*arguments: Any, **keywords: Any) -> MainWindow:
        window = build(*arguments, **keywords)
        watch(lambda: painted_result(window), say)
        return window

    app._window = built
    return cli.main([])


def imported() -> int:
    """The real program, which says what it has imported for the first picture, however slow the machine is."""
    from playground import app
    from playground.session import worker
    from playground.views import main_window, menus

    for module, pause in (
        (app, "_PAINTED_MS"),
        (app, "_SETTLED_MS"),
        (main_window, "_PICTURE_MS"),
        (menus, "_FILLED_MS"),
        (worker, "_FIRST_PAINTED_S"),
    ):
        assert hasattr(module, pause)
        setattr(module, pause, 1_000_000)
    return ours(lambda: print(*sorted(sys.modules), flush=True))


def painted_result(window: MainWindow) -> QAbstractScrollArea | None:
    """The grid that shows the result's numbers, once there is one."""
    from PySide6.QtWidgets import QAbstractScrollArea

    for grid in window.findChildren(QAbstractScrollArea, "resultGrid"):
        if grid.isVisible() and grid.source.rows and grid.source.block(0, 1, 0, 1) is not None:
            return grid
    return None


def yardstick() -> int:
    """An empty pyqtgraph window."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    plot = pyqtgraph.PlotWidget()
    plot.resize(1280, 800)
    watch(lambda: plot, _say_ready)
    plot.show()
    return application.exec()


def watch(painted: Callable[[], QAbstractScrollArea | None], say: Callable[[], None]) -> None:
    """Wait for ``painted()``, then for its next paint, ``say`` so and quit. A QApplication must exist."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__(QApplication.instance())
            self.timer = QTimer(self)
            self.timer.timeout.connect(self.look)
            self.timer.start(1)

        def look(self) -> None:
            area = painted()
            if area is not None:
                self.timer.stop()
                area.viewport().installEventFilter(self)
                area.viewport().update()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self.ready)
            return False

        def ready(self) -> None:
            say()
            QApplication.closeAllWindows()
            QApplication.quit()

    Watch()


if __name__ == "__main__":
    faulthandler.dump_traceback_later(60, exit=True)
    sys.exit({"ours": ours, "imported": imported, "yardstick": yardstick}[sys.argv[1]]())
