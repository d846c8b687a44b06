"""Tables of numbers as people and programs write them, and the cells named that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.files.load import FileError, load

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "commas": ("1,2,3\n4,5,6\n", [[1, 2, 3], [4, 5, 6]], "int64"),
    "commas and blanks": ("1, 2.5\n-3, 4e2\n", [[1, 2.5], [-3, 400]], "float64"),
    "semicolons with decimal commas": ("0,435;1,5\n2;3\n", [[0.435, 1.5], [2, 3]], "float64"),
    "semicolons with points": ("0.435;1.5\n2;3\n", [[0.435, 1.5], [2, 3]], "float64"),
    "tabs with decimal commas": ("0,5\t1,5\n2\t3\n", [[0.5, 1.5], [2, 3]], "float64"),
    "three digits after a decimal comma": ("1,234\t0,5\n6\t7\n", [[1.234, 0.5], [6, 7]], "float64"),
    "blanks": ("  1   2\n 3 4  \n", [[1, 2], [3, 4]], "int64"),
    "blanks with decimal commas": ("0,5 1,5\n2,25 3,75\n", [[0.5, 1.5], [2.25, 3.75]], "float64"),
    "CRLF and empty lines": ("1,2\r\n\r\n3,4\r\n\r\n", [[1, 2], [3, 4]], "int64"),
    "old Mac": ("1,2\r3,4", [[1, 2], [3, 4]], "int64"),
    "header": ("time,value\n1,2\n3,4\n", [[1, 2], [3, 4]], "int64"),
    "quoted header": ('"a;x";"b"\n1,5;2\n', [[1.5, 2]], "float64"),
    "quoted numbers": ('"1","2.5"\n"3","4"\n', [[1, 2.5], [3, 4]], "float64"),
    "comments": ("# a, b\n1,2\n#\n3,4\n", [[1, 2], [3, 4]], "int64"),
    "one column": ("1\n2\n3\n", [[1], [2], [3]], "int64"),
    "one number": ("7", [[7]], "int64"),
    "large integers": ("9007199254740993,-9223372036854775808\n", [[2**53 + 1, -(2**63)]], "int64"),
    "unsigned": ("18446744073709551615\n1\n", [[2**64 - 1], [1]], "uint64"),
    "too large for integers": ("18446744073709551616\n1\n", [[2.0**64], [1]], "float64"),
    "nan and inf": ("nan,inf\n-inf,1\n", [[np.nan, np.inf], [-np.inf, 1]], "float64"),
    "complex": ("1+2j,3\n-1i,0.5\n", [[1 + 2j, 3], [-1j, 0.5]], "complex128"),
    "truths": ("True,False\nfalse,true\n", [[True, False], [False, True]], "bool"),
    "minus of typographers": ("−1,2\n3,1/4\n", [[-1, 2], [3, 0.25]], "float64"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_of_many_kinds(name: str, encoding: str, tmp_path: Path) -> None:
    text, expected, dtype = TABLES[name]
    path = tmp_path / "my table.csv"
    path.write_bytes(text.encode(encoding))
    loaded = load(path)
    assert list(loaded.arrays) == ["my_table"]
    assert loaded.arrays["my_table"].dtype == np.dtype(dtype)
    np.testing.assert_array_equal(loaded.arrays["my_table"], np.array(expected, dtype))


@pytest.mark.parametrize("ending", [".txt", ".tsv"])
def test_other_endings(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"data{ending}"
    path.write_text("1\t2\n3\t4\n")
    assert load(path).arrays["data"].tolist() == [[1, 2], [3, 4]]


def test_old_encodings_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("Größe;Maß\n1,5;2\n".encode("latin-1"))
    assert load(path).arrays["data"].tolist() == [[1.5, 2.0]]


WRONG = {
    "a word": ("1,2\n3,x\n", "row 2, column 2: 'x' isn't a number"),
    "a row further on": ("a,b\n1,2\n\n3,abc\n", "row 4, column 2: 'abc' isn't a number"),
    "many": ("1,2,3\n" + "x,y,z\n" * 4, "row 2, column 1: 'x' isn't a number.*; and 7 more"),
    "an empty cell": ("1,2\n3,\n", "row 2, column 2 is empty"),
    "ragged": ("1,2,3\n4,5\n", "row 2 has 2 cells, row 1 has 3"),
    "thousands between tabs": ("1,234\t5\n6\t7\n", "row 1, column 1: '1,234' isn't a number"),
    "thousands": ('"1,234","5"\n"6","7"\n', "row 1, column 1: '1,234' isn't a number"),
    "only a header": ("a,b\n", "row 1, column 1: 'a' isn't a number"),
    "blank": ("\n \n\n", "has no numbers"),
    "only comments": ("# a\n# b\n", "has no numbers"),
    "not text": ("1,2\0\n", "isn't text"),
    "a cell without end": ('1,"2\n' + "3,4\n" * 60_000, "data.csv"),
    "a long cell": ("x" * 100_000 + ",1\n2,3\n5,y" + "y" * 100, "row 3, column 2: 'y{30}…' isn't a number"),
    "formulas": ("=1+1,2\n__import__('os'),3\n", "'=1\\+1' isn't a number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_number_is_listed_and_never_stored(name: str, tmp_path: Path) -> None:
    text, message = WRONG[name]
    path = tmp_path / "data.csv"
    path.write_text(text)
    with pytest.raises(FileError, match=message) as error:
        load(path)
    assert len(str(error.value)) < 500


def test_a_table_beyond_memory_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.csv"
    path.write_text("1,2\n" * 100)
    monkeypatch.setattr("playground.workspace.memory.budget_bytes", lambda: 1000)
    with pytest.raises(FileError, match="too large") as error:
        load(path)
    assert ".npy" in error.value.hint
