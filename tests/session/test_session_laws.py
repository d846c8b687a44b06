"""Random edits, drags and undo against a plain model and against NumPy; and a real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.client import EngineClient
from playground.language.signature import Signature
from playground.session.session import Session
from playground.session.worker import Worker
from playground.workspace.arrays import Array
from playground.workspace.edits import (
    AddArray,
    AddFormula,
    DeleteLines,
    InsertLines,
    Move,
    Remove,
    Rename,
    Resize,
    SetFormula,
    ToArray,
)
from playground.workspace.examples import first_example
from playground.workspace.shape_edits import CONTENTS, AddShape, FillShape, KeepShape, SetShape
from playground.workspace.workspace import FormulaEntry, Workspace
from tests.session.making import (
    LIMIT,
    cell,
    is_current,
    session_of,
    value_of,
    workspace,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from playground.session.snapshot import Snapshot
    from playground.workspace.edits import Edit


VALUES = st.sampled_from([0.0, 1.0, -2.5, 1e300, np.nan, np.inf, -np.inf])
TEXTS = st.sampled_from(
    ["A @ B", "A.T", "B + A", "C + 1", "D * 2", "E", "A @", "sum(A, axis=0)", "linalg.inv(A)", "A[0]", "relu(B)", ""]
)
NAMES = st.sampled_from(["A", "B", "C", "D", "E"])
SHAPES = st.builds(
    Signature, st.lists(st.integers(0, 3), max_size=3).map(tuple), st.sampled_from([np.dtype("f4"), np.dtype("i8")])
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(cell, NAMES, st.integers(0, 2), st.integers(0, 2), VALUES),
    st.builds(Resize, NAMES, st.tuples(st.integers(0, 3), st.integers(0, 3))),
    st.builds(InsertLines, NAMES, st.integers(0, 1), st.integers(0, 2)),
    st.builds(DeleteLines, NAMES, st.integers(0, 1), st.integers(0, 1)),
    st.builds(SetFormula, NAMES, TEXTS),
    st.builds(AddFormula, NAMES, TEXTS),
    st.builds(AddArray, NAMES, st.just(Array.of(np.eye(2)))),
    st.builds(ToArray, NAMES, st.just(Array.of(np.ones((2, 2))))),
    st.builds(Rename, NAMES, st.sampled_from(["A", "B", "X", "lambda", "Y"])),
    st.builds(Remove, NAMES),
    st.builds(AddShape, NAMES, SHAPES),
    st.builds(SetShape, NAMES, SHAPES),
    st.builds(FillShape, NAMES, st.sampled_from(CONTENTS)),
    st.builds(KeepShape, NAMES),
    st.builds(Move, NAMES, st.integers(0, 3)),
)
ACTIONS = st.one_of(
    st.tuples(st.just("edit"), EDITS),
    st.tuples(st.just("move"), EDITS),
    st.tuples(st.sampled_from(["finish", "cancel", "undo", "redo"]), st.none()),
    st.tuples(st.just("select"), NAMES),
    st.tuples(st.just("cell"), st.tuples(st.integers(0, 2), st.integers(0, 3))),
)


class Model:
    """What the document should be: a list of states, the place in it, and the state before an open drag."""

    def __init__(self, document: Workspace) -> None:
        self.states, self.place, self.now = [document], 0, document
        self.before: Workspace | None = None

    def record(self) -> None:
        before, self.before = self.before, None
        if self.now != (before if before is not None else self.states[self.place]):
            self.states[self.place + 1 :] = [self.now]
            self.place += 1

    def apply(self, action: str, edit: Any) -> None:
        if action in ("edit", "move"):
            if action == "move" and self.before is None:
                self.before = self.now
            try:
                self.now = edit.apply(self.now)
            except ValueError:
                return
            if action == "edit":
                self.record()
        elif action == "finish":
            self.record()
        elif action == "cancel":
            self.now, self.before = self.before if self.before is not None else self.now, None
        elif action in ("undo", "redo"):
            self.record()
            self.place = min(max(self.place + (1 if action == "redo" else -1), 0), len(self.states) - 1)
            self.now = self.states[self.place]


def perform(session: Session, action: str, argument: Any) -> None:
    match action:
        case "edit":
            session.edit(argument)
        case "move":
            session.move(argument)
        case "finish":
            session.finish_move("drag")
        case "cancel":
            session.cancel_move()
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "select":
            session.select(argument)
        case "cell":
            session.choose_cell(argument)


def same_document(one: Workspace, other: Workspace) -> bool:
    """Equal names, texts and numbers; NaN equals NaN."""
    return (one.formulas, one.names, _bytes_of(one)) == (other.formulas, other.names, _bytes_of(other))


def _bytes_of(document: Workspace) -> dict[str, tuple[tuple[int, ...], bytes]]:
    return {name: (array.shape, array.to_numpy().tobytes()) for name, array in document.arrays.items()}


def check_results(session: Session) -> None:
    """Whatever is current is what a fresh engine computes of the document as it is; nothing else is."""
    now = session.snapshot
    fresh = session_of(now.workspace)
    expected = {name: state for name, state in fresh.snapshot.results.items() if state.current}
    fresh.stop()
    assert {name for name, state in now.results.items() if state.current} == set(expected)
    for name in expected:
        np.testing.assert_array_equal(value_of(session, name), value_of_state(expected[name]))
    assert set(now.results) <= set(now.workspace.formulas)
    assert (now.selected is None) == (not now.workspace.names)
    assert now.selected is None or now.selected in now.workspace.names
    assert now.shown is None or now.shown in now.workspace.names
    if now.shown in expected and now.cell is not None:
        assert value_of(session, now.shown)[now.cell] is not None  # type: ignore[arg-type]


def value_of_state(state: Any) -> np.ndarray:
    assert state.result is not None
    assert state.result.value is not None
    found: np.ndarray = state.result.value
    return found


@settings(max_examples=150)
@given(st.lists(ACTIONS, min_size=1, max_size=25))
def test_any_edits_undo_and_drags_leave_the_document_that_they_should(actions: list[tuple[str, Any]]) -> None:
    document = workspace(A=[[1, 2], [3, 4]], B=[[0, 1], [1, 0]], C="A @ B", D="C + B")
    session, model = session_of(document), Model(document)
    for action, argument in actions:
        perform(session, action, argument)
        model.apply(action, argument)
        assert same_document(session.snapshot.workspace, model.now), (action, argument)
        check_results(session)
    session.stop()


NUMPY = {
    "A @ B": lambda a, b: a @ b,
    "A.T + B": lambda a, b: a.T + b,
    "A * B - A / 2": lambda a, b: a * b - a / 2,
    "sum(A, axis=0) + max(B)": lambda a, b: a.sum(axis=0) + b.max(),
    "relu(A) @ B.T": lambda a, b: np.maximum(a, 0) @ b.T,
    "A[1] + B[:, 0]": lambda a, b: a[1] + b[:, 0],
    "where(A > B, A, B)": lambda a, b: np.where(a > b, a, b),
}


@given(text=st.sampled_from(list(NUMPY)), data=st.data())
def test_a_current_result_is_always_what_numpy_gives(text: str, data: st.DataObject) -> None:
    session = session_of(workspace(A=np.ones((3, 3)), B=np.eye(3), C=text, D="C * 2"))
    small = st.integers(0, 2)
    for name, row, column, value in data.draw(
        st.lists(st.tuples(st.sampled_from("AB"), small, small, st.floats(-1e6, 1e6)), max_size=8)
    ):
        session.edit(cell(name, row, column, value))
        arrays = session.snapshot.workspace.arrays
        expected = NUMPY[text](arrays["A"].to_numpy(), arrays["B"].to_numpy())
        np.testing.assert_array_equal(value_of(session, "C"), expected)
        np.testing.assert_array_equal(value_of(session, "D"), expected * 2)
        assert is_current(session, "D")
    session.stop()


# -- the real thing ---------------------------------------------------------------------------------------------------


def test_a_session_on_a_real_engine_answers_edits_and_questions(qtbot: QtBot) -> None:
    session = Session(first_example(), Worker(EngineClient(LIMIT)))

    def settled(_: Snapshot, new: Snapshot) -> bool:
        return not new.computing

    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=settled):
        session.start()
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=settled):
        session.edit(cell("A", 0, 0, 5.0))
    assert value_of(session, "C")[0, 0] == 7.0
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=settled):
        session.choose_cell((2, 3))
    assert session.snapshot.why is not None
    assert session.snapshot.why.result == "C[2, 3]"
    for k in range(30):
        session.move(cell("A", 0, 0, float(k)))
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=settled):
        session.move(cell("A", 0, 0, 0.5))
    session.finish_move("Drag")
    assert value_of(session, "C")[0, 0] == 2.5
    assert isinstance(session.snapshot.workspace.get("C"), FormulaEntry)
    session.stop()
