"""What 100,000 points cost: a frame of panning over them, and a frame of a drag of one with all statistics."""

from __future__ import annotations

import statistics

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from playground.session.clouds import PointSet
from playground.views.canvas.points.points_canvas import PointsCanvas
from tests.benchmarks.measure import judge, seconds

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
_LAYERS = frozenset(("mean", "ellipse", "axes", "line", "residuals"))


def _canvas(count: int) -> PointsCanvas:
    spread = np.random.default_rng(5).normal(size=(count, 2))
    points = np.ascontiguousarray(spread @ np.array([[2.0, 1.0], [0.0, 0.7]]))
    points[0] = 9.0, 6.0  # alone, so that the hand takes this one
    canvas = PointsCanvas()
    canvas.resize(620, 640)
    canvas.set_points(PointSet("P", None, points))
    canvas.set_layers(_LAYERS)
    canvas.show()
    return canvas


def _send(canvas: PointsCanvas, kind: QEvent.Type, point: QPointF) -> None:
    moving = kind == QEvent.Type.MouseMove
    QApplication.sendEvent(canvas, QMouseEvent(kind, point, point, _NONE if moving else _LEFT, _LEFT, _PLAIN))


def _frame(canvas: PointsCanvas, start: QPointF, *, turns: int = 100) -> float:
    """Median seconds from the mouse's move to the painted points."""
    _send(canvas, QEvent.Type.MouseButtonPress, start)
    times = []
    for turn in range(turns):
        goal = start + QPointF(20 + turn % 30, 10 + turn % 20)

        def one(goal: QPointF = goal) -> None:
            _send(canvas, QEvent.Type.MouseMove, goal)
            canvas.repaint()

        times.append(seconds(one))
    _send(canvas, QEvent.Type.MouseButtonRelease, start)
    return statistics.median(times[10:]) * 1000


def test_many_points_pan_and_are_dragged_at_sixty_frames_a_second() -> None:
    app = QApplication.instance() or QApplication([])
    canvas = _canvas(100_000)
    app.processEvents()
    judge("a frame of panning 100,000 points, ms", _frame(canvas, QPointF(5, 5)), 1000 / 60)
    judge("a frame of dragging one of them, ms", _frame(canvas, QPointF(canvas.handle_position("0"))), 1000 / 60)
    canvas.close()


def test_a_drag_frame_of_a_few_points_is_cheap() -> None:
    app = QApplication.instance() or QApplication([])
    canvas = _canvas(200)
    app.processEvents()
    judge("a frame of dragging one of 200 points, ms", _frame(canvas, QPointF(canvas.handle_position("0"))), 3)
    canvas.close()
