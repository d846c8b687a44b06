"""Pointing at a cell, with the mouse or the keyboard, lights what it hangs on and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.views import theme
from tests.person import KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.grid.grid import Grid

    Sit = Callable[..., Person]


def lit(grid: Grid) -> set[tuple[int, int]]:
    """Cells that are lit, and not pointed at themselves."""
    return {(r, c) for band in grid.bands if not band.own for r in band.rows for c in band.columns}


def point(person: Person, grid: Grid, row: int, column: int) -> None:
    person.point_at(grid.viewport(), grid.cell_position(row, column))


def row(index: int, count: int) -> set[tuple[int, int]]:
    return {(index, k) for k in range(count)}


def column(index: int, count: int) -> set[tuple[int, int]]:
    return {(k, index) for k in range(count)}


def test_a_result_cell_lights_its_row_and_its_column(person: Person) -> None:
    point(person, person.result, 2, 3)
    assert lit(person.operand("A")) == row(2, 2)
    assert lit(person.operand("B")) == column(3, 2)
    assert [(band.rows, band.columns, band.own) for band in person.result.bands] == [(range(2, 3), range(3, 4), True)]


def test_an_operand_cell_lights_what_it_reaches(person: Person) -> None:
    point(person, person.operand("A"), 1, 0)
    assert lit(person.result) == row(1, 4)
    assert lit(person.operand("B")) == set()
    point(person, person.operand("B"), 1, 2)
    assert lit(person.result) == column(2, 3)
    assert lit(person.operand("A")) == set()


def test_it_goes_away_with_the_pointer(person: Person) -> None:
    person.bar.setFocus()
    point(person, person.result, 0, 0)
    assert person.operand("A").bands
    person.point_at(person.bar)
    assert not any(grid.bands for grid in (person.result, person.operand("A"), person.operand("B")))


def test_the_active_cell_lights_the_same_for_the_keyboard(person: Person) -> None:
    person.result.setFocus()
    for _ in range(2):
        person.key(KEY.Key_Down)
    person.key(KEY.Key_Home)
    assert lit(person.operand("A")) == row(2, 2)
    assert lit(person.operand("B")) == column(0, 2)
    person.operand("B").setFocus()
    person.key(KEY.Key_End)
    assert lit(person.result) == column(3, 3)
    person.bar.setFocus()
    person.settle()
    assert not any(grid.bands for grid in (person.result, person.operand("A"), person.operand("B")))


def test_of_pointer_and_keys_the_last_one_counts(person: Person) -> None:
    person.result.setFocus()
    point(person, person.result, 2, 3)
    assert lit(person.operand("A")) == row(2, 2)
    person.key(KEY.Key_Down)
    assert lit(person.operand("A")) == row(1, 2)
    point(person, person.result, 2, 2)
    assert lit(person.operand("A")) == row(2, 2)
    person.point_at(person.bar)
    assert lit(person.operand("A")) == row(1, 2)


def test_a_composite_lights_through_what_lies_between(sit: Sit) -> None:
    person = sit(workspace(X=np.ones((4, 3)), W=np.ones((3, 2)), Y="relu(X @ W + 1)"))
    point(person, person.result, 3, 1)
    assert lit(person.operand("X")) == row(3, 3)
    assert lit(person.operand("W")) == column(1, 3)


def test_each_place_of_an_array_shows_its_own_part(sit: Sit) -> None:
    person = sit(workspace(A=np.arange(6.0).reshape(3, 2), C="A @ A.T"))
    point(person, person.result, 0, 2)
    first, second = (grid for grid in person.shown("operandGrid"))
    assert (lit(first), lit(second)) == (row(0, 2), row(2, 2))
    point(person, first, 1, 0)
    assert lit(person.result) == row(1, 3) | column(1, 3)


def test_nothing_is_lit_where_it_cannot_be_said(sit: Sit) -> None:
    person = sit(workspace(A=np.arange(6.0).reshape(3, 2), C="A + A[argmax(A[:, 0])]"))
    point(person, person.result, 1, 1)
    assert not person.result.bands
    assert not any(grid.bands for grid in person.shown("operandGrid"))


def test_a_slice_lights_what_of_it_is_in_sight(sit: Sit) -> None:
    person = sit(workspace(T=np.ones((2, 3, 4)), v=np.ones(4), C="T @ v"))
    point(person, person.result, 0, 1)
    assert lit(person.operand("T")) == row(1, 4)
    assert lit(person.operand("v")) == row(0, 4)
    point(person, person.result, 1, 1)
    assert lit(person.operand("T")) == set()
    assert lit(person.operand("v")) == row(0, 4)


def test_what_is_lit_follows_the_formula(person: Person) -> None:
    point(person, person.result, 2, 1)
    person.enter("A @ A")  # wrong: nothing true can be lit
    assert not person.result.bands
    person.enter("A @ B * 2")
    assert lit(person.operand("A")) == row(2, 2)


def test_no_question_goes_to_the_engine(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    for name in ("request", "choose_cell", "request_window", "update"):
        monkeypatch.setattr(person.window.session, name, lambda *a, **k: asked.append((a, k)))
    before = person.snapshot
    for r in range(3):
        point(person, person.result, r, r)
        point(person, person.operand("A"), r, 0)
    assert asked == []
    assert person.snapshot is before


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_painted_in_the_colours_of_the_axes(sit: Sit, look: str) -> None:
    person = sit(None, look=look)
    grid = person.operand("A")
    before = grid.grab().toImage()
    point(person, person.result, 2, 3)
    after = grid.grab().toImage()
    assert before != after
    layout = grid.layout_now()
    edge = after.pixelColor(layout.x(0) + layout.cell_width // 2, layout.y(2) + 1)
    axis = theme.current().axes[person.snapshot.analysis.meanings["C"].inference.operand_axes["A"][0]]
    assert max(abs(edge.red() - axis.red()), abs(edge.green() - axis.green()), abs(edge.blue() - axis.blue())) < 60
    person.point_at(person.bar)
    assert grid.grab().toImage() == before
