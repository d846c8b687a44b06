"""Pasted text on the document: which entries it makes, which it replaces, and that all of it is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.pasting import add_numbers, error_in, paste_code, paste_error
from playground.workspace.shape_edits import KeepShape
from tests.session.making import session_of, value_of, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.session.session import Session


@pytest.fixture
def begin() -> Iterator[Callable[..., Session]]:
    made: list[Session] = []

    def build(**entries: object) -> Session:
        made.append(session_of(workspace(**entries)))
        return made[-1]

    yield build
    for session in made:
        session.stop()


def notice(session: Session) -> str:
    assert session.snapshot.notice is not None
    return session.snapshot.notice.text


def test_numbers_are_arrays_in_numpys_dtype_and_the_rest_formulas(begin: Callable[..., Session]) -> None:
    session = begin()
    report = paste_code(
        session, "import numpy as np\nx = np.array([[1, 2], [3, 4]])\ny = x @ x  # again\nprint(y.sum())"
    )
    entries = session.snapshot.workspace
    assert entries.arrays["x"].dtype == np.int64
    assert entries.formulas == {"y": "x @ x", "y_sum": "y.sum()"}
    assert session.snapshot.selected == session.snapshot.shown == "y_sum"
    assert value_of(session, "y_sum") == 54
    assert report.summary == notice(session) == "3 entries added."
    assert session.snapshot.undo_label == "Paste 3 entries"
    session.undo()
    assert session.snapshot.workspace.entries == ()


def test_two_pastes_of_random_numbers_dont_coincide_and_the_same_one_changes_nothing(
    begin: Callable[..., Session],
) -> None:
    session = begin()
    codes = ("x = np.random.rand(3)\nx = x + np.random.rand(3)", "y = np.random.rand(3)\nprint(np.random.rand(3))")
    for code in codes:
        paste_code(session, code)
    before = session.snapshot.workspace.formulas
    drawn = [value_of(session, name) for name in before if name != "x_2"]
    assert len({tuple(numbers) for numbers in drawn}) == len(drawn) == 3
    for code in codes:
        paste_code(session, code)
    assert session.snapshot.workspace.formulas == before


def test_entries_of_the_same_name_are_replaced_whatever_they_were(begin: Callable[..., Session]) -> None:
    session = begin(A=[[1.0, 2.0]], B="A.T", S=[1.0], T=[2.0])
    session.edit(KeepShape("S"))
    session.edit(KeepShape("T"))
    before = session.snapshot.workspace
    paste_code(session, "A = np.ones(2)\nB = np.array([3])\nS = np.array([4])\nT = A + 1")
    after = session.snapshot.workspace
    assert after.formulas == {"A": "np.ones(2)", "T": "A + 1"}
    assert {name: array.to_numpy().tolist() for name, array in after.arrays.items()} == {"B": [3], "S": [4]}
    assert notice(session) == "4 entries replaced."
    session.undo()
    assert session.snapshot.workspace == before


LESSON = "x = x + 1\nx = x * 2\nprint(x.sum())\nprint('Mean:', x.mean())"


def test_edited_code_pasted_again_updates_the_names_that_were_made_up(begin: Callable[..., Session]) -> None:
    session = begin(x=[1.0, 2.0])
    paste_code(session, LESSON)
    names = session.snapshot.workspace.names
    assert names == ("x", "x_2", "x_3", "x_sum", "Mean")
    assert value_of(session, "Mean") == 5
    paste_code(session, LESSON)
    assert session.snapshot.workspace.names == names
    assert notice(session) == "These entries are there already."
    paste_code(session, LESSON.replace("+ 1", "+ 3"))
    assert session.snapshot.workspace.names == names
    assert notice(session) == "x_2 replaced."
    assert value_of(session, "Mean") == 9


def test_arrays_are_not_overwritten_by_names_that_were_made_up(begin: Callable[..., Session]) -> None:
    session = begin(x=[1.0, 2.0], x_sum=[7.0])
    paste_code(session, "x.sum()")
    assert session.snapshot.workspace.formulas == {"x_sum_2": "x.sum()"}
    assert session.snapshot.workspace.arrays["x_sum"].to_numpy().tolist() == [7]


def test_a_name_that_the_code_reads_is_an_input(begin: Callable[..., Session]) -> None:
    session = begin(x=[1.0, 2.0], x_2="x + 5")
    paste_code(session, "y = x_2 + 1\nx = np.ones(2)")
    assert session.snapshot.workspace.formulas["y"] == "x_2 + 1"
    assert session.snapshot.workspace.formulas["x_2"] == "x + 5"


def test_formulas_with_a_shape_problem_are_entries_to_mend(begin: Callable[..., Session]) -> None:
    session = begin(A=[[1.0, 2.0]])
    report = paste_code(session, "C = A @ A")
    assert session.snapshot.workspace.formulas == {"C": "A @ A"}
    assert session.snapshot.meaning is not None
    assert session.snapshot.meaning.problem is not None
    assert [remark.line for remark in report.remarks] == [1]


def test_text_without_code_adds_nothing_and_says_so(begin: Callable[..., Session]) -> None:
    session = begin(A=[1.0])
    before = session.snapshot.workspace
    assert paste_code(session, "# nothing\n").summary == "There is no code to paste."
    report = paste_code(session, "Dear reader,\nthis is prose.")
    assert report.summary == "2 lines passed over."
    assert [remark.line for remark in report.remarks] == [1, 2]
    assert session.snapshot.workspace == before
    assert session.snapshot.undo_label == ""


def test_a_table_of_numbers_is_an_array_of_the_next_name(begin: Callable[..., Session]) -> None:
    session = begin(A=[1.0])
    add_numbers(session, np.array([[1.0, 2.0]]))
    assert session.snapshot.workspace.arrays["B"].to_numpy().tolist() == [[1, 2]]
    assert session.snapshot.selected == "B"


ERROR = """Traceback (most recent call last):
  File "lesson.py", line 7, in <module>
    h = x @ W
        ~~^~~
ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature \
(n?,k),(k,m?)->(n?,m?) (size 764 is different from 100)
""".replace("\\\n", "")


def test_an_error_becomes_its_shapes_and_the_formula_to_mend(begin: Callable[..., Session]) -> None:
    session = begin(x=[1.0])
    told = error_in("RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x100 and 764x10)", ("x",))
    assert told is not None
    paste_error(session, told)
    workspace = session.snapshot.workspace
    assert [signature.shape for signature in workspace.shapes.values()] == [(32, 100), (764, 10)]
    assert session.snapshot.meaning is not None
    problem = session.snapshot.meaning.problem
    assert problem is not None
    assert problem.kind == "inner-sizes"
    assert session.snapshot.undo_label == "Paste an error"
    session.undo()
    assert session.snapshot.workspace.names == ("x",)


def test_a_traceback_is_an_error_and_code_that_quotes_one_is_code() -> None:
    assert error_in(ERROR) is not None
    quoted = "# RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x100 and 764x10)\nA = B.T"
    assert error_in(quoted) is None
    assert error_in("y = x @ W") is None
