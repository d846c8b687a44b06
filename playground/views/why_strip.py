"""The why strip: the chosen cell of the result as the terms that add up to it, with their signed bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from playground.session.shape_only import would_be
from playground.translation import tr
from playground.views import theme
from playground.views.shape_caption import Run, runs_width

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from playground.explain.why import Term, Why
    from playground.session.snapshot import Snapshot

_HEIGHT, _MOST_BARS, _APART = 58, 12, 14
_BARS_WIDTH, _LEAST_BARS_WIDTH = 190, 110


class WhyStrip(QFrame):
    """Keeps its height; says what to do where no cell is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyStrip")
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Why this number"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._why: Why | None = None
        self._hint = ""
        self._stale = False

    def show_why(self, why: Why | None, hint: str, *, stale: bool = False) -> None:
        """Show ``why``, or ``hint`` where there is none; ``stale`` greys what belongs to the last good result."""
        if why is self._why and hint == self._hint and stale == self._stale:
            return
        self._why, self._hint, self._stale = why, hint, stale
        self.setAccessibleDescription(spoken(why) if why is not None else hint)
        self.setToolTip(spoken(why) if why is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """One line with bars beside it."""
        return QSize(200, theme.px(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sum on the left, the bars in the middle, where it came from on the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        room = self.rect().adjusted(theme.px(14), 0, -theme.px(14), 0)
        if self._why is None:
            painter.setFont(theme.sans(13))
            painter.setPen(colours.soft)
            # There is room for two lines, and words are lost at the end of each.
            hint = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, room.width() * 9 // 5)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), hint)
            painter.end()
            return
        if self._stale:
            painter.setOpacity(0.45)
        why = self._why
        runs = runs_of(why)
        wanted = runs_width(runs, theme.mono(13), theme.mono(13, bold=True)) + theme.px(_APART)
        source_width = self._draw_source(painter, room, why.sentence, max(room.width() // 4, room.width() - wanted))
        bars = [term.value for term in why.terms if isinstance(term.value, (int, float))]
        has_bars = 2 <= len(bars) <= _MOST_BARS and len(bars) == len(why.terms) and why.joiner.strip() == "+"
        free = room.width() - source_width - theme.px(_APART)
        bars_width = min(theme.px(_BARS_WIDTH), free - wanted) if has_bars else 0
        bars_width = bars_width if bars_width >= theme.px(_LEAST_BARS_WIDTH) else 0
        _draw_elided(painter, QRect(room.left(), room.top(), free - bars_width, room.height()), runs)
        if bars_width:
            x = max(room.left() + wanted, room.left() + (room.width() - bars_width) // 2 - theme.px(20))
            x = min(x, room.left() + free - bars_width)
            self._draw_bars(painter, QRect(x, room.top(), bars_width, room.height()), [float(b) for b in bars])
        painter.end()

    def _draw_source(self, painter: QPainter, room: QRect, text: str, most: int) -> int:
        """Draw where the numbers came from in at most ``most`` pixels; return how many it took."""
        painter.setFont(theme.mono(12))
        width = min(painter.fontMetrics().horizontalAdvance(text) + 1, most, room.width() // 2)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.setPen(theme.current().soft)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, elided)
        return width

    def _draw_bars(self, painter: QPainter, room: QRect, values: list[float]) -> None:
        colours = theme.current()
        finite = [abs(v) for v in values if abs(v) < float("inf")]
        top = max(finite, default=0.0) or 1.0
        middle = room.center().x()
        half = room.width() // 2 - theme.px(38)
        step = min(theme.px(16), (room.height() - theme.px(10)) // len(values))
        y = room.center().y() - step * len(values) // 2
        painter.setFont(theme.mono(12))
        opacity = painter.opacity()
        for value in values:
            length = round(half * min(1.0, abs(value) / top)) if value == value else 0
            colour = colours.negative if value < 0 else colours.positive
            bar = (
                QRect(middle - length, y + 1, length, step - 3) if value < 0 else QRect(middle, y + 1, length, step - 3)
            )
            painter.setOpacity(opacity * 0.8)
            painter.fillRect(bar, colour)
            painter.setOpacity(opacity)
            if step >= theme.px(12):
                self._draw_bar_text(painter, bar, value)
            y += step
        painter.setPen(colours.faint)
        painter.drawLine(middle, room.center().y() - step * len(values) // 2 - 2, middle, y + 1)

    def _draw_bar_text(self, painter: QPainter, bar: QRect, value: float) -> None:
        text = f"{'−' if value < 0 else '+'}{abs(value):.4g}"
        painter.setPen(theme.current().soft)
        width = painter.fontMetrics().horizontalAdvance(text)
        x = bar.left() - width - theme.px(5) if value < 0 else bar.right() + theme.px(6)
        painter.drawText(QRect(x, bar.top() - 4, width + 4, bar.height() + 8), Qt.AlignmentFlag.AlignVCenter, text)


def runs_of(why: Why) -> list[Run]:
    """The sum as coloured pieces: left factors in u's colour, right ones in v's."""
    colours = theme.current()
    runs: list[Run] = [(f"{why.result} = ", colours.ink, False)]
    if why.terms:
        runs.append((why.before, colours.ink, False))
        for index, term in enumerate(why.terms):
            if index:
                runs.append((why.joiner, colours.ink, False))
            runs += _term_runs(term)
        if why.more:
            runs.append((tr("{joiner}… {count} more", joiner=why.joiner, count=why.more), colours.soft, False))
        runs.append((f"{why.after} = ", colours.ink, False))
    runs.append((why.value_text, colours.ink, True))
    return runs


def _term_runs(term: Term) -> list[Run]:
    colours = theme.current()
    if not term.operator:
        return [(term.text, colours.vector_u, False)]
    return [
        (term.left_text, colours.vector_u, False),
        (term.operator, colours.soft, False),
        (term.right_text, colours.vector_v, False),
    ]


def spoken(why: Why) -> str:
    """The same in one sentence."""
    return f"{''.join(run[0] for run in runs_of(why))}. {why.sentence}"


def _draw_elided(painter: QPainter, room: QRect, runs: list[Run]) -> None:
    """Draw the pieces; where they don't all fit, leave out the middle and keep the result."""
    normal, bold = theme.mono(13), theme.mono(13, bold=True)

    def width_of(run: Run) -> int:
        return QFontMetrics(bold if run[2] else normal).horizontalAdvance(run[0])

    fitting = list(runs)
    if sum(map(width_of, runs)) > room.width():
        tail: list[Run] = [(" … = ", theme.current().soft, False), runs[-1]]
        fitting = []
        budget = room.width() - sum(map(width_of, tail))
        for run in runs[:-1]:
            budget -= width_of(run)
            if budget < 0:
                break
            fitting.append(run)
        fitting += tail
    x = room.left()
    for text, colour, is_bold in fitting:
        painter.setFont(bold if is_bold else normal)
        painter.setPen(colour)
        metrics = painter.fontMetrics()
        painter.drawText(x, room.top() + (room.height() + metrics.ascent() - metrics.descent()) // 2, text)
        x += metrics.horizontalAdvance(text)


def why_of(snapshot: Snapshot) -> tuple[Why | None, str, bool]:
    """What the strip shows: the reason of the chosen cell, or what to do to see one."""
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    shape_only = would_be(snapshot, snapshot.shown or "")
    if shape_only:
        return None, shape_only, False
    if meaning is None:
        return None, tr("Choose a formula in the list to see why its numbers are what they are."), False
    stale = meaning.problem is not None
    state = snapshot.results.get(snapshot.shown or "")
    if snapshot.why is None and (state is None or state.result is None):
        return None, tr("A chosen cell of the result is explained here."), False
    return snapshot.why, tr("Choose a cell of the result to see what it is made of."), stale
