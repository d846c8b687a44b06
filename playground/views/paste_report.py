"""Pastes code from the clipboard, and shows line by line what is to be said of it, until Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from playground.files.pasted.outcome import Pasted, Unreadable
from playground.session.pasting import NOTICE, add_numbers, paste_code, paste_error
from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.paste_reading import read_text

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from playground.language.pasted.snippet_remarks import Remark
    from playground.session.pasting import Report
    from playground.views.main_window import MainWindow
    from playground.views.paste_reading import Found

_MOST_SHOWN = 5
"""Remarks that are seen at once; further ones are scrolled to."""
_SPOKEN, _REMARK = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.UserRole
_WRAPPED = Qt.TextFlag.TextWordWrap
_INDENT, _GAP = 22, 5
Index = QModelIndex | QPersistentModelIndex


def paste_from_clipboard(window: MainWindow) -> None:
    """Add what the clipboard holds."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        window.session.notify(NOTICE, tr("There is no text to paste: copy some lines of NumPy first."))
        return
    paste_text(window, text)


def paste_text(window: MainWindow, text: str) -> None:
    """Add what ``text`` holds: a table of numbers, an error that tells shapes, or else code."""
    session = window.session

    def take(found: Found) -> None:
        if found is None:
            show_report(window, paste_code(session, text))
        elif isinstance(found, Pasted):
            show_report(window, add_numbers(session, found.values))
        elif isinstance(found, Unreadable):
            session.notify(NOTICE, found.message)
        else:
            show_report(window, paste_error(session, found))

    read_text(text, session.snapshot.workspace.names, window, take)


def show_report(window: MainWindow, report: Report) -> None:
    """Show the remarks of a report below the problem bar; hide those of an earlier one where there are none."""
    panel = window.findChild(PasteReport)
    if panel is None:
        if not report.remarks:
            return
        panel = PasteReport()
        panel.opened.connect(window.problem_bar.set_lean)
        column = window.problem_bar.parentWidget()
        middle = column.layout() if column is not None else None
        assert isinstance(middle, QVBoxLayout)
        middle.insertWidget(middle.indexOf(window.problem_bar) + 1, panel)
    panel.show_report(report)


class PasteReport(QFrame):
    """What became of the lines that are no plain entries. The list has the focus; Esc closes and gives it back.

    ``opened`` tells True when it comes into sight, False when it goes.
    """

    opened = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pasteReport")
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("What became of the pasted lines"))
        self._before: QWidget | None = None
        self._title = QLabel(tr("Pasted, line by line"))
        close = QPushButton(tr("Close"))
        close.setObjectName("pasteReportClose")
        close.setProperty("kind", "quiet")
        close.setToolTip(tr("Esc"))
        close.clicked.connect(self.close_again)
        self._list = QListWidget()
        self._list.setObjectName("pasteReportList")
        self._list.setAccessibleName(tr("Lines"))
        self._list.setItemDelegate(_LineRow(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._list)
        self._dress()
        self.hide()

    def show_report(self, report: Report) -> None:
        """List the remarks and take the focus; hide where there are none."""
        self._list.clear()
        if not report.remarks:
            self.close_again()
            return
        for remark in report.remarks:
            self._list.addItem(_item(remark))
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        self._fit()
        self._list.setCurrentRow(0)
        self._list.scrollToTop()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, report.summary)

    def close_again(self) -> None:
        """Hide, and give the focus back where the panel had it."""
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.hide()
        if had_focus and self._before is not None:
            self._before.setFocus()
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
            self._fit()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """It is in sight."""
        super().showEvent(event)
        self.opened.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is gone."""
        super().hideEvent(event)
        self.opened.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower lines are higher."""
        super().resizeEvent(event)
        self._list.scheduleDelayedItemsLayout()
        self._fit()

    def _dress(self) -> None:
        self._title.setFont(theme.sans(13, bold=True))

    def _fit(self) -> None:
        """As high as its first remarks, so that the formula below keeps its room."""
        rows = min(self._list.count(), _MOST_SHOWN)
        height = sum(self._list.sizeHintForRow(row) for row in range(rows))
        most = max(theme.px(80), min(theme.px(200), self.window().height() * 3 // 20))
        self._list.setFixedHeight(min(height, most) + 2 * self._list.frameWidth() + 2)


class _LineRow(QStyledItemDelegate):
    """Paints number and code of a line above what is said of it; a cross marks a line that became no entry."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of code, and the sentence in as many lines as it needs."""
        remark: Remark = index.data(_REMARK)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        sentence = _sentence_box(remark, QRect(0, 0, width, 0))
        return QSize(width, sentence.bottom() + theme.px(_GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw mark, number, code and sentence."""
        remark: Remark = index.data(_REMARK)
        colours, rect = theme.current(), option.rect
        painter.save()
        view = self.parent()
        if isinstance(view, QListWidget) and index.row() == view.currentRow():
            painter.setPen(colours.accent if view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        left, top = rect.left() + theme.px(_INDENT), rect.top() + theme.px(_GAP)
        painter.setFont(theme.mono(12))
        metrics = painter.fontMetrics()
        painter.setPen(colours.soft if remark.is_entry else colours.bad)
        painter.drawText(rect.left() + theme.px(6), top + metrics.ascent(), "·" if remark.is_entry else "✗")
        painter.setPen(colours.soft)
        room = rect.right() - left - theme.px(6)
        code = metrics.elidedText(_code(remark), Qt.TextElideMode.ElideRight, room)
        painter.drawText(left, top + metrics.ascent(), code)
        painter.setFont(theme.sans(13))
        painter.setPen(colours.ink)
        painter.drawText(_sentence_box(remark, rect), _WRAPPED, remark.sentence)
        painter.restore()


def _sentence_box(remark: Remark, rect: QRect) -> QRect:
    """Where the sentence stands in a row that begins at the top of ``rect``."""
    left, right = rect.left() + theme.px(_INDENT), rect.right() - theme.px(6)
    top = rect.top() + theme.px(_GAP) + QFontMetrics(theme.mono(12)).height() + theme.px(1)
    box = QRect(left, top, max(right - left, theme.px(80)), theme.px(400))
    return QFontMetrics(theme.sans(13)).boundingRect(box, _WRAPPED, remark.sentence)


def _code(remark: Remark) -> str:
    return f"{remark.line}  {remark.text.strip()}"


def _item(remark: Remark) -> QListWidgetItem:
    item = QListWidgetItem(f"{_code(remark)}\n{remark.sentence}")
    item.setData(_REMARK, remark)
    item.setData(_SPOKEN, tr("Line {line}: {sentence} {text}", line=remark.line, sentence=remark.sentence,
                             text=remark.text.strip()))  # fmt: skip
    return item
