"""Linked axes: what inference makes equal can be linked, and edits of one keep formulas valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.signature import Signature
from playground.record import replace
from playground.session.analysis import analyse
from playground.session.linked_axes import is_whole, linked, partners, shared, toggled, with_linked
from playground.session.saved_view import seen_in, view_of
from playground.session.snapshot import Snapshot
from playground.workspace.edits import DeleteLines, InsertLines, Resize
from playground.workspace.line_edits import MoveLines
from playground.workspace.together import Together
from playground.workspace.workspace import ShapeEntry
from tests.person import workspace

if TYPE_CHECKING:
    from playground.workspace.editing import Edit
    from playground.workspace.workspace import Workspace


def snapshot_of(document: Workspace, *links: tuple[str, int]) -> Snapshot:
    plain = Snapshot(document, analyse(document), document.names[-1], document.names[-1])
    return replace(plain, links=toggled(plain, links)) if links else plain


def product(**more: object) -> Workspace:
    return workspace(A=np.ones((3, 2)), B=np.ones((2, 4)), **more)


def after(snapshot: Snapshot, edit: Edit) -> Workspace:
    return Together(tuple(with_linked(snapshot, edit)), "").apply(snapshot.workspace)


def test_the_inner_size_of_a_product_is_one_axis() -> None:
    snapshot = snapshot_of(product(C="A @ B"))
    assert partners(snapshot, ("A", 1)) == {("A", 1), ("B", 0)}
    assert partners(snapshot, ("A", 0)) == {("A", 0)}
    assert shared(snapshot, "A", "B") == (("A", 1),)
    assert shared(snapshot, "B", "A") == (("B", 0),)


def test_it_goes_through_formulas_to_what_they_are_used_in() -> None:
    document = product(P="A @ B", D=np.ones((4, 5)), Q="P @ D", e=np.ones(5), R="Q + e")
    snapshot = snapshot_of(document)
    assert partners(snapshot, ("B", 1)) == {("B", 1), ("D", 0)}
    assert partners(snapshot, ("e", 0)) == {("D", 1), ("e", 0)}


def test_a_chain_of_three_and_elementwise_operands() -> None:
    snapshot = snapshot_of(product(D=np.ones((4, 1)), C="A @ B @ D"))
    assert shared(snapshot, "A", "B") == (("A", 1),)
    assert shared(snapshot, "B", "D") == (("B", 1),)
    both = snapshot_of(workspace(A=np.ones((3, 2)), B=np.ones((3, 2)), C="A + B"))
    assert shared(both, "A", "B") == (("A", 0), ("A", 1))


def test_broadcasting_and_equal_sizes_alone_link_nothing() -> None:
    stretched = snapshot_of(workspace(A=np.ones((3, 4)), b=np.ones((1, 4)), C="A + b"))
    assert partners(stretched, ("A", 0)) == {("A", 0)}
    assert partners(stretched, ("A", 1)) == {("A", 1), ("b", 1)}
    apart = snapshot_of(workspace(A=np.ones((3, 3)), B=np.ones((3, 3)), C="A @ A.T"))
    assert partners(apart, ("A", 0)) == {("A", 0)}
    assert partners(apart, ("B", 0)) == frozenset()


def test_a_square_is_linked_with_itself() -> None:
    snapshot = snapshot_of(workspace(A=np.ones((3, 3)), C="A @ A"), ("A", 0))
    assert shared(snapshot, "A", "A") == (("A", 0), ("A", 1))
    assert after(snapshot, InsertLines("A", 1, 1, 2)).arrays["A"].shape == (5, 5)
    assert after(snapshot, Resize("A", (2, 3))).arrays["A"].shape == (2, 2)
    assert after(snapshot, Resize("A", (4, 6))).arrays["A"].shape == (6, 6)


def test_linking_and_letting_go() -> None:
    snapshot = snapshot_of(product(C="A @ B"))
    on = replace(snapshot, links=toggled(snapshot, [("B", 0)]))
    assert on.links == {("A", 1), ("B", 0)}
    assert is_whole(on, ("A", 1))
    assert linked(on, ("A", 1)) == {("A", 1), ("B", 0)}
    assert toggled(on, [("A", 1)]) == frozenset()
    assert toggled(snapshot, [("A", 0)]) == frozenset()


def test_what_becomes_equal_later_is_linked_only_on_request() -> None:
    snapshot = snapshot_of(product(C="A @ B"), ("A", 1))
    more = product(C="A @ B", D=np.ones((2, 1)), E="A @ D")
    later = replace(snapshot, workspace=more, analysis=analyse(more))
    assert linked(later, ("A", 1)) == {("A", 1), ("B", 0)}
    assert not is_whole(later, ("A", 1))
    assert ("D", 0) in toggled(later, [("A", 1)])


@pytest.mark.parametrize(
    ("edit", "shapes"),
    [
        (InsertLines("A", 1, 1, 2), ((3, 4), (4, 4))),
        (DeleteLines("A", 1, 0, 1), ((3, 1), (1, 4))),
        (DeleteLines("B", 0, 0, 2), ((3, 0), (0, 4))),
        (Resize("A", (5, 7)), ((5, 7), (7, 4))),
        (Resize("B", (3, 3)), ((3, 3), (3, 3))),
        (InsertLines("A", 0, 0, 1), ((4, 2), (2, 4))),
        (MoveLines("A", 1, 0, 1, 1), ((3, 2), (2, 4))),
    ],
    ids=str,
)
def test_edits_go_along(edit: Edit, shapes: tuple[tuple[int, ...], ...]) -> None:
    document = after(snapshot_of(product(C="A @ B"), ("A", 1)), edit)
    assert (document.arrays["A"].shape, document.arrays["B"].shape) == shapes
    assert analyse(document).meanings["C"].problem is None


def test_the_same_lines_are_inserted() -> None:
    document = workspace(A=np.arange(6.0).reshape(3, 2), B=np.arange(8.0).reshape(2, 4), C="A @ B")
    changed = after(snapshot_of(document, ("A", 1)), InsertLines("A", 1, 1, 1))
    np.testing.assert_array_equal(changed.arrays["B"].to_numpy(), [[0, 1, 2, 3], [0] * 4, [4, 5, 6, 7]])
    value = document.arrays["A"].to_numpy() @ document.arrays["B"].to_numpy()
    np.testing.assert_array_equal(changed.arrays["A"].to_numpy() @ changed.arrays["B"].to_numpy(), value)


def test_shapes_without_numbers_go_along() -> None:
    shape = ShapeEntry("B", Signature((2, 4), np.dtype(np.float32)))
    document = workspace(A=np.ones((3, 2)), C="A @ B").inserted(shape, 1)
    snapshot = snapshot_of(document, ("A", 1))
    assert after(snapshot, InsertLines("A", 1, 0, 3)).get("B").signature.shape == (5, 4)
    assert after(snapshot, Resize("A", (3, 9))).get("B").signature == replace(shape.signature, shape=(9, 4))


def test_links_are_remembered_in_the_view_of_a_saved_workspace() -> None:
    document = product(C="A @ B")
    snapshot = snapshot_of(document, ("A", 1))
    view = view_of(snapshot)
    assert view["links"] == [["A", 1], ["B", 0]]
    assert seen_in(view, document)["links"] == snapshot.links
    for strange in (None, 3, [["Z", 0]], [["A", "1"]], [["A"]], ["A"], [["A", True]], [[["A"], 1]]):
        assert seen_in({"links": strange}, document)["links"] == frozenset()


FORMULAS = ("A @ B", "A @ B @ D", "relu(A @ B) @ D + e", "A @ B - (D @ D.T)[:1]", "A.T @ A + B @ B.T")


@given(st.data())
def test_any_linked_edit_keeps_the_formula_valid(data: st.DataObject) -> None:
    arrays = {"A": np.ones((3, 2)), "B": np.ones((2, 4)), "D": np.ones((4, 5)), "e": np.ones(5)}
    document = workspace(**arrays, C=data.draw(st.sampled_from(FORMULAS)))
    every = [(name, axis) for name, values in arrays.items() for axis in range(values.ndim)]
    snapshot = snapshot_of(document)
    snapshot = replace(snapshot, links=frozenset().union(*(partners(snapshot, axis) for axis in every)))
    for _ in range(data.draw(st.integers(1, 4))):
        name, axis = data.draw(st.sampled_from(every))
        shape = snapshot.workspace.arrays[name].shape
        kind = data.draw(st.sampled_from(("insert", "delete", "resize")))
        count = data.draw(st.integers(1, 3))
        at = data.draw(st.integers(0, shape[axis]))
        edit: Edit = InsertLines(name, axis, at, count)
        if kind == "delete" and shape[axis] > count:
            edit = DeleteLines(name, axis, min(at, shape[axis] - count), count)
        elif kind == "resize":
            edit = Resize(name, tuple(data.draw(st.integers(2, 6)) for _ in shape))
        changed = after(snapshot, edit)
        snapshot = replace(snapshot, workspace=changed, analysis=analyse(changed))
        problem = snapshot.analysis.meanings["C"].problem
        assert problem is None, (edit, problem)
