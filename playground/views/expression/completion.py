"""The list of completions under the formula bar: entries, functions and attributes with a line of help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.language.functions import complete
from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

_HELP_ROLE = Qt.ItemDataRole.UserRole
_MOST_ROWS = 8


class CompletionList(QListWidget):
    """A child of the window rather than a window of its own: the line edit keeps the focus throughout.

    Signals
    -------
    chosen
        The text that replaces the word before the cursor.
    """

    chosen = Signal(str)

    def __init__(self, edit: QWidget) -> None:
        super().__init__(edit)
        self._edit = edit
        self.setObjectName("completionList")
        self.setAccessibleName(tr("Completions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("kind", "popup")
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.text()))
        self.hide()

    def offer(self, word: str, names: Sequence[str], cursor: QRect) -> None:
        """Show what ``word`` can become, under the ``cursor`` of the line edit; hide where there is nothing."""
        found = [item for item in complete(word, tuple(names)) if item.text != word][:40]
        self.clear()
        for completion in found:
            item = QListWidgetItem(completion.text)
            item.setData(_HELP_ROLE, completion.help)
            item.setToolTip(completion.help)
            self.addItem(item)
        if not found:
            self.hide()
            return
        window = self._edit.window()
        self.setParent(window)
        width = min(theme.px(420), window.width())
        height = self.sizeHintForRow(0) * min(len(found), _MOST_ROWS) + theme.px(8)
        place = self._edit.mapTo(window, QPoint(cursor.left() - theme.px(10), self._edit.height() + theme.px(8)))
        self.setGeometry(QRect(QPoint(min(place.x(), window.width() - width), place.y()), QSize(width, height)))
        self.setCurrentRow(-1)
        self.raise_()
        self.show()

    def step(self, by: int) -> None:
        """Move the choice up or down, round the ends."""
        self.setCurrentRow(
            (self.currentRow() + by) % self.count() if self.currentRow() >= 0 or by > 0 else self.count() - 1
        )

    def accept(self, *, first: bool) -> bool:
        """Take the chosen completion, else with ``first`` the first one; False where none is taken."""
        item = self.currentItem() or (self.item(0) if first else None)
        if item is None:
            return False
        self.chosen.emit(item.text())
        return True


class _Row(QStyledItemDelegate):
    """``linalg.norm   Length of a vector or matrix``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(26))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.current()
        list_widget: QListWidget = self.parent()  # type: ignore[assignment]
        rect: QRect = option.rect
        if index.row() == list_widget.currentRow():
            painter.fillRect(rect, colours.accent_soft)
        text, explanation = str(index.data()), str(index.data(_HELP_ROLE) or "")
        left = rect.left() + theme.px(10)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.mono(13))
        painter.setPen(colours.ink)
        painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), middle, text)
        used = QFontMetrics(theme.mono(13)).horizontalAdvance(text) + theme.px(16)
        room = QRect(left + used, rect.top(), rect.right() - left - used - theme.px(8), rect.height())
        painter.setFont(theme.sans(12))
        painter.setPen(colours.soft)
        elided = QFontMetrics(theme.sans(12)).elidedText(explanation, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, elided)
