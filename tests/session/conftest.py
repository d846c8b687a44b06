"""A product that is watched, and an evaluator that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.session.making import PRODUCT, FakeEngine, session_of, workspace
from tests.session.watching import Bench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.session import Session


@pytest.fixture
def bench() -> Bench:
    """An evaluator on a fake engine."""
    return Bench()


@pytest.fixture
def engine() -> FakeEngine:
    """The engine of ``session``."""
    return FakeEngine()


@pytest.fixture
def session(engine: FakeEngine) -> Iterator[Session]:
    """The first example on a fake engine, computed."""
    made = session_of(workspace(**PRODUCT), engine)
    yield made
    made.stop()
