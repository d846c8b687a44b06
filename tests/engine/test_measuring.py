"""Measuring and racing in the engine and behind its process: nothing is kept of it, and nobody waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.measuring import peak
from playground.compute.outcome import Failure, Peak, Race, Steady
from playground.engine import core, measuring
from playground.engine.core import EngineCore
from playground.engine.measuring import BUDGET_S
from playground.engine.messages import MissingArrayError, Request, Result
from playground.record import replace
from tests.engine.long_work import MANY_STEPS, meanwhile, put_long, suppress_cancelled, works
from tests.engine.test_devices import PretendedGpu

if TYPE_CHECKING:
    from playground.engine.client import EngineClient
    from tests.engine.conftest import Engine

F8 = np.dtype(np.float64)
A = np.arange(6.0).reshape(2, 3)
PRODUCT = Request("A @ A.T", {"A": "A"}, "=1", repeat=5)


def test_a_formula_runs_again_and_nothing_is_kept(engine: Engine) -> None:
    engine.put("A", A)
    found = engine.measure(PRODUCT)
    assert isinstance(found, Steady)
    assert found.runs == 5
    assert found.spread_s is not None
    assert 0 < found.median_s < BUDGET_S
    with pytest.raises(MissingArrayError):
        engine.window("=1", 0, 1, 0, 1)


def test_its_time_is_bounded() -> None:
    engine = EngineCore(1 << 30)
    engine.put("X", np.random.default_rng(1).random((600, 600)))
    request = Request(" + ".join(f"sin(X + {n})" for n in range(60)), {"X": "X"}, "=1", repeat=1000)
    found = engine.measure(request)
    assert isinstance(found, Steady)
    assert 1 <= found.runs < 1000


def test_what_can_not_run_gives_its_failure(engine: Engine) -> None:
    engine.put("A", A)
    for ask in (engine.measure, engine.race):
        found: Any = ask(replace(PRODUCT, source="A @ A"))
        assert isinstance(found, Failure)


def test_the_best_of_the_device_is_measured(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peak, "_COPY_BYTES", 1 << 20)
    found = engine.peak(PRODUCT, F8)
    assert isinstance(found, Peak)
    assert found.gflops is not None
    assert found.gbytes_s > 0


def test_a_device_without_room_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(peak, "measure_peak", full)
    found = EngineCore(1 << 30).peak(PRODUCT, F8)
    assert isinstance(found, Failure)
    assert found.kind == "memory"


def test_a_newer_wish_ends_a_measurement(client: EngineClient) -> None:
    put_long(client)
    pid = client.pid
    with meanwhile(client, lambda: client.abandon(4)):
        outcome = client.measure(replace(MANY_STEPS, repeat=50))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    assert client.pid == pid
    refused = client.peak(MANY_STEPS, F8)
    assert isinstance(refused, Failure), "an older wish is not even sent"
    assert works(client)


def test_a_measurement_makes_way_and_an_evaluation_does_not(client: EngineClient) -> None:
    put_long(client)
    with meanwhile(client, client.make_way):
        outcome = client.measure(replace(MANY_STEPS, repeat=50))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    with meanwhile(client, client.make_way):
        assert isinstance(client.evaluate(MANY_STEPS), Result)
    client.make_way()
    assert works(client)


def test_cancel_ends_a_race(client: EngineClient) -> None:
    put_long(client)
    outcome: object = None
    with meanwhile(client, client.cancel), suppress_cancelled():  # it may be looking for a GPU just then
        outcome = client.race(MANY_STEPS)
    assert outcome is None or (isinstance(outcome, Failure) and outcome.kind == "cancelled")
    client.start()
    assert works(client)


def test_how_far_it_is_is_told_while_it_runs(client: EngineClient) -> None:
    put_long(client)
    parts: list[float] = []
    client.progressed = parts.append
    assert isinstance(client.evaluate(MANY_STEPS), Result)
    assert parts
    assert parts == sorted(parts)
    assert parts[0] > 0
    assert parts[-1] <= 1
    parts.clear()
    assert works(client)
    assert parts == []
    explained = client.evaluate(replace(MANY_STEPS, source=f"({MANY_STEPS.source}) * 2", cell=(0, 0), generation=4))
    assert isinstance(explained, Result)
    assert parts == sorted(parts), "what explains a cell is computed again and not told"


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> PretendedGpu:
    """One GPU and no second one."""
    made = PretendedGpu()
    gone = Failure("device", "There is one GPU only.")
    monkeypatch.setattr(core, "open_gpu", lambda device="gpu": made if device == "gpu" else gone)
    return made


def test_every_device_races(gpu: PretendedGpu) -> None:
    engine = EngineCore(1 << 30)
    engine.put("A", A)
    raced = engine.race(PRODUCT)
    assert isinstance(raced, Race)
    assert raced.missing == ""
    assert raced.lanes[0].device == "cpu"
    assert (raced.lanes[-1].label, raced.lanes[-1].difference) == ("Pretended GPU", 0)
    assert raced.lanes[-1].moved_bytes == A.nbytes + 4 * 8
    assert gpu.uploads.count((2, 3)) == gpu.downloads.count((2, 2))


def test_what_stays_on_the_device_is_brought_back_once_to_time_it(
    gpu: PretendedGpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = EngineCore(1 << 30)
    engine.put("A", np.ones((300, 300)))
    request = Request("A + 1", {"A": "A"}, "=1", gpu.name, repeat=3)
    first = engine.evaluate(request)
    assert isinstance(first, Result)
    assert (first.value, first.timing.download_s) == (None, 0)
    gpu.downloads.clear()
    found = engine.measure(request)
    assert isinstance(found, Steady)
    assert found.download_s is not None
    assert found.download_s > 0
    assert gpu.downloads == [(300, 300)]
    monkeypatch.setattr(measuring, "MOST_BROUGHT_BYTES", 1000)
    too_large = engine.measure(request)
    assert isinstance(too_large, Steady)
    assert too_large.download_s is None
    on_cpu = engine.measure(replace(request, device="cpu"))
    assert isinstance(on_cpu, Steady)
    assert on_cpu.download_s is None


def test_without_a_gpu_the_race_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "open_gpu", lambda *_: Failure("device", "No driver.", "Install it."))
    engine = EngineCore(1 << 30)
    engine.put("A", A)
    raced = engine.race(PRODUCT)
    assert isinstance(raced, Race)
    assert raced.missing == "No driver. Install it."
    assert {lane.device for lane in raced.lanes} == {"cpu"}
