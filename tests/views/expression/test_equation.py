"""The equation is the document: grids that edit it, as large as fits, and the reason where there is no result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from playground.compute.outcome import Failure
from playground.session.job import cancelled
from playground.session.snapshot import ResultState
from playground.views.expression.equation_parts import MOST_FULL
from playground.workspace.examples import EXAMPLES
from tests.person import CTRL, KEY, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.expression.equation import EquationView

A, B = np.array([[2.0, 1.0], [0.0, 3.0], [-1.0, 2.0]]), np.array([[1.0, -1.0, 3.0, 0.0], [2.0, 2.0, -1.0, 4.0]])


def fits(equation: EquationView) -> bool:
    """Whether the whole equation is in sight, with no scroll bar."""
    return not equation.verticalScrollBar().isVisible() and not equation.horizontalScrollBar().isVisible()


def full_size(person: Person) -> list[str]:
    """Names of the grids that are drawn full size, the result's last."""
    grids = [*person.shown("operandGrid"), *person.shown("stepGrid"), *person.shown("resultGrid")]
    return [str(grid.property("entryName")) for grid in grids]


# -- editing -----------------------------------------------------------------------------------------------------


def test_an_operand_s_grid_edits_the_document(person: Person) -> None:
    person.click_cell(person.operand("A"), 1, 0)
    person.type("5")
    person.key(KEY.Key_Return)
    edited = A.copy()
    edited[1, 0] = 5
    assert person.stored("A") == edited.tolist()
    assert person.numbers(person.result) == (edited @ B).tolist()
    person.key(KEY.Key_Z, CTRL)
    assert person.numbers(person.result) == (A @ B).tolist()


def test_a_fraction_into_whole_numbers_offers_the_dtype_as_one_step(sit: Callable[..., Person]) -> None:
    person = sit(workspace(N=[[1, 2]], C="N * 2"))
    person.click_cell(person.operand("N"), 0, 0)
    person.type("1/2")
    person.key(KEY.Key_Return)
    assert person.stored("N") == [[1, 2]]
    person.key(KEY.Key_Return)
    assert person.stored("N") == [[0.5, 2]]
    person.key(KEY.Key_Z, CTRL)
    assert person.stored("N") == [[1, 2]]
    assert person.snapshot.workspace.get("N").array.dtype.kind == "i"


def test_a_result_says_that_it_can_t_be_typed_into(person: Person) -> None:
    person.click_cell(person.result, 0, 0)
    person.type("5")
    assert "computed" in person.snapshot.notice.text
    assert person.numbers(person.result) == (A @ B).tolist()
    assert person.window.problem_bar._message.isVisible()


def test_the_same_operand_twice_is_edited_in_both(sit: Callable[..., Person]) -> None:
    person = sit(workspace(M=[[1.0, 2], [3, 4]], S="M @ M"))
    first, second = (grid for grid in person.shown("operandGrid"))
    person.click_cell(second, 0, 0)
    person.type("9")
    person.key(KEY.Key_Return)
    assert person.numbers(first) == person.numbers(second) == [[9, 2], [3, 4]]


def test_lines_and_shapes_are_changed_in_the_grid(person: Person) -> None:
    grid = person.operand("A")
    grid.linesInsertRequested.emit(0, 1, 1)
    person.settle()
    assert person.stored("A") == [[2, 1], [0, 0], [0, 3], [-1, 2]]
    assert person.result.source.shape == (4, 4)
    grid.linesDeleteRequested.emit(0, 0, 2)
    grid.resizeRequested.emit(3, 2)
    person.settle()
    assert person.stored("A") == [[0, 3], [-1, 2], [0, 0]]


# -- the chosen cell ---------------------------------------------------------------------------------------------


def test_a_clicked_cell_frames_its_row_and_its_column(person: Person) -> None:
    person.click_cell(person.result, 2, 3)
    (row,) = {(light.r0, light.r1, light.c0, light.c1) for light in person.operand("A")._highlights}
    (column,) = {(light.r0, light.r1, light.c0, light.c1) for light in person.operand("B")._highlights}
    assert row == (2, 3, 0, 2)
    assert column == (0, 2, 3, 4)
    assert person.snapshot.cell == (2, 3)


def test_the_arrow_keys_choose_cells_too(person: Person) -> None:
    person.click_cell(person.result, 0, 0)
    person.key(KEY.Key_Down)
    person.key(KEY.Key_Right)
    assert person.snapshot.cell == (1, 1)
    assert "C[1, 1]" in person.window.why_strip.accessibleDescription()


