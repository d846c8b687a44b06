"""The shape ribbon: the formula as a chain of shapes with one colour per axis, and what fits or clashes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.language.nodes import Binary
from playground.language.problems import Span
from playground.language.signature import AxisNames, Shape, Signature, shape_text
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.expression.tokens import Token, tokens_of
from playground.views.shape_caption import Run, draw_runs, runs_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from playground.language.infer import Inference
    from playground.session.analysis import Meaning

_LEFT_BUTTON = Qt.MouseButton.LeftButton
_KEY_LEFT, _KEY_RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right
_KEYS_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HEIGHT, _GAP, _LINE, _ELLIPSIS = 44, 9, 18, 22

_Column = tuple[tuple[Run, ...], tuple[Run, ...], Span | None]
"""Upper line, lower line, and the sub-expression that both stand for."""


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
        self._pinned = 0  # the verdict and the result, from this piece on, stay in sight however long the formula is
        self._offset = 0
        self._lit: int | None = None

    def show_meaning(self, name: str, meaning: Meaning | None, *, quiet: bool = False) -> None:
        """Show the shapes of ``meaning`` for the entry ``name``; ``quiet`` leaves a problem unmarked."""
        self._name, self._meaning, self._greyed = name, meaning, quiet
        self._offset, self._lit = 0, None
        self._rebuild()

    def sizeHint(self) -> QSize:
        """Two lines of text."""
        return QSize(200, theme.px(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """Colours and sizes may have changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._rebuild()
            self.updateGeometry()
        super().changeEvent(event)

    # -- what is shown -------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        normal, bold = theme.mono(13), theme.mono(13, bold=True)
        self._pieces = []
        for upper, lower, whole in self._columns():
            width = max(runs_width(upper, normal, bold), runs_width(lower, normal, bold))
            self._pieces.append(_Piece(upper, lower, whole, width))
        self.setAccessibleDescription(self._spoken())
        self.update()

    def _columns(self) -> list[_Column]:
        meaning = self._meaning
        if meaning is None or meaning.inference.tree is None:
            return []
        colours = theme.current()
        inference = meaning.inference
        clashing = set() if self._greyed else _clashing(inference)
        tree = meaning.inference.tree
        columns: list[_Column] = []
        for token in _bracketed(tokens_of(inference)):
            colour = colours.ink if token.name is not None else colours.soft
            is_root = token.whole == tree.span and token.name is None
            shape = None if is_root and meaning.problem is None else token.shape
            lower = _shape_runs(shape, token.axes, token.whole, clashing, token.axis_names) if shape is not None else ()
            columns.append((((token.text, colour, False),), lower, token.whole))
        self._pinned = len(columns)
        note = _note(meaning, quiet=self._greyed)
        if note:
            columns.append(((*note,), (), None))
        if meaning.problem is None and isinstance(inference.signature, Signature):
            columns.append(((("→", colours.soft, False),), (), None))
            axes = inference.steps[-1].axes if inference.steps else ()
            result = _shape_runs(inference.signature.shape, axes, None, set(), inference.signature.axis_names)
            columns.append((((self._name or tr("result"), colours.ink, False),), result, tree.span))
        return columns

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
        pinned, room = self._pinned, self._room()
        for index, (piece, rect) in enumerate(zip(self._pieces, self._rects(), strict=True)):
            if index == pinned and self._is_long():
                painter.setClipping(False)
                more = (("…", theme.current().soft, False),)
                _draw_runs(painter, more, QRect(room, top, theme.px(_ELLIPSIS), 2 * line))
            elif index == 0 and self._is_long():
                painter.setClipRect(0, 0, room, self.height())
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
        gap, x, rects = theme.px(_GAP), theme.px(4) - self._offset, []
        for index, piece in enumerate(self._pieces):
            if index == self._pinned and self._is_long():
                x = self._room() + theme.px(_ELLIPSIS)
            rects.append(QRect(x, 0, piece.width, self.height()))
            x += piece.width + gap
        return rects

    def _width_of(self, pieces: list[_Piece]) -> int:
        return sum(piece.width + theme.px(_GAP) for piece in pieces)

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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the piece under the pointer."""
        point = event.position().toPoint()
        hidden = range(self._pinned) if point.x() >= self._room() else range(0)
        at = next(
            (k for k, r in enumerate(self._rects()) if r.contains(point) and self._pieces[k].whole and k not in hidden),
            None,
        )
        self._light(at)

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
        rect = self._rects()[self._lit or 0]
        if (self._lit or 0) < self._pinned and (rect.right() > self._room() or rect.left() < 0):
            self._offset = min(max(0, rect.left() + self._offset - theme.px(20)), self._overflow())

    def _light(self, index: int | None) -> None:
        if index != self._lit:
            self._lit = index
            self.stepHovered.emit(None if index is None else self._pieces[index].whole)
            self.update()


def _bracketed(tokens: tuple[Token, ...]) -> list[Token]:
    """Join opening brackets to what follows a name and lone signs of punctuation to what stands before them."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        glued = last is not None and token.span.start == last.span.end and token.name is None
        if glued and last is not None and token.shape is None and not token.is_operator and last.name is None:
            joined[-1] = Token(
                last.text + token.text, Span(last.span.start, token.span.end), None, last.shape, last.axes, last.whole,
                axis_names=last.axis_names,
            )  # fmt: skip
        else:
            joined.append(token)
    return joined


