"""Texts that use their own result: said at once, never entered over what is there, offered as a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.session.drafts import commit, type_text
from tests.session.making import PRODUCT, session_of, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.session import Session


@pytest.fixture
def product() -> Iterator[Session]:
    """``C = A @ B``."""
    made = session_of(workspace(**PRODUCT))
    yield made
    made.stop()


@pytest.mark.parametrize("text", ["A = A + 1", "A = C", "D = D + 1"])
def test_a_circle_is_said_while_it_is_typed(product: Session, text: str) -> None:
    product.select("A")
    type_text(product, text)
    problem = product.snapshot.meaning.problem if product.snapshot.meaning is not None else None
    assert problem is not None
    assert problem.kind in ("cycle", "unknown-name")
    assert problem.hint or problem.kind == "unknown-name"


@pytest.mark.parametrize("text", ["C + 1", "C = C + 1"])
def test_a_formula_of_its_own_result_stays_a_draft_and_is_offered_as_a_new_entry(product: Session, text: str) -> None:
    stored = product.snapshot.workspace.formulas["C"]
    assert not commit(product, text)
    assert product.snapshot.workspace.formulas["C"] == stored
    meaning = product.snapshot.meaning
    assert meaning is not None
    assert meaning.problem is not None
    assert [repair.source for repair in meaning.problem.repairs] == ["C2 = C + 1"]


def test_the_new_name_is_one_that_nobody_has(product: Session) -> None:
    assert commit(product, "C2 = B.T @ B")
    product.select("C")
    assert not commit(product, "C = C @ C2")
    assert product.snapshot.meaning is not None
    assert product.snapshot.meaning.problem is not None
    (repair,) = product.snapshot.meaning.problem.repairs
    assert repair.source.startswith("C3 = ")
    assert commit(product, repair.source)
    assert product.snapshot.workspace.formulas["C3"] == "C @ C2"
