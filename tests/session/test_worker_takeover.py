"""The first job is computed in the window's process, everything after it by the engine that takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.engine.messages import Result
from playground.session.job import Answer, Restart
from playground.session.worker import Worker
from tests.session.making import FakeEngine
from tests.session.watching import A, job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Relay:
    """A worker on one engine, the engine that takes over, and what was said."""

    def __init__(self) -> None:
        self.first, self.second = FakeEngine(), FakeEngine()
        self.made = 0
        self.worker = Worker(self.first, then=self.make)
        self.said: list[Answer | Restart] = []
        self.worker.answered.connect(self.said.append)

    def make(self) -> FakeEngine:
        self.made += 1
        return self.second


@pytest.fixture
def relay() -> Iterator[Relay]:
    made = Relay()
    yield made
    made.worker.stop()


def test_the_first_job_goes_to_the_first_engine_and_the_next_to_the_other(relay: Relay, qtbot: QtBot) -> None:
    with qtbot.waitSignal(relay.worker.jobFinished):
        relay.worker.start()
        relay.worker.submit(job(1, ("C", "A @ A", "A")))
    assert relay.first.told("evaluate") == ["A @ A"]
    with qtbot.waitSignal(relay.worker.jobFinished, check_params_cb=lambda done: done == 2):
        relay.worker.submit(job(2, ("C", "A @ A", "A"), ("D", "C + 1", "C")))
    assert relay.made == 1
    assert relay.first.count("evaluate") == 1
    answers = {said.name: said for said in relay.said if isinstance(said, Answer) and said.generation == 2}
    outcome = answers["D"].outcome
    assert isinstance(outcome, Result)
    np.testing.assert_array_equal(outcome.value, A.to_numpy() @ A.to_numpy() + 1)


def test_it_takes_over_by_itself_and_says_nothing(relay: Relay, qtbot: QtBot) -> None:
    with qtbot.waitSignal(relay.worker.jobFinished):
        relay.worker.start()
        relay.worker.submit(job(1, ("C", "A @ A", "A")))
    qtbot.waitUntil(lambda: relay.second.count("put") == 1)
    assert relay.second.count("evaluate") == 0, "what is known isn't computed again"
    assert not relay.first.running
    assert not any(isinstance(said, Restart) for said in relay.said)


def test_it_may_be_stopped_before_anything_took_over(qtbot: QtBot) -> None:
    relay = Relay()
    with qtbot.waitSignal(relay.worker.jobFinished):
        relay.worker.start()
        relay.worker.submit(job(1, ("C", "A @ A", "A")))
    relay.worker.stop()
    assert not relay.first.running
    assert not relay.second.running
