"""The doctor: what it says of threads and devices, in the words of the window's switch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from playground import doctor
from playground.compute.cpu.device import usable_cores
from playground.compute.devices import GpuDevice, GpuReport, interpret, probe_environment
from tests.compute.test_devices import LINUX, REASONS

SLOW = GpuDevice(0, "NVIDIA RTX 4060", 8 << 30, "8.9", double_ratio=64, watchdog=True)
TWO = GpuReport(
    "ok", "They are ready.", devices=(SLOW, GpuDevice(2, "NVIDIA T4", 16 << 30, "7.5")), unusable=("gpu:1: Too old.",)
)


def test_each_gpu_has_a_line_that_says_what_makes_it_fast_or_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "detect", lambda: TWO)
    said = doctor.as_text(doctor.examine()).splitlines()
    assert any("float64 64× slower than float32, TF32, a screen hangs on it" in line for line in said)
    assert any(" ".join(line.split()) == "GPU:2 NVIDIA T4, 16.0 GiB, compute capability 7.5" for line in said)
    assert any("gpu:1: Too old." in line for line in said)


def test_versions_of_cuda_and_free_memory_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    described = {"index": 0, "name": "T4", "total_bytes": 16 << 30, "free_bytes": 12 << 30, "capability": "7.5"}
    answer = {"code": "ok", "ok": True, "driver_version": 13000, "runtime": 12090, "devices": [described]}
    monkeypatch.setattr(doctor, "detect", lambda: interpret(json.dumps(answer), 0))
    report = doctor.examine()
    assert report["cuda"] == {"driver": "13.0", "cupy": "12.9"}
    said = [" ".join(line.split()) for line in doctor.as_text(report).splitlines()]
    assert "CUDA the driver serves 13.0, CuPy was made for 12.9" in said
    assert "GPU T4, 16.0 GiB, 12.0 GiB free, compute capability 7.5" in said


def test_threads_and_their_library_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "detect", lambda: TWO)
    report = doctor.examine()
    cpu = report["devices"][0]
    assert cpu["usable_cores"] == usable_cores()
    assert cpu["blas"]
    assert any(line.startswith("threads") and cpu["blas"] in line for line in doctor.as_text(report).splitlines())


@pytest.mark.parametrize("module", sorted(set(doctor._MODULES.values()) - {"numpy"}))
def test_a_missing_package_is_said_and_is_no_crash(module: str) -> None:
    lines = [
        "import sys",
        f"sys.modules[{module!r}] = None",
        "from playground import doctor",
        "from playground.compute.devices import GpuReport",
        "doctor.detect = lambda: GpuReport('no-cupy', 'None.')",
        "print(doctor.as_text(doctor.examine()))",
    ]
    child = subprocess.run(
        [sys.executable, "-P", "-c", "\n".join(lines)],
        capture_output=True, text=True, check=False, timeout=60, env=probe_environment(),
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    (name,) = [name for name, brought in doctor._MODULES.items() if brought == module]
    assert f"{name} is not installed. pip install {name}" in " ".join(child.stdout.split())


@pytest.mark.parametrize(("code", "answer"), [reason[:2] for reason in REASONS])
def test_a_missing_gpu_is_told_in_the_words_of_the_switch(
    code: str, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = interpret(json.dumps({**LINUX, "code": code, **answer}), 0)
    monkeypatch.setattr(doctor, "detect", lambda: found)
    report = doctor.examine()
    (missing,) = [item for item in report["missing"] if item["part"] == "GPU"]
    assert (missing["sentence"], missing["cure"], missing["details"]) == (found.sentence, found.cure, found.details)
    assert f"{found.sentence} {found.cure}" in doctor.as_text(report)
