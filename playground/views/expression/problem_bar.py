"""The reserved place for problems: what is wrong in one sentence, and the repairs as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.expression.repair_buttons import RepairButtons, most_rows
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from playground.language.problems import Problem

PAUSE_MS = 800
"""How long unfinished text may stand before it counts as a mistake."""
_LINES, _ROW, _MARGINS = 66, 32, 14
"""Height of two lines of message over a row of buttons, of a further row, and of the room around them."""
_MESSAGE_LINES, _SIDE = 2, 14
_LONGEST_WORDS = (48, 24, 16)
"""A longer word, such as a name that someone leant on, is cut: it can't be wrapped."""


class ProblemBar(QWidget):
    """Keeps its height whether there is a problem or not, so that nothing jumps; what it says stands on top.

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
        self._texts = ("", "")
        self._written = ""
        self._card = QFrame()
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.RichText)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = RepairButtons(self)
        self._buttons.repairChosen.connect(self.repairChosen)
        self._buttons.repairPreviewed.connect(self.repairPreviewed)
        self.repair_buttons = self._buttons.buttons
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(_SIDE, 6, _SIDE, 6)
        inside.setSpacing(5)
        inside.addWidget(self._message)
        inside.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._is_lean = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._show(None)

    def minimumSizeHint(self) -> QSize:
        """Whatever the bar has to say, it may not push the window apart."""
        return QSize(200, self.maximumHeight())

    def set_lean(self, lean: bool) -> None:
        """Give up the room that isn't needed now, while something else stands below."""
        self._is_lean = lean
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed, and the hint's colour, which stands in the text."""
        if event.type() == QEvent.Type.FontChange:
            self._buttons.arrange()
            self._write()
            self._fit()
        elif event.type() == QEvent.Type.PaletteChange:
            self._write()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more, or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._write()
            self._fit()

    @property
    def problem(self) -> Problem | None:
        """The problem whose repairs can be chosen now."""
        return self._problem

    def show_problem(self, problem: Problem | None, *, at_once: bool = False, written: str = "") -> None:
        """Show ``problem`` of the text ``written``. One of unfinished text waits for a pause, unless ``at_once``."""
        self._pause.stop()
        self._written = written
        if problem is not None and problem.unfinished and not at_once:
            self._waiting = problem
            self._show(None)
            self._pause.start()
            return
        self._show(problem)

    def show_hint(self, text: str, *, beside_problem: bool = False) -> None:
        """Show a quiet sentence where there is no problem, such as what the engine said; an empty one ends it.

        ``beside_problem`` is for one that has to be said all the same: it stands in the place of the problem's hint.
        """
        if self._problem is None:
            self._trap = None
            self._say(text, "")
        elif beside_problem or not text:
            self._say(self._problem.message, text or self._problem.hint)

    def show_trap(self, trap: Problem, *, written: str = "") -> None:
        """Show quietly, where there is no problem, what of ``written`` runs but may surprise, and what may be meant."""
        if self._problem is None:
            self._trap, self._written = trap, written
            self._say(trap.message, trap.hint)

    def choose(self, number: int) -> None:
        """Choose repair ``number`` (from 1), as Alt+1 to Alt+3 do."""
        shown = self._problem or self._trap
        if shown is not None and number <= len(shown.repairs[: len(self.repair_buttons)]):
            self.repairChosen.emit(shown.repairs[number - 1])

    def _say(self, message: str, hint: str) -> None:
        self._texts = message, hint
        text = " ".join(filter(None, self._texts))
        self._message.setVisible(bool(text))
        self._message.setToolTip(text)
        self.setAccessibleDescription(text)
        self._write()
        shown = self._problem or self._trap
        self._buttons.show_repairs(shown.repairs if shown is not None else (), self._written)
        self._fit()

    def _fit(self) -> None:
        wanted = max(0, self._card.heightForWidth(self.width())) if self._is_lean else _height()
        if (self.minimumHeight(), self.maximumHeight()) != (wanted, wanted):
            self.setFixedHeight(wanted)

    def _write(self) -> None:
        """Write as much of the message as there is room for: the sentence of a problem bold, what to do plain."""
        width = self.width() - 2 * (_SIDE + 1)
        bold = self._problem is not None
        message, hint = (escape(text) for text in _fitted(*self._texts, width, bold=bold))
        if bold and hint:
            hint = f'<span style="font-weight:400; color:{theme.current().soft.name()}">{hint}</span>'
        self._message.setText(f"{message} {hint}".strip())

    def _on_pause(self) -> None:
        self._show(self._waiting)

    def _show(self, problem: Problem | None) -> None:
        changed = problem is not self._problem
        self._problem, self._trap = problem, None
        bad = problem is not None
        self.setProperty("kind", "problem" if bad else "")
        for widget, kind in ((self._card, "problem" if bad else ""), (self._message, "bad" if bad else "soft")):
            if widget.property("kind") != kind:
                widget.setProperty("kind", kind)
                theme.restyle(widget)
        self._say(*((problem.message, problem.hint) if problem is not None else ("", "")))
        if changed:
            self.problemShown.emit(problem)


def _fitted(message: str, hint: str, width: int, *, bold: bool) -> tuple[str, str]:
    """Cut to what two lines of ``width`` hold: the longest words first, then the hint, then the end of the sentence.

    The tooltip has it all. The end of a line stays empty where a word doesn't fit, at most the longest one's width.
    """
    strong, plain = QFontMetrics(theme.sans(13, bold=bold)), QFontMetrics(theme.sans(13))
    lines = _MESSAGE_LINES * width
    for longest in _LONGEST_WORDS:
        short, short_hint = _cut(message, longest), _cut(hint, longest)
        widest = max(strong.horizontalAdvance(word) for word in f"{short} {short_hint}".split(" "))
        if strong.horizontalAdvance(f"{short} ") + plain.horizontalAdvance(short_hint) <= lines - widest:
            return short, short_hint
    return strong.elidedText(short, Qt.TextElideMode.ElideRight, lines - widest), ""


def _cut(text: str, longest: int) -> str:
    words = text.split(" ")
    return " ".join(word if len(word) <= longest else word[: longest - 1] + "…" for word in words)


def _height() -> int:
    return theme.px(_LINES + _ROW * (most_rows() - 1)) + _MARGINS
