"""What is chosen: equations that stay standing, cells that stay inside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.signature import Signature
from playground.record import replace
from playground.session.analysis import analyse
from playground.session.focus import default_cell, first_choice, fit_cell, neighbour, shown_entry
from playground.session.snapshot import Snapshot
from playground.workspace.workspace import Workspace
from tests.session.making import PRODUCT, workspace

SIZES = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=4).map(tuple)


def signature(*shape: int | None) -> Signature:
    return Signature(shape, np.dtype("float64"))


def snapshot(selected: str | None, shown: str | None, **entries: object) -> Snapshot:
    document = workspace(**(entries or PRODUCT))
    return Snapshot(document, analyse(document), selected, shown)


@pytest.mark.parametrize(
    ("selected", "shown", "stands"),
    [
        ("C", "C", "C"),
        ("A", "C", "C"),  # an operand leaves the equation standing
        ("C", "A", "C"),
        ("A", None, "A"),
        ("A", "gone", "A"),
        (None, "C", None),
    ],
)
def test_the_equation_in_the_middle(selected: str | None, shown: str | None, stands: str | None) -> None:
    assert shown_entry(snapshot(selected, shown)) == stands


def test_an_array_that_the_equation_does_not_use_stands_alone() -> None:
    document = {**PRODUCT, "X": [[1]]}
    assert shown_entry(snapshot("X", "C", **document)) == "X"


def test_text_that_cannot_be_read_uses_nothing() -> None:
    assert shown_entry(snapshot("A", "C", A=[[1]], C="A @")) == "A"


@pytest.mark.parametrize(
    ("entries", "first"),
    [({}, None), ({"A": [1], "B": [2]}, "A"), ({"C": "B.T", "B": [2], "D": "B"}, "D"), (PRODUCT, "C")],
)
def test_what_is_chosen_when_a_workspace_opens(entries: dict[str, object], first: str | None) -> None:
    assert first_choice(workspace(**entries)) == first


@pytest.mark.parametrize(("gone", "chosen"), [("A", "B"), ("B", "C"), ("C", "B"), (None, "C"), ("other", "C")])
def test_where_the_chosen_entry_is_gone_its_neighbour_is_chosen(gone: str | None, chosen: str) -> None:
    old = workspace(**PRODUCT)
    new = old.without(gone) if gone is not None else old
    assert neighbour(old, gone, new) == chosen


def test_nothing_is_chosen_where_there_is_nothing() -> None:
    assert neighbour(workspace(A=[1]), "A", Workspace()) is None


@pytest.mark.parametrize(
    ("shape", "cell"),
    [((3, 4), (0, 1)), ((3, 1), (0, 0)), ((4,), (1,)), ((1,), (0,)), ((), ()), ((2, 3, 4), (0, 0, 1)), ((0, 3), None)],
)
def test_the_cell_that_is_chosen_first(shape: tuple[int, ...], cell: tuple[int, ...] | None) -> None:
    assert default_cell(signature(*shape)) == cell


def test_a_cell_stays_where_it_can_and_moves_inside_where_it_cannot() -> None:
    assert fit_cell((2, 3), signature(3, 4)) == (2, 3)
    assert fit_cell((2, 3), signature(2, 2)) == (1, 1)
    assert fit_cell((2, 3), signature(7)) == (1,)
    assert fit_cell(None, signature(3, 4)) == (0, 1)
    assert fit_cell((4,), signature(None)) == (4,)  # only the data knows the size


@given(shape=SIZES, cell=st.one_of(st.none(), st.lists(st.integers(0, 9), max_size=4).map(tuple)))
def test_a_chosen_cell_is_inside_or_none(shape: tuple[int | None, ...], cell: tuple[int, ...] | None) -> None:
    found = fit_cell(cell, Signature(shape, np.dtype("float64")))
    if 0 in shape:
        assert found is None
    if found is not None:
        assert len(found) == len(shape)
        assert all(size is None or index < size for index, size in zip(found, shape, strict=True))
        assert fit_cell(found, Signature(shape, np.dtype("float64"))) == found


def test_the_meaning_of_a_snapshot_is_that_of_the_draft_first() -> None:
    stored = snapshot("C", "C")
    assert stored.meaning is stored.analysis.meanings["C"]
    assert snapshot("A", "A").meaning is None
    assert replace(stored, shown=None).meaning is None
