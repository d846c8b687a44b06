"""The examples are whole: named well, in order, and every formula's operands are there."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.names import name_problem
from playground.workspace.examples import EXAMPLES, first_example
from playground.workspace.workspace import operands_of, order_of


def test_the_first_example_is_a_product_of_three_different_sizes() -> None:
    workspace = first_example()
    assert workspace.names == ("A", "B", "C")
    assert workspace.formulas == {"C": "A @ B"}
    assert [array.shape for array in workspace.arrays.values()] == [(3, 2), (2, 4)]
    assert {array.dtype for array in workspace.arrays.values()} == {np.dtype("float64")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_can_be_evaluated(name: str) -> None:
    example = EXAMPLES[name]
    workspace = example.build()
    assert example.title
    assert len(set(workspace.names)) == len(workspace.names)
    assert all(name_problem(entry, ()) is None for entry in workspace.names)
    assert len(order_of(workspace).formulas) == len(workspace.formulas)
    for source in workspace.formulas.values():
        operands = operands_of(source)
        assert operands
        assert set(operands) <= set(workspace.names)