# -- room --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (2560, 1440)])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_in_sight_whole(sit: Callable[..., Person], name: str, size: tuple[int, int]) -> None:
    person = sit(EXAMPLES[name].build(), size)
    assert fits(person.window.equation)
    for box in person.window.equation._widgets:
        assert person.window.equation.viewport().rect().contains(box.geometry()), box


def test_784_by_10_is_a_window_with_headers(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=np.ones((32, 784)), W=np.ones((784, 10)), b=np.zeros(10), h="x @ W + b"))
    assert fits(person.window.equation)
    assert "rows 0" in person.operand("W").accessibleName()
    assert "of 784" in person.operand("W").accessibleName()
    assert person.result.source.shape == (32, 10)
    for grid in (person.operand("x"), person.operand("W"), person.result):
        assert (grid.layout_now().first_row, grid.layout_now().first_column) == (0, 0)


def test_a_cell_chosen_far_off_is_in_sight_when_its_formula_is_shown_again(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=np.arange(60.0), C="x[:, None] + x", D="x"))
    person.window.session.select("C")
    person.window.session.choose_cell((50, 40))
    person.window.session.select("D")
    person.settle()
    person.window.session.select("C")
    person.settle()
    r0, r1, c0, c1 = person.result.layout_now().visible
    assert r0 <= 50 < r1
    assert c0 <= 40 < c1


def test_of_five_operands_three_grids_are_full_and_a_click_makes_another_one(sit: Callable[..., Person]) -> None:
    person = sit(EXAMPLES["five-operands"].build())
    assert len(full_size(person)) == MOST_FULL
    assert full_size(person)[-1] == "scores"
    thumbnails = {box.entry: box for box in person.shown("operandThumbnail")}
    assert set(thumbnails) | set(full_size(person)) == {"x", "W1", "b1", "W2", "b2", "scores"}
    person.click(thumbnails["x"])
    assert "x" in full_size(person)
    assert len(full_size(person)) == MOST_FULL
    assert person.snapshot.selected == "scores"
    assert person.operand("x").hasFocus()
    assert fits(person.window.equation)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Space])
def test_keys_make_a_thumbnail_full_size(sit: Callable[..., Person], key: KEY) -> None:
    person = sit(EXAMPLES["five-operands"].build())
    thumbnail = next(box for box in person.shown("operandThumbnail") if box.entry == "W1")
    thumbnail.setFocus()
    person.key(key)
    assert "W1" in full_size(person)
    assert person.operand("W1").hasFocus()


def test_a_large_result_comes_block_by_block(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=np.arange(600.0), C="x[:, None] + x"))
    assert person.result.source.shape == (600, 600)
    assert person.result.source.block(0, 2, 0, 2).tolist() == [[0, 1], [1, 2]]
    person.result.scroll_to(500, 500)
    person.settle()
    r0, r1, c0, c1 = person.result.layout_now().visible
    assert person.result.source.block(r0, r1, c0, c1)[0, 0] == r0 + c0


def test_boxes_made_anew_show_their_numbers(person: Person) -> None:
    for _ in range(5):
        person.window.equation._rebuild()
        person.settle()
        assert person.numbers(person.operand("A")) == A.tolist()
        assert person.numbers(person.result) == (A @ B).tolist()


# -- no result ---------------------------------------------------------------------------------------------------


def test_an_invalid_edit_keeps_the_last_good_picture_greyed(person: Person) -> None:
    person.enter("A @ B.T")
    assert person.problem_text
    assert person.numbers(person.result) == (A @ B).tolist()
    assert person.result._stale
    assert "last good result" in person.result.accessibleName()
    person.key(KEY.Key_Z, CTRL)
    assert not person.result._stale


def test_a_text_that_cannot_be_read_shows_the_last_good_formula_and_none_that_was_wrong_already(person: Person) -> None:
    def signs() -> list[str]:
        return [widget.text() for widget in person.window.equation._widgets if isinstance(widget, QLabel)]

    person.enter("A * B")
    assert signs() == ["*", "="]
    person.enter("A @@ B")
    assert signs() == ["@", "="]
    assert person.result._stale
    person.enter("h = A * B")
    person.enter("h = A @@ B")
    assert signs() == []
    assert "no result yet" in person.find("resultGrid").accessibleName()


