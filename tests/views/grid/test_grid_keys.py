"""Real key events into a shown grid, whose owner writes what it wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from playground.views.grid.selection import Selection

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.views.grid.conftest import Bench

K = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
A = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]])
Make = "Callable[..., Bench]"


def open_editor(bench: Bench) -> QLineEdit | None:
    """The field that is typed into, None while there is none."""
    editor = bench.grid.findChild(QLineEdit)
    return editor if editor is not None and editor.isVisible() else None


def press(bench: Bench, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(open_editor(bench) or bench.grid, key, modifiers)


def write(bench: Bench, text: str) -> None:
    """Type any characters: QTest knows Latin ones only."""
    for character in text:
        target = open_editor(bench) or bench.grid
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, K.Key_unknown, NONE, character))


def note(bench: Bench) -> str:
    label = bench.grid.window().findChild(QLabel, "cellNote")
    return label.text() if label is not None else ""


def test_type_enter_replaces_and_moves_down(bench: Make) -> None:
    b = bench(A)
    write(b, "-7.5")
    press(b, K.Key_Return)
    assert b.array[0, 0] == -7.5
    assert b.active == (1, 0)
    assert b.grid.hasFocus()
    assert [edit.values.shape for edit in b.edits] == [(1, 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/3", 1 / 3), ("sqrt(2)", 2**0.5), ("1e-3", 1e-3), ("nan", np.nan), ("-inf", -np.inf), ("−4", -4), ("0,5", 0.5)],
)
def test_cells_take_what_a_person_writes(bench: Make, text: str, value: float) -> None:
    b = bench(A)
    write(b, text)
    press(b, K.Key_Return)
    np.testing.assert_array_equal(b.array[0, 0], value)


def test_tab_and_enter_like_in_a_spreadsheet(bench: Make) -> None:
    b = bench(np.zeros((3, 3)))
    for number in "12":
        write(b, number)
        press(b, K.Key_Tab)
    write(b, "3")
    press(b, K.Key_Return)
    assert b.array[0].tolist() == [1, 2, 3]
    assert b.active == (1, 0)
    press(b, K.Key_Return, SHIFT)
    assert b.active == (0, 0)


def test_tab_leaves_after_the_last_cell_and_before_the_first(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.zeros((1, 2)))
    page = QWidget()
    qtbot.addWidget(page)
    before, after = QPushButton(), QPushButton()
    layout = QVBoxLayout(page)
    for widget in (before, b.grid, after):
        layout.addWidget(widget)
    page.show()
    page.activateWindow()
    b.grid.setFocus()
    qtbot.waitUntil(b.grid.hasFocus)
    press(b, K.Key_Tab)
    assert b.active == (0, 1)
    assert b.grid.hasFocus()
    press(b, K.Key_Tab)
    assert after.hasFocus()
    b.grid.setFocus()
    press(b, K.Key_Backtab, SHIFT)
    press(b, K.Key_Backtab, SHIFT)
    assert before.hasFocus()
    b.grid.setParent(None)


def test_f2_shows_every_digit_and_unchanged_writes_nothing(bench: Make) -> None:
    b = bench(np.array([[0.1 + 0.2]]))
    press(b, K.Key_F2)
    assert b.grid.findChild(QLineEdit).text() == "0.30000000000000004"
    press(b, K.Key_Return)
    assert b.edits == []
    assert b.grid.hasFocus()


def test_esc_leaves_the_cell_as_it_was(bench: Make) -> None:
    b = bench(A)
    write(b, "99")
    press(b, K.Key_Escape)
    assert b.edits == []
    assert open_editor(b) is None
    assert b.grid.hasFocus()


def test_a_fraction_into_integers_stays_open_and_enter_again_asks_for_floats(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.array([[1, 2]]))
    write(b, "1.5")
    press(b, K.Key_Return)
    assert open_editor(b) is not None
    assert "Enter again makes A float64" in note(b)
    assert b.edits == []
    with qtbot.waitSignal(b.grid.dtypeRequested) as asked:
        press(b, K.Key_Return)
    dtype, edit = asked.args
    assert dtype == np.float64
    assert (edit.row, edit.column, edit.values.tolist()) == (0, 0, [[1.5]])
    assert open_editor(b) is None


def test_nonsense_is_explained_and_the_explanation_goes_with_the_next_key(bench: Make) -> None:
    b = bench(A)
    write(b, "1x")
    press(b, K.Key_Return)
    assert note(b)
    QTest.keyClick(b.grid.findChild(QLineEdit), K.Key_Backspace)
    b.grid.window().findChild(QLabel, "cellNote")
    press(b, K.Key_Return)
    assert b.array[0, 0] == 1


def test_delete_clears_the_selection_in_one_edit(bench: Make) -> None:
    b = bench(A)
    press(b, K.Key_Space, CTRL)
    press(b, K.Key_Delete)
    assert b.array.tolist() == [[0, 1], [0, 3], [0, 2]]
    assert len(b.edits) == 1


def test_arrows_ends_pages_and_all(bench: Make) -> None:
    b = bench(np.zeros((100, 30)), size=(400, 300))
    steps = [
        (K.Key_Right, NONE, (0, 1)),
        (K.Key_Down, CTRL, (99, 1)),
        (K.Key_End, NONE, (99, 29)),
        (K.Key_Home, NONE, (99, 0)),
        (K.Key_Home, CTRL, (0, 0)),
        (K.Key_End, CTRL, (99, 29)),
        (K.Key_Left, CTRL, (99, 0)),
        (K.Key_Up, CTRL, (0, 0)),
        (K.Key_Up, NONE, (0, 0)),
    ]
    for key, modifiers, where in steps:
        press(b, key, modifiers)
        assert b.active == where, key
    page = b.grid.layout_now().page_rows
    press(b, K.Key_PageDown)
    assert b.active == (page, 0)
    press(b, K.Key_A, CTRL)
    assert b.grid.selection.box == (0, 100, 0, 30)
    press(b, K.Key_Escape)
    assert b.grid.selection.single
    press(b, K.Key_Space, SHIFT)
    assert b.grid.selection.box == (page, page + 1, 0, 30)


def test_shift_extends_and_the_active_cell_stays(bench: Make) -> None:
    b = bench(A)
    press(b, K.Key_Down, SHIFT)
    press(b, K.Key_Right, SHIFT)
    assert b.grid.selection.box == (0, 2, 0, 2)
    assert b.active == (0, 0)


def test_ctrl_enter_fills_the_selection(bench: Make) -> None:
    b = bench(A)
    press(b, K.Key_A, CTRL)
    write(b, "8")
    press(b, K.Key_Return, CTRL)
    assert (b.array == 8).all()
    assert len(b.edits) == 1


def test_fill_down_and_right(bench: Make) -> None:
    b = bench(A)
    press(b, K.Key_A, CTRL)
    press(b, K.Key_D, CTRL)
    assert b.array.tolist() == [[2, 1]] * 3
    press(b, K.Key_R, CTRL)
    assert (b.array == 2).all()


def test_copy_cut_paste_keep_every_bit(bench: Make) -> None:
    b = bench(np.array([[0.1 + 0.2, np.nan], [-0.0, 1e300]]))
    press(b, K.Key_A, CTRL)
    press(b, K.Key_X, CTRL)
    assert not b.array.any()
    press(b, K.Key_V, CTRL)
    np.testing.assert_array_equal(b.array, [[0.1 + 0.2, np.nan], [-0.0, 1e300]])
    assert np.signbit(b.array[1, 0])
    assert len(b.edits) == 2


def test_one_copied_cell_fills_the_selection(bench: Make) -> None:
    b = bench(A)
    press(b, K.Key_C, CTRL)
    press(b, K.Key_A, CTRL)
    press(b, K.Key_V, CTRL)
    assert (b.array == 2).all()


def test_a_paste_that_can_not_be_read_says_so_and_writes_nothing(bench: Make) -> None:
    b = bench(A)
    QGuiApplication.clipboard().setText("1\tcat")
    press(b, K.Key_V, CTRL)
    assert "cat" in b.refusals[-1]
    assert b.edits == []


def test_pasting_fractions_into_integers_again_asks_for_floats(bench: Make, qtbot: QtBot) -> None:
    b = bench(np.array([[1, 2]]))
    QGuiApplication.clipboard().setText("1.5\t2")
    press(b, K.Key_V, CTRL)
    assert "Paste again" in b.refusals[-1]
    with qtbot.waitSignal(b.grid.dtypeRequested) as asked:
        press(b, K.Key_V, CTRL)
    assert asked.args[1].values.tolist() == [[1.5, 2]]


def test_rows_and_columns_by_keys(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    with qtbot.waitSignal(b.grid.linesInsertRequested) as asked:
        press(b, K.Key_Plus, CTRL)
    assert asked.args == [0, 0, 1]
    press(b, K.Key_Right)
    press(b, K.Key_Space, CTRL)
    with qtbot.waitSignal(b.grid.linesDeleteRequested) as asked:
        press(b, K.Key_Minus, CTRL)
    assert asked.args == [1, 1, 1]


def test_axes_are_the_arrays_own(bench: Make, qtbot: QtBot) -> None:
    vector = bench(np.array([1, 2, 3]))
    with qtbot.waitSignal(vector.grid.linesDeleteRequested) as asked:
        press(vector, K.Key_Minus, CTRL)
    assert asked.args == [0, 0, 1]
    stack = bench(np.zeros((2, 3, 2)))
    stack.grid.select(Selection.at(4, 0))
    with qtbot.waitSignal(stack.grid.linesInsertRequested) as asked:
        press(stack, K.Key_Plus, CTRL)
    assert asked.args == [1, 1, 1]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_key_opens_a_menu_that_works(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    press(b, K.Key_Menu)
    menu = b.grid.findChild(QMenu)
    assert menu.isVisible()
    action = next(action for action in menu.actions() if action.text() == "Delete row")
    with qtbot.waitSignal(b.grid.linesDeleteRequested) as asked:
        action.trigger()
    assert asked.args == [0, 0, 1]
    menu.close()


def test_results_are_read_and_copied_not_typed_into(bench: Make) -> None:
    b = bench(A)
    b.grid.set_read_only("C is computed from A @ B: edit A or B.")
    for key, modifiers in ((K.Key_5, NONE), (K.Key_F2, NONE), (K.Key_Delete, NONE), (K.Key_V, CTRL), (K.Key_X, CTRL)):
        b.refusals.clear()
        press(b, key, modifiers)
        assert b.refusals == ["C is computed from A @ B: edit A or B."], key
    assert b.edits == []
    press(b, K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "2"


def test_undo_is_left_to_the_window(bench: Make, qtbot: QtBot) -> None:
    b = bench(A)
    seen = []
    page = QWidget()
    qtbot.addWidget(page)
    page.keyPressEvent = lambda event: seen.append(event.key())
    b.grid.setParent(page)
    b.grid.show()
    press(b, K.Key_Z, CTRL)
    assert seen[-1] == K.Key_Z
    b.grid.setParent(None)


def test_empty_grids_take_keys_without_harm(bench: Make) -> None:
    for shape in ((0, 3), (0, 0), (3, 0)):
        b = bench(np.zeros(shape))
        for key in (K.Key_Down, K.Key_End, K.Key_5, K.Key_F2, K.Key_Delete, K.Key_Return):
            press(b, key)
        press(b, K.Key_C, CTRL)
        press(b, K.Key_A, CTRL)
        assert "no cells" in b.grid.accessibleDescription()
        assert open_editor(b) is None


def test_the_active_cell_is_spoken(bench: Make) -> None:
    b = bench(np.array([[1, 2.5], [3, 4]]))
    press(b, K.Key_Right)
    assert b.grid.accessibleName() == "A"
    assert b.grid.accessibleDescription() == "A, row 0, column 1: 2.5"
    write(b, "7")
    press(b, K.Key_Return, SHIFT)
    assert b.grid.accessibleDescription() == "A, row 0, column 1: 7"
    v = bench(np.array([4, 5]))
    press(v, K.Key_Right)
    assert v.grid.accessibleDescription() == "A, index 1: 5"
    assert bench(np.array(3)).grid.accessibleDescription() == "A: 3"
