"""The left side: the list of entries, the button that adds one, and the inspector."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.entry_list import EntryList
from playground.views.inspector import Inspector


class SidePanel(QFrame):
    """Where ``entries``, ``add_button`` and ``inspector`` stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        title = QLabel(tr("Workspace"))
        title.setProperty("kind", "caption")
        title.setContentsMargins(14, 0, 0, 0)
        self.entries = EntryList()
        self.add_button = QPushButton(tr("＋ Array or formula"))
        self.add_button.setObjectName("addEntry")
        self.add_button.setProperty("kind", "quiet")
        self.add_button.setAccessibleName(tr("Add an array or a formula"))
        self.inspector = Inspector()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 4)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.entries, 1000)
        column.addWidget(self.add_button)
        column.addStretch(0)
        column.addWidget(self.inspector)

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        return QSize(theme.px(204), 400)
