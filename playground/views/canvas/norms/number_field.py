"""A field for one number, which is taken while it is typed and can be stepped with the arrow keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from playground.explain.text import number_text
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_STEPS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_ESCAPE = Qt.Key.Key_Escape
_INFINITE = ("∞", "inf", "infinity", "oo")


class NumberField(QLineEdit):
    """Holds a number that ``allowed`` accepts; ``stepped(value, ±1)`` is what an arrow key makes of it.

    Signals: ``numberChosen(value)`` for every number that a person types or steps to; ``numberRefused(text)`` where
    what was typed is none that is allowed, when the field is left; it then shows the last good one again.
    """

    numberChosen = Signal(float)
    numberRefused = Signal(str)

    def __init__(
        self, allowed: Callable[[float], bool], stepped: Callable[[float, int], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._allowed, self._stepped = allowed, stepped
        self._value = self._before = 0.0
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)
        self._dress()

    @property
    def value(self) -> float:
        """The number that counts."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number; emits nothing, and leaves alone what is being typed where it means the same."""
        self._value = value
        if number_of(self.text()) != value:
            self.setText(number_text(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys; Esc takes back what was typed."""
        if event.key() in _STEPS:
            self._choose(self._stepped(self._value, _STEPS[event.key()]))
            self.selectAll()
        elif event.key() == _ESCAPE and (self._value != self._before or number_of(self.text()) != self._value):
            self._choose(self._before)
            self.setText(number_text(self._before))
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what Esc goes back to."""
        self._before = self._value
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take new sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.setFont(theme.mono(13))
        self.setFixedWidth(theme.px(72))

    def _on_edited(self, text: str) -> None:
        number = number_of(text)
        if number is not None and self._allowed(number):
            self._choose(number)

    def _on_finished(self) -> None:
        text, number = self.text(), number_of(self.text())
        self._before = self._value
        if number != self._value:
            self.numberRefused.emit(text)
        self.setText(number_text(self._value))

    def _choose(self, value: float) -> None:
        if value != self._value:
            self.set_value(value)
            self.numberChosen.emit(value)


def number_of(text: str) -> float | None:
    """Read a number as a person types it: ``0.5``, ``0,5``, ``1/2``, ``∞``; None where it is none."""
    plain = text.strip().lower().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if plain in _INFINITE:
        return math.inf
    try:
        above, slash, below = plain.partition("/")
        return float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        return None
