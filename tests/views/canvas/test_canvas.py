"""Hands and keys on the canvas, with real events: what is emitted, what is shown, what is said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from playground.views.canvas.canvas import VectorCanvas
from playground.views.canvas.vector import Vector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

U = Vector("u", "A[0, :]", 2, 1)
V = Vector("v", "B[:, 1]", -1, 2, role="v")
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
Key = Qt.Key


class Log:
    """Everything that a canvas emitted, in order."""

    def __init__(self, canvas: VectorCanvas) -> None:
        self.all: list[tuple[Any, ...]] = []
        canvas.vectorMoved.connect(lambda name, value: self.all.append(("moved", name, value)))
        canvas.vectorMoveFinished.connect(lambda name: self.all.append(("finished", name)))
        canvas.vectorMoveCancelled.connect(lambda name: self.all.append(("cancelled", name)))

    @property
    def kinds(self) -> list[str]:
        return [entry[0] for entry in self.all]

    @property
    def value(self) -> tuple[float, float]:
        return next(entry[2] for entry in reversed(self.all) if entry[0] == "moved")


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[VectorCanvas]:
    widget = VectorCanvas()
    qtbot.addWidget(widget)
    widget.resize(336, 376)
    widget.set_vectors((U, V))
    widget.set_pair("u", "v")
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    widget.hide()


@pytest.fixture
def log(canvas: VectorCanvas) -> Log:
    return Log(canvas)


def send(canvas: VectorCanvas, kind: QEvent.Type, point: QPoint, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    button = NONE if kind == MOVE else LEFT
    held = NONE if kind == RELEASE else LEFT
    place = QPointF(point)
    event = QMouseEvent(kind, place, QPointF(canvas.mapToGlobal(point)), button, held, modifiers)
    QApplication.sendEvent(canvas, event)


def at(canvas: VectorCanvas, x: float, y: float) -> QPoint:
    return QPointF(*canvas.view.to_pixels((x, y))).toPoint()


def drag(canvas: VectorCanvas, name: str, x: float, y: float, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    send(canvas, PRESS, canvas.handle_position(name, "tip"), modifiers)
    send(canvas, MOVE, at(canvas, x, y), modifiers)
    send(canvas, RELEASE, at(canvas, x, y), modifiers)


def test_a_drag_emits_every_move_and_one_end(canvas: VectorCanvas, log: Log) -> None:
    send(canvas, PRESS, canvas.handle_position("u", "tip"))
    for x in (2.5, 2.7, 3.0):
        send(canvas, MOVE, at(canvas, x, 0.3))
    send(canvas, RELEASE, at(canvas, 3.0, 0.3))
    assert log.kinds == ["moved"] * 3 + ["finished"]
    assert log.value == pytest.approx((3.0, 0.3), abs=0.03)
    assert canvas.handle_position("u", "tip") == at(canvas, *log.value)


def test_a_press_without_a_move_is_no_change(canvas: VectorCanvas, log: Log) -> None:
    send(canvas, PRESS, canvas.handle_position("u", "tip") + QPoint(5, -5))
    send(canvas, RELEASE, canvas.handle_position("u", "tip") + QPoint(5, -5))
    assert log.all == []
    assert canvas.selected == "u"


def test_taking_hold_beside_the_tip_does_not_make_it_jump(canvas: VectorCanvas, log: Log) -> None:
    start = canvas.handle_position("u", "tip") + QPoint(6, 4)
    send(canvas, PRESS, start)
    send(canvas, MOVE, start + QPoint(1, 0))
    assert log.value == pytest.approx((2 + 1 / canvas.view.scale, 1), abs=0.02)
    send(canvas, RELEASE, start)


@pytest.mark.parametrize(
    ("snap", "target", "value"),
    [
        ("integer", (2.6, -1.4), (3, -1)),
        ("polar", (0.1, 2.8), (0, 3)),
        ("polar", (1.5, 1.4), (math.sqrt(2), math.sqrt(2))),
    ],
)
def test_snapping_is_what_was_chosen(
    canvas: VectorCanvas, log: Log, snap: str, target: tuple[float, float], value: tuple[float, float]
) -> None:
    canvas.findChild(QToolButton, f"snap{snap.title()}").click()
    assert canvas.snap == snap
    drag(canvas, "u", *target)
    assert log.value == pytest.approx(value, abs=1e-9)


def test_a_free_tip_holds_at_exactly_a_right_angle(canvas: VectorCanvas, log: Log) -> None:
    canvas.set_vectors((Vector("u", "A[0, :]", 1, 1), Vector("v", "B[:, 1]", -1.13, 2.04, role="v")))
    near = canvas.view.to_plane(*[c + 2 for c in canvas.view.to_pixels((2.04, 1.13))])
    drag(canvas, "u", *near)
    x, y = log.value
    assert x * -1.13 + y * 2.04 == 0
    assert "orthogonal" in canvas.accessibleDescription()


def test_integer_cells_make_the_tip_go_from_whole_number_to_whole_number(canvas: VectorCanvas, log: Log) -> None:
    canvas.set_vectors((Vector("u", "A[0, :]", 2, 1, integer=True), V))
    drag(canvas, "u", 2.7, 1.8)
    assert log.value == (3, 2)


def test_shift_keeps_the_angle(canvas: VectorCanvas, log: Log) -> None:
    drag(canvas, "u", 3.1, 2.9, SHIFT)
    assert log.value[0] == pytest.approx(2 * log.value[1])
    assert log.value[0] > 2


def test_escape_takes_a_drag_back(canvas: VectorCanvas, log: Log, qtbot: QtBot) -> None:
    send(canvas, PRESS, canvas.handle_position("u", "tip"))
    send(canvas, MOVE, at(canvas, 3, 2))
    qtbot.keyClick(canvas, Key.Key_Escape)
    send(canvas, MOVE, at(canvas, 1, 2))
    send(canvas, RELEASE, at(canvas, 1, 2))
    assert log.kinds == ["moved", "cancelled"]
    assert canvas.handle_position("u", "tip") == at(canvas, 2, 1)


def test_an_echo_of_older_values_does_not_pull_at_the_hand(canvas: VectorCanvas, log: Log) -> None:
    send(canvas, PRESS, canvas.handle_position("u", "tip"))
    send(canvas, MOVE, at(canvas, 3, 0.5))
    canvas.set_vectors((U, V))
    assert canvas.handle_position("u", "tip") == at(canvas, *log.value)
    send(canvas, RELEASE, at(canvas, 3, 0.5))


def test_a_vector_that_goes_away_lets_go_of_the_hand(canvas: VectorCanvas, log: Log) -> None:
    send(canvas, PRESS, canvas.handle_position("u", "tip"))
    canvas.set_vectors((V,))
    send(canvas, MOVE, at(canvas, 3, 2))
    send(canvas, RELEASE, at(canvas, 3, 2))
    assert log.all == []


def test_the_tail_moves_the_picture_only(canvas: VectorCanvas, log: Log) -> None:
    canvas.set_vectors((U,))
    send(canvas, PRESS, canvas.handle_position("u", "tail"))
    send(canvas, MOVE, at(canvas, 1, 1))
    send(canvas, RELEASE, at(canvas, 1, 1))
    assert log.all == []
    assert canvas.handle_position("u", "tail") == at(canvas, 1, 1)
    canvas.set_vectors((U,))
    assert (canvas.handle_position("u", "tip") - at(canvas, 3, 2)).manhattanLength() <= 2
    canvas.set_vectors((Vector("u", "A[1, :]", 2, 1),))
    assert canvas.handle_position("u", "tail") == at(canvas, 0, 0)


def test_zero_vectors_can_be_taken_hold_of(canvas: VectorCanvas, log: Log) -> None:
    canvas.set_vectors((Vector("u", "A[0, :]", 0, 0), Vector("v", "B[:, 1]", 0, 0, role="v")))
    drag(canvas, "u", 1, 1)
    name = log.all[0][1]
    assert log.value == pytest.approx((1, 1), abs=0.03)
    other = "v" if name == "u" else "u"
    drag(canvas, other, 1, -1)
    assert log.all[-1] == ("finished", other)


def test_what_cannot_be_dragged_says_why(canvas: VectorCanvas, log: Log) -> None:
    canvas.set_vectors((U, Vector("v", "C[0, :]", -1, 2, role="v", editable=False, reason="C is computed.")))
    drag(canvas, "v", 2, 2)
    assert log.all == []
    assert canvas.selected == "v"
    assert "C is computed." in canvas.accessibleDescription()


def test_arrow_keys_are_one_change_and_end_by_themselves(canvas: VectorCanvas, log: Log, qtbot: QtBot) -> None:
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.selected == "u"
    with qtbot.waitSignal(canvas.vectorMoveFinished):
        qtbot.keyClick(canvas, Key.Key_Right)
        qtbot.keyClick(canvas, Key.Key_Up)
    assert log.kinds == ["moved", "moved", "finished"]
    assert log.value == pytest.approx((2.1, 1.1))


@pytest.mark.parametrize(
    ("snap", "key", "modifier", "value"),
    [
        ("integer", Key.Key_Left, PLAIN, (1, 1)),
        ("integer", Key.Key_Up, SHIFT, (4, 2)),
        ("polar", Key.Key_Up, PLAIN, (3.236067977 * 0.894427191, 3.236067977 * 0.447213595)),
        ("free", Key.Key_Down, PLAIN, (2, 0.9)),
    ],
)
def test_each_mode_has_its_step(
    canvas: VectorCanvas, log: Log, qtbot: QtBot, snap: Any, key: Qt.Key, modifier: Qt.KeyboardModifier, value: Any
) -> None:
    canvas.snap = snap
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(canvas, key, modifier)
    assert log.value == pytest.approx(value, abs=1e-6)
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert log.kinds == ["moved", "cancelled"]
    assert canvas.handle_position("u", "tip") == at(canvas, 2, 1)


def test_keys_never_trap_a_vector_at_zero(canvas: VectorCanvas, log: Log, qtbot: QtBot) -> None:
    for snap in ("free", "integer", "polar"):
        canvas.snap = snap  # type: ignore[assignment]
        canvas.set_vectors((Vector("u", f"A[{snap}]", 0, 0),))
        canvas.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(canvas, Key.Key_Space)
        qtbot.keyClick(canvas, Key.Key_Up)
        assert log.value != (0, 0)
        qtbot.keyClick(canvas, Key.Key_Escape)


def test_tab_goes_through_the_vectors_and_on(canvas: VectorCanvas, qtbot: QtBot) -> None:
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [canvas.selected]
    qtbot.keyClick(canvas, Key.Key_Tab)
    seen.append(canvas.selected)
    qtbot.keyClick(canvas, Key.Key_Tab)
    assert seen == ["u", "v"]
    focused = QApplication.focusWidget()
    assert isinstance(focused, QToolButton)
    assert focused.accessibleName()


def test_the_wheel_keeps_the_point_under_the_pointer(canvas: VectorCanvas) -> None:
    place = QPointF(250, 100)
    before = canvas.view.to_plane(250, 100)
    event = QWheelEvent(place, place, QPoint(), QPoint(0, 240), NONE, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
    scale = canvas.view.scale
    QApplication.sendEvent(canvas, event)
    assert canvas.view.scale > scale
    assert canvas.view.to_plane(250, 100) == pytest.approx(before)


def test_an_empty_place_pans_and_a_double_click_there_fits(canvas: VectorCanvas, log: Log, qtbot: QtBot) -> None:
    fitted = canvas.view
    send(canvas, PRESS, QPoint(40, 300))
    send(canvas, MOVE, QPoint(90, 260))
    send(canvas, RELEASE, QPoint(90, 260))
    assert canvas.view != fitted
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(40, 300))
    assert canvas.view == fitted
    assert log.all == []


def test_the_view_follows_vectors_but_never_a_hand(canvas: VectorCanvas) -> None:
    view = canvas.view
    send(canvas, PRESS, canvas.handle_position("u", "tip"))
    send(canvas, MOVE, at(canvas, 30, 2))
    canvas.set_vectors((U, V))
    assert canvas.view == view
    send(canvas, RELEASE, at(canvas, 30, 2))
    assert canvas.view != view
    assert canvas.rect().contains(canvas.handle_position("u", "tip"))


@pytest.mark.parametrize(
    ("x", "y"), [(1e300, 1e-300), (-1e-300, 0), (math.nan, 1), (math.inf, 1), (0, 0), (1e18, 1), (5e-324, 0)]
)
def test_any_value_has_a_picture_and_a_sentence(canvas: VectorCanvas, x: float, y: float) -> None:
    canvas.set_vectors((Vector("u", "A[0, :]", x, y), V))
    assert not canvas.grab().isNull()
    canvas.fit()
    assert not canvas.grab().isNull()


def test_the_state_is_spoken_on_release(canvas: VectorCanvas) -> None:
    drag(canvas, "u", 1, 2)
    assert canvas.accessibleDescription().startswith("u is A[0, :], (")
    assert "acute — the projection of u on v is" in canvas.accessibleDescription()


def test_an_empty_canvas_says_what_to_do(canvas: VectorCanvas, qtbot: QtBot) -> None:
    canvas.set_vectors(())
    qtbot.waitUntil(lambda: canvas.accessibleDescription().startswith("No vectors here."))
    assert not canvas.grab().isNull()


def test_stale_arrows_are_pale(canvas: VectorCanvas) -> None:
    shaft = at(canvas, 1, 0.5)
    strong = canvas.grab().toImage().pixelColor(shaft)
    canvas.set_stale(True)
    pale = canvas.grab().toImage().pixelColor(shaft)
    assert pale.lightness() > strong.lightness()
