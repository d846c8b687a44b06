"""Cells as text: exact in, exact out, and a sentence where that can't be."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.workspace.casting import SUPPORTED
from playground.workspace.numbers import CellRefusal, CellValue, display_text, parse_cell, shortest_text

ACCEPTED = [
    ("9223372036854775807", "int64", 2**63 - 1), ("-9223372036854775808", "int64", -(2**63)),
    ("18446744073709551615", "uint64", 2**64 - 1), ("9007199254740993", "int64", 2**53 + 1), ("4/2", "int64", 2),
    ("1e5", "int64", 100_000), ("2.0", "uint8", 2), ("1_000", "int16", 1000), ("0x10", "int64", 16),
    ("−3", "float64", -3.0), (" 7 ", "float64", 7.0), ("0,5", "float64", 0.5), ("0,435", "float64", 0.435),
    ("12,3456", "float64", 12.3456), ("1/3", "float64", 1 / 3), ("-1/3", "float64", -1 / 3), (".5", "float64", 0.5),
    ("sqrt(2)", "float64", 2**0.5), ("sqrt(4)", "int64", 2), ("pi", "float64", np.pi), ("1e-3", "float64", 1e-3),
    ("2+1j", "complex128", 2 + 1j), ("2 − 1i", "complex64", 2 - 1j), ("3", "complex128", 3 + 0j),
    ("2+0j", "float64", 2.0),
    ("inf", "float32", np.inf), ("−∞", "float64", -np.inf), ("True", "bool", True), ("0", "bool", False),
    ("2**62+1", "int64", 2**62 + 1), ("0.1", "float32", np.float32(0.1)),
]  # fmt: skip
REFUSED = [
    ("300", "uint8", "int64"), ("-1", "uint8", "int64"), ("1.5", "int64", "float64"), ("1/3", "int64", "float64"),
    ("2+1j", "float64", "complex128"), ("2+1j", "float32", "complex64"), ("nan", "int8", "float64"),
    ("inf", "int64", "float64"), ("18446744073709551616", "uint64", "float64"),
    ("9223372036854775808", "int64", "float64"),
    ("70000", "float16", "float64"), ("1e300", "float32", "float64"), ("2", "bool", "int64"),
    ("1e400", "float64", None),
    ("1e-400", "float64", None), ("1e999999999999", "int64", None), ("1e-999999999999", "int64", None),
    ("1,234", "float64", None), ("1,234,567", "int64", None), ("abc", "float64", None), ("", "float64", None),
    ("[1, 2]", "float64", None), ("1+", "float64", None), ("1 2", "float64", None), ("1/0", "float64", None),
    ("A", "float64", None), ("__import__('os')", "float64", None), ("1.5.5j", "complex128", None),
    ("9" * 5000, "float64", None), ("(" * 900, "float64", None), ("--" * 400 + "1x", "int64", None),
    ("\0", "int64", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dtype", "value"), ACCEPTED)
def test_accepted(text: str, dtype: Any, value: object) -> None:
    read = parse_cell(text, np.dtype(dtype))
    assert isinstance(read, CellValue)
    assert read.value.dtype == np.dtype(dtype)
    assert read.value == np.array(value, dtype)


@pytest.mark.parametrize(("text", "dtype", "offer"), REFUSED)
def test_refused_with_a_sentence_and_the_dtype_that_would_do(text: str, dtype: Any, offer: str | None) -> None:
    read = parse_cell(text, np.dtype(dtype))
    assert isinstance(read, CellRefusal)
    assert read.message.endswith(".")
    assert read.offer == (None if offer is None else np.dtype(offer))
    if offer is not None:
        assert read.value.dtype == np.dtype(offer)
        assert isinstance(parse_cell(text, read.offer), CellValue), "the offer holds what was typed"


@pytest.mark.parametrize(
    ("text", "dtype", "message"),
    [
        ("0xff", "int8", "0xff is 255; int8 holds -128 to 127. The same bits are -1."),
        ("0b1000_0000", "int8", "0b1000_0000 is 128; int8 holds -128 to 127. The same bits are -128."),
        ("0o777", "int8", "0o777 is 511; int8 holds -128 to 127."),
        ("-0x81", "int8", "-0x81 is -129; int8 holds -128 to 127."),
        ("0x1FF", "uint8", "0x1FF is 511; uint8 holds 0 to 255."),
        ("300", "int8", "int8 holds -128 to 127, not 300."),
    ],
)
def test_a_refused_number_of_bits_is_told_as_a_number(text: str, dtype: Any, message: str) -> None:
    refused = parse_cell(text, np.dtype(dtype))
    assert isinstance(refused, CellRefusal)
    assert refused.message == message
    assert refused.offer == np.int64


@pytest.mark.parametrize(
    "text", ["9" * 330, "-" + "1" * 700, "x" * 200, "0x" + "f" * 300, "1e" + "9" * 50, "2+" + "3" * 200 + "j"]
)
@pytest.mark.parametrize("dtype", ["int8", "float32", "float64"])
def test_what_is_said_of_a_long_text_is_short(text: str, dtype: str) -> None:
    read = parse_cell(text, np.dtype(dtype))
    assert not isinstance(read, CellRefusal) or len(read.message) <= 130, read.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e" + "9" * 50, "too large for float64."),
        ("-2.5E+" + "9" * 50, "too large for float64."),
        ("1e-" + "9" * 50, "too close to 0 for float64."),
    ],
)
def test_any_exponent_can_be_typed(text: str, said: str) -> None:
    read = parse_cell(text, np.dtype("float64"))
    assert isinstance(read, CellRefusal)
    assert read.message.endswith(said)
    assert parse_cell("0e" + "9" * 50, np.dtype("float64")) == CellValue(np.float64(0))
    assert parse_cell("1e" + "0" * 50 + "2", np.dtype("float64")) == CellValue(np.float64(100))


@pytest.mark.parametrize("base", ["9", "9.", "1_", "1e", "1+", "nan+", "1j+", "sqrt(", "1,", " 1"])
@pytest.mark.parametrize("end", ["", "&", "j", "k"])
def test_no_text_is_tried_in_more_ways_than_it_has_letters(base: str, end: str) -> None:
    """Where digits could belong to two parts of a pattern it took hours; the slowest now takes a tenth of a second."""
    text = (base * 900)[:900] + end
    began = time.thread_time()
    parse_cell(text, np.dtype("float64"))
    assert time.thread_time() - began < 5


@pytest.mark.parametrize(
    "text", ["1e5000/3", "sqrt(1e999)", "1/1e999", "1e300*1e300", "-1e999*2", "1e999j", "1e400+2j", "1e999*inf"]
)
@pytest.mark.parametrize("dtype", ["int64", "float64", "complex128"])
def test_what_overflows_on_the_way_is_refused_as_a_number_that_large_is(text: str, dtype: str) -> None:
    read = parse_cell(text, np.dtype(dtype))
    assert isinstance(read, CellRefusal)
    assert read.offer is None
    assert text in read.message


@pytest.mark.parametrize("text", ["inf", "2*inf", "-(inf)", "1/inf", "inf+2j", "1e300*1e8"])
def test_an_infinity_that_is_asked_for_is_one(text: str) -> None:
    assert isinstance(parse_cell(text, np.dtype("complex128")), CellValue)


def test_nan_is_read_into_floats() -> None:
    assert np.isnan(parse_cell("NaN", np.dtype("float16")).value)


@given(st.text(max_size=30) | st.text("0123456789.,eEjix_+-*/()[] πsqrtnaif", max_size=30), st.sampled_from(SUPPORTED))
def test_no_text_raises(text: str, dtype: Any) -> None:
    read = parse_cell(text, dtype)
    assert isinstance(read, CellRefusal) or read.value.dtype == dtype


@given(st.sampled_from(SUPPORTED).flatmap(lambda dtype: hnp.arrays(dtype, 1)))
def test_shortest_text_reads_back_to_the_same_bits(values: Any) -> None:
    read = parse_cell(shortest_text(values[0], values.dtype), values.dtype)
    assert isinstance(read, CellValue)
    np.testing.assert_array_equal(np.array([read.value]), values)
    if values.dtype.kind == "f":
        assert np.signbit(read.value) == np.signbit(values[0]) or np.isnan(values[0])


def test_every_float16_reads_back() -> None:
    dtype = np.dtype("float16")
    for bits in range(0, 1 << 16, 7):
        value = np.array(bits, np.uint16).view(dtype)[()]
        assert np.array_equal(parse_cell(shortest_text(value, dtype), dtype).value, value, equal_nan=True)


@pytest.mark.parametrize(
    ("value", "dtype", "text"),
    [
        (2.0, "float64", "2"), (-2.0, "float64", "−2"), (-0.0, "float64", "−0"), (1 / 3, "float64", "0.333333"),
        (np.float32(0.1), "float32", "0.1"), (1e20, "float64", "1e20"), (-1.5e-7, "float64", "−1.5e−7"),
        (np.nan, "float64", "nan"), (np.inf, "float64", "∞"), (-np.inf, "float64", "−∞"), (-7, "int8", "−7"),
        (2**64 - 1, "uint64", "18446744073709551615"), (True, "bool", "True"), (2 - 1j, "complex128", "2−1j"),
    ],
)  # fmt: skip
def test_display(value: object, dtype: Any, text: str) -> None:
    assert display_text(value, np.dtype(dtype)) == text


@given(hnp.arrays(np.float64, 1))
def test_what_is_displayed_with_17_digits_can_be_typed(values: Any) -> None:
    read = parse_cell(display_text(values[0], values.dtype, digits=17), values.dtype)
    np.testing.assert_array_equal(read.value, values[0])


@pytest.mark.parametrize(
    ("text", "dtype", "exact"),
    [
        ("9007199254740992", "float64", True), ("9007199254740993", "float64", False), ("2**53+1", "float64", False),
        ("16777217", "float32", False), ("2049", "float16", False), ("9007199254740993", "complex128", False),
        ("9007199254740993", "int64", True), ("0.1", "float32", True), ("1e23", "float64", True),
        ("True", "float16", True), ("nan", "float64", True),
    ],
)  # fmt: skip
def test_a_whole_number_that_is_rounded_says_so(text: str, dtype: Any, exact: bool) -> None:
    read = parse_cell(text, np.dtype(dtype))
    assert isinstance(read, CellValue)
    assert read.exact is exact
