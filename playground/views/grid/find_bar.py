"""The find bar over a grid: what to look for, how many there are, next and previous, and which of them is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QToolButton

from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.elided import ElidedLabel
from playground.views.grid.finder import finder_of
from playground.views.grid.overlay import GridBar, open_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from playground.views.grid.grid import Grid

_WIDTH, _SAID_WIDTH = 156, 80
_PAUSE_MS = 150
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(GridBar):
    """Looks while a person types; a text that isn't finished says nothing until Enter."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid, "findBar", tr("Find a value"))
        self._finder = finder_of(grid)
        self._from = grid.selection.row, grid.selection.column
        self._asked = ""
        self._went_on = False
        self._dtype = grid.source.dtype
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._look(finished=False))
        self._finder.told.connect(self._say)
        self._finder.progressed.connect(self._show_progress)
        grid.sourceChanged.connect(self._on_source_changed)
        self._make_row()

    def _make_row(self) -> None:
        self.field.setObjectName("findField")
        self.field.setAccessibleName(tr("Value to find: a number, nan, inf, or a comparison such as > 5"))
        self.field.setPlaceholderText(tr("3.14, nan, > 5, != 0"))
        self.field.setFont(theme.mono(13))
        self.field.setMaximumWidth(theme.px(_WIDTH))
        self.field.textEdited.connect(self._on_edited)
        self._said = ElidedLabel()
        self._said.setObjectName("findSaid")
        self._said.setProperty("kind", "soft")
        self._said.setMinimumWidth(theme.px(_SAID_WIDTH))
        self.row.addWidget(self.field)
        self.row.addWidget(self._said)
        for name, sign, text, run in (
            ("findPrevious", "↑", tr("Previous (Shift+F3)"), lambda: self._go(forward=False)),
            ("findNext", "↓", tr("Next (F3)"), lambda: self._go(forward=True)),
            ("findClose", "✕", tr("Close (Esc)"), self.shut),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setText(sign)
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.setProperty("kind", "quiet")
            button.clicked.connect(run)
            self.row.addWidget(button)

    def shut(self) -> None:
        """Close, and give up what is being looked for."""
        self._pause.stop()
        self._finder.cancel()
        self.grid.set_sought(None)
        super().shut()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks at once, then for the next; Shift+Enter for the one before."""
        if event.key() in _ENTERS and self.field.hasFocus():
            self._go(forward=not event.modifiers() & _SHIFT)
        else:
            super().keyPressEvent(event)

    def _on_edited(self) -> None:
        if self._went_on:
            self._from, self._went_on = (self.grid.selection.row, self.grid.selection.column), False
        self.say_refusal("")
        self._said.setText("")
        self._pause.start()

    def _go(self, *, forward: bool) -> None:
        """Look for what was typed, or for the next of it where it was found already."""
        if self.field.text() != self._asked:
            self._look(finished=True)
        elif self._asked:
            self._went_on = True
            self._finder.again(forward=forward)

    def _look(self, *, finished: bool) -> None:
        self._pause.stop()
        self._asked = text = self.field.text()
        self._dtype = self.grid.source.dtype
        refusal = self._finder.find(text, self._from) if text.strip() or finished else ""
        self.grid.set_sought(None if refusal or not text.strip() else self._finder.marks())
        if refusal:
            self._asked = ""
            self._finder.cancel()
            self.say_refusal(refusal if finished else "")

    def _say(self, text: str) -> None:
        self._said.setText(text)
        if text:
            announce(self.field, f"{text} {self.grid.accessibleDescription()}")
        self.place()

    def _show_progress(self, part: float) -> None:
        self._said.setText(tr("Looking… {percent} %", percent=round(100 * part)))

    def _on_source_changed(self) -> None:
        """What was counted isn't true any more; the active cell stays where it is until somebody goes on."""
        self._said.setText("")
        if self.grid.source.dtype != self._dtype:  # what was typed may mean something else now
            self._asked = ""
            self.grid.set_sought(None)


def open_find(grid: Grid) -> None:
    """Open the bar over ``grid``."""
    open_bar(grid, FindBar)


def find_again(grid: Grid, *, forward: bool) -> None:
    """Find the next one, or the one before, of what was looked for last; ask what, where nothing was."""
    finder = finder_of(grid)
    if finder.has_aim:
        finder.again(forward=forward)
    else:
        open_find(grid)
