"""The reserved place for problems: what is wrong in one sentence, and the repairs as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.language.signature import shape_text
from playground.translation import tr
from playground.views import theme
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QPaintEvent

    from playground.language.problems import Problem, Repair

PAUSE_MS = 800
"""How long unfinished text may stand before it counts as a mistake."""
_MOST_REPAIRS = 3
_LINES, _MARGINS = 64, 22
"""Height of two lines of message over one of buttons, and of the room around them, which doesn't grow."""
_GAP, _WIDEST_SOURCE, _LEAST_SOURCE = 7, 300, 80
_ROOM = 150
"""Characters that two lines hold."""
_LONGEST_WORDS = (48, 24, 16)
"""A longer word, such as a name that someone leant on, is cut: it can't be wrapped."""


class ProblemBar(QFrame):
    """Keeps its height whether there is a problem or not, so that nothing jumps.

    Signals
    -------
    repairChosen
        The ``Repair`` whose button was pressed.
    repairPreviewed
        The ``Repair`` that is pointed at or has the focus, None afterwards.
    problemShown
        The ``Problem`` that is shown from now on, None where there is none: it is time to mark its place, and to
        speak it.
    """

    repairChosen = Signal(object)
    repairPreviewed = Signal(object)
    problemShown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemBar")
        self.setAccessibleName(tr("Problem"))
        self._problem: Problem | None = None
        self._trap: Problem | None = None
        self._waiting: Problem | None = None
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.RichText)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.repair_buttons = [RepairButton(k + 1, self) for k in range(_MOST_REPAIRS)]
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.repair_buttons:
            row.addWidget(button)
            button.clicked.connect(self._on_button_clicked)
            button.pointedAt.connect(self.repairPreviewed)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(self._message)
        column.addLayout(row)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_height())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._show(None)

    def minimumSizeHint(self) -> QSize:
        """Whatever the bar has to say, it may not push the window apart."""
        return QSize(200, _height())

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed, and the hint's colour, which stands in the text."""
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(_height())
        elif event.type() == QEvent.Type.PaletteChange and self._problem is not None:
            self._message.setText(_rich(self._problem))
        super().changeEvent(event)

    @property
    def problem(self) -> Problem | None:
        """The problem whose repairs can be chosen now."""
        return self._problem

    def show_problem(self, problem: Problem | None, *, at_once: bool = False) -> None:
        """Show ``problem``. One of unfinished text waits for a pause, unless ``at_once``."""
        self._pause.stop()
        if problem is not None and problem.unfinished and not at_once:
            self._waiting = problem
            self._show(None)
            self._pause.start()
            return
        self._show(problem)

    def show_hint(self, text: str) -> None:
        """Show a quiet sentence where there is no problem, such as what the engine said."""
        if self._problem is None:
            self._trap = None
            self._say(text)

    def show_trap(self, trap: Problem) -> None:
        """Show quietly, where there is no problem, what runs but may surprise, and what may have been meant."""
        if self._problem is None:
            self._trap = trap
            self._say(f"{trap.message} {trap.hint}".strip())

    def choose(self, number: int) -> None:
        """Choose repair ``number`` (from 1), as Alt+1 to Alt+3 do."""
        shown = self._problem or self._trap
        if shown is not None and number <= len(shown.repairs[:_MOST_REPAIRS]):
            self.repairChosen.emit(shown.repairs[number - 1])

    def _say(self, text: str) -> None:
        self._message.setText(escape(text))
        self._message.setVisible(bool(text))
        self._message.setToolTip(text)
        self._offer(self._trap.repairs if self._trap is not None else ())

    def _offer(self, repairs: tuple[Repair, ...]) -> None:
        for number, button in enumerate(self.repair_buttons):
            button.show_repair(repairs[number] if number < len(repairs) else None)

    def _on_pause(self) -> None:
        self._show(self._waiting)

    def _show(self, problem: Problem | None) -> None:
        changed = problem is not self._problem
        self._problem, self._trap = problem, None
        bad = problem is not None
        for widget, kind in ((self, "problem" if bad else ""), (self._message, "bad" if bad else "soft")):
            if widget.property("kind") != kind:
                widget.setProperty("kind", kind)
                theme.restyle(widget)
        text = f"{problem.message} {problem.hint}".strip() if problem is not None else ""
        self._message.setText(_rich(problem) if problem is not None else "")
        self._message.setVisible(bad)
        self._message.setToolTip(text)
        self.setAccessibleDescription(text)
        self._offer(problem.repairs if problem is not None else ())
        if changed:
            self.problemShown.emit(problem)

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RepairButton) and button.repair is not None:
            self.repairChosen.emit(button.repair)


