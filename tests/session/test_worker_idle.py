"""What a worker does while nobody edits, on a real engine process: measuring, and racing when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.outcome import Failure, Race
from playground.engine.messages import Result
from playground.workspace.arrays import Array
from tests.session.watched_worker import LONG, Watched
from tests.session.watching import A, job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.worker.stop()
    assert not made.engine.alive


def test_what_is_shown_is_measured_and_a_job_comes_first(watched: Watched) -> None:
    array = Array.of(np.random.default_rng(3).random((400, 400)))
    answer = watched.until_answered(job(1, ("C", "A @ A", "A"), arrays={"A": array}, shown="C"))["C"]
    assert isinstance(answer.outcome, Result)
    watched.qtbot.waitUntil(lambda: any(found.peak for found in watched.measured), timeout=20_000)
    found = watched.measured[-1]
    assert (found.name, found.key) == ("C", answer.outcome.key)
    assert found.timing.runs > 1
    assert found.timing.first_call_s == answer.outcome.timing.first_call_s
    assert watched.until_answered(job(2, ("C", "A @ A + 1", "A"), arrays={"A": array}, shown="C"))
    assert watched.restarts == []


def test_a_race_is_told_and_ended(watched: Watched) -> None:
    watched.until_answered(job(1, ("C", "A @ A", "A"), shown="C"))
    watched.worker.request("race")
    watched.qtbot.waitUntil(lambda: len(watched.raced) == 1, timeout=30_000)
    assert isinstance(watched.raced[0].outcome, Race)
    watched.until_answered(job(2, ("C", "A @ A", "A"), arrays={"A": A, "X": LONG}, shown="C"))
    long_job = job(3, ("D", "linalg.svd(X).S", "X"), arrays={"A": A, "X": LONG}, shown="D")
    canceller = watched.once_it_computes(watched.worker.cancel)
    watched.until_answered(long_job)
    canceller.join()
    canceller = watched.once_it_computes(watched.worker.cancel)
    watched.worker.request("race")
    watched.qtbot.waitUntil(lambda: len(watched.raced) == 2, timeout=30_000)
    canceller.join()
    outcome = watched.raced[1].outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    assert watched.restarts == []
