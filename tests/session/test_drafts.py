"""Text in the formula bar: what it becomes, and that no array is ever lost to a bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.drafts import add, array_text, commit, draft_of, revert, stored_text, type_text
from playground.workspace.casting import SUPPORTED
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace
from tests.session.making import PRODUCT, is_current, session_of, value_of, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.session import Session


@pytest.fixture
def session() -> Iterator[Session]:
    made = session_of(workspace(**PRODUCT, N=np.array([[1, 2], [3, 4]]), F=np.array([0.1, 0.2], np.float32)))
    yield made
    made.stop()


def array_of(session: Session, name: str) -> np.ndarray:
    return session.snapshot.workspace.arrays[name].to_numpy()


def draft_problem(session: Session) -> str | None:
    """Kind of the draft's problem."""
    assert session.snapshot.draft is not None
    problem = session.snapshot.draft.meaning.problem
    return problem.kind if problem is not None else None


def enter(session: Session, text: str) -> bool:
    """Type a text and press Enter."""
    type_text(session, text)
    return commit(session, text)


# -- what the bar shows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([[2.0, 1.5], [0.0, -3.0]], "[[2, 1.5], [0, -3]]"),
        ([1, 2], "[1, 2]"),
        ([True, False], "[True, False]"),
        ([np.nan, np.inf, -np.inf], "[nan, inf, -inf]"),
        ([1 + 2j, -1j], "[1+2j, -0-1j]"),
        (np.float32([0.1]), "[0.1]"),
        (5.0, "5"),
        (np.zeros((0,)), "[]"),
        (np.zeros((2, 0)), "[[], []]"),
        (np.zeros((0, 3)), ""),  # no list says that there are 3 columns
        (np.zeros((65,)), ""),
    ],
)
def test_an_array_is_written_out_where_it_is_small(values: object, text: str) -> None:
    assert stored_text(workspace(A=np.array(values)), "A") == text


def test_nothing_stored_is_an_empty_text() -> None:
    assert stored_text(Workspace(), None) == ""
    assert stored_text(workspace(A=[1]), "B") == ""
    assert stored_text(workspace(C="A @"), "C") == "A @"


NUMBERS = {
    "b": st.booleans(),
    "i": st.integers(-(2**63), 2**63 - 1),
    "u": st.integers(0, 2**64 - 1),
    "f": st.floats(allow_nan=True, allow_infinity=True),
    "c": st.complex_numbers(allow_nan=False, allow_infinity=False),
}


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    """Any array that the bar writes out, of any dtype."""
    dtype = draw(st.sampled_from(SUPPORTED))
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2), (1, 3), (2, 1, 2), (0,), (2, 0)]))
    flat = [draw(NUMBERS[dtype.kind]) for _ in range(int(np.prod(shape)))]
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        flat = [min(max(number, int(limits.min)), int(limits.max)) for number in flat]
        return np.array(flat, dtype).reshape(shape)
    with np.errstate(all="ignore"):
        return np.array(flat).astype(dtype).reshape(shape)


@given(array=arrays())
def test_what_the_bar_shows_reads_back_to_the_same_numbers(array: np.ndarray) -> None:
    """Retyped with a blank at the end, so that it isn't the stored text any more."""
    session = session_of(workspace(A=array))
    text = stored_text(session.snapshot.workspace, "A")
    assert text == array_text(array)
    commit(session, text + " ")
    read = array_of(session, "A")
    assert read.shape == array.shape
    assert read.dtype == array.dtype
    np.testing.assert_array_equal(read, array)
    session.stop()


# -- typing -----------------------------------------------------------------------------------------------------------


def test_typing_is_a_draft_and_changes_nothing(session: Session) -> None:
    before = session.snapshot.workspace
    type_text(session, "D = A.T")
    draft = session.snapshot.draft
    assert draft is not None
    assert (draft.text, draft.target) == ("D = A.T", "D")
    assert draft.meaning.inference.signature is not None
    assert session.snapshot.meaning is draft.meaning
    assert session.snapshot.workspace is before
    revert(session)
    assert session.snapshot.draft is None


def test_the_stored_text_is_no_draft(session: Session) -> None:
    type_text(session, "A @ B + 1")
    type_text(session, "A @ B")
    assert session.snapshot.draft is None


