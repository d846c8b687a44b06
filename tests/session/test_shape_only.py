"""Shapes without numbers in a live session: typed, used, filled, taken back; never computed, never red."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.language.signature import Signature
from playground.session.drafts import add, commit, stored_text, type_text
from playground.session.shape_only import missing_numbers, would_be
from playground.workspace.edits import SetFormula
from playground.workspace.shape_edits import FillShape, KeepShape
from playground.workspace.workspace import Workspace
from tests.session.making import PRODUCT, is_current, session_of, value_of, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.session import Session


@pytest.fixture
def session() -> Iterator[Session]:
    made = session_of(Workspace())
    yield made
    made.stop()


def enter(session: Session, *texts: str) -> None:
    for text in texts:
        add(session, text)


def selected(session: Session, name: str) -> Session:
    session.select(name)
    return session


USE = "Fill it, or use it in a formula."
NETWORK = ("x: (B=32, d=784) float16", "W: (d, 10) float16", "C = x @ W")


def test_a_declaration_becomes_an_entry_and_a_formula_on_it_is_inferred_and_not_computed(session: Session) -> None:
    enter(session, *NETWORK)
    snapshot = session.snapshot
    assert snapshot.workspace.names == ("x", "W", "C")
    assert snapshot.analysis.signatures["C"] == Signature((32, 10), np.dtype(np.float16), axis_names=("B", None))
    assert snapshot.analysis.order == ()
    assert snapshot.analysis.shapes_only == {"x", "W", "C"}
    assert snapshot.results == {}
    assert not snapshot.computing
    assert snapshot.cell is None
    assert snapshot.meaning is not None
    assert snapshot.meaning.problem is None
    assert would_be(snapshot, "C") == "C would be (B=32, 10) float16: 640 B, 502 kFLOP. Fill x and W to compute it."
    assert would_be(snapshot, "x") == "x is a shape without numbers: (B=32, d=784) float16, 50 kB. " + USE


def test_filling_what_is_missing_computes_and_undo_takes_it_back(session: Session) -> None:
    enter(session, *NETWORK)
    session.edit(FillShape("x", "ones"))
    assert missing_numbers(session.snapshot.workspace, "C") == ("W",)
    session.edit(FillShape("W", "ones"))
    assert is_current(session, "C")
    assert value_of(session, "C")[0][0] == 784
    assert would_be(session.snapshot, "C") == ""
    session.undo()
    assert session.snapshot.results == {}
    session.undo()
    session.redo()
    session.redo()
    assert is_current(session, "C")


def test_numbers_given_up_take_the_result_and_its_reasons_along() -> None:
    session = session_of(workspace(**PRODUCT))
    assert session.snapshot.why is not None
    session.edit(KeepShape("A"))
    assert session.snapshot.results == {}
    assert (session.snapshot.cell, session.snapshot.why, session.snapshot.arrows) == (None, None, None)
    session.undo()
    assert is_current(session, "C")
    assert session.snapshot.why is not None
    session.stop()


def test_formulas_that_use_no_shape_go_on_being_computed() -> None:
    session = session_of(workspace(**PRODUCT, D="C + 1"))
    enter(session, "x: (4, 9)", "E = C @ x", "F = E.T")
    assert is_current(session, "D")
    assert session.snapshot.analysis.shapes_only == {"x", "E", "F"}
    assert missing_numbers(session.snapshot.workspace, "F") == ("x",)
    session.stop()


def test_bare_shapes_become_entries_and_a_formula_in_one_step(session: Session) -> None:
    type_text(session, "(764, 100) @ (764, 200)")
    meaning = session.snapshot.meaning
    assert meaning is not None
    assert meaning.problem is not None
    commit(session, "(764, 100) @ (764, 200)")
    snapshot = session.snapshot
    assert {name: signature.shape for name, signature in snapshot.workspace.shapes.items()} == {
        "A": (764, 100), "B": (764, 200),
    }  # fmt: skip
    assert snapshot.workspace.formulas == {"C": "A @ B"}
    assert snapshot.selected == "C"
    assert snapshot.meaning is not None
    assert snapshot.meaning.problem is not None
    assert snapshot.meaning.problem.repairs[0].source == "A.T @ B"
    session.undo()
    assert session.snapshot.workspace == Workspace()


@pytest.mark.parametrize(
    ("text", "names"),
    [("3x2 @ 2x4", ()), ("(B=3, d=2) @ (d=2, h=4)", ("B", "d")), ("(3, 2) float64 @ (2, 4)", ())],
)
def test_shapes_that_python_cannot_read_become_entries_too(session: Session, text: str, names: tuple[str, ...]) -> None:
    type_text(session, text)
    assert session.snapshot.meaning is not None
    assert session.snapshot.meaning.problem is None
    assert commit(session, text)
    workspace = session.snapshot.workspace
    assert workspace.formulas == {"C": "A @ B"}
    assert [signature.shape for signature in workspace.shapes.values()] == [(3, 2), (2, 4)]
    assert workspace.shapes["A"].axis_names == names


def test_bare_shapes_take_the_place_of_the_chosen_formula_and_names_that_are_free() -> None:
    session = session_of(workspace(**PRODUCT))
    commit(session, "relu((2, 3) @ (3, 4) + (4,))")
    assert session.snapshot.workspace.names == ("A", "B", "D", "E", "F", "C")
    assert session.snapshot.workspace.formulas == {"C": "relu(D @ E + F)"}
    commit(selected(session, "A"), "(2, 3) @ (4, 3)")
    assert session.snapshot.selected == "I"
    assert session.snapshot.workspace.formulas["I"] == "G @ H"
    commit(session, "A = (2, 3) @ (4, 3)")
    assert "A" in session.snapshot.workspace.arrays
    commit(session, "A = (2, 3) @ (3, 2)")
    assert session.snapshot.workspace.formulas["A"] == "J @ K"
    session.stop()


def test_a_text_of_shapes_alone_is_added_with_the_first_names(session: Session) -> None:
    enter(session, "(2, 3) @ (3, 4)", "(2, 3) @ (3, 4)")
    assert session.snapshot.workspace.formulas == {"C": "A @ B", "F": "D @ E"}


def test_a_formula_whose_text_holds_shapes_isn_t_computed() -> None:
    session = session_of(workspace(C="(2, 3) @ (3, 4)"))
    assert session.snapshot.analysis.order == ()
    assert would_be(session.snapshot, "C").startswith("C would be (2, 4) float64: 64 B, 48 FLOP.")
    session.stop()


def test_the_bar_shows_a_shape_and_takes_another_without_its_name(session: Session) -> None:
    enter(session, "x: (B=32, 784) float16")
    assert stored_text(session.snapshot.workspace, "x") == "(B=32, 784) float16"
    commit(session, "(64, 784) int8")
    assert session.snapshot.workspace.shapes == {"x": Signature((64, 784), np.dtype(np.int8))}
    commit(session, "[[1, 2]]")
    assert session.snapshot.workspace.arrays["x"].to_numpy().tolist() == [[1, 2]]
    commit(session, "x: (3,)")
    commit(session, "(eye(2) + 1).T")
    assert session.snapshot.workspace.formulas == {"x": "(eye(2) + 1).T"}


@pytest.mark.parametrize(
    ("text", "kind", "unfinished"),
    [
        ("x: (32, ", "unfinished", True),
        ("x: (B, 784)", "no-size", False),
        ("sum: (3,)", "name", False),
        ("(3, 4) float99", "dtype", False),
        ("(3, ", "unfinished", True),
    ],
)
def test_a_declaration_that_can_t_be_is_a_draft_with_its_problem(
    session: Session, text: str, kind: str, unfinished: bool
) -> None:
    enter(session, "y: (3,)")
    type_text(session, text)
    assert session.snapshot.meaning is not None
    problem = session.snapshot.meaning.problem
    assert problem is not None
    assert (problem.kind, problem.unfinished) == (kind, unfinished)
    assert not commit(session, text)
    assert session.snapshot.workspace.names == ("y",)


def test_a_declaration_says_what_enter_makes(session: Session) -> None:
    type_text(session, "x: (32, 784) float16")
    draft = session.snapshot.draft
    assert draft is not None
    assert draft.target == "x"
    assert draft.meaning.inference.warnings[0].message == (
        "x will be a shape without numbers: (32, 784) float16, 50 kB."
    )


def test_an_intermediate_shape_unfolds_and_folds(session: Session) -> None:
    enter(session, "x: (3, 4)", "C = x.T @ x")
    session.unfold("x.T")
    assert session.snapshot.unfolded == "x.T"
    session.edit(SetFormula("C", "x + 1"))
    assert session.snapshot.unfolded is None


def test_a_formula_typed_while_its_operand_is_chosen_is_a_new_entry(session: Session) -> None:
    for text in ("x: (B=32, d=784) float16", "W: (d=784, h=128) float16", "x @ W"):
        assert commit(session, text)
    snapshot = session.snapshot
    assert snapshot.workspace.formulas == {"A": "x @ W"}
    assert snapshot.selected == "A"
    assert snapshot.analysis.signatures["A"].shape == (32, 128)
    session.undo()
    assert session.snapshot.workspace.names == ("x", "W")


def test_a_shape_with_its_dtype_alone_is_a_new_entry(session: Session) -> None:
    before = session.snapshot.workspace.formulas
    assert commit(session, "(32, 784) float16")
    (name,) = session.snapshot.workspace.shapes
    assert str(session.snapshot.workspace.shapes[name].dtype) == "float16"
    assert session.snapshot.selected == name
    assert session.snapshot.workspace.formulas == before
    assert commit(session, "(64, 784) float16"), "a chosen shape is changed by it"
    assert session.snapshot.workspace.shapes[name].shape == (64, 784)
