"""The quiet controls in the canvas's corner: how tips snap, and a button that brings everything into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from playground.views.canvas.snapping import Snap


class CanvasControls(QWidget):
    """A row: free, integer, polar, and apart from them the fit button.

    Signals: ``snapChosen(snap)`` when a person chooses another mode, ``fitRequested()``.
    """

    snapChosen = Signal(object)
    fitRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Snap, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        texts: dict[Snap, tuple[str, str]] = {
            "free": (tr("Free"), tr("Tips stop anywhere, and hold gently at a right angle")),
            "integer": (tr("Integer"), tr("Tips stop at whole numbers")),
            "polar": (tr("Polar"), tr("Tips stop at whole lengths and every 5°")),
        }
        for snap, (text, tip) in texts.items():
            button = _button(text, tr("Snap: {text}", text=text), tip, f"snap{snap.title()}")
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, chosen=snap: self.snapChosen.emit(chosen))
            self._group.addButton(button)
            self._buttons[snap] = button
            row.addWidget(button)
        row.addStretch(1)
        fit = _button("⤢", tr("Fit"), tr("Bring all vectors into view (double-click on the empty plane)"), "canvasFit")
        fit.clicked.connect(self.fitRequested)
        row.addWidget(fit)
        self.refresh_fonts()

    def set_snap(self, snap: Snap) -> None:
        """Show ``snap`` as chosen; emits nothing."""
        self._buttons[snap].setChecked(True)

    def refresh_fonts(self) -> None:
        """Take the sizes of the theme in use."""
        for button in self.findChildren(QToolButton):
            button.setFont(theme.sans(12))


def _button(text: str, name: str, tip: str, object_name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setObjectName(object_name)
    return button
