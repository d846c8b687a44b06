"""What the points say together, in lines under their canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from playground.explain.text import number_text, vector_text
from playground.translation import tr
from playground.views import theme
from playground.views.canvas.points.picture import FEW
from playground.views.rich_text import escape

if TYPE_CHECKING:
    from playground.views.canvas.points.points_canvas import PointsCanvas

_PALETTE_CHANGE = QEvent.Type.PaletteChange
_RICH = Qt.TextFormat.RichText


class PointsReadout(QFrame):
    """The mean, the spread along the axes, and the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pointsReadout")
        self.setAccessibleName(tr("What the points say together"))
        self._text = QLabel(self)
        self._text.setTextFormat(_RICH)
        self._text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._dress()

    def show_points(self, canvas: PointsCanvas) -> None:
        """Say what the canvas shows."""
        self._lines = _lines(canvas)
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
        rows = [f'<b>{escape(head)}</b> <span style="color:{soft}">{escape(rest)}</span>' for head, rest in self._lines]
        text = "<br>".join(rows)
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleDescription(" ".join(f"{head} {rest}".strip() for head, rest in self._lines))


def _lines(canvas: PointsCanvas) -> tuple[tuple[str, str], ...]:
    if canvas.shown is None:
        return ()
    reading, layers = canvas.reading, canvas.layers
    cloud, line = reading.cloud, reading.line
    if cloud is None:
        return (("", reading.sentence),)
    lines = [(tr("mean {mean}", mean=vector_text(cloud.mean)), f"— {reading.sentence}")]
    if layers & {"ellipse", "axes"} and cloud.count > 1:
        sizes = " · ".join(number_text(deviation, 4) for deviation in cloud.deviations)
        told = tr("— standard deviations along the axes; the ellipse reaches twice as far")
        lines.append((f"σ = {sizes}", told if "ellipse" in layers else tr("— standard deviations along the axes")))
    if layers & {"line", "residuals"}:
        lines.append(("", tr("One point has no line.") if line is None else line.sentence))
    if "residuals" in layers and cloud.count > FEW:
        lines.append(("", tr("Residuals are drawn for up to {count} points.", count=FEW)))
    return tuple(lines)
