"""Work that lasts, and what is done to an engine while it lasts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from playground.engine.death import EngineDied
from playground.engine.messages import Request, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.engine.client import EngineClient

ONE_STEP = Request("linalg.svd(X)", {"X": "X"}, "=1")
"""One call of seconds, which nothing but the end of its process can stop."""

MANY_STEPS = Request(" + ".join(f"sin(X + {n})" for n in range(200)), {"X": "X"}, "=1", generation=3)
"""Seconds too, but of short steps."""


def put_long(client: EngineClient) -> None:
    client.put("X", np.random.default_rng(1).random((1000, 1000)))


@contextmanager
def meanwhile(client: EngineClient, action: Callable[[], object], after_s: float = 0.15) -> Iterator[None]:
    """Do ``action`` in another thread, a little after ``client`` has asked its engine for something."""
    done = threading.Event()

    def act() -> None:
        while client._call is None:
            if done.wait(0.001):
                return
        if not done.wait(after_s):
            action()

    thread = threading.Thread(target=act)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def cancelled_until_done(client: EngineClient, after_s: float) -> Iterator[None]:
    """Cancel from another thread, first after ``after_s`` and then again until the body is done."""
    done = threading.Event()

    def insist() -> None:
        pause_s = after_s
        while not done.wait(pause_s):
            client.cancel()
            pause_s = 0.01

    thread = threading.Thread(target=insist)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def suppress_cancelled() -> Iterator[None]:
    """Let pass that the engine was cancelled, and nothing else."""
    try:
        yield
    except EngineDied as died:
        if died.reason != "cancelled":
            raise


def works(client: EngineClient) -> bool:
    client.put("A", np.eye(2))
    outcome = client.evaluate(Request("A @ A", {"A": "A"}, "=2", generation=1_000_000))
    return isinstance(outcome, Result) and outcome.value is not None and bool((outcome.value == np.eye(2)).all())