@pytest.mark.parametrize("text", ["A @", "A[", "1e", "(", "", "-", "sum(A,", "[[1, 2"])
def test_what_is_not_finished_is_not_wrong(session: Session, text: str) -> None:
    problem = draft_of(session.snapshot, text).meaning.problem
    assert problem is not None
    assert problem.unfinished


@pytest.mark.parametrize(
    ("text", "target", "place"),
    [("sum = A.T", "sum", (0, 3)), ("  pi = A.T", "pi", (2, 4)), ("float32 = A", "float32", (0, 7))],
)
def test_a_name_that_cannot_be_is_marked_where_it_stands(
    session: Session, text: str, target: str, place: tuple[int, int]
) -> None:
    draft = draft_of(session.snapshot, text)
    assert draft.target == target
    problem = draft.meaning.problem
    assert problem is not None
    assert problem.kind == "name"
    assert (problem.span.start, problem.span.end) == place
    assert not enter(session, text)
    assert session.snapshot.draft is not None
    assert session.snapshot.draft.text == text


# -- entering ---------------------------------------------------------------------------------------------------------


def test_a_formula_is_changed(session: Session) -> None:
    assert enter(session, "  A @ B + 1 ")
    assert session.snapshot.workspace.formulas["C"] == "A @ B + 1"
    assert session.snapshot.draft is None
    assert value_of(session, "C")[0, 0] == 5.0


def test_a_target_makes_a_new_entry_or_changes_the_one_of_that_name(session: Session) -> None:
    assert enter(session, "D = A.T")
    assert session.snapshot.selected == session.snapshot.shown == "D"
    assert enter(session, "E = [[1, 2], [3, 4]]")
    assert array_of(session, "E").tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert array_of(session, "E").dtype == np.float64
    assert enter(session, "C = A + 1")
    assert session.snapshot.workspace.formulas["C"] == "A + 1"
    assert session.snapshot.selected == "C"
    for _ in range(3):
        session.undo()
    assert session.snapshot.workspace.names == ("A", "B", "C", "N", "F")


def test_a_new_entry_whatever_is_chosen(session: Session) -> None:
    session.select("A")
    assert add(session, "B.T")
    assert session.snapshot.workspace.formulas["D"] == "B.T"
    assert add(session, "X = B.T")
    before = session.snapshot.workspace
    assert not add(session, "   ")
    assert not enter(session, "Y = ")
    assert not enter(session, "C = ")
    assert session.snapshot.workspace is before


def test_in_an_empty_workspace_a_text_is_the_first_entry() -> None:
    session = session_of(Workspace())
    type_text(session, "eye(2)")
    assert commit(session, "eye(2)")
    assert session.snapshot.workspace.formulas == {"A": "eye(2)"}
    assert is_current(session, "A")
    session.stop()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_brings_back_what_was_there(session: Session, text: str) -> None:
    before = session.snapshot.workspace
    assert not enter(session, text)
    assert session.snapshot.draft is None
    assert session.snapshot.workspace is before


def test_the_same_text_is_no_step(session: Session) -> None:
    assert not commit(session, "A @ B")
    enter(session, " A @ B")
    session.select("A")
    enter(session, "[[2,1],[0,3],[-1,2]]")
    assert session.snapshot.undo_label == ""


@pytest.mark.parametrize(
    ("name", "text", "values", "dtype"),
    [
        ("A", "[[1, 2]]", [[1, 2]], "float64"),
        ("A", "[]", [], "float64"),
        ("A", "[[]]", [[]], "float64"),
        ("A", "[1/3, sqrt(2), -pi, nan, inf]", [1 / 3, 2**0.5, -np.pi, np.nan, np.inf], "float64"),
        ("A", "[1+2j, 3]", [1 + 2j, 3], "complex128"),
        ("A", "[True, False]", [1, 0], "float64"),
        ("N", "[9007199254740993, 1]", [9007199254740993, 1], "int64"),
        ("N", "[-1, 9223372036854775808]", [-1, 2**63], "float64"),  # no integer dtype holds both
        ("N", "[1.5, 2]", [1.5, 2], "float64"),
        ("N", "[1.0, 2]", [1, 2], "int64"),
        ("N", "[1e30, 2]", [1e30, 2], "float64"),
        ("F", "[0.1, 0.3]", np.float32([0.1, 0.3]), "float32"),
        ("F", "[1e300, 0]", [1e300, 0], "float64"),
        ("C", "[[1, 2], [3, 4]]", [[1, 2], [3, 4]], "float64"),  # a formula becomes an array
    ],
)
def test_typed_numbers_keep_the_dtype_that_holds_them(
    session: Session, name: str, text: str, values: object, dtype: str
) -> None:
    session.select(name)
    assert enter(session, text)
    read = array_of(session, name)
    assert read.dtype == dtype
    np.testing.assert_array_equal(read, np.array(values, dtype))
    session.undo()
    assert session.snapshot.workspace.names == ("A", "B", "C", "N", "F")


