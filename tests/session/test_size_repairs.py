"""What clashes is mended by resizing an operand; every such repair infers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.analysis import analyse
from playground.session.size_repairs import SizeRepair
from playground.workspace.edits import Resize
from playground.workspace.together import Together
from tests.person import workspace


def repairs(**entries: object) -> list[SizeRepair]:
    problem = analyse(workspace(**entries)).meanings["C"].problem
    assert problem is not None
    return [repair for repair in problem.repairs if isinstance(repair, SizeRepair)]


def sources(**entries: object) -> list[str]:
    return [repair.source for repair in repairs(**entries)]


def test_a_product_is_mended_by_either_factor_growing_first() -> None:
    assert sources(A=np.ones((3, 3)), B=np.ones((2, 4)), C="A @ B") == ["resize B to 3×4", "resize A to 3×2"]
    assert sources(A=np.ones((3, 2)), B=np.ones((3, 4)), C="A @ B") == ["resize A to 3×3", "resize B to 2×4"]


@pytest.mark.parametrize(
    ("shapes", "formula", "expected"),
    [
        (((3, 3), (3, 2)), "A + B", ["resize B to 3×3", "resize A to 3×2"]),
        (((3, 2), (4, 4)), "A.T @ B", ["resize A to 4×2", "resize B to 3×4"]),
        (((3, 3), (5,)), "A @ B", ["resize A to 3×5", "resize B to (3,)"]),
        (((3, 2), (2, 2)), "relu(A @ A) + B", []),
    ],
)
def test_transposes_vectors_and_elementwise(
    shapes: tuple[tuple[int, ...], ...], formula: str, expected: list[str]
) -> None:
    found = sources(A=np.ones(shapes[0]), B=np.ones(shapes[1]), C=formula)
    assert [source for source in expected if source in found] == expected


def test_all_that_is_one_axis_is_resized_together() -> None:
    (first, *_) = repairs(A=np.ones((2, 3)), B=np.ones((2, 3)), D=np.ones((4, 5)), C="(A + B) @ D")
    assert {new.name: new.signature.shape for new in first.resized} == {"A": (2, 4), "B": (2, 4)}
    assert first.source == "resize A to 2×4, resize B to 2×4"
    assert first.shape == (2, 5)


def test_what_a_formula_gives_isnt_resized() -> None:
    assert sources(A=np.ones((3, 3)), P="A.T", B=np.ones((2, 4)), C="P @ B") == ["resize B to 3×4"]


def test_two_repairs_of_the_text_stay_in_sight() -> None:
    problem = analyse(workspace(A=np.ones((3, 2)), B=np.ones((3, 2)), C="A @ B")).meanings["C"].problem
    assert problem is not None
    kinds = [isinstance(repair, SizeRepair) for repair in problem.repairs[:3]]
    assert kinds[0] is False
    assert any(kinds)


@given(st.tuples(*[st.integers(1, 4)] * 6), st.sampled_from(["A @ B", "A + B", "A @ B @ D", "A * B.T", "A @ B - D"]))
def test_every_repair_infers_and_does_what_it_says(sizes: tuple[int, ...], formula: str) -> None:
    arrays = {"A": np.ones(sizes[:2]), "B": np.ones(sizes[2:4]), "D": np.ones(sizes[4:])}
    document = workspace(**arrays, C=formula)
    problem = analyse(document).meanings["C"].problem
    for repair in problem.repairs if problem is not None else ():
        if isinstance(repair, SizeRepair):
            edits = tuple(Resize(new.name, new.signature.shape) for new in repair.resized)
            mended = analyse(Together(edits, "").apply(document))
            assert mended.meanings["C"].problem is None
            assert mended.signatures["C"].shape == repair.shape
