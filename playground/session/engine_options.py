"""What an engine is told of how to compute: its threads, and the memory it may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.cpu.threads import Threads
    from playground.engine.messages import Memory
    from playground.session.held import Engine
    from playground.session.job import Job


class EngineOptions:
    """Tells one engine what differs from what it does by itself, once; again where it was started again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.forget()

    def forget(self) -> None:
        """The engine was started again: it was told nothing."""
        self._threads: int | None = None
        self._memory_share: float | None = None

    def tell(self, job: Job, emit: Callable[[Threads | Memory], None] | None) -> bool:
        """Tell what ``job`` wants, and emit what the engine answers; True where it may take other memory than before.

        Raises `EngineDied`.
        """
        answers: list[Threads | Memory] = []
        if job.threads is not None and job.threads != self._threads:
            answers.append(self._engine.set_threads(job.threads))
            self._threads = job.threads
        other_memory = job.memory_share is not None and job.memory_share != self._memory_share
        if job.memory_share is not None and other_memory:
            answers.append(self._engine.set_memory_share(job.memory_share))
            self._memory_share = job.memory_share
        if emit is not None:
            for answer in answers:
                emit(answer)
        return other_memory
