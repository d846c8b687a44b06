"""The figures of the chosen pair under the canvas, and its state in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.explain.geometry.pair import consequence, state_text
from playground.explain.text import factor_text, number_text
from playground.translation import tr
from playground.views import theme
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from playground.explain.geometry.pair import PairGeometry

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_RICH = Qt.TextFormat.RichText
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_IGNORED, _FIXED = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
_FIGURES = ("dot", "angle", "length_u", "length_v", "walk_u", "cosine")
_BOLD = ("dot", "angle")
_DIGITS = 4
_MAX_TERMS = 8
_NONE = "–"
_IN_VECTOR = re.compile(r", (?=[^(]*\))")


class CanvasReadout(QFrame):
    """Dot product, angle, lengths and cosine of two vectors, then one line that says what that means.

    Each figure keeps its place whatever its width; the line keeps room for two rows.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasReadout")
        self.setAccessibleName(tr("Readout of the two vectors"))
        self._pair: PairGeometry | None = None
        self._names = ("u", "v")
        self._captions = {key: QLabel(self) for key in _FIGURES}
        self._values = {key: QLabel(self) for key in _FIGURES}
        self._state = QLabel(self)
        self._state.setTextFormat(_RICH)
        self._state.setWordWrap(True)
        self._state.setAlignment(_TOP_LEFT)
        self._state.setAccessibleName(tr("State of the two vectors"))
        self._figures = QGridLayout()
        for place, key in enumerate(_FIGURES):
            row, column = divmod(place, 2)
            self._figures.addWidget(self._captions[key], row, 2 * column)
            self._figures.addWidget(self._values[key], row, 2 * column + 1)
            self._values[key].setSizePolicy(_IGNORED, _FIXED)
            self._values[key].setObjectName(f"readout_{key}")
        self._figures.setColumnStretch(1, 1)
        self._figures.setColumnStretch(3, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(_rule(self))
        stack.addLayout(self._figures)
        stack.addWidget(_rule(self))
        stack.addWidget(self._state)
        self._dress()

    def set_pair(self, pair: PairGeometry | None, names: tuple[str, str] = ("u", "v")) -> None:
        """Show the figures of ``pair``, whose vectors are called ``names``; None where there is no pair."""
        named = names if pair is not None else ("u", "v")
        if (pair, named) != (self._pair, self._names):
            self._pair, self._names = pair, named
            self._write()

    def _write(self) -> None:
        pair = self._pair
        texts = _figure_texts(pair)
        for key, caption in _caption_texts(*self._names).items():
            if self._values[key].text() != texts[key] or self._captions[key].text() != caption:
                self._captions[key].setText(caption)
                self._values[key].setText(texts[key])
                self._values[key].setAccessibleName(f"{caption} = {texts[key]}")
        tips = {} if pair is None else _tips(pair, self._names)
        for key, value in self._values.items():
            value.setToolTip(tips.get(key, ""))
            value.setAccessibleDescription(tips.get(key, ""))
        self._write_state()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        soft = theme.current().soft.name()
        for key in _FIGURES:
            self._captions[key].setFont(theme.mono(13))
            self._captions[key].setProperty("kind", "soft")
            self._values[key].setFont(theme.mono(13, bold=key in _BOLD))
        self._state.setFont(theme.sans(13))
        self._figures.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        self._figures.setHorizontalSpacing(theme.px(10))
        self._figures.setVerticalSpacing(theme.px(5))
        self._state.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        self._state.setFixedHeight(2 * QFontMetrics(theme.sans(13, bold=True)).lineSpacing() + theme.px(26))
        self._soft = soft
        self._write()

    def _write_state(self) -> None:
        if self._pair is None:
            plain = tr("Choose two vectors to compare them.")
            text = f'<span style="color:{self._soft}">{escape(plain)}</span>'
        else:
            head, rest = state_text(self._pair.state), consequence(self._pair, *self._names)
            plain = f"{head} — {rest}"
            text = f'<b>{escape(head)}</b><span style="color:{self._soft}"> — {escape(_unbroken(rest))}</span>'
        if self._state.text() != text:
            self._state.setText(text)
            self._state.setToolTip("" if self._pair is None else f"{plain}\n{_tolerance_text(self._pair)}")
            self.setAccessibleDescription(plain)


def _unbroken(text: str) -> str:
    """Keep the coordinates of a vector on one line."""
    return _IN_VECTOR.sub(",\N{NO-BREAK SPACE}", text)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setProperty("kind", "rule")
    return line


def _caption_texts(u: str, v: str) -> dict[str, str]:
    return {
        "dot": f"{u} · {v}",
        "angle": "θ",
        "length_u": f"‖{u}‖₂",
        "length_v": f"‖{v}‖₂",
        "walk_u": f"‖{u}‖₁",
        "cosine": "cos θ",
    }


def _figure_texts(pair: PairGeometry | None) -> dict[str, str]:
    if pair is None:
        return dict.fromkeys(_FIGURES, _NONE)
    return {
        "dot": number_text(pair.dot, 6),
        "angle": _NONE if pair.degrees is None else f"{number_text(pair.degrees, _DIGITS)}°",
        "length_u": number_text(pair.norms_u.l2, _DIGITS),
        "length_v": number_text(pair.norms_v.l2, _DIGITS),
        "walk_u": number_text(pair.norms_u.l1, _DIGITS),
        "cosine": _NONE if pair.cos is None else number_text(pair.cos, _DIGITS),
    }


def _tips(pair: PairGeometry, names: tuple[str, str]) -> dict[str, str]:
    """Say what stands behind the figures: the sum of the dot product, the angle in both units, the other lengths."""
    u, v = names
    listed = list(zip(pair.u, pair.v, strict=True))[:_MAX_TERMS]
    total = " + ".join(f"{factor_text(x)}·{factor_text(y)}" for x, y in listed)
    more = " + …" if len(pair.u) > len(listed) else ""
    tips = {
        "dot": f"{u} · {v} = {total}{more} = {number_text(pair.dot, 6)}",
        "length_u": _lengths(u, pair.norms_u.l1, pair.norms_u.l2, pair.norms_u.linf),
        "length_v": _lengths(v, pair.norms_v.l1, pair.norms_v.l2, pair.norms_v.linf),
    }
    if pair.degrees is not None and pair.radians is not None and pair.cos is not None:
        tips["angle"] = tr(
            "{degrees}° = {radians} rad", degrees=number_text(pair.degrees, 12), radians=number_text(pair.radians, 12)
        )
        tips["cosine"] = f"cos θ = ({u} · {v}) / (‖{u}‖₂ ‖{v}‖₂) = {number_text(pair.cos, 12)}"
    return tips


def _lengths(name: str, l1: float, l2: float, linf: float) -> str:
    return f"‖{name}‖₁ = {number_text(l1)}   ‖{name}‖₂ = {number_text(l2)}   ‖{name}‖∞ = {number_text(linf)}"


def _tolerance_text(pair: PairGeometry) -> str:
    return tr(
        "An angle within {tolerance} rad of 0°, 90° or 180° counts as exactly that.",
        tolerance=number_text(pair.tolerance),
    )
