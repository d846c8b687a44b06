"""What is found, and in which order, against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace import searching
from playground.workspace.numbers import display_text
from playground.workspace.queries import Compare, Query, QueryRefusal, Special, parse_query
from playground.workspace.searching import LARGEST, MAGNITUDE, SMALLEST, Found, Search, extreme_query

F8, I8, U1, F4, C16, BOOL = (np.dtype(name) for name in ("float64", "int64", "uint8", "float32", "complex128", "bool"))


def texts(cells: np.ndarray) -> list[str]:
    return [display_text(value, cells.dtype) for value in cells]


def hits(text: str, values: object, dtype: np.dtype = F8) -> list[int]:
    cells = np.array(values, dtype)
    query = parse_query(text, dtype)
    assert not isinstance(query, QueryRefusal), query
    return np.flatnonzero(query.hits(cells, texts)).tolist()


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("3.14", [3.14159, 3.14, 3.15, -3.14159, 314.159, 3.139999999, 31.4], [0, 1, 5]),
        ("-3.14", [3.14159, -3.14159], [1]),
        ("−3.1", [-3.14159, -3.2, -3.0999999999], [0, 2]),
        ("3", [3, 30, 3.5, 2.9999999999, -3], [0, 3]),
        (".5", [0.5, 5], [0]),
        ("1/3", [1 / 3, 0.333], [0]),
        ("sqrt(2)", [2**0.5, 1.41], [0]),
        ("0,5", [0.5], [0]),
        ("1.23e", [1.23], None),
        ("1.23e10", [1.2345e10, 1.23e10], [1]),
        ("0", [0, -0.0, 1e-300], [0, 1]),
        ("nan", [np.nan, 1, np.inf], [0]),
        ("inf", [np.inf, -np.inf, np.nan], [0, 1]),
        ("-inf", [np.inf, -np.inf, np.nan], [1]),
        ("== inf", [np.inf, -np.inf], [0]),
        ("!= nan", [np.nan, 1, np.inf], [1, 2]),
        ("> 5", [5, 6, np.nan, np.inf, -9], [1, 3]),
        (">= 5", [5, 6, 4], [0, 1]),
        ("≤ 5", [5, 6, 4], [0, 2]),
        ("< -1", [-2, -1, 0], [0]),
        ("< inf", [1, np.inf, np.nan], [0]),
        ("== 0", [0, -0.0, 1], [0, 1]),
        ("!= 0", [0, 1, np.nan], [1, 2]),
        ("=2", [2, 3], [0]),
    ],
)
def test_what_a_person_writes(text: str, values: list[float], expected: list[int] | None) -> None:
    if expected is None:
        assert isinstance(parse_query(text, F8), QueryRefusal)
    else:
        assert hits(text, values) == expected


@pytest.mark.parametrize(
    ("text", "values", "dtype", "expected"),
    [
        ("9007199254740993", [2**53, 2**53 + 1], I8, [1]),
        ("> 9007199254740992", [2**53, 2**53 + 1], I8, [1]),
        ("> 2.5", [2, 3], I8, [1]),
        ("<= 2.5", [2, 3], I8, [0]),
        (">= 2.5", [2, 3], I8, [1]),
        ("== 2.5", [2, 3], I8, []),
        ("!= 2.5", [2, 3], I8, [0, 1]),
        ("> 300", [1, 255], U1, []),
        ("< 300", [1, 255], U1, [0, 1]),
        ("> -1", [0, 255], U1, [0, 1]),
        ("< 1e30", [2**62], I8, [0]),
        ("< inf", [1], I8, [0]),
        ("> inf", [1], I8, []),
        ("nan", [1], I8, []),
        ("0x10", [16], U1, [0]),
        ("true", [False, True], BOOL, [1]),
        ("== 0", [False, True], BOOL, [0]),
        ("== 0.1", [0.1], F4, [0]),
        ("< 1e60", [1, np.inf], F4, [0]),
        ("0.1", [0.1, 0.10001], F4, [0, 1]),
        ("1+2j", [1 + 2j, 1], C16, [0]),
        ("== 1", [1 + 2j, 1], C16, [1]),
        ("nan", [complex(0, np.nan), 1], C16, [0]),
    ],
)
def test_every_dtype_compares_exactly(text: str, values: list[object], dtype: np.dtype, expected: list[int]) -> None:
    assert hits(text, values, dtype) == expected


@pytest.mark.parametrize(
    ("text", "dtype"),
    [("", F8), (">", F8), ("abc", F8), ("> nan", F8), ("> 1", C16), ("< inf", C16), ("__import__('os')", F8)],
)
def test_what_can_not_be_looked_for_says_why(text: str, dtype: np.dtype) -> None:
    refused = parse_query(text, dtype)
    assert isinstance(refused, QueryRefusal)
    assert refused.message


@given(st.text(max_size=12), st.sampled_from([F8, I8, U1, C16, BOOL, F4]))
def test_any_text_is_a_query_or_a_sentence(text: str, dtype: np.dtype) -> None:
    query = parse_query(text, dtype)
    if not isinstance(query, QueryRefusal):
        assert query.hits(np.zeros(3, dtype), texts).dtype == bool


@given(
    st.integers(-999, 999),
    st.integers(1, 3),
    st.lists(st.floats(-1.2, 2.2), max_size=20),
    st.sampled_from(["general", "fixed1", "fixed0", "scientific"]),
)
def test_what_is_shown_is_found_as_if_every_number_were_written(
    digits: int, places: int, offsets: list[float], way: str
) -> None:
    text = f"{digits / 10**places:.{places}f}"
    unit = 10.0**-places * (-1 if text.startswith("-") else 1)
    cells = float(text) + unit * np.array([*offsets, 0, 1, 1e-9, -1e-9, 1 - 1e-9, 0.5, 1e-4, 1 - 1e-4])

    def written(some: np.ndarray) -> list[str]:
        formats = {"general": "%.6g", "fixed1": "%.1f", "fixed0": "%.0f", "scientific": "%.3e"}
        return [(formats[way] % number).replace("-", "−") for number in some]

    query = parse_query(text, F8)
    assert not isinstance(query, QueryRefusal)
    typed = text.replace("-", "−")
    expected = [
        cell == float(text) or (shown.startswith(typed) and abs(cell - float(text)) <= 2 * abs(unit))
        for cell, shown in zip(cells, written(cells), strict=True)
    ]
    assert query.hits(cells, written).tolist() == expected


@pytest.fixture(params=[5, 12, 1000])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Cells of a piece: parts of a row, some rows, all."""
    monkeypatch.setattr(searching, "PIECE", request.param)
    return int(request.param)


