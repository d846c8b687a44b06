"""Threads are set in the engine, which goes on with all that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.cpu.device import usable_cores
from playground.engine.messages import Request, Result

if TYPE_CHECKING:
    from tests.engine.conftest import Engine

A = np.arange(12.0).reshape(3, 4)


def test_threads_change_and_arrays_stay(engine: Engine) -> None:
    engine.put("A", A)
    as_they_are = engine.set_threads(0)
    assert as_they_are.cores == usable_cores()
    one = engine.set_threads(1)
    assert (one.count, one.chain_threads) == (1, 1)
    assert one.blas_threads in (1, None)
    outcome = engine.evaluate(Request("A @ A.T", {"A": "A"}, "=1"))
    assert isinstance(outcome, Result)
    np.testing.assert_array_equal(outcome.value, A @ A.T)
    assert engine.set_threads(0) == as_they_are


def test_threads_are_counted_with_whole_numbers(engine: Engine) -> None:
    with pytest.raises(TypeError):
        engine.set_threads("two")  # type: ignore[arg-type]
