"""One call to the engine's process, as those see it who may end it from other threads."""

from __future__ import annotations

import threading

MEANWHILE = frozenset({"measure", "peak", "compare"})
"""What is asked while nobody waits for anything, and gives way to whoever does."""


class Call:
    """One call that waits for its answer."""

    def __init__(self, number: int, generation: int | None, operation: str = "") -> None:
        self.number = number
        self.generation = generation
        self.gives_way = operation in MEANWHILE
        self.done = threading.Event()
        self.enforcer: threading.Thread | None = None
