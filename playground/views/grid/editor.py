"""The line in which a cell is typed, and the one sentence under it when the text can't become a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from playground.translation import tr
from playground.views import theme
from playground.workspace.numbers import CellRefusal, parse_cell, quoted, shortest_text

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFocusEvent, QFont

_K = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEY_PRESS = QEvent.Type.KeyPress
_SHORTCUT_OVERRIDE = QEvent.Type.ShortcutOverride
_RIGHT = Qt.AlignmentFlag.AlignRight
_OTHER = Qt.FocusReason.OtherFocusReason
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_MOUSE_TRANSPARENT = Qt.WidgetAttribute.WA_TransparentForMouseEvents


class CellEditor(QLineEdit):
    """Edits the text of one cell of ``dtype`` and hands the value over; the text it began with writes nothing.

    A refused text keeps it open with a sentence below. Where a wider dtype would take the text, Enter again asks
    for it.
    """

    accepted = Signal(object, object)  # value or None for "unchanged", how it ended: a key name of `ENDINGS`
    widened = Signal(object, object, object)  # the dtype that takes the text, the value in it, how it ended
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewport = parent
        self.setObjectName("cellEditor")
        self.setAccessibleName(tr("Cell"))
        self.setProperty("kind", "cell")
        self.setAlignment(_RIGHT)
        self._note: QLabel | None = None
        self._dtype: np.dtype | None = None
        self._name, self._before, self._declined = "", "", ""
        self._place: QRect | None = None
        self._typing = self._taking = False
        self._text_font = self.font()
        self.textEdited.connect(self._withdraw_note)
        self.textChanged.connect(self._fit)
        self.hide()

    def begin(
        self, value: object, dtype: np.dtype, place: QRect, font: QFont, *, name: str, typed: str | None = None
    ) -> None:
        """Open over ``place`` with the cell's full text, or with what was just ``typed`` instead of it."""
        self._dtype, self._name, self._place, self._declined = dtype, name, place, ""
        self._before = shortest_text(value, dtype)
        self._typing = typed is not None
        self._text_font = font
        self._set_refused(False)
        self.ensurePolished()
        self.setFont(font)
        self.setText(self._before if typed is None else typed)
        self._fit()
        self.setAccessibleName(tr("Editing {cell}", cell=name))
        self.show()
        self.raise_()
        self.setFocus(_OTHER)
        self.end(False)

    def move_to(self, place: QRect) -> None:
        """Follow the cell while the grid scrolls."""
        if self._place is not None:
            self._place = place
            self._fit()

    def finish(self, ending: str = "stay") -> bool:
        """Try to hand the text over; False where it was refused and the editor stays open."""
        text = self.text()
        if text == self._before or self._dtype is None:
            self._close()
            self.accepted.emit(None, ending)
            return True
        read = parse_cell(text, self._dtype)
        if not isinstance(read, CellRefusal):
            if not read.exact and text != self._declined:
                self._declined = text
                held = quoted(f"{int(read.value.real)}")
                why = tr("{dtype} can't hold {text} exactly.", dtype=self._dtype, text=quoted(text.strip()))
                self._show_note(tr("{why} Enter again writes {value}.", why=why, value=held))
                return False
            self._close()
            self.accepted.emit(read.value, ending)
            return True
        if read.offer is not None and text == self._declined:
            self._close()
            self.widened.emit(read.offer, read.value, ending)
            return True
        self._refuse(text, read)
        return False

    def cancel(self) -> None:
        """Close and leave the cell as it was."""
        self._close()
        self.cancelled.emit()

    def take(self, event: QKeyEvent) -> bool:
        """Handle a key that was sent to the grid; False where it says nothing here either."""
        if self._taking:  # Qt hands what is ignored here on to the grid, which is where it came from
            return False
        self._taking = True
        QCoreApplication.sendEvent(self, event)
        self._taking = False
        return event.isAccepted()

    def event(self, event: QEvent) -> bool:
        """Take Tab and the grid's own keys before Qt's focus chain and the window's shortcuts see them."""
        if isinstance(event, QKeyEvent):
            ending = self._ending(event)
            if ending is not None and event.type() == _SHORTCUT_OVERRIDE:
                event.accept()
                return True
            if ending is not None and event.type() == _KEY_PRESS:
                self.cancel() if ending == "cancel" else self.finish(ending)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over when the focus goes elsewhere; a refused text stays open in sight."""
        super().focusOutEvent(event)
        if self._place is not None and event.reason() not in _PASSING:
            self.finish()

    def _ending(self, event: QKeyEvent) -> str | None:
        key, modifiers = event.key(), event.modifiers()
        if key in (_K.Key_Return, _K.Key_Enter):
            return "fill" if modifiers & _CTRL else "up" if modifiers & _SHIFT else "down"
        named = {_K.Key_Escape: "cancel", _K.Key_Backtab: "previous"}.get(Qt.Key(key))
        if named is None and key == _K.Key_Tab:
            return "previous" if modifiers & _SHIFT else "next"
        if named is None and self._typing and not modifiers:
            # Begun by typing: the arrows up and down leave the cell, as in every spreadsheet.
            return {_K.Key_Up: "up", _K.Key_Down: "down"}.get(Qt.Key(key))
        return named

    def _refuse(self, text: str, refusal: CellRefusal) -> None:
        message = refusal.message
        if refusal.offer is not None:
            self._declined = text
            message = tr("{why} Enter again makes {name} {dtype}.", why=message, name=self._name, dtype=refusal.offer)
        self._show_note(message)

    def _show_note(self, message: str) -> None:
        self._set_refused(True)
        note = self._note or QLabel(self.window())
        self._note = note
        note.setObjectName("cellNote")
        note.setProperty("kind", "note")
        note.setAttribute(_MOUSE_TRANSPARENT)
        note.setFont(theme.sans(12))
        note.setText(message)
        note.adjustSize()
        below = self.mapTo(self.window(), QPoint(0, self.height() + theme.px(4)))
        rightmost = max(0, self.window().width() - note.width() - theme.px(4))
        note.move(min(below.x(), rightmost), min(below.y(), max(0, self.window().height() - note.height())))
        note.show()
        note.raise_()
        self.setAccessibleDescription(message)

    def _withdraw_note(self) -> None:
        self._declined = ""
        self._set_refused(False)
        if self._note is not None:
            self._note.deleteLater()
            self._note = None

    def _set_refused(self, refused: bool) -> None:
        if self.property("refused") != refused:
            self.setProperty("refused", refused)
            theme.polish(self)
            self.setFont(self._text_font)  # the style sheet has put its own back

    def _fit(self) -> None:
        """As wide as the cell, wider to the right and then to the left where the text needs it."""
        if self._place is None:
            return
        needed = round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + theme.px(28)
        parent = self._viewport
        width = min(max(self._place.width() + 1, needed), parent.width())
        x = max(0, min(self._place.x(), parent.width() - width))
        self.setGeometry(x, self._place.y(), width, self._place.height() + 1)

    def _close(self) -> None:
        self._withdraw_note()
        self._place = None
        # The focus first: hiding what has it would pass it on as Tab does, and the grid would move a cell on.
        if self.hasFocus() and (grid := self._viewport.parentWidget()) is not None:
            grid.setFocus(_OTHER)
        self.hide()