def _shape_runs(
    shape: Shape,
    axes: tuple[int, ...],
    whole: Span | None,
    clashing: set[tuple[Span | None, int]],
    names: AxisNames = (),
) -> tuple[Run, ...]:
    """``(3, 2)``, or ``(B 3, d 2)``, with every size in the colour of its axis, the clashing ones red and bold."""
    colours = theme.current()
    runs: list[Run] = [("(", colours.soft, False)]
    for axis, size in enumerate(shape):
        number = axes[axis] if axis < len(axes) else None
        bad = (whole, axis) in clashing
        if names and names[axis] is not None:
            runs.append((f"{names[axis]} ", colours.soft, False))
        runs.append(("?" if size is None else str(size), colours.bad if bad else colours.axis(number), bad))
        if axis < len(shape) - 1:
            runs.append((", ", colours.soft, False))
    runs.append((",)" if len(shape) == 1 else ")", colours.soft, False))
    return tuple(runs)


def _clashing(inference: Inference) -> set[tuple[Span | None, int]]:
    return {(span, axis) for span, axis in inference.clash}


def _note(meaning: Meaning, *, quiet: bool) -> list[Run]:
    """``✓ inner 2 = 2`` after a product that fits, ``✗ 2 ≠ 4`` after what doesn't."""
    colours = theme.current()
    inference = meaning.inference
    if meaning.problem is not None:
        if quiet or meaning.problem.unfinished:
            return []
        sizes = [_size_at(inference, span, axis) for span, axis in inference.clash]
        text = tr("✗ inner {sizes}", sizes=" ≠ ".join(sizes)) if meaning.problem.kind == "inner-sizes" else ""
        if not text:
            text = f"✗ {' ≠ '.join(sizes)}" if sizes else "✗"
        return [(text, colours.bad, True)]
    root = inference.tree
    if not isinstance(root, Binary) or root.operator != "@":
        return [("✓", colours.good, True)]
    left = next((s for s in inference.steps if s.node is root.left), None)
    if left is None or not isinstance(left.signature, Signature) or not left.signature.shape:
        return [("✓", colours.good, True)]
    size, axis = left.signature.shape[-1], left.axes[-1]
    return [
        ("✓", colours.good, True),
        (tr(" inner "), colours.soft, False),
        (f"{size} = {size}", colours.axis(axis), False),
    ]


def _size_at(inference: Inference, span: Span, axis: int) -> str:
    for step in inference.steps:
        if step.span == span and isinstance(step.signature, Signature):
            return str(step.signature.shape[axis])
    return "?"


def _draw_runs(painter: QPainter, runs: tuple[Run, ...], rect: QRect) -> None:
    """Draw ``runs`` in the middle of ``rect``."""
    normal, bold = theme.mono(13), theme.mono(13, bold=True)
    metrics = QFontMetrics(normal)
    x = rect.left() + (rect.width() - runs_width(runs, normal, bold)) // 2
    draw_runs(painter, runs, x, rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2, normal, bold)
