"""What formulas are computed as, where it isn't as written: a quiet button that says so, and what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from playground.compute.precision import PRECISIONS
from playground.translation import tr
from playground.views.elided import ElidedLabel
from playground.views.precision_words import compared_texts, precision_name

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot
    from playground.views.menus import Menus


class ComparedLine(QWidget):
    """The largest difference from float64, and how much faster it is; nothing where nothing is compared.

    Signals
    -------
    comparisonRequested
        Compare all the same what wasn't, since it takes long.
    """

    comparisonRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = ElidedLabel()
        self._line.setObjectName("comparedLine")
        self._line.setAccessibleName(tr("Compared with float64"))
        self._line.setProperty("kind", "soft")
        self._button = QPushButton(tr("Compare"))
        self._button.setObjectName("compareButton")
        self._button.setAccessibleName(tr("Compare with float64"))
        self._button.setProperty("kind", "quiet")
        self._button.clicked.connect(self.comparisonRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        row.addWidget(self._button)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what is known of the shown result."""
        line, sentence = compared_texts(snapshot)
        self._line.setText(line)
        self._line.setToolTip(sentence)
        self._line.setAccessibleDescription(sentence)
        compared = snapshot.compared
        is_left = compared is not None and getattr(compared.outcome, "kind", "") == "long"
        self._button.setVisible(is_left and bool(line) and not snapshot.computing)
        self.setVisible(bool(line))


class PrecisionChoice(QPushButton):
    """Stands beside the device switch while formulas are not computed as they are written; opens the choice."""

    def __init__(self, menus: Menus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("precisionButton")
        self.setProperty("kind", "quiet")
        self._actions = {precision: menus.actions[f"compute-as-{precision or 'written'}"] for precision in PRECISIONS}
        group = QActionGroup(self)
        menu = QMenu(self)
        for action in self._actions.values():
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
        self.setMenu(menu)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say what is computed as."""
        self._actions[snapshot.precision].setChecked(True)
        name = precision_name(snapshot.precision)
        self.setText(f"{name} ▾")
        self.setAccessibleName(tr("Compute as {name}", name=name))
        self.setToolTip(tr("Formulas are computed as {name}. Press to choose.", name=name))
        self.setVisible(bool(snapshot.precision))
