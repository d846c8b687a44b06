"""The ribbon tells every shape of the formula, live, and unfolds a step where it is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint

from playground.language.problems import Span
from playground.views import theme
from playground.workspace.workspace import Workspace
from tests.person import KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable


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


def lit_boxes(person: Person) -> list[str]:
    return [box.entry for box in person.window.equation._widgets if box.property("lit") and hasattr(box, "entry")]


def test_pointing_at_the_whole_lights_the_result_too(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    person.point_at(person.window.ribbon, person.window.ribbon.piece_position("h"))
    assert lit_boxes(person) == ["x", "W", "b", "h"]


def test_what_is_lit_is_seen(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    box = next(box for box in person.window.equation._widgets if getattr(box, "entry", "") == "x")
    corner = box.rect().topRight() - QPoint(3, -9)
    before = box.grab().toImage().pixelColor(corner)
    person.point_at(person.window.ribbon, person.window.ribbon.piece_position("@"))
    assert box.grab().toImage().pixelColor(corner) == theme.LIGHT.accent_soft != before


def test_another_formula_puts_the_light_of_the_one_before_out(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    person.point_at(person.window.ribbon, person.window.ribbon.piece_position("@"))
    edit = person.window.formula_bar.edit
    assert edit._marks[1] == Span(5, 10)
    person.enter("W + x.T")
    assert edit._marks[1] is None
    assert lit_boxes(person) == []


def test_a_grid_without_numbers_is_lit_as_others_are(sit: Callable[..., Person]) -> None:
    person = sit(Workspace())
    for text in ("x: (3, 2)", "W: (2, 4)", "h = x @ W"):
        person.enter(text)
    box = next(box for box in person.window.equation._widgets if getattr(box, "entry", "") == "W")
    corner = box.rect().bottomRight() - QPoint(3, 9)
    before = box.grab().toImage().pixelColor(corner)
    person.point_at(person.window.ribbon, person.window.ribbon.piece_position("W"))
    assert lit_boxes(person) == ["W"]
    assert box.grab().toImage().pixelColor(corner) == theme.LIGHT.accent_soft != before


def test_the_caret_lights_what_it_stands_in(sit: Callable[..., Person]) -> None:
    person = sit(layer())
    ribbon, source = person.window.ribbon, person.bar.text()
    person.click(person.bar)
    person.bar.setCursorPosition(source.index("@"))
    assert ribbon._pieces[ribbon._lit].upper[0][0] == "@"
    assert lit_boxes(person) == ["x", "W"]
    person.bar.setCursorPosition(source.index("W"))
    assert lit_boxes(person) == ["W"]
    person.key(KEY.Key_End)
    assert ribbon._lit is None
    assert lit_boxes(person) == []


def test_named_sizes_are_written_and_spoken(sit: Callable[..., Person]) -> None:
    person = sit(Workspace())
    person.enter("x: (B=3, d=2)")
    person.enter("C = x.T")
    ribbon = person.window.ribbon
    lower = ["".join(run[0] for run in piece.lower) for piece in ribbon._pieces if piece.lower]
    assert lower == ["(B 3, d 2)", "(d 2, B 3)"]
    assert ribbon.accessibleDescription() == "x is (B=3, d=2), x.T is (d=2, B=3)"
    person.enter("C = x @ x")
    assert ribbon.piece_position("✗ inner d 2 ≠ B 3")


def lower_lines(person: Person) -> list[str]:
    return ["".join(run[0] for run in piece.lower) for piece in person.window.ribbon._pieces if piece.lower]


def test_the_simplest_layer_with_named_sizes_fits_at_1280_and_says_each_name_once(sit: Callable[..., Person]) -> None:
    person = sit(Workspace(), size=(1280, 800))
    for text in ("x: (B=32, d=784)", "W: (d=784, h=128)", "b: (h=128,)", "h = relu(x @ W + b)"):
        person.enter(text)
    ribbon = person.window.ribbon
    assert not ribbon._is_long()
    assert lower_lines(person) == [
        "(B 32, d 784)", "(32, h 128)", "(784, 128)", "(32, 128)", "(128,)", "(B 32, h 128)"
    ]  # fmt: skip
    person.window.resize(1900, 800)
    person.settle()
    assert lower_lines(person)[1] == "(B 32, h 128)", "where there is room, every axis says its name"
    person.window.resize(1280, 800)
    person.enter("dh: (B=32, h=128)")
    person.enter("dx = (dh * (h > 0)) @ W.T")
    assert not ribbon._is_long()


def test_no_piece_of_a_long_formula_is_cut(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=np.ones((2, 2)), C=" + ".join(["A"] * 60)))
    ribbon = person.window.ribbon
    assert ribbon._is_long()
    for offset in (0, 7, 40, ribbon._overflow()):
        ribbon._offset = offset
        rects, whole = ribbon._rects(), ribbon._whole_pieces()
        assert all(rects[k].left() >= 0 for k in whole)
        assert all(rects[k].right() < ribbon._room() for k in whole if k < ribbon._pinned)
    assert ribbon._pinned - 1 in whole, "the last piece comes into sight at the end"


def test_a_long_formula_can_be_moved_sideways_with_the_keys(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0]], C=" + ".join(["A"] * 60)))
    ribbon = person.window.ribbon
    ribbon.setFocus()
    person.key(KEY.Key_Left)
    assert ribbon.rect().contains(ribbon._rects()[ribbon._lit].center())


def test_of_a_long_formula_what_clashes_and_what_is_typed_are_in_sight(sit: Callable[..., Person]) -> None:
    long = " + ".join(["A"] * 40)
    person = sit(workspace(A=np.ones((2, 2)), W=np.ones((3, 4)), C="A"))
    ribbon = person.window.ribbon
    person.write(f"{long} + A @ A")
    assert ribbon._is_long()
    assert ribbon._pinned - 1 in ribbon._whole_pieces(), "the caret stands at the end"
    person.enter(f"{long} + A @ W + {long}")
    clashing = [k for k, piece in enumerate(ribbon._pieces) if any(bold for _, _, bold in piece.lower)]
    assert len(clashing) == 2
    assert set(clashing) <= set(ribbon._whole_pieces())


def test_words_of_other_libraries_are_shown_in_numpys_and_lit_where_they_were_typed(person: Person) -> None:
    person.write("2 * F.linear(A, B.t())")
    ribbon = person.window.ribbon
    assert "2 * (A @ B.T.T) is (3, 4)" in ribbon.accessibleDescription()
    lit: list[object] = []
    person.window.formula_bar.edit.mark = lambda wrong, span: lit.append(span)  # type: ignore[method-assign]
    person.point_at(ribbon, ribbon.piece_position("@"))
    assert lit[-1] == Span(4, 22)
