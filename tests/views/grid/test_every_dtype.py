"""Every dtype through real keys: what the editor shows reads back to the same bits, what is typed is exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from playground.workspace.numbers import CellValue, parse_cell, shortest_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.views.grid.conftest import Bench

    Make = Callable[..., Bench]

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float16", "float32", "float64"]
COMPLEXES = ["complex64", "complex128"]


def keys(text: str) -> None:
    """Type where the focus is, one key after the other: the first opens the editor."""
    for character in text:
        QTest.keyClicks(QApplication.focusWidget(), character)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def editor(b: Bench) -> QLineEdit:
    return b.grid.findChild(QLineEdit, "cellEditor")


def odd_values(dtype: str) -> np.ndarray:
    """Values of a dtype that are easily lost: limits, denormals, negative zero, NaN with a payload."""
    kind = np.dtype(dtype)
    if kind.kind == "b":
        return np.array([False, True])
    if kind.kind in "iu":
        info = np.iinfo(kind)
        return np.array([info.min, info.max, 0, 1, info.max - 1, info.max // 3], dtype)
    real = np.dtype(f"f{kind.itemsize // 2}") if kind.kind == "c" else kind
    info = np.finfo(real)
    bits = np.dtype(f"u{real.itemsize}")
    quiet = np.array([np.nan], real).view(bits)
    payload = (quiet | bits.type(5)).view(real)[0]
    negative = (quiet | bits.type(1 << (8 * real.itemsize - 1))).view(real)[0]
    plain = np.array(
        [
            info.smallest_subnormal, -info.smallest_subnormal, info.tiny, info.max, info.min, info.eps, -0.0, 0.0,
            np.inf, -np.inf, np.nan, payload, negative, 1 / 3, np.pi, 0.1, 1e-3, 3, -1.5,
        ],
        real,
    )  # fmt: skip
    if kind.kind != "c":
        return plain
    pairs = np.empty(2 * len(plain), dtype)
    view = pairs.view(real)
    view[0::2] = [*plain, *np.zeros(len(plain), real)]
    view[1::2] = [*plain[::-1], *plain]
    return pairs


@pytest.mark.parametrize("dtype", ["bool", *INTEGERS, *FLOATS, *COMPLEXES])
def test_f2_and_enter_leave_every_bit_and_write_nothing(bench: Make, dtype: str) -> None:
    values = odd_values(dtype).reshape(-1, 1)
    b = bench(values)
    for place in range(len(values)):
        assert b.active == (place, 0)
        press(K.Key_F2)
        assert editor(b).text() == shortest_text(values[place, 0], values.dtype)
        press(K.Key_Return)
    assert b.edits == []
    assert b.array.tobytes() == values.tobytes()


@pytest.mark.parametrize("dtype", ["bool", *INTEGERS, *FLOATS, *COMPLEXES])
def test_the_editor_s_text_typed_anew_gives_the_same_value(bench: Make, dtype: str) -> None:
    values = odd_values(dtype)
    b = bench(np.ones((len(values), 1), dtype))
    for value in values:
        keys(shortest_text(value, values.dtype))
        press(K.Key_Return)
        if editor(b).isVisible():  # a whole number of many digits is asked about once where it isn't exact
            press(K.Key_Return)
    typed = b.array[:, 0]
    np.testing.assert_array_equal(typed, values)
    if values.dtype.kind in "fc":
        real = np.dtype(f"f{values.dtype.itemsize // (2 if values.dtype.kind == 'c' else 1)}")
        given, found = values.view(real), np.ascontiguousarray(typed).view(real)
        finite = ~np.isnan(given)
        assert (np.signbit(given) == np.signbit(found))[finite].all()


@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_take_their_whole_range_and_no_more(bench: Make, dtype: str) -> None:
    info = np.iinfo(dtype)
    b = bench(np.zeros((3, 1), dtype))
    keys(str(info.max))
    press(K.Key_Return)
    keys(str(info.min) if info.min else "0x1F")
    press(K.Key_Return)
    assert b.array[:2, 0].tolist() == [info.max, info.min or 31]
    keys(str(info.max + 1))
    press(K.Key_Return)
    assert editor(b).isVisible()
    assert b.array[2, 0] == 0
    assert str(info.max) in editor(b).accessibleDescription() or dtype in editor(b).accessibleDescription()
    press(K.Key_Escape)


TEXTS = [
    ("1/3", 1 / 3), ("-2/7", -2 / 7), ("1e-3", 1e-3), (".5", 0.5), ("5.", 5.0), ("nan", np.nan), ("inf", np.inf),
    ("-inf", -np.inf), ("-0", -0.0), ("1_000", 1000.0), ("sqrt(2)", np.sqrt(2)), ("pi/4", np.pi / 4), ("2*3+1", 7.0),
    ("0,5", 0.5), ("exp(1)", np.exp(1)),
]  # fmt: skip


@pytest.mark.parametrize("dtype", [*FLOATS, *COMPLEXES])
@pytest.mark.parametrize(("text", "value"), TEXTS)
def test_floats_take_fractions_words_and_expressions(bench: Make, dtype: str, text: str, value: float) -> None:
    b = bench(np.ones((2, 1), dtype))
    keys(text)
    press(K.Key_Return)
    expected = np.array(value, dtype)
    assert b.array[0, 0].tobytes() == expected.tobytes() or (np.isnan(value) and np.isnan(b.array[0, 0]))


@pytest.mark.parametrize("dtype", COMPLEXES)
@pytest.mark.parametrize(
    ("text", "value"),
    [("2+1j", 2 + 1j), ("2 - 1i", 2 - 1j), ("j", 1j), ("-j", -1j), ("1e2j", 100j), ("nan+1j", complex(np.nan, 1))],
)
def test_complex_numbers_are_typed_as_they_are_written(bench: Make, dtype: str, text: str, value: complex) -> None:
    b = bench(np.ones((2, 1), dtype))
    keys(text)
    press(K.Key_Return)
    np.testing.assert_array_equal(b.array[0, 0], np.array(value, dtype))


@pytest.mark.parametrize(("text", "value"), [("True", True), ("false", False), ("1", True), ("0", False)])
def test_truths(bench: Make, text: str, value: bool) -> None:
    b = bench(np.array([[not value], [False]]))
    keys(text)
    press(K.Key_Return)
    assert b.array[0, 0] == value


@pytest.mark.parametrize(
    ("dtype", "text"),
    [
        ("bool", "2"), ("int8", "300"), ("uint8", "-1"), ("int64", "1.7"), ("int32", "nan"), ("float64", "2+1j"),
        ("float16", "1e6"), ("float32", "1e40"), ("int16", "hello"), ("float64", "1..2"), ("uint64", "1/3"),
        ("float64", "A + 1"), ("float64", "[1, 2]"), ("float64", "1 2"), ("float64", "1,234,567.8.9"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_never_written_silently(bench: Make, dtype: str, text: str) -> None:
    b = bench(np.ones((2, 1), dtype))
    before = b.array.tobytes()
    keys(text)
    press(K.Key_Return)
    assert editor(b).isVisible()
    assert editor(b).accessibleDescription()
    assert (b.array.tobytes(), b.edits) == (before, [])
    press(K.Key_Escape)
    assert not editor(b).isVisible()


@pytest.mark.parametrize("dtype", ["bool", *INTEGERS, *FLOATS, *COMPLEXES])
def test_copies_are_the_shortest_texts_that_read_back(bench: Make, dtype: str, qapp: QApplication) -> None:
    values = odd_values(dtype).reshape(-1, 1)
    bench(values)
    press(K.Key_A, CTRL)
    press(K.Key_C, CTRL)
    lines = qapp.clipboard().text().rstrip("\n").split("\n")
    assert lines == [shortest_text(value, values.dtype) for value in values[:, 0]]
    for line, value in zip(lines, values[:, 0], strict=True):
        read = parse_cell(line, values.dtype)
        assert isinstance(read, CellValue)
        np.testing.assert_array_equal(read.value, value)
