"""Runs a module's ``main(arguments)`` as it is, and answers questions about its window on standard input and output.

The program under test knows nothing of this. What a person does comes as X events from outside; only looking is done
from in here: where a widget is, what it holds.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget


class Reporter(QObject):
    """Answers in the interface's thread, one line of JSON each."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the program prints mustn't mix with the answers
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Read questions until standard input ends."""
        for line in sys.stdin:
            self.asked.emit(line)

    def _answer(self, line: str) -> None:
        question = json.loads(line)
        try:
            answer = {"answer": getattr(self, "_" + question.pop("what"))(**question)}
        except Exception as error:  # whatever it is, the test that asked is to read it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, default=str), file=self._out, flush=True)

    def _window(self) -> int | None:
        shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        return int(shown[0].winId()) if shown else None

    def _is_active(self) -> bool:
        return QApplication.activeWindow() is not None

    def _read(self, widget: str, attribute: str, properties: dict[str, Any]) -> Any:
        found = _find(widget, properties)
        value = getattr(found, attribute, None)
        if value is None:
            return found.property(attribute)
        return value() if callable(value) else value

    def _is_shown(self, widget: str, properties: dict[str, Any]) -> bool:
        return bool(_all_shown(widget, properties))

    def _centre(self, widget: str, properties: dict[str, Any]) -> list[int]:
        found = _find(widget, properties)
        return _on_screen(found, found.rect().center())

    def _point(self, widget: str, method: str, arguments: list[Any], properties: dict[str, Any]) -> list[int]:
        found = _find(widget, properties)
        return _on_screen(found, getattr(found, method)(*arguments))

    def _cells(self, widget: str, properties: dict[str, Any]) -> list[list[float]] | None:
        source = _find(widget, properties).source
        block = source.block(0, source.rows, 0, source.columns)
        return None if block is None else block.tolist()

    def _lines(self, widget: str, properties: dict[str, Any]) -> list[str]:
        model = _find(widget, properties).model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def _choice(self, title: str) -> list[int]:
        for menu in QApplication.allWidgets():
            if isinstance(menu, (QMenu, QMenuBar)) and menu.isVisible():
                for action in menu.actions():
                    if action.text().replace("&", "") == title and action.isEnabled():
                        return _on_screen(menu, menu.actionGeometry(action).center())
        raise LookupError(f"no menu that is open offers {title}")

    def _picture(self, path: str) -> None:
        if not QApplication.primaryScreen().grabWindow(0).save(path):
            raise OSError(f"{path} could not be written")

    def _close(self) -> None:
        for window in QApplication.topLevelWidgets():
            window.close()


def _all_shown(name: str, properties: dict[str, Any]) -> list[QWidget]:
    return [
        widget
        for widget in QApplication.allWidgets()
        if widget.objectName() == name
        and widget.isVisible()
        and all(widget.property(key) == value for key, value in properties.items())
    ]


def _find(name: str, properties: dict[str, Any]) -> QWidget:
    found = _all_shown(name, properties)
    if not found:
        raise LookupError(f"no widget {name} {properties or ''} is shown")
    return found[0]


def _on_screen(widget: QWidget, point: QPoint) -> list[int]:
    place = widget.mapToGlobal(point)
    return [place.x(), place.y()]


if __name__ == "__main__":
    _reporter = Reporter()
    threading.Thread(target=_reporter.listen, daemon=True).start()
    _code = importlib.import_module(sys.argv[1]).main(sys.argv[2:])
    sys.stderr.flush()
    os._exit(_code)  # the listening thread still waits for its next line
