"""What an engine may take: refused with both figures where it is more, and changed while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.engine.messages import RefusedError, Request, Result
from tests.engine.test_engine import A, failed, put_both

if TYPE_CHECKING:
    from tests.engine.conftest import Engine


def test_a_plan_over_the_limit_is_refused_with_both_figures(engine: Engine) -> None:
    engine.put("x", np.zeros((1_000_000, 1)))
    failure = failed(engine, "x @ x.T", x="x")
    assert failure.kind == "memory"
    assert "8 TB" in failure.message
    assert "1.1 GB" in failure.message


def test_an_array_over_the_limit_is_refused_and_nothing_is_lost(engine: Engine) -> None:
    put_both(engine)
    huge = np.broadcast_to(np.zeros(()), (20_000, 20_000))
    with pytest.raises(RefusedError) as refused:
        engine.put("A#1", huge)
    assert refused.value.failure.kind == "memory"
    assert "3.2 GB" in refused.value.failure.message
    np.testing.assert_array_equal(engine.window("A#1", 0, 3, 0, 2), A)


def test_arrays_that_are_held_count(engine: Engine) -> None:
    engine.put("X", np.zeros((9000, 9000)))
    failure = failed(engine, "X + 1", X="X")
    assert failure.kind == "memory"
    with pytest.raises(RefusedError):
        engine.put("Y", np.zeros((9000, 9000)))
    engine.drop(["X"])
    engine.put("Y", np.zeros((9000, 9000), np.int8))


def test_the_memory_that_it_may_take_is_changed_while_it_runs(engine: Engine) -> None:
    engine.put("X", np.zeros((1000, 1000)))
    little = engine.set_memory_share(1e-6)
    assert little.limit_bytes < 1_000_000
    assert failed(engine, "X + 1", X="X").kind == "memory"
    ample = engine.set_memory_share(0.7)
    assert ample.limit_bytes > 100 * little.limit_bytes
    assert isinstance(engine.evaluate(Request("X + 1", {"X": "X"}, "=1")), Result)
