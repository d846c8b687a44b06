"""A child of ``bench_startup``: opens one window, says "ready" when it is painted, and closes it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractScrollArea


def ours() -> int:
    """The real program, ready when the result's numbers are painted."""
    from PySide6.QtWidgets import QAbstractScrollArea, QApplication

    from playground import cli

    def painted_result() -> QAbstractScrollArea | None:
        for window in QApplication.topLevelWidgets():
            for grid in window.findChildren(QAbstractScrollArea, "resultGrid"):
                has_numbers = grid.source.rows and grid.source.block(0, 1, 0, 1) is not None
                if grid.isVisible() and has_numbers:
                    return grid
        return None

    watch(painted_result)
    return cli.main([])


def yardstick() -> int:
    """An empty pyqtgraph window."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    plot = pyqtgraph.PlotWidget()
    plot.resize(1280, 800)
    watch(lambda: plot)
    plot.show()
    return application.exec()


def watch(painted: Callable[[], QAbstractScrollArea | None]) -> None:
    """Once the event loop runs: wait for ``painted()``, then for its next paint, say so and quit."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
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
            print("ready", flush=True)
            QApplication.closeAllWindows()
            QApplication.quit()

    run = QApplication.exec

    def exec_watched(*_: object) -> int:
        watcher = Watch()
        code = run()
        del watcher
        return code

    QApplication.exec = staticmethod(exec_watched)


if __name__ == "__main__":
    sys.exit({"ours": ours, "yardstick": yardstick}[sys.argv[1]]())
