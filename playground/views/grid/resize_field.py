"""The small field in which a size is typed, rows × columns, and the sentence under it where that is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout

from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid

_NUMBERS = re.compile(r"\d+")
_WRITTEN = re.compile(r"\(?\s*\d+\s*(?:[x×X*,;\s]\s*\d+)?\s*,?\s*\)?")
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_WIDTH, _MARGIN = 220, 8


def read_size(text: str, ndim: int) -> tuple[int, int] | None:
    """Rows and columns of a typed size; None where it is none. A vector's size is one number.

    >>> read_size("3 × 4", 2), read_size("(3, 4)", 2), read_size("5,", 1), read_size("3", 2)
    ((3, 4), (3, 4), (1, 5), None)
    """
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if len(numbers) != ndim or not _WRITTEN.fullmatch(text.strip()):
        return None
    return (numbers[0], numbers[1]) if ndim == 2 else (1, numbers[0])


class ResizeField(QFrame):
    """Asks for a size of what ``grid`` shows and wishes for it. Enter takes it, Esc and clicks elsewhere close it."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid.window())
        self.setObjectName("resizePopup")
        self.setProperty("kind", "card")
        self._grid = grid
        source = grid.source
        asked = tr("Rows × columns of {name}") if source.ndim > 1 else tr("Cells of {name}")
        title = asked.format(name=grid.name)
        label = QLabel(title)
        label.setProperty("kind", "soft")
        self._edit = QLineEdit(f"{source.rows} × {source.columns}" if source.ndim > 1 else str(source.columns))
        self._edit.setObjectName("resizeField")
        self._edit.setAccessibleName(title)
        self._edit.setFont(theme.mono(15))
        self._edit.selectAll()
        self._edit.installEventFilter(self)
        self._place = QPoint()
        self._edit.returnPressed.connect(self._take)
        self._edit.textEdited.connect(lambda _text: self._say(""))
        self._note = QLabel()
        self._note.setObjectName("resizeNote")
        self._note.setProperty("kind", "note")
        self._note.setWordWrap(True)
        self._note.hide()
        column = QVBoxLayout(self)
        margin = theme.px(_MARGIN)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(4))
        for widget in (label, self._edit, self._note):
            column.addWidget(widget)
        self.setFixedWidth(theme.px(_WIDTH))
        self.setFocusProxy(self._edit)

    def open_at(self, place: QPoint) -> None:
        """Open at a point of the window, or as near to it as there is room."""
        self._place = place
        self._fit()
        self.show()
        self.raise_()
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close where the focus goes elsewhere, and with Esc."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self._close()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._grid.setFocus()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        self.hide()
        self.deleteLater()

    def _fit(self) -> None:
        self.adjustSize()
        room = self._grid.window().rect()
        rect = QRect(self._place, self.size())
        rect.moveRight(min(rect.right(), room.right()))
        rect.moveBottom(min(rect.bottom(), room.bottom()))
        self.move(rect.topLeft())

    def _take(self) -> None:
        source = self._grid.source
        size = read_size(self._edit.text(), source.ndim)
        if size is None:
            example = tr("Type two numbers, such as 3 × 4.") if source.ndim > 1 else tr("Type one number, such as 5.")
            self._say(example)
            return
        self._grid.setFocus()
        if size != (source.rows, source.columns):
            self._grid.resizeRequested.emit(*size)

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        announce(self._edit, text)
        self._fit()