def test_the_clashing_operand_is_marked_where_it_is_a_thumbnail_too(sit: Callable[..., Person]) -> None:
    person = sit(workspace(x=np.ones((2, 3)), W=np.ones((3, 4)), h="x @ W + W"))
    (box,) = person.shown("operandThumbnail")
    assert box.property("entryName") == "W"
    assert [run[0] for run in box._runs] == ["✗ 3", "×", "4"]
    assert box.width() >= box.sizeHint().width()


def test_a_singular_matrix_is_said_at_the_result(sit: Callable[..., Person]) -> None:
    person = sit(workspace(S=[[1.0, 2], [3, 4]], I="linalg.inv(S)"))
    person.window.session.select("S")
    person.enter("[[1, 2], [2, 4]]")
    (note,) = person.shown("resultNote")
    assert "singular" in note.text().lower() or "inverse" in note.text().lower()
    assert person.result._stale
    person.key(KEY.Key_Z, CTRL)
    assert person.shown("resultNote") == []
    assert not person.result._stale


def test_text_that_cannot_be_read_leaves_the_equation_that_gave_the_result(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0, 2], [3, 4]], C="A @ A"))
    person.enter("linalg.inv(zeros((2, 2)))")
    person.enter("lambda x: x")
    assert [part.text for part in person.window.equation._structure[0]] == ["A", "@", "A", "=", "C"]
    assert person.result._stale


def test_what_a_person_ended_is_said_without_alarm(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=[[1.0, 2], [3, 4]], C="A @ A"))
    session = person.window.session
    for failure, kind in ((Failure("singular", "No."), "note"), (cancelled(), "soft")):
        session.update(results={"C": ResultState(failure=failure)})
        (note,) = person.shown("resultNote")
        assert note.text().startswith(failure.message)
        assert note.property("kind") == kind
        row = person.find("entryList").model().index(1).data(Qt.ItemDataRole.UserRole)
        assert row.wrong == (kind == "note")


def test_ten_terabytes_are_refused_in_words(person: Person) -> None:
    person.enter("zeros((1250000, 1000000))")
    (note,) = person.shown("resultNote")
    assert "TiB" in note.text() or "TB" in note.text()
    assert "e+" not in note.text()
    assert fits(person.window.equation)


def test_an_empty_workspace_says_what_to_do_and_offers_it(sit: Callable[..., Person]) -> None:
    person = sit(workspace())
    button = person.find("newMatrixButton")
    assert button.isVisible()
    person.click(button)
    assert person.stored("A") == np.zeros((3, 3)).tolist()
    assert not button.isVisible()
    assert person.operand("A").isVisible()


def test_a_formula_typed_into_an_empty_workspace_is_an_entry(sit: Callable[..., Person]) -> None:
    person = sit(workspace())
    person.enter("eye(3)")
    assert person.numbers(person.result) == np.eye(3).tolist()
    person.key(KEY.Key_Z, CTRL)
    assert person.find("newMatrixButton").isVisible()


@pytest.mark.parametrize(
    ("entries", "shape"),
    [
        ({"E": np.zeros((0, 3)), "C": "E + 1"}, (0, 3)),
        ({"E": np.zeros((3, 0)), "C": "E.T"}, (0, 3)),
        ({"x": np.array(3.0), "C": "x + 1"}, ()),
        ({"x": np.array([np.nan, np.inf, -np.inf]), "C": "x * 2"}, (3,)),
        ({"T": np.ones((2, 3, 4)), "C": "T + 1"}, (3, 4)),  # a slice of it
    ],
)
def test_odd_shapes_are_shown(sit: Callable[..., Person], entries: dict[str, object], shape: tuple[int, ...]) -> None:
    person = sit(workspace(**entries))
    assert person.result.source.shape == shape
    assert fits(person.window.equation)
    assert person.window.grab().size().toTuple() == (1280, 800)


def test_a_short_result_of_long_operands_is_shown_whole_where_there_is_room(sit: Callable[..., Person]) -> None:
    x = np.random.default_rng(0).normal(size=(100, 3))
    person = sit(workspace(X=x, y=x[:, 0] * 2, w="linalg.lstsq(X, y)[0]"), size=(1000, 520))
    assert not person.result.horizontalScrollBar().isVisible()
    assert person.result.layout_now().page_columns >= 3
