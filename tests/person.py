"""A person in front of the whole window, in this process: real keys and mouse through Qt, no engine to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.app import build_window
from playground.views import theme
from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.session.snapshot import Snapshot
    from playground.views.expression.formula_bar import FormulaEdit
    from playground.views.grid.grid import Grid
    from playground.views.main_window import MainWindow

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def workspace(**entries: object) -> Workspace:
    """Entries in the order given: text is a formula, everything else an array."""
    return Workspace(
        tuple(
            FormulaEntry(name, value) if isinstance(value, str) else ArrayEntry(name, Array.of(np.asarray(value)))
            for name, value in entries.items()
        )
    )


class Person:
    """Types, clicks and drags, and reads what the window shows."""

    def __init__(
        self,
        qtbot: QtBot,
        document: Workspace | None = None,
        size: tuple[int, int] = (1280, 800),
        look: theme.Choice = "light",
    ) -> None:
        theme.apply(QApplication.instance(), look)
        self.window: MainWindow = build_window(document, inline=True)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        QTest.mouseMove(self.window, QPoint(1, 1))  # a pointer that stays where an earlier test left it sends nothing
        self.settle()

    # -- what is seen --------------------------------------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot:
        return self.window.session.snapshot

    @property
    def bar(self) -> FormulaEdit:
        return self.find("formulaEdit")

    @property
    def result(self) -> Grid:
        return self.find("resultGrid")

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def shown(self, name: str) -> list[QWidget]:
        """Widgets of that object name that are on the screen."""
        return [widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible()]

    def operand(self, name: str) -> Grid:
        grids = [grid for grid in self.shown("operandGrid") if grid.property("entryName") == name]
        assert grids, name
        return grids[0]

    def numbers(self, grid: Grid) -> list[list[float]]:
        source = grid.source
        return source.block(0, source.rows, 0, source.columns).tolist()

    def stored(self, name: str) -> list[list[float]]:
        return self.snapshot.workspace.get(name).array.to_numpy().tolist()

    @property
    def problem_text(self) -> str:
        """What the problem bar says; empty while it says nothing."""
        bar = self.window.problem_bar
        return bar.accessibleDescription() if bar.problem is not None else ""

    @property
    def repairs(self) -> list[str]:
        return [button.repair.source for button in self.window.problem_bar.repair_buttons if button.isVisible()]

    # -- what is done --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything that waits to be laid out and painted happen."""
        QApplication.processEvents()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for character in text:
            QTest.keyClicks(QApplication.focusWidget(), character)
        self.settle()

    def write(self, text: str) -> None:
        """Replace what stands in the formula bar, without Enter."""
        self.click(self.bar, self.bar.rect().center())
        self.key(KEY.Key_A, CTRL)
        self.type(text)

    def enter(self, text: str) -> None:
        """Replace the formula."""
        self.write(text)
        self.key(KEY.Key_Escape) if self.shown("completionList") else None
        self.key(KEY.Key_Return)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        target = widget.viewport() if hasattr(widget, "viewport") else widget
        QTest.mouseClick(target, LEFT, PLAIN, place if place is not None else target.rect().center())
        self.settle()

    def click_cell(self, grid: Grid, row: int, column: int) -> None:
        self.click(grid, grid.cell_position(row, column))

    def drag_arrow(self, name: str, *steps: tuple[int, int]) -> Callable[[], None]:
        """Take an arrow by its tip and move it along ``steps`` (pixels from where it was); returns how to let go."""
        canvas = self.window.canvas_panel.canvas
        start = QPointF(canvas.handle_position(name, "tip"))

        def send(kind: QEvent.Type, point: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
            place = QPointF(canvas.mapToGlobal(point.toPoint()))
            QApplication.sendEvent(canvas, QMouseEvent(kind, point, place, button, held, PLAIN))
            self.settle()

        send(QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
        end = start
        for x, y in steps:
            end = start + QPointF(x, y)
            send(QEvent.Type.MouseMove, end, NONE, LEFT)
        return lambda: send(QEvent.Type.MouseButtonRelease, end, LEFT, NONE)

    def point_at(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Move the pointer onto a widget."""
        QTest.mouseMove(widget, place if place is not None else widget.rect().center())
        self.settle()
