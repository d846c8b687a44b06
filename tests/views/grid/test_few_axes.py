"""A number, a vector, a row and a column with the same cells are told apart by what is drawn around them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAccessible

from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from tests.views.grid.conftest import Bench

    Make = Callable[..., Bench]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("shapes", [[(), (1,), (1, 1)], [(3,), (1, 3)], [(3, 1), (3,)], [(1, 3), (3, 1)]])
def test_shapes_with_the_same_cells_have_pictures_of_their_own(
    bench: Make, qapp: QApplication, look: theme.Choice, shapes: list[tuple[int, ...]]
) -> None:
    pictures = []
    for shape in shapes:
        b = bench(np.ones(shape), size=(300, 240))
        theme.apply(qapp, look)
        b.grid.set_resizable(False)
        b.grid.clearFocus()
        pictures.append(b.grid.grab().toImage())
    theme.apply(qapp, "light")
    for one, other in itertools.combinations(pictures, 2):
        assert one != other


def margins(b: Bench) -> tuple[bool, bool]:
    """Whether there is room for row and for column headers."""
    layout = b.grid.layout_now()
    return layout.left > theme.px(12), layout.top > theme.px(12)


def test_a_number_has_no_headers_a_vector_only_one(bench: Make) -> None:
    assert [margins(bench(np.ones(shape))) for shape in [(1, 3), (3,)]] == [(True, True), (False, True)]
    assert not margins(bench(np.ones(())))[1]


@pytest.mark.parametrize(
    ("shape", "said"), [((), "A: 1"), ((3,), "A, index 0: 1"), ((1, 3), "A, row 0, column 0: 1"), ((3, 1), "A, row 0,")]
)
def test_they_are_spoken_differently_too(bench: Make, shape: tuple[int, ...], said: str) -> None:
    b = bench(np.ones(shape))
    described = QAccessible.queryAccessibleInterface(b.grid).text(QAccessible.Text.Description)
    assert described.startswith(said)
