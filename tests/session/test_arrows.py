"""Which vectors are drawn, what they are bound to, and what dragging them edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.session.arrows import Arrows, moved
from playground.workspace.edits import Remove, Resize, SetFormula
from tests.session.making import PRODUCT, cell, session_of, value_of, workspace

if TYPE_CHECKING:
    from playground.session.session import Session

_running: list[Session] = []


@pytest.fixture(autouse=True)
def _stopped() -> Any:
    yield
    while _running:
        _running.pop().stop()


def shown(**entries: Any) -> Session:
    session = session_of(workspace(**entries))
    _running.append(session)
    return session


def arrows_in(session: Session) -> Arrows:
    assert session.snapshot.arrows is not None
    return session.snapshot.arrows


def described(session: Session) -> list[tuple[str, str, tuple[float, ...]]]:
    return [(arrow.name, arrow.source, arrow.values) for arrow in arrows_in(session).arrows]


def test_the_arrows_are_the_row_and_the_column_of_the_chosen_cell() -> None:
    session = shown(**PRODUCT)
    assert described(session) == [("u", "A[0, :]", (2.0, 1.0)), ("v", "B[:, 1]", (-1.0, 2.0))]
    assert arrows_in(session).pair == ("u", "v")
    geometry = arrows_in(session).geometry
    assert geometry is not None
    assert (geometry.dot, geometry.state) == (0.0, "orthogonal")
    session.choose_cell((2, 3))
    assert described(session) == [("u", "A[2, :]", (-1.0, 2.0)), ("v", "B[:, 3]", (0.0, 4.0))]


def test_the_dot_product_of_the_arrows_is_the_chosen_cell() -> None:
    session = shown(**PRODUCT)
    for index in np.ndindex(3, 4):
        session.choose_cell(index)
        geometry = arrows_in(session).geometry
        assert geometry is not None
        assert geometry.dot == value_of(session, "C")[index]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"v": [3, 4]}, [("v", "v", (3.0, 4.0))]),
        ({"M": [[1, 2, 3], [4, 5, 6]]},
         [(f"M[:, {j}]", f"M[:, {j}]", (1.0 + j, 4.0 + j)) for j in range(3)]),
        ({"M": [[1, 2], [3, 4]]}, [("u", "M[:, 0]", (1.0, 3.0)), ("v", "M[:, 1]", (2.0, 4.0))]),
        ({"M": [[1, 2], [3, 4], [5, 6]]},
         [(f"M[{i}, :]", f"M[{i}, :]", (1.0 + 2 * i, 2.0 + 2 * i)) for i in range(3)]),
        ({"M": [[1], [2]]}, [("M", "M[:, 0]", (1.0, 2.0))]),
    ],
)  # fmt: skip
def test_an_array_that_stands_alone_shows_its_columns_or_rows(entries: Any, expected: Any) -> None:
    assert described(shown(**entries)) == expected


@pytest.mark.parametrize(
    "array",
    [np.zeros((25, 3)), np.zeros((0, 2)), np.zeros((2, 0)), np.zeros((3, 1)), np.zeros((2, 2, 2)), np.array(1.0),
     np.array([1j, 2]), np.zeros(0)],
)  # fmt: skip
def test_what_cannot_be_drawn_draws_nothing(array: np.ndarray) -> None:
    assert shown(M=array).snapshot.arrows is None


def test_longer_vectors_are_drawn_in_their_plane_and_moved_in_it() -> None:
    session = shown(A=[[1.0, 2, 2]], B=[[2.0], [0], [0]], C="A @ B")
    u, v = arrows_in(session).arrows
    assert u.values == (1.0, 2.0, 2.0)
    assert np.hypot(*u.tip) == pytest.approx(3)
    assert np.hypot(*v.tip) == pytest.approx(2)
    assert np.dot(u.tip, v.tip) == pytest.approx(2)
    assert not u.fixed_because
    assert "3 components" in u.note
    for edit in moved(v, (u.tip[0] / 3, u.tip[1] / 3)):
        session.move(edit)
    again, turned = arrows_in(session).arrows
    assert turned.values == pytest.approx((1 / 3, 2 / 3, 2 / 3))
    assert again.tip == u.tip, "the picture stands still under a hand"
    assert again.plane is u.plane


def test_whole_numbers_are_not_moved_out_of_their_plane() -> None:
    session = shown(A=np.array([[1, 2, 2]]), B=[[2.0], [0], [0]], C="A @ B")
    u, v = arrows_in(session).arrows
    assert "integers" in u.fixed_because
    assert not v.fixed_because


def test_vectors_of_one_component_lie_on_the_axis() -> None:
    session = shown(A=[[3.0]], B=[[-2.0]], C="A @ B")
    assert [arrow.tip for arrow in arrows_in(session).arrows] == [(3, 0), (-2, 0)]


def test_what_is_no_number_is_not_drawn_but_said() -> None:
    session = shown(A=[[1.0, np.nan, 2]], B=[[2.0], [0], [0]], C="A @ B")
    assert np.isnan(arrows_in(session).arrows[0].tip).all()


def test_many_vectors_are_seen_from_where_most_of_them_shows() -> None:
    session = shown(M=[[3.0, 0, 0], [0, 2, 0], [0, 0, 1]])
    arrows = arrows_in(session)
    assert arrows.caption == "rows of M, 7.1 % of their squared length isn't seen"
    assert [float(np.hypot(*arrow.tip)) for arrow in arrows.arrows] == pytest.approx([3, 2, 0])
    plane = arrows.arrows[0].plane
    for edit in moved(arrows.arrows[0], (0.0, 1.0)):
        session.move(edit)
    assert session.snapshot.arrows is not None
    assert arrows_in(session).arrows[0].plane is not None
    assert plane is not None
    assert arrows_in(session).arrows[0].values == pytest.approx(plane.axes[:, 1])


@pytest.mark.parametrize("n", [1, 3, 784])
def test_a_vector_of_any_length_is_drawn(n: int) -> None:
    values = np.arange(1.0, n + 1)
    (arrow,) = arrows_in(shown(x=values)).arrows
    assert np.hypot(*arrow.tip) == pytest.approx(np.linalg.norm(values))


def test_a_computed_operand_is_drawn_but_not_dragged() -> None:
    session = shown(**{**PRODUCT, "C": "(A + 1) @ B"})
    u, v = arrows_in(session).arrows
    assert u.values == (3.0, 2.0)
    assert u.cells == ()
    assert u.fixed_because
    assert v.cells
    assert not v.fixed_because


@pytest.mark.parametrize("text", ["A + A", "sum(A)", "relu(A)", "A[0]"])
def test_what_is_no_product_of_two_vectors_has_no_pair(text: str) -> None:
    assert shown(A=[[1, 2], [3, 4]], C=text).snapshot.arrows is None


def test_a_problem_keeps_the_picture_with_the_numbers_of_now() -> None:
    session = shown(**PRODUCT)
    session.edit(SetFormula("C", "A @"))
    session.edit(cell("A", 0, 1, 9.0))
    assert described(session)[0] == ("u", "A[0, :]", (2.0, 9.0))
    session.edit(Remove("B"))
    assert [arrow.name for arrow in arrows_in(session).arrows] == ["u"]
    assert arrows_in(session).pair is None


def test_pinned_arrows_whose_cells_are_gone_go_too() -> None:
    session = shown(**PRODUCT)
    session.choose_cell((2, 1))
    session.pin(True)
    session.edit(Resize("A", (2, 2)))
    assert [arrow.source for arrow in arrows_in(session).arrows] == ["B[:, 1]"]


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e308, 0.0, 5e-324])
def test_no_number_keeps_the_arrows_from_being_drawn(value: float) -> None:
    session = shown(**PRODUCT)
    session.edit(cell("A", 0, 0, value))
    np.testing.assert_array_equal(arrows_in(session).arrows[0].values, (value, 1.0))
    wide = shown(A=[[value, 2, 3]], B=[[1], [2], [value]], C="A @ B")
    assert len(arrows_in(wide).arrows) == 2


# -- cheap while nothing changes --------------------------------------------------------------------------------------


def test_an_answer_that_moves_no_arrow_leaves_the_same_arrows() -> None:
    session = shown(**PRODUCT, D="B + 1")
    session.select("C")
    before = arrows_in(session)
    session.edit(cell("B", 0, 3, 7.0))  # not in the chosen column
    assert arrows_in(session) is before
    session.edit(cell("B", 0, 1, 7.0))
    assert arrows_in(session) is not before


def test_long_vectors_are_read_as_they_are() -> None:
    generator = np.random.default_rng(3)
    A, B = generator.random((3, 784)), generator.random((784, 2))
    session = shown(A=A, B=B, T=B.T, C="A @ B", D="A @ T.T")
    for name in "CD":
        session.select(name)
        session.choose_cell((2, 1))
        u, v = arrows_in(session).arrows
        np.testing.assert_array_equal(u.values, A[2])
        np.testing.assert_array_equal(v.values, B[:, 1])
    session.select("C")
    session.edit(cell("B", 500, 1, 9.0))
    assert arrows_in(session).arrows[1].values[500] == 9.0


def test_every_third_cell_is_read_one_by_one() -> None:
    session = shown(A=np.arange(18.0).reshape(2, 9), C="A[:, ::3] @ A[0, ::3]")
    session.choose_cell((1,))
    assert arrows_in(session).arrows[0].values == (9.0, 12.0, 15.0)


# -- dragging ---------------------------------------------------------------------------------------------------------


def drag(session: Session, name: str, tip: tuple[float, float]) -> int:
    """Move an arrow; how many edits that took."""
    arrow = next(arrow for arrow in arrows_in(session).arrows if arrow.name == name)
    edits = moved(arrow, tip)
    for edit in edits:
        session.move(edit)
    session.finish_move("Move")
    return len(edits)


def test_dragging_edits_the_cells_of_a_row_or_a_column_at_once() -> None:
    session = shown(**PRODUCT)
    assert drag(session, "u", (0.5, -1.5)) == 1
    assert drag(session, "v", (4.0, 0.25)) == 1
    arrays = session.snapshot.workspace.arrays
    assert arrays["A"].to_numpy()[0].tolist() == [0.5, -1.5]
    assert arrays["B"].to_numpy()[:, 1].tolist() == [4.0, 0.25]
    assert [values for _, _, values in described(session)] == [(0.5, -1.5), (4.0, 0.25)]
    assert value_of(session, "C")[0, 1] == 0.5 * 4.0 - 1.5 * 0.25


def test_cells_that_are_no_neighbours_are_edited_one_by_one() -> None:
    session = shown(A=[[1, 2, 3], [4, 5, 6]], C="A[:, ::2] @ A[0, ::2]")
    session.choose_cell((1,))
    assert drag(session, "u", (7.0, 8.0)) == 2
    assert session.snapshot.workspace.arrays["A"].to_numpy().tolist() == [[1, 2, 3], [7, 5, 8]]
    session.undo()
    assert session.snapshot.workspace.arrays["A"].to_numpy().tolist() == [[1, 2, 3], [4, 5, 6]]


def test_arrows_of_whole_numbers_move_by_whole_numbers() -> None:
    session = shown(v=np.array([3, 4]))
    assert arrows_in(session).arrows[0].integer
    drag(session, "v", (1.6, -2.4))
    assert session.snapshot.workspace.arrays["v"].to_numpy().tolist() == [2, -2]
    assert session.snapshot.workspace.arrays["v"].dtype == np.int64


def test_a_tip_that_the_dtype_cannot_hold_is_refused_with_a_sentence() -> None:
    session = shown(v=np.array([3, 4], np.uint8))
    drag(session, "v", (-1.0, 2.0))
    assert session.snapshot.workspace.arrays["v"].to_numpy().tolist() == [3, 4]
    assert session.snapshot.undo_label == ""