class RepairButton(QPushButton):
    """``Alt+1  A @ B.T  → (3, 4)``: the key, the mended formula, and the shape that it gives."""

    pointedAt = Signal(object)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.repair: Repair | None = None
        self.setObjectName(f"repairButton{number}")
        self.setAccessibleName(tr("Repair {number}", number=number))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_repair(self, repair: Repair | None) -> None:
        """Stand for ``repair``, or hide where there is none."""
        self.repair = repair
        self.setVisible(repair is not None)
        if repair is not None:
            shape = shape_text(repair.shape)
            self.setAccessibleName(
                tr("Repair {number}: {source} gives {shape}", number=self._number, source=repair.source, shape=shape)
            )
            self.setToolTip(repair.reason)
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """What the button reads, which it paints itself."""
        return " ".join(self._texts()).strip()

    def _texts(self) -> tuple[str, str, str]:
        """The key, the mended formula, the shape."""
        if self.repair is None:
            return "", "", ""
        return f"Alt+{self._number}", self.repair.source, f"→ {shape_text(self.repair.shape)}"

    def sizeHint(self) -> QSize:
        """Room for the three texts, a long formula cut."""
        key, source, shape = self._texts()
        # One pixel more than the advance, which is rounded: else the text would be cut.
        source_width = min(QFontMetrics(_font(small=False)).horizontalAdvance(source) + 1, theme.px(_WIDEST_SOURCE))
        return QSize(source_width + self._width_without_source(key, shape), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Where room is short the formula is cut further; a short one isn't."""
        key, source, shape = self._texts()
        source_width = QFontMetrics(_font(small=False)).horizontalAdvance(source) + 1
        least = min(source_width, theme.px(_LEAST_SOURCE))
        return QSize(self._width_without_source(key, shape) + least, theme.px(30))

    def _width_without_source(self, key: str, shape: str) -> int:
        small = QFontMetrics(_font(small=True))
        return small.horizontalAdvance(key) + small.horizontalAdvance(shape) + 2 * theme.px(_GAP) + 2 * theme.px(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as every button's, and the three texts in their own weights."""
        super().paintEvent(event)
        colours = theme.current()
        key, source, shape = self._texts()
        room = self.width() - self._width_without_source(key, shape)
        source = QFontMetrics(_font(small=False)).elidedText(source, Qt.TextElideMode.ElideMiddle, room)
        painter = QPainter(self)
        x = theme.px(10)
        for text, small in ((key, True), (source, False), (shape, True)):
            painter.setFont(_font(small=small))
            painter.setPen(colours.soft if small else colours.ink)
            metrics = painter.fontMetrics()
            painter.drawText(x, (self.height() + metrics.ascent() - metrics.descent()) // 2, text)
            x += metrics.horizontalAdvance(text) + theme.px(_GAP)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Pointing at a repair previews it."""
        self.pointedAt.emit(self.repair)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The preview ends with the pointer."""
        self.pointedAt.emit(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus previews a repair as the pointer does."""
        self.pointedAt.emit(self.repair)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The preview ends with the focus."""
        self.pointedAt.emit(None)
        super().focusOutEvent(event)


def _rich(problem: Problem) -> str:
    """The sentence bold, what to do plain; cut to what two lines hold."""
    soft = theme.current().soft.name()
    message, hint = (escape(text) for text in _fitted(problem.message, problem.hint))
    return f'{message} <span style="font-weight:400; color:{soft}">{hint}</span>'


def _fitted(message: str, hint: str) -> tuple[str, str]:
    """Cut the longest words first, then give up the hint, then the end of the sentence; the tooltip has it all."""
    for longest in _LONGEST_WORDS:
        short, short_hint = _cut(message, longest), _cut(hint, longest)
        if len(short) + len(short_hint) <= _ROOM:
            return short, short_hint
    return (short if len(short) <= _ROOM else short[: _ROOM - 1] + "…"), ""


def _cut(text: str, longest: int) -> str:
    words = text.split(" ")
    return " ".join(word if len(word) <= longest else word[: longest - 1] + "…" for word in words)


def _height() -> int:
    return theme.px(_LINES) + _MARGINS


def _font(*, small: bool) -> QFont:
    return theme.mono(12 if small else 13)
