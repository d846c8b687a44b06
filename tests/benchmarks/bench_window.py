"""What a person waits for in the whole window, engine process included: a committed cell, and a frame of a drag.

Both end when the product's new numbers are painted. The budget is one frame of a usual screen; the yardstick is a bare
widget of the window's size that fills itself: what it costs to bring any picture of that size to the screen.
"""

from __future__ import annotations

import math
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from playground.app import build_window
from playground.views import theme
from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace
from tests.benchmarks.measure import judge, percentile, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent

    from playground.views.grid.grid import Grid

BUDGET_S = 0.016
TURNS, WARM, ROUND = 300, 20, 100
_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_PATIENCE_S = 20.0


class _Bare(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().panel)
        painter.end()


class _Bench:
    """A window with ``C = A @ B``, and the means to wait until C's new numbers are painted."""

    def __init__(self, inner: int) -> None:
        rng = np.random.default_rng(0)
        shapes = {"A": (4, inner), "B": (inner, 4)}
        entries = [
            ArrayEntry(name, Array.of(rng.integers(-9, 10, shape).astype(float))) for name, shape in shapes.items()
        ]
        self.window = build_window(Workspace((*entries, FormulaEntry("C", "A @ B"))))
        self.session = self.window.session
        self.window.show()
        self.window.activateWindow()
        self._tick = QTimer(self.window, interval=1000)  # so that waiting always ends, and patience is looked at
        self._tick.start()
        self.wait_until(lambda: self.session.snapshot.why is not None and not self.session.snapshot.computing)

    def operand(self, name: str) -> Grid:
        grids: list[Grid] = self.window.findChildren(QWidget, "operandGrid")  # type: ignore[assignment]
        return next(grid for grid in grids if grid.property("entryName") == name)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Sleep from event to event until ``condition`` holds, then paint all that waits to be painted."""
        give_up = time.perf_counter() + _PATIENCE_S
        while not condition():
            QApplication.processEvents(_WAIT)
            assert time.perf_counter() < give_up, "the result never came"
        QApplication.processEvents()

    def wait_for_product(self) -> None:
        """Until what is on the screen is A @ B as they are now."""

        def is_there() -> bool:
            state = self.session.snapshot.results["C"]
            if not state.current or state.result is None:
                return False
            arrays = self.session.snapshot.workspace.arrays
            wanted = arrays["A"].to_numpy() @ arrays["B"].to_numpy()
            return np.array_equal(state.result.value, wanted)

        self.wait_until(is_there)

    def close(self) -> None:
        self._tick.stop()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def yardstick_s() -> float:
    bare = _Bare()
    bare.resize(1280, 800)
    bare.show()
    QApplication.processEvents()
    found = percentile("a bare widget of the window's size", bare.repaint, turns=TURNS)
    bare.close()
    return found


@pytest.fixture
def bench(qapp: QApplication, request: pytest.FixtureRequest, yardstick_s: float) -> Iterator[_Bench]:
    theme.apply(qapp, "light")
    made = _Bench(request.param)
    yield made
    made.close()


def _judge(name: str, times: list[float], yardstick_s: float) -> None:
    """Print what 95% of all turns stay under; judge the calmest of the rounds, as others use this machine too."""
    rounds = [times[start : start + ROUND] for start in range(WARM, len(times), ROUND)]
    late, calm = _late(times[WARM:]), min(map(_late, rounds))
    print(
        f"\n{name}: median {statistics.median(times) * 1000:.3g} ms, 95% under {late * 1000:.3g} ms "
        f"({calm * 1000:.3g} ms in the calmest {ROUND} turns), {calm / BUDGET_S:.2f} x the budget of "
        f"{BUDGET_S * 1000:.0f} ms, {calm / yardstick_s:.1f} x the bare widget",
        flush=True,
    )
    judge(f"{name}, the calmest turns in s", calm, BUDGET_S)


def _late(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


@pytest.mark.parametrize("bench", [4], indirect=True)
def test_enter_to_the_painted_result(bench: _Bench, yardstick_s: float) -> None:
    """Enter in the editor of a cell of a 4×4 matrix, until the product shows it."""
    grid = bench.operand("A")

    def enter() -> None:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, _PLAIN, "\r"))
        bench.wait_for_product()

    times = []
    for turn in range(WARM + TURNS):
        grid.setFocus()
        grid.edit(str(turn % 90 + 10))
        QApplication.processEvents()
        editor = QApplication.focusWidget()
        assert editor is not None
        times.append(seconds(enter))
    _judge("Enter to painted product, 4×4", times, yardstick_s)


@pytest.mark.parametrize("bench", [2], indirect=True)
def test_a_frame_of_a_drag(bench: _Bench, yardstick_s: float) -> None:
    """A move of the mouse with a row of A in the hand, until operands, canvas and product show it."""
    canvas = bench.window.canvas_panel.canvas
    start = QPointF(canvas.handle_position("u", "tip"))

    def send(kind: QEvent.Type, point: QPointF) -> None:
        button = _NONE if kind == QEvent.Type.MouseMove else _LEFT
        held = _NONE if kind == QEvent.Type.MouseButtonRelease else _LEFT
        place = QPointF(canvas.mapToGlobal(point.toPoint()))
        QApplication.sendEvent(canvas, QMouseEvent(kind, point, place, button, held, _PLAIN))

    def move(turn: int) -> None:
        before = bench.session.snapshot.workspace
        send(QEvent.Type.MouseMove, start + QPointF(40 * math.cos(turn / 10), 40 * math.sin(turn / 10)))
        assert bench.session.snapshot.workspace is not before
        bench.wait_for_product()

    send(QEvent.Type.MouseButtonPress, start)
    times = [seconds(lambda turn=turn: move(turn)) for turn in range(WARM + TURNS)]
    send(QEvent.Type.MouseButtonRelease, start)
    _judge("a frame of a drag, 4×2 @ 2×4", times, yardstick_s)
