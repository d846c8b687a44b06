"""The shape ribbon: the formula as a chain of shapes with one colour per axis, and what fits or clashes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.expression.ribbon_columns import FULLNESSES, Fullness, columns_of
from playground.views.shape_caption import Run, draw_runs, runs_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from playground.language.problems import Span
    from playground.session.analysis import Meaning

_LEFT_BUTTON = Qt.MouseButton.LeftButton
_KEY_LEFT, _KEY_RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right
_KEYS_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HEIGHT, _LINE, _ELLIPSIS = 44, 18, 22


class _Piece(Record):
    """One column of the ribbon: a text over a shape, and the sub-expression that it stands for."""

    upper: tuple[Run, ...]
    lower: tuple[Run, ...]
    whole: Span | None
    width: int


class ShapeRibbon(QWidget):
    """Shows a meaning. Pointing at a piece, or moving to it by the arrow keys, tells its place in the text.

    Signals
    -------
    stepHovered
        Place of the sub-expression that is pointed at, None when the pointer leaves.
    stepChosen
        Place of the sub-expression that was clicked or entered: its intermediate result is wanted.
    """

    stepHovered = Signal(object)
    stepChosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shapeRibbon")
        self.setAccessibleName(tr("Shapes"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._meaning: Meaning | None = None
        self._name = ""
        self._greyed = False
        self._pieces: list[_Piece] = []
        self._gap = theme.px(FULLNESSES[0].gap)
        self._pinned = 0  # the verdict and the result, from this piece on, stay in sight however long the formula is
        self._offset = 0
        self._lit: int | None = None

    def show_meaning(
        self, name: str, meaning: Meaning | None, *, quiet: bool = False, typing_at_end: bool = False
    ) -> None:
        """Show the shapes of ``meaning`` for the entry ``name``; ``quiet`` leaves a problem unmarked.

        Of a formula that is too long what clashes is in sight, else its end while somebody types there.
        """
        self._name, self._meaning, self._greyed = name, meaning, quiet
        self._offset, self._lit = 0, None
        self._rebuild()
        self._reveal(self._clashing() or ([self._pinned - 1] if typing_at_end and self._pinned else []))

    def sizeHint(self) -> QSize:
        """Two lines of text."""
        return QSize(200, theme.px(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """Colours and sizes may have changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._rebuild()
            self.updateGeometry()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room: more or less can be said."""
        if event.size().width() != event.oldSize().width():
            self._fit()
        super().resizeEvent(event)

    # -- what is shown -------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        self._fit()
        self.setAccessibleDescription(self._spoken())
        self.update()

    def _fit(self) -> None:
        """Say as much as there is room for; where even the least is too long, it scrolls."""
        widths: dict[tuple[str, bool], int] = {}
        self._say(FULLNESSES[0], widths)
        if self._is_long():
            self._say(FULLNESSES[-1], widths)
            if not self._is_long():
                self._say_most(widths)
        self._offset = min(self._offset, self._overflow())

    def _say_most(self, widths: dict[tuple[str, bool], int]) -> None:
        """Say the most that fits, where the least does."""
        for fullness in FULLNESSES[1:]:
            self._say(fullness, widths)
            if not self._is_long():
                return

    def _say(self, fullness: Fullness, widths: dict[tuple[str, bool], int]) -> None:
        """Make the pieces; ``widths`` keeps how wide each text is."""
        metrics = QFontMetrics(theme.mono(13)), QFontMetrics(theme.mono(13, bold=True))

        def width_of(runs: tuple[Run, ...]) -> int:
            whole = 0
            for text, _, bold in runs:
                if (text, bold) not in widths:
                    widths[text, bold] = metrics[bold].horizontalAdvance(text)
                whole += widths[text, bold]
            return whole

        self._gap = theme.px(fullness.gap)
        columns, self._pinned = columns_of(self._name, self._meaning, quiet=self._greyed, fullness=fullness)
        self._pieces = [
            _Piece(upper, lower, whole, max(width_of(upper), width_of(lower))) for upper, lower, whole in columns
        ]

    def _spoken(self) -> str:
        meaning = self._meaning
        if meaning is None:
            return ""
        if meaning.problem is not None:
            return "" if meaning.problem.unfinished else meaning.problem.message
        parts = [
            tr(
                "{source} is {shape}",
                source=step.source,
                shape=shape_text(step.signature.shape, step.signature.axis_names),
            )
            for step in meaning.inference.steps
            if isinstance(step.signature, Signature)
        ]
        return ", ".join(parts)

    # -- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pieces from left to right, the upper line over the lower one, each centred in its column."""
        painter = QPainter(self)
        line = theme.px(_LINE)
        top = (self.height() - 2 * line) // 2
        if self._is_long():
            more = (("…", theme.current().soft, False),)
            _draw_runs(painter, more, QRect(self._room(), top, theme.px(_ELLIPSIS), 2 * line))
        rects = self._rects()
        for index in self._whole_pieces():
            piece, rect = self._pieces[index], rects[index]
            if index == self._lit:
                self._draw_light(painter, rect)
            lines = [(piece.upper, top), (piece.lower, top + line)] if piece.lower else [(piece.upper, top + line // 2)]
            for runs, y in lines:
                _draw_runs(painter, runs, QRect(rect.left(), y, rect.width(), line))
        painter.end()

    def _draw_light(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().accent_soft)
        painter.drawRoundedRect(rect.adjusted(-4, 1, 4, -1), 5, 5)

    def _rects(self) -> list[QRect]:
        gap, x, rects = self._gap, theme.px(4) - self._offset, []
        for index, piece in enumerate(self._pieces):
            if index == self._pinned and self._is_long():
                x = self._room() + theme.px(_ELLIPSIS)
            rects.append(QRect(x, 0, piece.width, self.height()))
            x += piece.width + gap
        return rects

    def _whole_pieces(self) -> list[int]:
        """The pieces that are in sight as a whole: none is cut, so that no half of a number is read as one."""
        if not self._is_long():
            return list(range(len(self._pieces)))
        room = self._room()
        fits = [k for k, r in enumerate(self._rects()[: self._pinned]) if r.left() >= 0 and r.right() < room]
        return [*fits, *range(self._pinned, len(self._pieces))]

    def _width_of(self, pieces: list[_Piece]) -> int:
        return sum(piece.width + self._gap for piece in pieces)

    def _is_long(self) -> bool:
        return theme.px(8) + self._width_of(self._pieces) > self.width()

    def _room(self) -> int:
        """Pixels for the pieces that may scroll."""
        if not self._is_long():
            return self.width()
        return max(0, self.width() - self._width_of(self._pieces[self._pinned :]) - theme.px(_ELLIPSIS))

    def _overflow(self) -> int:
        return max(0, theme.px(4) + self._width_of(self._pieces[: self._pinned]) - self._room())

    # -- hands ---------------------------------------------------------------------------------------------------

    def piece_position(self, text: str) -> QPoint:
        """Middle of the first piece that reads ``text``; for tests and assistive tools."""
        for piece, rect in zip(self._pieces, self._rects(), strict=True):
            if "".join(run[0] for run in piece.upper) == text:
                return rect.center()
        raise LookupError(text)

    def span_at(self, place: int) -> Span | None:
        """Light the innermost sub-expression at ``place`` of the text, and tell where it stands; None where none is."""
        around = [
            k for k, piece in enumerate(self._pieces[: self._pinned])
            if piece.whole is not None and piece.whole.start <= place <= piece.whole.end
        ]  # fmt: skip
        spans = {k: piece.whole.end - piece.whole.start for k in around if (piece := self._pieces[k]).whole is not None}
        self._lit = min(spans, key=spans.__getitem__, default=None)
        self._reveal(self._clashing() or ([] if self._lit is None else [self._lit]))
        self.update()
        return None if self._lit is None else self._pieces[self._lit].whole

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the piece under the pointer."""
        point = event.position().toPoint()
        rects = self._rects()
        self._light(next((k for k in self._whole_pieces() if rects[k].contains(point) and self._pieces[k].whole), None))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self._light(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click asks for the intermediate result."""
        if event.button() == _LEFT_BUTTON and self._lit is not None:
            self.stepChosen.emit(self._pieces[self._lit].whole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A long ribbon moves sideways."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        self._offset = min(max(0, self._offset - delta // 2), self._overflow())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move from piece to piece; Enter asks for the intermediate result."""
        if event.key() in (_KEY_LEFT, _KEY_RIGHT):
            self._move(-1 if event.key() == _KEY_LEFT else 1)
        elif event.key() in _KEYS_CHOOSE and self._lit is not None:
            self.stepChosen.emit(self._pieces[self._lit].whole)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._light(None)
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def _move(self, step: int) -> None:
        places = [k for k, piece in enumerate(self._pieces) if piece.whole is not None]
        if not places:
            return
        at = places.index(self._lit) + step if self._lit in places else (0 if step > 0 else len(places) - 1)
        self._light(places[min(max(0, at), len(places) - 1)])
        self._reveal([self._lit or 0])

    def _clashing(self) -> list[int]:
        """The pieces whose sizes clash, where that is marked."""
        if self._meaning is None or self._greyed:
            return []
        spans = {span for span, _ in self._meaning.inference.clash}
        return [k for k, piece in enumerate(self._pieces[: self._pinned]) if piece.whole in spans]

    def _reveal(self, pieces: list[int]) -> None:
        """Scroll until these pieces are in sight, from the first on as many as there is room for."""
        rects = [self._rects()[k] for k in pieces if k < self._pinned]
        if rects and (rects[-1].right() >= self._room() or rects[0].left() < 0):
            self._offset = min(max(0, rects[0].left() + self._offset - theme.px(20)), self._overflow())

    def _light(self, index: int | None) -> None:
        if index != self._lit:
            self._lit = index
            self.stepHovered.emit(None if index is None else self._pieces[index].whole)
            self.update()


def _draw_runs(painter: QPainter, runs: tuple[Run, ...], rect: QRect) -> None:
    """Draw ``runs`` in the middle of ``rect``."""
    normal, bold = theme.mono(13), theme.mono(13, bold=True)
    metrics = QFontMetrics(normal)
    x = rect.left() + (rect.width() - runs_width(runs, normal, bold)) // 2
    draw_runs(painter, runs, x, rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2, normal, bold)
