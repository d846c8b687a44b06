"""Engines for the tests: one in this process and one behind pipes, which must not differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.engine.client import EngineClient
from playground.engine.core import EngineCore

if TYPE_CHECKING:
    from collections.abc import Iterator

Engine = EngineClient | EngineCore

LIMIT = 1 << 30
"""Bytes that an engine under test may take."""


@pytest.fixture
def client() -> Iterator[EngineClient]:
    """A running engine process."""
    with EngineClient(LIMIT) as engine:
        yield engine


@pytest.fixture(params=["inline", "process"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The engine in this process, and the same behind its process."""
    made: Engine = EngineCore(LIMIT) if request.param == "inline" else EngineClient(LIMIT)
    made.start()
    yield made
    made.close()