def test_numbers_for_a_complex_entry_stay_complex() -> None:
    session = session_of(workspace(Z=np.array([1 + 2j, 3])))
    assert commit(session, "[1, 2]")
    assert array_of(session, "Z").dtype == np.complex128
    assert array_of(session, "Z").tolist() == [1, 2]
    session.stop()


def test_a_single_number_is_the_value_of_a_scalar_entry() -> None:
    session = session_of(workspace(s=np.array(2.0), A=[[1]]))
    session.select("s")
    assert commit(session, "-1/4")
    assert array_of(session, "s").tolist() == -0.25
    session.stop()


def test_an_array_becomes_a_formula_where_that_means_something(session: Session) -> None:
    session.select("A")
    assert enter(session, "ones((3, 2))")
    assert session.snapshot.workspace.formulas["A"] == "ones((3, 2))"
    assert is_current(session, "C")
    session.undo()
    assert array_of(session, "A").tolist() == PRODUCT["A"]


@pytest.mark.parametrize(
    "text",
    ["B @", "[[1, 2], [3]]", "[[1, 2", "nothing", "B @ B", "import os", "lambda: 1", "[[1, 'x']]", "hello world",
     "A @ A", "C +", "linalg.svd(A)", "[[1, 2],, 3]", "[" * 300, "10**1000", "[10**30]", "['a']", "A = A.T", "A = C"],
)  # fmt: skip
def test_an_array_is_never_lost_to_a_text_that_means_nothing(session: Session, text: str) -> None:
    session.select("A")
    before = session.snapshot.workspace
    assert not enter(session, text)
    assert session.snapshot.workspace is before
    assert session.snapshot.draft is not None
    assert session.snapshot.draft.text == text
    assert draft_problem(session) is not None


@pytest.mark.parametrize("text", ["A + 1", "C * 2", "A.unsqueeze(0)"])
def test_what_uses_the_chosen_numbers_is_a_new_entry(session: Session, text: str) -> None:
    session.select("A")
    type_text(session, text)
    assert session.snapshot.draft is not None
    assert session.snapshot.draft.target == "D"
    assert draft_problem(session) is None
    assert commit(session, text)
    snapshot = session.snapshot
    assert snapshot.selected == snapshot.shown == "D"
    assert is_current(session, "D")
    assert array_of(session, "A").tolist() == PRODUCT["A"]
    assert snapshot.notice is not None
    assert "D is a new entry; A stays as it is." in snapshot.notice.text
    session.undo()
    assert "D" not in session.snapshot.workspace.names
    assert session.snapshot.undo_label == ""


def test_a_formula_takes_any_text_and_says_what_is_wrong(session: Session) -> None:
    for text in ("A @", "nothing", "[[1], [2, 3]]"):
        assert enter(session, text)
        assert session.snapshot.workspace.formulas["C"] == text
        assert session.snapshot.analysis.meanings["C"].problem is not None
        assert not is_current(session, "C")
    assert enter(session, "A @ B")
    assert is_current(session, "C")


@given(text=st.one_of(st.text(max_size=20), st.text(alphabet="ABCN[](),.@+-*/=:1e \"'", max_size=25)))
def test_any_text_leaves_a_whole_document(text: str) -> None:
    for selected in ("A", "C"):
        session = session_of(workspace(**PRODUCT))
        session.select(selected)
        before = session.snapshot.workspace
        changed = enter(session, text)
        after = session.snapshot.workspace
        if not changed:
            assert after is before
        for name in ("A", "B"):
            entry = after.get(name)
            assert isinstance(entry, ArrayEntry) or (
                isinstance(entry, FormulaEntry) and session.snapshot.analysis.meanings[name].problem is None
            )
        while session.snapshot.undo_label:
            session.undo()
        assert session.snapshot.workspace == before
        session.stop()
