"""A small question over a grid: some answers to choose from, each with a look at what would be pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.workspace.numbers import display_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

_ROWS, _COLUMNS = 4, 6
_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose


class Answer(Record):
    """What can be chosen, and a few lines that show what comes of it."""

    title: str
    preview: str = ""


def preview(values: np.ndarray, kept: np.ndarray | None = None) -> str:
    """Write the first cells of a 2-D block in columns; a dot for cells that stay as they are."""
    corner = values[:_ROWS, :_COLUMNS]
    texts = [[display_text(value, values.dtype, 5) for value in row] for row in corner]
    if kept is not None:
        texts = [["·" if kept[r, c] else text for c, text in enumerate(row)] for r, row in enumerate(texts)]
    width = max(len(text) for row in texts for text in row)
    more = "  …" if values.shape[1] > _COLUMNS else ""
    lines = ["  ".join(text.rjust(width) for text in row) + more for row in texts]
    return "\n".join(lines + (["…".rjust(width)] if values.shape[0] > _ROWS else []))


class Question(QDialog):
    """Asks; arrows choose, Enter answers, Esc gives up. Doesn't block the window's own work.

    Signals
    -------
    answered
        The number of the chosen answer.
    """

    answered = Signal(int)

    def __init__(self, title: str, sentence: str, answers: Sequence[Answer], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pasteQuestion")
        self.setAttribute(_DELETE_ON_CLOSE)
        self.setWindowTitle(title)
        self.setAccessibleName(f"{title}. {sentence}")
        label = QLabel(sentence)
        label.setObjectName("pasteQuestionText")
        label.setWordWrap(True)
        column = QVBoxLayout(self)
        margin = theme.px(18)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(8))
        column.addWidget(label)
        self._choices = [self._add(number, answer, column) for number, answer in enumerate(answers)]
        self._choices[0].setChecked(True)
        self._choices[0].setFocus()
        column.addSpacing(theme.px(6))
        column.addWidget(self._buttons())
        self.setMinimumWidth(theme.px(380))

    def _add(self, number: int, answer: Answer, column: QVBoxLayout) -> QRadioButton:
        choice = QRadioButton(answer.title)
        choice.setObjectName(f"pasteAnswer{number}")
        choice.setAccessibleName(answer.title)
        choice.setAccessibleDescription(answer.preview)
        column.addWidget(choice)
        if answer.preview:
            look = QLabel(answer.preview)
            look.setProperty("kind", "soft")
            look.setFont(theme.mono(13))
            look.setTextFormat(Qt.TextFormat.PlainText)
            look.setContentsMargins(theme.px(26), 0, 0, theme.px(4))
            column.addWidget(look)
        return choice

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        paste = box.addButton(tr("Paste"), QDialogButtonBox.ButtonRole.AcceptRole)
        paste.setObjectName("pasteAcceptButton")
        paste.setProperty("kind", "primary")
        paste.setDefault(True)
        cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("pasteCancelButton")
        box.accepted.connect(self._answer)
        box.rejected.connect(self.reject)
        return box

    def _answer(self) -> None:
        chosen = next(number for number, choice in enumerate(self._choices) if choice.isChecked())
        self.accept()
        self.answered.emit(chosen)
