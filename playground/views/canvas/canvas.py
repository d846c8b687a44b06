"""The canvas: hands, keys and pointer over the board of arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QToolTip

from playground.views.canvas.board import VectorBoard
from playground.views.canvas.gestures import KeyMove, Pan, TailDrag, TipDrag
from playground.views.canvas.scene import nearest
from playground.views.canvas.speech import vector_sentence

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.canvas.gestures import Gesture
    from playground.views.canvas.vector import Vector

_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_SPACE, _ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Escape
_BACKTAB = Qt.FocusReason.BacktabFocusReason
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, _BACKTAB)
_OPEN_HAND, _CLOSED_HAND = Qt.CursorShape.OpenHandCursor, Qt.CursorShape.ClosedHandCursor
_TOOL_TIP = QEvent.Type.ToolTip
_KEY_PAUSE_MS = 400
_WHEEL = 1.0015
"""Zoom for an eighth of a degree that the wheel turns."""


class VectorCanvas(VectorBoard):
    """Arrows that can be taken hold of; see `VectorBoard` for what it shows and its signals.

    The tip reshapes, the tail moves the picture, Shift keeps the angle, Esc takes a move back; Tab and Space choose
    a vector, arrow keys move its tip; the wheel zooms, an empty place pans, a double-click there fits.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._gesture: Gesture | None = None
        self._keys: KeyMove | None = None
        self._pause = QTimer(self, interval=_KEY_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._end_keys)

    def set_vectors(self, vectors: tuple[Vector, ...]) -> None:
        """Show these vectors. One in a hand keeps the hand's value; if it is gone, so is the hand's hold."""
        if self._held and all(vector.name != self._held for vector in vectors):
            self._let_go()
        super().set_vectors(vectors)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a tip or a tail, or of the plane where there is neither."""
        if event.button() != _LEFT or self._gesture is not None:
            return
        self._end_keys()
        x, y = event.position().x(), event.position().y()
        found = nearest(self._placed(), (x, y), self._selected)
        if found is None:
            self._gesture = Pan(self, x, y)
            return
        name, part = found
        self._selected = name
        if part == "tail":
            self._gesture = TailDrag(self, name, x, y)
        elif self._vectors[name].editable:
            self._gesture = TipDrag(self, name, x, y)
            self._held = name
            self.setCursor(_CLOSED_HAND)
        else:
            self._hovered = name
            self._speak()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand, or show what it could take hold of."""
        x, y = event.position().x(), event.position().y()
        if self._gesture is not None:
            self._gesture.move(x, y, bool(event.modifiers() & _SHIFT))
            return
        found = nearest(self._placed(), (x, y), self._selected)
        self._hover(found[0] if found is not None and found[1] == "tip" else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: one change for the whole drag."""
        if event.button() == _LEFT and self._gesture is not None:
            gesture = self._gesture
            self._let_go()
            gesture.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the view where nothing is under the pointer."""
        point = event.position().x(), event.position().y()
        if nearest(self._placed(), point, self._selected) is None:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        turned = event.angleDelta().y()
        if turned and self._gesture is None:
            self.view = self._view.zoomed(1.0015**turned, event.position().x(), event.position().y())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._hover("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected tip, choose another vector, take a move back."""
        key = event.key()
        if key == _ESCAPE and (self._gesture is not None or self._keys is not None):
            self._cancel()
        elif key in _ARROWS and self._gesture is None and self._selected:
            self._press_arrow(*_ARROWS[key], bool(event.modifiers() & _SHIFT))
        elif key == _SPACE and self._vectors:
            self._select_next(1, wrap=True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from vector to vector, then on to what comes after the canvas."""
        return self._select_next(1 if forward else -1, wrap=False) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the first vector, or the last one where focus came from behind."""
        if event.reason() in _TAB_REASONS:
            self._selected = ""
            self._select_next(-1 if event.reason() == _BACKTAB else 1, wrap=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End a move by keys where the keys go elsewhere."""
        self._end_keys()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a resting pointer with what the vector is and whether it can be dragged."""
        if event.type() == _TOOL_TIP:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        found = nearest(self._placed(), (event.pos().x(), event.pos().y()), self._selected)
        if found is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), vector_sentence(self._vectors[found[0]]), self)

    def _hover(self, name: str) -> None:
        if name != self._hovered:
            self._hovered = name
            if name and self._vectors[name].editable:
                self.setCursor(_OPEN_HAND)
            else:
                self.unsetCursor()
            self.update()

    def _select_next(self, step: int, *, wrap: bool) -> bool:
        """Select the vector after or before the selected one; False at either end without ``wrap``."""
        self._end_keys()
        names = list(self._vectors)
        at = names.index(self._selected) + step if self._selected else (0 if step > 0 else len(names) - 1)
        if not names or (not wrap and not 0 <= at < len(names)):
            return False
        self._selected = names[at % len(names)]
        self.update()
        self._speak()
        return True

    def _press_arrow(self, across: int, up: int, locked: bool) -> None:
        vector = self._vectors[self._selected]
        if not vector.editable or not vector.is_finite:
            self._speak()
            return
        if self._keys is None:
            self._keys = KeyMove(self, vector.name, (vector.x, vector.y))
            self._held = vector.name
        self._keys.press(across, up, locked)
        self._pause.start()

    def _end_keys(self) -> None:
        keys = self._keys
        if keys is not None:
            self._let_go()
            keys.finish()

    def _cancel(self) -> None:
        move = self._gesture or self._keys
        self._let_go()
        if move is not None:
            move.cancel()

    def _let_go(self) -> None:
        self._pause.stop()
        self._gesture = self._keys = None
        self._held = ""
        self.unsetCursor()
