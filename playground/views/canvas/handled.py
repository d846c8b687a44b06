"""A plane with hands: pointer and keys turned into gestures on named handles, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QToolTip

from playground.views.canvas.gestures import Pan
from playground.views.canvas.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.canvas.gestures import Gesture, KeyGesture
    from playground.views.canvas.viewport import Point

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


class HandledPlane(Plane):
    """What hands do to handles, each of which has the name of what it belongs to, and a part of it.

    Esc takes a move back; Tab and Space choose a handle by name, arrow keys move it; the wheel zooms, an empty place
    pans, a double-click there fits. A derived class says which handles there are (`names`), which one a pointer takes
    hold of (`nearest`), and what a hand (`take_hold`) or a key (`key_gesture`) does to one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._selected = self._hovered = ""
        self._gesture: Gesture | None = None
        self._keys: KeyGesture | None = None
        self._pause = QTimer(self, interval=_KEY_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._end_keys)

    # -- what there is to take hold of

    def names(self) -> Sequence[str]:
        """Names of what has handles, in the order in which Tab goes through them."""
        return ()

    def nearest(self, point: Point) -> tuple[str, str] | None:
        """Return name and part of the handle that a hand at a pixel takes hold of, None where there is none."""
        return None

    def take_hold(self, name: str, part: str, x: float, y: float) -> Gesture | None:
        """Begin what a hand at a pixel does to a handle; None where it can't be moved."""
        return None

    def key_gesture(self, name: str) -> KeyGesture | None:
        """Begin what keys do to what is selected; None where it can't be moved."""
        return None

    def tip_of(self, name: str) -> str:
        """What a resting pointer is told of a handle."""
        return ""

    def is_movable(self, name: str) -> bool:
        """Whether a hand could move it."""
        return True

    @property
    def selected(self) -> str:
        """Name of what the arrow keys move, empty for nothing."""
        return self._selected

    # -- the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, or of the plane where there is none."""
        if event.button() != _LEFT or self._gesture is not None:
            return
        self._end_keys()
        x, y = event.position().x(), event.position().y()
        found = self.nearest((x, y))
        if found is None:
            self._gesture = Pan(self, x, y)
            return
        self._selected = found[0]
        self._gesture = self.take_hold(*found, x, y)
        if self._gesture is None:
            self._hovered = found[0]
            self._speak()
        elif self._gesture.holds:
            self._held = found[0]
            self.setCursor(_CLOSED_HAND)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand, or show what it could take hold of."""
        x, y = event.position().x(), event.position().y()
        if self._gesture is not None:
            self._gesture.move(x, y, bool(event.modifiers() & _SHIFT))
            return
        found = self.nearest((x, y))
        self._hover(found[0] if found is not None and found[1] != "tail" else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: one change for the whole drag."""
        if event.button() == _LEFT and self._gesture is not None:
            gesture = self._gesture
            self._let_go()
            gesture.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the view where nothing is under the pointer."""
        if self.nearest((event.position().x(), event.position().y())) is None:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        turned = event.angleDelta().y()
        if turned and self._gesture is None:
            self.view = self._view.zoomed(_WHEEL**turned, event.position().x(), event.position().y())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._hover("")

    # -- keys and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move what is selected, choose another, take a move back."""
        key = event.key()
        if key == _ESCAPE and (self._gesture is not None or self._keys is not None):
            self._cancel()
        elif key in _ARROWS and self._gesture is None and self._selected:
            self._press_arrow(*_ARROWS[key], bool(event.modifiers() & _SHIFT))
        elif key == _SPACE and self.names():
            self._select_next(1, wrap=True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from name to name, then on to what comes after the canvas."""
        return self._select_next(1 if forward else -1, wrap=False) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the first, or the last where focus came from behind."""
        if event.reason() in _TAB_REASONS:
            self._selected = ""
            self._select_next(-1 if event.reason() == _BACKTAB else 1, wrap=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End a move by keys where the keys go elsewhere."""
        self._end_keys()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a resting pointer with what the handle is and whether it can be dragged."""
        if event.type() == _TOOL_TIP:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        found = self.nearest((event.pos().x(), event.pos().y()))
        if found is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), self.tip_of(found[0]), self)

    def _hover(self, name: str) -> None:
        if name != self._hovered:
            self._hovered = name
            if name and self.is_movable(name):
                self.setCursor(_OPEN_HAND)
            else:
                self.unsetCursor()
            self.update()

    def _select_next(self, step: int, *, wrap: bool) -> bool:
        """Select the name after or before the selected one; False at either end without ``wrap``."""
        self._end_keys()
        names = list(self.names())
        at = names.index(self._selected) + step if self._selected else (0 if step > 0 else len(names) - 1)
        if not names or (not wrap and not 0 <= at < len(names)):
            return False
        self._selected = names[at % len(names)]
        self.update()
        self._speak()
        return True

    def _press_arrow(self, across: int, up: int, locked: bool) -> None:
        if self._keys is None:
            self._keys = self.key_gesture(self._selected)
            if self._keys is None:
                self._speak()
                return
            self._held = self._selected
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
