"""Memory that is lacking beside the steps of a plan: a sentence, nothing half held, and the engine goes on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine import comparing, core, evaluation
from playground.engine.core import EngineCore
from playground.engine.guarding import guarded
from playground.engine.messages import MissingArrayError, Request, Result
from tests.engine.test_devices import PretendedGpu

A = np.arange(12.0).reshape(3, 4)


class Short:
    """Stands for a function that finds no memory, the first ``times``."""

    def __init__(self, function: Any, times: int) -> None:
        self._function = function
        self.left = times

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if self.left:
            self.left -= 1
            raise MemoryError("Unable to allocate 3 GiB.")
        return self._function(*arguments, **named)


@pytest.fixture(params=["cpu", "gpu"])
def device(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    gpu = PretendedGpu()
    monkeypatch.setattr(core, "open_gpu", lambda _: gpu)
    name: str = request.param
    return name


@pytest.fixture
def engine() -> EngineCore:
    made = EngineCore(1 << 30)
    made.put("A", A)
    return made


def asked(source: str, device: str, precision: str = "", **more: Any) -> Request:
    return Request(source, {"A": "A"}, "=1", device, precision=precision, **more)


PLACES = [(core, "summarize", "A + 1", ""), (evaluation, "cast", "A.mean() + zeros(2)", "float32")]


@pytest.mark.parametrize(("module", "name", "source", "precision"), PLACES)
def test_lack_of_memory_is_a_sentence(
    engine: EngineCore,
    device: str,
    module: Any,
    name: str,
    source: str,
    precision: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = Short(getattr(module, name), 2)
    monkeypatch.setattr(module, name, short)
    outcome = engine.evaluate(asked(source, device, precision))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "memory"
    assert "3 GiB" in outcome.message
    assert outcome.hint
    with pytest.raises(MissingArrayError):
        engine.window("=1", 0, 1, 0, 1)
    short.left = 0
    assert isinstance(engine.evaluate(asked(source, device, precision)), Result)


def test_what_can_be_given_up_is_given_up_first(engine: EngineCore, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.put("B", A)
    engine.evaluate(Request("B + 1", {"B": "B"}, "=2", precision="float32"))  # leaves B as float32
    monkeypatch.setattr(core, "summarize", Short(core.summarize, 1))
    assert isinstance(engine.evaluate(asked("A + 1", "cpu")), Result)


def test_of_several_results_none_is_left_where_one_can_not_be_held(
    engine: EngineCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    summarize, described = core.summarize, []

    def second_fails(*arguments: Any) -> Any:
        described.append(arguments)
        if len(described) % 2 == 0:
            raise MemoryError
        return summarize(*arguments)

    monkeypatch.setattr(core, "summarize", second_fails)
    assert isinstance(engine.evaluate(asked("linalg.svd(A)", "cpu")), Failure)
    for part in range(3):
        with pytest.raises(MissingArrayError):
            engine.window(f"=1[{part}]", 0, 1, 0, 1)


def test_a_comparison_and_an_explanation_say_it_too(
    engine: EngineCore, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.evaluate(asked("A + 1", device))
    monkeypatch.setattr(comparing, "differences", Short(None, 1))
    compared = engine.compare(asked("A + 1", device, "float32"))
    assert isinstance(compared, Failure)
    assert compared.kind == "memory"
    monkeypatch.setattr(engine._store, "cells", Short(None, 1))
    explained = engine.why(asked("A + 1", device, cell=(1, 2)))
    assert isinstance(explained, Failure)
    assert explained.kind == "memory"


def test_a_result_as_another_dtype_counts() -> None:
    engine = EngineCore(100_000_000)
    outcome = engine.evaluate(Request("linspace(0, 1, 12_000_000)", {}, "=1", precision="float32"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "memory"
    assert "48 MB" in outcome.message
    assert "96 MB" in outcome.message
    assert "100 MB" in outcome.message


def test_mistakes_of_ours_stay_bugs(engine: EngineCore) -> None:
    def wrong() -> None:
        raise ValueError("no person can do anything about this")

    with pytest.raises(ValueError, match="no person"):
        guarded(wrong, engine._cpu)
