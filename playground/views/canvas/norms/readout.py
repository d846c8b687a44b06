"""The norms of a vector in figures, and where it stands or what clipping makes of it in words, under the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.explain.text import number_text, vector_text
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.norms.picture import norm_colours
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QResizeEvent

    from playground.views.canvas.norms.norms_canvas import NormsCanvas

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_RICH = Qt.TextFormat.RichText
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_CAPTIONS = ("‖x‖₁", "‖x‖₂", "‖x‖∞")
_WIDE = 560
"""From so many pixels on a line needs one row, not two."""


class NormsReadout(QFrame):
    """L1, L2 and L∞ in the colours of their balls, then lines that keep their room whatever they say."""

    def __init__(self, canvas: NormsCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("normsReadout")
        self.setAccessibleName(tr("Norms of the vector"))
        self._canvas = canvas
        self._figures = tuple(QLabel(self) for _ in _CAPTIONS)
        self._row = QHBoxLayout()
        for k, figure in enumerate(self._figures):
            figure.setObjectName(f"norm_{('1', '2', 'inf')[k]}")
            figure.setTextFormat(_RICH)
            self._row.addWidget(figure, 1)
        self._text = QLabel(self)
        self._text.setObjectName("normsText")
        self._text.setTextFormat(_RICH)
        self._text.setWordWrap(True)
        self._text.setAlignment(_TOP_LEFT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._text)
        self._dress()

    def refresh(self) -> None:
        """Say what the canvas shows."""
        reading = self._canvas.reading
        usual = (reading.l1, reading.l2, reading.linf)
        plain = []
        for label, caption, length, colour in zip(self._figures, _CAPTIONS, usual, norm_colours()[:3], strict=True):
            number = number_text(length, 4)
            label.setText(f"{_in_colour(caption, colour)}&nbsp; {escape(number)}")
            label.setAccessibleName(f"{caption} = {number}")
            plain.append(f"{caption} = {number}")
        lines = _clipping_lines(self._canvas) if self._canvas.clipping else _ball_lines(self._canvas)
        soft = theme.current().soft.name()
        rows = [f'{_in_colour(h, c)} <span style="color:{soft}">— {escape(rest)}</span>' for h, rest, c in lines]
        self._text.setText("<br>".join(rows))
        self.setAccessibleDescription(", ".join(plain) + ". " + " ".join(f"{h} — {rest}." for h, rest, _ in lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the lines at this width."""
        self._keep_room()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._dress()
            self.refresh()
        super().changeEvent(event)

    def _dress(self) -> None:
        for figure in self._figures:
            figure.setFont(theme.mono(13))
        self._text.setFont(theme.sans(13))
        side = theme.px(14)
        self._row.setContentsMargins(side, theme.px(8), side, theme.px(2))
        self._text.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._keep_room()

    def _keep_room(self) -> None:
        rows = 2 if self.width() >= theme.px(_WIDE) else 4
        self._text.setFixedHeight(rows * QFontMetrics(theme.sans(13, bold=True)).lineSpacing() + theme.px(20))


def _in_colour(text: str, colour: QColor) -> str:
    return f'<b style="color:{colour.name()}">{escape(text)}</b>'


def _ball_lines(canvas: NormsCanvas) -> list[tuple[str, str, QColor]]:
    reading, colour = canvas.reading, norm_colours()[3]
    head = tr("p = {p}: ‖x‖ = {length}", p=number_text(canvas.p, 4), length=number_text(reading.lp, 4))
    lines = [(head, reading.sentence, colour)]
    if canvas.p < 1:
        lines.append((tr("p < 1"), tr("no norm: the ball isn't convex"), colour))
    elif canvas.is_drawn and reading.lp:
        lines.append((tr("dashed"), tr("all vectors as long as x"), colour))
    return lines


def _clipping_lines(canvas: NormsCanvas) -> list[tuple[str, str, QColor]]:
    if canvas.clipped is None:
        return [(tr("not clipped"), canvas.reading.sentence, theme.current().bad)]
    _, by_norm, by_value, _ = norm_colours()
    return [
        (f"{name} {vector_text(clipped.after)}", clipped.sentence, colour)
        for name, clipped, colour in zip(
            (tr("by norm"), tr("by value")), canvas.clipped, (by_norm, by_value), strict=True
        )
    ]
