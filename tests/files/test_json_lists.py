"""JSON that holds no array: the sentence names the cells, and nothing comes out as another number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.files.errors import FileError
from playground.files.json_lists import read_json

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, text: str) -> np.ndarray:
    file = path / "a.json"
    file.write_text(text)
    return read_json(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[1, 2], [3, 4]]", np.array([[1, 2], [3, 4]])), ("3", np.array(3)), ("[1, 2.5]", np.array([1, 2.5])),
        ("[[NaN, -Infinity]]", np.array([[np.nan, -np.inf]])), ("[true, false]", np.array([True, False])),
        ("[18446744073709551615]", np.array([2**64 - 1], np.uint64)), ("[[]]", np.zeros((1, 0))),
        ("[9007199254740993, 1]", np.array([2**53 + 1, 1])), ("[1e20, 0.5]", np.array([1e20, 0.5])),
        ("[-0.0, 5e-324]", np.array([-0.0, 5e-324])),
    ],
)  # fmt: skip
def test_numbers_are_what_they_are(tmp_path: Path, text: str, expected: np.ndarray) -> None:
    found = read(tmp_path, text)
    assert found.dtype == expected.dtype
    assert found.tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[1, null], [2, 3]]", "row 1, column 2 is null."),
        ('[["a", 1], [2, "b"]]', "row 1, column 1 is the text 'a'; row 2, column 2 is the text 'b'."),
        ('[1, {"x": 2}]', "cell [1] is an object with names."),
        ('[[[1, "2020-01-01"]]]', "cell [0, 0, 1] is the text '2020-01-01'."),
        ('"hello"', "it is the text 'hello'."),
        ("null", "it is null."),
        ('{"A": [1]}', "holds an object with names, not a list of numbers."),
        ("[[1, 2], [3]]", "row 2 has length 1, the first has 2."),
        ("[[1, 2], 3]", "row 2 is one number, the first is a list of 2."),
        ("[[[1], [2]], [[3], [4, 5]]]", "cell [1, 1] has length 2, the first has 1."),
        ("[123456789012345678901234567890]", "cell [0] has more digits than any whole number here."),
        ("[1e400]", "1e400 is beyond all float64 numbers."),
        ("[[9007199254740993, 0.5]]", "row 1, column 1 is a whole number that float64 would round"),
        ("[18446744073709551615, -1]", "cell [0] is a whole number that float64 would round"),
        ("[[1, 2], [3", "isn't JSON"),
        ("[1, 2,]", "isn't JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[" * 200 + "1" + "]" * 200, "deep"),
        (json.dumps([None] * 9), "; and 4 more."),
    ],
)
def test_what_is_no_number_is_told_by_its_place(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith("a.json")
    assert reason in str(caught.value)


_numbers = st.one_of(st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.none(), st.text(max_size=3))
_lists = st.recursive(_numbers, lambda inner: st.lists(inner, max_size=3), max_leaves=12)


@given(data=_lists)
def test_any_nested_list_is_its_numbers_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    try:
        found = read(tmp_path_factory.mktemp("json"), json.dumps(data))
    except FileError as error:
        said = str(error)
    else:
        assert [repr(float(cell)) for cell in found.ravel()] == [repr(float(cell)) for cell in flat(data)]
        return
    assert said.startswith("a.json")
    assert said.endswith(".")


def flat(data: object) -> list[object]:
    return [cell for item in data for cell in flat(item)] if isinstance(data, list) else [data]
