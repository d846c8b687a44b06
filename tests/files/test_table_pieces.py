"""Tables read in pieces are those that are read cell by cell: the same numbers, the same sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.files import json_lists, table_pieces, text_table
from playground.files.errors import FileError
from playground.files.json_lists import read_json
from playground.files.text_table import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np


def outcome(read: Callable[[Path], np.ndarray], path: Path) -> tuple[object, ...]:
    try:
        found = read(path)
    except FileError as error:
        return (str(error), error.hint)
    return (found.dtype, found.shape, found.tobytes())


_plain = st.one_of(st.integers(-(2**70), 2**70).map(str), st.floats().map(repr), st.sampled_from(["0", "-0.0", "1e5"]))
_odd = st.sampled_from(
    ["", "x", "1/3", "true", "2+1j", "1e400", "1e-400", "nan", "-inf", "1_000", "0x10", "−2", "1,5", "+5", "#", " 7 "]
)
_cells = st.one_of(_plain, _plain, _plain, _odd)


@st.composite
def tables(draw: st.DrawFn) -> str:
    delimiter = draw(st.sampled_from([",", ";", "\t", " "]))
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(_cells, min_size=width, max_size=width), min_size=1, max_size=8))
    if draw(st.integers(0, 5)) == 0:
        rows[-1] = rows[-1][:-1] or ["1"]
    lines = [delimiter.join(row) for row in rows]
    header = draw(st.sampled_from([[], ["name" + delimiter * (width - 1) + "x"], ["# a comment"], [""]]))
    return "\n".join([*header, *lines])


@given(text=tables(), cells=st.sampled_from([1, 3, 4096]))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_in_pieces_is_the_table(tmp_path: Path, text: str, cells: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        expected = outcome(read_table, path)
        patch.setattr(text_table, "_LARGE", 0)
        patch.setattr(table_pieces, "_CELLS", cells)
        assert outcome(read_table, path) == expected


_json_cells = st.one_of(
    st.integers(-(2**66), 2**66), st.floats(), st.integers(-9, 9), st.integers(-9, 9), st.booleans(), st.none()
)


@given(
    data=st.lists(st.lists(_json_cells, max_size=3), max_size=6)
    | st.integers(1, 3).flatmap(
        lambda n: st.lists(st.lists(st.integers(-9, 9) | st.floats(-9, 9), min_size=n, max_size=n), min_size=1)
    ),
    indent=st.sampled_from([None, 1]),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_in_pieces_are_the_lists(tmp_path: Path, data: object, indent: int | None) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data, indent=indent))
    with pytest.MonkeyPatch.context() as patch:
        expected = outcome(read_json, path)
        patch.setattr(json_lists, "_LARGE", 0)
        patch.setattr(json_lists, "_PIECE", 5)
        found = outcome(read_json, path)
    if "the rest was not looked at" in str(found[0]):  # of the first piece with a bad cell
        assert str(found[0]).partition(";")[0] == str(expected[0]).partition(";")[0].rstrip(".")
    else:
        assert found == expected


def test_a_large_list_names_the_cells_of_its_first_bad_piece(tmp_path: Path) -> None:
    rows = [[1, 2]] * 300_000
    path = tmp_path / "a.json"
    path.write_text(json.dumps([*rows, [3, "x"], [None, 4], *rows]))
    with pytest.raises(FileError) as caught:
        read_json(path)
    assert str(caught.value) == (
        "a.json: row 300001, column 2 is the text 'x'; row 300002, column 1 is null; the rest was not looked at."
    )


def test_a_text_is_given_up_after_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("1 2\n" + "hello world\n" * 20_000)
    with pytest.raises(FileError, match=r"row 2, column 1: 'hello' isn't a number.*; and many more\."):
        read_table(path)


@pytest.mark.parametrize("cell", ["1e400", "-1e999", "1e-400", "0." + "0" * 400 + "1"])
def test_a_decimal_beyond_floats_is_no_infinity_and_no_zero(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"1.5,{cell}\n2,3\n")
    with pytest.raises(FileError, match=r"row 1, column 2: .* is beyond all float64 numbers"):
        read_table(path)
