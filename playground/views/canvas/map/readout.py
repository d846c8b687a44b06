"""What a map does, in lines under its canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from playground.explain.geometry.eigen import direction_text
from playground.explain.text import number_text
from playground.translation import tr
from playground.views import theme
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from playground.explain.geometry.composing import Composition
    from playground.views.canvas.map.map_canvas import MapCanvas

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_RICH = Qt.TextFormat.RichText


class MapReadout(QFrame):
    """Determinant and kind, what is kept, what became of the vector to try, and why an order doesn't matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapReadout")
        self.setAccessibleName(tr("What the matrix does"))
        self._text = QLabel(self)
        self._text.setTextFormat(_RICH)
        self._text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._dress()

    def show_map(self, canvas: MapCanvas, composition: Composition | None) -> None:
        """Say what the canvas shows."""
        self._lines = _lines(canvas, composition)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Take new colours and sizes with a new theme."""
        if event.type() == _PALETTE_CHANGE:
            self._dress()
            self._write()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._text.setFont(theme.sans(13))
        self._text.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))

    def _write(self) -> None:
        soft = theme.current().soft.name()
        rows = [f'<b>{escape(head)}</b><span style="color:{soft}"> {escape(rest)}</span>' for head, rest in self._lines]
        text = "<br>".join(rows)
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleDescription(" ".join(f"{head} {rest}".strip() + "." for head, rest in self._lines))


def _lines(canvas: MapCanvas, composition: Composition | None) -> tuple[tuple[str, str], ...]:
    if not canvas.is_drawn:
        return ()
    shown = canvas.view_of_map
    reading, eigen, layers = shown.reading, shown.eigen, shown.layers
    lines = [(f"det = {number_text(reading.determinant, 5)}", "— " + reading.sentence)]
    if reading.kind:
        lines.append((reading.kind, ""))
    if composition is not None:
        lines.append((tr("both orders"), "— " + composition.sentence))
    if "eigen" in layers:
        kept = ", ".join(direction_text(vector) for vector in eigen.vectors.T)
        lines.append((tr("kept: {directions}", directions=kept) if kept else tr("kept: none"), "— " + eigen.sentence))
    if "singular" in layers:
        lengths = " · ".join(number_text(length, 4) for length in shown.ellipse.lengths)
        lines.append((f"σ = {lengths}", tr("— half the axes of the ellipse that the circle becomes")))
    if "spaces" in layers:
        lines.append(_spaces(reading.rank))
    if "probe" in layers:
        lines.append(("", canvas.hunted.sentence))
    return tuple(lines)


def _spaces(rank: int) -> tuple[str, str]:
    head = tr("rank {rank}", rank=rank)
    if rank == 2:
        return head, tr("— only the origin becomes 0, and every point is an image")
    if rank == 1:
        return head, tr("— the dotted line becomes 0, the dashed one holds all images")
    return head, tr("— everything becomes 0")
