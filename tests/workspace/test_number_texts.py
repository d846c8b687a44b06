"""Formats: what is exact reads back, what is wide enough holds every text, nothing is ever cut off."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.workspace.casting import SUPPORTED
from playground.workspace.number_formats import KINDS, NumberFormat, format_of, kinds_for
from playground.workspace.number_texts import (
    INEXACT,
    MOST_CHARACTERS,
    bits_shown,
    fitted,
    nearest_fraction,
    room_for,
    tail_of,
    writer,
    written,
)
from playground.workspace.numbers import CellValue, parse_cell

INTEGERS = [dtype for dtype in SUPPORTED if dtype.kind in "iu"]
FLOATS = [dtype for dtype in SUPPORTED if dtype.kind == "f"]
NUMBERS = st.sampled_from(SUPPORTED).flatmap(lambda dtype: hnp.arrays(dtype, 3))
FORMATS = st.sampled_from(list(KINDS)).flatmap(
    lambda kind: st.builds(NumberFormat, st.just(kind), st.integers(KINDS[kind].fewest, KINDS[kind].most))
)
_F, _I = "float64", "int64"


@pytest.mark.parametrize(
    ("value", "dtype", "kind", "digits", "text"),
    [
        (3.14159, _F, "fixed", 2, "3.14"), (-0.001, _F, "fixed", 2, "−0.00"), (2, _I, "fixed", 2, "2.00"),
        (2**63 - 1, _I, "fixed", 1, "9223372036854775807.0"), (2.5, _F, "fixed", 0, "2"), (7, _I, "fixed", 0, "7"),
        (-1234.5, _F, "scientific", 3, "−1.234e3"), (1e-310, _F, "scientific", 0, "1e−310"),
        (0.3333, _F, "percent", 1, "33.3%"), (3, "int8", "percent", 1, "300.0%"),
        (1.7e308, _F, "percent", 1, "1.7e308"),
        (12346.0, _F, "engineering", 2, "12.35e3"), (9.9996, _F, "engineering", 3, "10.000e0"),
        (999.9996, _F, "engineering", 3, "1.000e3"), (9.9999999, _F, "engineering", 9, "9.999999900e0"),
        (-1e-5, _F, "engineering", 0, "−10e−6"), (0.0, _F, "engineering", 1, "0.0e0"),
        (10**18, _I, "engineering", 0, "1e18"),
        (0.75, _F, "fraction", 2, "3/4"), (1 / 3, _F, "fraction", 1, "1/3"), (np.pi, _F, "fraction", 1, "≈22/7"),
        (-2.0, _F, "fraction", 2, "−2"), (-0.0, _F, "fraction", 2, "−0"), (5, _I, "fraction", 2, "5"),
        (1e-9, _F, "fraction", 2, "≈0"),
        (np.float32(1 / 3), "float32", "fraction", 2, "1/3"), (np.float16(0.1), "float16", "fraction", 2, "1/10"),
        (0.1, _F, "full", 0, "0.1"), (1e-5, _F, "full", 0, "1e−5"), (np.float32(0.1), "float32", "full", 0, "0.1"),
        (np.pi, _F, "full", 0, "3.141592653589793"), (0.5 - 1j / 3, "complex128", "fixed", 2, "0.50−0.33j"),
        (255, "uint8", "hexadecimal", 0, "0xff"), (-1, "int8", "hexadecimal", 0, "0xff"),
        (-2, "int8", "bits", 0, "0b1111_1110"), (5, "uint8", "bits", 0, "0b0000_0101"),
    ],
)  # fmt: skip
def test_texts(value: object, dtype: str, kind: str, digits: int, text: str) -> None:
    assert written(value, np.dtype(dtype), NumberFormat(kind, digits)) == text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "f" in KINDS[kind].dtypes])
def test_what_is_no_number_has_its_word_in_every_format(kind: str) -> None:
    write = writer(format_of(kind), np.dtype(_F))
    assert [write(value) for value in (np.nan, np.inf, -np.inf)] == ["nan", "∞", "−∞"]


def test_hexadecimal_digits_and_bits_are_filled_up_to_the_largest_number() -> None:
    dtype = np.dtype(_I)
    assert written(3, dtype, format_of("bits"), (0.0, 200.0)) == "0b0000_0011"
    assert written(3, dtype, format_of("hexadecimal"), (0.0, 200.0)) == "0x03"
    assert written(-1, dtype, format_of("hexadecimal"), (-1.0, 200.0)) == "0xffffffffffffffff"
    assert bits_shown(dtype, (0.0, 0.0)) == 4


@given(st.sampled_from(FLOATS).flatmap(lambda dtype: hnp.arrays(dtype, 1)), st.integers(1, 4))
def test_a_fraction_without_the_mark_reads_back_to_the_same_value(values: Any, digits: int) -> None:
    text = written(values[0], values.dtype, NumberFormat("fraction", digits))
    if not text.startswith(INEXACT):
        read = parse_cell(text, values.dtype)
        assert isinstance(read, CellValue)
        np.testing.assert_array_equal(np.array([read.value]), values)
        assert np.isnan(values[0]) or np.signbit(read.value) == np.signbit(values[0])


@given(st.integers(-99, 99), st.integers(1, 99), st.sampled_from(FLOATS))
def test_every_small_fraction_is_recognized_without_the_mark(numerator: int, denominator: int, dtype: Any) -> None:
    assume(dtype.itemsize > 2 or denominator <= 9)  # float16 can't tell all of them apart
    text = written(numerator / denominator, dtype, NumberFormat("fraction", 1 if denominator <= 9 else 2))
    exact = Fraction(numerator, denominator)
    assert Fraction(text.replace("−", "-")) == exact


@given(st.fractions(min_value=0), st.integers(9, 9999))
def test_the_nearest_fraction_is_the_one_that_python_finds_by_its_own_way(value: Fraction, bound: int) -> None:
    found = Fraction(*nearest_fraction(value.numerator, value.denominator, bound))
    assert abs(found - value) == abs(value.limit_denominator(bound) - value)
    assert found.denominator <= bound


@given(
    st.sampled_from([dtype for dtype in SUPPORTED if dtype.kind in "fc"]).flatmap(lambda dtype: hnp.arrays(dtype, 1))
)
def test_all_digits_read_back_to_the_same_bits(values: Any) -> None:
    read = parse_cell(written(values[0], values.dtype, format_of("full")), values.dtype)
    assert isinstance(read, CellValue)
    np.testing.assert_array_equal(np.array([read.value]), values)


@given(st.sampled_from(INTEGERS).flatmap(lambda dtype: hnp.arrays(dtype, 2)), st.sampled_from(["bits", "hexadecimal"]))
def test_bits_and_hexadecimal_digits_are_those_in_memory(values: Any, kind: str) -> None:
    limits = float(values.min()), float(values.max())
    texts = [written(value, values.dtype, format_of(kind), limits) for value in values]
    assert len(set(map(len, texts))) == 1, "all are of one length"
    whole = [int(text, 0) % (1 << 8 * values.dtype.itemsize) for text in texts]
    back = np.array(whole, f"u{values.dtype.itemsize}").view(values.dtype)
    np.testing.assert_array_equal(back, values)


@given(NUMBERS, FORMATS)
def test_the_room_holds_every_text_between_the_limits(values: Any, number_format: NumberFormat) -> None:
    dtype = values.dtype
    assume(dtype.kind in KINDS[number_format.kind].dtypes and number_format.kind != "general")
    magnitudes = np.abs(values.astype(np.complex128)) if dtype.kind == "c" else values
    finite = magnitudes[np.isfinite(magnitudes)]
    assume(finite.size)
    limits = float(finite.min()), float(finite.max())
    room = room_for(number_format, dtype, limits)
    write = writer(number_format, dtype, limits)
    most = 2 * MOST_CHARACTERS + 1 if dtype.kind == "c" else MOST_CHARACTERS
    for value in values.tolist():
        text = write(value)
        is_minus_zero = value == 0 and text.startswith("−")
        assert len(text) <= room + is_minus_zero or (len(text) > most and number_format.kind != "bits")


@given(NUMBERS, FORMATS, st.integers(1, 30))
def test_little_room_takes_digits_and_never_cuts(values: Any, number_format: NumberFormat, characters: int) -> None:
    dtype = values.dtype
    assume(dtype.kind in KINDS[number_format.kind].dtypes)
    for value in values.tolist():
        text = fitted(value, dtype, number_format, characters)
        assert text is None or len(text) <= characters


def test_bits_that_are_too_many_are_hexadecimal_digits_then_a_number() -> None:
    dtype, bits = np.dtype(_I), format_of("bits")
    assert fitted(1023, dtype, bits, 16) == "0b0011_1111_1111"
    assert fitted(1023, dtype, bits, 15) == "0x3ff"
    assert fitted(1023, dtype, bits, 4) == "1023"
    assert fitted(-1, dtype, bits, 4) == "−1"


def test_points_exponents_and_strokes_are_what_is_aligned() -> None:
    assert [tail_of(text) for text in ("1.25", "−1.5e−10", "22/7", "12", "1e5", "nan", "∞", "5%")] == [
        3, 6, 2, 0, 2, None, None, None,
    ]  # fmt: skip


def test_every_dtype_has_a_format_and_bits_are_for_integers() -> None:
    for dtype in SUPPORTED:
        assert kinds_for(dtype)[0] == "general"
        assert ("bits" in kinds_for(dtype)) == (dtype.kind in "iu")
