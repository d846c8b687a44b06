"""The buttons that mend a formula: in one row where their texts fit, else in two, cut only where even those don't."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from playground.language.signature import shapes_text
from playground.translation import tr
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QPaintEvent, QResizeEvent

    from playground.language.problems import Repair

_MOST_REPAIRS = 3
_LARGE = 1.3
"""The scale from which on there is room for one row only."""
_HIGH, _LOW = 30, 28
"""Height of a button in a single row, and in one of two."""
_BETWEEN, _BETWEEN_ROWS = 8, 4
_GAP, _MARGIN, _LEAST_SOURCE = 7, 10, 80


class RepairButtons(QWidget):
    """Up to three repairs, likeliest first.

    Signals
    -------
    repairChosen
        The ``Repair`` whose button was pressed.
    repairPreviewed
        The ``Repair`` that is pointed at or has the focus, None afterwards.
    """

    repairChosen = Signal(object)
    repairPreviewed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.buttons = [RepairButton(k + 1, self) for k in range(_MOST_REPAIRS)]
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            button.pointedAt.connect(self.repairPreviewed)
        self.hide()

    def show_repairs(self, repairs: Sequence[Repair], written: str) -> None:
        """Offer the first of ``repairs``; ``written`` is the text that they mend."""
        for number, button in enumerate(self.buttons):
            button.show_repair(repairs[number] if number < len(repairs) else None, written)
        self.setVisible(bool(repairs))
        self.arrange()

    def arrange(self) -> None:
        """Put the buttons into their rows."""
        shown = self._shown()
        for button in shown:
            button.lean = False
        rows = self._rows(shown)
        if any(sum(self._least(row)) > self._room(len(row)) for row in rows):
            for button in shown:  # what a formula gives is in its tip too; the formula itself isn't left out
                button.lean = True
            rows = self._rows(shown)
        line = theme.px(_HIGH if len(rows) == 1 else _LOW)
        self.setFixedHeight(max(1, len(rows)) * (line + theme.px(_BETWEEN_ROWS)) - theme.px(_BETWEEN_ROWS))
        y = 0
        for row in rows:
            widths = _shared([shown[k].sizeHint().width() for k in row], self._least(row), self._room(len(row)))
            x = 0
            for k, width in zip(row, widths, strict=True):
                shown[k].setGeometry(x, y, width, line)
                x += width + theme.px(_BETWEEN)
            y += line + theme.px(_BETWEEN_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other rows."""
        super().resizeEvent(event)
        self.arrange()

    def _shown(self) -> list[RepairButton]:
        return [button for button in self.buttons if button.repair is not None]

    def _rows(self, shown: Sequence[RepairButton]) -> list[list[int]]:
        return rows_of([button.sizeHint().width() for button in shown], self.width(), theme.px(_BETWEEN), most_rows())

    def _room(self, count: int) -> int:
        return self.width() - (count - 1) * theme.px(_BETWEEN)

    def _least(self, row: Sequence[int]) -> list[int]:
        shown = self._shown()
        return [shown[k].minimumSizeHint().width() for k in row]

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RepairButton) and button.repair is not None:
            self.repairChosen.emit(button.repair)


def most_rows() -> int:
    """Two, but one on a projector: the formula would lose too much of its place."""
    return 1 if theme.scale() > _LARGE else 2


def rows_of(widths: Sequence[int], room: int, gap: int, most: int) -> list[list[int]]:
    """Split buttons of these widths into rows, in their order: one row, or of ``most`` two what leaves least to cut."""

    def excess(row: Sequence[int]) -> int:
        return max(0, sum(widths[k] for k in row) + gap * (len(row) - 1) - room)

    every = list(range(len(widths)))
    if most == 1 or not excess(every):
        return [every] if every else []
    splits = [[every[:k], every[k:]] for k in range(len(every) - 1, 0, -1)] or [[every]]
    return min(splits, key=lambda rows: sum(map(excess, rows)))


