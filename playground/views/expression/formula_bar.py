"""The formula bar: the text of the chosen entry, its completions, and a wave under what is wrong in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.elided import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from playground.language.problems import Span
    from playground.views.expression.completion import CompletionList

_KEYS_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEY_ESCAPE, _KEY_TAB, _KEY_SPACE = Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space
_KEY_UP, _KEY_DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
_CONTROL = Qt.KeyboardModifier.ControlModifier
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
_PASTE = QKeySequence.StandardKey.Paste
_WORD = re.compile(r"(?:[A-Za-z_][\w.]*rng\(\d*\)\.\w*|[A-Za-z_][\w.]*|(?<=[)\]])\.[\w.]*)$")
"""What a completion replaces: a word with its dots, the generator that it is drawn from, a dot after a bracket."""
_MOST_CHARACTERS = 32_767
_LEAST_LETTERS = 2
"""Completions come by themselves after this many letters; Ctrl+Space asks for them earlier."""


class FormulaBar(QFrame):
    """The name of the entry and its text.

    Signals
    -------
    textTyped
        The whole text, after every keystroke.
    textEntered
        The whole text, on Enter.
    textReverted
        Esc: what was typed is given up.
    codePasted
        Lines of code were pasted, which no formula can hold.
    """

    textTyped = Signal(str)
    textEntered = Signal(str)
    textReverted = Signal()
    codePasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "formulabar")
        self._prefix = ElidedLabel()
        self.edit = FormulaEdit(self)
        self._prefix.setBuddy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._prefix)
        row.addWidget(self.edit, 1)
        self.edit.textEdited.connect(self.textTyped)
        self.edit.entered.connect(lambda: self.textEntered.emit(self.edit.text()))
        self.edit.escaped.connect(self.textReverted)
        self.edit.codePasted.connect(self.codePasted)
        self.edit.focusChanged.connect(self._on_focus)
        self._dress()

    def show_entry(self, name: str | None, text: str, placeholder: str, *, is_shape: bool = False) -> None:
        """Show the stored ``text`` of the entry ``name``. What is being typed must not be passed here.

        ``is_shape`` tells that the text declares a shape, after a colon.
        """
        self._prefix.setText(f"{name}{':' if is_shape else ' ='}" if name else "")
        of = tr("Shape of {name}", name=name) if is_shape else tr("Formula of {name}", name=name)
        self.edit.setAccessibleName(of if name else tr("Formula"))
        self.edit.setPlaceholderText(placeholder)
        self.edit.show_stored(text)

    def show_draft(self, text: str) -> None:
        """Show ``text`` as if it were being typed."""
        self.edit.setText(text)

    def mark(self, wrong: Span | None, lit: Span | None = None) -> None:
        """Draw a wave under ``wrong`` and light ``lit``."""
        self.edit.mark(wrong, lit)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes and colours may have changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def _on_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        theme.polish(self)

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(40))
        self._prefix.setFont(theme.mono(15))
        self._prefix.setMaximumWidth(theme.px(240))
        self.edit.setFont(theme.mono(15))
        self.edit.mark_again()


class FormulaEdit(QLineEdit):
    """The text itself. The window gives it the names that can be completed."""

    entered = Signal()
    escaped = Signal()
    codePasted = Signal()
    focusChanged = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("formulaEdit")
        self.setFrame(False)
        self.setProperty("kind", "bare")
        self._names: Sequence[str] = ()
        self._marks: tuple[Span | None, Span | None] = (None, None)
        self._is_marked = False
        self._stored = ""
        self.textEdited.connect(lambda: self._complete(least=_LEAST_LETTERS))

    @cached_property
    def _completions(self) -> CompletionList:
        """Made at the first keystroke: the first window needn't wait for it."""
        from playground.views.expression.completion import CompletionList

        completions = CompletionList(self)
        completions.chosen.connect(self._insert_completion)
        return completions

    def set_names(self, names: Sequence[str]) -> None:
        """Names of the entries, which are completed beside the functions."""
        self._names = names

    def show_stored(self, text: str) -> None:
        """Show the text that the document holds; whatever is typed from now on is a draft of it."""
        self._stored = text
        if self.text() != text:
            self.setText(text)

    def mark(self, wrong: Span | None, lit: Span | None) -> None:
        """Draw a wave under ``wrong`` and light ``lit``; the text itself is left alone."""
        if (wrong, lit) != self._marks:
            self._marks = (wrong, lit)
            self.mark_again()

    def mark_again(self) -> None:
        """Draw the marks in the colours of now."""
        wrong, lit = self._marks
        if wrong is None and lit is None and not self._is_marked:
            return
        self._is_marked = wrong is not None or lit is not None
        from PySide6.QtGui import QInputMethodEvent, QTextCharFormat  # slow to import, and at first nothing is wrong

        attributes = []
        colours = theme.current()
        for span, is_wrong in ((lit, False), (wrong, True)):
            if span is None or span.end <= span.start:
                continue
            look = QTextCharFormat()
            if is_wrong:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(colours.bad)
            else:
                look.setBackground(colours.accent_soft)
            start = span.start - self.cursorPosition()
            kind = QInputMethodEvent.AttributeType.TextFormat
            attributes.append(QInputMethodEvent.Attribute(kind, start, span.end - span.start, look))
        # A line edit has no formats of its own, but keeps those that an input method sends it.
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def event(self, event: QEvent) -> bool:
        """Take Tab for a completion before it moves the focus; leave undo to the document while nothing is typed."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_for_the_document(event):  # type: ignore[arg-type]
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyPress and self._completions.isVisible():
            key_event: QKeyEvent = event  # type: ignore[assignment]
            if key_event.key() == _KEY_TAB and not key_event.modifiers():
                self._completions.accept(first=True)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits, Esc reverts, arrows walk the completions while they are open."""
        key = event.key()
        if self._completions.isVisible() and self._key_in_completions(key):
            return
        if key in _KEYS_ENTER:
            self._completions.hide()
            self.entered.emit()
        elif key == _KEY_ESCAPE:
            self.escaped.emit()
        elif key == _KEY_SPACE and event.modifiers() == _CONTROL:
            self._complete(least=0)
        elif event.matches(_PASTE) and _is_code_on_clipboard():
            self._completions.hide()
            self.codePasted.emit()
        elif self._is_for_the_document(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusInEvent(event)
        self.focusChanged.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The completions go with the focus; the draft stays."""
        self._completions.hide()
        super().focusOutEvent(event)
        self.focusChanged.emit(False)

    def _is_for_the_document(self, event: QKeyEvent) -> bool:
        """Whether these keys take back, or make again, an edit of the document rather than a keystroke of a draft."""
        return self.text() == self._stored and (event.matches(_UNDO) or event.matches(_REDO))

    def _key_in_completions(self, key: int) -> bool:
        if key in (_KEY_UP, _KEY_DOWN):
            self._completions.step(-1 if key == _KEY_UP else 1)
            return True
        if key == _KEY_ESCAPE:
            self._completions.hide()
            return True
        return key in _KEYS_ENTER and self._completions.accept(first=False)

    def _word(self) -> str:
        match = _WORD.search(self.text()[: self.cursorPosition()])
        return match.group() if match else ""

    def _complete(self, least: int) -> None:
        word = self._word()
        if len(word) < least and not word.startswith("."):
            self._completions.hide()
            return
        self._completions.offer(word, self._names, self.cursorRect())

    def _insert_completion(self, text: str) -> None:
        word = self._word()
        self.setSelection(self.cursorPosition() - len(word), len(word))
        self.insert(text)  # unlike `setText`, this can be taken back by Ctrl+Z
        self._completions.hide()


def _is_code_on_clipboard() -> bool:
    """Tell whether the clipboard holds lines of code, an error, a table or more than a line edit takes uncut.

    One formula goes into the bar.
    """
    text = QGuiApplication.clipboard().text().strip()
    if len(text) > _MOST_CHARACTERS or ("\t" in text and "\n" in text):
        return True
    if "\n" not in text and "Error" not in text:
        return False
    from playground.language.pasted.snippet_lines import is_code  # what is pasted is seldom either
    from playground.session.pasting import error_in

    return ("\n" in text and is_code(text)) or error_in(text) is not None
