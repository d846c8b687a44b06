"""The worker without a thread: the same answers, before the call returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.session.worker import InlineWorker
from tests.session.making import FakeEngine
from tests.session.watching import A, job, value

if TYPE_CHECKING:
    from playground.session.job import Answer


def test_the_inline_worker_answers_before_it_returns() -> None:
    worker = InlineWorker(FakeEngine())
    said: list[Any] = []
    worker.answered.connect(said.append)
    worker.jobFinished.connect(said.append)
    worker.windowArrived.connect(lambda window, cells: said.append((window, cells.tolist())))
    worker.start()
    worker.submit(job(1, ("C", "A + 1", "A")))
    answer = said[0]
    assert value(answer) == (A.to_numpy() + 1).tolist()
    worker.cancel()
    worker.request_window((answer.outcome.key, 0, 1, 0, 2))
    assert said[1:] == [1, ((answer.outcome.key, 0, 1, 0, 2), [[3.0, 2.0]])]
    worker.stop()


def test_a_job_that_an_answer_sets_off_ends_the_inline_one() -> None:
    engine = FakeEngine()
    worker = InlineWorker(engine)
    second = job(2, ("C", "A + 1", "A"), ("D", "A + 2", "A"))
    names: list[tuple[int, str]] = []

    def follow(answer: Answer) -> None:
        names.append((answer.generation, answer.name))
        if answer.generation == 1:
            worker.submit(second)

    worker.answered.connect(follow)
    worker.submit(job(1, ("C", "A + 1", "A"), ("D", "A + 2", "A")))
    assert names == [(1, "C"), (2, "C"), (2, "D")]
    assert engine.told("evaluate") == ["A + 1", "A + 2"]
    worker.stop()
