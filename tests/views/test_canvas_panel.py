"""Arrows are cells: they follow the chosen cell, edit it live while they are dragged, and are one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.person import CTRL, KEY, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

B = np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def tips(person: Person) -> dict[str, tuple[float, ...]]:
    return {arrow.source: arrow.tip for arrow in person.snapshot.arrows.arrows}


def widths(person: Person) -> list[int]:
    return [widget.width() for widget in person.window.equation._widgets]


def test_the_arrows_are_the_row_and_the_column_of_the_chosen_cell(person: Person) -> None:
    assert tips(person) == {"A[0, :]": (2, 1), "B[:, 1]": (-1, 2)}
    person.click_cell(person.result, 2, 3)
    assert tips(person) == {"A[2, :]": (-1, 2), "B[:, 3]": (0, 4)}
    assert "90" not in person.find("readout_angle").text()


def test_a_drag_edits_the_cells_on_every_move_and_is_one_undo_step(person: Person) -> None:
    before = person.stored("A")
    let_go = person.drag_arrow("u", (20, 0), (30, 10))
    moved = person.stored("A")
    assert moved[0] != before[0]
    assert moved[1:] == before[1:]
    assert person.numbers(person.operand("A")) == moved
    assert person.numbers(person.result) == (np.array(moved) @ B).tolist()
    assert person.snapshot.moving
    let_go()
    assert not person.snapshot.moving
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == before
    person.key(KEY.Key_Z, CTRL | SHIFT)
    assert person.stored("A") == moved


def test_escape_in_the_middle_of_a_drag_takes_it_back(person: Person) -> None:
    before = person.stored("A")
    person.window.canvas_panel.canvas.setFocus()
    let_go = person.drag_arrow("u", (20, 0))
    person.key(KEY.Key_Escape)
    assert person.stored("A") == before
    let_go()
    assert person.snapshot.undo_label == ""


def test_nothing_moves_while_an_arrow_is_dragged(person: Person) -> None:
    """Columns may widen to longer numbers while an arrow is dragged, but never narrow and widen by turns."""
    steps = [(15, 3), (17, -8), (54, 0), (-12, 5), (0, 0)]
    places = []
    canvas = person.window.canvas_panel.canvas
    canvas.vectorMoved.connect(lambda *_: places.append(widths(person)))
    person.drag_arrow("u", *steps, *steps, *steps)()
    assert len(places) == 3 * len(steps)
    assert places[len(steps) :] == [places[len(steps)]] * 2 * len(steps)


def test_the_keys_move_the_chosen_arrow(person: Person) -> None:
    canvas = person.window.canvas_panel.canvas
    person.result.setFocus()
    person.key(KEY.Key_F6)
    assert canvas.hasFocus()
    assert canvas.selected == "u"
    person.key(KEY.Key_Right)
    assert person.stored("A")[0][0] > 2


def test_integers_stay_integers_under_an_arrow(sit: Callable[..., Person]) -> None:
    person = sit(workspace(N=[[2, 1], [1, 3]], C="N @ N"))
    person.drag_arrow("u", (23, 11))()
    assert person.snapshot.workspace.get("N").array.dtype.kind == "i"


def test_vectors_of_more_components_are_dragged_in_the_plane_of_both(sit: Callable[..., Person]) -> None:
    A, v = np.array([[1.0, 2.0, 2.0, 0.0]]), np.array([[2.0], [0.0], [0.0], [1.0]])
    person = sit(workspace(A=A, B=v, C="A @ B"))
    canvas = person.window.canvas_panel.canvas
    first = canvas.handle_position("v", "tip")
    let_go = person.drag_arrow("u", (-20, -31), (-35, -60))
    assert canvas.handle_position("v", "tip") == first, "the plane stands still under a hand"
    let_go()
    moved = np.array(person.stored("A"))
    assert moved.tolist() != A.tolist()
    assert np.linalg.matrix_rank(np.vstack([A, v.T, moved]), tol=1e-9) == 2, "it stayed in the plane of both"
    tip = tips(person)["A[0, :]"]
    assert np.hypot(*tip) == pytest.approx(np.linalg.norm(moved))
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("A") == A.tolist()


def test_shadows_of_vectors_show_no_angle_and_what_is_said_is_true(sit: Callable[..., Person]) -> None:
    person = sit(workspace(M=np.array([[1.0, 2, 2, 0], [0, 1, -1, 3], [2, 0, 1, 1]])))
    canvas = person.window.canvas_panel.canvas
    assert canvas._placed().angle is None
    assert "orthogonal" in canvas.sentence()
    assert "(1, 2, 2, …)" in canvas.sentence()
    assert "isn't seen" in person.snapshot.arrows.caption


def test_a_pinned_pair_stays_when_another_cell_is_chosen(person: Person) -> None:
    pin = person.find("pinButton")
    person.click(pin)
    person.click_cell(person.result, 2, 3)
    assert list(tips(person)) == ["A[0, :]", "B[:, 1]"]
    person.click(pin)
    assert list(tips(person)) == ["A[2, :]", "B[:, 3]"]


def test_a_matrix_alone_shows_its_columns(sit: Callable[..., Person]) -> None:
    person = sit(workspace(M=[[1.0, 0, 2], [0, 1, 3]]))
    assert list(tips(person)) == ["M[:, 0]", "M[:, 1]", "M[:, 2]"]
    assert "columns of M" in person.window.canvas_panel._caption.text()


@pytest.mark.parametrize("formula", ["A.T", "A + 1"])
def test_where_there_are_no_arrows_the_canvas_says_what_to_do(person: Person, formula: str) -> None:
    person.enter(formula)
    assert person.snapshot.arrows is None or not person.snapshot.arrows.arrows
    assert "No vectors" in person.window.canvas_panel.canvas.sentence()
    assert person.find("readout_dot").text() == "–"


def test_a_long_caption_doesn_t_widen_the_panel(sit: Callable[..., Person]) -> None:
    name = "a_name_that_goes_on_and_on_and_on"
    person = sit(workspace(**{name: [[1.0, 2]], "v": [[3.0], [4]], "C": f"{name} @ v"}))
    assert person.window.canvas_panel.width() <= 340
