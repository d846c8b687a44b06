"""The row of tools: undo and redo, what can be made new, the examples, and the device."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from playground.translation import tr
from playground.views.device_switch import DeviceSwitch
from playground.workspace.examples import EXAMPLES

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.menus import Menus
    from playground.views.precision_choice import PrecisionChoice

NEW_COMMANDS = ("new-matrix", "new-vector", "new-identity", "new-random", "new-shape", "new-formula")


class ToolRow(QFrame):
    """Buttons for what is done most."""

    def __init__(self, menus: Menus, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toolrow")
        self._menus = menus
        self.device_switch = DeviceSwitch()
        self.new_button = QPushButton(tr("＋ New ▾"))
        self.new_button.setObjectName("newButton")
        self.new_button.setAccessibleName(tr("New array or formula"))
        self.new_button.setMenu(self.new_menu(self))
        self._examples = QPushButton(tr("Examples ▾"))
        self._examples.setObjectName("examplesButton")
        self._examples.setAccessibleName(tr("Examples"))
        self._examples.setMenu(self._examples_menu(session))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        row.addWidget(self._tool("undo", "↶"))
        row.addWidget(self._tool("redo", "↷"))
        row.addWidget(self.new_button)
        row.addWidget(self._examples)
        row.addStretch(1)
        row.addWidget(self.device_switch.chip, 1000)
        row.addWidget(self.device_switch)

    @cached_property
    def precision(self) -> PrecisionChoice:
        """What formulas are computed as; made after the first picture, in which they are computed as written."""
        from playground.views.precision_choice import PrecisionChoice

        choice = PrecisionChoice(self._menus, self)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.count() - 1, choice)
        return choice

    def new_menu(self, parent: QWidget) -> QMenu:
        """A menu of everything that can be made new, filled when it is opened."""
        menu = QMenu(parent)
        menu.aboutToShow.connect(lambda: menu.addActions(self._menus.chosen(NEW_COMMANDS)))
        return menu

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the device in use, and what is computed as."""
        self.device_switch.show_snapshot(snapshot)
        if snapshot.precision or "precision" in vars(self):
            self.precision.show_snapshot(snapshot)

    def _tool(self, command: str, sign: str) -> QToolButton:
        action = self._menus.action(command)
        button = QToolButton(self)
        button.setObjectName(f"{command}Button")
        button.setProperty("kind", "quiet")
        button.setText(sign)
        button.clicked.connect(action.trigger)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
            button.setAccessibleName(action.text())

        action.changed.connect(follow)
        follow()
        return button

    def _examples_menu(self, session: Session) -> QMenu:
        menu = QMenu(self)
        for example in EXAMPLES.values():
            action = menu.addAction(example.title)
            action.triggered.connect(lambda _checked=False, build=example.build: session.open_workspace(build()))
        return menu
