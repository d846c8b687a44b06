"""A worker on a real engine process that is watched."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import psutil

from playground.engine.client import EngineClient
from playground.session.job import Answer, Job, Measured, Raced, Restart
from playground.session.worker import Worker
from playground.workspace.arrays import Array
from tests.session.making import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.session.job import Said

LONG = Array.of(np.random.default_rng(1).random((1500, 1500)))
"""Its singular values take many seconds, in one call of LAPACK."""


class Watched:
    """A worker on a real engine process, and what it has said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.engine = EngineClient(LIMIT)
        self.worker = Worker(self.engine)
        self.said: list[Said] = []
        self.worker.answered.connect(self.said.append)
        self.worker.start()

    def until_answered(self, submitted: Job, timeout: int = 20_000) -> dict[str, Answer]:
        """Submit a job, wait until it is done, and give its answers."""
        with self.qtbot.waitSignal(
            self.worker.jobFinished, timeout=timeout, check_params_cb=lambda done: done == submitted.generation
        ):
            self.worker.submit(submitted)
        return self.answers(submitted.generation)

    def answers(self, generation: int) -> dict[str, Answer]:
        return {a.name: a for a in self.said if isinstance(a, Answer) and a.generation == generation}

    @property
    def restarts(self) -> list[Restart]:
        return [said for said in self.said if isinstance(said, Restart)]

    @property
    def measured(self) -> list[Measured]:
        return [said for said in self.said if isinstance(said, Measured)]

    @property
    def raced(self) -> list[Raced]:
        return [said for said in self.said if isinstance(said, Raced)]

    def once_it_computes(self, action: Callable[[], object]) -> threading.Thread:
        """Do ``action`` in another thread as soon as the engine is busy with a call."""

        def wait_and_act() -> None:
            process = psutil.Process(self.engine.pid)
            before = process.cpu_times().user
            while process.cpu_times().user - before < 0.1:
                threading.Event().wait(0.005)
            action()

        thread = threading.Thread(target=wait_and_act)
        thread.start()
        return thread
