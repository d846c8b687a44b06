"""Cancelling: between two steps where they are short, with the process where one is long, at any moment."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine.client import GRACE_S, EngineDied
from playground.engine.messages import Result
from tests.engine.long_work import (
    MANY_STEPS,
    ONE_STEP,
    cancelled_until_done,
    meanwhile,
    put_long,
    suppress_cancelled,
    works,
)

if TYPE_CHECKING:
    from playground.engine.client import EngineClient


def test_cancel_ends_the_process_where_the_step_does_not_end(client: EngineClient) -> None:
    put_long(client)
    started = time.perf_counter()
    with meanwhile(client, client.cancel), pytest.raises(EngineDied) as died:
        client.evaluate(ONE_STEP)
    assert died.value.reason == "cancelled"
    assert died.value.sentence
    assert time.perf_counter() - started < 0.15 + GRACE_S + 1
    assert not client.alive
    started = time.perf_counter()
    client.start()
    assert works(client)
    assert time.perf_counter() - started < 3  # 0.25 s where the machine is idle


def test_cancel_between_two_steps_leaves_the_process(client: EngineClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.engine.client.GRACE_S", 30.0)  # whatever else the machine is doing
    put_long(client)
    pid = client.pid
    with meanwhile(client, client.cancel):
        outcome = client.evaluate(MANY_STEPS)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    assert client.pid == pid
    assert works(client)


@pytest.mark.parametrize("generation", [None, 4])
def test_what_is_superseded_ends_between_two_steps(client: EngineClient, generation: int | None) -> None:
    put_long(client)
    with meanwhile(client, lambda: client.abandon(generation)):
        outcome = client.evaluate(MANY_STEPS)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    assert works(client)


def test_a_newer_request_is_not_ended_by_its_own_generation(client: EngineClient) -> None:
    client.put("X", np.ones((200, 200)))
    with meanwhile(client, lambda: client.abandon(3), 0.01):
        assert isinstance(client.evaluate(MANY_STEPS), Result)


def test_cancel_again_and_again_at_any_moment(client: EngineClient) -> None:
    """20 times by default; MATRIX_PLAYGROUND_CANCELS asks for more."""
    moments = random.Random(7)
    X = np.random.default_rng(1).random((600, 600))
    for _ in range(int(os.environ.get("MATRIX_PLAYGROUND_CANCELS", "20"))):
        client.start()
        with cancelled_until_done(client, moments.random() * 0.1), suppress_cancelled():
            client.put("X", X)
            client.evaluate(moments.choice([ONE_STEP, MANY_STEPS]))
    client.start()
    assert works(client)


def test_close_ends_a_call_that_waits(client: EngineClient) -> None:
    put_long(client)
    with meanwhile(client, client.close), pytest.raises(EngineDied) as died:
        client.evaluate(ONE_STEP)
    assert died.value.reason == "closed"
