"""Cells of every dtype, typed with real keys: what is rounded is said, what is the same is not written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.views.grid.conftest import Bench

    Make = Callable[..., Bench]

K = Qt.Key


def type_in(b: Bench, text: str, key: Qt.Key = K.Key_Return) -> None:
    QTest.keyClicks(b.grid, text[0])
    QTest.keyClicks(QApplication.focusWidget(), text[1:])
    QTest.keyClick(QApplication.focusWidget(), key)


def editor(b: Bench) -> QLineEdit:
    return b.grid.findChild(QLineEdit, "cellEditor")


@pytest.mark.parametrize(
    ("dtype", "text", "value"),
    [
        ("int64", "9223372036854775807", 2**63 - 1), ("int64", "9007199254740993", 2**53 + 1),
        ("uint64", "18446744073709551615", 2**64 - 1), ("int8", "-128", -128), ("float64", "1/3", 1 / 3),
        ("float32", "1/3", np.float32(1 / 3)), ("float64", "sqrt(2)", np.sqrt(2)), ("float64", "-inf", -np.inf),
        ("float16", "1e-3", np.float16(1e-3)), ("complex128", "2+1j", 2 + 1j), ("float64", "0,5", 0.5),
    ],
)  # fmt: skip
def test_what_is_typed_is_what_is_stored(bench: Make, dtype: str, text: str, value: object) -> None:
    b = bench(np.zeros((2, 2), dtype))
    type_in(b, text)
    assert b.array[0, 0] == np.array(value, dtype)
    assert b.array.dtype == dtype


@pytest.mark.parametrize(
    "values",
    [np.array([[np.pi, 1]]), np.array([[0.1, 1]], np.float32), np.array([[2**53 + 1, 1]]), np.array([[1 / 3 + 1j, 1]])],
)
def test_f2_and_enter_write_nothing_whatever_is_shown(bench: Make, values: np.ndarray) -> None:
    b = bench(values)
    QTest.keyClick(b.grid, K.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return)
    assert b.edits == []
    assert b.array.tobytes() == values.tobytes()


def test_a_whole_number_that_would_be_rounded_is_asked_about_once(bench: Make) -> None:
    b = bench(np.zeros((2, 2)))
    type_in(b, "9007199254740993")
    assert editor(b).isVisible()
    assert editor(b).accessibleDescription() == (
        "float64 can't hold 9007199254740993 exactly. Enter again writes 9007199254740992."
    )
    assert b.edits == []
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return)
    assert not editor(b).isVisible()
    assert b.array[0, 0] == 2.0**53


def test_escape_leaves_a_rounded_number_unwritten(bench: Make) -> None:
    b = bench(np.zeros((2, 2), np.float32))
    type_in(b, "16777217")
    QTest.keyClick(QApplication.focusWidget(), K.Key_Escape)
    assert b.edits == []
