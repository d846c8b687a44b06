"""Where a text leads, against what NumPy takes for the same text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.workspace.place_text import Goal, PlaceRefusal, find_place, take_apart
from playground.workspace.slicing import Role, Slicing, usual


def go(text: str, before: Slicing, name: str = "A") -> Goal | PlaceRefusal:
    place = take_apart(text)
    return place if isinstance(place, PlaceRefusal) else find_place(place, before, name)


def boxed(text: str, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    goal = go(text, usual(shape))
    assert isinstance(goal, Goal), goal
    return goal.box


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("3, 4", (3, 4, 4, 5)),
        ("[3,4]", (3, 4, 4, 5)),
        ("(3, 4)", (3, 4, 4, 5)),
        ("A[3, 4]", (3, 4, 4, 5)),
        ("-1, -2", (29, 30, 6, 7)),
        ("10:20, :", (10, 20, 0, 8)),
        (":, 2", (0, 30, 2, 3)),
        ("5", (5, 6, 0, 8)),
        ("..., 2", (0, 30, 2, 3)),
        ("-5:, :3", (25, 30, 0, 3)),
        ("2:99, 1", (2, 30, 1, 2)),
        ("::-1, 1", (0, 30, 1, 2)),
        ("A", (0, 30, 0, 8)),
        ("A[]", (0, 30, 0, 8)),
    ],
)
def test_places_of_a_matrix(text: str, box: tuple[int, int, int, int]) -> None:
    assert boxed(text, (30, 8)) == box


def test_vectors_and_numbers_have_places_too() -> None:
    assert boxed("5", (9,)) == (0, 1, 5, 6)
    assert boxed("[2:4]", (9,)) == (0, 1, 2, 4)
    assert boxed("A[]", ()) == (0, 1, 0, 1)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "row and a column"),
        ("30, 1", "no place 30"),
        ("-31, 1", "no place -31"),
        ("1, 2, 3", "too many"),
        ("x", None),
        ("1, b", "“b”"),
        ("5:5, 1", "holds nothing"),
        ("1:9:2, 1", "“1:9:2”"),
        ("A[1][2]", "row and a column"),
        ("..., ...", "too many"),
        ("__import__('os')", "“'os'”"),
        ("1" * 300, "row and a column"),
    ],
)
def test_a_wrong_text_is_one_sentence(text: str, word: str | None) -> None:
    if word is None:
        assert take_apart(text).name == "x"  # whether there is such an entry others know
        return
    refused = go(text, usual((30, 8)))
    assert isinstance(refused, PlaceRefusal)
    assert word in refused.message


def test_empty_arrays_have_no_places() -> None:
    assert isinstance(go("0, 0", usual((0, 3))), PlaceRefusal)


def test_axes_that_are_not_shown_move() -> None:
    before = usual((2, 3, 4, 5))
    goal = go("T[1, 2, 3, 4]", before)
    assert goal == Goal(before.standing(0, 1).standing(1, 2), (3, 4, 4, 5))
    assert go("T[1, 2]", before) == Goal(before.standing(0, 1).standing(1, 2), (0, 4, 0, 5))
    assert go("2, 1:3", before) == Goal(before, (2, 3, 1, 3))  # of what is shown


def test_a_part_of_other_axes_shows_them() -> None:
    before = usual((2, 3, 4, 5)).standing(0, 1)
    goal = go("T[:, 1, 0:2, 3]", before)
    assert isinstance(goal, Goal)
    assert (goal.slicing.row, goal.slicing.column) == (0, 2)
    assert goal.box == (0, 2, 0, 2)
    one = go("T[0, 1:3, 2, 2]", before)
    assert isinstance(one, Goal)
    assert (one.slicing.row, one.slicing.column) == (1, 3)
    assert one.box == (1, 3, 2, 3)
    assert isinstance(go("T[0, :, :, :]", before), PlaceRefusal)


@given(st.text(alphabet="A[]():,.-+0123456789 x", max_size=14))
def test_any_text_is_a_place_or_a_sentence(text: str) -> None:
    assert isinstance(go(text, usual((4, 3, 5))), Goal | PlaceRefusal)


index = st.integers(-4, 3) | st.builds(slice, st.none() | st.integers(-5, 5), st.none() | st.integers(-5, 5))


@given(st.lists(index, max_size=3), st.permutations([Role.ROWS, Role.COLUMNS, Role.SLIDER]), st.integers(0, 3))
def test_a_goal_shows_what_numpy_takes(items: list[int | slice], roles: list[Role], at: int) -> None:
    values = np.arange(64).reshape(4, 4, 4)
    before = usual((4, 4, 4)).standing(0, at)
    before = before.with_role(roles.index(Role.ROWS), Role.ROWS).with_role(roles.index(Role.COLUMNS), Role.COLUMNS)
    text = ", ".join(
        f"{i.start or ''}:{'' if i.stop is None else i.stop}" if isinstance(i, slice) else str(i) for i in items
    )
    goal = go(f"T[{text}]", before)
    expected = values[tuple(items)]
    if not expected.size:
        assert isinstance(goal, PlaceRefusal)
        return
    if isinstance(goal, PlaceRefusal):
        assert "Two axes can be shown" in goal.message
        return
    r0, r1, c0, c1 = goal.box
    shown = goal.slicing.of(values)[r0:r1, c0:c1]
    if len(items) == 3:
        assert sorted(shown.ravel()) == sorted(expected.ravel())
    else:
        assert set(shown.ravel()) <= set(expected.ravel())
