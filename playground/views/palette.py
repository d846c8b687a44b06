"""The command palette: every command of the tables, found by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QAction

_ACTION_ROLE = Qt.ItemDataRole.UserRole


class CommandPalette(QFrame):
    """Opens over the window; Enter runs the chosen command, Esc closes."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Command palette"))
        self._actions = self._offered = actions
        self._before: QWidget | None = None
        self._room = 0
        self._search = QLineEdit()
        self._search.setObjectName("commandSearch")
        self._ask("")
        self._list = QListWidget()
        self._list.setObjectName("commandList")
        self._list.setAccessibleName(tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_CommandRow(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._run)
        self.hide()

    def open_over(self, offered: Sequence[QAction] = (), question: str = "") -> None:
        """Show all commands, or only the ``offered`` ones under a ``question``, and take the focus."""
        self._ask(question)
        self._offered = offered or self._actions
        self._before = self.window().focusWidget()
        window = self.window().rect()
        width, height = min(theme.px(520), window.width() - 40), min(theme.px(420), window.height() - 120)
        self._room = height
        self.setGeometry(QRect((window.width() - width) // 2, theme.px(80), width, height))
        self._search.clear()
        self._filter("")
        self.show()
        self.raise_()
        self._search.setFocus()

    def _ask(self, question: str) -> None:
        self._search.setPlaceholderText(question or tr("Type a part of a command's name"))
        self._search.setAccessibleName(question or tr("Find a command"))

    def close_again(self) -> None:
        """Hide and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down, Enter and Esc while typing; the focus going elsewhere closes."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        if watched is self._search and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_again()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self._list.currentItem()
            if item is not None:
                self._run(item)
        else:
            return False
        return True

    def _filter(self, text: str) -> None:
        """List the commands that ``text`` finds, those that are called so first."""
        ranks = {action: rank for action in self._offered if (rank := _rank(text, action)) is not None}
        found = sorted(ranks, key=lambda action: ranks[action])
        self._list.clear()
        for action in found:
            item = QListWidgetItem(plain_title(action))
            item.setData(_ACTION_ROLE, action)
            item.setToolTip(action.statusTip())
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        rows = self._list.sizeHintForRow(0) * self._list.count() if found else 0
        self.resize(self.width(), min(self._room, rows + theme.px(62)))

    def _run(self, item: QListWidgetItem) -> None:
        action: QAction = item.data(_ACTION_ROLE)
        self.close_again()
        action.trigger()


def _rank(text: str, action: QAction) -> int | None:
    """How well ``text`` fits a command, 0 for best; None where it isn't all in it: its title says more than its menu.

    A command that stands for an entry (its property ``entry``) is found by that name alone: ``W`` doesn't mean the
    "with" of its title.
    """
    entry = action.property("entry")
    if entry is not None:
        return _name_rank(text.strip(), str(entry))
    words = text.casefold().split()
    named = action.text(), plain_title(action), f"{plain_title(action)} {action.statusTip()}"
    return next((rank for rank, known in enumerate(named) if _has(words, known)), None)


def _name_rank(text: str, name: str) -> int | None:
    plain_text, plain_name = text.casefold(), name.casefold()
    fits = (
        not text or name == text, plain_name == plain_text,
        name.startswith(text), plain_name.startswith(plain_text), plain_text in plain_name,
    )  # fmt: skip
    return fits.index(True) if any(fits) else None


def _has(words: list[str], text: str) -> bool:
    return all(word in text.casefold() for word in words)


def plain_title(action: QAction) -> str:
    """Menu and title without the marks for keyboard access."""
    return f"{action.property('menu')}: {action.text()}".replace("&", "").replace("/", ": ")


class _CommandRow(QStyledItemDelegate):
    """``Edit: Undo            Ctrl+Z``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.current()
        rect: QRect = option.rect
        action: QAction = index.data(_ACTION_ROLE)
        list_widget: QListWidget = self.parent()  # type: ignore[assignment]
        if index.row() == list_widget.currentRow():
            painter.fillRect(rect, colours.accent_soft)
        room = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.setFont(theme.sans(13))
        painter.setPen(colours.ink if action.isEnabled() else colours.faint)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        keys = action.shortcut().toString()
        painter.setFont(theme.mono(12))
        painter.setPen(colours.soft)
        if QFontMetrics(theme.sans(13)).horizontalAdvance(str(index.data())) < room.width() - theme.px(90):
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
