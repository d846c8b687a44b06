"""The why strip: the chosen cell as a sum, its hint where there is nothing to explain, in room of any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.views import theme
from playground.views.why_strip import runs_of
from tests.person import Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable


def text(person: Person) -> str:
    return person.window.why_strip.accessibleDescription()


def test_a_clicked_cell_is_told_as_a_sum(person: Person) -> None:
    person.click_cell(person.result, 0, 1)
    assert text(person) == "C[0, 1] = 2·(−1) + 1·2 = 0. row 0 of A · column 1 of B"
    person.click_cell(person.result, 1, 3)
    assert text(person).startswith("C[1, 3] = 0·0 + 3·4 = 12")


def test_factors_have_the_colours_of_their_arrows(person: Person) -> None:
    colours = {run[0]: run[1] for run in runs_of(person.snapshot.why)}
    assert colours["2"] in (theme.current().vector_u, theme.current().vector_v)
    assert colours["(−1)"] == theme.current().vector_v


def test_it_says_what_to_do_where_nothing_is_chosen(sit: Callable[..., Person]) -> None:
    assert "Choose a formula" in text(sit(workspace(A=[[1.0]])))
    assert "explained here" in text(sit(workspace(A=[[1.0, 2]], C="A @ A")))


def test_a_broken_formula_keeps_the_last_reason_greyed(person: Person) -> None:
    person.click_cell(person.result, 0, 1)
    before = person.window.why_strip.grab().toImage()
    person.enter("A @ B.T")
    assert "C[0, 1]" in text(person)
    assert person.window.why_strip.grab().toImage() != before


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A + A", "C[0, 1] = 1 + 1 = 2"),
        ("sum(A, axis=0)", "C[1] = 1 + 3 + 2 = 6"),
        ("A.T", "C[0, 1] = 0"),
        ("relu(A)", "C[0, 1] = relu(1) = 1"),
        ("sum(A)", "= 7"),
    ],
)
def test_every_kind_of_operation_has_its_reason(person: Person, formula: str, expected: str) -> None:
    person.enter(formula)
    assert expected in text(person)


@pytest.mark.parametrize("width", [220, 500, 1280])
def test_a_long_sum_is_cut_and_keeps_its_result(sit: Callable[..., Person], width: int) -> None:
    person = sit(workspace(x=np.arange(40.0).reshape(1, 40) / 7, y=np.ones((40, 3)), C="x @ y"))
    strip = person.window.why_strip
    strip.setParent(None)
    strip.resize(width, strip.sizeHint().height())
    assert strip.grab().width() == width
    strip.deleteLater()
