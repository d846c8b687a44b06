"""Deaths of every kind in the middle of an evaluation, and cancels at any moment: one sentence, and nothing is lost.

MATRIX_PLAYGROUND_FAULTS asks for more of each (20 deaths of each kind, 200 cancels); by default it is a fifth of that.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

from playground.engine.client import EngineClient
from playground.engine.launch import COMMAND
from playground.session.evaluator import Evaluator
from playground.session.job import Answer, Restart
from playground.workspace.arrays import Array
from tests.session.watching import A, failure, job, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playground.session.job import Job

DEATHS = int(os.environ.get("MATRIX_PLAYGROUND_FAULTS", "4"))
CANCELS = 10 * DEATHS

FAULTY = """
import ctypes, os, signal, sys
import numpy as np
from playground.compute.cpu import device as cpu
from playground.compute.backend import Trouble
find = cpu.numpy_function
held = []

def segfault(_):
    ctypes.string_at(0)

def system_exit(_):
    raise SystemExit(3)

def killed(_):
    os.kill(os.getpid(), 9)

def abort(_):
    os.abort()

def greedy(_):
    while True:
        held.append(np.ones(1 << 23))

def lost(_):
    raise RuntimeError("an illegal memory access was encountered")

def wedged(_):
    os.kill(os.getpid(), signal.SIGSTOP)

def found(name):
    return globals()[os.environ["FAULT"]] if name == "linalg.det" else find(name)

class Losing(cpu.NumpyBackend):
    def classify(self, exception):
        if "illegal memory" in str(exception):
            return Trouble("device-lost", "The GPU stopped working.")
        return super().classify(exception)

cpu.numpy_function = found
from playground.engine import core
core.NumpyBackend = Losing
from playground.engine.__main__ import main
main()
"""
"""An engine whose ``linalg.det`` is the fault that the environment names."""

LARGE = Array.of(np.random.default_rng(3).random((1100, 1000)))  # large enough to lie in a file


class Heard:
    """Runs jobs on an evaluator and keeps what it says."""

    def __init__(self, client: EngineClient) -> None:
        self.client = client
        self.evaluator = Evaluator(client)
        self.restarts: list[str] = []

    def run(self, asked: Job) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}

        def emit(said: Answer | Restart) -> None:
            if isinstance(said, Restart):
                self.restarts.append(said.sentence)
            else:
                answers[said.name] = said

        self.evaluator.evaluate(asked, emit, lambda: False)
        return answers


@contextmanager
def heard(command: Sequence[str] = COMMAND) -> Iterator[Heard]:
    made = Heard(EngineClient(700 << 20, command))
    try:
        yield made
    finally:
        made.evaluator.close()


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("segfault", "library"),
        ("system_exit", "ended"),
        ("killed", "memory"),
        ("abort", "library"),
        ("greedy", "memory"),
        ("lost", "GPU"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_every_death_is_one_sentence_and_nothing_is_lost(
    fault: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAULT", fault)
    arrays = {"A": A, "X": LARGE}
    with heard([sys.executable, "-c", FAULTY]) as bench:
        for turn in range(DEATHS):
            bench.restarts.clear()
            n = 10 * turn
            edited = {**arrays, "X": LARGE.with_block(turn, 0, np.array([[float(turn)]]))}
            first = bench.run(job(n + 1, ("C", "A + 1", "A"), ("E", "sum(X)", "X"), arrays=edited))
            answers = bench.run(job(n + 2, ("C", "A + 1", "A"), ("D", f"linalg.det(A) + {n}", "A"), arrays=edited))
            died = failure(answers["D"])
            assert died.kind == "engine-died"
            assert word in died.message
            assert 1 <= len(set(bench.restarts)) <= 2, "it is tried once more where nobody knows why"
            assert all("Nothing was lost" in said for said in bench.restarts)
            assert value(answers["C"]) == value(first["C"])
            after = bench.run(job(n + 3, ("D", "A @ A", "A"), ("E", "sum(X) + 1", "X"), arrays=edited))
            np.testing.assert_array_equal(value(after["D"]), A.to_numpy() @ A.to_numpy())
            assert value(after["E"]) == pytest.approx(edited["X"].to_numpy().sum() + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_an_engine_that_answers_nothing_any_more_is_cancelled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a driver hangs: not even the thread of the engine that listens runs."""
    monkeypatch.setenv("FAULT", "wedged")
    arrays = {"A": A, "X": LARGE}
    with heard([sys.executable, "-c", FAULTY]) as bench:
        for turn in range(DEATHS):
            n = 10 * turn
            bench.run(job(n + 1, ("C", "A + 1", "A"), arrays=arrays))
            pid = bench.client.pid
            assert pid is not None
            thread = threading.Thread(target=_cancel_once_stopped, args=(bench, pid, n + 2))
            thread.start()
            answers = bench.run(job(n + 2, ("D", f"linalg.det(A) + {n}", "A"), arrays=arrays))
            thread.join()
            assert failure(answers["D"]).kind == "cancelled"
            assert bench.restarts == []
            after = bench.run(job(n + 3, ("E", "sum(X)", "X"), arrays=arrays))
            assert value(after["E"]) == pytest.approx(LARGE.to_numpy().sum())


def _cancel_once_stopped(bench: Heard, pid: int, generation: int) -> None:
    process = psutil.Process(pid)
    pause = threading.Event()
    while process.status() != psutil.STATUS_STOPPED:
        pause.wait(0.01)
    bench.evaluator.cancel(generation)


def test_cancels_at_any_moment_leave_the_document_whole() -> None:
    moments = random.Random(11)
    work = ["linalg.svd(X).S", " + ".join(f"sin(X + {n})" for n in range(60)), "exp(-X * X) + sin(X) * 2", "X @ X.T"]
    with heard() as bench:
        for turn in range(1, CANCELS + 1):
            edited = LARGE.with_block(0, turn % 1000, np.array([[float(turn)]]))
            done = threading.Event()

            def cancel(turn: int = turn, done: threading.Event = done) -> None:
                if not done.wait(moments.random() * 0.15):
                    bench.evaluator.cancel(turn)

            thread = threading.Thread(target=cancel)
            thread.start()
            text = moments.choice(work)
            answers = bench.run(job(turn, ("C", f"X[0, {turn % 1000}]", "X"), ("D", text, "X"), arrays={"X": edited}))
            done.set()
            thread.join()
            for answer in answers.values():
                assert getattr(answer.outcome, "kind", "cancelled") == "cancelled"
            assert bench.restarts == [], "a cancel is no accident"
            answers = bench.run(job(turn, ("C", f"X[0, {turn % 1000}] + 0", "X"), arrays={"X": edited}, retries=turn))
            outcome = answers["C"].outcome
            if getattr(outcome, "kind", "") != "cancelled":  # the cancel may have come for this one too
                assert value(answers["C"]) == float(turn)
        answers = bench.run(job(CANCELS + 1, ("D", "sum(X)", "X"), arrays={"X": LARGE}))
        assert value(answers["D"]) == pytest.approx(LARGE.to_numpy().sum())
