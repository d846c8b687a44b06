"""Every gradient against central differences, row by row and composed."""

from __future__ import annotations

import pytest

from playground.language.functions import FUNCTIONS
from playground.language.gradient_operation import flat
from playground.language.nodes import Call, walk
from playground.language.parse import parse
from tests.language.differences import check, numbers
from tests.language.gradient_cases import ALL, Shapes


def functions_in(source: str) -> set[str]:
    """Names of the functions that a formula calls."""
    tree = parse(source).tree
    assert tree is not None
    return {node.function for node in walk(tree) if isinstance(node, Call)}


@pytest.mark.parametrize(("source", "shapes"), ALL, ids=lambda value: value if isinstance(value, str) else str(value))
def test_the_gradient_is_what_central_differences_give(source: str, shapes: Shapes) -> None:
    if functions_in(source) - FUNCTIONS.keys():
        pytest.skip("row missing")
    arrays = numbers(shapes)
    for wrt in shapes:
        if source.startswith("copysign") and wrt == "y":
            continue  # only its sign counts
        check(source, arrays, wrt)
