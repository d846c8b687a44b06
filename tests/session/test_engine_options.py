"""What a person chooses, threads and memory, reaches the engine, again after each of its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.compute.cpu.device import usable_cores
from playground.workspace.memory import SHARE
from tests.session.making import workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.session.session import Session
    from tests.session.making import FakeEngine


@pytest.fixture(autouse=True)
def _as_before(engine: FakeEngine) -> Iterator[None]:
    yield
    engine.set_threads(0)
    engine.set_memory_share(SHARE)


def test_nobody_asks_and_nothing_is_set(session: Session) -> None:
    assert session.snapshot.threads is None
    assert session.snapshot.threads_found is None
    assert session.snapshot.memory is None


def test_whoever_asks_is_told_and_nothing_is_computed_again(session: Session, engine: FakeEngine) -> None:
    engine.calls.clear()
    session.compute_with(threads=0)
    found = session.snapshot.threads_found
    assert found is not None
    assert (found.count, found.cores) == (0, usable_cores())
    assert engine.count("evaluate") == 0


def test_other_threads_time_the_formulas_anew_and_send_no_array(session: Session, engine: FakeEngine) -> None:
    engine.calls.clear()
    session.compute_with(threads=1)
    found = session.snapshot.threads_found
    assert found is not None
    assert (found.count, found.chain_threads) == (1, 1)
    assert engine.told("evaluate") == ["A @ B"]
    assert engine.count("put") == engine.count("patch") == 0
    assert session.snapshot.results["C"].current


def test_an_engine_that_was_started_again_is_told_again(session: Session, engine: FakeEngine) -> None:
    session.compute_with(threads=1)
    engine.set_threads(0)
    engine.kill()
    session.recompute()
    assert engine.set_threads(1) == session.snapshot.threads_found


def test_a_formula_that_has_no_room_is_computed_when_it_may_take_more(session: Session, engine: FakeEngine) -> None:
    engine.calls.clear()
    session.compute_with(memory_share=1e-9)
    found = session.snapshot.memory
    assert found is not None
    assert found.limit_bytes < 1000
    assert engine.count("evaluate") == 0  # what is known stays
    session.open_workspace(workspace(A=[[2.0] * 20] * 20, C="A + 1"))
    failure = session.snapshot.results["C"].failure
    assert failure is not None
    assert failure.kind == "memory"
    session.compute_with(memory_share=0.5)
    assert session.snapshot.results["C"].current


def test_an_engine_that_was_started_again_may_take_as_much(session: Session, engine: FakeEngine) -> None:
    session.compute_with(memory_share=0.25)
    engine.set_memory_share(0.9)
    engine.kill()
    session.recompute()
    found = session.snapshot.memory
    assert found is not None
    assert engine.memory_limit == found.limit_bytes
