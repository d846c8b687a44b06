"""Entries without numbers: declared, changed, filled, given up again; nothing is allocated before that."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.signature import Signature
from playground.workspace.arrays import Array
from playground.workspace.casting import SUPPORTED
from playground.workspace.edits import AddFormula, EditError, Rename, Resize, SetCell, SetFormula, ToArray, ToFormula
from playground.workspace.history import History
from playground.workspace.shape_edits import CONTENTS, AddShape, FillShape, KeepShape, SetShape
from playground.workspace.together import Together
from playground.workspace.workspace import FormulaEntry, ShapeEntry, Workspace

HUGE = Signature((50_000_000, 50_000_000), np.dtype(np.float64))


def signature(*shape: int, dtype: str = "float64", names: tuple[str | None, ...] = ()) -> Signature:
    return Signature(shape, np.dtype(dtype), axis_names=names)


def ghost(*shape: int, dtype: str = "float64", names: tuple[str | None, ...] = ()) -> Workspace:
    return Workspace((ShapeEntry("x", signature(*shape, dtype=dtype, names=names)), FormulaEntry("C", "x.T")))


def test_a_shape_of_any_size_is_an_entry_and_costs_nothing() -> None:
    before = ghost(2, 3)
    after = AddShape("y", HUGE, 0).apply(before)
    assert after.names == ("y", "x", "C")
    assert after.arrays == {}
    assert after.shapes["y"] is HUGE
    history = History()
    history.push(before, after, "Add y")
    assert history.kept_bytes == 0


@pytest.mark.parametrize("shape", [(-1,), (2**63,), (1,) * 33, (None, 2)])
def test_a_shape_that_no_array_can_have_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(EditError):
        AddShape("y", Signature(shape, np.dtype(np.float64))).apply(ghost(2))


@pytest.mark.parametrize("name", ["x", "C", "sum", "1", "class"])
def test_a_name_that_is_taken_or_can_t_be_is_refused(name: str) -> None:
    with pytest.raises(EditError):
        AddShape(name, signature(2)).apply(ghost(2))


@pytest.mark.parametrize("dtype", ["O", "U3", "longdouble"])
def test_a_dtype_that_isn_t_ours_is_refused(dtype: str) -> None:
    with pytest.raises(EditError):
        SetShape("x", Signature((2,), np.dtype(dtype))).apply(ghost(2))


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("dtype", SUPPORTED, ids=str)
@pytest.mark.parametrize("shape", [(), (0, 3), (2,), (1, 2)], ids=str)
def test_filling_keeps_shape_and_dtype(shape: tuple[int, ...], dtype: np.dtype, content: str) -> None:
    filled = FillShape("x", content).apply(ghost(*shape, dtype=dtype.name))  # type: ignore[arg-type]
    array = filled.arrays["x"]
    assert (array.shape, array.dtype) == (shape, dtype)
    again = FillShape("x", content).apply(ghost(*shape, dtype=dtype.name))  # type: ignore[arg-type]
    np.testing.assert_array_equal(array.to_numpy(), again.arrays["x"].to_numpy())


def test_what_a_shape_is_filled_with() -> None:
    def filled(content: str) -> list[list[float]]:
        return FillShape("x", content).apply(ghost(2, 3)).arrays["x"].to_numpy().tolist()  # type: ignore[arg-type]

    assert filled("zeros") == [[0, 0, 0], [0, 0, 0]]
    assert filled("ones") == [[1, 1, 1], [1, 1, 1]]
    assert filled("counting") == [[0, 1, 2], [3, 4, 5]]
    assert len({number for row in filled("random") for number in row}) == 6


def test_random_numbers_differ_from_name_to_name() -> None:
    other = Rename("x", "y").apply(ghost(4))
    mine = FillShape("x", "random").apply(ghost(4)).arrays["x"].to_numpy()
    assert not np.array_equal(mine, FillShape("y", "random").apply(other).arrays["y"].to_numpy())


@pytest.mark.parametrize(("dtype", "most"), [("bool", 2), ("int8", 128), ("float16", 2049)])
def test_counting_stops_where_the_dtype_does(dtype: str, most: int) -> None:
    counted = FillShape("x", "counting").apply(ghost(most, dtype=dtype)).arrays["x"].to_numpy()
    assert counted.astype(np.int64).tolist() == list(range(most))
    with pytest.raises(EditError, match=f"{dtype} can't count to {most}"):
        FillShape("x", "counting").apply(ghost(most + 1, dtype=dtype))


def test_what_doesn_t_fit_into_memory_isn_t_filled() -> None:
    huge = AddShape("y", HUGE).apply(ghost(2))
    for content in CONTENTS:
        with pytest.raises(EditError, match="memory"):
            FillShape("y", content).apply(huge)


def test_only_a_shape_is_filled_and_only_an_array_gives_up_its_numbers() -> None:
    filled = FillShape("x").apply(ghost(2))
    for edit, workspace in ((FillShape("x"), filled), (FillShape("C"), filled), (KeepShape("C"), filled)):
        with pytest.raises(EditError):
            edit.apply(workspace)
    with pytest.raises(EditError, match="no numbers yet"):
        KeepShape("x").apply(ghost(2))


def test_names_of_axes_stay_when_numbers_come_and_go() -> None:
    named = ghost(2, 3, names=("B", "d"))
    filled = FillShape("x").apply(named)
    assert filled.signatures["x"].axis_names == ("B", "d")
    assert SetCell("x", (0, 0), 1.0).apply(filled).signatures["x"].axis_names == ("B", "d")
    assert Resize("x", (6,)).apply(filled).signatures["x"].axis_names == ()
    assert KeepShape("x").apply(filled) == named


def test_a_shape_is_renamed_in_formulas_too() -> None:
    renamed = Rename("x", "y").apply(ghost(2, 3))
    assert renamed.shapes == {"y": signature(2, 3)}
    assert renamed.formulas == {"C": "y.T"}


def test_a_shape_becomes_an_array_or_a_formula_by_hand() -> None:
    array = Array.of([[1.0, 2.0]])
    assert ToArray("x", array).apply(ghost(2)).arrays["x"] is array
    assert ToFormula("x", "eye(2)").apply(ghost(2)).formulas["x"] == "eye(2)"
    assert SetShape("C", signature(4)).apply(ghost(2)).shapes["C"] == signature(4)


@pytest.mark.parametrize("edit", [SetCell("x", (0, 0), 1.0), Resize("x", (2,)), SetFormula("x", "1")])
def test_edits_of_numbers_are_refused_with_what_to_do(edit: SetCell | Resize | SetFormula) -> None:
    with pytest.raises(EditError, match=r"x (has|is) a shape"):
        edit.apply(ghost(2, 3))


def test_several_edits_are_one_or_none() -> None:
    both = Together((AddShape("y", signature(3, 2)), AddFormula("D", "x @ y")), "Add D")
    after = both.apply(ghost(2, 3))
    assert after.names == ("x", "C", "y", "D")
    with pytest.raises(EditError):
        both.apply(after)
