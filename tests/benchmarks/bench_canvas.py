"""What one frame of a drag on the canvas costs: from the mouse's move to the painted arrows."""

from __future__ import annotations

import math
import statistics

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from playground.views.canvas.canvas import VectorCanvas
from playground.views.canvas.vector import Vector
from tests.benchmarks.measure import compare, judge

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
_OTHERS = 10


def _canvas() -> VectorCanvas:
    canvas = VectorCanvas()
    canvas.resize(620, 640)
    pair = (Vector("u", "A[0, :]", 2, 1), Vector("v", "B[:, 1]", -1, 2, role="v"))
    others = (Vector(f"c{k}", f"M[:, {k}]", 2.5 * math.cos(k), 2.5 * math.sin(k), role=str(k)) for k in range(_OTHERS))
    canvas.set_vectors((*pair, *others))
    canvas.set_pair("u", "v")
    canvas.show()
    return canvas


def _send(canvas: VectorCanvas, kind: QEvent.Type, point: QPointF) -> None:
    moving = kind == QEvent.Type.MouseMove
    QApplication.sendEvent(canvas, QMouseEvent(kind, point, point, _NONE if moving else _LEFT, _LEFT, _PLAIN))


def test_a_frame_of_a_drag_is_cheap() -> None:
    """Twelve arrows with names, the angle and the projection, against a bare draggable point of pyqtgraph."""
    import pyqtgraph

    app = QApplication.instance() or QApplication([])
    canvas = _canvas()
    start = QPointF(canvas.handle_position("u", "tip"))
    plot = pyqtgraph.PlotWidget()
    plot.resize(620, 640)
    plot.setXRange(-4, 4)
    plot.setYRange(-4, 4)
    target = pyqtgraph.TargetItem((2, 1))
    plot.addItem(target)
    plot.show()
    app.processEvents()
    _send(canvas, QEvent.Type.MouseButtonPress, start)
    turn = [0.0]

    def ours() -> None:
        turn[0] += 0.1
        _send(canvas, QEvent.Type.MouseMove, start + QPointF(60 * math.cos(turn[0]), 60 * math.sin(turn[0])))
        canvas.repaint()

    def yardstick() -> None:
        turn[0] += 0.1
        target.setPos(2 + math.cos(turn[0]), 1 + math.sin(turn[0]))
        plot.viewport().repaint()

    result = compare("drag frame, 12 arrows / pyqtgraph target", ours, yardstick, turns=200, warm=20)
    _send(canvas, QEvent.Type.MouseButtonRelease, start)
    canvas.close()
    plot.close()
    judge("a drag frame of the canvas, ms", statistics.median(result.ours) * 1000, 3)
    judge("the same, against a bare pyqtgraph target", result.ratio, 3)
