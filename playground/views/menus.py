"""Makes menus, shortcuts and the palette's list from the tables of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
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

_FILLED_MS = 20
"""When the menus are filled: Qt and the desktop may still have to draw the window again, and nobody can press a key."""


class Menus(QObject):
    """All actions of the window, by the name of their command.

    The bar's titles stand from the beginning. What no picture shows, the menus' contents and the shortcuts, is made
    right after the first one, before anybody can have pressed a key; or by `fill`.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._commands: dict[str, tuple[Command, object]] = {}  # type: ignore[type-arg]
        for commands, target in (
            (window_commands(), window),
            (document_commands(), window.session),
            (insert_commands(), window),
        ):
            self._commands |= {command.name: (command, target) for command in commands}
        self._menus: dict[str, QMenu] = {}
        self._order(window.menuBar())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the window's first picture."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(_FILLED_MS, self, self.fill)
        return super().eventFilter(watched, event)

    def fill(self) -> None:
        """Make every action that isn't there yet, and put all into their menus; once."""
        if len(self.actions) == len(self._commands):
            return
        from playground.views.colouring_choice import colouring_commands  # nobody needs them for the first picture
        from playground.views.line_commands import line_commands
        from playground.views.number_format_choice import format_commands
        from playground.views.seek_commands import seek_commands
        from playground.views.zoom_commands import zoom_commands

        seek = seek_commands(tr("Edit"))
        for commands in (seek, format_commands(), colouring_commands(), line_commands(), zoom_commands()):
            self._commands |= {command.name: (command, self._window) for command in commands}
        for name, (command, _) in self._commands.items():
            self.menu(command.menu).addAction(self.action(name))
        self.show_snapshot(self._window.session.snapshot)

    def action(self, name: str) -> QAction:
        """The action of the command ``name``, made where it isn't there yet. Raises KeyError for no such command."""
        if name not in self.actions:
            self.actions[name] = self._made(*self._commands[name])
        return self.actions[name]

    def menu(self, path: str) -> QMenu:
        """The menu at ``path``, made where it isn't there yet."""
        if path not in self._menus:
            parent, _, title = path.rpartition("/")
            self._menus[path] = self.menu(parent).addMenu(title) if parent else QMenu(title, self._window)
        return self._menus[path]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Enable what can be done now, and name what undo would take back."""
        for name, action in self.actions.items():
            action.setEnabled(self._commands[name][0].enabled(snapshot))
        for name, title, label in (
            ("undo", tr("Undo"), snapshot.undo_label),
            ("redo", tr("Redo"), snapshot.redo_label),
        ):
            self.action(name).setText(f"{title}: {label}" if label else title)

    def chosen(self, names: Sequence[str]) -> list[QAction]:
        """The actions of these commands."""
        return [self.action(name) for name in names]

    def _order(self, bar: QMenuBar) -> None:
        for title in (tr("File"), tr("Edit"), tr("Insert"), tr("View"), tr("Compute"), tr("Help")):
            self._menus[title] = bar.addMenu(title)

    def _made(self, command: Command, target: object) -> QAction:  # type: ignore[type-arg]
        action = QAction(command.title, self._window)
        action.setObjectName(f"action_{command.name}")
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setStatusTip(command.help)
        action.setProperty("menu", command.menu)
        action.triggered.connect(lambda _checked=False: command.run(target))
        self._window.addAction(action)
        return action
