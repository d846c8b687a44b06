"""The ribbon tells every shape of the formula, live, and unfolds a step where it is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.person import KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.workspace.workspace import Workspace


def layer() -> Workspace:
    return workspace(x=[[1.0, 2, -1], [0, 1, 3]], W=[[1.0, -1], [0.5, 2], [-1, 1]], b=[0.5, -1], h="relu(x @ W + b)")


def test_it_tells_the_shapes_of_what_is_being_typed(person: Person) -> None:
    person.write("A @ B + 1")
    assert "A @ B + 1 is (3, 4)" in person.window.ribbon.accessibleDescription()
    person.write("B.T")
    assert "B.T is (4, 2)" in person.window.ribbon.accessibleDescription()


def test_a_clicked_step_unfolds_between_the_formula_and_its_result(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    ribbon = person.window.ribbon
    place = ribbon.piece_position("@")
    person.point_at(ribbon, place)
    person.click(ribbon, place)
    assert person.snapshot.unfolded == "x @ W"
    (step,) = person.shown("stepGrid")
    x, weights = np.array(person.stored("x")), np.array(person.stored("W"))
    assert person.numbers(step) == (x @ weights).tolist()
    person.point_at(ribbon, place)
    person.click(ribbon, ribbon.piece_position("@"))
    assert person.shown("stepGrid") == []


def test_the_unfolded_step_follows_an_edit(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    person.window.session.unfold("x @ W")
    person.settle()
    person.window.session.select("x")
    person.enter("[[0, 0, 0], [1, 1, 1]]")
    assert person.numbers(person.shown("stepGrid")[0]) == [[0, 0], [0.5, 2]]


def test_the_keys_walk_the_pieces_and_enter_unfolds(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    ribbon = person.window.ribbon
    ribbon.setFocus()
    hovered: list[object] = []
    ribbon.stepHovered.connect(hovered.append)
    for _ in range(3):
        person.key(KEY.Key_Right)
    assert len(hovered) == 3
    person.key(KEY.Key_Left)
    source = person.snapshot.analysis.meanings["h"].inference.source
    span = hovered[-1]
    person.key(KEY.Key_Return)
    chosen = source[span.start : span.end]
    assert person.snapshot.unfolded == (chosen if chosen not in person.snapshot.workspace.names else None)


def test_pointing_at_a_step_lights_its_grids(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    ribbon = person.window.ribbon
    person.point_at(ribbon, ribbon.piece_position("@"))
    lit = [box.entry for box in person.window.equation._widgets if box.property("lit") and hasattr(box, "entry")]
    assert lit == ["x", "W"]
    person.point_at(person.window.why_strip)
    assert not any(box.property("lit") for box in person.window.equation._widgets)


def test_a_long_formula_can_be_moved_sideways_with_the_keys(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0]], C=" + ".join(["A"] * 60)))
    ribbon = person.window.ribbon
    ribbon.setFocus()
    person.key(KEY.Key_Left)
    assert ribbon.rect().contains(ribbon._rects()[ribbon._lit].center())
