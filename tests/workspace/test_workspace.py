"""Who depends on whom, in which order, and cycles that never hang."""

from __future__ import annotations

import numpy as np

from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace, dependents, order_of


def formulas(**sources: str) -> Workspace:
    array = ArrayEntry("A", Array.of(np.eye(2)))
    return Workspace((array, *(FormulaEntry(name, source) for name, source in sources.items())))


def test_a_formula_comes_after_what_it_uses_wherever_it_stands() -> None:
    order = order_of(formulas(E="D + C", D="C @ A", C="A.T"))
    assert order.formulas == ("C", "D", "E")
    assert order.cycles == {}


def test_a_cycle_is_told_for_each_of_its_names_and_the_rest_is_still_ordered() -> None:
    order = order_of(formulas(C="D + 1", D="E + A", E="C", F="A @ A", G="F + E"))
    assert order.formulas == ("F", "G")
    assert order.cycles == {"C": ("C", "D", "E"), "D": ("D", "E", "C"), "E": ("E", "C", "D")}


def test_a_reference_to_itself_is_a_cycle_of_one() -> None:
    order = order_of(formulas(C="C + 1", D="C"))
    assert order.cycles == {"C": ("C",)}
    assert order.formulas == ("D",)


def test_unfinished_text_and_unknown_names_depend_on_nothing() -> None:
    assert order_of(formulas(C="A @", D="X @ Y", E="")).formulas == ("C", "D", "E")


def test_long_chains_and_rings_end() -> None:
    count = 300
    chain = formulas(**{f"c{i}": f"c{i + 1} + 1" for i in range(count)})
    assert order_of(chain).formulas[-1] == "c0"
    ring = formulas(**{f"c{i}": f"c{(i + 1) % count} + 1" for i in range(count)})
    order = order_of(ring)
    assert order.formulas == ()
    assert len(order.cycles["c7"]) == count


def test_dependents_are_those_that_change_with_an_entry() -> None:
    workspace = formulas(E="D + 1", D="A @ A", F="2 + 2", X="Y + A", Y="X")
    assert dependents(workspace, "A") == ("D", "E", "X", "Y")
    assert dependents(workspace, "D") == ("E",)
    assert dependents(workspace, "X") == ("Y",)
    assert dependents(workspace, "F") == ()


def test_equality_is_by_entry_so_that_snapshots_compare_at_once() -> None:
    workspace = formulas(C="A")
    assert workspace == Workspace(workspace.entries)
    assert workspace != formulas(C="A"), "another array object, though with equal cells"
