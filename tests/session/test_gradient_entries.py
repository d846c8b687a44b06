"""Insert ▸ Gradient on the document: what is added, under which names, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.drafts import type_text
from playground.session.gradient_entries import add_gradient, differentiable, no_gradient
from tests.session.making import PRODUCT, session_of, value_of, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.session.session import Session

LAYER = {"x": [[1, 2, 3], [4, 5, 6]], "W": [[1, 0], [0, 1], [1, 1]], "b": [0, 1]}


@pytest.fixture
def begin() -> Iterator[Callable[..., Session]]:
    made: list[Session] = []

    def build(shown: str, **entries: object) -> Session:
        made.append(session_of(workspace(**entries)))
        made[-1].select(shown)
        return made[-1]

    yield build
    for session in made:
        session.stop()


def notice(session: Session) -> str:
    assert session.snapshot.notice is not None
    return session.snapshot.notice.text


def test_the_gradient_and_what_flows_in_are_formulas_and_one_step_of_undo(begin: Callable[..., Session]) -> None:
    session = begin("C", **PRODUCT)
    before = session.snapshot.workspace
    add_gradient(session, "B")
    assert session.snapshot.workspace.formulas == {"C": "A @ B", "dC": "ones_like(C)", "dB": "A.T @ dC"}
    assert session.snapshot.selected == session.snapshot.shown == "dB"
    np.testing.assert_array_equal(value_of(session, "dB"), np.transpose(PRODUCT["A"]) @ np.ones((3, 4)))
    assert notice(session) == "dB = A.T @ dC is the gradient of C; dC, what flows in, is ones until you change it."
    assert session.snapshot.undo_label == "Add the gradient dB"
    session.undo()
    assert session.snapshot.workspace == before


def test_what_flows_in_is_there_the_second_time(begin: Callable[..., Session]) -> None:
    session = begin("C", **PRODUCT)
    add_gradient(session, "B")
    session.select("C")
    add_gradient(session, "A")
    assert list(session.snapshot.workspace.formulas) == ["C", "dC", "dB", "dA"]
    assert notice(session) == "dA = dC @ B.T is the gradient of C."


def test_gradients_follow_a_network_backwards(begin: Callable[..., Session]) -> None:
    session = begin("L", **LAYER, h="relu(x @ W + b)", L="mean(h**2)")
    add_gradient(session, "h")
    session.select("h")
    add_gradient(session, "W")
    formulas = session.snapshot.workspace.formulas
    assert formulas["dh"] == "2 * h / h.size"
    assert formulas["dW"] == "x.T @ (dh * (h > 0))"
    x, w, b = (np.array(LAYER[name], float) for name in "xWb")
    h = np.maximum(x @ w + b, 0)
    np.testing.assert_allclose(value_of(session, "dW"), x.T @ (2 * h / h.size * (h > 0)))


def test_the_value_of_the_formula_is_used_by_its_name(begin: Callable[..., Session]) -> None:
    session = begin("s", x=[[1, 2], [3, 4]], s="softmax(x)")
    add_gradient(session, "x")
    assert session.snapshot.workspace.formulas["dx"] == "s * (ds - sum(ds * s, axis=-1, keepdims=True))"


def test_taken_names_get_a_number(begin: Callable[..., Session]) -> None:
    session = begin("C", **PRODUCT, dC=[1, 2], dB=[3])
    add_gradient(session, "B")
    assert session.snapshot.workspace.formulas == {"C": "A @ B", "dC2": "ones_like(C)", "dB2": "A.T @ dC2"}


def test_the_same_gradient_is_chosen_instead_of_added_again(begin: Callable[..., Session]) -> None:
    session = begin("C", **PRODUCT)
    add_gradient(session, "B")
    session.select("C")
    add_gradient(session, "B")
    assert list(session.snapshot.workspace.formulas) == ["C", "dC", "dB"]
    assert session.snapshot.selected == "dB"
    assert notice(session) == "dB is that gradient already: A.T @ dC."


def test_a_formula_that_gives_one_number_needs_nothing_to_flow_in(begin: Callable[..., Session]) -> None:
    session = begin("L", x=[1, 2], L="sum(x**2)")
    add_gradient(session, "x")
    assert session.snapshot.workspace.formulas == {"L": "sum(x**2)", "dx": "2 * x"}


def test_where_there_is_none_the_reason_is_said_and_nothing_changes(begin: Callable[..., Session]) -> None:
    session = begin("S", A=[[2, 1], [1, 2]], S="i0(A)")
    before = session.snapshot.workspace
    add_gradient(session, "A")
    assert session.snapshot.workspace is before
    assert notice(session).startswith("The derivative of i0 is the function i1")


def test_only_real_entries_of_a_formula_without_a_problem_are_offered(begin: Callable[..., Session]) -> None:
    entries = {**PRODUCT, "m": np.array([True]), "D": "A @ A", "E": "A * 2 * m"}
    for shown, offered in (("C", ("A", "B")), ("D", ()), ("E", ("A",))):
        assert differentiable(begin(shown, **entries).snapshot) == offered
    assert differentiable(begin("A", A=[1, 2]).snapshot) == ()


def test_what_to_do_first_is_said(begin: Callable[..., Session]) -> None:
    session = begin("A", A=[1, 2])
    no_gradient(session)
    assert notice(session).startswith("Choose a formula")
    session = begin("D", **PRODUCT, D="A @ A")
    no_gradient(session)
    assert notice(session).startswith("Mend the formula first")
    session = begin("C", **PRODUCT)
    type_text(session, "A @ B + 1")
    no_gradient(session)
    assert notice(session).startswith("Enter the formula first")
