"""The inspector says what NumPy would say of the chosen entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.person import Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable


ATTRIBUTES = ("ndim", "shape", "size", "dtype", "itemsize", "nbytes", "strides")


def attributes(person: Person) -> dict[str, str]:
    more = person.find("inspectorMore")
    if not more.isChecked():
        person.click(more)
    return {name: person.find(f"inspector_{name}").text() for name in ATTRIBUTES}


def as_numpy_says(array: np.ndarray) -> dict[str, str]:
    return {name: str(getattr(array, name)) for name in ATTRIBUTES}


@pytest.mark.parametrize(
    "array",
    [
        np.ones((3, 2)),
        np.ones(5, dtype=np.float32),
        np.ones((2, 3, 4), dtype=np.int16),
        np.array(3.0),
        np.ones((0, 3)),
        np.ones((2, 2), dtype=bool),
        np.ones((2, 2), dtype=complex),
    ],
)
def test_an_array_s_seven_attributes(sit: Callable[..., Person], array: np.ndarray) -> None:
    person = sit(workspace(A=array))
    assert attributes(person) == as_numpy_says(array)


@pytest.mark.parametrize("formula", ["A.T", "A @ A.T", "A[:, 0]", "A > 0", "sum(A)"])
def test_a_result_s_seven_attributes(sit: Callable[..., Person], formula: str) -> None:
    array = np.arange(6.0).reshape(3, 2)
    person = sit(workspace(A=array, C=formula))
    assert attributes(person) == as_numpy_says(np.asarray(numpy_says(formula, array)))


def numpy_says(formula: str, A: np.ndarray) -> np.ndarray:
    return {"A.T": A.T, "A @ A.T": A @ A.T, "A[:, 0]": A[:, 0], "A > 0": A > 0, "sum(A)": np.sum(A)}[formula]


def test_the_line_and_the_table_take_turns(person: Person) -> None:
    line, more = person.find("inspectorLine"), person.find("inspectorMore")
    assert line.text() == "(3, 4) · float64 · 96 B"
    assert line.isVisible()
    person.click(more)
    assert not line.isVisible()
    assert person.find("inspector_ndim").isVisible()
    person.click(more)
    assert line.isVisible()
    assert not person.find("inspector_ndim").isVisible()


def test_it_follows_the_chosen_entry_and_an_edit(person: Person) -> None:
    person.window.session.select("A")
    assert attributes(person)["shape"] == "(3, 2)"
    person.enter("[1, 2, 3]")
    assert attributes(person)["shape"] == "(3,)"
    assert attributes(person)["strides"] == "(8,)"


def test_the_last_good_result_is_called_so(person: Person) -> None:
    person.enter("A @ B.T")
    assert person.find("inspectorLine").text() == "last good: (3, 4)"


def test_no_value_is_said(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0, 2]], C="A @ A"))
    assert person.find("inspectorLine").text() == "no value yet"


def test_a_shape_without_numbers_has_the_attributes_that_it_would_have(person: Person) -> None:
    person.enter("A: (B=3, 2) float32")
    person.window.session.select("A")
    assert person.find("inspectorLine").text() == "(3, 2) · float32 · 24 B"
    assert attributes(person)["strides"] == "(8, 4)"
    assert attributes(person)["shape"] == "(B=3, 2)"
    person.click(person.find("inspectorMore"))
    person.window.session.select("C")
    assert person.find("inspectorLine").text() == "(3, 4) · float64 · 96 B"
