"""The probe's steps, with a pretended CuPy."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from playground.compute.devices import interpret
from playground.compute.gpu import probe


class CUDARuntimeError(RuntimeError):
    """As CuPy's: the status is an attribute."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def fake_cupy(*, count: Any = 1, driver: int = 13000, **broken: Any) -> Any:
    """NumPy dressed as CuPy; ``broken`` replaces functions."""

    def device_count() -> int:
        if isinstance(count, Exception):
            raise count
        return int(count)

    runtime = SimpleNamespace(
        runtimeGetVersion=lambda: 13020,
        driverGetVersion=lambda: driver,
        getDeviceCount=device_count,
        memGetInfo=broken.get("memGetInfo", lambda: (1, 2)),
        getDeviceProperties=lambda _index: {"name": b"Test GPU", "totalGlobalMem": 8 << 30, "major": 8, "minor": 6},
    )
    current: list[int] = broken.get("current", [])

    class Device:
        attributes: ClassVar = {"SingleToDoublePrecisionPerfRatio": 32}

        def __init__(self, index: int) -> None:
            self._index = index

        def __enter__(self) -> None:
            current.append(self._index)

        def __exit__(self, *_: object) -> None:
            current.pop()

    solve = broken.get("solve", lambda _a, _b: SimpleNamespace(get=lambda: None))
    return SimpleNamespace(
        cuda=SimpleNamespace(runtime=runtime, Device=Device),
        ones=broken.get("ones", np.ones),
        eye=broken.get("eye", np.eye),
        linalg=SimpleNamespace(solve=solve),
    )


def raising(error: Exception) -> Any:
    def fail(*_args: Any, **_options: Any) -> None:
        raise error

    return fail


def ask(
    monkeypatch: pytest.MonkeyPatch, cupy: Any, wheels: tuple[str, ...] = ("cupy-cuda13x 14.2.0",)
) -> dict[str, Any]:
    monkeypatch.setattr(probe, "installed_wheels", lambda: list(wheels))
    monkeypatch.setattr(probe, "driver_answer", lambda: {"loaded": True, "version": 13000, "cuInit": 0})
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "cupy", cupy)
    answer = probe.probe()
    json.dumps(answer)
    return answer


def test_everything_works(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(monkeypatch, fake_cupy(count=2))
    assert answer["ok"]
    assert [device["index"] for device in answer["devices"]] == [0, 1]
    assert answer["devices"][0] == {
        "index": 0,
        "name": "Test GPU",
        "total_bytes": 8 << 30,
        "free_bytes": 1,
        "capability": "8.6",
        "double_ratio": 32,
        "watchdog": False,
    }


@pytest.mark.parametrize(
    ("status", "driver", "code"),
    [(35, 0, "no-driver"), (35, 12040, "old-driver"), (100, 13000, "no-device"), (999, 13000, "cuda-error")],
)
def test_counting_devices_fails(monkeypatch: pytest.MonkeyPatch, status: int, driver: int, code: str) -> None:
    answer = ask(monkeypatch, fake_cupy(count=CUDARuntimeError(status, "text"), driver=driver))
    assert (answer["ok"], answer["code"], answer["status"]) == (False, code, status)


def test_no_device_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, fake_cupy(count=0))["code"] == "no-device"


@pytest.mark.parametrize(
    ("function", "code"),
    [("memGetInfo", "context"), ("ones", "nvrtc"), ("eye", "cublas"), ("solve", "cusolver")],
)
def test_a_part_fails(monkeypatch: pytest.MonkeyPatch, function: str, code: str) -> None:
    answer = ask(monkeypatch, fake_cupy(**{function: raising(ImportError("no library"))}))
    assert answer["code"] == f"unusable:{code}"
    assert answer["why"] == "ImportError: no library"


def test_one_gpu_that_works_is_enough_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    current: list[int] = []

    def ones(size: int) -> Any:
        if current[-1] == 0:
            raise RuntimeError("NVRTC_ERROR_INVALID_OPTION (5)")
        return np.ones(size)

    answer = ask(monkeypatch, fake_cupy(count=2, ones=ones, current=current))
    assert answer["ok"]
    assert [device["index"] for device in answer["devices"]] == [1]
    assert answer["unusable"] == [
        {"index": 0, "code": "unusable:nvrtc", "status": None, "why": "RuntimeError: NVRTC_ERROR_INVALID_OPTION (5)"}
    ]
    report = interpret(json.dumps(answer), 0)
    assert report.ok
    assert report.unusable[0].startswith("gpu: This GPU is too old for the installed CuPy.")


def test_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, None, wheels=())["code"] == "no-cupy"
    assert ask(monkeypatch, None, wheels=("cupy-cuda12x 14", "cupy-cuda13x 14"))["code"] == "two-cupys"
    # None in sys.modules makes the import fail.
    assert ask(monkeypatch, None)["code"] == "import"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert probe.probe()["code"] == "platform"


def test_it_prints_one_object() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "playground.compute.gpu.probe"], capture_output=True, check=True, timeout=60
    )
    lines = child.stdout.decode().splitlines()
    assert "code" in json.loads(lines[-1])
