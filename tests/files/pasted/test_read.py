"""Tables, lists and matrices of other programs become numbers, a choice or a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.files.pasted.outcome import Ambiguous, Pasted, Unreadable
from playground.files.pasted.read import from_text

if TYPE_CHECKING:
    from decimal import Decimal

FLOAT, INT = np.dtype("float64"), np.dtype("int64")


def values(text: str, dtype: np.dtype = FLOAT) -> list[list[object]]:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    assert isinstance(read, Pasted), read
    return read.values.tolist()


def refusal(text: str, dtype: np.dtype = FLOAT) -> Unreadable:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    assert isinstance(read, Unreadable), read
    return read


def choices(text: str, dtype: np.dtype = FLOAT) -> list[list[list[object]]]:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    assert isinstance(read, Ambiguous), read
    assert read.question
    assert len({reading.title for reading in read.readings}) == len(read.readings)
    return [reading.pasted.values.tolist() for reading in read.readings]


@pytest.mark.parametrize(
    "text",
    [
        "1\t2\n3\t4",
        "1\t2\r\n3\t4\r\n",
        "1\t2\r3\t4\r",
        "1, 2\n3, 4",
        "1;2\n3;4\n",
        "1 2\n3  4",
        "1 2\n\n3 4\n\n",
        "[[1, 2], [3, 4]]",
        "[[1., 2.],\n [3., 4.]]",
        "[[1, 2,], [3, 4,],]",
        "array([[1, 2],\n       [3, 4]])",
        ">>> np.array([[1., 2.], [3., 4.]], dtype=float32)",
        "A = np.array([[1., 2.], [3., 4.]], dtype=np.float32)",
        "tensor([[1., 2.], [3., 4.]], device='cuda:0', grad_fn=<MulBackward0>)",
        "Out[3]: Array([[1., 2.],\n       [3., 4.]], dtype=float32)",
        "[[1 2]\n [3 4]]",
        '"1"\t"2"\n"3"\t"4"',
        '"1","2"\n"3","4"',
        "[1 2; 3 4]",
        "A = [1, 2; 3, 4];",
        "int32([1 2\n 3 4;])",
        "[1 2 ...\n ; 3 4]",
        "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}",
        "$$\\begin{pmatrix}\n1 & \\frac{4}{2} \\\\\\hline\n3 & \\sqrt{16} \\\\\n\\end{pmatrix}$$",
        "\\begin{array}{cc} 1 & 0.2 \\times 10^{1} \\\\ {3} & 4 \\end{array}",
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | **4** |",
        "|  |  |\n|--:|--:|\n| 1 | 2 |\n| 3 | 4 |\n",
        "a | b\n--|--\n1 | 2\n3 | 4",
    ],
)
def test_many_writings_of_one_matrix(text: str) -> None:
    assert values(text) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,5;1,25", [[0.5, 1.25]]),
        ("0,5\t1.234", [[0.5, 1234]]),
        ("1.234,5\t-2", [[1234.5, -2]]),
        ("1,234.5\t1,234", [[1234.5, 1234]]),
        ("1,234,567\t5", [[1234567, 5]]),
        ("1.234.567\t5", [[1234567, 5]]),
        ("1 234,5\t7", [[1234.5, 7]]),
        ("1\u202f234\t5", [[1234, 5]]),
        ("1'234.5\t7", [[1234.5, 7]]),
        ('"1,5","2,5"', [[1.5, 2.5]]),
        ("1,5 2,5", [[1.5, 2.5]]),
        ("1,5e3\t0,1", [[1500, 0.1]]),
        ("1.5,2.5", [[1.5, 2.5]]),
        ("1,2,3", [[1, 2, 3]]),
        ("1/2\tsqrt(4)\t−3", [[0.5, 2, -3]]),
        ("[1, 2, 3]", [[1, 2, 3]]),
        ("[1 2 3\n 4 5]", [[1, 2, 3, 4, 5]]),
        ("7", [[7]]),
        ("1\n2\n", [[1], [2]]),
        ("0,5\t1.5", [[0.5, 1.5]]),
        ("12 %\t5%", [[0.12, 0.05]]),
        ("12,5 %;-0,1%", [[0.125, -0.001]]),
        ("1,234.5%\t100\u00a0%", [[12.345, 1]]),
        ("12 % 5 %\n7% 8%", [[0.12, 0.05], [0.07, 0.08]]),
        ("| a |\n|---|\n| 12 % |", [[0.12]]),
        ("(1,234.50)\t2", [[-1234.5, 2]]),
        ("(1.234,50);2,5", [[-1234.5, 2.5]]),
        ("(1,234.50)\n(5)", [[-1234.5], [-5]]),
        ("(2.5%)\t1,000", [[-0.025, 1000]]),
        ("-(2)\tsqrt(4)", [[-2, 2]]),
        ("[(1), 2]", [[1, 2]]),
    ],
)
def test_numbers_as_they_are_written_elsewhere(text: str, expected: list[list[float]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,2\n3,4", [[[1, 2], [3, 4]], [[1.2], [3.4]]]),
        ("1,5", [[[1, 5]], [[1.5]]]),
        ("1,234\t5,678", [[[1234, 5678]], [[1.234, 5.678]]]),
        ("[1 2\n 3 4]", [[[1, 2], [3, 4]], [[1, 2, 3, 4]]]),
        ("|1|2|\n|-|-|\n|3|4|", [[[3, 4]], [[1, 2], [3, 4]]]),
        ("x\ty\n1\t2", [[[1, 2]]]),
        ("(5)\t6", [[[-5, 6]], [[5, 6]]]),
        ("x\ty\n(1.5)\t2", [[[-1.5, 2]], [[1.5, 2]]]),
    ],
)
def test_what_can_be_read_in_two_ways_is_a_choice(text: str, expected: list[list[list[float]]]) -> None:
    assert choices(text) == expected


def test_empty_cells_become_nan_or_stay_and_are_never_silently_0() -> None:
    read = from_text("1\t\t3\r\n\t5\t6\r\n", FLOAT)
    assert isinstance(read, Ambiguous)
    as_nan, kept = (reading.pasted for reading in read.readings)
    np.testing.assert_array_equal(as_nan.values, [[1, np.nan, 3], [np.nan, 5, 6]])
    assert kept.kept is not None
    assert kept.kept.tolist() == [[False, True, False], [True, False, False]]
    whole = from_text("1\t\t3", INT)
    assert isinstance(whole, Ambiguous)
    assert [reading.pasted.values.dtype for reading in whole.readings] == [FLOAT, INT]
    assert isinstance(from_text("1\n\n3\n", FLOAT), Ambiguous)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1\tx\n3\t4", "row 0, column 1 (“x”)"),
        ("1\t2\n3", "line 2 has 1"),
        ("[[1, 2], [3]]", "line 2 has 1"),
        ("", "no numbers"),
        (" \n", "no numbers"),
        ("\t\t", "no numbers"),
        ("[[], []]", "no numbers"),
        ("[[1, 2], [3, 4]", "bracket"),
        ("[[[1]]]", "two deep"),
        ("[1 2 ... 9]", "leaves cells out"),
        ("some words, more\nwords here", "not equally long"),
        ("some words here", "row 0, column 0"),
        ('"' + "a," * 100_000, "into cells"),
        ('{"a": [1]}', "row 0, column 0"),
        ("1\t1e400", "1e400 is too large"),
        ("1\t1e-400", "1e-400 is too close to 0"),
    ],
)
def test_what_can_not_be_read_is_named(text: str, named: str) -> None:
    assert named in refusal(text).message


@pytest.mark.parametrize(
    ("text", "dtype", "offer", "wide"),
    [
        ("1\t1.5", "int64", "float64", [[1, 1.5]]),
        ("300\t-1", "uint8", "int64", [[300, -1]]),
        ("1\t2j", "float64", "complex128", [[1, 2j]]),
        ("1e39\t1", "float32", "float64", [[1e39, 1]]),
        ("300\t2.5\t1j", "int8", "complex128", [[300, 2.5, 1j]]),
    ],
)
def test_what_would_lose_is_refused_with_the_dtype_that_holds_it(
    text: str, dtype: str, offer: str, wide: list[list[object]]
) -> None:
    read = refusal(text, np.dtype(dtype))
    assert read.offer == np.dtype(offer)
    assert read.wide is not None
    assert read.wide.values.tolist() == wide
    assert "“" in read.message


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000 + "x,5\t1", "|\n" + " " * 100_000 + "x", "\\begin{matrix}" * 5000, "[" * 50_000, "(" * 50_000],
)
def test_no_text_takes_the_square_of_its_length(text: str) -> None:
    assert refusal(text).message


def test_large_integers_stay_exact() -> None:
    assert values("9007199254740993\t-9223372036854775808", INT) == [[9007199254740993, -9223372036854775808]]
    assert values("18446744073709551615", np.dtype("uint64")) == [[2**64 - 1]]


def test_large_tables_name_the_cells_and_too_large_ones_are_not_begun() -> None:
    rows = ["\t".join(["0.5"] * 50)] * 400
    rows[300] = rows[300].replace("0.5", "x", 1)
    assert "row 300, column 0" in refusal("\n".join(rows)).message
    long = "\t".join(["1.5"] * 9000)
    assert values(long) == [[1.5] * 9000]
    assert "8,998 more" not in refusal(long, INT).message
    assert "8,997 more" in refusal(long, INT).message
    assert "10,000,000 lines" in refusal("1\n" * 10_000_000).message


@given(st.text(alphabet="0123456789.,;-e \t\n[]()naif\"'jx|\\&", max_size=40), st.sampled_from([FLOAT, INT]))
def test_any_text_gives_values_a_choice_or_a_sentence(text: str, dtype: np.dtype) -> None:  # type: ignore[type-arg]
    read = from_text(text, dtype)
    if isinstance(read, Unreadable):
        assert read.message
    elif isinstance(read, Ambiguous):
        assert read.readings
    else:
        assert read.values.ndim == 2
        assert read.values.dtype == dtype
        assert read.values.size


def test_which_reading_makes_brackets_a_minus_is_said() -> None:
    read = from_text("(5)\t6", FLOAT)
    assert isinstance(read, Ambiguous)
    assert [reading.title for reading in read.readings] == [
        "1×2, cells parted by tabs, numbers in brackets below zero",
        "1×2, cells parted by tabs",
    ]


def test_a_percentage_of_whole_numbers_asks_for_a_floating_dtype() -> None:
    assert refusal("12 %\t3", INT).offer == FLOAT
    assert values("200 %\t3", INT) == [[2, 3]]


SIGNS = ["1\t%", "%\t1", "5%%\t1", "1e3%%\t2", "(\t1", "1\t5)", "(5\t6)", "()\t1", "(-5\t1", "2(5)\t1", "(5)2\t1"]


@pytest.mark.parametrize("text", SIGNS)
def test_signs_alone_are_no_numbers(text: str) -> None:
    refusal(text)


@given(st.lists(st.lists(st.decimals(-999_999, 999_999, places=2), min_size=2, max_size=2), min_size=1, max_size=4))
def test_percentages_are_the_nearest_numbers_and_accounts_have_brackets(rows: list[list[Decimal]]) -> None:
    percent = "\n".join("\t".join(f"{cell:,} %" for cell in row) for row in rows)
    assert values(percent) == [[float(cell / 100) for cell in row] for row in rows]
    written = [[f"({-cell:,})" if cell < 0 else f"{cell:,}" for cell in row] for row in rows]
    read = from_text("\n".join("\t".join(row) for row in written), FLOAT)
    first = read.readings[0].pasted if isinstance(read, Ambiguous) else read
    assert isinstance(first, Pasted)
    np.testing.assert_array_equal(first.values, [[float(cell) for cell in row] for row in rows])


@given(st.lists(st.lists(st.decimals(-999_999, 999_999, places=2), min_size=2, max_size=2), min_size=1, max_size=4))
def test_decimal_commas_say_what_decimal_points_say(rows: list[list[object]]) -> None:
    text = "\n".join("\t".join(f"{cell:,}" for cell in row) for row in rows)
    swapped = text.translate(str.maketrans(".,", ",."))
    assert values(text) == values(swapped) == [[float(cell) for cell in row] for row in rows]  # type: ignore[arg-type]