def _shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths of the buttons of a row: what they want, or the widest cut to the width that makes all of them fit."""
    widths = list(wanted)
    while sum(widths) > room:
        loose = [k for k, width in enumerate(widths) if width > least[k]]
        if not loose:
            return [max(1, room // len(widths))] * len(widths)
        widest = max(loose, key=widths.__getitem__)
        rest = [widths[k] for k in loose if widths[k] < widths[widest]]
        floor = max([least[widest], *([max(rest)] if rest else [])])
        count = sum(widths[k] == widths[widest] for k in loose)
        cut = max(1, min(widths[widest] - floor, -(-(sum(widths) - room) // count)))
        widths = [w - cut if k in loose and w == widths[widest] else w for k, w in enumerate(widths)]
    return widths


class RepairButton(QPushButton):
    """``Alt+1  A @ B.T  → (3, 4)``: the key, the mended formula, and the shape that it gives unless it is ``lean``."""

    pointedAt = Signal(object)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._written = ""
        self.lean = False
        self.repair: Repair | None = None
        self.setObjectName(f"repairButton{number}")
        self.setAccessibleName(tr("Repair {number}", number=number))

    @property
    def source(self) -> str:
        """The mended formula, empty where there is none."""
        return "" if self.repair is None else self.repair.source

    def show_repair(self, repair: Repair | None, written: str) -> None:
        """Stand for ``repair`` of the text ``written``, or hide where there is none."""
        self.repair, self._written = repair, written
        self.setVisible(repair is not None)
        if repair is not None:
            self.setAccessibleName(_spoken(repair, self._number))
            self.setToolTip(f"{repair.reason}\n{repair.source} {_gives(repair)}")
            self.update()

    def text(self) -> str:
        """What the button reads, which it paints itself."""
        return " ".join(self._texts()).strip()

    def _texts(self) -> tuple[str, str, str]:
        """The key, the mended formula, the shape."""
        if self.repair is None:
            return "", "", ""
        return f"Alt+{self._number}", self.repair.source, "" if self.lean else _gives(self.repair)

    def sizeHint(self) -> QSize:
        """Room for the three texts."""
        key, source, shape = self._texts()
        # One pixel more than the advance, which is rounded: else the text would be cut.
        source_width = QFontMetrics(_font(small=False)).horizontalAdvance(source) + 1
        return QSize(source_width + _width_without_source(key, shape), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Where room is short the formula is cut; a short one isn't."""
        key, source, shape = self._texts()
        source_width = QFontMetrics(_font(small=False)).horizontalAdvance(source) + 1
        return QSize(_width_without_source(key, shape) + min(source_width, theme.px(_LEAST_SOURCE)), theme.px(_LOW))

    def shown_source(self) -> str:
        """The mended formula as it is painted; where it doesn't fit, the part that was mended stays in sight."""
        key, source, shape = self._texts()
        metrics = QFontMetrics(_font(small=False))
        room, wanted = self.width() - _width_without_source(key, shape), metrics.horizontalAdvance(source)
        return source if wanted <= room else around_change(source, self._written, len(source) * room // wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as every button's, and the three texts in their own weights."""
        super().paintEvent(event)
        colours = theme.current()
        key, _, shape = self._texts()
        painter = QPainter(self)
        x = theme.px(_MARGIN)
        for text, small in ((key, True), (self.shown_source(), False), (shape, True)):
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


def around_change(source: str, written: str, letters: int) -> str:
    """Cut ``source`` to that many ``letters``, where it is longer, around the place where it differs from ``written``.

    >>> around_change("exp(x - max(x, axis=-1)[:, None])", "exp(x - max(x, axis=-1))", 20)
    '… axis=-1)[:, None])'
    """
    if len(source) <= letters:
        return source
    same = _in_common(source, written)
    behind = min(_in_common(source[::-1], written[::-1]), len(source) - same)
    middle = (same + len(source) - behind) // 2
    start = min(max(0, middle - letters // 2), len(source) - letters)
    shown = source[start : start + letters]
    shown = shown if start == 0 else f"…{shown[1:]}"
    return shown if start + letters == len(source) else f"{shown[:-1]}…"


def _in_common(one: str, other: str) -> int:
    """Count the letters that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _spoken(repair: Repair, number: int) -> str:
    """What a screen reader says: the formula, and what it gives or that another mistake remains."""
    if repair.leaves_mistake:
        return tr("Repair {number}: {source}, {reason}", number=number, source=repair.source, reason=repair.reason)
    shape = shapes_text(repair.shape)
    return tr("Repair {number}: {source} gives {shape}", number=number, source=repair.source, shape=shape)


def _gives(repair: Repair) -> str:
    """The shape of the mended formula, which gives nothing yet where another mistake remains."""
    return f"→ {'…' if repair.leaves_mistake else shapes_text(repair.shape)}"


def _width_without_source(key: str, shape: str) -> int:
    small = QFontMetrics(_font(small=True))
    gaps = theme.px(_GAP) * (2 if shape else 1)
    return small.horizontalAdvance(key) + small.horizontalAdvance(shape) + gaps + 2 * theme.px(_MARGIN)


def _font(*, small: bool) -> QFont:
    return theme.mono(12 if small else 13)