def reader(values: np.ndarray) -> searching.Read:
    return lambda r0, r1, c0, c1: values[r0:r1, c0:c1]


def expected_hit(mask: np.ndarray, start: int, *, forward: bool, inclusive: bool) -> tuple[int | None, bool]:
    """Place of the next hit, and whether that was gone round for, by looking at every cell."""
    size = mask.size
    offsets = range(size) if inclusive else range(1, size + 1)
    for offset in offsets:
        place = start + offset if forward else start - offset
        if mask[place % size]:
            return place % size, not 0 <= place < size
    return None, False


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("inclusive", [True, False])
def test_the_next_hit_from_every_cell(piece: int, forward: bool, inclusive: bool) -> None:
    random = np.random.default_rng(3)
    for density in (0.0, 0.02, 0.3, 1.0):
        values = (random.random((7, 8)) < density).astype(float)
        mask = values.ravel() == 1
        search = Search(Compare("==", 1.0), 7, 8, texts)
        for start in range(mask.size):
            found = search.run(reader(values), divmod(start, 8), forward=forward, inclusive=inclusive)
            place, wrapped = expected_hit(mask, start, forward=forward, inclusive=inclusive)
            cell = None if place is None else divmod(place, 8)
            ordinal = 0 if place is None else int(mask[: place + 1].sum())
            assert found == Found(cell, wrapped, int(mask.sum()), ordinal)


def test_pieces_without_hits_are_not_read_again(piece: int) -> None:
    values = np.zeros((9, 9))
    values[4, 4] = 1
    read: list[tuple[int, ...]] = []

    def count(*box: int) -> np.ndarray:
        read.append(box)
        return reader(values)(*box)

    search = Search(Compare("==", 1.0), 9, 9, texts)
    told: list[Found] = []
    search.run(count, (0, 0), notice=told.append)
    assert [found.cell for found in told] in ([(4, 4)], [])
    del read[:]
    assert search.run(count, (4, 4)) == Found((4, 4), True, 1, 1)
    assert len(read) <= 2


def test_a_search_stops_when_it_is_told(piece: int) -> None:
    values = np.zeros((9, 9))
    parts: list[float] = []

    def goes_on(part: float) -> bool:
        parts.append(part)
        return len(parts) < 2

    assert Search(Compare("==", 1.0), 9, 9, texts).run(reader(values), (0, 0), goes_on=goes_on) is None
    assert parts == sorted(parts)


@given(
    st.lists(st.floats(allow_nan=True), min_size=1, max_size=30),
    st.sampled_from([LARGEST, SMALLEST, MAGNITUDE]),
)
def test_extremes_are_those_of_the_finite_cells(numbers: list[float], which: str) -> None:
    values = np.array([numbers])
    query = extreme_query(which, reader(values), *values.shape, lambda _: True)
    finite = values[np.isfinite(values)]
    if not finite.size:
        assert query is None
        return
    assert query is not None
    best = {LARGEST: finite.max(), SMALLEST: finite.min(), MAGNITUDE: np.abs(finite).max()}[which]
    compared = np.abs(values[0]) if which == MAGNITUDE else values[0]
    assert query.hits(values[0], texts).tolist() == (compared == best).tolist()


def test_extremes_of_integers_are_exact_and_complex_ones_have_a_magnitude() -> None:
    low = np.iinfo(np.int64).min
    values = np.array([[low, 5, low + 1]])
    assert found(MAGNITUDE, values) == [0]
    assert found(LARGEST, values) == [1]
    assert found(SMALLEST, np.array([[3, 0, 0]], np.uint8)) == [1, 2]
    assert found(MAGNITUDE, np.array([[3 + 4j, -5, 1, np.nan]])) == [0, 1]
    assert found(LARGEST, np.array([[True, False]])) == [0]


def found(which: str, values: np.ndarray) -> list[int]:
    query: Query | None = extreme_query(which, reader(values), *values.shape, lambda _: True)
    assert query is not None
    return np.flatnonzero(query.hits(values.reshape(-1), texts)).tolist()


def test_not_finite_cells_of_any_kind() -> None:
    special = Special(nan=True, plus=True, minus=True)
    values = np.array([1, np.nan, np.inf, -np.inf, 0])
    assert np.flatnonzero(special.hits(values, texts)).tolist() == [1, 2, 3]
    assert not special.hits(np.arange(3), texts).any()


def test_an_empty_array_has_no_hits() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        assert Search(Compare("==", 0.0), *shape, texts).run(reader(np.zeros(shape)), (0, 0)) == Found(None, False, 0)
