"""Makes menus, shortcuts and the palette's list from the tables of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from playground.session.commands import Command, document_commands
from playground.translation import tr
from playground.views.window_commands import insert_commands, window_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenuBar

    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow


class Menus:
    """All actions of the window, by the name of their command."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._commands: dict[str, Command] = {}  # type: ignore[type-arg]
        self._menus: dict[str, QMenu] = {}
        self._order(window.menuBar())
        for of_window in window_commands():
            self._add(of_window, window)
        for of_document in document_commands():
            self._add(of_document, window.session)
        for of_window in insert_commands():
            self._add(of_window, window)

    def menu(self, path: str) -> QMenu:
        """The menu at ``path``, made where it isn't there yet."""
        if path not in self._menus:
            parent, _, title = path.rpartition("/")
            self._menus[path] = self.menu(parent).addMenu(title) if parent else QMenu(title, self._window)
        return self._menus[path]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Enable what can be done now, and name what undo would take back."""
        for name, command in self._commands.items():
            self.actions[name].setEnabled(command.enabled(snapshot))
        for name, title, label in (
            ("undo", tr("Undo"), snapshot.undo_label),
            ("redo", tr("Redo"), snapshot.redo_label),
        ):
            self.actions[name].setText(f"{title}: {label}" if label else title)

    def chosen(self, names: Sequence[str]) -> list[QAction]:
        """The actions of these commands."""
        return [self.actions[name] for name in names]

    def _order(self, bar: QMenuBar) -> None:
        for title in (tr("File"), tr("Edit"), tr("Insert"), tr("View"), tr("Compute"), tr("Help")):
            self._menus[title] = bar.addMenu(title)

    def _add(self, command: Command, target: object) -> None:  # type: ignore[type-arg]
        action = QAction(command.title, self._window)
        action.setObjectName(f"action_{command.name}")
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setStatusTip(command.help)
        action.setProperty("menu", command.menu)
        action.triggered.connect(lambda _checked=False: command.run(target))
        self.actions[command.name] = action
        self._commands[command.name] = command
        self._window.addAction(action)
        self.menu(command.menu).addAction(action)
