"""The thread and the process together: latest wins, windows, cancel, death, and an end that leaves nothing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest

from playground.compute.outcome import Failure
from playground.engine.client import EngineClient
from playground.engine.messages import Result
from playground.session.worker import Worker
from playground.workspace.arrays import Array
from tests.session.making import LIMIT
from tests.session.watched_worker import LONG, Watched
from tests.session.watching import A, job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from playground.session.job import Answer, Job


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.worker.stop()
    assert not made.engine.alive


def value(answer: Answer) -> np.ndarray:
    assert isinstance(answer.outcome, Result), answer.outcome
    assert answer.outcome.value is not None
    return answer.outcome.value


def kill(engine: EngineClient) -> None:
    process = psutil.Process(engine.pid)
    process.kill()
    process.wait(5)


# -- answers ----------------------------------------------------------------------------------------------------------


def test_a_job_is_answered_in_the_owners_thread(watched: Watched) -> None:
    threads = set()
    watched.worker.answered.connect(lambda _: threads.add(threading.get_ident()))
    answers = watched.until_answered(job(1, ("C", "A @ A", "A"), ("D", "C + 1", "C")))
    np.testing.assert_array_equal(value(answers["D"]), A.to_numpy() @ A.to_numpy() + 1)
    assert threads == {threading.get_ident()}


def test_a_chosen_cell_of_a_known_result_is_explained(watched: Watched) -> None:
    watched.until_answered(job(1, ("C", "A @ A", "A"), shown="C", cell=(0, 0)))
    answer = watched.until_answered(job(2, ("C", "A @ A", "A"), shown="C", cell=(1, 1)))["C"]
    assert answer.why is not None
    assert answer.why.value == 9


def test_of_many_jobs_the_last_one_is_computed_and_no_queue_is_built(watched: Watched) -> None:
    """A hundred frames of a drag, faster than the engine answers."""
    watched.until_answered(job(1, ("C", "A + 1", "A")))
    evaluated: list[str] = []
    evaluate = watched.engine.evaluate

    def counted(request: Any) -> Any:
        evaluated.append(request.source)
        return evaluate(request)

    watched.engine.evaluate = counted  # type: ignore[method-assign]
    heavy = " + ".join(f"sin(A + {n})" for n in range(60))
    array = Array.of(np.zeros((300, 300)))
    with watched.qtbot.waitSignal(watched.worker.jobFinished, timeout=20_000, check_params_cb=lambda done: done == 101):
        for generation in range(2, 102):
            array = array.with_block(0, 0, np.array([[float(generation)]]))
            watched.worker.submit(job(generation, ("C", heavy, "A"), arrays={"A": array}))
    expected = sum(np.sin(array.to_numpy() + n) for n in range(60))
    outcome = watched.answers(101)["C"].outcome
    assert isinstance(outcome, Result)
    assert outcome.summary is not None
    assert outcome.summary.high == pytest.approx(expected.max())
    assert len(evaluated) < 20


# -- windows ----------------------------------------------------------------------------------------------------------


def test_windows_of_a_large_result_arrive(watched: Watched) -> None:
    array = Array.of(np.arange(600.0 * 500).reshape(600, 500))
    outcome = watched.until_answered(job(1, ("C", "A * 2", "A"), arrays={"A": array}))["C"].outcome
    assert isinstance(outcome, Result)
    assert outcome.value is None
    window = (outcome.key, 64, 128, 448, 500)
    with watched.qtbot.waitSignal(watched.worker.windowArrived, timeout=5000) as arrived:
        watched.worker.request_window(window)
    assert arrived.args is not None
    assert arrived.args[0] == window
    np.testing.assert_array_equal(arrived.args[1], array.to_numpy()[64:128, 448:500] * 2)

    with watched.qtbot.waitSignal(watched.worker.windowArrived, timeout=5000) as arrived:
        watched.worker.request_window(("=999", 0, 1, 0, 1))
    assert arrived.args is not None
    assert arrived.args[1] is None


def test_a_window_after_a_death_brings_the_result_back(watched: Watched) -> None:
    array = Array.of(np.ones((400, 400)))
    outcome = watched.until_answered(job(1, ("C", "A * 2", "A"), arrays={"A": array}))["C"].outcome
    assert isinstance(outcome, Result)
    kill(watched.engine)
    with watched.qtbot.waitSignal(watched.worker.windowArrived, timeout=10_000) as arrived:
        watched.worker.request_window((outcome.key, 0, 2, 0, 2))
    assert arrived.args is not None
    np.testing.assert_array_equal(arrived.args[1], [[2, 2], [2, 2]])
    assert len(watched.restarts) == 1


def test_a_window_that_gives_way_to_a_job_arrives_after_it(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    array = Array.of(np.ones((400, 400)))
    outcome = watched.until_answered(job(1, ("C", "A * 2", "A"), arrays={"A": array}))["C"].outcome
    assert isinstance(outcome, Result)
    read = watched.worker._evaluator.window
    interrupted: list[int] = []

    def interrupt_once(*arguments: Any) -> np.ndarray | None:
        if not interrupted:
            interrupted.append(1)
            watched.worker.submit(job(2, ("C", "A * 2", "A"), arrays={"A": array}))
            return None
        return read(*arguments)

    monkeypatch.setattr(watched.worker._evaluator, "window", interrupt_once)
    with watched.qtbot.waitSignal(watched.worker.windowArrived, timeout=10_000) as arrived:
        watched.worker.request_window((outcome.key, 0, 1, 0, 2))
    assert arrived.args is not None
    np.testing.assert_array_equal(arrived.args[1], [[2, 2]])
    assert watched.answers(2)


# -- death ------------------------------------------------------------------------------------------------------------


def test_an_idle_engine_that_is_killed_is_started_again(watched: Watched) -> None:
    watched.until_answered(job(1, ("C", "A @ A", "A")))
    first = watched.engine.pid
    with watched.qtbot.waitSignal(watched.worker.jobFinished, timeout=10_000):
        kill(watched.engine)
    assert len(watched.restarts) == 1
    assert "Nothing was lost" in watched.restarts[0].sentence
    assert watched.engine.pid not in (None, first)
    answers = watched.until_answered(job(2, ("C", "A @ A + 1", "A")))
    np.testing.assert_array_equal(value(answers["C"]), A.to_numpy() @ A.to_numpy() + 1)


def test_an_engine_that_is_killed_while_it_computes_is_started_again(watched: Watched) -> None:
    arrays = {"A": A, "X": Array.of(np.random.default_rng(2).random((500, 500)))}
    watched.until_answered(job(1, ("C", "A + 1", "A"), arrays=arrays))
    killer = watched.once_it_computes(lambda: psutil.Process(watched.engine.pid).kill())
    answers = watched.until_answered(
        job(2, ("C", "A + 1", "A"), ("D", "linalg.svd(X).S", "X"), ("E", "C * 2", "C"), arrays=arrays), timeout=60_000
    )
    killer.join()
    assert len(watched.restarts) == 1
    np.testing.assert_allclose(value(answers["D"]), np.linalg.svd(arrays["X"].to_numpy(), compute_uv=False))
    np.testing.assert_array_equal(value(answers["E"]), (A.to_numpy() + 1) * 2)


# -- cancel -----------------------------------------------------------------------------------------------------------


def test_cancel_gives_the_worker_back_and_leaves_the_rest_whole(watched: Watched) -> None:
    arrays = {"A": A, "X": LONG}
    watched.until_answered(job(1, ("C", "A + 1", "A"), arrays=arrays))
    long_job = job(2, ("C", "A + 1", "A"), ("D", "linalg.svd(X).S", "X"), ("E", "D + 1", "D"), arrays=arrays)
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.monotonic())
        watched.worker.cancel()

    canceller = watched.once_it_computes(cancel)
    answers = watched.until_answered(long_job)
    took_s = time.monotonic() - cancelled_at[0]
    canceller.join()
    assert took_s < 1.0
    assert isinstance(answers["D"].outcome, Failure)
    assert answers["D"].outcome.kind == "cancelled"
    np.testing.assert_array_equal(value(answers["C"]), A.to_numpy() + 1)
    assert watched.restarts == [], "a cancel is no accident"
    watched.qtbot.waitUntil(lambda: watched.engine.alive)  # before anybody asks for anything
    pid = watched.engine.pid
    answers = watched.until_answered(job(3, ("C", "A + 1", "A"), ("E", "C @ C", "C"), arrays=arrays))
    np.testing.assert_array_equal(value(answers["E"]), (A.to_numpy() + 1) @ (A.to_numpy() + 1))
    assert watched.engine.pid == pid


def test_cancel_covers_the_job_that_waits(watched: Watched) -> None:
    arrays = {"A": A, "X": LONG}
    watched.until_answered(job(1, ("C", "A + 1", "A"), arrays=arrays))
    again = job(3, ("D", "linalg.svd(X).S", "X"), arrays=arrays)

    def cancel_both() -> None:
        watched.worker.submit(again)
        watched.worker.cancel()

    canceller = watched.once_it_computes(cancel_both)
    with watched.qtbot.waitSignal(watched.worker.jobFinished, timeout=20_000, check_params_cb=lambda done: done == 3):
        watched.worker.submit(job(2, ("D", "linalg.svd(X).S", "X"), arrays=arrays))
    canceller.join()
    outcome = watched.answers(3)["D"].outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"


def test_cancel_with_nothing_to_cancel_does_nothing(watched: Watched) -> None:
    watched.until_answered(job(1, ("C", "A + 1", "A")))
    pid = watched.engine.pid
    watched.worker.cancel()
    watched.until_answered(job(2, ("C", "A + 2", "A")))
    assert watched.engine.pid == pid


# -- the end ----------------------------------------------------------------------------------------------------------


def test_stop_in_the_middle_of_a_long_computation(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.until_answered(job(1, ("C", "A + 1", "A"), arrays={"A": A, "X": LONG}))
    process = psutil.Process(watched.engine.pid)
    busy = watched.once_it_computes(lambda: None)
    watched.worker.submit(job(2, ("D", "linalg.svd(X).S", "X"), arrays={"A": A, "X": LONG}))
    busy.join()
    started = time.monotonic()
    watched.worker.stop()
    assert time.monotonic() - started < 2
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    watched.worker.stop()


def test_stop_before_the_first_job_and_without_a_start(qtbot: QtBot) -> None:
    del qtbot
    never = Worker(EngineClient(LIMIT))
    never.submit(job(1))
    never.stop()
    early = Worker(EngineClient(LIMIT))
    early.start()
    early.stop()


@pytest.mark.logs("nobody foresaw")
def test_a_bug_does_not_end_the_only_thread_that_computes(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    evaluate = watched.worker._evaluator.evaluate
    reached = threading.Event()

    def break_once(given: Job, *arguments: Any) -> None:
        if given.generation == 1:
            reached.set()
            raise ZeroDivisionError
        evaluate(given, *arguments)

    monkeypatch.setattr(watched.worker._evaluator, "evaluate", break_once)
    watched.worker.submit(job(1, ("C", "A + 1", "A")))
    assert reached.wait(10)
    assert watched.until_answered(job(2, ("C", "A + 1", "A")))
    assert "ZeroDivisionError" in caplog.text


def test_a_race_that_waits_is_withdrawn_and_the_document_is_computed(watched: Watched) -> None:
    long_job = job(1, ("C", "linalg.svd(X).S", "X"), arrays={"X": Array.of(np.ones((600, 600)))}, shown="C")

    def race_and_withdraw() -> None:
        watched.worker.request("race")
        watched.worker.cancel_race()

    hurry = watched.once_it_computes(race_and_withdraw)
    answers = watched.until_answered(long_job)
    hurry.join()
    assert isinstance(answers["C"].outcome, Result)
    watched.qtbot.waitUntil(lambda: len(watched.raced) == 1)
    outcome = watched.raced[0].outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
