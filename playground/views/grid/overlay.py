"""A bar that stands over a grid, above its cells, and goes with it: what the go-to field and the find bar share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from playground.views import theme
from playground.views.announce import announce

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent

    from playground.views.grid.grid import Grid

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)
_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose
_PASSED_ON = Qt.FocusReason.OtherFocusReason


class GridBar(QFrame):
    """A line of controls and a sentence below it. Esc closes it; Tab goes through it and on to the grid."""

    def __init__(self, grid: Grid, name: str, title: str) -> None:
        super().__init__(grid.window())
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("kind", "bar")
        self.setAttribute(_DELETE_ON_CLOSE)
        self.grid = grid
        self.field = QLineEdit()
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.px(6))
        self.note = QLabel()
        self.note.setObjectName(f"{name}Note")
        self.note.setProperty("kind", "refusal")
        self.note.setWordWrap(True)
        self.note.hide()
        column = QVBoxLayout(self)
        margin = theme.px(7)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(4))
        column.addLayout(self.row)
        column.addWidget(self.note)
        self._watched: list[QWidget] = [grid]
        while (parent := self._watched[-1].parentWidget()) is not None:
            self._watched.append(parent)
        for widget in self._watched:
            widget.installEventFilter(self)
        grid.destroyed.connect(self.deleteLater)
        grid.set_under_bar(True)

    def open(self) -> None:
        """Show the bar and type into it."""
        self.show()
        self.place()
        self.raise_()
        self.field.setFocus(_PASSED_ON)
        self.field.selectAll()

    def place(self) -> None:
        """Stand above the cells, over the caption; below them where there is no room, always inside the window."""
        window, layout = self.window(), self.layout()
        assert layout is not None
        layout.invalidate()  # of a sentence that was longer
        layout.activate()
        left, right = self._room()
        self.setMaximumWidth(right - left)
        self.adjustSize()
        beside = self.grid.parentWidget()
        strips = beside.findChildren(QWidget, "sliceStrip") if beside is not None else []
        strip = [found for found in strips if found.isVisible()]
        top = strip[0] if strip else self.grid
        at = top.mapTo(window, QPoint(self.grid.layout_now().left if top is self.grid else 0, -self.height()))
        if at.y() < theme.px(60):
            at = self.grid.mapTo(window, QPoint(0, self.grid.height() - self.height()))
        x = max(left, min(at.x(), right - self.width()))
        self.move(x, max(0, min(at.y(), window.height() - self.height())))

    def _room(self) -> tuple[int, int]:
        """Left and right edge of what the grid stands in: beside it others go on being used."""
        around = next(
            (widget for widget in self._watched[1:] if isinstance(widget, QAbstractScrollArea)), self.window()
        )
        left = around.mapTo(self.window(), QPoint(0, 0)).x() if around is not self.window() else 0
        return left, left + around.width()

    def say_refusal(self, sentence: str) -> None:
        """Show why the text can't be followed, and speak it; empty takes it back."""
        if sentence == self.note.text():
            return
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        announce(self.field, sentence)
        self.place()

    def shut(self) -> None:
        """Close, and give the grid the focus back where the bar had it."""
        had = self.isAncestorOf(self.window().focusWidget() or self.window())
        for widget in self._watched:
            widget.removeEventFilter(self)
        self.grid.set_under_bar(False)
        if had:
            self.grid.setFocus(_PASSED_ON)  # before it hides: that would pass the focus on as Tab does
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where the grid goes, and go when it goes."""
        if event.type() in _FOLLOWED and self.isVisible():
            self.place()
        elif event.type() == QEvent.Type.Hide and watched is self.grid and self.isVisible():
            self.shut()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the bar's own controls, and from the last one to the grid."""
        stops = [stop for stop in self.findChildren(QWidget) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [stop for stop in stops if stop.isVisible() and stop.isEnabled()]
        focus = self.window().focusWidget()
        here = stops.index(focus) if focus in stops else -1
        after = here + (1 if forward else -1)
        (stops[after] if 0 <= after < len(stops) else self.grid).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; nothing else leaves the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()


def open_bar(grid: Grid, kind: type[GridBar]) -> GridBar:
    """Open a bar over ``grid``, the one that stands there already if it is of that kind; there is one in a window."""
    window = grid.window()
    for bar in window.findChildren(GridBar):
        if isinstance(bar, kind) and bar.grid is grid and bar.isVisible():
            bar.open()
            return bar
        if bar.isVisible():
            bar.shut()
    made = kind(grid)  # type: ignore[call-arg]  # every kind is made of its grid alone
    made.open()
    return made
