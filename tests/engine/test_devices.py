"""Arrays on a device: brought there once, patched there, read by corners; and the sentence where there is no GPU."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute import devices
from playground.compute.backend import Trouble
from playground.compute.cpu.device import NumpyBackend
from playground.compute.device_names import gpu_name
from playground.compute.devices import GpuDevice, GpuReport
from playground.compute.outcome import Failure, Race
from playground.engine import core
from playground.engine.core import EngineCore
from playground.engine.messages import MissingArrayError, Request, Result
from playground.explain.why import Why
from playground.workspace.arrays import Patch

if TYPE_CHECKING:
    from playground.compute.backend import Backend


TWO = GpuReport(
    "ok",
    "Both are ready.",
    devices=(GpuDevice(0, "NVIDIA H100", 80 << 30, "9.0"), GpuDevice(1, "NVIDIA T4", 16 << 30, "7.5")),
)


class OnDevice(np.ndarray[Any, Any]):
    """An array that lies on the pretended device."""


class PretendedGpu(NumpyBackend):
    """NumPy behind the manners of a GPU: what comes and goes is copied, and counted."""

    label = "Pretended GPU"
    copies = True

    def __init__(self, name: str = "gpu") -> None:
        super().__init__()
        self.name = name
        self.uploads: list[tuple[int, ...]] = []
        self.downloads: list[tuple[int, ...]] = []
        self.full = False

    def owns(self, value: object) -> bool:
        return isinstance(value, OnDevice)

    def asarray(self, value: object) -> Any:
        if self.owns(value):
            return value
        if self.full:
            raise MemoryError("no room")
        host = np.array(value)
        self.uploads.append(host.shape)
        return host.view(OnDevice)

    def to_host(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.to_host(item) for item in value)
        if not self.owns(value):
            return value
        self.downloads.append(value.shape)
        return np.array(value)


A = np.arange(90_000.0).reshape(300, 300)
B = np.ones((300, 300))


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> PretendedGpu:
    made = PretendedGpu()

    def opened(device: str) -> Backend:
        assert device == "gpu"
        return made

    monkeypatch.setattr(core, "open_gpu", opened)
    return made


@pytest.fixture
def engine(gpu: PretendedGpu) -> EngineCore:
    made = EngineCore(1 << 30)
    made.put("A#1", A)
    made.put("B#1", B)
    assert gpu.uploads == []
    return made


def product(engine: EngineCore, a: str = "A#1", key: str = "=1", **more: Any) -> Result:
    result = engine.evaluate(Request("A + B", {"A": a, "B": "B#1"}, key, "gpu", **more))
    assert isinstance(result, Result)
    return result


def test_operands_are_brought_once(engine: EngineCore, gpu: PretendedGpu) -> None:
    first = product(engine)
    assert gpu.uploads == [(300, 300), (300, 300)]
    assert first.timing.upload_s > 0
    product(engine, key="=2")
    assert gpu.uploads == [(300, 300), (300, 300)]


def test_only_the_patch_is_brought_after_an_edit(engine: EngineCore, gpu: PretendedGpu) -> None:
    product(engine)
    gpu.uploads.clear()
    engine.patch("A#1", "A#2", [Patch(1, 2, np.array([[7.0, 8.0]]))])
    product(engine, "A#2")
    assert gpu.uploads == [(1, 2)]
    expected = A.copy()
    expected[1, 2:4] = [7, 8]
    np.testing.assert_array_equal(engine.window("=1", 0, 300, 0, 300), expected + B)
    np.testing.assert_array_equal(engine.window("A#2", 0, 300, 0, 300), expected)


def test_windows_bring_only_the_corner(engine: EngineCore, gpu: PretendedGpu) -> None:
    assert product(engine).value is None
    gpu.downloads.clear()
    np.testing.assert_array_equal(engine.window("=1", 3, 5, 4, 7), (A + B)[3:5, 4:7])
    assert gpu.downloads == [(2, 3)]


def test_results_stay_on_the_device_for_the_next_formula(engine: EngineCore, gpu: PretendedGpu) -> None:
    product(engine)
    gpu.uploads.clear()
    gpu.downloads.clear()
    outcome = engine.evaluate(Request("C.sum()", {"C": "=1"}, "=2", "gpu"))
    assert isinstance(outcome, Result)
    assert outcome.value == (A + B).sum()
    assert gpu.uploads == []
    assert (300, 300) not in gpu.downloads


def test_a_result_moves_when_the_other_device_needs_it(engine: EngineCore) -> None:
    product(engine)
    outcome = engine.evaluate(Request("C.sum()", {"C": "=1"}, "=2", "cpu"))
    assert isinstance(outcome, Result)
    assert outcome.value == (A + B).sum()


def test_cells_of_a_device_are_explained(engine: EngineCore) -> None:
    why = product(engine, cell=(1, 2)).why
    assert isinstance(why, Why)
    assert why.value == (A + B)[1, 2]


def test_views_on_the_device_go_with_a_patch(engine: EngineCore) -> None:
    engine.evaluate(Request("A.T", {"A": "A#1"}, "=view", "gpu"))
    product(engine, key="=sum")
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[1.0]]))])
    engine.window("=sum", 0, 1, 0, 1)
    with pytest.raises(MissingArrayError):
        engine.window("=view", 0, 1, 0, 1)


def test_small_results_come_along_and_their_way_is_timed(engine: EngineCore) -> None:
    outcome = engine.evaluate(Request("A[:2, :2] + 1", {"A": "A#1"}, "=1", "gpu"))
    assert isinstance(outcome, Result)
    np.testing.assert_array_equal(outcome.value, A[:2, :2] + 1)
    assert type(outcome.value) is np.ndarray
    assert outcome.timing.download_s > 0
    timing = outcome.timing
    assert timing.total_s >= timing.upload_s + timing.compute_s + timing.download_s


def test_where_the_device_is_full_what_is_not_needed_leaves_it(engine: EngineCore, gpu: PretendedGpu) -> None:
    product(engine)
    engine.put("X", np.ones((2, 2)))
    recovered: list[bool] = []

    def recover() -> None:
        recovered.append(True)
        gpu.full = False

    gpu.full = True
    gpu.recover = recover  # type: ignore[method-assign]
    outcome = engine.evaluate(Request("X + X", {"X": "X"}, "=2", "gpu"))
    assert isinstance(outcome, Result)
    assert recovered


def test_a_device_that_stays_full_is_told(engine: EngineCore, gpu: PretendedGpu) -> None:
    gpu.full = True
    outcome = engine.evaluate(Request("A + B", {"A": "A#1", "B": "B#1"}, "=1", "gpu"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "memory"


def test_without_a_gpu_the_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    report = GpuReport("no-driver", "No NVIDIA driver was found.", "Install it.")
    monkeypatch.setattr(devices, "detect", lambda: report)
    outcome = EngineCore(1 << 30).evaluate(Request("1", {}, "=1", "gpu"))
    assert outcome == Failure("device", "No NVIDIA driver was found.", "Install it.")


def test_a_gpu_that_can_not_be_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "detect", lambda: TWO)

    def broken(*_: object) -> None:
        raise RuntimeError("cudaErrorDevicesUnavailable.")

    monkeypatch.setattr("playground.compute.gpu.device.CupyBackend", broken)
    outcome = EngineCore(1 << 30).evaluate(Request("1", {}, "=1", "gpu"))
    assert isinstance(outcome, Failure)
    assert "cudaErrorDevicesUnavailable" in outcome.message


def test_trouble_while_an_operand_is_brought_is_a_failure(engine: EngineCore, gpu: PretendedGpu) -> None:
    def lost(value: object) -> Any:
        raise OSError("gone")

    gpu.asarray = lost  # type: ignore[method-assign]
    gpu.classify = lambda _: Trouble("device-lost", "The GPU stopped working.")  # type: ignore[method-assign]
    outcome = engine.evaluate(Request("A + B", {"A": "A#1", "B": "B#1"}, "=1", "gpu"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "device-lost"


def test_two_gpus_have_their_own_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    gpus = {name: PretendedGpu(name) for name in ("gpu", "gpu:1")}
    monkeypatch.setattr(core, "open_gpu", gpus.__getitem__)
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    for name in ("gpu", "gpu:1", "gpu:0"):
        outcome = engine.evaluate(Request("A + 1", {"A": "A#1"}, f"={name}", name))
        assert isinstance(outcome, Result)
    assert [gpu.uploads.count((300, 300)) for gpu in gpus.values()] == [1, 1]
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[5.0]]))])
    assert [gpu.uploads[-1] for gpu in gpus.values()] == [(1, 1), (1, 1)]
    moved = engine.evaluate(Request("B * 2", {"B": "=gpu"}, "=2", "gpu:1"))
    assert isinstance(moved, Result)
    np.testing.assert_array_equal(engine.window("=2", 0, 300, 0, 300), (A + 1) * 2)
    with pytest.raises(ValueError, match="no device"):
        engine.evaluate(Request("A", {"A": "A#2"}, "=3", "tpu"))


def test_a_gpu_that_is_not_among_them_is_told_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "detect", lambda: TWO)
    outcome = EngineCore(1 << 30).evaluate(Request("1", {}, "=1", "gpu:2"))
    assert isinstance(outcome, Failure)
    assert "gpu:2" in outcome.message
    assert "gpu:1 (NVIDIA T4)" in outcome.hint


def test_what_is_mended_works_without_a_new_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [GpuReport("no-cupy", "CuPy is missing.", "Install it."), TWO]
    monkeypatch.setattr(devices, "detect", lambda: reports.pop(0))
    monkeypatch.setattr("playground.compute.gpu.device.CupyBackend", lambda index: PretendedGpu("gpu"))
    engine = EngineCore(1 << 30)
    assert isinstance(engine.evaluate(Request("1", {}, "=1", "gpu")), Failure)
    assert isinstance(engine.evaluate(Request("1 + 1", {}, "=1", "gpu")), Result)


def test_the_first_gpu_that_can_be_used_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    def made(index: int) -> PretendedGpu:
        opened.append(index)
        return PretendedGpu(gpu_name(index))

    monkeypatch.setattr(devices, "detect", lambda: GpuReport("ok", "T4 is ready.", devices=TWO.devices[1:]))
    monkeypatch.setattr("playground.compute.gpu.device.CupyBackend", made)
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    for name in ("gpu", "gpu:1", "gpu"):
        outcome = engine.evaluate(Request("A + 1", {"A": "A#1"}, "=1", name))
        assert isinstance(outcome, Result)
    assert opened == [1]
    raced = engine.race(Request("A + 1", {"A": "A#1"}, "=1"))
    assert isinstance(raced, Race)
    assert [lane.device for lane in raced.lanes].count("gpu:1") == 1
    broken = engine.evaluate(Request("A + 1", {"A": "A#1"}, "=1", "gpu:0"))
    assert isinstance(broken, Failure)
    assert "gpu:0" in broken.message


def test_making_the_gpu_ready_is_told_apart_and_once(gpu: PretendedGpu, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(_device: str) -> PretendedGpu:
        end = time.perf_counter() + 0.02
        while time.perf_counter() < end:
            pass
        return gpu

    monkeypatch.setattr(core, "open_gpu", slowly)
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    engine.put("B#1", B)
    first = product(engine).timing
    assert first.context_s >= 0.02
    assert first.first_call_s < first.context_s < first.total_s
    assert product(engine).timing.context_s == 0
    on_cpu = engine.evaluate(Request("1 + 1", {}, "=2"))
    assert isinstance(on_cpu, Result)
    assert on_cpu.timing.context_s == 0


def test_a_gpu_that_was_used_before_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def detect() -> GpuReport:
        looked.append("looked")
        return TWO

    made: list[Any] = [PretendedGpu("gpu"), RuntimeError("it went away"), PretendedGpu("gpu")]

    def opened(_index: int) -> PretendedGpu:
        found = made.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(devices, "detect", detect)
    monkeypatch.setattr("playground.compute.gpu.device.CupyBackend", opened)
    assert isinstance(EngineCore(1 << 30, known_gpus=("gpu",)).evaluate(Request("1", {}, "=1", "gpu")), Result)
    assert looked == []
    assert isinstance(EngineCore(1 << 30, known_gpus=("gpu",)).evaluate(Request("1", {}, "=1", "gpu")), Result)
    assert looked == ["looked"], "where it fails, the reason is looked for"


@pytest.mark.gpu
def test_a_real_gpu_agrees_with_the_cpu() -> None:
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    engine.put("B#1", B)
    outcome = engine.evaluate(Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1", "gpu", cell=(0, 0)))
    assert isinstance(outcome, Result), outcome
    np.testing.assert_allclose(engine.window("=1", 0, 300, 0, 300), A @ B)
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[5.0]]))])
    again = engine.evaluate(Request("(A @ B).T", {"A": "A#2", "B": "B#1"}, "=1", "gpu"))
    assert isinstance(again, Result), again
    patched = A.copy()
    patched[0, 0] = 5
    np.testing.assert_allclose(engine.window("=1", 0, 300, 0, 300), (patched @ B).T)
